// What Inspect shows of a made-up database beside its tables and keys.

import type { Confidence } from "../../generated/Confidence";
import type { Question } from "../../generated/Question";
import type { ReferenceInfo } from "../../generated/ReferenceInfo";
import type { FakeDatabase, FakeReference } from "./shop";

const CONFIDENCE: Confidence = { level: "high", percent: 97, values: 1_204_000, strays: 2_408 };

/** How sure a guess is; nothing where a constraint declares the reference. */
export function sureOf(reference: FakeReference): { confidence?: Confidence } {
  return reference.via === "inferred" ? { confidence: CONFIDENCE } : {};
}

export function referencesOf(base: FakeDatabase): ReferenceInfo[] {
  return base.tables.flatMap(({ table, references }) =>
    references
      .filter(({ via }) => via !== "inferred")
      .map(({ column, to, via }) => ({
        schema: base.schema,
        table,
        name: via,
        columns: [column],
        parent: { schema: base.schema, table: to },
        parent_columns: ["id"],
      })),
  );
}

/** The questions that both Inspect and the plan ask. */
export function undeclaredOf(base: FakeDatabase): Question[] {
  return base.tables.flatMap(({ table, references }) =>
    references.filter(({ via }) => via === "inferred").map(({ column, to }) => question(`${base.schema}.${table}.${column}`, base.schema, to)),
  );
}

function question(column: string, schema: string, to: string): Question {
  const root = `${schema}.${to}.id`;
  return {
    id: `inferred ${column}`,
    root: { schema, table: to, column: "id" },
    text: `Does ${column} reference ${root}? No foreign key says so. 1204000 rows have a value, 2408 of them one that the key does not have.`,
    options: [
      { value: "include", consequence: "It is converted together with the key; the 2408 values that the key lacks get UUIDs of their own." },
      { value: "set_null", consequence: "It is converted together with the key, and becomes NULL in the 2408 rows whose value the key lacks. The undo gives them their values back, unless they have got another one since." },
      { value: "ignore", consequence: "It keeps its integers; if it is a reference after all, it then points nowhere." },
      { value: "leave", consequence: `${root} is not converted.` },
    ],
    default: "leave",
    answer: null,
  };
}
