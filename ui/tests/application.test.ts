import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";

import { asText, byFile, filtered } from "../src/steps/application/hits";
import { arrived, expectAccessible, id, openWindow, seen } from "./support";

async function atPlan(options: Parameters<typeof openWindow>[0] = {}): ReturnType<typeof openWindow> {
  const opened = await openWindow({ at: "checklist", db: "postgres", ...options });
  await arrived("checklist");
  await opened.user.click(id("rail-plan"));
  await seen("code");
  return opened;
}

function exported(calls: readonly string[]): string[] {
  return calls.filter((call) => call.startsWith("export {"));
}

describe("Export", () => {
  it("writes a script to a path that is typed, and says under which run it will be known", async () => {
    const { user, host } = await atPlan();
    await user.click(screen.getByText("Write the plan for another program"));
    await user.click(id("export-save"));
    expect(screen.getByText("Choose a file, or type its path.")).toBeTruthy();
    expect(exported(host.calls)).toEqual([]);
    await user.click(id("export-back"));
    await user.type(screen.getByLabelText("File"), "/home/ann/back.sql{Enter}");
    expect((await seen("export-saved")).textContent).toContain("/home/ann/back.sqlThe journal in the database will know it as run m2c8v1x0qa.");
    expect(exported(host.calls)).toHaveLength(1);
    expect(exported(host.calls)[0]).toMatch(/"format":"sql","undo":true.*\{"path":"\/home\/ann\/back.sql","replace":false\}/);
    await expectAccessible();
  });

  it("replaces only a file that was chosen in the dialog", async () => {
    const { user, host } = await atPlan();
    await user.click(screen.getByText("Write the plan for another program"));
    await user.type(screen.getByLabelText("File"), "/home/ann/taken.sql{Enter}");
    expect((await seen("error-panel")).dataset["code"]).toBe("RK-E53");
    await user.click(screen.getByRole("button", { name: "Choose the file to write" }));
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>("File").value).toBe("/home/ann/uuid_keys.sql"));
    await user.click(id("export-save"));
    await seen("export-saved");
    expect(exported(host.calls).at(-1)).toContain('"replace":true');
    await user.type(screen.getByLabelText("File"), "2{Enter}");
    await waitFor(() => expect(exported(host.calls).at(-1)).toContain('{"path":"/home/ann/uuid_keys.sql2","replace":false}'));
  });

  it("sends what belongs to the format and nothing else, and names unknown models", async () => {
    const { user, host } = await atPlan();
    await user.click(screen.getByText("Write the plan for another program"));
    await user.click(screen.getByRole("radio", { name: /^Alembic/ }));
    await user.type(screen.getByLabelText("Id of the new revision"), "ab12");
    await user.click(id("export-show"));
    expect((await seen("export-text")).textContent).toContain("revision = 'ab12'");
    await user.click(screen.getByRole("radio", { name: /^Django/ }));
    await user.type(screen.getByLabelText("Application"), "shop");
    await user.click(id("export-show"));
    expect(await screen.findByText(/No model of Django's is known for public.customers/)).toBeTruthy();
    await user.type(screen.getByLabelText(/^Models/), "customers=shop.Customer{Enter}{Enter}");
    await user.click(id("export-show"));
    await waitFor(() => expect(exported(host.calls)).toHaveLength(3));
    expect(exported(host.calls)[2]).toBe('export {"format":"django","undo":false,"state_only":false,"revision":null,"down_revision":null,"app":"shop","models":["customers=shop.Customer"]} null');
    await expectAccessible();
  });
});

describe("Code", () => {
  it("advises from the plan's tables where no folder was looked through", async () => {
    await atPlan();
    const advice = await seen("code-advice");
    expect(advice.textContent).toContain("public.addresses.id");
    expect(screen.queryByTestId("code-hits")).toBeNull();
  });

  it("lists by file what breaks, with before, after and a filter", async () => {
    const { user, host } = await atPlan();
    await user.click(id("code-scan"));
    expect(screen.getByText("Choose a folder, or type its path.")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Choose the folder with the code" }));
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>("Folder with the application's code").value).toBe("/home/ann/shop"));
    await user.click(id("code-scan"));
    const hits = await seen("code-hits");
    expect(host.calls).toContain("code_scan plan /home/ann/shop");
    expect(id("code-told").textContent).toContain("6 lines to change in 40 files");
    const file = within(hits).getByRole("region", { name: "app/models.py" });
    expect(file.textContent).toContain("id = Column(Integer, primary_key=True)");
    expect(file.textContent).toContain("id = Column(Uuid, primary_key=True)");
    expect(screen.getByText("1 file was not looked at")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Copy the new line for web/order.ts:4" })).toBeTruthy();
    expect(screen.getByRole("button", { name: "Copy place: web/session.ts:7" })).toBeTruthy();
    await expectAccessible();
    await user.type(screen.getByLabelText("Search files and lines"), "order parseint");
    expect(within(hits).queryByRole("region", { name: "app/models.py" })).toBeNull();
    expect(hits.textContent).toContain("1 of 6");
    expect(within(hits).getByRole("heading", { name: /web\/order.ts/ }).textContent).toContain("1 line");
    await user.clear(screen.getByLabelText("Search files and lines"));
    await user.selectOptions(screen.getByLabelText("Kind of code"), "Fixtures");
    expect(within(hits).getByRole("region", { name: "fixtures/customers.json" })).toBeTruthy();
    expect(hits.textContent).toContain("1 of 6");
  });

  it("is kept while other steps are looked at", async () => {
    const { user } = await atPlan();
    await user.type(screen.getByLabelText("Folder with the application's code"), "/home/ann/shop{Enter}");
    await seen("code-hits");
    await user.click(id("rail-inspect"));
    await arrived("inspect");
    await user.click(id("rail-plan"));
    await seen("code-hits");
    expect(screen.getByLabelText<HTMLInputElement>("Folder with the application's code").value).toBe("/home/ann/shop");
  });

  it("says where nothing was found, and where there is no such folder", async () => {
    const { user } = await atPlan();
    const folder = screen.getByLabelText("Folder with the application's code");
    await user.type(folder, "shop{Enter}");
    expect((await seen("error-panel")).dataset["code"]).toBe("RK-E53");
    await user.clear(folder);
    await user.type(folder, "/home/ann/empty{Enter}");
    expect((await seen("code-told")).textContent).toContain("Nothing to change was found in 40 files.");
    expect(screen.queryByTestId("code-hits")).toBeNull();
  });

  it("tells how far it is and can be stopped", async () => {
    const { user, host } = await atPlan({ scenario: "scanning" });
    await user.type(screen.getByLabelText("Folder with the application's code"), "/home/ann/shop{Enter}");
    await waitFor(() => expect(id("code-progress").textContent).toBe("20 files so far, 3 lines to change"));
    expect(id("code-scan")).toHaveProperty("disabled", true);
    await expectAccessible();
    await user.click(id("code-cancel"));
    expect(host.calls).toContain("code_cancel");
    expect((await seen("error-panel")).dataset["code"]).toBe("RK-E31");
    expect(screen.queryByTestId("code-progress")).toBeNull();
  });

  it("goes into the report when it is looked through there", async () => {
    const { user, host } = await openWindow({ at: "report", db: "postgres" });
    await seen("code-advice");
    const before = host.calls.filter((call) => call === "report").length;
    await user.type(screen.getByLabelText("Folder with the application's code"), "/home/ann/shop{Enter}");
    await seen("code-hits");
    expect(host.calls).toContain("code_scan run /home/ann/shop");
    await waitFor(() => expect(host.calls.filter((call) => call === "report").length).toBe(before + 1));
    await expectAccessible();
  });
});

describe("The list of lines", () => {
  const hit = (file: string, line: number, after: string | null) => ({ file, line, rule: "r", framework: "Django", why: "Why.", before: "before", after });

  it("keeps together what stands in one file, and is copied as text", () => {
    const hits = [hit("a.py", 1, null), hit("a.py", 5, "x\ny"), hit("b.py", 2, "z")];
    expect(byFile(hits).map(({ file, hits: own }) => [file, own.length])).toEqual([["a.py", 2], ["b.py", 1]]);
    expect(asText(hits.slice(0, 2))).toBe("a.py:1  Why.\n  - before\na.py:5  Why.\n  - before\n  + x\n  + y");
    expect(filtered(hits, "DJANGO b.py", "")).toEqual([hits[2]]);
    expect(filtered(hits, "", "Python")).toEqual([]);
  });
});

describe("Migration tools", () => {
  it("are listed with their state", async () => {
    const { user } = await openWindow({ at: "plan", db: "postgres" });
    await arrived("plan");
    await user.click(id("rail-inspect"));
    await user.click(await seen("tab-versions"));
    const table = id("version-tables");
    for (const part of ["Alembic", "ae1027a6acf", "django_migrations", "shop.0007_prices", "31"]) expect(table.textContent).toContain(part);
    await expectAccessible();
  });

  it("are compared with the revisions that the code expects, which stand in the way where they are others", async () => {
    const { user, host } = await openWindow({ at: "checklist", db: "postgres" });
    await seen("versions");
    await user.type(screen.getByLabelText("Expected revision of Alembic"), "bb{Enter}");
    await waitFor(() => expect(id("versions-told-0").textContent).toContain("is at revision bb of Alembic"));
    expect(screen.getByLabelText("Expected revision of Alembic").getAttribute("aria-invalid")).toBe("true");
    expect(id("next")).toHaveProperty("disabled", true);
    await expectAccessible();
    await user.clear(screen.getByLabelText("Expected revision of Alembic"));
    await user.type(screen.getByLabelText("Expected revision of Alembic"), "ae1027a6acf");
    await user.type(screen.getByLabelText("Expected revision of Django"), "auth.0012_alter_user_first_name_max_length");
    await user.click(id("versions-look"));
    await waitFor(() => expect(id("versions-told-1").textContent).toContain("The database is at that revision."));
    expect(id("versions-told-0").textContent).toContain("The database is at that revision.");
    expect(host.calls).toContain("versions_expect Alembic=ae1027a6acf Django=auth.0012_alter_user_first_name_max_length");
  });

  it("are not spoken of where there are none", async () => {
    const { host } = await openWindow({ at: "checklist" });
    await waitFor(() => expect(host.calls).toContain("versions_view"));
    expect(screen.queryByTestId("versions")).toBeNull();
  });

  it("are told after the run, with commands to copy and the file that moves them on", async () => {
    const { user, host } = await openWindow({ at: "report", db: "postgres" });
    const card = await seen("stamps");
    expect(card.textContent).toContain("alembic stamp head");
    expect(screen.getByRole("button", { name: "Copy: alembic stamp head" })).toBeTruthy();
    await user.click(id("stamp-export"));
    expect(within(card).queryByRole("radio", { name: /own client/ })).toBeNull();
    await user.click(within(card).getByRole("radio", { name: /^Django/ }));
    await user.click(id("export-show"));
    await seen("export-text");
    expect(exported(host.calls)[0]).toContain('"format":"django","undo":false,"state_only":true');
    await expectAccessible();
  });
});
