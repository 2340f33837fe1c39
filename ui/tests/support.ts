import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import axe from "axe-core";
import { expect } from "vitest";

import App from "../src/App.svelte";
import type { Stage } from "../src/generated/Stage";
import { FakeHost, type FakeOptions } from "../src/host/fake";

export interface Opened {
  host: FakeHost;
  user: UserEvent;
}

/** Opens the whole window over the scripted host. */
export async function openWindow(options: FakeOptions = {}): Promise<Opened> {
  document.documentElement.lang = "en";
  const host = new FakeHost({ tick: 0, ...options });
  render(App, { host });
  await waitFor(() => expect(host.calls).toContain("app_view"));
  await screen.findByRole("heading", { level: 1 });
  return { host, user: userEvent.setup() };
}

export function id(testid: string): HTMLElement {
  return screen.getByTestId(testid);
}

export function seen(testid: string): Promise<HTMLElement> {
  return screen.findByTestId(testid, undefined, { timeout: 5000 });
}

export async function arrived(stage: Stage): Promise<void> {
  await waitFor(() => expect(id("stage").dataset["stage"]).toBe(stage));
}

/** Contrast needs a real canvas and is looked at in the real window. */
export async function expectAccessible(): Promise<void> {
  const found = await axe.run(document, { rules: { "color-contrast": { enabled: false } } });
  expect(found.violations.map(({ id: rule, nodes }) => `${rule}: ${nodes.map(({ html }) => html).join(" | ")}`)).toEqual([]);
}
