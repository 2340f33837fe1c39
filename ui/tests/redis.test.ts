import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";

import type { Written } from "../src/generated/Written";
import { choiceFor, ruleText, withChoice, withProposals } from "../src/steps/redis/rules";
import { arrived, expectAccessible, id, openWindow, seen } from "./support";

const SERVER = "redis://cache.example.org:6379/0";

describe("Rules for templates", () => {
  const names = (text: string): Written => ({ kind: "names", text });

  it("have the column where the id stands, and {any} for what no rule can tell", () => {
    expect(ruleText("s:{token}:{int}:{int}", [null, "main.users.id", null])).toBe("s:{any}:{main.users.id}:{int}");
    expect(ruleText("{user:{int}}:x", ["main.users.id"])).toBe("{user:{main.users.id}}:x");
  });

  it("are found again for their template and for no other", () => {
    const rules = [names("cart:{main.users.id}:item:{int}"), { kind: "delete", text: "cache:{int}" } as Written];
    expect(choiceFor(rules, "cart:{int}:item:{int}")).toEqual({ kind: "names", columns: ["main.users.id", null] });
    expect(choiceFor(rules, "cache:{int}")).toEqual({ kind: "delete", columns: [null] });
    expect(choiceFor(rules, "cart:{int}")).toBeNull();
    expect(choiceFor([{ kind: "members", text: "cache:{int}" }], "cache:{int}")).toBeNull();
  });

  it("take the place of what was chosen before, and go where nothing is chosen", () => {
    const rules = [names("a:{main.a.id}"), names("b:{main.b.id}")];
    expect(withChoice(rules, "a:{int}", { kind: "delete", columns: [] })).toEqual([{ kind: "delete", text: "a:{int}" }, names("b:{main.b.id}")]);
    expect(withChoice(rules, "a:{int}", { kind: "names", columns: [null] })).toEqual([names("b:{main.b.id}")]);
  });

  it("are proposed where nobody has chosen yet", () => {
    const slot = (proposed: string | null) => ({ segment: "{int}", looked: 1, candidates: [], proposed });
    const proposals = [
      { template: "a:{int}", slots: [slot("main.a.id")] },
      { template: "b:{int}", slots: [slot("main.b.id")] },
      { template: "c:{int}", slots: [slot(null)] },
    ];
    const own = [{ kind: "delete", text: "a:{int}" } as Written];
    expect(withProposals(own, proposals)).toEqual([...own, names("b:{main.b.id}")]);
  });
});

describe("Redis on Plan", () => {
  it("takes one line until somebody has use for it", async () => {
    const { user } = await openPlan();
    expect(id("redis-optional")).toHaveProperty("open", false);
    await user.click(within(id("redis-optional")).getByText("Redis, if your application keeps ids there"));
    expect(screen.getByLabelText("Address")).toBeTruthy();
    await expectAccessible();
  });

  it("connects by keyboard, and no password stays in the page", async () => {
    const { user, host } = await openPlan();
    await user.click(within(id("redis-optional")).getByText(/^Redis, if/));
    await user.type(id("redis-address"), "{Enter}");
    expect(id("redis-address").getAttribute("aria-invalid")).toBe("true");
    await user.type(id("redis-address"), "redis://ann:canary-3f9c@nowhere.example.org:6379/0{Enter}");
    expect((await seen("error-panel")).dataset["code"]).toBe("RK-R04");
    expect(id("redis-address")).toHaveProperty("value", "redis://ann@nowhere.example.org:6379/0");
    expect(document.body.innerHTML).not.toContain("canary-3f9c");
    await user.clear(id("redis-address"));
    await user.type(id("redis-address"), `${SERVER}{Tab}canary-3f9c{Enter}`);
    expect((await seen("redis-server")).textContent).toContain("48,310 keys");
    expect(host.calls).toContain(`redis_connect ${SERVER} typed`);
    expect(document.body.innerHTML).not.toContain("canary-3f9c");
    expect(screen.getByText(/can be read on its way/)).toBeTruthy();
    await expectAccessible();
  });

  it("proposes whose ids they are, lets people decide, and keeps the rules", async () => {
    const { user, host } = await openPlan("redis");
    await user.click(await seen("redis-scan"));
    await waitFor(() => expect(id("redis-scanned").textContent?.trim()).toBe("All 48,310 keys looked at"));
    const sessions = screen.getByRole("combobox", { name: "Ids at {int} in customer_sessions:{int}" });
    const column = (sessions as HTMLSelectElement).value;
    expect(column).toMatch(/^public\./);
    expect(screen.getByText("20 of 20 ids seen there are known")).toBeTruthy();
    await user.selectOptions(screen.getByRole("combobox", { name: "Ids at place 2, {int}, in cart:{int}:item:{int}" }), column);
    await user.selectOptions(screen.getByRole("combobox", { name: "Ids at {int} in cache:user:{int}" }), "Remove these keys");
    await user.click(screen.getByText("Add a rule by hand"));
    await user.selectOptions(id("redis-kind"), "Members of sets");
    await user.type(id("redis-rule"), `online={{${column}}{Enter}`);
    expect(id("redis-kept").textContent).toBe("Not kept yet.");
    await expectAccessible();
    await user.click(id("redis-keep"));
    await waitFor(() => expect(id("redis-kept").textContent).toBe("4 rules are kept for this database."));
    expect(host.calls).toContain(
      `redis_rules_keep names customer_sessions:{${column}} | names cart:{int}:item:{${column}} | delete cache:user:{int} | members online={${column}}`,
    );
    await user.click(screen.getByRole("button", { name: `Take away the rule online={${column}}` }));
    expect(id("redis-kept").textContent).toBe("Not kept yet.");
  });

  it("says why a rule cannot be used", async () => {
    const { user } = await openPlan("redis");
    await user.click(await screen.findByText("Add a rule by hand"));
    await user.type(id("redis-rule"), "online={{public.nothing.id}{Enter}");
    await user.click(id("redis-keep"));
    expect((await seen("error-panel")).dataset["code"]).toBe("RK-R02");
  });
});

describe("Redis on the checklist", () => {
  it("is not spoken of where nobody has use for it", async () => {
    const { host } = await openWindow({ at: "checklist", db: "postgres" });
    await waitFor(() => expect(host.calls).toContain("redis_view"));
    expect(screen.queryByTestId("redis-pending")).toBeNull();
  });

  it("is a line that says what comes after the run", async () => {
    await openWindow({ at: "checklist", db: "postgres", scenario: "redis" });
    expect((await seen("redis-pending")).textContent).toContain(`1 rule is kept for ${SERVER}`);
    await expectAccessible();
  });
});

describe("Redis after the run", () => {
  it("looks first, rewrites after a question, and takes it back", async () => {
    const { user, host } = await openAfterRun();
    expect(await seen("redis-rewrite")).toHaveProperty("disabled", true);
    await user.click(id("redis-foresee"));
    const foreseen = await seen("redis-foreseen");
    expect(foreseen.textContent).toContain("Would be rewritten");
    expect(within(foreseen).getByText("customer_sessions:42")).toBeTruthy();
    expect(id("redis-unmapped").textContent).toContain("customer_sessions:990001");
    expect(id("redis-conflicts").textContent).toContain("customer_sessions:3 →");
    await expectAccessible();
    await user.click(id("redis-rewrite"));
    const dialog = screen.getByRole("alertdialog", { name: `Rewrite ids in ${SERVER}` });
    expect(dialog.textContent).toContain("31,017 names and values");
    await waitFor(() => expect(document.activeElement).toBe(id("danger-cancel")));
    expect(id("danger-confirm")).toHaveProperty("disabled", true);
    await user.type(id("danger-typed"), SERVER);
    await user.click(id("danger-confirm"));
    expect((await seen("redis-done")).textContent).toContain("Ids in Redis are rewritten");
    expect(host.calls).toContain(`redis_rewrite report ${SERVER}`);
    expect(screen.queryByTestId("redis-foreseen")).toBeNull();
    await expectAccessible();
    await user.click(id("redis-foresee"));
    await seen("redis-foreseen");
    await expectAccessible();
    await user.click(id("redis-undo"));
    await user.type(await seen("danger-typed"), SERVER);
    await user.click(id("danger-confirm"));
    await seen("redis-undone");
    expect(host.calls).toContain(`redis_undo report ${SERVER}`);
    await waitFor(() => expect(screen.queryByTestId("redis-undo")).toBeNull());
  });

  it("wants to be looked at again once a rule has changed", async () => {
    const { user } = await openAfterRun();
    await user.click(await seen("redis-foresee"));
    await seen("redis-foreseen");
    await user.click(screen.getByText("Keys and rules"));
    await user.click(screen.getByRole("button", { name: /^Take away the rule/ }));
    expect(screen.queryByTestId("redis-foreseen")).toBeNull();
    expect(id("redis-rewrite")).toHaveProperty("disabled", true);
    expect(id("redis-foresee")).toHaveProperty("disabled", true);
  });

  it("shows how far it is, can be stopped, and says what stays", async () => {
    const { user, host } = await openAfterRun("redis-running");
    await user.click(await seen("redis-foresee"));
    await seen("redis-foreseen");
    await user.click(id("redis-rewrite"));
    await user.type(await seen("danger-typed"), SERVER);
    await user.click(id("danger-confirm"));
    await waitFor(() => expect(screen.getByRole("progressbar", { name: "Rewriting ids in Redis" }).getAttribute("aria-valuenow")).toBe("50"));
    await expectAccessible();
    await user.click(id("redis-cancel"));
    await user.click(await seen("danger-confirm"));
    const panel = await seen("error-panel");
    expect(panel.dataset["code"]).toBe("RK-R07");
    expect(panel.textContent).toContain("goes on from there");
    expect(host.calls).toContain("migrate_cancel");
  });

  it("removes keys by a pattern under the typed name alone", async () => {
    const { user, host } = await openAfterRun();
    await user.click(await screen.findByText("Remove keys by a pattern"));
    await user.type(id("redis-pattern"), "cache:*{Enter}");
    expect((await seen("redis-matched")).textContent).toBe("1,204 keys have such a name.");
    await user.click(id("redis-remove"));
    expect(id("danger-confirm")).toHaveProperty("disabled", true);
    await user.type(id("danger-typed"), SERVER);
    await user.click(id("danger-confirm"));
    await seen("redis-removed");
    expect(host.calls).toContain(`redis_remove report cache:* ${SERVER}`);
  });

  it("tells how far the removing is, and can be stopped", async () => {
    const { user, host } = await openAfterRun("redis-removing");
    await user.click(await screen.findByText("Remove keys by a pattern"));
    await user.type(id("redis-pattern"), "cache:*{Enter}");
    await user.click(await seen("redis-remove"));
    await user.type(id("danger-typed"), SERVER);
    await user.click(id("danger-confirm"));
    expect((await within(id("redis-remove-keys")).findByTestId("redis-live")).textContent).toContain("Removing the keys");
    expect(screen.getAllByTestId("redis-live")).toHaveLength(1);
    await user.click(id("redis-cancel"));
    expect(screen.getByRole("alertdialog", { name: "Stop the work in Redis" }).textContent).toContain("What is gone by then stays gone");
    await user.click(id("danger-confirm"));
    await waitFor(() => expect(host.calls).toContain("migrate_cancel"));
    expect(await within(id("redis-remove-keys")).findByTestId("error-panel")).toBeTruthy();
    expect(screen.queryByTestId("redis-removed")).toBeNull();
    await expectAccessible();
  });

  it("is on Migrate as well", async () => {
    const { user } = await openAfterRun();
    await user.click(id("rail-migrate"));
    await arrived("migrate");
    await user.click(await seen("redis-foresee"));
    await seen("redis-foreseen");
    expect(screen.queryByText("Ready to convert")).toBeNull();
    expect(id("migrate-done")).toBeTruthy();
  });
});

async function openPlan(scenario: "plain" | "redis" = "plain"): ReturnType<typeof openWindow> {
  const opened = await openWindow({ at: "checklist", db: "postgres", scenario });
  await arrived("checklist");
  await opened.user.click(id("rail-plan"));
  await arrived("plan");
  await seen(scenario === "plain" ? "redis-optional" : "redis-server");
  return opened;
}

async function openAfterRun(scenario: "redis" | "redis-running" | "redis-removing" = "redis"): ReturnType<typeof openWindow> {
  const opened = await openWindow({ at: "report", db: "postgres", scenario });
  await arrived("report");
  await seen("redis-server");
  return opened;
}
