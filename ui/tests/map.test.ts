// The picture as data: which tables and lines it has, where they stand, and where keys lead.

import { describe, expect, it, vi } from "vitest";

import type { Choices } from "../src/generated/Choices";
import { databases } from "../src/host/fake/shop";
import { inspectionOf } from "../src/host/fake/views";
import { wideInspection } from "../src/host/fake/wide";
import { circles } from "../src/steps/inspect/map/circles";
import { drawingOf, HEIGHT, path, tip } from "../src/steps/inspect/map/drawing";
import { bySchema, chosenDomains, DRAWN, graphOf, type MapGraph } from "../src/steps/inspect/map/graph";
import { place } from "../src/steps/inspect/map/layout";
import { inPieces } from "../src/steps/inspect/map/pieces";
import { walk } from "../src/steps/inspect/map/walk";
import { below, matched, spoken } from "../src/steps/inspect/map/words";
import { defaultChoices } from "../src/wizard/wizard.svelte";

const shop = inspectionOf(databases.postgres);
const wide = wideInspection(databases.postgres.server);
const whole = graphOf(shop, chosenDomains(shop, defaultChoices(), null));
const people = { schema: "people", table: "table_000", column: "id" };

function node(graph: MapGraph, title: string): MapGraph["nodes"][number] {
  const found = graph.nodes.find((one) => one.title === title);
  if (!found) throw new Error(`no ${title} among ${graph.nodes.map((one) => one.title).join(", ")}`);
  return found;
}

describe("the chosen keys", () => {
  it("are those of the plan", () => {
    expect(chosenDomains(shop, defaultChoices(), null).map(({ root }) => root.table)).not.toContain("audit_log");
    const orders = { schema: "public", table: "orders", column: "id" };
    const some: Choices = { ...defaultChoices(), selection: { select: "domains", roots: [orders] } };
    expect(chosenDomains(shop, some, null).map(({ root }) => root.table)).toEqual(["orders"]);
    expect(chosenDomains(shop, some, [{ ...orders, table: "users" }]).map(({ root }) => root.table)).toEqual(["users"]);
  });

  it("bring every table that refers to them, and no other", () => {
    const orders = graphOf(shop, chosenDomains(shop, defaultChoices(), [{ schema: "public", table: "orders", column: "id" }]));
    expect(orders.nodes.map(({ title }) => title)).toEqual(["public.invoices", "public.order_items", "public.orders"]);
    expect(orders.edges.map(({ via }) => via)).toEqual(["invoices_order_id_fkey", "order_items_order_id_fkey"]);
    expect(whole.nodes.map(({ title }) => title)).not.toContain("public.schema_migrations");
  });

  it("bring references that no constraint declares, with how well their values match", () => {
    const guess = whole.edges.filter(({ via }) => via === null);
    expect(guess.map(({ from, columns }) => [from, columns])).toEqual([['["public","audit_log"]', ["actor_id"]]]);
    expect(matched(guess[0]?.confidence ?? { values: 0, strays: 0 })).toBe("99.8 %");
    expect(matched({ values: 100_000, strays: 1 })).toBe("99.9 %");
    expect(matched({ values: 7, strays: 0 })).toBe("100 %");
  });

  it("mark a table that refers to itself", () => {
    expect(whole.edges.filter(({ self }) => self).map(({ columns }) => columns)).toEqual([["parent_id"]]);
  });

  it("mark what goes round through several tables", () => {
    const roots = [113, 118, 124].map((number) => ({ schema: "web", table: `table_${number}`, column: "id" }));
    const round = chosenDomains(wide, defaultChoices(), Array.from({ length: 12 }, (_, at) => ({ ...people, schema: "web", table: `table_${113 + at}` })));
    expect(graphOf(wide, round).edges.filter(({ circle }) => circle)).toHaveLength(12);
    expect(graphOf(wide, chosenDomains(wide, defaultChoices(), roots)).edges.filter(({ circle }) => circle)).toHaveLength(0);
  });
});

describe("circles", () => {
  const edge = (from: string, to: string): { from: string; to: string } => ({ from, to });

  it("are told apart from what leads in and out", () => {
    const parts = circles([edge("in", "a"), edge("a", "b"), edge("b", "c"), edge("c", "a"), edge("c", "out"), edge("x", "y"), edge("y", "x")]);
    expect(parts.get("a")).toBe(parts.get("b"));
    expect(parts.get("a")).toBe(parts.get("c"));
    expect(parts.get("x")).toBe(parts.get("y"));
    expect(new Set(["in", "a", "out", "x"].map((name) => parts.get(name))).size).toBe(4);
  });

  it("are found in a chain that is longer than any stack", () => {
    const chain = Array.from({ length: 50_000 }, (_, at) => edge(`t${at}`, `t${at + 1}`));
    expect(circles([...chain, edge("t50000", "t0")]).get("t123")).toBe(circles([edge("t0", "t0")]).get("t0"));
    expect(new Set(circles(chain).values()).size).toBe(50_001);
  });
});

describe("more tables than can be drawn", () => {
  const all = graphOf(wide, chosenDomains(wide, defaultChoices(), null));
  const grouped = bySchema(wide, all);

  it("become one box for each schema, and no reference is lost", () => {
    expect(all.nodes.length).toBeGreaterThan(DRAWN);
    expect(grouped.nodes.map(({ title, tables }) => [title, tables])).toEqual(["archive", "audit", "billing", "people", "sales", "staff", "stock", "web"].map((title) => [title, 125]));
    const between = grouped.edges.reduce((sum, { count }) => sum + count, 0);
    expect(between + grouped.nodes.reduce((sum, { inside }) => sum + inside, 0)).toBe(wide.references.length);
    expect(grouped.edges.every(({ to }) => to === "people")).toBe(true);
    expect(below(node(grouped, "web"))).toBe("125 tables");
  });
});

describe("the picture", () => {
  const star = graphOf(wide, chosenDomains(wide, defaultChoices(), [people]));
  const cases: [string, MapGraph][] = [["shop", whole], ["star", star]];

  it.each(cases)("has room for every box (%s)", (_name, graph) => {
    const drawing = drawingOf(graph, below);
    const placed = place(drawing);
    const boxes = drawing.boxes.map((box) => ({ ...box, ...(placed.boxes[box.id] ?? { x: NaN, y: NaN }) }));
    for (const [at, one] of boxes.entries()) {
      expect(one.x - one.width / 2).toBeGreaterThanOrEqual(0);
      expect(one.x + one.width / 2).toBeLessThanOrEqual(placed.width);
      expect(one.y + one.height / 2).toBeLessThanOrEqual(placed.height);
      const hit = boxes.slice(at + 1).filter((other) => Math.abs(one.x - other.x) < (one.width + other.width) / 2 && Math.abs(one.y - other.y) < HEIGHT);
      expect(hit.map(({ id }) => [one.id, id])).toEqual([]);
    }
  });

  it("leads a table's reference to itself out of it and back", () => {
    const placed = place(drawingOf(whole, below));
    const own = whole.edges.find(({ self }) => self);
    const { x, y } = placed.boxes[own?.from ?? ""] ?? { x: NaN, y: NaN };
    const points = placed.threads[own?.id ?? ""]?.points ?? [];
    for (const end of [points[0], points.at(-1)]) {
      expect(Math.abs((end?.x ?? Infinity) - x)).toBeLessThan(60);
      expect(end?.y).toBeCloseTo(y + HEIGHT / 2);
    }
  });

  it("leads each line from who refers to what is referred to", () => {
    const placed = place(drawingOf(star, below));
    for (const { id, from, to } of star.edges) {
      const points = placed.threads[id]?.points ?? [];
      expect(points[0]?.x).toBeGreaterThan(points.at(-1)?.x ?? Infinity);
      expect(placed.boxes[from]?.x).toBeGreaterThan(placed.boxes[to]?.x ?? Infinity);
    }
  });

  it("packs hundreds of tables around one key into a block that a window can show", () => {
    expect(star.nodes).toHaveLength(148);
    const placed = place(drawingOf(star, below));
    expect(placed.height).toBeLessThan(2000);
    expect(placed.width).toBeLessThan(3600);
  });

  it("draws lines that begin and end where they should", () => {
    const points = [{ x: 100, y: 50 }, { x: 0, y: 50 }, { x: 0, y: 0 }];
    expect(path(points)).toBe("M100.0 50.0L14.0 50.0Q0.0 50.0 0.0 36.0L0.0 0.0");
    expect(path(points.slice(0, 2))).toBe("M100.0 50.0L0.0 50.0");
    expect(tip(points)).toMatch(/^M0.0 0.0L/);
  });
});

describe("the keyboard", () => {
  const placed = place(drawingOf(whole, below));
  const go = (from: string, key: string): string | null => {
    const to = walk(whole, placed, node(whole, from).id, key);
    return to === null ? null : (whole.nodes.find(({ id }) => id === to)?.title ?? null);
  };

  it("goes along references", () => {
    expect(go("public.invoices", "ArrowLeft")).toBe("public.orders");
    expect(go("public.invoices", "ArrowRight")).toBe("public.payments");
    expect(go("public.countries", "ArrowLeft")).toBeNull();
    expect(["public.customers", "public.addresses"]).toContain(go("public.orders", "ArrowLeft"));
  });

  it("reaches every table, one by one", () => {
    const seen = [go("public.orders", "Home")];
    for (let next = go(seen[0] ?? "", "PageDown"); next !== null; next = go(next, "PageDown")) seen.push(next);
    expect(seen).toEqual(whole.nodes.map(({ title }) => title));
    expect(go(seen.at(-1) ?? "", "End")).toBe(seen.at(-1));
  });

  it("does nothing with other keys", () => expect(go("public.orders", "x")).toBeNull());
});

describe("the words", () => {
  it("say what the picture shows of a table", () => {
    expect(spoken(whole).get(node(whole, "public.categories").id)).toBe("public.categories id integer; Chosen key; refers to itself by parent_id; 1 reference to it");
    expect(spoken(whole).get(node(whole, "public.order_items").id)).toContain("order_id integer, line integer; refers to public.orders by order_id, public.products by product_id");
  });
});

describe("work in pieces", () => {
  it("goes on behind each frame, and ends when nothing is left or it is called off", () => {
    vi.useFakeTimers({ toFake: ["requestAnimationFrame", "cancelAnimationFrame", "setTimeout", "clearTimeout"] });
    try {
      let left = 3;
      inPieces(() => (left -= 1) > 0);
      const seen = Array.from({ length: 5 }, () => {
        vi.advanceTimersToNextFrame();
        const before = left;
        vi.advanceTimersByTime(1);
        return [before, left];
      });
      expect(seen).toEqual([[3, 2], [2, 1], [1, 0], [0, 0], [0, 0]]);
      const off = inPieces(() => (left -= 1) > -100);
      vi.advanceTimersToNextFrame();
      off();
      vi.advanceTimersByTime(1000);
      expect(left).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});
