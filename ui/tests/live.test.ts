import { describe, expect, it } from "vitest";

import type { Event as RunEvent } from "../src/generated/Event";
import type { Step } from "../src/generated/Step";
import { LiveRun } from "../src/wizard/live.svelte";

const STEPS: Step[] = [
  { id: "prepare", action: { verb: "prepare" }, title: "Prepare", statements: [] },
  { id: "convert_table main.a", action: { verb: "convert_table", table: "main.a" }, title: "Convert a", statements: [] },
  { id: "convert_table main.b", action: { verb: "convert_table", table: "main.b" }, title: "Convert b", statements: [] },
];

function progress(step: string, table: string | null, done: number): RunEvent {
  return { event: "progress", run: "r", step, number: 1, of: 3, table, rows_done: done, rows_total: 300, elapsed: 1, eta: null };
}

function live(): LiveRun {
  return new LiveRun(STEPS, (table) => (table === "main.a" ? 100 : 200), () => 0);
}

describe("a run that is watched", () => {
  it("knows each table's share of the rows", () => {
    const run = live();
    run.take(progress("Convert a", "main.a", 0));
    run.take(progress("Convert a", "main.a", 60));
    expect(run.tables.map(({ done }) => done)).toEqual([60, 0]);
    run.take({ event: "step_done", id: "convert_table main.a", step: "Convert a", seconds: 1 });
    run.take(progress("Convert b", "main.b", 100));
    run.take(progress("Convert b", "main.b", 250));
    expect(run.tables.map(({ done, state }) => [done, state])).toEqual([[100, "done"], [150, "running"]]);
  });

  it("never shows more than all", () => {
    const run = live();
    run.take(progress("Convert a", "main.a", 0));
    run.take(progress("Convert a", "main.a", 900));
    expect(run.fraction).toBe(1);
    expect(run.tables[0]?.done).toBe(100);
  });

  it("shows steps that the plan does not list where they happen", () => {
    const run = live();
    run.take({ event: "step_done", id: "prepare", step: "Prepare", seconds: 0.1 });
    run.take(progress("Take the proofs", null, 0));
    expect(run.steps.map(({ title }) => title)).toEqual(["Prepare", "Take the proofs", "Convert a", "Convert b"]);
  });

  it("forgets the wait as soon as it goes on", () => {
    const run = live();
    run.take({ event: "waiting", attempt: 2, blockers: [] });
    expect(run.blockers).toEqual([]);
    run.take(progress("Prepare", null, 0));
    expect(run.blockers).toBeNull();
  });

  it("marks the step at which it failed", () => {
    const run = live();
    run.take(progress("Convert a", "main.a", 10));
    run.fail({ code: "RK-E32", what: "", why: "", remedy: [], state: { state: "rolled_back" }, state_sentence: "", details: null, exit: 1 });
    expect(run.steps[1]?.state).toBe("stopped");
    expect(run.running).toBe(false);
  });
});
