// A backup as it is watched, while it is made or put back.

import type { Event as RunEvent } from "../generated/Event";
import { Counted } from "./watched.svelte";

/** It counts bytes. */
export class LiveCopy extends Counted {
  /** The table at work, where that is known. */
  table = $state<string | null>(null);

  take(event: RunEvent): void {
    if (event.event !== "backup" || !this.running) return;
    this.count(event.step, event.bytes_done, event.bytes_total);
    this.table = event.table;
  }
}
