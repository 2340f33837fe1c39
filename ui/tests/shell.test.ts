import { readFileSync } from "node:fs";
import { join } from "node:path";

import { cleanup, screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";

import type { LogLine } from "../src/generated/LogLine";
import { asText, told } from "../src/components/log";
import { groups } from "../src/licences";
import { t } from "../src/messages";
import { arrived, expectAccessible, id, openWindow, seen } from "./support";

const ROOT = join(import.meta.dirname, "../..");

describe("the log", () => {
  it("shows on every screen what was done, with its steps and times", async () => {
    const { user } = await openWindow({ at: "backup" });
    expect(screen.queryByTestId("log")).toBeNull();
    await user.click(await seen("backup-make"));
    await seen("backup-path");
    await user.keyboard("{Control>}l{/Control}");
    const log = await seen("log-lines");
    expect([log.getAttribute("role"), log.getAttribute("aria-live")]).toEqual(["log", "off"]);
    await within(log).findByText("Backup: done in 1.5 s");
    within(log).getByText("Compare both: 0.4 s");
    within(log).getByText(t.shell.awakeKept);
    await expectAccessible();
    await user.click(id("next"));
    await arrived("rehearse");
    id("log");
    await user.click(id("log-close"));
    expect(screen.queryByTestId("log")).toBeNull();
    expect(document.activeElement).toBe(id("log-toggle"));
  });

  it("is copied whole, with date and time of each line", () => {
    const at = "2026-11-21T09:14:05Z";
    const lines: LogLine[] = [
      { number: 1, at, entry: "began", job: "migration" },
      { number: 2, at, entry: "waiting", attempt: 2, who: ["session 42 of user 'ann'"] },
      { number: 3, at, entry: "failed", job: "migration", seconds: 12, code: "RK-E31", what: "It was cancelled." },
    ];
    expect(asText(lines).split("\n")).toEqual([
      `${at}  Migration: begun`,
      `${at}  Waits for locks, attempt 2. Held by session 42 of user 'ann'`,
      `${at}  Migration: not done, after 12 s. It was cancelled. (RK-E31)`,
    ]);
  });

  it("has words for a computer that cannot be kept awake, and the window says so while it matters", async () => {
    expect(told({ entry: "awake", kept: false, detail: "no bus" })).toContain("no bus");
    const { user } = await openWindow({ at: "backup", scenario: "sleepy", tick: 40 });
    expect(screen.queryByTestId("sleep-note")).toBeNull();
    await user.click(await seen("backup-make"));
    expect((await seen("sleep-note")).textContent).toContain("leave the lid open");
    await seen("backup-path");
    await waitFor(() => expect(screen.queryByTestId("sleep-note")).toBeNull());
  });
});

describe("help", () => {
  it("is there on every screen, with the sample, and gives the focus back", async () => {
    const { user } = await openWindow({ at: "inspect", db: "postgres" });
    await user.keyboard("{F1}");
    const help = await seen("help");
    for (const [key] of t.shell.keys) within(help).getByText(key);
    expect(help.textContent).toContain("is closed for it");
    await expectAccessible();
    await user.click(id("help-sample"));
    await waitFor(() => expect(id("top-database").textContent).toContain("SAMPLE"));
    await arrived("inspect");
    await waitFor(() => expect(screen.queryByTestId("help-sample")).toBeNull());
  });

  it("does not open the sample while something is at work", async () => {
    const { user } = await openWindow({ at: "migrate", scenario: "running" });
    await user.click(await seen("migrate-start"));
    await user.click(await seen("danger-confirm"));
    await seen("migrate-cancel");
    await user.click(id("help-open"));
    expect(id("help-sample")).toHaveProperty("disabled", true);
  });
});

describe("about", () => {
  it("tells the version, what never happens, and every package with its licence", async () => {
    const { user } = await openWindow();
    await user.click(id("about-open"));
    const about = await seen("about");
    expect(id("about-version").textContent).toContain("0.1.0");
    for (const line of t.shell.never) within(about).getByText(line);
    await expectAccessible();
    await user.click(id("about-parts"));
    const packages = new Set((await groups()).flatMap((group) => group.packages.map(({ name, version }) => `${name} ${version}`)));
    expect((await seen("about-packages")).textContent).toBe(`${packages.size} packages`);
  });

  it("names the packages that the lock files have, each with the text of its licence", async () => {
    const crates = locked();
    const modules = Object.entries(
      (JSON.parse(readFileSync(join(ROOT, "ui/package-lock.json"), "utf8")) as { packages: Record<string, { version: string }> }).packages,
    ).map(([path, { version }]) => `${path.replace(/^.*node_modules\//, "")} ${version}`);
    const known = new Set([...crates, ...modules]);
    const listed = await groups();
    expect(listed.flatMap(({ packages }) => packages.map(({ name, version }) => `${name} ${version}`)).filter((name) => !known.has(name))).toEqual([]);
    for (const { text } of listed) expect(text.length).toBeGreaterThan(300);
    const names = listed.flatMap(({ packages }) => packages.map(({ name }) => name));
    for (const name of ["tauri", "sqlx", "redis", "svelte", "@tauri-apps/api"]) expect(names).toContain(name);
  });
});

function locked(): string[] {
  const text = readFileSync(join(ROOT, "Cargo.lock"), "utf8");
  return [...text.matchAll(/name = "([^"]+)"\nversion = "([^"]+)"/g)].map(([, name, version]) => `${name} ${version}`);
}

describe("the keys", () => {
  it("make everything larger and smaller, and it stays so", async () => {
    const { user, host } = await openWindow();
    await user.keyboard("{Control>}+{/Control}");
    await user.keyboard("{Control>}+{/Control}");
    await user.keyboard("{Control>}-{/Control}");
    expect(host.calls.filter((call) => call.startsWith("zoom_set"))).toEqual(["zoom_set 110", "zoom_set 125", "zoom_set 110"]);
    expect(id("resized").textContent).toBe("Text size 110 %");
    expect(localStorage.getItem("rekey.size")).toBe("110");
    cleanup();
    const again = await openWindow();
    await waitFor(() => expect(again.host.calls).toContain("zoom_set 110"));
    await again.user.keyboard("{Control>}0{/Control}");
    expect(localStorage.getItem("rekey.size")).toBe("100");
  });

  it("end at twice the size", async () => {
    const { user, host } = await openWindow();
    for (let press = 0; press < 9; press += 1) await user.keyboard("{Control>}={/Control}");
    expect(host.calls.filter((call) => call.startsWith("zoom_set")).at(-1)).toBe("zoom_set 200");
  });

  it("go from step to step, as far as the session allows, and leave the caret alone", async () => {
    const { user } = await openWindow({ at: "inspect" });
    await user.keyboard("{Alt>}{ArrowRight}{/Alt}");
    await arrived("plan");
    await user.keyboard("{Alt>}{ArrowLeft}{/Alt}");
    await arrived("inspect");
    await user.keyboard("{Alt>}{ArrowLeft}{/Alt}");
    await arrived("connect");
    id("connect-url").focus();
    await user.keyboard("{Alt>}{ArrowRight}{/Alt}");
    expect(id("stage").dataset["stage"]).toBe("connect");
  });
});
