// The fields of an export, and what is asked for with them.

import type { ExportFormat } from "../../generated/ExportFormat";
import type { ExportWish } from "../../generated/ExportWish";

export interface ExportForm {
  format: ExportFormat;
  undo: boolean;
  revision: string;
  downRevision: string;
  app: string;
  /** A line for each model, as TABLE=app.Model. */
  models: string;
}

export function blank(format: ExportFormat): ExportForm {
  return { format, undo: false, revision: "", downRevision: "", app: "", models: "" };
}

/** Without the fields that belong to other formats. */
export function wishOf(form: ExportForm, stateOnly: boolean): ExportWish {
  const given = (text: string, format: ExportFormat): string | null => (form.format === format && text.trim() !== "" ? text.trim() : null);
  const models = form.format === "django" ? form.models.split("\n").map((line) => line.trim()) : [];
  return {
    format: form.format,
    undo: form.format === "sql" && form.undo,
    state_only: stateOnly,
    revision: given(form.revision, "alembic"),
    down_revision: given(form.downRevision, "alembic"),
    app: given(form.app, "django"),
    models: models.filter((line) => line !== ""),
  };
}

/** What the dialog proposes. */
export function fileName(wish: ExportWish): string {
  if (wish.format === "sql") return wish.undo ? "uuid_keys_undo.sql" : "uuid_keys.sql";
  return wish.state_only ? "uuid_keys_state.py" : "uuid_keys.py";
}
