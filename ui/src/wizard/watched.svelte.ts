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
