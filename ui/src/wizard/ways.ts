// The ways on from a failure, so that no panel that tells one is a dead end: doing the same
// again, going to the field or the stage that helps, or sending in what is shown.

import { createContext } from "svelte";

import type { Failure } from "../generated/Failure";
import type { Stage } from "../generated/Stage";

/**
 * What helps beside trying again. `change`: what was entered near the panel; `next`: the stage
 * that waits for its turn; `send`: nothing but to tell those who make Rekey.
 */
export type Way = "again" | "change" | "next" | "send" | Stage;

/** The way on by the code of a failure. A test compares it with every code that there is. */
export const WAYS: Readonly<Record<string, Way>> = {
  "RK-E01": "change",
  "RK-E02": "connect",
  "RK-E03": "connect",
  "RK-E04": "connect",
  "RK-E05": "connect",
  "RK-E06": "connect",
  "RK-E07": "connect",
  "RK-E08": "connect",
  "RK-E09": "connect",
  "RK-E10": "again",
  "RK-E11": "connect",
  "RK-E12": "connect",
  "RK-E13": "connect",
  "RK-E14": "again",
  "RK-E15": "again",
  "RK-E16": "connect",
  "RK-E17": "connect",
  "RK-E18": "again",
  "RK-E19": "again",
  "RK-E20": "again",
  "RK-E21": "again",
  "RK-E22": "plan",
  "RK-E23": "plan",
  "RK-E24": "plan",
  "RK-E25": "checklist",
  "RK-E26": "inspect",
  "RK-E30": "send",
  "RK-E31": "again",
  "RK-E32": "send",
  "RK-E33": "again",
  "RK-E34": "again",
  "RK-E35": "again",
  "RK-E36": "backup",
  "RK-E37": "again",
  "RK-E38": "change",
  "RK-E40": "next",
  "RK-E41": "change",
  "RK-E42": "again",
  "RK-E43": "connect",
  "RK-E44": "connect",
  "RK-E45": "change",
  "RK-E46": "connect",
  "RK-E48": "again",
  "RK-E49": "change",
  "RK-E50": "migrate",
  "RK-E53": "change",
  "RK-E59": "again",
  "RK-E98": "send",
  "RK-E99": "send",
  "RK-R01": "change",
  "RK-R02": "change",
  "RK-R03": "change",
  "RK-R04": "change",
  "RK-R05": "change",
  "RK-R06": "again",
  "RK-R07": "again",
  "RK-R08": "send",
  "RK-S01": "again",
  "RK-S02": "again",
  "RK-S03": "again",
  "RK-S04": "again",
  "RK-S05": "change",
  "RK-S06": "again",
};

/** What a panel must know of the wizard to lead to a stage. */
export interface Guide {
  readonly stage: Stage;
  /** The first stage that is open and not done. */
  readonly waiting: Stage | null;
  lockedReason(stage: Stage): string | null;
  go(stage: Stage): void;
}

/** The wizard, for whatever stands deep inside a stage. */
export const [guide, provideGuide] = createContext<Guide>();

/** The stage that a failure leads to, where it is open and another than the one looked at. */
export function stageFor(failure: Failure, by: Guide): Stage | null {
  const way = WAYS[failure.code] ?? "again";
  if (way === "again" || way === "change" || way === "send") return null;
  const stage = way === "next" ? by.waiting : way;
  return stage !== null && stage !== by.stage && by.lockedReason(stage) === null ? stage : null;
}

/** True where the same once more would fail in the same way. */
export function wantsChange(failure: Failure): boolean {
  return WAYS[failure.code] === "change";
}

const attempts = new WeakMap<Failure, () => void>();

/** Keeps how the work that failed is done once more. */
export function offerAgain(failure: Failure, again: () => void): void {
  attempts.set(failure, again);
}

/** How the work that failed is done once more, where that asks for nothing first. */
export function againOf(failure: Failure): (() => void) | null {
  return attempts.get(failure) ?? null;
}

const FIELDS = "input:not([type=hidden], [type=radio], [type=checkbox]), textarea, select";

/** The field that a person would change: one that is marked as wrong, else the last before the panel, in the nearest part of the page that has one. */
export function fieldNear(panel: Element): HTMLElement | null {
  for (let part = panel.parentElement; part && part.tagName !== "BODY"; part = part.parentElement) {
    const fields = [...part.querySelectorAll<HTMLInputElement>(FIELDS)].filter((field) => !field.disabled && !field.closest("details:not([open])"));
    const before = fields.filter((field) => panel.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_PRECEDING);
    const found = fields.find((field) => field.getAttribute("aria-invalid") === "true") ?? before.at(-1) ?? fields[0];
    if (found) return found;
    if (part.tagName === "MAIN") return null;
  }
  return null;
}
