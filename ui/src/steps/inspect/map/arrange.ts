import type { Drawing, Placed } from "./layout";

/**
 * Lays a picture out beside the page, which goes on answering meanwhile. Rejects where that
 * fails or is called off.
 */
export function arrange(drawing: Drawing, off: AbortSignal): Promise<Placed> {
  if (typeof Worker === "undefined") return import("./layout").then(({ place }) => place(drawing));
  const worker = new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" });
  const ended = new Promise<Placed>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Placed>) => resolve(data);
    worker.onerror = (event) => reject(new Error(event.message));
    off.addEventListener("abort", () => reject(new Error("called off")), { once: true });
  });
  worker.postMessage(drawing);
  return ended.finally(() => worker.terminate());
}
