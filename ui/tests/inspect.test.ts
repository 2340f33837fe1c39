// Inspect over the scripted host: tables, map, and references that nobody declared.

import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";

import { arrived, expectAccessible, id, openWindow, seen } from "./support";

const LEAVE = "answer-inferred public.audit_log.actor_id-leave";
const INCLUDE = "answer-inferred public.audit_log.actor_id-include";
const IGNORE = "answer-inferred public.audit_log.actor_id-ignore";

describe("the tables", () => {
  it("say why each verdict is what it is", async () => {
    await openWindow({ at: "inspect", db: "postgres" });
    const reason = async (table: string): Promise<string> => {
      const name = within(await seen("inspect-tables")).getByRole("rowheader", { name: table });
      return name.closest("tr")?.querySelector("td")?.textContent?.replace(/\s+/g, " ").trim() ?? "";
    };
    expect(await reason("public.audit_log")).toBe("Cannot convert A generated column is computed from the key.");
    expect(await reason("public.users")).toContain("Needs a decision By name and type the column looks like a reference");
    expect(await reason("public.order_items")).toBe("No integer key Its key holds values of public.orders.id and changes with it.");
    expect(await reason("public.schema_migrations")).toBe("No integer key It has no primary key.");
    expect(await reason("public.orders")).toBe("Can convert");
    await expectAccessible();
  });

  it("stand page by page where there are a thousand, and tell how many there are", async () => {
    const { user } = await openWindow({ at: "inspect", db: "postgres", scenario: "wide" });
    const tables = within(await seen("inspect-tables"));
    const rows = (): HTMLElement[] => tables.getAllByRole("row");
    expect(rows()).toHaveLength(51);
    expect(tables.getByRole("table").getAttribute("aria-rowcount")).toBe("1001");
    expect(rows()[1]?.getAttribute("aria-rowindex")).toBe("2");
    await user.click(tables.getByTestId("page-after"));
    expect(tables.getByTestId("page-at").textContent).toBe("51 to 100 of 1,000");
    expect(rows()[1]?.getAttribute("aria-rowindex")).toBe("52");
    expect(tables.getByTestId("page-before")).toHaveProperty("disabled", false);
    await user.type(tables.getByRole("searchbox"), "web.table_12");
    expect(rows()).toHaveLength(6);
    expect(tables.queryByTestId("pager")).toBeNull();
    await user.clear(tables.getByRole("searchbox"));
    expect(tables.getByTestId("page-at").textContent).toBe("1 to 50 of 1,000");
    await expectAccessible();
  });
});

describe("the map", () => {
  it("draws the keys of the plan, and says in words what it draws", async () => {
    const { user } = await openWindow({ at: "inspect", db: "postgres" });
    await user.click(await seen("tab-map"));
    const orders = await seen("map-node-public.orders");
    await waitFor(() => expect(id("map-picture").dataset["whole"]).toBe("true"));
    expect(orders.getAttribute("aria-label")).toContain("refers to public.customers by customer_id");
    expect(id("map-told").textContent).toContain("13 tables, 14 references.");
    expect(document.querySelectorAll("[data-line]")).toHaveLength(14);
    expect(document.querySelectorAll("[data-line=inferred].inferred")).toHaveLength(1);
    expect(document.querySelectorAll(".line.circle")).toHaveLength(1);
    for (const words of ["Foreign key", "No foreign key says so", "Refers to itself, or in a circle"]) expect(screen.getByText(words)).toBeTruthy();
    await expectAccessible();
  });

  it("is walked by keyboard along its references, with one stop for Tab", async () => {
    const { user } = await openWindow({ at: "inspect", db: "postgres" });
    await user.click(await seen("tab-map"));
    const invoices = await seen("map-node-public.invoices");
    invoices.focus();
    await user.keyboard("{ArrowRight}");
    expect(document.activeElement).toBe(id("map-node-public.payments"));
    await user.keyboard("{ArrowLeft}{ArrowLeft}");
    expect(document.activeElement).toBe(id("map-node-public.orders"));
    expect(document.querySelectorAll('[data-place][tabindex="0"]')).toHaveLength(1);
    await user.keyboard("{Enter}");
    expect(id("map-node-public.orders").getAttribute("aria-pressed")).toBe("true");
    expect(id("map-facts").textContent).toContain("customer_id → public.customers.id");
    await expectAccessible();
    await user.keyboard("{Enter}");
    expect(screen.queryByTestId("map-facts")).toBeNull();
  });

  it("grows and shrinks by button and by key", async () => {
    const { user } = await openWindow({ at: "inspect", db: "postgres" });
    await user.click(await seen("tab-map"));
    const width = async (): Promise<number> => Number((await seen("map-picture")).getAttribute("width"));
    const first = await width();
    await user.click(id("map-larger"));
    await waitFor(async () => expect(await width()).toBeCloseTo(first * 1.25));
    id("map-frame").focus();
    await user.keyboard("-");
    await waitFor(async () => expect(await width()).toBeCloseTo(first));
    await fireEvent.wheel(id("map-frame"), { deltaY: -100, ctrlKey: true });
    await waitFor(async () => expect(await width()).toBeGreaterThan(first));
    await user.click(id("map-fit"));
    await waitFor(async () => expect(await width()).toBeCloseTo(first));
  });

  it("has a twin in words with the same facts", async () => {
    const { user } = await openWindow({ at: "inspect", db: "postgres" });
    await user.click(await seen("tab-map"));
    await user.click(await seen("map-as-table"));
    const table = await seen("map-table");
    expect(within(table).getAllByRole("rowheader")).toHaveLength(13);
    for (const part of ["parent_id → public.categories.id", "refers to itself", "99.8 % match", "payments_invoice_id_fkey"]) expect(table.textContent).toContain(part);
    expect(screen.queryByTestId("map-picture")).toBeNull();
    await expectAccessible();
  });

  it("draws schemas where tables are too many, and one key where it is looked for", async () => {
    const { user } = await openWindow({ at: "inspect", db: "postgres", scenario: "wide" });
    await user.click(await seen("tab-map"));
    await seen("map-node-people");
    expect(document.querySelectorAll("[data-place]")).toHaveLength(8);
    await user.click(id("map-node-web"));
    await user.click(id("map-open"));
    expect(id("map-search")).toHaveProperty("value", "web.");
    expect(screen.getByText("and 119 more")).toBeTruthy();
    await user.clear(id("map-search"));
    await user.type(id("map-search"), "people.table_000");
    await user.click(id("map-pick-people.table_000.id"));
    await seen("map-node-people.table_000");
    await waitFor(() => expect(id("map-picture").dataset["whole"]).toBe("true"));
    expect(document.querySelectorAll("[data-place]")).toHaveLength(148);
    await user.click(id("map-all"));
    await seen("map-node-people");
  });

  it("opens at the key of a table", async () => {
    const { user } = await openWindow({ at: "inspect", db: "postgres" });
    await user.click(await seen("to-map-public.orders"));
    await seen("map-node-public.orders");
    expect(document.querySelectorAll("[data-place]")).toHaveLength(3);
    expect(document.activeElement).toBe(id("tab-map"));
  });
});

describe("references without a foreign key", () => {
  it("show how well their values match, and take an answer that Plan goes by", async () => {
    const { user } = await openWindow({ at: "inspect", db: "postgres" });
    await user.click(await seen("tab-undeclared"));
    expect(id("match").textContent).toContain("99.8 % of 1,204,000 values are ids of the key.");
    expect(id("undeclared-open").textContent).toContain("1 column waits for an answer.");
    await user.click(id(INCLUDE));
    expect(id("undeclared-open").textContent).toContain("Every column has an answer.");
    expect(screen.queryByTestId("undeclared-stale")).toBeNull();
    await expectAccessible();
    await user.click(id("next"));
    await arrived("plan");
    await seen("plan-questions");
    expect(id(INCLUDE)).toHaveProperty("checked", true);
    expect(screen.queryByText(/The choices changed/)).toBeNull();
  });

  it("say that a plan is of before, here and on Plan", async () => {
    const { user } = await openWindow({ at: "inspect", db: "postgres" });
    await user.click(await seen("tab-undeclared"));
    await user.click(id(LEAVE));
    await user.click(id("next"));
    await seen("plan-result");
    await user.click(id("rail-inspect"));
    await user.click(await seen("tab-undeclared"));
    expect(id(LEAVE)).toHaveProperty("checked", true);
    expect(screen.queryByTestId("undeclared-stale")).toBeNull();
    await user.click(id(IGNORE));
    await seen("undeclared-stale");
    await user.click(id("rail-plan"));
    await seen("plan-result");
    expect(screen.getByText(/The choices changed/)).toBeTruthy();
    expect(id(IGNORE)).toHaveProperty("checked", true);
    await user.click(id("plan-make"));
    await waitFor(() => expect(screen.queryByText(/The choices changed/)).toBeNull());
  });

  it("have the answer that was given on Plan", async () => {
    const { user } = await openWindow({ at: "inspect", db: "postgres" });
    await waitFor(() => expect(id("next")).toHaveProperty("disabled", false));
    await user.click(id("next"));
    await seen("plan-questions");
    await user.click(id(INCLUDE));
    await user.click(id("rail-inspect"));
    await user.click(await seen("tab-undeclared"));
    expect(id(INCLUDE)).toHaveProperty("checked", true);
  });
});
