// The checklist as a person reads it: the grade, what was measured, and a second look at one.

import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";

import { expectAccessible, id, openWindow, seen } from "./support";

function group(name: string): HTMLDetailsElement {
  const found = id("checks").querySelector<HTMLDetailsElement>(`details[data-group="${name}"]`);
  if (!found) throw new Error(`no group ${name}`);
  return found;
}

describe("the checklist", () => {
  it("tells all that was looked at, group by group, and opens what has remarks", async () => {
    await openWindow({ at: "checklist", db: "postgres" });
    await seen("checks");
    expect(id("checks").querySelectorAll("details")).toHaveLength(6);
    expect(group("traffic").open).toBe(true);
    expect(group("tools").open).toBe(false);
    expect(group("tools").textContent).toContain("1 looked at, nothing to remark");
    const sessions = within(group("traffic")).getByText("Other programs that are connected").closest("li");
    expect(sessions?.dataset["outcome"]).toBe("warning");
    expect(sessions?.textContent).toContain("4 sessions: puma (3), psql (1)");
    expect(sessions?.textContent).toContain("A run needs the tables for itself.");
    await expectAccessible();
  });

  it("is graded, with the standstill and the decisions", async () => {
    await openWindow({ at: "checklist", db: "postgres", scenario: "blocked" });
    const grade = await seen("grade");
    expect(grade.dataset["letter"]).toBe("C");
    expect(grade.textContent).toContain("About 4 minutes");
    expect(grade.textContent).toContain("Decisions, none of them open");
    expect(id("checks").querySelectorAll('li[data-outcome="blocking"]')).toHaveLength(2);
  });

  it("looks again at one check by keyboard, and what was opened stays open", async () => {
    const { user, host } = await openWindow({ at: "checklist", db: "postgres" });
    await seen("checks");
    const tools = group("tools").querySelector("summary");
    if (!tools) throw new Error("no summary");
    await user.click(tools);
    const again = screen.getByRole("button", { name: "Look again: Earlier runs", hidden: true });
    again.focus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(host.lookedAgain).toEqual(["earlier_run"]));
    await waitFor(() => expect(id("checklist-outcome").textContent).toContain("9:15"));
    expect(group("tools").open).toBe(true);
  });

  it("has an inventory without names to copy", async () => {
    await openWindow({ at: "checklist", db: "sqlite" });
    const grade = await seen("grade");
    expect(within(grade).getByRole("button", { name: "Copy the inventory" })).toBeTruthy();
  });
});
