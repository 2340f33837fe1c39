// The picture in words, for whoever does not see it.

import { count, rows } from "../../../format";
import { t } from "../../../messages";
import { keyOf, titleOf } from "./drawing";
import type { MapEdge, MapGraph, MapNode } from "./graph";

/** What stands under a node's name. */
export function below(node: MapNode): string {
  if (node.tables > 1 || node.inside > 0) return t.map.tables(node.tables, count(node.tables));
  return node.key.length > 0 ? node.key.join(", ") : t.map.noKey;
}

/** Everything that the picture shows of each node. */
export function spoken(graph: MapGraph): ReadonlyMap<string, string> {
  const titles = new Map(graph.nodes.map(({ id, title }) => [id, title]));
  const out = new Map<string, MapEdge[]>();
  const into = new Map<string, number>();
  for (const edge of graph.edges) {
    out.set(edge.from, [...(out.get(edge.from) ?? []), edge]);
    if (!edge.self) into.set(edge.to, (into.get(edge.to) ?? 0) + 1);
  }
  return new Map(graph.nodes.map((node) => [node.id, sentence(node, out.get(node.id) ?? [], into.get(node.id) ?? 0, titles)]));
}

function sentence(node: MapNode, out: readonly MapEdge[], into: number, titles: ReadonlyMap<string, string>): string {
  const whole = `${node.title} ${below(node)}`;
  // As it stands in the box, so that whoever says what they see finds it.
  const seen = `${titleOf(node)} ${keyOf(below(node))}`;
  return [
    seen,
    whole === seen ? "" : whole,
    node.root ? t.map.chosenKey : "",
    out.length > 0 ? t.map.spokenOut(out.map((edge) => outward(edge, titles)).join(", ")) : "",
    into > 0 ? t.map.spokenIn(into) : "",
  ]
    .filter(Boolean)
    .join("; ");
}

function outward(edge: MapEdge, titles: ReadonlyMap<string, string>): string {
  if (edge.self) return t.map.spokenSelf(edge.columns.join(", "));
  const title = titles.get(edge.to) ?? "";
  return edge.count > 1 || edge.columns.length === 0 ? title : t.map.spokenLine(title, edge.columns.join(", "));
}

/** A reference as a line of text, read from the table that refers. */
export function told(edge: MapEdge, titles: ReadonlyMap<string, string>): string {
  const to = titles.get(edge.to) ?? "";
  return edge.columns.length === 0
    ? t.map.bundle(edge.count, count(edge.count), to)
    : t.map.line(edge.columns.join(", "), to, edge.parentColumns.join(", "));
}

/** By what it is a reference. */
export function through(edge: MapEdge): string {
  if (edge.columns.length === 0) return "";
  return edge.via ?? (edge.confidence ? t.undeclared.match(matched(edge.confidence), edge.confidence.values) : t.inspect.inferred);
}

/** What is special about it, in a word each. */
export function remarks(edge: MapEdge): string[] {
  return [edge.self ? t.map.self : "", edge.circle ? t.map.circle : "", edge.via === null ? t.map.inferred : ""].filter(Boolean);
}

/** How many of the values the key has, of a hundred; none is rounded up to all. */
export function matched({ values, strays }: { values: number; strays: number }): string {
  if (values === 0) return "";
  const percent = Math.floor((1000 * (values - strays)) / values) / 10;
  return t.undeclared.percent(percent.toString());
}

export function rowsOf(node: MapNode): string {
  return rows(node.rows, node.estimated);
}
