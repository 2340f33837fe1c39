import { mount } from "svelte";

import App from "./App.svelte";
import { openHost } from "./host";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/controls.css";

const target = document.getElementById("app");
if (target) {
  void openHost().then((host) => mount(App, { target, props: { host } }));
}
