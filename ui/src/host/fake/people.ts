// What people vouch for in the scripted host: a few of the items, as strict as each environment is.

import type { Environment } from "../../generated/Environment";
import type { Item } from "../../generated/Item";
import type { Profile } from "../../generated/Profile";
import type { SignOff } from "../../generated/SignOff";
import type { SignOffForm } from "../../generated/SignOffForm";
import type { SignOffView } from "../../generated/SignOffView";

const PROFILES: readonly Profile[] = ["development", "staging", "production"];

const ITEMS: readonly Item[] = [
  { id: "code_backup", group: "environment", from: "development", text: "The version of the application that runs now can be put back." },
  { id: "monitoring", group: "environment", from: "staging", text: "Somebody sees errors and slow queries of database and application as they come." },
  { id: "unit_tests", group: "testing", from: "development", text: "The application's own tests pass with UUIDs as ids." },
  { id: "announced", group: "team", from: "production", text: "Everybody who notices the standstill knows when it is and how long it lasts." },
  { id: "mobile_apps", group: "clients", from: "production", text: "Apps that are installed elsewhere accept UUIDs, or are made to update." },
];

const MEANING: Record<Profile, string> = {
  development: "What is open is told and hinders nothing.",
  staging: "What is open is a warning, and a backup may be seven days old.",
  production: "A run is refused as long as an item is open or the maintenance window, who was told or whom to reach is missing; a backup older than a day is a warning.",
};

export function profileOf(environment: Environment | null): Profile {
  return environment === "production" || environment === "staging" ? environment : "development";
}

export function nothingSigned(profile: Profile): SignOff {
  const asked = ITEMS.filter(({ from }) => PROFILES.indexOf(from) <= PROFILES.indexOf(profile));
  return { profile, items: asked.map((item) => ({ ...item, tick: null })), maintenance_window: null, communication: [], contacts: [] };
}

export function signedBy(before: SignOff, form: SignOffForm): SignOff {
  const items = before.items.map((item) => {
    const signature = form.signatures.find(({ id }) => id === item.id);
    if (!signature) return { ...item, tick: null };
    const { by, note } = signature;
    const at = item.tick?.by === by ? item.tick.at : "2026-11-21T09:20:00Z";
    return { ...item, tick: note === null ? { by, at } : { by, at, note } };
  });
  const { maintenance_window, communication, contacts } = form;
  return { ...before, items, maintenance_window, communication, contacts };
}

export function viewOf(kept: SignOff): SignOffView {
  const production = kept.profile === "production";
  const open = [
    ...kept.items.filter(({ tick }) => tick === null).map(({ id }) => id),
    ...(production && kept.maintenance_window === null ? ["from and to of the maintenance window"] : []),
    ...(production && kept.communication.length === 0 ? ["who was told"] : []),
    ...(production && kept.contacts.length === 0 ? ["whom to reach"] : []),
  ];
  return { sign_off: kept, meaning: MEANING[kept.profile], open, refuses: production && open.length > 0 };
}

/** As it is when the window opens at a later stage. */
export function everythingSigned(profile: Profile): SignOff {
  const nothing = nothingSigned(profile);
  return signedBy(nothing, {
    signatures: nothing.items.map(({ id }) => ({ id, by: "Ann", note: null })),
    maintenance_window: { from: "Sunday 2:00", to: "Sunday 4:00" },
    communication: [{ who: "customers", how: "mail on Friday" }],
    contacts: [{ name: "Ben", role: "database", reach: "extension 7" }],
  });
}
