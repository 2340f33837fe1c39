// Runs of the history that never said how they ended, and how their database is opened again.

import type { ConnectionForm } from "../../generated/ConnectionForm";
import type { PasswordSource } from "../../generated/PasswordSource";
import type { RunSummary } from "../../generated/RunSummary";
import type { SavedConnection } from "../../generated/SavedConnection";
import { emptyForm } from "../connect/form";

export function unfinished(runs: readonly RunSummary[]): RunSummary[] {
  return runs.filter(({ state, at_work }) => !at_work && (state === "started" || state === "undoing"));
}

export interface Opening {
  form: ConnectionForm;
  password: PasswordSource;
}

/** How to open the database of a run without asking anything; null where something must be typed. */
export function openingOf(run: RunSummary, connections: readonly SavedConnection[]): Opening | null {
  const saved = connections.find(({ form }) => placeOf(form) === run.place);
  if (saved) {
    if (saved.form.engine === "sqlite") return { form: saved.form, password: { from: "none" } };
    return saved.password_saved ? { form: saved.form, password: { from: "keyring", connection: saved.id } } : null;
  }
  if (!/^(\/|[A-Za-z]:\\)/.test(run.place)) return null;
  return { form: { ...emptyForm("sqlite"), path: run.place }, password: { from: "none" } };
}

export function placeOf(form: ConnectionForm): string {
  if (form.engine === "sqlite") return form.path;
  const by = form.ssh.destination.trim();
  return `${form.host}:${form.port}/${form.database}${by === "" ? "" : ` through SSH by ${by}`}`;
}
