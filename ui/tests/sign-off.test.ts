import { screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";

import { expectAccessible, id, openWindow, seen } from "./support";

const ITEMS = ["code_backup", "monitoring", "unit_tests", "announced", "mobile_apps"];

describe("What people vouch for", () => {
  it("keeps a production database from its backup until everything is signed", async () => {
    const { user, host } = await openWindow({ at: "checklist", db: "postgres" });
    await seen("sign-off");
    expect(id("sign-off")).toHaveProperty("open", true);
    expect(id("sign-off-state").textContent).toContain("8 open");
    await waitFor(() => expect(id("next")).toHaveProperty("disabled", true));
    for (const item of ITEMS) await user.click(id(`sign-off-item-${item}`));
    await user.click(id("sign-off-keep"));
    expect(host.calls).not.toContain("sign_off_keep");
    expect(id("sign-off-name").getAttribute("aria-invalid")).toBe("true");
    await user.type(id("sign-off-name"), "Ann");
    await user.type(id("sign-off-note-mobile_apps"), "there are none");
    await user.type(id("sign-off-from"), "Sunday 2:00");
    await user.type(id("sign-off-to"), "Sunday 4:00");
    await user.click(id("sign-off-add-told"));
    await user.type(id("sign-off-who-0"), "customers");
    await user.type(id("sign-off-how-0"), "mail");
    await user.click(id("sign-off-add-contact"));
    await user.type(id("sign-off-contact-0"), "Ben");
    await user.type(id("sign-off-role-0"), "database");
    await user.type(id("sign-off-reach-0"), "extension 7");
    expect(id("sign-off-kept").textContent).toBe("Not kept yet.");
    await expectAccessible();
    await user.click(id("sign-off-keep"));
    await waitFor(() => expect(id("sign-off-state").textContent).toContain("Complete"));
    expect(id("sign-off-kept").textContent).toBe("Kept.");
    expect(id("sign-off").textContent).toContain("Ann, ");
    const kept = { "note-mobile_apps": "there are none", to: "Sunday 4:00", "how-0": "mail", "reach-0": "extension 7" };
    for (const [field, text] of Object.entries(kept)) expect(id(`sign-off-${field}`)).toHaveProperty("value", text);
    await waitFor(() => expect(id("next")).toHaveProperty("disabled", false));
  });

  it("takes a signature and a line back", async () => {
    const { user } = await openWindow({ at: "checklist", db: "postgres" });
    await user.type(await seen("sign-off-name"), "Ann");
    await user.click(id("sign-off-item-announced"));
    await user.click(id("sign-off-add-contact"));
    await user.type(id("sign-off-contact-0"), "Ben");
    await user.click(id("sign-off-keep"));
    await waitFor(() => expect(id("sign-off-state").textContent).toContain("6 open"));
    await user.click(id("sign-off-item-announced"));
    await user.click(screen.getByRole("button", { name: "Remove contact 1" }));
    await user.click(id("sign-off-keep"));
    await waitFor(() => expect(id("sign-off-state").textContent).toContain("8 open"));
  });

  it("asks for less and closes nothing where nobody depends on the database", async () => {
    await openWindow({ at: "checklist" });
    expect(await seen("sign-off")).toHaveProperty("open", false);
    expect(id("sign-off-state").textContent).toContain("2 open");
    await waitFor(() => expect(id("next")).toHaveProperty("disabled", false));
  });
});
