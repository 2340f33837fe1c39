// A plan seen by table: which columns change, from what to what.

import { tableText } from "../../format";
import type { Conversion } from "../../generated/Conversion";
import type { Member } from "../../generated/Member";
import type { TableName } from "../../generated/TableName";

export interface TableChange {
  table: TableName;
  text: string;
  columns: Member[];
}

export function byTable(conversions: readonly Conversion[]): TableChange[] {
  const tables = new Map<string, TableChange>();
  for (const member of conversions.flatMap((conversion) => conversion.members)) {
    const text = tableText(member);
    const change = tables.get(text) ?? { table: member, text, columns: [] };
    change.columns.push(member);
    tables.set(text, change);
  }
  for (const change of tables.values()) change.columns.sort((a, b) => Number(b.key) - Number(a.key));
  return [...tables.values()].sort((a, b) => a.text.localeCompare(b.text, "en"));
}

export function columnCount(conversions: readonly Conversion[]): number {
  return conversions.reduce((sum, conversion) => sum + conversion.members.length, 0);
}

export function tableCount(conversions: readonly Conversion[]): number {
  return byTable(conversions).length;
}
