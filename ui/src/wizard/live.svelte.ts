// A run as it is watched: events in, one picture out.

import type { Blocker } from "../generated/Blocker";
import type { Event as RunEvent } from "../generated/Event";
import type { Failure } from "../generated/Failure";
import type { Progress } from "../generated/Progress";
import type { RunView } from "../generated/RunView";
import type { Step } from "../generated/Step";
import { type LiveState, type LiveStep, Watched } from "./watched.svelte";

export interface LiveTable {
  /** As `schema.table`. */
  name: string;
  state: LiveState;
  done: number;
  total: number;
}

/** Seconds that one figure of the pace covers, at the least. */
const MEASURED = 1;

/** Figures of the pace that are kept for the picture. */
const KEPT = 60;

export class LiveRun extends Watched {
  tables = $state<LiveTable[]>([]);
  progress = $state.raw<Progress | null>(null);
  /** Who holds what the run waits for; null where it does not wait. */
  blockers = $state.raw<Blocker[] | null>(null);
  attempt = $state(0);
  result = $state.raw<RunView | null>(null);
  /** Whether it rests, or was asked to and finishes a batch first. */
  rest = $state<"no" | "asked" | "yes">("no");
  /** Rows per second, the newest last. */
  pace = $state.raw<readonly number[]>([]);
  #measured: { elapsed: number; rows: number } | null = null;
  /** Rows that were done in the whole run when the table at work began. */
  #base = 0;

  constructor(steps: readonly Step[], rowsOf: (table: string) => number, clock?: () => number) {
    super(clock);
    this.steps = steps.map(({ id, title }) => ({ id, title, state: "waiting", seconds: null }));
    this.tables = steps.flatMap(({ action }) =>
      action.verb === "convert_table"
        ? [{ name: action.table, state: "waiting" as const, done: 0, total: rowsOf(action.table) }]
        : [],
    );
  }

  /** From 0 to 1, never more; null where nothing can be told yet. */
  get fraction(): number | null {
    if (!this.progress || this.progress.rows_total === 0) return null;
    return Math.min(1, this.progress.rows_done / this.progress.rows_total);
  }

  take(event: RunEvent): void {
    this.heardAt = this.clock();
    switch (event.event) {
      case "progress":
        this.#progressed(event);
        break;
      case "step_done":
        this.#finished(event.id, event.step, event.seconds);
        break;
      case "paused":
        this.rest = event.paused ? "yes" : "no";
        break;
      case "waiting":
        this.attempt = event.attempt;
        this.blockers = event.blockers;
        break;
      case "backup":
        break;
    }
  }

  /** The last whole quarter in percent, for whoever listens and does not look. */
  get quarter(): number {
    return Math.floor((this.fraction ?? 0) * 4) * 25;
  }

  succeed(result: RunView): void {
    this.finish();
    this.result = result;
  }

  // Some steps, such as taking the locks, end without a word of their own.
  override finish(): void {
    this.blockers = null;
    for (const table of this.tables) if (table.state === "running") complete(table);
    super.finish();
  }

  override fail(failure: Failure): void {
    this.blockers = null;
    for (const table of this.tables) if (table.state === "running") table.state = "stopped";
    super.fail(failure);
  }

  #progressed(progress: Progress): void {
    this.blockers = null;
    const step = this.#step(progress.step, (candidate) => candidate.title === progress.step);
    if (step.state === "waiting") step.state = "running";
    this.#tableAtWork(progress);
    this.#measure(progress);
    this.progress = progress;
  }

  #measure({ elapsed, rows_done: rows }: Progress): void {
    const last = this.#measured;
    if (last === null || elapsed < last.elapsed) {
      this.#measured = { elapsed, rows };
      return;
    }
    if (elapsed - last.elapsed < MEASURED) return;
    const perSecond = Math.max(0, rows - last.rows) / (elapsed - last.elapsed);
    this.pace = [...this.pace, perSecond].slice(-KEPT);
    this.#measured = { elapsed, rows };
  }

  #tableAtWork(progress: Progress): void {
    const table = this.tables.find(({ name }) => name === progress.table);
    if (!table || table.state === "done") return;
    if (table.state === "waiting") {
      for (const other of this.tables) if (other.state === "running") complete(other);
      table.state = "running";
      this.#base = progress.rows_done;
    }
    table.done = Math.min(table.total, Math.max(0, progress.rows_done - this.#base));
  }

  #finished(id: string, title: string, seconds: number): void {
    const step = this.#step(title, (candidate) => candidate.id === id || candidate.id === title);
    step.state = "done";
    step.seconds = seconds;
    const name = id.startsWith("convert_table ") ? id.slice("convert_table ".length) : null;
    const table = this.tables.find((candidate) => candidate.name === name);
    if (table) complete(table);
  }

  // The runner has steps of its own (taking the proofs, committing) that the plan does
  // not list; they appear where they happen.
  #step(title: string, matches: (step: LiveStep) => boolean): LiveStep {
    const open = this.steps.find((step) => step.state !== "done" && matches(step));
    if (open) return open;
    const after = this.steps.findLastIndex((step) => step.state !== "waiting");
    this.steps.splice(after + 1, 0, { id: title, title, state: "waiting", seconds: null });
    return this.steps[after + 1] as LiveStep;
  }
}

function complete(table: LiveTable): void {
  table.state = "done";
  table.done = table.total;
}
