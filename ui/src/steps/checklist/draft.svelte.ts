// What people vouch for, while it is being filled in. What is empty is left out; Rust says
// whether the rest is enough.

import type { Communication } from "../../generated/Communication";
import type { Contact } from "../../generated/Contact";
import type { SignOffForm } from "../../generated/SignOffForm";
import type { SignOffView } from "../../generated/SignOffView";

export interface ItemDraft {
  id: string;
  group: string;
  text: string;
  signed: boolean;
  by: string;
  /** When it was signed, as it is kept; null where it is not yet. */
  at: string | null;
  note: string;
}

export class SignOffDraft {
  /** Whoever fills it in: signs what is ticked from now on. */
  name = $state("");
  items = $state<ItemDraft[]>([]);
  from = $state("");
  to = $state("");
  communication = $state<Communication[]>([]);
  contacts = $state<Contact[]>([]);
  #kept = $state("");

  constructor(view: SignOffView) {
    this.take(view);
  }

  /** Shows what is kept now. */
  take({ sign_off: kept }: SignOffView): void {
    this.items = kept.items.map(({ id, group, text, tick }) => ({
      id,
      group,
      text,
      signed: tick !== null,
      by: tick?.by ?? "",
      at: tick?.at ?? null,
      note: tick?.note ?? "",
    }));
    this.name = this.name || (this.items.findLast(({ by }) => by !== "")?.by ?? "");
    this.from = kept.maintenance_window?.from ?? "";
    this.to = kept.maintenance_window?.to ?? "";
    this.communication = kept.communication.map((line) => ({ ...line }));
    this.contacts = kept.contacts.map((line) => ({ ...line }));
    this.#kept = JSON.stringify(this.form);
  }

  /** True where something is filled in that is not kept yet. */
  get changed(): boolean {
    return JSON.stringify(this.form) !== this.#kept;
  }

  /** True where something is ticked and nobody said who ticks it. */
  get nameless(): boolean {
    return this.items.some(({ signed, by }) => signed && by.trim() === "");
  }

  get groups(): { group: string; items: ItemDraft[] }[] {
    const names = [...new Set(this.items.map(({ group }) => group))];
    return names.map((group) => ({ group, items: this.items.filter((item) => item.group === group) }));
  }

  tick(item: ItemDraft, signed: boolean): void {
    item.signed = signed;
    item.by = signed ? this.name.trim() : "";
    item.at = null;
  }

  /** The name for what was ticked before it was typed. */
  sign(): void {
    for (const item of this.items) if (item.signed && item.at === null) item.by = this.name.trim();
  }

  get form(): SignOffForm {
    const from = this.from.trim();
    const to = this.to.trim();
    return {
      signatures: this.items.filter(({ signed }) => signed).map(({ id, by, note }) => ({ id, by, note: note.trim() || null })),
      maintenance_window: from || to ? { from, to } : null,
      communication: this.communication.filter(({ who, how }) => (who + how).trim() !== ""),
      contacts: this.contacts.filter(({ name, role, reach }) => (name + role + reach).trim() !== ""),
    };
  }
}
