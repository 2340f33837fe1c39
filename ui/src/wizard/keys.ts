// Keys that work on every screen.

import type { Shell } from "./shell.svelte";
import type { Wizard } from "./wizard.svelte";

/** True where the key was one of ours: the web view must then do nothing of its own. */
export function pressed(event: KeyboardEvent, shell: Shell, wizard: Wizard): boolean {
  if (event.key === "F1") return done(() => (shell.help = true));
  if (event.ctrlKey || event.metaKey) return sized(event.key, shell) || logged(event.key, shell);
  if (event.altKey && !writing(event.target)) return turned(event.key, wizard);
  return false;
}

function sized(key: string, shell: Shell): boolean {
  switch (key) {
    case "+":
    case "=":
      return done(() => shell.larger());
    case "-":
    case "−":
      return done(() => shell.smaller());
    case "0":
      return done(() => shell.normal());
    default:
      return false;
  }
}

function logged(key: string, shell: Shell): boolean {
  return key.toLowerCase() === "l" && done(() => (shell.logOpen = !shell.logOpen));
}

function turned(key: string, wizard: Wizard): boolean {
  if (key !== "ArrowLeft" && key !== "ArrowRight") return false;
  const stage = key === "ArrowLeft" ? wizard.previous : wizard.next;
  return done(() => stage && document.querySelector("dialog[open]") === null && !wizard.session.busy && wizard.go(stage));
}

// Where text is written these keys move the caret.
function writing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select");
}

function done(work: () => unknown): true {
  work();
  return true;
}
