// What all work that is watched has in common: when it began, when it was last heard of,
// and how it ended.

import type { Failure } from "../generated/Failure";

export type LiveState = "waiting" | "running" | "done" | "stopped";

export interface LiveStep {
  id: string;
  title: string;
  state: LiveState;
  seconds: number | null;
}

/** Seconds without a sign of life after which the window says so in amber. */
export const QUIET_AFTER = 30;

export abstract class Watched {
  steps = $state<LiveStep[]>([]);
  cancelling = $state(false);
  failure = $state.raw<Failure | null>(null);
  finished = $state(false);
  readonly startedAt: number;
  heardAt = $state(0);
  endedAt = $state<number | null>(null);

  constructor(protected readonly clock: () => number = () => performance.now()) {
    this.startedAt = clock();
    this.heardAt = this.startedAt;
  }

  get running(): boolean {
    return !this.finished && this.failure === null;
  }

  finish(): void {
    this.endedAt = this.clock();
    for (const step of this.steps) if (step.state !== "done") step.state = "done";
    this.finished = true;
  }

  fail(failure: Failure): void {
    this.endedAt = this.clock();
    for (const step of this.steps) if (step.state === "running") step.state = "stopped";
    this.failure = failure;
  }
}

/** Work that counts what it has done, in steps that are told as they come. */
export class Counted extends Watched {
  done = $state(0);
  /** All there is to do in the step at work; 0 where nobody knows. */
  total = $state(0);
  #stepBegan = 0;

  /** From 0 to 1, never more; null where nothing can be told. */
  get fraction(): number | null {
    return this.total === 0 ? null : Math.min(1, this.done / this.total);
  }

  protected count(step: string, done: number, total: number): void {
    this.heardAt = this.clock();
    if (this.steps.at(-1)?.title !== step) this.#next(step);
    this.done = done;
    this.total = total;
  }

  override finish(): void {
    this.#leave();
    super.finish();
  }

  #next(title: string): void {
    this.#leave();
    this.#stepBegan = this.clock();
    this.steps.push({ id: title, title, state: "running", seconds: null });
  }

  #leave(): void {
    const last = this.steps.at(-1);
    if (!last || last.state !== "running") return;
    last.state = "done";
    last.seconds = (this.clock() - this.#stepBegan) / 1000;
  }
}
