// What is seen of a run: its pace, its rests, what stopped on the way, and the ways back.

import { cleanup, screen, waitFor } from "@testing-library/svelte";
import { afterEach, describe, expect, it } from "vitest";

import type { Event as RunEvent } from "../src/generated/Event";
import type { RunSummary } from "../src/generated/RunSummary";
import type { SavedConnection } from "../src/generated/SavedConnection";
import type { Weight } from "../src/generated/Weight";
import { stateWord } from "../src/components/RunStateChip.svelte";
import { heaviest } from "../src/steps/plan/weights";
import { sampled } from "../src/steps/validate/sampled";
import { openingOf, unfinished } from "../src/steps/welcome/stopped";
import { LiveRun } from "../src/wizard/live.svelte";
import { arrived, expectAccessible, id, openWindow, seen } from "./support";

afterEach(cleanup);

function progress(done: number, elapsed: number): RunEvent {
  return { event: "progress", run: "r", step: "Convert a", number: 2, of: 3, table: "main.a", rows_done: done, rows_total: 400, elapsed, eta: null };
}

function live(): LiveRun {
  return new LiveRun([{ id: "convert_table main.a", action: { verb: "convert_table", table: "main.a" }, title: "Convert a", statements: [] }], () => 400, () => 0);
}

describe("the pace of a run", () => {
  it("is measured over a second at the least, and never below nothing", () => {
    const run = live();
    for (const [done, elapsed] of [[0, 0], [50, 0.5], [100, 1], [100, 2], [90, 3], [390, 5]] as const) run.take(progress(done, elapsed));
    expect(run.pace).toEqual([100, 0, 0, 150]);
  });

  it("is told to listeners in quarters", () => {
    const run = live();
    run.take(progress(99, 1));
    expect(run.quarter).toBe(0);
    run.take(progress(399, 2));
    expect(run.quarter).toBe(75);
  });

  it("rests when the engine says so, and not before", () => {
    const run = live();
    run.rest = "asked";
    run.take(progress(10, 1));
    expect(run.rest).toBe("asked");
    run.take({ event: "paused", paused: true });
    expect(run.rest).toBe("yes");
    run.take({ event: "paused", paused: false });
    expect(run.rest).toBe("no");
  });
});

describe("statements", () => {
  const weight = (reach: Weight["reach"], reversal: Weight["reversal"], lock = ""): Weight => ({ reach, reversal, lock });

  it("are summed up by the heaviest lock and the hardest way back", () => {
    expect(heaviest([])).toBeNull();
    const many = [weight("nobody", "never"), weight("everybody", "nothing", "ACCESS EXCLUSIVE"), weight("writers", "removed", "SHARE")];
    expect(heaviest(many)).toEqual(weight("everybody", "never", "ACCESS EXCLUSIVE"));
  });

  it("stand in the plan with their tags", async () => {
    await openWindow({ at: "plan", db: "postgres" });
    await seen("plan-result");
    expect(id("plan-refused").textContent).toContain("RK-112");
    screen.getByRole("tab", { name: /^Steps/ }).click();
    await screen.findByText("Convert orders");
    expect(screen.getAllByText("Everybody waits").length).toBeGreaterThan(0);
    expect(screen.getAllByText("ACCESS EXCLUSIVE").length).toBeGreaterThan(0);
    await expectAccessible();
  });

  it("follow the kind of id and how it is stored", async () => {
    const { user, host } = await openWindow({ at: "plan", db: "mysql" });
    await seen("plan-result");
    await user.click(id("plan-uuid-v4"));
    await user.click(id("plan-storage-binary16"));
    await user.click(id("plan-make"));
    expect(host.calls.filter((call) => call === "plan_make").length).toBe(2);
  });
});

const RUNS: RunSummary[] = (["converted", "started", "undoing"] as const).map((state) => ({
  run: state,
  database: "shop",
  place: "db.example.org:5432/shop",
  state,
  started: "2026-11-20T16:02:11Z",
  finished: null,
  undone: null,
  plan_fingerprint: "9c1f",
  seconds: 0,
  undo_seconds: null,
  started_by: null,
  at_work: false,
}));

describe("a run that stopped", () => {
  it("is opened without typing where the password is kept", () => {
    expect(unfinished(RUNS).map(({ run }) => run)).toEqual(["started", "undoing"]);
    const form = { engine: "postgres", host: "db.example.org", port: 5432, user: "ann", database: "shop", tls: "prefer", certificates: { authority: "", client: "", key: "" }, ssh: { destination: "", config: "" }, path: "", name: "Shop", environment: "dev", remember: true } as const;
    const saved: SavedConnection = { id: "c1", name: "Shop", environment: "dev", address: "", form, password_saved: true };
    const run = RUNS[1] as RunSummary;
    expect(openingOf(run, [saved])).toEqual({ form, password: { from: "keyring", connection: "c1" } });
    expect(openingOf(run, [{ ...saved, password_saved: false }])).toBeNull();
    expect(openingOf({ ...run, place: "/data/shop.db" }, [])?.form.path).toBe("/data/shop.db");
  });

  it("counts as at work only while it is", () => {
    const [, run, undo] = RUNS as [RunSummary, RunSummary, RunSummary];
    expect([run, undo].map(stateWord)).toEqual(["Stopped", "Undo stopped"]);
    expect([run, undo].map((one) => stateWord({ ...one, at_work: true }))).toEqual(["At work", "At work"]);
    expect(unfinished(RUNS.map((one) => ({ ...one, at_work: true })))).toEqual([]);
  });

  it.each([
    ["stopped", "Stopped"],
    ["stopped-undo", "Undo stopped"],
  ] as const)("is called so in the lists: %s", async (scenario, word) => {
    const { user } = await openWindow({ db: "postgres", scenario });
    expect((await seen("welcome-run-z1b2c3d4e5")).textContent).toContain(word);
    await user.click(id("history"));
    const row = (await seen("history-z1b2c3d4e5")).closest("tr");
    expect(row?.textContent).toContain(word);
    expect(document.body.textContent).not.toContain("At work");
  });

  it("is gone on with from Welcome in two clicks and a confirmation", async () => {
    const { user, host } = await openWindow({ at: "migrate", db: "mysql", scenario: "stopped" });
    await arrived("migrate");
    expect(id("resume-card").dataset["kind"]).toBe("run");
    await expectAccessible();
    await user.click(id("stopped-resume"));
    await user.type(id("danger-typed"), "shop_prod");
    await user.click(id("danger-confirm"));
    await seen("migrate-done");
    expect(host.calls).toContain("run_resume shop_prod");
    expect(screen.queryByTestId("resume-card")).toBeNull();
  });

  it("is taken back whole", async () => {
    const { user, host } = await openWindow({ at: "migrate", db: "mysql", scenario: "stopped" });
    await arrived("migrate");
    await user.click(id("stopped-abandon"));
    await user.type(id("danger-typed"), "shop_prod");
    await user.click(id("danger-confirm"));
    await seen("migrate-back");
    expect(host.calls).toContain("run_abandon shop_prod");
  });

  it("needs nothing where the server took it back", async () => {
    await openWindow({ at: "migrate", db: "postgres", scenario: "taken-back" });
    await arrived("migrate");
    expect(id("resume-card").dataset["kind"]).toBe("gone");
    expect(screen.queryByTestId("stopped-resume")).toBeNull();
    await expectAccessible();
  });
});

describe("a run at work", () => {
  it("rests after a batch where rows are copied in batches, and goes on", async () => {
    const { user, host } = await openWindow({ at: "migrate", db: "mysql", scenario: "paused" });
    await user.click(await seen("migrate-start"));
    await user.type(id("danger-typed"), "shop_prod");
    await user.click(id("danger-confirm"));
    await seen("migrate-paused");
    await expectAccessible();
    await user.click(id("migrate-pause"));
    expect(host.calls).toContain("migrate_pause false");
  });

  it("says that there is no pause where all is one transaction", async () => {
    const { user } = await openWindow({ at: "migrate", db: "postgres", scenario: "running" });
    await user.click(await seen("migrate-start"));
    await user.type(id("danger-typed"), "shop_prod");
    await user.click(id("danger-confirm"));
    await seen("no-pause");
    expect(screen.queryByTestId("migrate-pause")).toBeNull();
  });

  it("names whoever holds the tables", async () => {
    const { user } = await openWindow({ at: "migrate", db: "postgres", scenario: "waiting" });
    await user.click(await seen("migrate-start"));
    await user.type(id("danger-typed"), "shop_prod");
    await user.click(id("danger-confirm"));
    expect((await seen("migrate-waiting")).querySelector("h2")?.textContent).toContain("puma: shop [app-2]");
  });
});

describe("what is kept of a run", () => {
  it("is drawn, and told in words beside", async () => {
    await openWindow({ at: "report", db: "postgres" });
    const timeline = await seen("timeline");
    expect(timeline.querySelector("svg")?.getAttribute("aria-label")).toMatch(/^\d+ steps in .* The longest was “Convert order_items”/);
    expect(id("sizes").querySelectorAll("tbody tr").length).toBeGreaterThan(10);
    await expectAccessible();
  });

  it("has three ways back, with the rows that were written since", async () => {
    const { user, host } = await openWindow({ at: "report", db: "postgres" });
    await seen("going-back");
    await waitFor(() => expect((id("rows-since") as HTMLButtonElement).disabled).toBe(false));
    expect(host.calls.filter((call) => call === "going_back").length).toBe(1);
    await user.click(id("rows-since"));
    expect((await seen("since")).textContent).toContain("43 rows were written since");
    expect(id("way-restore").textContent).toContain("The 43 rows written since");
    await user.click(id("run-keep"));
    expect((id("danger-confirm") as HTMLButtonElement).disabled).toBe(true);
    await user.type(id("danger-typed"), "shop_prod");
    await user.click(id("danger-confirm"));
    expect(host.calls).toContain("run_keep shop_prod");
    await screen.findAllByText("This run was finished: its map is gone, and with it the undo.");
    expect((id("undo") as HTMLButtonElement).disabled).toBe(true);
    await expectAccessible();
  });

  it("says why a way is closed", async () => {
    await openWindow({ at: "report", db: "postgres", scenario: "no-way-back" });
    await screen.findByText("This run began without a backup of Rekey's.");
    expect((id("way-restore-open") as HTMLButtonElement).disabled).toBe(true);
  });

  it("is found in the history", async () => {
    const { user, host } = await openWindow();
    await user.click(await seen("history"));
    expect((await seen("history-table")).querySelectorAll("tbody tr").length).toBe(3);
    await expectAccessible();
    await user.click(id("history-p81mzk2w4d"));
    await arrived("report");
    expect(host.calls).toContain("run_open p81mzk2w4d");
  });
});

describe("rows side by side", () => {
  it("are fetched when somebody asks, and not before", async () => {
    const { user, host } = await openWindow({ at: "validate", db: "postgres" });
    await user.click(id("rail-validate"));
    await seen("sample");
    expect(host.calls.some((call) => call.startsWith("sample"))).toBe(false);
    await user.click(id("sample-show"));
    expect((await seen("sample-rows")).querySelectorAll("tbody tr").length).toBe(20);
    expect(id("sample-rows").textContent).toContain("new row");
    await expectAccessible();
    await user.click(id("sample-hide"));
    expect(screen.queryByTestId("sample-rows")).toBeNull();
  });

  it("are of the tables that the proofs name, where the plan is not at hand", () => {
    const proof = { id: "rows public.orders", title: "", passed: true, expected: "", found: "", sql: "" };
    expect(sampled([], [proof, { ...proof, id: "references public.a.b" }])).toEqual([{ schema: "public", table: "orders" }]);
  });
});
