// What people ask of their desktop: less motion, and colours of their own. Whether nothing moves
// is seen in the real window too. Colours of one's own cannot be switched on in the web view of
// Linux, so that what is read here are the rules: where a colour alone tells something, there is
// a rule for these colours, or it stands below by what else it is told. How that looks, nobody
// has seen but in browsers that can.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type AST, parseCss } from "svelte/compiler";
import { describe, expect, it } from "vitest";

const SOURCES = join(import.meta.dirname, "../src");
const FORCED = "media (forced-colors: active)";
const STILL = "media (prefers-reduced-motion: reduce)";

interface Rule {
  file: string;
  /** The at-rules around it. */
  within: string;
  selector: string;
  declarations: readonly { property: string; value: string }[];
}

function sources(): { file: string; text: string }[] {
  const names = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).map((name) => name.replaceAll("\\", "/"));
  return names.filter((name) => /\.(svelte|css|ts)$/.test(name) && !name.startsWith("generated/")).map((file) => ({ file, text: readFileSync(join(SOURCES, file), "utf8") }));
}

function rulesOf(file: string, css: string): Rule[] {
  const gather = (nodes: readonly (AST.CSS.Rule | AST.CSS.Atrule | AST.CSS.Declaration)[], within: string): Rule[] =>
    nodes.flatMap((node) => {
      if (node.type === "Atrule") return node.block === null || node.name === "keyframes" ? [] : gather(node.block.children, `${within} ${node.name} ${node.prelude}`.trim());
      if (node.type === "Declaration") return [];
      const declarations = node.block.children.filter((child) => child.type === "Declaration");
      return node.prelude.children.map((selector) => ({ file, within, selector: css.slice(selector.start, selector.end).trim(), declarations }));
    });
  return gather(parseCss(css).children, "");
}

const rules = sources().flatMap(({ file, text }) => {
  if (file.endsWith(".css")) return rulesOf(file, text);
  const css = file.endsWith(".svelte") ? /<style>([\s\S]*)<\/style>/.exec(text)?.[1] : undefined;
  return css === undefined ? [] : rulesOf(file, css);
});

describe("less motion", () => {
  const moving = rules.filter(({ within, declarations }) => within !== STILL && declarations.some(({ property }) => /^(animation|transition)/.test(property)));
  const still = rules.filter(({ within, file }) => within === STILL && file === "styles/base.css");

  it("is asked about where things move", () => expect(moving.length).toBeGreaterThan(4));

  it.each(["*", "*::before", "*::after"])("stills %s, whatever moves it", (selector) => {
    const found = still.filter((rule) => rule.selector === selector).flatMap(({ declarations }) => declarations.map(({ property, value }) => `${property}: ${value}`));
    expect(found).toEqual(["animation: none !important", "transition: none !important", "scroll-behavior: auto !important"]);
  });

  it("is outdone by no rule of the window's", () => {
    expect(moving.filter(({ declarations }) => declarations.some(({ value }) => value.includes("!important")))).toEqual([]);
    // The rule above reaches no other part that is made by a style.
    expect(moving.filter(({ selector }) => /::(?!before|after)/.test(selector))).toEqual([]);
  });

  it("has nothing that moves past the styles", () => {
    const movers = /\b(transition|in|out|animate):[a-z]+(\||=|\s|>|\/)(?=[^"]*>)|\.animate\(|behavior:\s*["']smooth|startViewTransition|<animate|svelte\/(transition|animate|motion|easing)/;
    expect(sources().filter(({ file, text }) => file.endsWith(".svelte") || file.endsWith(".ts") ? movers.test(text.replace(/<style>[\s\S]*<\/style>/, "")) : false)).toEqual([]);
  });
});

const COLOUR = /^((background|text-decoration|outline|border|border-(block|inline)(-start|-end)?)-color|background|color|box-shadow|cursor)$/;
const PAINT = /^(fill|stroke|stroke-opacity|opacity)$/;

/** Colours that tell something, and what tells the same without them. */
const OTHERWISE: Record<string, Record<string, readonly string[]>> = {
  "a word": {
    "components/EnvironmentChip.svelte": [".production", ".staging", ".dev", ".sample"],
    "components/ErrorPanel.svelte": [".state", ".unclear"],
    "components/LiveSteps.svelte": [".waiting", ".when", ".running"],
    "components/Rail.svelte": [".locked", ".running"],
    "steps/connect/ConnectStep.svelte": [".environment", ".amber"],
    "steps/inspect/InspectStep.svelte": [".good"],
    "steps/migrate/LiveView.svelte": [".waiting", ".when", ".running", ".stopped"],
    "steps/migrate/ResumeCard.svelte": [".card", ".calm"],
    "steps/plan/ChoicesForm.svelte": [".stale"],
    "steps/plan/Questions.svelte": [".open"],
    "steps/plan/WeightTags.svelte": [".lock", ".everybody", ".never"],
    "steps/redis/SlotSelect.svelte": [".weak"],
    "steps/validate/ProofList.svelte": [".word"],
    "styles/controls.css": [".chip-accent", ".note-info", ".button-danger-quiet"],
  },
  "a mark that is seen or not": { "components/DataTable.svelte": [".on"] },
  "a mark and a word": {
    "components/LiveClock.svelte": [".quiet"],
    "components/LiveSteps.svelte": [".done", ".stopped"],
    "components/LogDrawer.svelte": [".failed"],
    "components/Outcome.svelte": [".good", ".quiet", ".mark"],
    "components/Rail.svelte": [".done", ".attention"],
    "steps/application/CodeHits.svelte": [".before"],
    "steps/backup/BackupCard.svelte": [".warn"],
    "steps/backup/BackupStep.svelte": [".note-warn", ".note-info"],
    "steps/connect/TestStages.svelte": [".passed", ".failed"],
    "steps/rehearse/RehearseStep.svelte": [".note-warn", ".note-info"],
    "steps/validate/ProofList.svelte": [".failed"],
    "styles/controls.css": [".chip-good", ".chip-warn", ".chip-bad", ".chip-info", ".note-good", ".note-warn", ".note-bad", '[aria-invalid="true"]'],
  },
  "the browser's own control": { "steps/connect/ConnectStep.svelte": [".engine"] },
  "nothing to tell": {
    "components/SqlView.svelte": [".string", ".name", ".number"],
    "styles/base.css": [".soft"],
    "styles/controls.css": [".input", ".dialog"],
  },
};

describe("colours of one's own", () => {
  const forced = rules.filter(({ within }) => within === FORCED);
  const tokens = (selector: string): string[] => selector.replace(/::?[a-z-]+/g, "").match(/\.[a-z][a-z-]*|\[[^\]]+\]/g) ?? [];
  // A drawing keeps its colours, as everything that is SVG does. What is passed over with the pointer tells nothing.
  const telling = rules.filter(
    ({ within, selector, declarations }) =>
      within === "" &&
      !selector.includes(":hover") &&
      tokens(selector).length > 0 &&
      declarations.every(({ property }) => COLOUR.test(property) || PAINT.test(property)) &&
      declarations.some(({ property }) => COLOUR.test(property) && property !== "cursor"),
  );
  const listed = Object.values(OTHERWISE).flatMap((files) => Object.entries(files).flatMap(([file, all]) => all.map((token) => `${file} ${token}`)));
  const used = new Set<string>();

  it("are thought of wherever a colour alone tells something", () => {
    const forgotten = telling.filter(({ file, selector }) => {
      const own = tokens(selector);
      if (forced.some((rule) => rule.file === file && own.some((token) => tokens(rule.selector).includes(token)))) return false;
      const known = own.map((token) => `${file} ${token}`).filter((key) => listed.includes(key));
      for (const key of known) used.add(key);
      return known.length === 0;
    });
    expect(forgotten.map(({ file, selector }) => `${file} ${selector}`)).toEqual([]);
    expect(listed.filter((key) => !used.has(key))).toEqual([]);
  });

  it("are taken from the system and not from the window's palette", () => {
    const system = /^(Canvas|CanvasText|ButtonFace|ButtonText|ButtonBorder|Highlight|HighlightText|GrayText|LinkText|none)$/;
    const words = forced.flatMap(({ file, selector, declarations }) =>
      declarations.flatMap(({ property, value }) => {
        const colours = value.split(/\s+/).filter((word) => !/^([\d.]+(px|rem)?|solid|dashed|double)$/.test(word));
        return colours.filter((colour) => !system.test(colour)).map((colour) => `${file} ${selector} ${property}: ${colour}`);
      }),
    );
    expect(forced.length).toBeGreaterThan(10);
    expect(words).toEqual([]);
  });

  it("are left out nowhere else", () => {
    expect(rules.filter(({ within, declarations }) => within !== FORCED && declarations.some(({ property }) => property === "forced-color-adjust"))).toEqual([]);
  });
});
