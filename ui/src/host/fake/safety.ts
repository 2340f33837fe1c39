// The copy of a made-up database, and what a rehearsal on it would say.

import type { BackupMade } from "../../generated/BackupMade";
import type { Explained } from "../../generated/Explained";
import type { Indexes } from "../../generated/Indexes";
import type { PlanView } from "../../generated/PlanView";
import type { Leftover } from "../../generated/Leftover";
import type { Rehearsal } from "../../generated/Rehearsal";
import type { Restorable } from "../../generated/Restorable";
import type { Restored } from "../../generated/Restored";
import type { StepRecord } from "../../generated/StepRecord";
import type { Timing } from "../../generated/Timing";
import type { Listener } from "../index";
import { type Pace, pause } from "./run";
import type { FakeDatabase } from "./shop";
import { proofsOf } from "./views";

const SHA = "2f8a5e11c6bd0f7394e2d7c0a1b88e64f00c9d537ab1426e8d90cf57b3a6e1d4";
const FOLDER = "/home/ann/.local/share/rekey/backups";

export function backupOf(base: FakeDatabase): BackupMade {
  const { database, place, engine } = base.server;
  const sqlite = engine === "sqlite";
  const path = `${FOLDER}/${database.replace(/\.db$/, "")}-2026-11-21T091412.${sqlite ? "db" : "dump"}`;
  return {
    path,
    bytes: sqlite ? 5_386_240 : 412_684_113,
    sha256: SHA,
    verified: true,
    client: { postgres: "pg_dump (PostgreSQL) 15.18", mysql: "mariadb-dump 10.19, for MariaDB 10.11.19", sqlite: "SQLite 3.51.3" }[engine],
    restore: sqlite
      ? `Stop every program that uses ${place}.\nrm -f -- '${place}-wal' '${place}-shm' '${place}-journal'\ncp -- '${path}' '${place}'\nsqlite3 '${place}' 'PRAGMA integrity_check'`
      : `Stop every program that uses ${database}.\npg_restore --host=db.example.org --username=ann --create --dbname=postgres '${path}'`,
  };
}

/** Tells what a backup tells while it is made, or put back. False where it was stopped. */
export async function copy(base: FakeDatabase, making: boolean, listen: Listener, pace: Pace): Promise<boolean> {
  const sqlite = base.server.engine === "sqlite";
  const total = backupOf(base).bytes;
  const tables = base.tables.map(({ table }) => `${base.schema}.${table}`);
  const steps = sqlite
    ? [making ? "Copy the database" : "Restore the backup into a scratch file", "Compare the copy with the database"]
    : [making ? "Write the dump" : "Read the dump", "Restore it into a scratch database", "Compare the copy with the database"];
  for (const [index, step] of steps.entries()) {
    const known = index < steps.length - 1;
    for (const [tick, table] of tables.entries()) {
      const share = (tick + 1) / tables.length;
      listen({ event: "backup", step, table: sqlite ? null : table, bytes_done: known ? Math.floor(total * share) : 0, bytes_total: known ? total : 0 });
      if (pace.hold !== null && share > 0.6) return new Promise(() => undefined);
      await pause(pace.tick);
      if (pace.stopped()) return false;
    }
  }
  return true;
}

export function restorableOf(base: FakeDatabase): Restorable {
  const { database, place, engine } = base.server;
  return {
    tables: base.tables.map(({ table }) => `${base.schema}.${table}`),
    name: engine === "sqlite" ? place.replace(/\.db$/, "-restored.db") : `${database}_restored`,
  };
}

/** Tells what the restoring of a backup tells. False where it was stopped. */
export async function restore(base: FakeDatabase, listen: Listener, pace: Pace): Promise<boolean> {
  listen({ event: "backup", step: "Look whether the backup is unchanged", table: null, bytes_done: 0, bytes_total: 0 });
  return copy(base, false, listen, pace);
}

export function restoredOf(base: FakeDatabase, name: string, tables: readonly string[]): Restored {
  const { database, place, engine } = base.server;
  const some = tables.length > 0;
  const schema = `${base.schema}.`;
  return {
    database: engine === "sqlite" ? name : place.replace(database, name),
    compared: some ? tables.length : base.tables.length,
    tables: [...tables],
    left_out: some ? [`the reference orders_customer_id_fkey of ${schema}orders: FOREIGN KEY (customer_id) REFERENCES ${schema}customers(id)`] : [],
    copy_back: some ? ["-- Rows that are missing in the live database come back, parents first; rows that are there stay as they are.", ...tables.map((table) => `INSERT INTO ${table} SELECT ...`)] : [],
  };
}

export function leftoversOf(base: FakeDatabase): Leftover[] {
  const sqlite = base.server.engine === "sqlite";
  const user = { pid: "4711", user: "ann", application: "reports", state: "idle", query: "" };
  return [
    { name: sqlite ? `${FOLDER}/rekey_copy_4k2j9x0q1z.db` : "rekey_copy_4k2j9x0q1z", bytes: 412_684_113, in_use: false, used_by: [] },
    { name: sqlite ? `${FOLDER}/rekey_copy_p81mzk2w4d.db` : "rekey_copy_p81mzk2w4d", bytes: 5_386_240, in_use: true, used_by: [user] },
    { name: `${FOLDER}/shop-2026-11-20T160211Z.dump.partial`, bytes: 1_048_576, in_use: false, used_by: [] },
  ];
}

export function rehearsalOf(base: FakeDatabase, plan: PlanView, broken: boolean): Rehearsal {
  const large = base.server.engine !== "sqlite";
  const steps = taken(plan.steps, large ? 192.3 : 0.12);
  const seconds = large ? 192.3 : 0.12;
  return {
    format: 1,
    rehearsal: "4k2j9x0q1z",
    plan_fingerprint: plan.fingerprint,
    backup_sha256: SHA,
    backup: backupOf(base).path,
    engine: base.server.engine,
    server_version: base.server.version,
    place: "rekey_copy_4k2j9x0q1z",
    kept: false,
    started: "2026-11-21T09:20:41Z",
    green: !broken,
    failure: broken ? "on the copy: the database refused a statement of step 'convert_table public.orders': value 99999999999 is out of range for type integer" : null,
    differing_statements: 0,
    seconds,
    steps: broken ? steps.slice(0, steps.length / 2) : steps,
    validation: broken ? [] : proofsOf(base, false),
    ids: broken ? 0 : base.tables.filter(({ key }) => key.length === 1).reduce((sum, { rows }) => sum + rows, 0),
    undo_seconds: broken ? 0 : seconds * 0.3,
    undo_steps: broken ? [] : taken(plan.undo, seconds * 0.3),
    undo_tested: !broken,
    disk_bytes: backupOf(base).bytes * 2,
    peak_disk_bytes: backupOf(base).bytes * 5,
    window: broken ? null : { low_seconds: Math.max(1, seconds * 0.7), high_seconds: Math.max(2, seconds * 1.5), writers_wait_seconds: seconds, readers_wait_seconds: seconds },
    timings: timingsOf(base, broken),
    indexes: indexesOf(base, broken),
  };
}

function taken(steps: PlanView["steps"], seconds: number): StepRecord[] {
  return steps.map(({ id, title }) => ({ id, title, seconds: seconds / steps.length }));
}

function timingsOf(base: FakeDatabase, broken: boolean): Timing[] {
  const explained = (table: string, seconds: number): Explained => ({ seconds, indexes: [`${table}_pkey`], plan: [`Index Only Scan using ${table}_pkey on ${table}`] });
  const own = base.tables.slice(0, 4).map(({ table, rows }): Timing => ({
    title: `One row of ${base.schema}.${table} by its key`,
    sql: `SELECT count(*) FROM ${base.schema}.${table}`,
    chosen: false,
    before_seconds: rows / 1e9 + 0.0003,
    after_seconds: broken ? null : rows / 8e8 + 0.0003,
    before: explained(table, rows / 2e9 + 0.0001),
    ...(broken ? {} : { after: explained(table, rows / 1.8e9 + 0.0001) }),
  }));
  const sql = "SELECT name FROM categories WHERE id = 5";
  const refused = { not_after: "With the new keys the server refuses it: operator does not exist: uuid = integer" };
  return [...own, { title: sql, sql, chosen: true, before_seconds: 0.0004, after_seconds: null, ...(broken ? {} : refused) }];
}

function indexesOf(base: FakeDatabase, broken: boolean): Indexes {
  const counts = base.server.engine !== "sqlite";
  return {
    indexes: base.tables
      .filter(({ key }) => key.length > 0)
      .map(({ table, rows }) => ({
        schema: base.schema,
        table,
        index: `${table}_pkey`,
        before_bytes: rows * 22 + 8192,
        after_bytes: broken ? null : rows * 40 + 8192,
        uses: counts ? rows * 3 : null,
      })),
    sizes: "Bytes on disk, as the server tells them.",
    uses: counts ? "Searches of each index in the database itself since the server began to count." : "SQLite does not count how often an index is used.",
  };
}
