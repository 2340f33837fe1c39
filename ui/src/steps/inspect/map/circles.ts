// Which tables refer to each other in a circle: strongly connected parts, after Tarjan,
// without recursion, since a chain of references may be long.

interface Line {
  from: string;
  to: string;
}

/** The part that each node belongs to, as a number: two of a circle have the same. */
export function circles(lines: readonly Line[]): ReadonlyMap<string, number> {
  const next = new Map<string, string[]>();
  for (const { from, to } of lines) {
    next.set(from, [...(next.get(from) ?? []), to]);
    if (!next.has(to)) next.set(to, []);
  }
  const search = new Search(next);
  for (const node of next.keys()) search.from(node);
  return search.parts;
}

class Search {
  readonly parts = new Map<string, number>();
  readonly #seen = new Map<string, number>();
  readonly #lowest = new Map<string, number>();
  readonly #open: string[] = [];

  constructor(readonly next: ReadonlyMap<string, readonly string[]>) {}

  from(start: string): void {
    if (this.#seen.has(start)) return;
    const path = [{ node: start, at: 0 }];
    this.#enter(start);
    for (let here = path.at(-1); here; here = path.at(-1)) {
      const to = this.next.get(here.node)?.[here.at];
      here.at += 1;
      if (to === undefined) {
        path.pop();
        this.#leave(here.node);
        const above = path.at(-1);
        if (above) this.#lower(above.node, this.#lowest.get(here.node));
      } else if (!this.#seen.has(to)) {
        this.#enter(to);
        path.push({ node: to, at: 0 });
      } else if (!this.parts.has(to)) {
        this.#lower(here.node, this.#seen.get(to));
      }
    }
  }

  #enter(node: string): void {
    this.#lowest.set(node, this.#seen.size);
    this.#seen.set(node, this.#seen.size);
    this.#open.push(node);
  }

  #lower(node: string, number: number | undefined): void {
    this.#lowest.set(node, Math.min(this.#lowest.get(node) ?? 0, number ?? Number.MAX_SAFE_INTEGER));
  }

  // Whoever reaches nothing that was there before closes a part: all that came after it.
  #leave(node: string): void {
    if (this.#lowest.get(node) !== this.#seen.get(node)) return;
    const part = this.#seen.get(node) ?? 0;
    for (let last = this.#open.pop(); last !== undefined; last = this.#open.pop()) {
      this.parts.set(last, part);
      if (last === node) return;
    }
  }
}
