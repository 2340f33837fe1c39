import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  clearScreen: false,
  server: { host: "127.0.0.1", port: 1420, strictPort: true },
  build: {
    // The floor of WKWebView and WebKitGTK.
    target: "safari16",
    // The polyfill is not needed there, and an inlined script would fight the content security policy.
    modulePreload: { polyfill: false },
  },
  test: {
    environment: "jsdom",
    setupFiles: ["tests/setup.ts"],
    include: ["tests/**/*.test.ts"],
    testTimeout: 60_000,
    // A failed query prints its message, not the whole page.
    env: { DEBUG_PRINT_LIMIT: "0" },
  },
});
