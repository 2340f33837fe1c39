import { describe, expect, it } from "vitest";

import type { Event as RunEvent } from "../src/generated/Event";
import type { Step } from "../src/generated/Step";
import { LiveCopy } from "../src/wizard/copying.svelte";
import { LiveRun } from "../src/wizard/live.svelte";
import { LiveRehearsal } from "../src/wizard/rehearsing.svelte";

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
    run.take({ event: "step_done", id: "proofs before", step: "Take the proofs", seconds: 0.2 });
    expect(run.steps.map(({ title }) => title)).toEqual(["Prepare", "Take the proofs", "Convert a", "Convert b"]);
    expect(run.steps[1]?.seconds).toBe(0.2);
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

function copied(step: string, done: number, total: number): RunEvent {
  return { event: "backup", step, table: null, bytes_done: done, bytes_total: total };
}

describe("a backup that is watched", () => {
  it("times each step and knows the share of the one at work", () => {
    let now = 0;
    const copy = new LiveCopy(() => now);
    copy.take(copied("Write", 0, 200));
    copy.take(copied("Write", 50, 200));
    expect(copy.fraction).toBe(0.25);
    now = 3000;
    copy.take(copied("Restore", 900, 200));
    expect(copy.fraction).toBe(1);
    copy.take(copied("Restore", 900, 0));
    expect(copy.fraction).toBeNull();
    expect(copy.steps.map(({ title, state, seconds }) => [title, state, seconds])).toEqual([["Write", "done", 3], ["Restore", "running", null]]);
  });

  it("marks the step at which it failed, and hears nothing after its end", () => {
    const copy = new LiveCopy(() => 0);
    copy.take(copied("Write", 1, 2));
    copy.fail({ code: "RK-E35", what: "", why: "", remedy: [], state: { state: "untouched" }, state_sentence: "", details: null, exit: 1 });
    copy.take(copied("Restore", 1, 2));
    expect(copy.steps.map(({ title, state }) => [title, state])).toEqual([["Write", "stopped"]]);
  });
});

describe("a rehearsal that is watched", () => {
  const numbered = (step: string, number: number): RunEvent => ({ event: "progress", run: "r", step, number, of: 3, table: null, rows_done: 0, rows_total: 300, elapsed: 1, eta: null });
  const rehearsal = (): LiveRehearsal => new LiveRehearsal({ steps: STEPS, undo: STEPS }, "shop", () => 100, () => 0);

  it("goes from the copy there, and back where the numbers of the steps begin anew", () => {
    const watched = rehearsal();
    watched.take(copied("Restore", 5, 10));
    expect(watched.phase).toBe("restore");
    watched.take(numbered("Prepare", 1));
    expect([watched.phase, watched.copy.finished]).toEqual(["there", true]);
    watched.take({ event: "step_done", id: "prepare", step: "Prepare", seconds: 0.1 });
    watched.take(numbered("Convert a", 2));
    watched.take(numbered("Convert b", 3));
    expect(watched.phase).toBe("there");
    watched.take(numbered("Prepare", 1));
    expect([watched.phase, watched.there?.finished]).toEqual(["back", true]);
    expect(watched.back?.steps[0]?.state).toBe("running");
    watched.finish();
    expect([watched.running, watched.back?.finished]).toEqual([false, true]);
  });

  it("calls the copy by the database's name, so that the plan's steps are found", () => {
    const steps: Step[] = [{ id: "convert_table shop.a", action: { verb: "convert_table", table: "shop.a" }, title: "Convert shop.a", statements: [] }];
    const watched = new LiveRehearsal({ steps, undo: [] }, "shop", () => 100, () => 0);
    watched.take({ ...(numbered("Convert rekey_copy_4k2j9x0q1z.a", 1) as Extract<RunEvent, { event: "progress" }>), table: "rekey_copy_4k2j9x0q1z.a", rows_done: 0 });
    watched.take({ event: "step_done", id: "convert_table rekey_copy_4k2j9x0q1z.a", step: "Convert rekey_copy_4k2j9x0q1z.a", seconds: 1 });
    expect(watched.there?.steps.map(({ title, state }) => [title, state])).toEqual([["Convert shop.a", "done"]]);
    expect(watched.there?.tables[0]?.state).toBe("done");
  });
});
