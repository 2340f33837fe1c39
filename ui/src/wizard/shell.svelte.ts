// What surrounds the steps: the log, help, and how large everything is.

import type { LogLine } from "../generated/LogLine";
import type { Host } from "../host";

export const SIZES = [80, 90, 100, 110, 125, 150, 175, 200] as const;

const NORMAL = 100;
const KEPT = "rekey.size";

export class Shell {
  help = $state(false);
  about = $state(false);
  logOpen = $state(false);
  lines = $state.raw<readonly LogLine[]>([]);
  /** In percent. */
  size = $state<number>(NORMAL);
  #fetching = false;

  constructor(readonly host: Host) {}

  /** What the system said last about keeping the computer awake; null where it agreed or was not asked. */
  get sleepy(): string | null {
    const last = this.lines.findLast((line) => line.entry === "awake");
    return last?.entry === "awake" && !last.kept ? (last.detail ?? "") : null;
  }

  /** Everything as large as it was when the window was closed. */
  start(): void {
    const kept = Number(localStorage.getItem(KEPT) ?? NORMAL);
    if (kept !== NORMAL && SIZES.some((size) => size === kept)) this.#resize(kept);
  }

  larger(): void {
    this.#resize(SIZES.find((size) => size > this.size) ?? this.size);
  }

  smaller(): void {
    this.#resize(SIZES.findLast((size) => size < this.size) ?? this.size);
  }

  normal(): void {
    this.#resize(NORMAL);
  }

  /** Fetches what was added since. A log that cannot be had is no reason to stop anything. */
  async fetchLog(): Promise<void> {
    if (this.#fetching) return;
    this.#fetching = true;
    try {
      const more = await this.host.logView(this.lines.at(-1)?.number ?? 0);
      if (more.length > 0) this.lines = [...this.lines, ...more];
    } catch (error) {
      console.warn(error);
    } finally {
      this.#fetching = false;
    }
  }

  #resize(size: number): void {
    this.size = size;
    localStorage.setItem(KEPT, String(size));
    void this.host.zoomSet(size);
  }
}
