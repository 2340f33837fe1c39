// Where everything stands in the picture. Runs in a worker: dagre takes its time.

import { Graph, layout } from "@dagrejs/dagre";

import { blockOf, type Block, placeBlock, starsOf } from "./stars";

export interface Box {
  id: string;
  width: number;
  height: number;
}

export interface Thread {
  id: string;
  from: string;
  to: string;
  /** Room for what is written on it; 0 where nothing is. */
  width: number;
  height: number;
}

export interface Drawing {
  boxes: readonly Box[];
  threads: readonly Thread[];
}

export interface Point {
  x: number;
  y: number;
}

/** A line from who refers to what is referred to. */
export interface Course {
  points: Point[];
  label: Point | null;
}

export interface Placed {
  width: number;
  height: number;
  /** Centres. */
  boxes: Record<string, Point>;
  threads: Record<string, Course>;
}

const MARGIN = 24;
/** Room between tables without any line. */
const GAP = 20;
/** Room below a table that refers to itself. */
const LOOP = 26;

/** Keys to the left, what refers to them to the right. */
export function place(drawing: Drawing): Placed {
  const blocks = starsOf(drawing).map(blockOf);
  const packed = new Set(blocks.flatMap(({ boxes }) => boxes.map(({ id }) => id)));
  const tied = new Set(drawing.threads.flatMap(({ from, to }) => [from, to]));
  const boxes = drawing.boxes.filter(({ id }) => tied.has(id) && !packed.has(id));
  const threads = drawing.threads.filter(({ from }) => !packed.has(from));
  const connected = unpacked(arrange([...boxes, ...blocks], [...threads, ...blocks.map(stem)]), blocks, boxes);
  return beneath(connected, drawing.boxes.filter(({ id }) => !tied.has(id)));
}

// What ties a block to its key while both are placed; its lines are drawn one by one.
function stem({ id, to }: Block): Thread {
  return { id, from: id, to, width: 0, height: 0 };
}

function unpacked(placed: Placed, blocks: readonly Block[], boxes: readonly Box[]): Placed {
  const found = { boxes: { ...placed.boxes }, threads: { ...placed.threads } };
  for (const block of blocks) {
    const [at, key] = [placed.boxes[block.id], placed.boxes[block.to]];
    delete found.boxes[block.id];
    delete found.threads[block.id];
    if (!at || !key) continue;
    const half = (boxes.find(({ id }) => id === block.to)?.width ?? 0) / 2;
    const inside = placeBlock(block, at, { x: key.x + half, y: key.y });
    Object.assign(found.boxes, inside.boxes);
    Object.assign(found.threads, inside.threads);
  }
  return { ...placed, ...found };
}

function arrange(boxes: readonly Box[], threads: readonly Thread[]): Placed {
  if (boxes.length === 0) return { width: 2 * MARGIN, height: MARGIN, boxes: {}, threads: {} };
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: "LR", nodesep: 18, ranksep: 64, edgesep: 12, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  const loops = threads.filter(({ from, to }) => from === to);
  const room = new Map(loops.map(({ from }) => [from, LOOP + 8]));
  for (const { id, width, height } of boxes) graph.setNode(id, { width, height: height + (room.get(id) ?? 0) });
  for (const { id, from, to, width, height } of threads.filter((thread) => thread.from !== thread.to)) {
    graph.setEdge(to, from, { width, height, labelpos: "c" }, id);
  }
  layout(graph);
  const size = graph.graph() as { width?: number; height?: number };
  const places = Object.fromEntries(
    graph.nodes().map((id) => {
      const { x, y } = point(graph.node(id));
      return [id, { x, y: y - (room.get(id) ?? 0) / 2 }];
    }),
  );
  return {
    width: size.width ?? 0,
    height: size.height ?? 0,
    boxes: places,
    threads: Object.fromEntries([
      ...loops.map(({ id, from }) => [id, loop(boxes.find((box) => box.id === from), places[from])]),
      ...graph.edges().map((edge) => {
        const { points, x, y } = graph.edge(edge) as { points: Point[]; x?: number; y?: number };
        const label = x === undefined || y === undefined ? null : { x, y };
        return [edge.name ?? "", { points: points.map(point).reverse(), label }];
      }),
    ]) as Record<string, Course>,
  };
}

// Out of the box below, and back into it.
function loop(box: Box | undefined, { x, y }: Point = { x: 0, y: 0 }): Course {
  const bottom = y + (box?.height ?? 0) / 2;
  const side = (box?.width ?? 0) / 4;
  const points = [
    { x: x + side, y: bottom },
    { x: x + side, y: bottom + LOOP },
    { x: x - side, y: bottom + LOOP },
    { x: x - side, y: bottom },
  ];
  return { points, label: { x, y: bottom + LOOP } };
}

function point({ x, y }: { x?: number; y?: number }): Point {
  return { x: x ?? 0, y: y ?? 0 };
}

// Tables that nothing refers to, in rows below the others.
function beneath(placed: Placed, boxes: readonly Box[]): Placed {
  if (boxes.length === 0) return placed;
  const inside = Math.max(placed.width, 900) - 2 * MARGIN;
  const found: Record<string, Point> = {};
  let [x, y, tallest, widest] = [0, placed.height, 0, 0];
  for (const { id, width, height } of boxes) {
    if (x > 0 && x + width > inside) [x, y, tallest] = [0, y + tallest + GAP, 0];
    found[id] = { x: MARGIN + x + width / 2, y: y + height / 2 };
    x += width + GAP;
    tallest = Math.max(tallest, height);
    widest = Math.max(widest, x - GAP);
  }
  return { ...placed, width: Math.max(placed.width, widest + 2 * MARGIN), height: y + tallest + MARGIN, boxes: { ...placed.boxes, ...found } };
}
