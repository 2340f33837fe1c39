// A thousand tables in eight schemas, for the screens that must stay quick with them.

import type { ColumnName } from "../../generated/ColumnName";
import type { Domain } from "../../generated/Domain";
import type { Inspection } from "../../generated/Inspection";
import type { ReferenceInfo } from "../../generated/ReferenceInfo";
import type { ServerInfo } from "../../generated/ServerInfo";
import type { TableName } from "../../generated/TableName";

const SCHEMAS = ["archive", "audit", "billing", "people", "sales", "staff", "stock", "web"] as const;
const TABLES = 125;
/** So many tables refer to the first one of their schema, and so to one key. */
const STAR = 112;

/** Every table refers to the first of its schema or, in `people`, to that of all of them. */
export function wideInspection(server: ServerInfo): Inspection {
  const tables = SCHEMAS.flatMap((schema) => Array.from({ length: TABLES }, (_, number): TableName => ({ schema, table: `table_${String(number).padStart(3, "0")}` })));
  const references = tables.flatMap((table, number) => referencesOf(table, number % TABLES));
  const domains = tables.map((table) => domainOf(table, references));
  return {
    server,
    tables: tables.map((table, number) => ({
      ...table,
      rows: (number * 7919) % 1_000_003,
      rows_estimated: number % 3 > 0,
      bytes: ((number * 7919) % 1_000_003) * 120 + 8192,
      key: [number % 5 === 0 ? "id bigint" : "id integer"],
      references_in: references.filter(({ parent }) => same(parent, table)).length,
      references_out: references.filter((reference) => same(reference, table)).length,
      domain: { ...table, column: "id" },
      verdict: "convert",
    })),
    domains,
    references,
    questions: [],
    findings: [],
  };
}

function referencesOf(table: TableName, number: number): ReferenceInfo[] {
  const to = (column: string, parent: TableName): ReferenceInfo => ({
    ...table,
    name: `${table.table}_${column}_fkey`,
    columns: [column],
    parent,
    parent_columns: ["id"],
  });
  const sibling = (other: number): TableName => ({ ...table, table: `table_${String(other).padStart(3, "0")}` });
  const owner = { schema: "people", table: "table_000" };
  return [
    ...(number > 0 && number <= STAR ? [to("first_id", sibling(0))] : []),
    ...(number > STAR ? [to("before_id", sibling(number === STAR + 1 ? TABLES - 1 : number - 1))] : []),
    ...(number === TABLES - 1 ? [to("parent_id", sibling(number))] : []),
    ...(number % 25 === 7 ? [to("owner_id", owner)] : []),
  ];
}

function domainOf(table: TableName, references: readonly ReferenceInfo[]): Domain {
  const root: ColumnName = { ...table, column: "id" };
  const members = references.filter(({ parent }) => same(parent, table));
  return {
    root,
    members: [
      { ...root, via: `${table.table}_pkey`, type: "integer" },
      ...members.map(({ schema, table: name, columns, name: via }) => ({ schema, table: name, column: columns[0] ?? "", via, type: "integer" })),
    ],
    verdict: "convert",
    findings: [],
    rows: 1000,
  };
}

function same(one: TableName, other: TableName): boolean {
  return one.schema === other.schema && one.table === other.table;
}
