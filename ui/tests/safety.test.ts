import { screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";

import { arrived, expectAccessible, id, openWindow, seen } from "./support";

const enabled = (testid: string): Promise<void> => waitFor(() => expect(id(testid)).toHaveProperty("disabled", false));

describe("Backup", () => {
  it("shows path, program, size, sum and how to restore", async () => {
    const { user } = await openWindow({ at: "backup" });
    await user.click(await seen("backup-make"));
    const made = await seen("backup-made");
    for (const part of ["5.4 MB", "2f8a5e11", "SQLite 3.51.3", "Read again and compared"]) expect(made.textContent).toContain(part);
    expect(id("backup-restore").textContent).toContain("cp -- '/home/ann");
    expect(screen.getByRole("button", { name: "Copy how to restore" })).toBeTruthy();
    await expectAccessible();
  });

  it("says of a server's backup that it was restored and compared", async () => {
    const { user } = await openWindow({ at: "backup", db: "postgres" });
    await user.click(await seen("backup-make"));
    const made = await seen("backup-made");
    for (const part of ["pg_dump (PostgreSQL) 15.18", "Restored into a scratch database and compared"]) expect(made.textContent).toContain(part);
  });

  it("shows bytes and table to eyes and to screen readers, and stays read-only", async () => {
    const { user } = await openWindow({ at: "backup", db: "postgres", scenario: "backing-up" });
    await user.click(await seen("backup-make"));
    const bar = await screen.findByRole("progressbar", { name: "Make a backup now" });
    await waitFor(() => expect(bar.getAttribute("aria-valuetext")).toBe("Write the dump, public.payments, 265 MB of about 413 MB"));
    expect(bar.getAttribute("aria-valuenow")).toBe("64");
    expect(id("backup-live").textContent).toContain("Table public.payments");
    expect(id("top-database").closest("header")?.textContent).toContain("Read-only until Migrate");
    expect(id("rail-backup").textContent).toContain("Running");
    expect(id("next")).toHaveProperty("disabled", true);
    expect(screen.queryByTestId("backup-own")).toBeNull();
    await expectAccessible();
  });

  it("can be cancelled, and begun again", async () => {
    const { user, host } = await openWindow({ at: "backup", db: "postgres", tick: 20 });
    await user.click(await seen("backup-make"));
    await user.click(await seen("backup-cancel"));
    expect(host.calls).toContain("migrate_cancel");
    expect((await seen("error-panel")).dataset["code"]).toBe("RK-E31");
    expect(id("error-state").textContent).toContain("Nothing was changed.");
    expect(id("next")).toHaveProperty("disabled", true);
    await user.click(await seen("backup-make"));
    await seen("backup-made");
    expect(screen.queryByTestId("error-panel")).toBeNull();
  });

  it("takes a typed reason in place of a backup", async () => {
    const { user, host } = await openWindow({ at: "backup", db: "postgres" });
    await user.click(await seen("backup-own"));
    await user.type(id("backup-reason"), "short");
    await user.click(id("backup-override"));
    expect(host.calls).not.toContain("backup_override");
    expect(id("backup-reason").getAttribute("aria-invalid")).toBe("true");
    await user.type(id("backup-reason"), " no more, restored on staging");
    await user.click(id("backup-override"));
    expect((await seen("backup-overridden")).textContent).toContain("restored on staging");
    await expectAccessible();
  });

  it("shows which rung failed and the state of the data", async () => {
    const { user } = await openWindow({ at: "backup", scenario: "backup-fails" });
    await user.click(await seen("backup-make"));
    expect((await seen("error-panel")).dataset["code"]).toBe("RK-E35");
    expect(id("error-panel").textContent).toContain("compared with its source");
    expect(screen.queryByTestId("backup-made")).toBeNull();
  });
});

describe("Rehearse", () => {
  it("says what will happen before it begins, and keeps Migrate closed until it is green", async () => {
    const { user } = await openWindow({ at: "rehearse", db: "postgres" });
    const start = await seen("rehearse-start");
    const told = start.closest("section")?.textContent ?? "";
    for (const part of ["restored into a scratch database", "This very plan", "taken back", "removed", "only read"]) expect(told).toContain(part);
    expect(id("next")).toHaveProperty("disabled", true);
    expect(id("next-reason").textContent).toContain("Rehearse the plan first");
    await user.click(start);
    const outcome = await seen("rehearse-outcome");
    expect(outcome.dataset["good"]).toBe("true");
    expect(outcome.textContent).toContain("there in 3 min 12 s, back in 58 s");
    const expected = id("rehearse-expect").textContent ?? "";
    for (const part of ["2 to 5 minutes", "Programs that write wait", "Programs that read wait", "3 min 12 s", "2.1 GB"]) expect(expected).toContain(part);
    expect(screen.queryByTestId("rehearse-own")).toBeNull();
    await expectAccessible();
    await user.click(id("tab-proofs"));
    expect(screen.getByText("orders has as many rows as before")).toBeTruthy();
    await user.click(id("tab-timings"));
    expect(screen.getByText("One row of public.audit_log by its key").closest("tr")?.textContent).toMatch(/1\.5 ms\s*0\.7 ms\s*1\.8 ms\s*0\.8 ms\s*audit_log_pkey/);
    expect(screen.getByText("SELECT name FROM categories WHERE id = 5").closest("tr")?.textContent).toMatch(/Not asked\s*With the new keys the server refuses it/);
    await user.click(id("tab-indexes"));
    expect(id("rehearse-indexes").textContent).toContain("Searches of each index");
    expect(screen.getByRole("rowheader", { name: /^countries_pkey/ }).closest("tr")?.textContent).toMatch(/14 kB\s*18 kB\s*747/);
    await expectAccessible();
    await enabled("next");
    await user.click(id("next"));
    await arrived("migrate");
  });

  it("shows its parts and the steps on the copy as Migrate does", async () => {
    const { user } = await openWindow({ at: "rehearse", db: "postgres", scenario: "rehearsing" });
    await user.click(await seen("rehearse-start"));
    await waitFor(() => expect(id("rehearse-live").dataset["phase"]).toBe("there"));
    expect(id("rehearse-live").textContent).toMatch(/Restore the backup\s*Done.*Carry out the plan on the copy\s*At work.*Take it back and compare\s*Waiting/s);
    await waitFor(() => expect(screen.getByRole("progressbar", { name: "All rows" }).getAttribute("aria-valuetext")).toMatch(/of 5,182,729 rows/));
    expect(id("rail-rehearse").textContent).toContain("Running");
    expect(id("rail-migrate").getAttribute("aria-disabled")).toBe("true");
    await expectAccessible();
  });

  it("can be cancelled without asking twice", async () => {
    const { user, host } = await openWindow({ at: "rehearse", tick: 20 });
    await user.click(await seen("rehearse-start"));
    await user.click(await seen("rehearse-cancel"));
    expect(host.calls).toContain("migrate_cancel");
    expect((await seen("error-panel")).dataset["code"]).toBe("RK-E31");
    expect(screen.queryByTestId("rehearse-outcome")).toBeNull();
    expect(id("next")).toHaveProperty("disabled", true);
    await seen("rehearse-start");
  });

  it("tells what went wrong on the copy and what to do, and takes a typed reason", async () => {
    const { user, host } = await openWindow({ at: "rehearse", db: "postgres", scenario: "rehearsal-fails" });
    await user.click(await seen("rehearse-start"));
    const outcome = await seen("rehearse-outcome");
    expect(outcome.dataset["good"]).toBe("false");
    expect(outcome.textContent).toContain("out of range for type integer");
    expect(id("rehearse-remedy").textContent).toContain("Your database was only read.");
    expect(screen.queryByTestId("rehearse-expect")).toBeNull();
    await waitFor(() => expect(id("rail-rehearse").textContent).toContain("Needs attention"));
    await expectAccessible();
    await user.click(id("rehearse-own"));
    await user.type(id("rehearse-reason"), "no");
    await user.click(id("rehearse-override"));
    expect(host.calls).not.toContain("rehearsal_override");
    await user.type(id("rehearse-reason"), "t needed, the same plan ran on staging");
    await user.click(id("rehearse-override"));
    expect((await seen("rehearse-overridden")).textContent).toContain("ran on staging");
    await enabled("next");
    await expectAccessible();
  });

  it("says why there is nothing to rehearse on, and offers to go on", async () => {
    const { user } = await openWindow({ at: "rehearse", db: "postgres", scenario: "no-backup" });
    expect((await seen("rehearse-impossible")).textContent).toContain("a backup that Rekey made");
    expect(screen.queryByTestId("rehearse-start")).toBeNull();
    await expectAccessible();
    await user.type(id("rehearse-reason"), "a database made for this test");
    await user.click(id("rehearse-override"));
    await seen("rehearse-overridden");
    await enabled("next");
  });

  it("counts no more after another backup", async () => {
    const { user } = await openWindow({ at: "migrate" });
    await user.click(id("rail-rehearse"));
    await seen("rehearse-outcome");
    await user.click(id("rail-backup"));
    await user.click(await seen("backup-make"));
    await enabled("next");
    await user.click(id("next"));
    await arrived("rehearse");
    await seen("rehearse-start");
    expect(screen.queryByTestId("rehearse-outcome")).toBeNull();
  });
});
