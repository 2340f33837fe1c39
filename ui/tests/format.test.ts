import { describe, expect, it } from "vitest";

import { tokens } from "../src/components/sql";
import { bytes, columnText, count, duration, locale, moment, remaining, rows, span, when } from "../src/format";

describe("format", () => {
  it("takes no locale that Intl would reject", () => {
    for (const language of ["C", "c", "", "POSIX", "C.UTF-8", "en_US.UTF-8"]) {
      expect(() => new Intl.NumberFormat(locale(language)), language).not.toThrow();
    }
    expect(locale("de-AT")).toBe("de-AT");
    expect(locale("C")).toBe("en");
  });

  it("writes numbers as people read them", () => {
    expect(count(2_204_871)).toBe("2,204,871");
    expect(rows(412_300, true)).toBe("~412,300");
    expect(bytes(5_386_240)).toBe("5.4 MB");
    expect(bytes(512)).toBe("512 B");
    expect(duration(0.004)).toBe("under 0.01 s");
    expect(duration(2.44)).toBe("2.4 s");
    expect(duration(192)).toBe("3 min 12 s");
    expect(duration(7380)).toBe("2 h 3 min");
    expect(moment(0.00034)).toBe("0.3 ms");
    expect(moment(2.44)).toBe("2.4 s");
  });

  it("gives what is left as a range", () => {
    expect(remaining(3)).toBe("a few seconds");
    expect(remaining(20)).toBe("20 to 30 seconds");
    expect(remaining(180)).toBe("2 to 4 minutes");
  });

  it("rounds a time between two outwards", () => {
    expect(span(1, 2)).toBe("1 to 2 seconds");
    expect(span(134.4, 288)).toBe("2 to 5 minutes");
    expect(span(50, 107)).toBe("1 to 2 minutes");
    expect(span(5040, 10_800)).toBe("1 h 24 min to 3 h 0 min");
  });

  it("keeps a date it cannot read", () => expect(when("yesterday")).toBe("yesterday"));

  it("leaves the only schema of SQLite out", () => {
    expect(columnText({ schema: "main", table: "orders", column: "id" })).toBe("orders.id");
    expect(columnText({ schema: "public", table: "orders", column: "id" })).toBe("public.orders.id");
  });
});

describe("SQL colouring", () => {
  it("never changes the text", () => {
    for (const sql of [
      `ALTER TABLE "a""b" ADD CONSTRAINT "x" CHECK (note <> 'it''s -- no comment'); -- done`,
      "CREATE FUNCTION f() AS $body$ select 'x' $body$; /* open",
      "'unfinished",
      "",
      "SELECT 1.5, `odd` FROM t\n",
    ]) {
      expect(tokens(sql).map(({ text }) => text).join("")).toBe(sql);
    }
  });

  it("tells words, names, strings and comments apart", () => {
    const kinds = tokens(`SELECT "id" FROM t WHERE a = 'x' AND n = 12 -- why`).filter(({ kind }) => kind !== "plain");
    expect(kinds.map(({ kind }) => kind)).toEqual(["keyword", "name", "keyword", "keyword", "string", "keyword", "number", "comment"]);
  });
});
