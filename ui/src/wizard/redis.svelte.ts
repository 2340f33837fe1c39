// Redis beside the job: what is known of it, the rules at hand, and the work that is watched.

import type { Event as RunEvent } from "../generated/Event";
import type { Failure } from "../generated/Failure";
import type { FlushCounts } from "../generated/FlushCounts";
import type { PasswordSource } from "../generated/PasswordSource";
import type { RedisForm } from "../generated/RedisForm";
import type { RedisView } from "../generated/RedisView";
import type { Stage } from "../generated/Stage";
import type { Written } from "../generated/Written";
import type { Host, Listener } from "../host";
import { withProposals } from "../steps/redis/rules";
import { Counted } from "./watched.svelte";

export type RedisWork = "scan" | "foresee" | "rewrite" | "undo" | "match" | "remove";

/** Where on the card it is watched. */
export type RedisPart = "keys" | "rules" | "removing";

const PARTS: Record<RedisWork, RedisPart> = { scan: "keys", foresee: "rules", rewrite: "rules", undo: "rules", match: "removing", remove: "removing" };

/** Passes over all keys as they are watched. */
export class LiveRedis extends Counted {
  constructor(
    readonly kind: RedisWork,
    clock?: () => number,
  ) {
    super(clock);
  }

  get part(): RedisPart {
    return PARTS[this.kind];
  }

  /** True where what is done by then stays done, whoever stops it. */
  get writes(): boolean {
    return this.kind === "rewrite" || this.kind === "undo" || this.kind === "remove";
  }

  take(event: RunEvent): void {
    if (event.event !== "progress" || !this.running) return;
    this.count(event.step, event.rows_done, event.rows_total);
  }
}

type Follow = (live: { take: Listener; fail: (failure: Failure) => void }, work: (listen: Listener) => Promise<void>, again?: () => void) => Promise<void>;

export class RedisDesk {
  view = $state.raw<RedisView | null>(null);
  /** The rules as they are being chosen; null where they are as they are kept. */
  draft = $state.raw<readonly Written[] | null>(null);
  live = $state.raw<LiveRedis | null>(null);

  constructor(
    private readonly host: Host,
    private readonly follow: Follow,
  ) {}

  get running(): boolean {
    return this.live?.running === true;
  }

  get rules(): readonly Written[] {
    return this.draft ?? this.kept;
  }

  get kept(): readonly Written[] {
    return this.view?.rules.map(({ kind, text }) => ({ kind, text })) ?? [];
  }

  /** True where what was chosen is not kept yet. */
  get changed(): boolean {
    return this.draft !== null && JSON.stringify(this.draft) !== JSON.stringify(this.kept);
  }

  async reload(): Promise<void> {
    this.view = await this.host.redisView();
  }

  async connect(form: RedisForm, password: PasswordSource): Promise<void> {
    this.view = await this.host.redisConnect(form, password);
    this.live = null;
  }

  async forget(): Promise<void> {
    this.view = await this.host.redisForget();
    this.draft = null;
    this.live = null;
  }

  choose(rules: readonly Written[]): void {
    this.draft = rules;
  }

  async keep(): Promise<void> {
    this.view = await this.host.redisRulesKeep([...this.rules]);
    this.draft = null;
  }

  /** Resolves when it has ended, well or not; `live` tells which. */
  async scan(stage: Stage): Promise<void> {
    await this.#work("scan", (listen) => this.host.redisScan(stage, listen), () => void this.scan(stage));
    if (this.live?.finished && this.view) this.draft = withProposals(this.rules, this.view.proposals);
  }

  foresee(stage: Stage): Promise<void> {
    return this.#work("foresee", (listen) => this.host.redisForesee(stage, listen), () => void this.foresee(stage));
  }

  rewrite(stage: Stage, confirmation: string): Promise<void> {
    // It is looked at again first: some of it may be rewritten by now.
    return this.#work("rewrite", (listen) => this.host.redisRewrite(stage, confirmation, listen), () => void this.foresee(stage));
  }

  undo(stage: Stage, confirmation: string): Promise<void> {
    return this.#work("undo", (listen) => this.host.redisUndo(stage, confirmation, listen));
  }

  /** Counts the keys that a pattern takes; nothing where that fails, and `live` tells why. */
  matching(stage: Stage, pattern: string, again: () => void): Promise<FlushCounts | null> {
    return this.#watched("match", (listen) => this.host.redisMatching(stage, pattern, listen), again);
  }

  /** As `matching`; `again` counts once more, since some of them are gone by then. */
  async remove(stage: Stage, pattern: string, confirmation: string, again: () => void): Promise<FlushCounts | null> {
    const gone = await this.#watched("remove", (listen) => this.host.redisRemove(stage, pattern, confirmation, listen), again);
    await this.reload().catch(() => undefined);
    return gone;
  }

  /** What is at work in a part of the card, or was last. */
  liveIn(part: RedisPart): LiveRedis | null {
    return this.live?.part === part ? this.live : null;
  }

  /** Another database is open, or none. */
  reset(): void {
    this.view = null;
    this.draft = null;
    this.live = null;
  }

  async #work(kind: RedisWork, work: (listen: Listener) => Promise<RedisView>, again?: () => void): Promise<void> {
    const seen = await this.#watched(kind, async (listen) => (this.view = await work(listen)), again);
    // What was done until then is known all the same.
    if (!seen) this.view = await this.host.redisView().catch(() => this.view);
  }

  async #watched<T>(kind: RedisWork, work: (listen: Listener) => Promise<T>, again?: () => void): Promise<T | null> {
    const live = new LiveRedis(kind);
    this.live = live;
    let made: T | null = null;
    await this.follow(live, async (listen) => {
      made = await work(listen);
      live.finish();
    }, again);
    return made;
  }
}
