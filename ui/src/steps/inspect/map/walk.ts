// From table to table by the keyboard: along references, and to whatever stands near.

import type { MapGraph } from "./graph";
import type { Placed, Point } from "./layout";

/** Where a key leads from a node; null where it leads nowhere. */
export function walk(graph: MapGraph, placed: Placed, from: string, key: string): string | null {
  const here = placed.boxes[from];
  if (!here) return null;
  const order = graph.nodes.map(({ id }) => id);
  const at = order.indexOf(from);
  switch (key) {
    case "ArrowLeft":
      return nearest(placed, here, graph.edges.filter((edge) => edge.from === from && !edge.self).map(({ to }) => to));
    case "ArrowRight":
      return nearest(placed, here, graph.edges.filter((edge) => edge.to === from && !edge.self).map((edge) => edge.from));
    case "ArrowUp":
      return nearest(placed, here, order.filter((id) => (placed.boxes[id]?.y ?? here.y) < here.y));
    case "ArrowDown":
      return nearest(placed, here, order.filter((id) => (placed.boxes[id]?.y ?? here.y) > here.y));
    case "PageUp":
      return order[at - 1] ?? null;
    case "PageDown":
      return order[at + 1] ?? null;
    case "Home":
      return order[0] ?? null;
    case "End":
      return order.at(-1) ?? null;
    default:
      return null;
  }
}

// Aside counts double: whoever goes down wants to stay in the column.
function nearest(placed: Placed, here: Point, ids: readonly string[]): string | null {
  const far = (id: string): number => {
    const { x, y } = placed.boxes[id] ?? here;
    return 2 * Math.abs(x - here.x) + Math.abs(y - here.y);
  };
  return ids.reduce<string | null>((best, id) => (best === null || far(id) < far(best) ? id : best), null);
}
