// Between the templates of a scan and the rules that are kept: a rule has the column in braces
// where a template has {int}, {uuid} or {token}.

import type { Proposal } from "../../generated/Proposal";
import type { RuleKind } from "../../generated/RuleKind";
import type { Written } from "../../generated/Written";

const SEGMENT = /\{(?:int|uuid|token)\}/g;
const PLACE = /\{(?:int|uuid|any|[^{}.]+\.[^{}.]+\.[^{}]+)\}/g;

/** What somebody chose for a template: one column for each place, or null where it stays. */
export interface Choice {
  kind: Extract<RuleKind, "names" | "delete">;
  columns: (string | null)[];
}

export function segments(template: string): string[] {
  return template.match(SEGMENT) ?? [];
}

/** The rule for a template; a place without a column stays as it is. */
export function ruleText(template: string, columns: readonly (string | null)[]): string {
  let at = 0;
  return template.replace(SEGMENT, (segment) => {
    const column = columns[at++] ?? null;
    return column !== null ? `{${column}}` : segment === "{token}" ? "{any}" : segment;
  });
}

function isAbout(rule: Written, template: string): boolean {
  return (rule.kind === "names" || rule.kind === "delete") && rule.text.replace(PLACE, "{}") === template.replace(SEGMENT, "{}");
}

/** What the rules say of a template; null where none is about it. */
export function choiceFor(rules: readonly Written[], template: string): Choice | null {
  const rule = rules.find((candidate) => isAbout(candidate, template));
  if (!rule) return null;
  const places = rule.text.match(PLACE) ?? [];
  const columns = places.map((place) => (place.includes(".") ? place.slice(1, -1) : null));
  return { kind: rule.kind === "delete" ? "delete" : "names", columns };
}

/** The rules with another choice for a template, in the place of the earlier one. */
export function withChoice(rules: readonly Written[], template: string, choice: Choice | null): Written[] {
  const nothing = choice === null || (choice.kind === "names" && choice.columns.every((column) => column === null));
  const rule: Written | null = nothing ? null : { kind: choice.kind, text: ruleText(template, choice.kind === "delete" ? [] : choice.columns) };
  const at = rules.findIndex((candidate) => isAbout(candidate, template));
  if (at < 0) return rule ? [...rules, rule] : [...rules];
  return [...rules.slice(0, at), ...(rule ? [rule] : []), ...rules.slice(at + 1)];
}

/** The rules, and those that are proposed for templates that no rule is about. */
export function withProposals(rules: readonly Written[], proposals: readonly Proposal[]): Written[] {
  return proposals.reduce<Written[]>(
    (all, { template, slots }) =>
      choiceFor(all, template) ? all : withChoice(all, template, { kind: "names", columns: slots.map(({ proposed }) => proposed) }),
    [...rules],
  );
}
