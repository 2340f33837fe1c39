// The lines that the log would have, from what was asked for.

import type { Job } from "../../generated/Job";
import type { LogEntry } from "../../generated/LogEntry";
import type { LogLine } from "../../generated/LogLine";

const JOBS: Readonly<Record<string, Job>> = {
  sample_open: "sample",
  connection_test: "test",
  connection_open: "connect",
  inspect: "inspect",
  plan_make: "plan",
  checklist: "checklist",
  backup_make: "backup",
  backup_restore: "restore",
  rehearse: "rehearsal",
  migrate: "migration",
  undo: "undo",
  validate: "validation",
};

const STEPS: Partial<Record<Job, readonly string[]>> = {
  backup: ["Copy the database", "Restore it into a scratch database", "Compare both"],
  rehearsal: ["Restore the backup", "Take the proofs", "Convert customer", "Convert invoice"],
  migration: ["Take the proofs", "Convert customer", "Convert invoice", "Prove it again", "Commit"],
  undo: ["Take the proofs", "Take invoice back", "Take customer back", "Prove it again", "Commit"],
};

/** `busy`: the last one has not ended. `sleepy`: the system keeps nobody awake. */
export function linesOf(calls: readonly string[], busy: boolean, sleepy: boolean): LogLine[] {
  const jobs = calls.flatMap((call) => JOBS[call.split(" ")[0] ?? ""] ?? []);
  const entries = jobs.flatMap((job, index) => entriesOf(job, busy && index === jobs.length - 1, sleepy));
  return entries.map((entry, index) => ({ number: index + 1, at: at(index), ...entry }));
}

function entriesOf(job: Job, running: boolean, sleepy: boolean): LogEntry[] {
  const steps = STEPS[job];
  const entries: LogEntry[] = [{ entry: "began", job }];
  if (steps) entries.push({ entry: "awake", kept: !sleepy, detail: sleepy ? "no service answers to org.freedesktop.login1" : null });
  for (const step of steps ?? []) {
    entries.push({ entry: "step", step });
    if (running) return entries;
    entries.push({ entry: "step_done", step, seconds: 0.4 });
  }
  return [...entries, { entry: "ended", job, seconds: 0.3 + (steps?.length ?? 0) * 0.4 }];
}

function at(second: number): string {
  return new Date(Date.UTC(2026, 10, 21, 9, 14, second)).toISOString();
}
