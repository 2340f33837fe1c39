// A backup as it is watched, while it is made or put back.

import type { Event as RunEvent } from "../generated/Event";
import { Watched } from "./watched.svelte";

export class LiveCopy extends Watched {
  /** The table at work, where that is known. */
  table = $state<string | null>(null);
  done = $state(0);
  /** Bytes of the step at work; 0 where nobody knows. */
  total = $state(0);
  #stepBegan = 0;

  /** From 0 to 1, never more; null where nothing can be told. */
  get fraction(): number | null {
    return this.total === 0 ? null : Math.min(1, this.done / this.total);
  }

  take(event: RunEvent): void {
    if (event.event !== "backup" || !this.running) return;
    this.heardAt = this.clock();
    if (this.steps.at(-1)?.title !== event.step) this.#next(event.step);
    this.table = event.table;
    this.done = event.bytes_done;
    this.total = event.bytes_total;
  }

  override finish(): void {
    this.#leave();
    super.finish();
  }

  #next(title: string): void {
    this.#leave();
    this.#stepBegan = this.clock();
    this.steps.push({ id: title, title, state: "running", seconds: null });
  }

  #leave(): void {
    const last = this.steps.at(-1);
    if (!last || last.state !== "running") return;
    last.state = "done";
    last.seconds = (this.clock() - this.#stepBegan) / 1000;
  }
}
