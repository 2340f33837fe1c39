// Hundreds of tables that refer to one key and to nothing else would stand in one endless
// column. They are packed into a block instead, which is laid out as one box.

import type { Box, Course, Drawing, Point, Thread } from "./layout";

/** Fewer than these stand in a column as any others do. */
const MANY = 14;
/** How much wider than high a block may be. */
const SHAPE = 1.7;
const BETWEEN = 22;
const ASIDE = 28;

/** A key with all that refers to it alone. */
export interface Star {
  to: string;
  boxes: readonly Box[];
  threads: readonly Thread[];
}

export interface Block extends Star, Box {
  /** Rows of each column, and how wide and how high one place is. */
  rows: number;
  cell: { width: number; height: number };
}

export function starsOf({ boxes, threads }: Drawing): Star[] {
  const ends = new Map<string, Thread[]>();
  for (const thread of threads) {
    for (const end of new Set([thread.from, thread.to])) {
      const known = ends.get(end);
      if (known) known.push(thread);
      else ends.set(end, [thread]);
    }
  }
  const stars = new Map<string, { boxes: Box[]; threads: Thread[] }>();
  for (const box of boxes) {
    const own = ends.get(box.id) ?? [];
    const to = own[0]?.to;
    if (to === undefined || !own.every((thread) => thread.from === box.id && thread.to === to && thread.from !== thread.to)) continue;
    const star = stars.get(to) ?? { boxes: [], threads: [] };
    star.boxes.push(box);
    star.threads.push(...own);
    stars.set(to, star);
  }
  return [...stars].filter(([, star]) => star.boxes.length > MANY).map(([to, star]) => ({ to, ...star }));
}

export function blockOf(star: Star): Block {
  const labels = Math.max(...star.threads.map(({ width }) => width));
  const cell = {
    width: Math.max(...star.boxes.map(({ width }) => width)) + ASIDE + labels,
    height: Math.max(...star.boxes.map(({ height }) => height)) + BETWEEN,
  };
  const rows = Math.ceil(Math.sqrt((star.boxes.length * cell.width) / cell.height / SHAPE));
  const columns = Math.ceil(star.boxes.length / rows);
  return { ...star, id: `star of ${star.to}`, rows, cell, width: columns * cell.width, height: rows * cell.height };
}

/** Each table in its place; lines run between the rows, to where the key ends. */
export function placeBlock(block: Block, centre: Point, key: Point): { boxes: Record<string, Point>; threads: Record<string, Course> } {
  const [left, top] = [centre.x - block.width / 2, centre.y - block.height / 2];
  const boxes: Record<string, Point> = {};
  const threads: Record<string, Course> = {};
  const lefts = new Map<string, Point>();
  for (const [number, { id, width }] of block.boxes.entries()) {
    const [column, row] = [Math.floor(number / block.rows), number % block.rows];
    const right = left + (column + 1) * block.cell.width;
    const at = { x: right - width / 2, y: top + BETWEEN + row * block.cell.height + (block.cell.height - BETWEEN) / 2 };
    boxes[id] = at;
    lefts.set(id, { x: right - width, y: at.y });
  }
  for (const { id, from, width } of block.threads) {
    const start = lefts.get(from) ?? centre;
    const lane = start.y - (block.cell.height - BETWEEN) / 2 - BETWEEN / 2;
    const points = [start, { x: start.x - ASIDE / 2 - width, y: lane }, { x: left, y: lane }, key];
    threads[id] = { points, label: width > 0 ? { x: start.x - ASIDE / 2 - width / 2, y: start.y } : null };
  }
  return { boxes, threads };
}
