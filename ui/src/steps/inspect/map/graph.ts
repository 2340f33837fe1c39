// The picture as data: which tables and references hang together with the chosen keys.

import { columnKey, tableText } from "../../../format";
import type { Choices } from "../../../generated/Choices";
import type { ColumnName } from "../../../generated/ColumnName";
import type { Confidence } from "../../../generated/Confidence";
import type { Domain } from "../../../generated/Domain";
import type { Inspection } from "../../../generated/Inspection";
import type { TableName } from "../../../generated/TableName";
import { circles } from "./circles";

/** More tables than these are drawn schema by schema. */
export const DRAWN = 150;

export interface MapNode {
  id: string;
  title: string;
  /** Columns of the primary key with their types; of a schema none. */
  key: readonly string[];
  /** True where it holds one of the chosen keys. */
  root: boolean;
  rows: number;
  estimated: boolean;
  /** Tables in it: one, or all those of a schema. */
  tables: number;
  /** References from one table of the schema to another. */
  inside: number;
}

export interface MapEdge {
  id: string;
  /** The node that refers, and the one that is referred to. */
  from: string;
  to: string;
  columns: readonly string[];
  parentColumns: readonly string[];
  /** The constraint; null where none declares it. */
  via: string | null;
  confidence: Confidence | null;
  self: boolean;
  /** Part of a circle of several tables. */
  circle: boolean;
  /** References that the line stands for. */
  count: number;
}

export interface MapGraph {
  nodes: readonly MapNode[];
  edges: readonly MapEdge[];
}

/** The chosen keys: the ones asked for, else those of the plan. */
export function chosenDomains(inspection: Inspection, choices: Choices, focus: readonly ColumnName[] | null): readonly Domain[] {
  const selection = choices.selection;
  const roots = focus ?? (selection.select === "domains" ? selection.roots : null);
  if (roots === null) return inspection.domains.filter(({ verdict }) => verdict !== "refuse");
  const wanted = new Set(roots.map(columnKey));
  return inspection.domains.filter(({ root }) => wanted.has(columnKey(root)));
}

/** Every table that these keys reach, with the references among them. */
export function graphOf(inspection: Inspection, domains: readonly Domain[]): MapGraph {
  const members = new Set(domains.flatMap((domain) => domain.members.map(columnKey)));
  const tables = new Set(domains.flatMap((domain) => domain.members.map(tableId)));
  const roots = new Set(domains.map(({ root }) => tableId(root)));
  const edges = marked([...declared(inspection, members), ...others(inspection, domains, members)]);
  const nodes = inspection.tables
    .filter((table) => tables.has(tableId(table)))
    .map((table) => ({
      id: tableId(table),
      title: tableText(table),
      key: table.key,
      root: roots.has(tableId(table)),
      rows: table.rows,
      estimated: table.rows_estimated,
      tables: 1,
      inside: 0,
    }));
  return { nodes, edges };
}

/** The same with one node for each schema. */
export function bySchema(inspection: Inspection, graph: MapGraph): MapGraph {
  const schemas = new Map(inspection.tables.map((table) => [tableId(table), table.schema]));
  const schemaOf = (id: string): string => schemas.get(id) ?? "";
  const groups = new Map<string, MapNode>();
  for (const node of graph.nodes) {
    const title = schemaOf(node.id);
    const known = groups.get(title) ?? { ...node, id: title, title, key: [], root: false, rows: 0, estimated: false, tables: 0 };
    groups.set(title, { ...known, rows: known.rows + node.rows, estimated: known.estimated || node.estimated, tables: known.tables + 1 });
  }
  const lines = new Map<string, MapEdge>();
  for (const edge of graph.edges) {
    const [from, to] = [schemaOf(edge.from), schemaOf(edge.to)];
    const group = groups.get(from);
    if (from === to) {
      if (group) groups.set(from, { ...group, inside: group.inside + 1 });
      continue;
    }
    const id = JSON.stringify([from, to]);
    const known = lines.get(id);
    lines.set(id, { ...edge, id, from, to, columns: [], parentColumns: [], self: false, circle: false, count: (known?.count ?? 0) + 1, via: edge.via ?? known?.via ?? null });
  }
  return { nodes: [...groups.values()], edges: marked([...lines.values()]) };
}

export function tableId(name: TableName): string {
  return JSON.stringify([name.schema, name.table]);
}

function line(from: string, to: string, via: string | null, columns: readonly string[], parentColumns: readonly string[]): MapEdge {
  const id = JSON.stringify([from, to, via, columns]);
  return { id, from, to, columns, parentColumns, via, confidence: null, self: from === to, circle: false, count: 1 };
}

function declared(inspection: Inspection, members: ReadonlySet<string>): MapEdge[] {
  return inspection.references
    .filter((reference) =>
      reference.columns.some(
        (column, place) =>
          members.has(columnKey({ ...reference, column })) && members.has(columnKey({ ...reference.parent, column: reference.parent_columns[place] ?? "" })),
      ),
    )
    .map((reference) => line(tableId(reference), tableId(reference.parent), reference.name, reference.columns, reference.parent_columns));
}

// What no foreign key of its own ties to the key: guesses, and columns that are members
// through something else, such as a parent table.
function others(inspection: Inspection, domains: readonly Domain[], members: ReadonlySet<string>): MapEdge[] {
  const tied = new Set(
    inspection.references.flatMap((reference) => reference.columns.map((column) => columnKey({ ...reference, column }))).filter((key) => members.has(key)),
  );
  return domains.flatMap(({ root, members: all }) =>
    all
      .slice(1)
      .filter((member) => member.via === "inferred" || !tied.has(columnKey(member)))
      .map((member) => ({
        ...line(tableId(member), tableId(root), member.via === "inferred" ? null : member.via, [member.column], [root.column]),
        confidence: member.confidence ?? null,
      })),
  );
}

function marked(edges: readonly MapEdge[]): MapEdge[] {
  const round = circles(edges);
  return edges.map((edge) => ({ ...edge, circle: !edge.self && round.get(edge.from) === round.get(edge.to) }));
}
