// Sizes and shapes of what is drawn.

import type { MapEdge, MapGraph, MapNode } from "./graph";
import type { Drawing, Point } from "./layout";

export const HEIGHT = 50;
/** With more lines than these their columns are written where a table is chosen. */
const WRITTEN = 40;
/** Letters of a name; the whole one stands in the facts below. */
const TITLE = 30;
const KEY = 32;
const LABEL = 28;
/** How round a line goes round a corner. */
const CORNER = 14;

/** The parts of a name that fit. */
export function short(text: string, letters: number): string {
  return text.length > letters ? `${text.slice(0, letters - 1)}…` : text;
}

export function titleOf(node: MapNode): string {
  return short(node.title, TITLE);
}

export function keyOf(text: string): string {
  return short(text, KEY);
}

export function labelOf(edge: MapEdge): string {
  return short(edge.count > 1 ? `× ${edge.count}` : edge.columns.join(", "), LABEL);
}

export function widthOf(node: MapNode, below: string): number {
  return Math.max(112, titleOf(node).length * 7.9, keyOf(below).length * 7.5) + 28;
}

/** True where every line says its columns. */
export function isWritten(graph: MapGraph): boolean {
  return graph.edges.length <= WRITTEN;
}

export function drawingOf(graph: MapGraph, below: (node: MapNode) => string): Drawing {
  const written = isWritten(graph);
  return {
    boxes: graph.nodes.map((node) => ({ id: node.id, width: widthOf(node, below(node)), height: HEIGHT })),
    threads: graph.edges.map((edge) => ({
      id: edge.id,
      from: edge.from,
      to: edge.to,
      width: written ? labelOf(edge).length * 6.9 + 8 : 0,
      height: written ? 16 : 0,
    })),
  };
}

/** A line through these points, with round corners. */
export function path(points: readonly Point[]): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return "";
  const bends = points.slice(1, -1).map((bend, place) => {
    const [before, after] = [points[place] ?? first, points[place + 2] ?? last];
    return `L${round(towards(bend, before))}Q${round(bend)} ${round(towards(bend, after))}`;
  });
  return `M${round(first)}${bends.join("")}L${round(last)}`;
}

// Where the corner begins: not beyond half of the way.
function towards(bend: Point, other: Point): Point {
  const far = Math.hypot(other.x - bend.x, other.y - bend.y);
  const part = far === 0 ? 0 : Math.min(CORNER / far, 0.5);
  return { x: bend.x + (other.x - bend.x) * part, y: bend.y + (other.y - bend.y) * part };
}

/** The tip at the end of a line. */
export function tip(points: readonly Point[]): string {
  const [before, end] = [points.at(-2), points.at(-1)];
  if (!before || !end) return "";
  const angle = Math.atan2(end.y - before.y, end.x - before.x);
  const corner = (turn: number): Point => ({ x: end.x - 9 * Math.cos(angle + turn), y: end.y - 9 * Math.sin(angle + turn) });
  return `M${round(end)}L${round(corner(0.45))}L${round(corner(-0.45))}Z`;
}

function round({ x, y }: Point): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}
