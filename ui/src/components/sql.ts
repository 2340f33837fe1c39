// Just enough of SQL's lexical grammar to colour it: the text is never changed.

export type TokenKind = "keyword" | "string" | "name" | "number" | "comment" | "plain";

export interface Token {
  kind: TokenKind;
  text: string;
}

const KEYWORDS = new Set(
  (
    "add all alter always analyze and any array as asc before begin between by case cast check column commit concurrently " +
    "constraint create cross current_timestamp database default deferrable deferred delete desc distinct do drop each else end " +
    "except exclude execute exists explain false for foreign from full function generated grant group having identity if " +
    "immediate in index initially inner insert intersect into is join key left like limit lock materialized mode new no not " +
    "null of off offset old on only or order outer over owned owner partition pragma primary procedure public references " +
    "rename replace restrict returning revoke right rollback row rows savepoint schema select sequence serial set share " +
    "statement strict table temp temporary then to transaction trigger true truncate type union unique update using vacuum " +
    "validate values view when where window with without"
  ).split(" "),
);

// One alternative per kind, in the order in which they must be tried.
const LEXER =
  /(--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|('(?:[^']|'')*(?:'|$)|\$([A-Za-z_]*)\$[\s\S]*?(?:\$\3\$|$))|("(?:[^"]|"")*(?:"|$)|`[^`]*(?:`|$))|(\b\d+(?:\.\d+)?\b)|([A-Za-z_][A-Za-z0-9_]*)/g;

export function tokens(sql: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  for (const match of sql.matchAll(LEXER)) {
    if (match.index > at) found.push({ kind: "plain", text: sql.slice(at, match.index) });
    found.push({ kind: kindOf(match), text: match[0] });
    at = match.index + match[0].length;
  }
  if (at < sql.length) found.push({ kind: "plain", text: sql.slice(at) });
  return found;
}

function kindOf(match: RegExpMatchArray): TokenKind {
  if (match[1] !== undefined) return "comment";
  if (match[2] !== undefined) return "string";
  if (match[4] !== undefined) return "name";
  if (match[5] !== undefined) return "number";
  return KEYWORDS.has(match[0].toLowerCase()) ? "keyword" : "plain";
}
