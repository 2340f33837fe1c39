// From a made-up database to what the engine would say about it.

import type { Choices } from "../../generated/Choices";
import type { Conversion } from "../../generated/Conversion";
import type { Domain } from "../../generated/Domain";
import type { Finding } from "../../generated/Finding";
import type { Inspection } from "../../generated/Inspection";
import type { Member } from "../../generated/Member";
import type { PlanView } from "../../generated/PlanView";
import type { ProofResult } from "../../generated/ProofResult";
import type { Question } from "../../generated/Question";
import type { Refusal } from "../../generated/Refusal";
import type { Severity } from "../../generated/Severity";
import type { Step } from "../../generated/Step";
import type { FakeDatabase, FakeTable } from "./shop";
import { weightsOf } from "./aftermath";
import { versionsOf } from "./application";
import { referencesOf, sureOf, undeclaredOf } from "./inspect";

/** What the fake refuses and asks about, so that both can be seen. */
const REFUSED = "audit_log";
const ASKED = "users";
/** What it offers without asking. */
const UNINDEXED = {
  rule: "RK-139",
  table: "payments",
  object: "reference public.payments.payments_invoice_id_fkey",
  options: [
    { value: "create", consequence: "The index ix_payments_invoice_id is made; the way back removes it." },
    { value: "leave", consequence: "Nothing is added." },
  ],
};

export function finding(severity: Severity, rule: string, object: string, meaning: string, remedy: string): Finding {
  return { severity, rule, object, meaning, remedy };
}

function domainFindings(base: FakeDatabase, table: FakeTable): Finding[] {
  const name = `${base.schema}.${table.table}`;
  if (table.table === REFUSED) {
    return [
      finding("block", "RK-112", `${name}.details`, "A generated column is computed from the key. This version cannot carry it through a conversion.", "Leave this key out, or drop the generated column first and add it again afterwards."),
    ];
  }
  if (table.table === ASKED) {
    return [
      finding("ask", "RK-013", `${base.schema}.audit_log.actor_id`, "By name and type the column looks like a reference to public.users.id, but no foreign key says so. 1204000 rows have a value, 2408 of them one that the key does not have.", "Answer whether it follows the key (include) or stays as it is (ignore)."),
    ];
  }
  return [];
}

function domainsOf(base: FakeDatabase): Domain[] {
  return base.tables
    .filter((table) => table.key.length === 1)
    .map((table) => {
      const findings = domainFindings(base, table);
      const root = { schema: base.schema, table: table.table, column: table.key[0] ?? "id" };
      const references = base.tables.flatMap((other) =>
        other.references
          .filter((reference) => reference.to === table.table)
          .map((reference) => ({ schema: base.schema, table: other.table, column: reference.column, via: reference.via, type: other.type, ...sureOf(reference) })),
      );
      return {
        root,
        members: [{ ...root, via: `${table.table}_pkey`, type: table.type }, ...references],
        verdict: findings.some(({ severity }) => severity === "block") ? "refuse" : findings.length > 0 ? "ask" : "convert",
        findings,
        rows: table.rows,
      } satisfies Domain;
    });
}

export function inspectionOf(base: FakeDatabase): Inspection {
  const domains = domainsOf(base);
  const estimated = base.server.engine !== "sqlite";
  return {
    server: base.server,
    domains,
    tables: base.tables.map((table) => {
      const domain = domains.find(({ root }) => root.table === table.table);
      return {
        schema: base.schema,
        table: table.table,
        rows: table.rows,
        rows_estimated: estimated && table.rows > 10_000,
        bytes: estimated ? table.bytes : 0,
        key: table.key.map((column) => `${column} ${table.type}`),
        references_in: base.tables.flatMap(({ references }) => references).filter(({ to }) => to === table.table).length,
        references_out: table.references.length,
        domain: domain?.root ?? null,
        verdict: domain?.verdict ?? null,
      };
    }),
    references: referencesOf(base),
    questions: undeclaredOf(base),
    findings: estimated
      ? [finding("info", "RK-010", "public.schema_migrations", "A table of a migration tool (Rails). Rekey leaves it as it is.", "Tell the tool about the new types after the run. The report says how.")]
      : [],
    version_tables: versionsOf(base),
  };
}

function chosen(base: FakeDatabase, choices: Choices): Question[] {
  const id = `${UNINDEXED.rule} ${UNINDEXED.object}`;
  const answer = choices.answers[id];
  if (answer === undefined) return [];
  return [{ id, root: { schema: base.schema, table: "invoices", column: "id" }, text: "public.payments.payments_invoice_id_fkey has no index.", options: UNINDEXED.options, default: "leave", answer }];
}

function questionsOf(base: FakeDatabase, choices: Choices): Question[] {
  return [
    ...chosen(base, choices),
    ...undeclaredOf(base).map((question) => ({ ...question, answer: choices.answers[question.id] ?? (choices.accept_defaults ? question.default : null) })),
  ];
}

// A choice that need not be made: it stands with its finding until somebody makes it.
function unindexed(base: FakeDatabase): Finding[] {
  if (!base.tables.some(({ table }) => table === UNINDEXED.table)) return [];
  return [
    {
      severity: "info",
      rule: UNINDEXED.rule,
      object: UNINDEXED.object,
      meaning: "No index begins with the columns of the reference payments_invoice_id_fkey of public.payments: each row of public.invoices that is deleted reads the whole table.",
      remedy: `An index can be made together with the conversion: answer '${UNINDEXED.rule} ${UNINDEXED.object}' with 'create'.`,
      options: UNINDEXED.options,
      default: "leave",
    },
  ];
}

function conversionsOf(base: FakeDatabase, choices: Choices): Conversion[] {
  const roots = choices.selection.select === "domains" ? choices.selection.roots.map(({ table }) => table) : null;
  return domainsOf(base)
    .filter((domain) => domain.verdict !== "refuse" && (roots === null || roots.includes(domain.root.table)))
    .map((domain) => ({
      kind: "int_to_uuid",
      root: domain.root,
      uuid: choices.uuid,
      storage: base.server.engine === "postgres" ? "uuid" : "char36",
      members: domain.members
        .filter((member) => member.via !== "inferred" || choices.include_inferred)
        .map((member, index): Member => ({
          schema: member.schema,
          table: member.table,
          column: member.column,
          via: member.via,
          from_type: member.type,
          to_type: base.uuidType,
          key: index === 0,
        })),
    }));
}

function tablesOf(conversions: readonly Conversion[]): string[] {
  return [...new Set(conversions.flatMap(({ members }) => members.map(({ table }) => table)))].sort();
}

function quoted(base: FakeDatabase, table: string): string {
  return `"${base.schema}"."${table}"`;
}

function stepsOf(base: FakeDatabase, conversions: readonly Conversion[], undo: boolean): Step[] {
  const tables = tablesOf(conversions);
  const target = undo ? "integer" : base.uuidType;
  const value = undo ? "old_id" : "new_id";
  const columns = (table: string): Member[] => conversions.flatMap(({ members }) => members.filter((member) => member.table === table));
  const keys = base.tables.filter(({ table, references }) => tables.includes(table) && references.length > 0);
  return [
    { id: "prepare", action: { verb: "prepare" }, title: "Make the place for maps and journal", statements: ['CREATE SCHEMA IF NOT EXISTS "rekey"', 'CREATE TABLE IF NOT EXISTS "rekey"."journal" (\n  "run" text PRIMARY KEY,\n  "state" text NOT NULL,\n  "plan" jsonb NOT NULL\n)'] },
    { id: "lock_tables", action: { verb: "lock_tables" }, title: "Lock the tables of the plan", statements: [`LOCK TABLE ${tables.map((table) => quoted(base, table)).join(", ")} IN ACCESS EXCLUSIVE MODE`] },
    ...conversions.map(({ root }): Step => ({
      id: `build_map ${root.schema}.${root.table}.${root.column}`,
      action: { verb: undo ? "extend_map" : "build_map", root },
      title: undo ? `Find integers for new rows of ${root.table}` : `Give every ${root.table}.${root.column} its new id`,
      statements: [
        `-- one row per id, in the order of the old ids\nCREATE TABLE "rekey"."map_${root.table}" AS\nSELECT "${root.column}" AS "old_id", "rekey"."next_uuid"(1763683200000 + row_number() OVER (ORDER BY "${root.column}")) AS "new_id"\nFROM ${quoted(base, root.table)}`,
        `ALTER TABLE "rekey"."map_${root.table}" ADD PRIMARY KEY ("old_id")`,
      ],
    })),
    { id: "drop_dependents", action: { verb: "drop_dependents" }, title: "Take away what stands on the columns", statements: keys.flatMap((table) => table.references.filter(({ via }) => via !== "inferred").map(({ via }) => `ALTER TABLE ${quoted(base, table.table)} DROP CONSTRAINT "${via}"`)) },
    ...tables.map((table): Step => ({
      id: `convert_table ${base.schema}.${table}`,
      action: { verb: "convert_table", table: `${base.schema}.${table}` },
      title: `Convert ${table}`,
      statements: [`ALTER TABLE ${quoted(base, table)}\n${columns(table).map(({ column }) => `  ALTER COLUMN "${column}" TYPE ${target} USING (SELECT "${value}" FROM "rekey"."map" WHERE "old_id" = "${column}")`).join(",\n")}`],
    })),
    ...keys.map((table): Step => ({
      id: `restore_foreign_keys ${base.schema}.${table.table}`,
      action: { verb: "restore_foreign_keys", table: `${base.schema}.${table.table}` },
      title: `Put the references of ${table.table} back`,
      statements: table.references.filter(({ via }) => via !== "inferred").map(({ via, column, to }) => `ALTER TABLE ${quoted(base, table.table)} ADD CONSTRAINT "${via}" FOREIGN KEY ("${column}") REFERENCES ${quoted(base, to)} ("id")`),
    })),
    { id: "restore_dependents", action: { verb: "restore_dependents" }, title: "Put back what stood on the columns", statements: [`CREATE VIEW "${base.schema}"."open_orders" AS\nSELECT o.id, o.customer_id FROM ${quoted(base, "orders")} o WHERE o.id IS NOT NULL`] },
    { id: "analyze", action: { verb: "analyze" }, title: "Renew the statistics", statements: tables.map((table) => `ANALYZE ${quoted(base, table)}`) },
    { id: "record", action: { verb: "record" }, title: "Write the run into the journal", statements: ['UPDATE "rekey"."journal" SET "state" = \'converted\''] },
  ];
}

export function planOf(base: FakeDatabase, choices: Choices): PlanView {
  const conversions = conversionsOf(base, choices);
  const steps = stepsOf(base, conversions, false);
  const tables = tablesOf(conversions);
  return {
    fingerprint: "9c1f0d6be2a84753a1c6f4e09b7d2258c03a7f6614be9d08f5517c2ae4b96d31",
    conversions,
    questions: questionsOf(base, choices),
    findings: unindexed(base),
    refused: domainsOf(base)
      .filter(({ verdict }) => verdict === "refuse")
      .map((domain): Refusal => ({ ...domain.root, reasons: domain.findings })),
    steps,
    undo: stepsOf(base, conversions, true),
    weights: weightsOf(base, steps),
    undo_weights: weightsOf(base, stepsOf(base, conversions, true)),
    can_pause: base.server.engine === "mysql",
    storages: base.server.engine === "postgres" ? ["uuid"] : base.server.engine === "mysql" ? ["uuid", "binary16", "char36"] : ["char36", "binary16"],
    script: `-- Plan of Rekey for ${base.server.database}\nBEGIN;\n\n${steps.map((step) => `-- ${step.title}\n${step.statements.map((statement) => `${statement};`).join("\n")}`).join("\n\n")}\n\nCOMMIT;\n`,
    rows: base.tables.filter(({ table }) => tables.includes(table)).reduce((sum, { rows }) => sum + rows, 0),
  };
}

export function proofsOf(base: FakeDatabase, broken: boolean): ProofResult[] {
  const held = (id: string, title: string, value: string, sql: string): ProofResult => ({ id, title, passed: true, expected: value, found: value, sql });
  const proofs = base.tables
    .filter(({ key }) => key.length > 0)
    .flatMap((table) => [
      held(`rows ${base.schema}.${table.table}`, `${table.table} has as many rows as before`, String(table.rows), `SELECT count(*)::text FROM ${quoted(base, table.table)}`),
      held(`content ${base.schema}.${table.table}`, `Every row of ${table.table} is the same, translated back through the map`, "d41c7e0b9f21a6c8", `SELECT md5(string_agg(row::text, ',' ORDER BY row)) FROM (\n  SELECT m."old_id", t.*\n  FROM ${quoted(base, table.table)} t\n  JOIN "rekey"."map_${table.table}" m ON m."new_id" = t."id"\n) row`),
      ...table.references.map(({ column, to }) =>
        held(`references ${base.schema}.${table.table}.${column}`, `No ${table.table}.${column} points to a row of ${to} that does not exist`, "0", `SELECT count(*)::text FROM ${quoted(base, table.table)} c\nLEFT JOIN ${quoted(base, to)} p ON p."id" = c."${column}"\nWHERE c."${column}" IS NOT NULL AND p."id" IS NULL`),
      ),
    ]);
  if (broken && proofs[0]) proofs[0] = { ...proofs[0], passed: false, found: String(Number(proofs[0].expected) + 3) };
  return proofs;
}
