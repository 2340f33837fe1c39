import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";

import { arrived, expectAccessible, id, openWindow, seen } from "./support";

// A backup is there, and the window looks at its stage.
async function atBackup(options: Parameters<typeof openWindow>[0] = {}): ReturnType<typeof openWindow> {
  const opened = await openWindow({ at: "rehearse", ...options });
  await arrived("rehearse");
  await opened.user.click(id("rail-backup"));
  await seen("restore");
  return opened;
}

describe("Restore", () => {
  it("restores everything into a new database, by keyboard alone, and says what was compared", async () => {
    const { user, host } = await atBackup({ db: "postgres" });
    const name = screen.getByLabelText("Name of the new database");
    expect(name).toHaveProperty("value", "shop_prod_restored");
    name.focus();
    await user.clear(name);
    await user.keyboard("{Enter}");
    expect(name.getAttribute("aria-invalid")).toBe("true");
    expect(host.calls.some((call) => call.startsWith("backup_restore"))).toBe(false);
    await user.keyboard("shop_look{Enter}");
    const outcome = await seen("restore-outcome");
    expect(host.calls).toContain("backup_restore shop_look");
    expect(outcome.textContent).toContain("Restored into db.example.org:5432/shop_look");
    expect(outcome.textContent).toMatch(/\d+ digests of rows and other data compared with the backup: the same/);
    expect(screen.queryByTestId("restore-left-out")).toBeNull();
    expect(screen.queryByTestId("restore-copy-back")).toBeNull();
    await expectAccessible();
  });

  it("restores chosen tables, and names what was left out and how to copy rows back", async () => {
    const { user, host } = await atBackup({ db: "postgres" });
    await user.click(screen.getByRole("radio", { name: /Chosen tables/ }));
    await user.click(id("restore-start"));
    expect(id("restore-count").textContent).toBe("Choose at least one table.");
    await user.type(screen.getByLabelText("Show tables with"), "ORDERS");
    const shown = within(id("restore-tables")).getAllByRole("checkbox");
    expect(shown.length).toBeLessThan(5);
    await user.click(screen.getByRole("checkbox", { name: "public.orders" }));
    expect(id("restore-count").textContent).toBe("1 table chosen");
    await user.type(screen.getByLabelText("Show tables with"), "nothing like it");
    expect(screen.getByText("No table has that in its name.")).toBeTruthy();
    await expectAccessible();
    await user.click(id("restore-start"));
    await seen("restore-outcome");
    expect(host.calls).toContain("backup_restore shop_prod_restored public.orders");
    expect(id("restore-left-out").textContent).toContain("orders_customer_id_fkey");
    expect(id("restore-copy-back").textContent).toContain("INSERT INTO public.orders");
    expect(screen.getByRole("button", { name: "Copy how to copy rows back" })).toBeTruthy();
    await expectAccessible();
  });

  it("asks for the path of a new file on SQLite", async () => {
    await atBackup();
    expect(screen.getByLabelText<HTMLInputElement>("Path of the new file").value).toMatch(/-restored\.db$/);
  });

  it("shows how far it is", async () => {
    const { user } = await atBackup({ db: "postgres", scenario: "restoring" });
    await user.click(id("restore-start"));
    await waitFor(() => expect(screen.getByRole("progressbar", { name: "Restore the backup" }).getAttribute("aria-valuenow")).toBe("64"));
    expect(id("rail-backup").textContent).toContain("Running");
    expect(screen.queryByTestId("restore-start")).toBeNull();
    await expectAccessible();
  });

  it("can be cancelled, and keeps what was typed and chosen", async () => {
    const { user, host } = await atBackup({ db: "postgres", tick: 20 });
    await user.click(id("restore-some"));
    await user.click(screen.getByRole("checkbox", { name: "public.orders" }));
    await user.type(id("restore-name"), "_2");
    await user.click(id("restore-start"));
    await user.click(await seen("restore-cancel"));
    expect(host.calls).toContain("migrate_cancel");
    expect((await seen("error-panel")).dataset["code"]).toBe("RK-E31");
    expect(id("restore-name")).toHaveProperty("value", "shop_prod_restored_2");
    expect(screen.getByRole("checkbox", { name: "public.orders" })).toHaveProperty("checked", true);
  });

  it("says where the database is there already", async () => {
    const { user } = await atBackup({ db: "postgres", scenario: "restore-fails" });
    await user.click(id("restore-start"));
    expect((await seen("error-panel")).dataset["code"]).toBe("RK-E49");
    expect(screen.queryByTestId("restore-done")).toBeNull();
  });

  it("is not offered without a backup", async () => {
    await openWindow({ at: "backup" });
    await seen("backup-make");
    expect(screen.queryByTestId("restore")).toBeNull();
  });
});

describe("Left behind", () => {
  it("is not spoken of where there is nothing", async () => {
    const { host } = await openWindow({ at: "backup" });
    await waitFor(() => expect(host.calls).toContain("leftovers"));
    expect(screen.queryByTestId("leftovers")).toBeNull();
  });

  it("is shown with its size and removed after a question", async () => {
    const { user, host } = await openWindow({ at: "backup", db: "postgres", scenario: "leftovers" });
    const list = await seen("leftovers");
    for (const part of ["rekey_copy_4k2j9x0q1z", "Scratch database, 413 MB", "File, 1 MB", "In use: ann, reports"]) expect(list.textContent).toContain(part);
    expect(screen.getByRole("button", { name: "Remove rekey_copy_p81mzk2w4d" })).toHaveProperty("disabled", true);
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Remove rekey_copy_4k2j9x0q1z" }));
    expect(screen.getByRole("alertdialog", { name: "Remove rekey_copy_4k2j9x0q1z?" })).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(id("danger-cancel")));
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.queryByTestId("danger-confirm")).toBeNull());
    expect(host.calls.some((call) => call.startsWith("leftover_remove"))).toBe(false);
    await user.click(screen.getByRole("button", { name: "Remove rekey_copy_4k2j9x0q1z" }));
    await user.click(await seen("danger-confirm"));
    await waitFor(() => expect(screen.queryByText("rekey_copy_4k2j9x0q1z")).toBeNull());
    expect(host.calls).toContain("leftover_remove rekey_copy_4k2j9x0q1z");
    expect(screen.getByText("rekey_copy_p81mzk2w4d")).toBeTruthy();
    await expectAccessible();
  });
});
