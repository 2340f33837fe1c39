import { screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";

import { emptyForm, looksLikeAddress, passwordSource, problems } from "../src/steps/connect/form";
import { arrived, expectAccessible, id, openWindow, seen } from "./support";

const value = (testid: string): string => (id(testid) as HTMLInputElement).value;

describe("the form as data", () => {
  it("asks for the environment only where the server is elsewhere", () => {
    const form = { ...emptyForm(), user: "ann", database: "shop" };
    expect(problems(form)).toEqual({});
    expect(Object.keys(problems({ ...form, host: "db.example.org" }))).toEqual(["environment"]);
    expect(problems({ ...form, host: "db.example.org", environment: "dev" })).toEqual({});
  });

  it("takes nothing behind SSH for this machine, and no option for an SSH server", () => {
    const form = { ...emptyForm(), user: "ann", database: "shop" };
    const through = (destination: string) => Object.keys(problems({ ...form, ssh: { destination, config: "" } }));
    expect(through("ann@bastion")).toEqual(["environment"]);
    for (const good of ["bastion", "ssh://ann@bastion.example.org:2222", "[::1]"]) expect(through(good), good).toEqual(["environment"]);
    for (const bad of ["-oProxyCommand=id", "a b", "a;id", "$(id)"]) expect(through(bad), bad).toEqual(["ssh", "environment"]);
  });

  it("knows an address from other text", () => {
    for (const text of ["postgres://a@h/d", " postgresql+psycopg://a@h/d", "jdbc:mysql://h/d", "psql 'postgres://a@h/d'", "sqlite:/a/b.db", "mysql://a@h/d"]) expect(looksLikeAddress(text), text).toBe(true);
    for (const text of ["localhost", "p:ss//w", "C:\\a\\b.db", "shop", "A=1\nB=postgres://a@h/d"]) expect(looksLikeAddress(text), text).toBe(false);
  });

  it("prefers the password that was typed last", () => {
    expect(passwordSource("x", "t", "c")).toEqual({ from: "typed", password: "x" });
    expect(passwordSource("", "t", "c")).toEqual({ from: "held", ticket: "t" });
    expect(passwordSource("", null, "c")).toEqual({ from: "keyring", connection: "c" });
    expect(passwordSource("", null, null)).toEqual({ from: "none" });
  });
});

describe("Connect", () => {
  it("fills the form from an address pasted into any field, and keeps no password in the page", async () => {
    const { user } = await openWindow();
    await user.click(id("welcome-connect"));
    await user.click(await seen("connect-database"));
    await user.paste("postgres://ann:s3cret-canary@db.example.org:6000/shop");
    await waitFor(() => expect(value("connect-host")).toBe("db.example.org"));
    expect([value("connect-port"), value("connect-user"), value("connect-database")]).toEqual(["6000", "ann", "shop"]);
    expect(value("connect-tls")).toBe("verify-full");
    expect(document.documentElement.outerHTML).not.toContain("canary");
    expect(value("connect-password")).toBe("");
  });

  it("says why an address is refused", async () => {
    const { user } = await openWindow();
    await user.click(id("welcome-connect"));
    await user.type(await seen("connect-url"), "oracle://a@h/d{Enter}");
    expect((await seen("error-panel")).textContent).toContain("oracle");
  });

  it("does not go on while something is missing", async () => {
    const { user, host } = await openWindow();
    await user.click(id("welcome-connect"));
    await user.click(await seen("connect-open"));
    expect(screen.getByText("Database is missing.")).toBeTruthy();
    expect(id("connect-database").getAttribute("aria-invalid")).toBe("true");
    expect(document.activeElement).toBe(id("connect-database"));
    expect(host.calls).not.toContain("connection_open");
    await expectAccessible();
  });

  it("shows each stage of the test and stops at the one that failed", async () => {
    const { user } = await openWindow({ scenario: "login" });
    await user.click(id("welcome-connect"));
    await user.click(await seen("connect-saved-c1"));
    await user.click(id("connect-test"));
    const stages = await seen("connect-stages");
    expect(stages.textContent).toMatch(/Log in\s*Failed/);
    expect(stages.textContent).toMatch(/Ask for its version\s*Not reached/);
    expect(id("error-panel").dataset["code"]).toBe("RK-E03");
    expect(id("next")).toHaveProperty("disabled", true);
    await expectAccessible();
  });

  it("names the files of a protected way, and who is not trusted", async () => {
    const { user } = await openWindow({ scenario: "untrusted" });
    await user.click(id("welcome-connect"));
    await user.click(await seen("connect-saved-c1"));
    await user.click(id("connect-certificates"));
    await user.click(id("connect-client-choose"));
    await waitFor(() => expect(value("connect-client-path")).toBe("/home/ann/shop/.env"));
    await user.click(id("connect-test"));
    expect(screen.getByText("Your certificate and its key belong together: name both, or neither.")).toBeTruthy();
    await user.clear(id("connect-client-path"));
    await user.click(id("connect-test"));
    expect((await seen("connect-stages")).textContent).toMatch(/Protect the way\s*Failed/);
    expect(id("error-panel").dataset["code"]).toBe("RK-E12");
    expect(id("error-panel").textContent).toContain("Example Corp Internal CA");
    await expectAccessible();
  });

  it("goes through an SSH server of the user's configuration, and asks for the environment", async () => {
    const { user, host } = await openWindow();
    await user.click(id("welcome-connect"));
    await user.click(await seen("connect-ssh-open"));
    const offered = [...id("connect-ssh-offers").querySelectorAll("option")].map((option) => option.value);
    expect(offered).toEqual(["bastion", "jump.example.org"]);
    await user.type(id("connect-ssh"), "bastion");
    await user.type(id("connect-database"), "shop");
    await user.type(id("connect-user"), "ann");
    await user.click(id("connect-test"));
    expect(host.calls).not.toContain("connection_test");
    expect(screen.getByText(/Choose which environment this is/)).toBeTruthy();
    await user.click(screen.getByRole("radio", { name: /STAGING/i }));
    await user.click(id("connect-test"));
    expect((await seen("connect-stages")).textContent).toMatch(/Connect through SSH\s*Passed\s*bastion let us in\s*Find the host/);
    await user.click(id("connect-url"));
    await user.paste("postgres://ann@db.example.org/shop");
    await waitFor(() => expect(value("connect-host")).toBe("db.example.org"));
    expect(value("connect-ssh")).toBe("bastion");
    await expectAccessible();
  });

  it("stops at an SSH server that nobody knows yet", async () => {
    const { user } = await openWindow({ scenario: "ssh-unknown" });
    await user.click(id("welcome-connect"));
    await user.click(await seen("connect-saved-c1"));
    await user.click(id("connect-ssh-open"));
    await user.type(id("connect-ssh"), "-V");
    await user.click(id("connect-test"));
    expect(id("connect-ssh").getAttribute("aria-invalid")).toBe("true");
    await user.clear(id("connect-ssh"));
    await user.type(id("connect-ssh"), "ann@bastion");
    await user.click(id("connect-test"));
    expect((await seen("connect-stages")).textContent).toMatch(/Connect through SSH\s*Failed/);
    expect(id("error-panel").dataset["code"]).toBe("RK-E14");
    expect(id("error-panel").textContent).toContain("terminal");
    await expectAccessible();
  });

  it("says where there is no ssh", async () => {
    const { user } = await openWindow({ scenario: "ssh-missing" });
    await user.click(id("welcome-connect"));
    await user.click(await seen("connect-ssh-open"));
    expect(id("connect-ssh-missing").textContent).toContain("was not found");
    expect(screen.queryByTestId("connect-ssh")).toBeNull();
    await expectAccessible();
  });

  it("warns of what would stand in the way of a run", async () => {
    const { user } = await openWindow();
    await user.click(id("welcome-connect"));
    await user.click(await seen("connect-database"));
    await user.paste("postgres://ann:w@ep-1-pooler.example.org/shop");
    expect((await seen("connect-remark")).textContent).toContain("pooler");
    await user.click(screen.getByRole("radio", { name: /STAGING/i }));
    await user.click(id("connect-test"));
    const told = await seen("connect-warnings");
    for (const part of ["public.invoice", "PgBouncer"]) expect(told.textContent).toContain(part);
    expect(id("connect-result").textContent).toContain("It works, with something to know");
    await expectAccessible();
  });

  it("lists what a project's settings say and fills in what is chosen, without its password", async () => {
    const { user, host } = await openWindow();
    await user.click(id("welcome-connect"));
    await user.click(await seen("imports-open"));
    await user.click(id("imports-folder"));
    const list = await seen("imports-found");
    expect(list.textContent).toContain("4 connections were found");
    for (const part of ["Docker Compose", "A password was found", "DB_PASSWORD is not set", "'mongodb' is not a database", "old/.env was not read"]) expect(list.textContent).toContain(part);
    expect(screen.queryByTestId("imports-use-3")).toBeNull();
    await expectAccessible();
    expect(host.calls).not.toContain("connection_open");
    await user.click(id("imports-use-0"));
    expect([value("connect-host"), value("connect-port"), value("connect-user"), value("connect-database")]).toEqual(["127.0.0.1", "5433", "shop", "shop"]);
    expect(value("connect-password")).toBe("");
    expect(id("connect-password").getAttribute("placeholder")).toContain("held by Rekey");
    expect((await seen("connect-filled")).textContent).toContain("from your settings");
    expect(document.activeElement).toBe(id("connect-url"));
  });

  it("takes a pasted text out of the page once it was read", async () => {
    const { user, host } = await openWindow();
    await user.click(id("welcome-connect"));
    await user.click(await seen("imports-open"));
    await user.click(id("imports-text"));
    await user.paste("POSTGRES_DB=shop\nDATABASE_URL=postgres://ann:s3cret-canary@h/shop");
    expect(host.calls).not.toContain("url_parse");
    await user.click(id("imports-read"));
    await seen("imports-entry-0");
    expect(value("imports-text")).toBe("");
    expect(document.documentElement.outerHTML).not.toContain("canary");
    await user.type(id("imports-text"), "hello");
    await user.click(id("imports-read"));
    await waitFor(() => expect(id("imports-found").textContent).toContain("No connection was found"));
  });

  it("reveals the password only on demand", async () => {
    const { user } = await openWindow();
    await user.click(id("welcome-connect"));
    await user.type(await seen("connect-password"), "word");
    expect(id("connect-password").getAttribute("type")).toBe("password");
    await user.click(id("connect-reveal"));
    expect(id("connect-password").getAttribute("type")).toBe("text");
  });

  it.each(["keyring-locked", "keyring-missing"] as const)("is honest where the keyring is not there (%s)", async (scenario) => {
    const { user, host } = await openWindow({ scenario });
    await user.click(id("welcome-connect"));
    expect((await seen("connect-keyring")).textContent).toContain("until Rekey is closed");
    const asked = host.calls.filter((call) => call === "app_view").length;
    await user.click(id("connect-keyring-again"));
    await waitFor(() => expect(host.calls.filter((call) => call === "app_view").length).toBe(asked + 1));
    await expectAccessible();
  });

  it("opens a saved connection and shows database and environment", async () => {
    const { user } = await openWindow();
    await user.click(id("welcome-connect"));
    await user.click(await seen("connect-saved-c1"));
    await user.click(id("connect-open"));
    await arrived("inspect");
    expect(id("environment").textContent).toBe("PRODUCTION");
    expect(id("top-database").textContent).toContain("shop_prod");
  });

  it("asks before it forgets a connection", async () => {
    const { user } = await openWindow();
    await user.click(id("welcome-connect"));
    await user.click(await screen.findByRole("button", { name: "Forget Shop, live" }));
    expect(document.activeElement).toBe(await seen("danger-cancel"));
    await user.click(id("danger-confirm"));
    await waitFor(() => expect(screen.queryByTestId("connect-saved-c1")).toBeNull());
  });
});
