// What jsdom lacks of a browser, as far as the window uses it.

import { afterEach } from "vitest";

HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
  this.setAttribute("open", "");
};
HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
  this.removeAttribute("open");
};
// Axe asks for one to measure contrast, which is looked at in a real browser.
HTMLCanvasElement.prototype.getContext = () => null;
Element.prototype.scrollTo ??= () => undefined;
Element.prototype.scrollIntoView ??= () => undefined;

afterEach(() => {
  sessionStorage.clear();
  localStorage.clear();
});
