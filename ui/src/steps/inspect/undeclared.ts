// References that no foreign key declares: what is asked about them, and what was answered.
// Questions and answers are those of the plan.

import { columnKey } from "../../format";
import type { Choices } from "../../generated/Choices";
import type { DomainMember } from "../../generated/DomainMember";
import type { Inspection } from "../../generated/Inspection";
import type { PlanView } from "../../generated/PlanView";
import type { Question } from "../../generated/Question";

export interface Guess {
  question: Question;
  /** The column, with how sure the guess is. */
  member: DomainMember | null;
  answer: string | null;
}

export function guessesOf(inspection: Inspection, choices: Choices, plan: PlanView | null): Guess[] {
  const members = new Map(
    inspection.domains.flatMap((domain) =>
      domain.members
        .filter(({ via }) => via === "inferred")
        .map((member): [string, DomainMember] => [`${columnKey(domain.root)} inferred ${member.schema}.${member.table}.${member.column}`, member]),
    ),
  );
  const planned = new Map(plan?.questions.map(({ id, answer }) => [id, answer]));
  return inspection.questions.map((question) => ({
    question,
    member: members.get(`${columnKey(question.root)} ${question.id}`) ?? null,
    answer: given(question, choices.answers[question.id]) ?? planned.get(question.id) ?? null,
  }));
}

// The engine goes by answers that the question has, and by no others.
function given(question: Question, answer: string | undefined): string | null {
  return question.options.find(({ value }) => value === answer)?.value ?? null;
}
