// What must not be in the sources: each line here would break the content security
// policy, the translation, or the rule that one folder alone speaks to Tauri.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const SOURCES = join(import.meta.dirname, "../src");

function files(): string[] {
  return readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => /\.(svelte|ts|css)$/.test(name) && !name.startsWith("generated/"));
}

function offenders(pattern: RegExp, names: string[] = files()): string[] {
  return names.filter((name) => pattern.test(readFileSync(join(SOURCES, name), "utf8")));
}

describe("the sources", () => {
  it("are found", () => expect(files().length).toBeGreaterThan(40));

  it.each([
    ["style attributes", /\sstyle=["'{]/],
    ["raw HTML", /\{@html|\binnerHTML\b|\bouterHTML\b|insertAdjacentHTML|document\.write/],
    ["code from text", /\beval\s*\(|new Function\s*\(/],
    ["addresses of other machines to load from", /@import\s+url|url\(\s*["']?https?:|fetch\s*\(/],
  ])("hold no %s", (_what, pattern) => expect(offenders(pattern)).toEqual([]));

  it("import Tauri in one place only", () => {
    expect(offenders(/@tauri-apps/)).toEqual(["host/tauri.ts"]);
  });

  it("name every user-visible text in the catalogue", () => {
    const components = files().filter((name) => name.endsWith(".svelte"));
    const wordy = components.filter((name) => /[A-Za-z]{2,}/.test(markupText(readFileSync(join(SOURCES, name), "utf8"))));
    expect(wordy).toEqual([]);
  });

  it("decide nothing about the order of stages outside the session", () => {
    expect(offenders(/status\s*=\s*["']locked["']/)).toEqual([]);
  });
});

/** What is left of a component when scripts, styles, tags and expressions are gone. The two headings of the picture are drawn words. */
function markupText(source: string): string {
  let text = source
    .replace(/<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>|<!--[\s\S]*?-->/g, "")
    .replace(/<text class="title"[^>]*>[a-z]+<\/text>/g, "");
  let before: string;
  do {
    before = text;
    text = text.replace(/\{[^{}]*\}/g, "");
  } while (text !== before);
  return text.replace(/=>/g, "").replace(/<[^>]*>/g, "");
}
