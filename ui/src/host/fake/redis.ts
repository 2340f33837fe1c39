// A made-up Redis beside the made-up shop: sessions, carts and a set of who is there.

import type { FlushCounts } from "../../generated/FlushCounts";
import type { Found } from "../../generated/Found";
import type { Proposal } from "../../generated/Proposal";
import type { RedisView } from "../../generated/RedisView";
import type { Told } from "../../generated/Told";
import type { Written } from "../../generated/Written";
import type { Listener } from "../index";
import { failures } from "./failures";
import { type Pace, pause } from "./run";

export const SERVER = "redis://cache.example.org:6379/0";
const KEYS = 48_310;

const EMPTY: RedisView = {
  form: null,
  password_saved: false,
  connected: null,
  found: null,
  proposals: [],
  columns: [],
  rules: [],
  run: null,
  notes: [],
  may_rewrite: false,
  may_undo: false,
  foreseen: null,
  made: null,
  notice: null,
};

/** What a Redis of the window knows: which columns, which run, and whether that stands. */
export interface Surroundings {
  columns: readonly string[];
  run: string | null;
  converted: boolean;
}

export class FakeRedis {
  #view: RedisView = EMPTY;

  view({ columns, run, converted }: Surroundings): RedisView {
    const rewritten = this.#view.notes.some(({ state }) => state !== "undone");
    return { ...this.#view, columns: [...columns], run, may_rewrite: converted, may_undo: run !== null && rewritten };
  }

  connect(address: string, remember: boolean): void {
    if (!address.startsWith("redis")) throw failures.address;
    this.#view = {
      ...this.#view,
      form: { address, authority: "", remember },
      password_saved: remember,
      connected: { server: SERVER, cluster: false, masters: 1, keys: KEYS, open: address.startsWith("redis://") },
      found: null,
      proposals: [],
    };
  }

  forget(): void {
    this.#view = { ...EMPTY, notes: this.#view.notes };
  }

  found(column: string): void {
    this.#view = { ...this.#view, found: foundIn(), proposals: proposalsFor(column) };
  }

  keep(rules: readonly Written[], columns: readonly string[]): void {
    const wrong = rules.find(({ text }) => [...text.matchAll(/\{([^{}]+\.[^{}]+\.[^{}]+)\}/g)].some(([, column]) => !columns.includes(column ?? "")));
    if (wrong) throw failures.redisRule(wrong.text);
    this.#view = { ...this.#view, rules: rules.map((rule) => ({ ...rule, fault: null })), foreseen: null };
  }

  foresee(run: string): void {
    this.#view = { ...this.#view, foreseen: toldOf(run, this.#view.rules, true) };
  }

  rewrite(run: string): void {
    const told = toldOf(run, this.#view.rules, false);
    const note = { server: SERVER, state: "rewritten" as const, rewritten: told.rewritten, deleted: told.deleted };
    this.#view = { ...this.#view, foreseen: null, made: { back: false, told }, notes: [note] };
  }

  undo(run: string): void {
    const told = { ...toldOf(run, this.#view.rules, false), unmapped: 0, conflicts: 0, unmapped_keys: [], conflict_keys: [] };
    const examples = told.examples.map(({ before, after }) => ({ before: after, after: before }));
    this.#view = { ...this.#view, made: { back: true, told: { ...told, examples } }, notes: this.#view.notes.map((note) => ({ ...note, state: "undone" })) };
  }

  matching(pattern: string, dry: boolean): FlushCounts {
    const matched = pattern.startsWith("cache:") ? 1_204 : 0;
    return { matched, removed: dry ? 0 : matched, examples: matched > 0 ? ["cache:user:17", "cache:user:42"] : [] };
  }
}

/** Plays passes over all keys. False where it was stopped. */
export async function passes(title: string, listen: Listener, { tick, stopped, hold }: Pace): Promise<boolean> {
  for (let part = 1; part <= 8; part += 1) {
    if (stopped()) return false;
    const progress = { run: "k3v9x0a7bq", step: `${title}, pass 1`, number: 1, of: 5, table: null, elapsed: part, eta: null };
    listen({ event: "progress", ...progress, rows_done: Math.floor((KEYS * part) / 8), rows_total: KEYS });
    await pause(tick);
    while (hold !== null && part === 4) {
      if (stopped()) return false;
      await pause(Math.max(tick, 5));
    }
  }
  return true;
}

function foundIn(): Found {
  const one = (template: string, count: number, type: string, ttl: string, ...examples: string[]) => ({ template, count, estimated: count, type, examples, ttl });
  return {
    server: SERVER,
    cluster: false,
    masters: 1,
    keys: KEYS,
    sampled: KEYS,
    others: 0,
    templates: [
      one("customer_sessions:{int}", 31_020, "string", "all", "customer_sessions:42", "customer_sessions:7"),
      one("cart:{int}:item:{int}", 16_004, "hash", "some", "cart:42:item:7"),
      one("cache:user:{int}", 1_204, "string", "all", "cache:user:17"),
      one("rate:{token}", 81, "string", "all", "rate:4f1c9a02b7d34e55"),
      one("online", 1, "set", "none", "online"),
    ],
  };
}

function proposalsFor(column: string): Proposal[] {
  const slot = (known: number, proposed: boolean) => ({ segment: "{int}", looked: 20, candidates: [{ column, known, named: proposed }], proposed: proposed ? column : null });
  return [
    { template: "customer_sessions:{int}", slots: [slot(20, true)] },
    { template: "cart:{int}:item:{int}", slots: [slot(19, false), slot(0, false)] },
    { template: "cache:user:{int}", slots: [slot(18, false)] },
  ];
}

function toldOf(run: string, rules: readonly Written[], dry: boolean): Told {
  const counts = { matched: 31_020, rewritten: 31_017, deleted: 0, unmapped: 2, conflicts: 1, skipped: 0 };
  const next = (id: number): string => `customer_sessions:0198c0de-0000-7000-8000-${String(id).padStart(12, "0")}`;
  return {
    run,
    server: SERVER,
    cluster: false,
    dry_run: dry,
    ...counts,
    passes: dry ? 1 : 2,
    written_meanwhile: 0,
    complete: true,
    rules: rules.map(({ text }) => ({ option: "--rule", rule: text, ...counts })),
    examples: [42, 7, 1009].map((id) => ({ before: `customer_sessions:${id}`, after: next(id) })),
    unmapped_keys: ["customer_sessions:990001", "customer_sessions:990002"],
    conflict_keys: [{ before: "customer_sessions:3", after: next(3) }],
    skipped_keys: [],
    statements: ['INSERT INTO "_rekey_redis" (run, server, note) VALUES (?1, ?2, ?3)'],
  };
}
