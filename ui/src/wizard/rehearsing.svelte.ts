// A rehearsal as it is watched: the backup is put back, the plan runs there, and back.

import type { Event as RunEvent } from "../generated/Event";
import type { Failure } from "../generated/Failure";
import type { PlanView } from "../generated/PlanView";
import { LiveCopy } from "./copying.svelte";
import { LiveRun } from "./live.svelte";

export const PHASES = ["restore", "there", "back"] as const;
export type Phase = (typeof PHASES)[number];

// On MySQL and MariaDB a table's name begins with its database's, which of a copy is another.
const COPY = /rekey_copy_[0-9a-z]{10}/g;

/** What is said of the copy, said of the database that it is a copy of. */
export function ofTheDatabase(text: string, database: string): string {
  return text.replace(COPY, () => database);
}

export class LiveRehearsal {
  phase = $state<Phase>("restore");
  readonly copy: LiveCopy;
  there = $state.raw<LiveRun | null>(null);
  back = $state.raw<LiveRun | null>(null);
  cancelling = $state(false);
  finished = $state(false);
  failure = $state.raw<Failure | null>(null);

  constructor(
    private readonly plan: Pick<PlanView, "steps" | "undo">,
    private readonly database: string,
    private readonly rowsOf: (table: string) => number,
    private readonly clock: () => number = () => performance.now(),
  ) {
    this.copy = new LiveCopy(clock);
  }

  get running(): boolean {
    return !this.finished && this.failure === null;
  }

  take(event: RunEvent): void {
    if (!this.running) return;
    if (event.event === "backup") {
      this.copy.take(event);
      return;
    }
    if (this.phase === "restore") this.#goThere();
    if (this.phase === "there" && this.#turnsBack(event)) this.#goBack();
    (this.back ?? this.there)?.take(this.#named(event));
  }

  finish(): void {
    this.#at().finish();
    this.finished = true;
  }

  fail(failure: Failure): void {
    this.#at().fail(failure);
    this.failure = failure;
  }

  #at(): LiveCopy | LiveRun {
    return this.back ?? this.there ?? this.copy;
  }

  #goThere(): void {
    this.copy.finish();
    this.there = new LiveRun(this.plan.steps, this.rowsOf, this.clock);
    this.phase = "there";
  }

  #goBack(): void {
    this.there?.finish();
    this.back = new LiveRun(this.plan.undo, this.rowsOf, this.clock);
    this.phase = "back";
  }

  // Within one run the numbers of the steps only grow.
  #turnsBack(event: RunEvent): boolean {
    return event.event === "progress" && event.number < (this.there?.progress?.number ?? 0);
  }

  #named(event: RunEvent): RunEvent {
    const named = (text: string): string => ofTheDatabase(text, this.database);
    switch (event.event) {
      case "progress":
        return { ...event, step: named(event.step), table: event.table === null ? null : named(event.table) };
      case "step_done":
        return { ...event, id: named(event.id), step: named(event.step) };
      case "paused":
      case "waiting":
      case "backup":
      case "code":
        return event;
    }
  }
}
