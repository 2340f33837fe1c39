// What is told of a made-up run while it rests, after it stopped, and once it is over.

import type { GoingBack } from "../../generated/GoingBack";
import type { PlanView } from "../../generated/PlanView";
import type { RunState } from "../../generated/RunState";
import type { RunSummary } from "../../generated/RunSummary";
import type { Sample } from "../../generated/Sample";
import type { Since } from "../../generated/Since";
import type { Sizes } from "../../generated/Sizes";
import type { Step } from "../../generated/Step";
import type { StepRecord } from "../../generated/StepRecord";
import type { StoppedRun } from "../../generated/StoppedRun";
import type { TableName } from "../../generated/TableName";
import type { Weight } from "../../generated/Weight";
import type { FakeDatabase } from "./shop";

const RUN = "k3v9x0a7bq";
const STARTED = "2026-11-20T16:02:11Z";
const PRINT = "9c1f0d6be2a84753a1c6f4e09b7d2258c03a7f6614be9d08f5517c2ae4b96d31";

export function stoppedOf(scenario: string): StoppedRun | null {
  const common = { run: RUN, started: STARTED, doing: "Convert orders", done: 14, of: 31 };
  if (scenario === "stopped") return { ...common, state: "started", halfway: true, taking_back: false };
  if (scenario === "stopped-undo") return { ...common, state: "undoing", halfway: true, taking_back: false };
  if (scenario === "taken-back") return { ...common, state: "rolled_back", halfway: false, taking_back: false, doing: null, done: 0, of: 0 };
  return null;
}

export function backOf(state: RunState, bare: boolean): GoingBack {
  const gone: Record<RunState, string | null> = {
    started: "The run has not come to its end. Go on with it, or take it back, under Migrate.",
    converted: null,
    rolled_back: "The database took this run back by itself, so there is nothing left of it.",
    undoing: "The undo of this run has not come to its end. Go on with it under Migrate.",
    undone: "This run was undone.",
    kept: "This run was finished: its map is gone, and with it the undo.",
  };
  return {
    undo: { closed: gone[state] },
    restore: { closed: bare ? "This run began without a backup of Rekey's." : null },
    finish: { closed: gone[state] },
    backup: bare ? null : "/home/ann/backups/shop_prod-2026-11-20.dump",
    backup_made: bare ? null : "2026-11-20T15:48:02Z",
    restore_lines: bare ? [] : ["createdb --template=template0 shop_restored", "pg_restore --exit-on-error --dbname=shop_restored /home/ann/backups/shop_prod-2026-11-20.dump"],
  };
}

export function sinceOf(base: FakeDatabase): Since[] {
  const keyed = base.tables.filter(({ key }) => key.length === 1);
  return keyed.map(({ table, key }) => ({ schema: base.schema, table, column: key[0] ?? "id", rows: table === "orders" ? 38 : table === "customers" ? 5 : 0 }));
}

export function sampleOf(plan: PlanView, table: TableName): Sample {
  const members = plan.conversions.flatMap((conversion) => conversion.members.filter((member) => member.table === table.table));
  const columns = [...members].sort((a, b) => Number(b.key) - Number(a.key)).map(({ column }) => column);
  const uuid = (number: number): string => `019a2b40-${(0x1000 + number).toString(16)}-7${number.toString(16).padStart(3, "0")}-9c3e-5d0f3b7a${(0x1000 + number * 7).toString(16)}`;
  const rows = Array.from({ length: 20 }, (_row, row) =>
    columns.map((_column, column) => (row === 3 && column > 0 ? { old: null, new: null } : { old: row === 19 ? null : String(row + 1 + column * 40), new: uuid(row + 1 + column * 40) })),
  );
  return { columns, rows, sql: `SELECT\n  CAST(m0.old_id AS TEXT), CAST(k."id" AS TEXT)\nFROM (SELECT * FROM "${table.schema}"."${table.table}" LIMIT 20) k\nLEFT JOIN "rekey"."map_${table.table}" m0 ON m0.new_id = k."id"` };
}

export function sizesOf(base: FakeDatabase, plan: PlanView): Sizes[] {
  const touched = new Set(plan.conversions.flatMap(({ members }) => members.map(({ table }) => table)));
  return base.tables
    .filter(({ table }) => touched.has(table))
    .map(({ table, bytes }) => ({
      schema: base.schema,
      table,
      before: { table: bytes, indexes: Math.round(bytes * 0.35) },
      after: { table: Math.round(bytes * 1.22), indexes: Math.round(bytes * 0.62) },
    }));
}

export function recordsOf(plan: PlanView, base: FakeDatabase): StepRecord[] {
  let at = 0;
  return plan.steps.map(({ id, title, action }) => {
    const rows = action.verb === "convert_table" ? (base.tables.find(({ table }) => action.table.endsWith(`.${table}`))?.rows ?? 0) : 0;
    const seconds = rows / 150_000 + 0.04;
    const record = { id, title, seconds, at };
    at += seconds;
    return record;
  });
}

export function weightsOf(base: FakeDatabase, steps: readonly Step[]): Weight[][] {
  const staged = base.server.engine === "mysql";
  const weigh = (step: Step, statement: string): Weight => {
    if (/^(SET|SELECT|LOCK)/.test(statement)) return { reach: statement.startsWith("LOCK") ? "everybody" : "nobody", lock: statement.startsWith("LOCK") ? "ACCESS EXCLUSIVE" : "", reversal: "nothing" };
    const own = statement.includes('"rekey"') && step.action.verb !== "convert_table";
    if (own) return { reach: "nobody", lock: "", reversal: staged ? "removed" : "transaction" };
    if (statement.startsWith("ANALYZE")) return { reach: "definitions", lock: "SHARE UPDATE EXCLUSIVE", reversal: "transaction" };
    if (statement.includes("FOREIGN KEY")) return { reach: "writers", lock: "SHARE ROW EXCLUSIVE", reversal: staged ? "undone" : "transaction" };
    return { reach: "everybody", lock: staged ? "exclusive metadata lock" : "ACCESS EXCLUSIVE", reversal: staged ? "undone" : "transaction" };
  };
  return steps.map((step) => step.statements.map((statement) => weigh(step, statement)));
}

export function pastRuns(scenario: string): RunSummary[] {
  const base = { plan_fingerprint: PRINT, started_by: "ann on atlas", finished: null, undone: null, undo_seconds: null, seconds: 41.2, at_work: false };
  const stopped = scenario === "stopped" || scenario === "stopped-undo";
  return [
    ...(stopped ? [{ ...base, run: "z1b2c3d4e5", database: "shop_prod", place: "db.example.org:5432/shop_prod", state: scenario === "stopped" ? ("started" as const) : ("undoing" as const), started: "2026-11-21T02:00:07Z", seconds: 0 }] : []),
    { ...base, run: RUN, database: "shop_staging", place: "staging.example.org:5432/shop_staging", state: "converted", started: STARTED, finished: "2026-11-20T16:02:52Z" },
    { ...base, run: "p81mzk2w4d", database: "shop_staging", place: "staging.example.org:5432/shop_staging", state: "undone", started: "2026-11-19T10:40:00Z", finished: "2026-11-19T10:40:39Z", undone: "2026-11-19T11:12:30Z", undo_seconds: 36.4, seconds: 39.3 },
    { ...base, run: "a0d7ty5n2e", database: "sample.db", place: "/home/ann/.local/share/rekey/sample/sample.db", state: "rolled_back", started: "2026-11-18T08:12:45Z", finished: "2026-11-18T08:12:46Z", seconds: 0.6, plan_fingerprint: "41d8a7c60f3b", started_by: null },
  ];
}
