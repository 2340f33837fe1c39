// No dead ends: every failure that Rust can tell is shown with cause, remedy and buttons that
// do something, and so is every failure of a screen.

import { screen, waitFor, within } from "@testing-library/svelte";
import { tick } from "svelte";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";

import type { Failure } from "../src/generated/Failure";
import { FAILURES } from "../src/generated/failures";
import type { EngineKind } from "../src/generated/EngineKind";
import type { Stage } from "../src/generated/Stage";
import type { Scenario } from "../src/host/fake";
import { STAGES } from "../src/wizard/wizard.svelte";
import { WAYS } from "../src/wizard/ways";
import { expectAccessible, id, type Opened, openWindow, seen } from "./support";

const SOURCES = join(import.meta.dirname, "../src");

const COPY = "Copy details";

/** The panel's buttons by what stands on them. */
function buttons(panel: HTMLElement): Map<string, HTMLButtonElement> {
  return new Map([...panel.querySelectorAll("button")].map((button) => [button.textContent?.trim() ?? "", button]));
}

function expectTold(panel: HTMLElement, failure: Failure): void {
  for (const text of [failure.what, failure.why, ...failure.remedy, failure.state_sentence]) expect(panel.textContent).toContain(text);
  const titles = [...panel.querySelectorAll("h3")].map((title) => title.textContent);
  expect(titles).toEqual(["Why", "What to do", "State of your data"]);
}

describe("every failure of the catalogue", () => {
  it("is among those of which the window knows the way on", () => {
    const codes = new Set([...FAILURES.map(({ code }) => code), "RK-E98"]);
    expect([...codes].sort()).toEqual(Object.keys(WAYS).sort());
  });

  it("is shown with its cause, its remedy and buttons that do something", async () => {
    const { host } = await openWindow({ at: "inspect" });
    await seen("inspect-summary");
    const copied = vi.spyOn(navigator.clipboard, "writeText");
    const fails = vi.spyOn(host, "planMake");
    const stage = (): string | undefined => id("stage").dataset["stage"];
    const idle = (): boolean => screen.queryByTestId<HTMLButtonElement>("plan-make")?.disabled === false;
    const tells = (failure: Failure): boolean => {
      const panel = screen.queryByTestId("error-panel");
      return idle() && panel?.dataset["code"] === failure.code && [failure.what, failure.why, failure.state_sentence].every((text) => panel.textContent?.includes(text));
    };
    const shown = async (failure: Failure): Promise<HTMLElement> => {
      await tick();
      if (stage() === "plan") {
        await waitFor(() => expect(idle()).toBe(true), { timeout: 5000 });
        if (!tells(failure)) id("plan-make").click();
      } else id("rail-plan").click();
      await waitFor(() => expect(tells(failure), failure.code).toBe(true), { timeout: 5000 });
      return id("error-panel");
    };
    for (const failure of FAILURES) {
      fails.mockReset().mockRejectedValue(failure);
      const panel = await shown(failure);
      expectTold(panel, failure);
      buttons(panel).get(COPY)?.click();
      expect(copied.mock.lastCall?.[0]).toContain(`${failure.code}\n${failure.what}`);
      const names = [...buttons(panel).keys()].filter((name) => name !== COPY);
      expect(names, failure.code).not.toEqual([]);
      for (const name of names) {
        const button = buttons(await shown(failure)).get(name);
        const calls = fails.mock.calls.length;
        (document.activeElement as HTMLElement | null)?.blur();
        button?.click();
        const led = (): boolean => fails.mock.calls.length > calls || stage() !== "plan" || document.activeElement?.matches("input, textarea, select") === true;
        await waitFor(() => expect(led(), `${failure.code}: '${name}' does nothing`).toBe(true));
      }
    }
    copied.mockRestore();
  }, 240_000);

  it("can be read and reached by everybody", async () => {
    const { host, user } = await openWindow({ at: "inspect" });
    await seen("inspect-summary");
    vi.spyOn(host, "planMake").mockRejectedValue(FAILURES[0]);
    await user.click(id("rail-plan"));
    await seen("error-panel");
    await expectAccessible();
  });
});

describe("a failure by what was entered", () => {
  it("leads back to the field", async () => {
    const { user } = await openWindow();
    await user.click(id("welcome-connect"));
    await user.type(await seen("connect-url"), "oracle://x");
    await user.click(id("connect-url-apply"));
    const panel = await seen("error-panel");
    expect(panel.dataset["code"]).toBe("RK-E01");
    await user.click(within(panel).getByTestId("error-change"));
    expect(document.activeElement).toBe(id("connect-url"));
    expect(within(panel).queryByTestId("error-again")).toBeNull();
  });

  it("leads to the stage where it was entered", async () => {
    const { host, user } = await openWindow({ at: "inspect", scenario: "inspect-fails" });
    const panel = await seen("error-panel");
    await user.click(within(panel).getByTestId("error-stage"));
    await waitFor(() => expect(id("stage").dataset["stage"]).toBe("connect"));
    expect(host.calls).toContain("inspect");
  });
});

describe("every screen that fails", () => {
  type Case = [string, { scenario: Scenario; at: Stage; db: EngineKind }, (opened: Opened) => Promise<void>];
  const press =
    (...testids: string[]) =>
    async ({ user }: Opened): Promise<void> => {
      for (const testid of testids) {
        await waitFor(() => expect(id(testid)).toHaveProperty("disabled", false));
        await user.click(id(testid));
      }
    };
  const typed =
    (confirm: string) =>
    async (opened: Opened): Promise<void> => {
      await press(confirm)(opened);
      const name = screen.queryByTestId("danger-typed");
      if (name) await opened.user.type(name, "shop_prod");
      await press("danger-confirm")(opened);
    };
  const cases: Case[] = [
    ["Connect, its test", { scenario: "login", at: "connect", db: "postgres" }, async (opened) => {
      await press("welcome-connect")(opened);
      await opened.user.type(await seen("connect-url"), "postgres://ann@localhost/shop");
      await press("connect-url-apply", "connect-test")(opened);
    }],
    ["Inspect", { scenario: "inspect-fails", at: "inspect", db: "postgres" }, async () => undefined],
    ["Backup", { scenario: "backup-fails", at: "backup", db: "postgres" }, press("backup-make")],
    ["Migrate, refused by the server", { scenario: "run-fails", at: "migrate", db: "postgres" }, typed("migrate-start")],
    ["Migrate, locks", { scenario: "lock-gives-up", at: "migrate", db: "postgres" }, typed("migrate-start")],
    ["Migrate, outcome unknown", { scenario: "unclear", at: "migrate", db: "postgres" }, typed("migrate-start")],
    ["Report, its page", { scenario: "report-fails", at: "report", db: "postgres" }, press("report-open")],
    ["Report, the undo", { scenario: "undo-fails", at: "report", db: "postgres" }, typed("undo")],
  ];

  it.each(cases)("%s leaves a way on", async (_name, options, fail) => {
    const opened = await openWindow(options);
    await fail(opened);
    const panel = await seen("error-panel");
    expect(panel.textContent).toContain("What to do");
    const usable = [...buttons(panel)].filter(([name, button]) => name !== COPY && !button.disabled).map(([, button]) => button);
    expect(usable.length).toBeGreaterThan(0);
    const [calls, stage, focus] = [opened.host.calls.length, id("stage").dataset["stage"], document.activeElement];
    await opened.user.click(usable[0] as HTMLButtonElement);
    await waitFor(() => {
      const dialog = screen.queryByRole("alertdialog");
      const moved = id("stage").dataset["stage"] !== stage || document.activeElement !== focus;
      expect(dialog !== null || moved || opened.host.calls.length > calls).toBe(true);
    });
  });
});

describe("the sources", () => {
  const components = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter((name) => /\.(svelte|ts)$/.test(name));

  it("say how work is done once more wherever its answer is used", () => {
    const silent = components.flatMap((name) => unrepeatable(readFileSync(join(SOURCES, name), "utf8")).map((call) => `${name}: ${call}`));
    expect(silent).toEqual([]);
  });

  it("would notice one that does not", () => {
    expect(unrepeatable("const x = await looking.run(() => host.inspect());")).toHaveLength(1);
    expect(unrepeatable("x = (await looking.run(() => host.ask(a, b), () => void again())) ?? null;")).toHaveLength(0);
    expect(unrepeatable("await looking.run(() => host.inspect(a, b));")).toHaveLength(0);
  });

  it("lead to stages that there are", () => {
    const stages = Object.values(WAYS).filter((way) => !["again", "change", "next", "send"].includes(way));
    expect(stages.filter((stage) => !STAGES.includes(stage as Stage))).toEqual([]);
  });
});

/** Calls of a task whose answer is used and that do not say how to get it again. */
function unrepeatable(source: string): string[] {
  const calls = [...source.matchAll(/=\s*\(?await \w+\.run\(/g)];
  return calls.map((call) => argumentsFrom(source, call.index + call[0].length)).filter((parts) => parts.length < 2).map(([first]) => first ?? "");
}

/** The arguments of a call, from behind its bracket to the one that closes it. */
function argumentsFrom(source: string, start: number): string[] {
  const parts = [""];
  let depth = 0;
  for (const letter of source.slice(start)) {
    if (")]}".includes(letter) && depth === 0) break;
    if ("([{".includes(letter)) depth += 1;
    if (")]}".includes(letter)) depth -= 1;
    if (letter === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += letter;
  }
  return parts.filter((part) => part.trim() !== "");
}
