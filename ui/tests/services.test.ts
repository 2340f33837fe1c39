import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";

import { arrived, expectAccessible, id, openWindow, seen } from "./support";

async function atMigrate(options: Parameters<typeof openWindow>[0] = {}): ReturnType<typeof openWindow> {
  const opened = await openWindow({ at: "migrate", db: "postgres", ...options });
  await arrived("migrate");
  await seen("services-before");
  await opened.user.click(id("services-choose"));
  await seen("services-stop");
  return opened;
}

describe("Services", () => {
  it("are read from a file whose whole path is typed", async () => {
    const { user, host } = await openWindow({ at: "migrate", db: "postgres" });
    await arrived("migrate");
    await seen("services-before");
    await user.click(id("services-read"));
    expect(id("services-before").textContent).toContain("Name the file");
    expect(host.calls.some((call) => call.startsWith("services_read"))).toBe(false);
    await user.type(id("services-path"), "services.json{Enter}");
    expect((await seen("error-panel")).dataset["code"]).toBe("RK-E53");
    await user.clear(id("services-path"));
    await user.type(id("services-path"), "/srv/shop/services.json{Enter}");
    await seen("services-stop");
    expect(host.calls).toContain("services_read /srv/shop/services.json");
    expect(screen.queryByTestId("error-panel")).toBeNull();
    await expectAccessible();
  });

  it("carry out nothing before the exact command was agreed to", async () => {
    const { user, host } = await atMigrate();
    expect(id("services-stop").textContent).toContain("systemctl stop shop");
    await user.click(screen.getByRole("button", { name: /: Stop the services$/ }));
    const dialog = screen.getByRole("alertdialog", { name: /Stop the services/ });
    expect(dialog.textContent).toContain("systemctl stop shop");
    expect(dialog.textContent).toContain("/srv/shop");
    await user.click(id("danger-cancel"));
    expect(host.calls.some((call) => call.startsWith("services_do"))).toBe(false);
    await user.click(screen.getByRole("button", { name: /: Stop the services$/ }));
    await user.click(id("danger-confirm"));
    await waitFor(() => expect(host.calls).toContain("services_do stop systemctl stop shop"));
    expect((await within(id("services-stop")).findByTestId("services-outcome")).dataset["good"]).toBe("true");
    await user.click(screen.getByRole("button", { name: /: See that they are stopped$/ }));
    expect((await within(id("services-stopped")).findByTestId("services-outcome")).textContent).toContain("The services are stopped");
    await expectAccessible();
  });

  it("say what failed and who is still connected", async () => {
    const { user } = await atMigrate({ scenario: "services-trouble" });
    await user.click(screen.getByRole("button", { name: /: Stop the services$/ }));
    await user.click(id("danger-confirm"));
    const outcome = await within(id("services-stop")).findByTestId("services-outcome");
    expect(outcome.textContent).toContain("The command ended with exit code 4");
    expect(within(id("services-stop")).getByRole("region").textContent).toContain("Access denied");
    await user.click(screen.getByRole("button", { name: /: See that they are stopped$/ }));
    await within(id("services-stopped")).findByTestId("services-outcome");
    expect(id("services-stopped").textContent).toContain("Session 4711: gunicorn, shop, 10.0.0.5");
  });

  it("take the token once and leave none of it in the page", async () => {
    const { user, host } = await atMigrate();
    expect(screen.getByRole("button", { name: /: Ask the interface before the run$/ })).toHaveProperty("disabled", true);
    await user.type(id("services-token"), "canary-token{Enter}");
    await waitFor(() => expect(host.calls).toContain("services_token of 12 letters"));
    await waitFor(() => expect(screen.queryByTestId("services-token")).toBeNull());
    expect(document.documentElement.innerHTML).not.toContain("canary-token");
    await user.click(screen.getByRole("button", { name: /: Ask the interface before the run$/ }));
    expect((await within(id("services-api_before")).findByTestId("services-outcome")).dataset["good"]).toBe("true");
  });

  it("are looked at after the run", async () => {
    const { user, host } = await atMigrate();
    await user.type(id("services-token"), "x{Enter}");
    await waitFor(() => expect(screen.queryByTestId("services-token")).toBeNull());
    await user.click(screen.getByRole("button", { name: /: Ask the interface before the run$/ }));
    await within(id("services-api_before")).findByTestId("services-outcome");
    await user.click(id("migrate-start"));
    const typed = screen.queryByTestId("danger-typed");
    if (typed) await user.type(typed, "shop_prod");
    await user.click(id("danger-confirm"));
    await seen("migrate-done");
    const after = await seen("services-after");
    for (const name of ["Ask whether they are well", "Look in their logs", "Ask the interface again and compare"]) {
      await user.click(within(after).getByRole("button", { name: new RegExp(`: ${name}$`) }));
      await waitFor(() => expect(within(after).getByRole("button", { name: new RegExp(`: ${name}$`) }).textContent).toContain("Do it again"));
    }
    expect(host.calls).toEqual(expect.arrayContaining(["services_health", "services_log false", "api_after"]));
    expect(id("services-health").textContent).toContain("Well: the answer is 200");
    expect(id("services-api_after").textContent).toContain("which were numbers before");
    await expectAccessible();
  });
});
