// Of which tables rows can be shown: from the plan, or after a reload from the proofs, whose
// ids name their tables.

import type { Conversion } from "../../generated/Conversion";
import type { ProofResult } from "../../generated/ProofResult";
import type { TableName } from "../../generated/TableName";

export function sampled(conversions: readonly Conversion[], proofs: readonly ProofResult[]): TableName[] {
  const found = new Map<string, TableName>();
  const add = (name: TableName): unknown => found.set(JSON.stringify([name.schema, name.table]), { schema: name.schema, table: name.table });
  for (const member of conversions.flatMap(({ members }) => members)) add(member);
  if (found.size === 0) {
    for (const { id } of proofs) {
      const named = /^rows ([^.]+)\.(.+)$/.exec(id);
      if (named?.[1] && named[2]) add({ schema: named[1], table: named[2] });
    }
  }
  return [...found.values()].sort((a, b) => a.table.localeCompare(b.table, "en"));
}
