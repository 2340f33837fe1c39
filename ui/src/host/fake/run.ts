// Plays a run: the same events in the same order as the engine sends them.

import type { PlanView } from "../../generated/PlanView";
import type { Step } from "../../generated/Step";
import type { StepRecord } from "../../generated/StepRecord";
import type { Listener } from "../index";
import type { FakeDatabase } from "./shop";

export interface Pace {
  /** Milliseconds between two events. */
  tick: number;
  /** Looked at between events; true stops the run. */
  stopped: () => boolean;
  /** Looked at between batches of rows; true lets the run rest. */
  resting?: () => boolean;
  /** Id of the step at which the run stays for good, for looking at a run in progress. */
  hold: string | null;
  /** Id of the step that fails. */
  fail: string | null;
  /** Waits for locks before the step with this id, so many times. */
  waits: number;
}

export type Ending = { records: StepRecord[] } | "stopped" | "failed" | "locked";

export async function play(base: FakeDatabase, plan: PlanView, steps: readonly Step[], listen: Listener, pace: Pace): Promise<Ending> {
  const records: StepRecord[] = [];
  const rowsOf = (name: string): number => base.tables.find(({ table }) => name === `${base.schema}.${table}`)?.rows ?? 0;
  let done = 0;
  let elapsed = 0;
  const tell = (step: Step, number: number, table: string | null): void => {
    const share = done / Math.max(1, plan.rows);
    const eta = share > 0 ? (elapsed / share) * (1 - share) : null;
    listen({ event: "progress", run: "k3v9x0a7bq", step: step.title, number, of: steps.length, table, rows_done: done, rows_total: plan.rows, elapsed, eta });
  };
  for (const [index, step] of steps.entries()) {
    if (step.action.verb === "lock_tables") {
      for (let attempt = 1; attempt <= pace.waits; attempt += 1) {
        listen({ event: "waiting", attempt, blockers: [{ pid: "4312", user: "web", application: "puma: shop [app-2]", state: "idle in transaction, 4 min", query: "SELECT * FROM orders WHERE id = $1 FOR UPDATE" }] });
        if (pace.hold === step.id) return new Promise(() => undefined);
        await pause(pace.tick * 4);
        if (pace.stopped()) return "stopped";
      }
      if (pace.waits > 0 && pace.fail === step.id) return "locked";
    }
    const table = step.action.verb === "convert_table" ? step.action.table : null;
    const rows = table === null ? 0 : rowsOf(table);
    const ticks = table === null ? 1 : rows > 100_000 ? 8 : 2;
    const base_rows = done;
    for (let tick = 0; tick <= ticks; tick += 1) {
      done = base_rows + Math.floor((rows * tick) / ticks);
      tell(step, index + 1, table);
      if (table !== null && done > plan.rows / 3 && pace.resting?.()) {
        listen({ event: "paused", paused: true });
        while (pace.resting() && !pace.stopped()) await pause(Math.max(20, pace.tick));
        listen({ event: "paused", paused: false });
      }
      if (pace.hold === step.id && tick * 2 >= ticks) return new Promise(() => undefined);
      if (pace.fail === step.id && tick * 2 >= ticks) return "failed";
      await pause(pace.tick);
      elapsed += rows / 150_000 / ticks + 0.02;
      if (pace.stopped()) return "stopped";
    }
    const seconds = rows / 150_000 + 0.04;
    records.push({ id: step.id, title: step.title, seconds, at: Math.max(0, elapsed - seconds) });
    listen({ event: "step_done", id: step.id, step: step.title, seconds });
  }
  return { records };
}

export function pause(milliseconds: number): Promise<void> {
  return milliseconds <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, milliseconds));
}
