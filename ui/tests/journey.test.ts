import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";

import type { Stage } from "../src/generated/Stage";
import { arrived, expectAccessible, id, openWindow, seen } from "./support";

const enabled = (testid: string): Promise<void> => waitFor(() => expect(id(testid)).toHaveProperty("disabled", false));

describe("the sample", () => {
  it("goes from Welcome to the report in at most 12 clicks", async () => {
    const { user, host } = await openWindow();
    let clicks = 0;
    const click = async (testid: string): Promise<void> => {
      clicks += 1;
      await user.click(await seen(testid));
    };
    const next = async (stage: Stage): Promise<void> => {
      await enabled("next");
      await click("next");
      await arrived(stage);
    };
    await click("welcome-sample");
    await arrived("inspect");
    await next("plan");
    await next("checklist");
    await next("backup");
    await click("backup-make");
    await next("rehearse");
    await click("rehearse-start");
    expect((await seen("rehearse-outcome")).dataset["good"]).toBe("true");
    await next("migrate");
    await click("migrate-start");
    await click("danger-confirm");
    await seen("migrate-done");
    await next("validate");
    await next("report");
    expect((await seen("report-outcome")).dataset["good"]).toBe("true");
    expect(id("report-path").textContent).toContain(".html");
    expect(clicks).toBeLessThanOrEqual(12);
    await click("report-open");
    expect(host.calls).toContain("report_open");
  });
});

describe("every step", () => {
  const stages: [Stage, string][] = [
    ["welcome", "welcome-sample"],
    ["connect", "connect-url"],
    ["inspect", "inspect-summary"],
    ["plan", "plan-result"],
    ["checklist", "checklist-outcome"],
    ["backup", "backup-make"],
    ["rehearse", "rehearse-start"],
    ["migrate", "migrate-start"],
    ["validate", "validate-outcome"],
    ["report", "report-path"],
  ];

  it.each(stages)("%s has a title, a focused heading and no violation", async (stage, testid) => {
    const { user } = await openWindow(stage === "welcome" || stage === "connect" ? {} : { at: stage === "report" ? "report" : stage });
    if (id("stage").dataset["stage"] !== stage) await user.click(id(`rail-${stage}`));
    await arrived(stage);
    await seen(testid);
    const number = stages.findIndex(([name]) => name === stage) + 1;
    expect(document.title).toMatch(new RegExp(`^Step ${number} of 10, ${stage} - Rekey$`, "i"));
    expect(screen.getAllByRole("main")).toHaveLength(1);
    expect(screen.getAllByRole("heading", { level: 1 })).toHaveLength(1);
    await expectAccessible();
  });

  it("moves the focus to its heading and says where one is", async () => {
    const { user } = await openWindow();
    await user.click(id("next"));
    await arrived("connect");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("heading", { level: 1 })));
    expect(id("announcement").textContent).toBe("Step 2 of 10: Connect");
  });

  it("says why the next one is closed", async () => {
    const { user } = await openWindow();
    await user.click(id("next"));
    await arrived("connect");
    expect(id("next")).toHaveProperty("disabled", true);
    expect(id("next-reason").textContent).toContain("Connect to a database first.");
    expect(id("rail-report").getAttribute("aria-disabled")).toBe("true");
    await user.click(id("rail-report"));
    await arrived("connect");
  });
});

describe("Welcome", () => {
  it("opens a run of the past", async () => {
    const { user, host } = await openWindow();
    await user.click(id("welcome-run-k3v9x0a7bq"));
    await arrived("report");
    expect(host.calls).toContain("run_open k3v9x0a7bq");
  });
});

describe("Inspect", () => {
  it("searches and sorts the tables", async () => {
    const { user } = await openWindow({ at: "inspect", db: "postgres" });
    const tables = within(await seen("inspect-tables"));
    const first = (): string => tables.getAllByRole("rowheader")[0]?.textContent?.trim() ?? "";
    expect(first()).toBe("public.addresses");
    await user.click(tables.getByRole("button", { name: "Rows" }));
    expect(first()).toBe("public.order_items");
    expect(tables.getByRole("columnheader", { name: "Rows" }).getAttribute("aria-sort")).toBe("descending");
    await user.type(tables.getByRole("searchbox"), "audit");
    expect(tables.getAllByRole("rowheader")).toHaveLength(1);
    expect(screen.getByText("Cannot convert", { selector: ".chip" })).toBeTruthy();
  });

  it("shows the members and findings of a key", async () => {
    const { user } = await openWindow({ at: "inspect", db: "postgres" });
    await user.click(await seen("tab-keys"));
    await user.click(id("key-public.audit_log.id"));
    expect(await screen.findByText("public.audit_log.details")).toBeTruthy();
    expect(screen.getByText("RK-112")).toBeTruthy();
    await expectAccessible();
  });

  it("shows a failure with its remedy and tries again", async () => {
    const { user, host } = await openWindow({ at: "inspect", scenario: "inspect-fails" });
    const panel = within(await seen("error-panel"));
    for (const part of ["Why", "What to do", "State of your data", "Nothing was changed."]) expect(panel.getByText(part)).toBeTruthy();
    await user.click(panel.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(host.calls.filter((call) => call === "inspect").length).toBe(2));
    await expectAccessible();
  });
});

describe("Plan", () => {
  it("waits for answers, takes them and shows every statement", async () => {
    const { user } = await openWindow({ at: "inspect", db: "postgres" });
    await enabled("next");
    await user.click(id("next"));
    await seen("plan-questions");
    expect(id("next-reason").textContent).toContain("waits for your answer");
    await user.click(screen.getByRole("radio", { name: /^leave/ }));
    await user.click(id("plan-answer"));
    await enabled("next");
    await user.click(id("tab-script"));
    expect(screen.getByRole("region", { name: "The whole script" }).textContent).toContain("BEGIN;");
    expect(screen.getByText("RK-112")).toBeTruthy();
    await expectAccessible();
  });

  it("takes a choice that need not be made, and lists it among the questions then", async () => {
    const { user } = await openWindow({ at: "plan", db: "postgres" });
    await seen("plan-result");
    const create = "answer-RK-139 reference public.payments.payments_invoice_id_fkey-create";
    await user.click(id("tab-findings"));
    expect(within(id("plan-questions")).queryByTestId(create)).toBeNull();
    expect(id(create)).toHaveProperty("checked", false);
    await expectAccessible();
    await user.click(id(create));
    expect(screen.getByText(/The choices changed/)).toBeTruthy();
    await user.click(id("plan-make"));
    await waitFor(() => expect(within(id("plan-questions")).getByTestId(create)).toHaveProperty("checked", true));
    expect(screen.getAllByTestId(create)).toHaveLength(1);
  });

  it("converts only what is chosen, and says so while the plan is of before", async () => {
    const { user } = await openWindow({ at: "plan" });
    await seen("plan-result");
    await user.click(id("plan-some"));
    await user.click(screen.getByRole("checkbox", { name: /categories\.id/ }));
    expect(screen.getByText(/The choices changed/)).toBeTruthy();
    await user.click(id("plan-make"));
    await waitFor(() => expect(screen.queryByText(/The choices changed/)).toBeNull());
    await user.click(id("plan-save-sql"));
    expect(await screen.findByText(/Saved to .*\.sql/)).toBeTruthy();
  });
});

describe("Checklist", () => {
  it("keeps the next step closed while something blocks", async () => {
    await openWindow({ at: "checklist", db: "postgres", scenario: "blocked" });
    expect((await seen("checklist-outcome")).textContent).toContain("2 points stand in the way.");
    expect(id("next")).toHaveProperty("disabled", true);
    await expectAccessible();
  });
});

describe("Migrate", () => {
  const start = async (scenario: "plain" | "running" | "waiting" | "run-fails" | "lock-gives-up" | "unclear"): ReturnType<typeof openWindow> => {
    const opened = await openWindow({ at: "migrate", db: "postgres", scenario });
    await enabledStart();
    await opened.user.click(id("migrate-start"));
    await opened.user.type(await seen("danger-typed"), "shop_prod");
    await opened.user.click(id("danger-confirm"));
    return opened;
  };
  const enabledStart = async (): Promise<void> => {
    await seen("migrate-start");
    await enabled("migrate-start");
  };

  it("asks for the name of a production database, with Cancel in focus", async () => {
    const { user, host } = await openWindow({ at: "migrate", db: "postgres" });
    await enabledStart();
    await user.click(id("migrate-start"));
    const dialog = screen.getByRole("alertdialog");
    expect(within(dialog).getByRole("heading", { name: "Migrate shop_prod" })).toBeTruthy();
    expect(document.activeElement).toBe(id("danger-cancel"));
    expect(id("danger-confirm")).toHaveProperty("disabled", true);
    await user.type(id("danger-typed"), "shop");
    expect(id("danger-confirm")).toHaveProperty("disabled", true);
    await expectAccessible();
    await user.click(id("danger-cancel"));
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    expect(host.calls.some((call) => call.startsWith("migrate "))).toBe(false);
  });

  it("shows progress that a screen reader can follow, and nothing else opens meanwhile", async () => {
    const { host } = await start("running");
    await waitFor(() => expect(screen.getByRole("progressbar", { name: "All rows" }).getAttribute("aria-valuetext")).toMatch(/of 5,182,729 rows/));
    expect(host.calls).toContain("migrate shop_prod");
    expect(id("next")).toHaveProperty("disabled", true);
    expect(screen.getByRole("progressbar", { name: "Rows of public.addresses" }).getAttribute("aria-valuenow")).toBe("100");
    await expectAccessible();
  });

  it("names who holds the locks it waits for", async () => {
    await start("waiting");
    const panel = await seen("migrate-waiting");
    for (const part of ["4312", "web", "puma: shop", "FOR UPDATE"]) expect(panel.textContent).toContain(part);
    await expectAccessible();
  });

  it.each([
    ["run-fails", "RK-E32", "taken back whole"],
    ["lock-gives-up", "RK-E21", "taken back whole"],
    ["unclear", "RK-E10", "never half"],
  ] as const)("tells what happened and where the data is (%s)", async (scenario, code, state) => {
    await start(scenario);
    expect((await seen("error-panel")).dataset["code"]).toBe(code);
    expect(id("error-state").textContent).toContain(state);
    expect(id("migrate-start").textContent).toContain("Start again");
    await expectAccessible();
  });

  it("cancels after asking", async () => {
    const { user, host } = await openWindow({ at: "migrate", tick: 20 });
    await enabledStart();
    await user.click(id("migrate-start"));
    await user.click(await seen("danger-confirm"));
    await user.click(await seen("migrate-cancel"));
    await user.click(await seen("danger-confirm"));
    await waitFor(() => expect(host.calls).toContain("migrate_cancel"));
    expect((await seen("error-panel")).dataset["code"]).toBe("RK-E31");
  });
});

describe("Validate", () => {
  it("puts the proof that did not hold first, open, with both values", async () => {
    const { user } = await openWindow({ at: "validate", db: "postgres", scenario: "proof-fails" });
    await user.click(id("rail-validate"));
    expect((await seen("validate-outcome")).dataset["good"]).toBe("false");
    const open = document.querySelector("li.failed details[open]");
    expect(open?.textContent).toContain("412303");
    await expectAccessible();
  });
});

describe("Report", () => {
  it("undoes after asking, and shows that it did", async () => {
    const { user, host } = await openWindow({ at: "report", tick: 0 });
    await seen("report-path");
    await user.click(id("undo"));
    await user.click(await seen("danger-confirm"));
    await seen("undo-done");
    expect(host.calls).toContain("undo sample.db");
    expect(id("report-outcome").textContent).toContain("undone");
    expect(id("undo")).toHaveProperty("disabled", true);
    await expectAccessible();
  });

  it("shows what an undo sends besides the plan where ids stand in Redis", async () => {
    await openWindow({ at: "report", scenario: "redis-stands" });
    expect((await seen("undo-beside")).textContent).toContain("_rekey_redis_k3v9x0a7bq_0");
    await expectAccessible();
  });

  it("shows no more than the plan where none do", async () => {
    await openWindow({ at: "report" });
    await seen("report-path");
    expect(screen.queryByTestId("undo-beside")).toBeNull();
  });

  it("shows that an undo failed and that the conversion stands", async () => {
    const { user } = await openWindow({ at: "report", scenario: "undo-fails" });
    await seen("report-path");
    await user.click(id("undo"));
    await user.click(await seen("danger-confirm"));
    expect((await seen("error-panel")).dataset["code"]).toBe("RK-E21");
    expect(id("report-outcome").dataset["good"]).toBe("true");
  });

  it("returns to the start when finished", async () => {
    const { user, host } = await openWindow({ at: "report" });
    await seen("report-path");
    await user.click(id("finish"));
    await arrived("welcome");
    expect(host.calls).toContain("session_close");
  });
});
