// Why a table has the verdict that it has, in one sentence.

import { columnKey, columnText } from "../../format";
import type { ColumnName } from "../../generated/ColumnName";
import type { Domain } from "../../generated/Domain";
import type { Inspection } from "../../generated/Inspection";
import type { Severity } from "../../generated/Severity";
import type { TableInfo } from "../../generated/TableInfo";
import type { Verdict } from "../../generated/Verdict";
import { t } from "../../messages";

/** What a verdict rests on. */
const DECIDED_BY: Record<Verdict, readonly Severity[]> = { refuse: ["block"], ask: ["ask"], convert: [] };

export class Reasons {
  readonly #byRoot: ReadonlyMap<string, Domain>;
  /** The keys whose values a column holds. */
  readonly #holds = new Map<string, ColumnName[]>();
  readonly #byTable = new Map<string, ColumnName[]>();

  constructor(inspection: Inspection) {
    this.#byRoot = new Map(inspection.domains.map((domain) => [columnKey(domain.root), domain]));
    for (const { root, members } of inspection.domains) {
      for (const member of members) {
        add(this.#holds, columnKey(member), root);
        add(this.#byTable, JSON.stringify([member.schema, member.table]), root);
      }
    }
  }

  /** The keys that a table has something to do with, its own first. */
  keysOf(table: TableInfo): readonly ColumnName[] {
    const all = this.#byTable.get(JSON.stringify([table.schema, table.table])) ?? [];
    return table.domain ? [table.domain] : all;
  }

  of(table: TableInfo): string {
    const domain = table.domain ? this.#byRoot.get(columnKey(table.domain)) : undefined;
    return domain ? ofDomain(domain) : this.#withoutOwnKey(table);
  }

  #withoutOwnKey(table: TableInfo): string {
    if (table.key.length === 0) return t.inspect.because.noKey;
    const roots = table.key.flatMap(beginnings).flatMap((column) => this.#holds.get(columnKey({ ...table, column })) ?? []);
    if (roots.length > 0) return t.inspect.because.follows([...new Set(roots.map(columnText))].join(", "));
    return table.key.length > 1 ? t.inspect.because.composite : t.inspect.because.otherType(typeOf(table.key[0] ?? ""));
  }
}

function ofDomain(domain: Domain): string {
  const deciding = domain.findings.filter(({ severity }) => DECIDED_BY[domain.verdict].includes(severity));
  const [first] = deciding;
  if (first) return t.inspect.because.finding(sentence(first.meaning), deciding.length - 1);
  return domain.findings.length > 0 ? t.inspect.because.remarks(domain.findings.length) : "";
}

function sentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;
}

// `actor_id integer`: names and types may hold blanks both, so every beginning is tried.
function beginnings(key: string): string[] {
  const words = key.split(" ");
  return words.map((_, last) => words.slice(0, last + 1).join(" "));
}

function typeOf(key: string): string {
  return key.split(" ").slice(1).join(" ");
}

function add(map: Map<string, ColumnName[]>, key: string, root: ColumnName): void {
  const known = map.get(key);
  if (!known) map.set(key, [root]);
  else if (known.every((other) => columnKey(other) !== columnKey(root))) known.push(root);
}
