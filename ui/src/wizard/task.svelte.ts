import type { Failure } from "../generated/Failure";
import { t } from "../messages";
import { offerAgain } from "./ways";

/** Whatever was thrown, in the one shape that the error panel shows. */
export function toFailure(error: unknown): Failure {
  if (isFailure(error)) return error;
  return {
    code: "RK-E98",
    what: t.error.unexpected,
    why: t.error.unexpectedWhy,
    remedy: [t.error.unexpectedRemedy],
    state: { state: "untouched" },
    state_sentence: t.error.unexpectedState,
    details: error instanceof Error ? error.message : String(error),
    exit: 1,
  };
}

function isFailure(error: unknown): error is Failure {
  return typeof error === "object" && error !== null && "code" in error && "what" in error && "remedy" in error;
}

/** One piece of work that a screen waits for: at most one at a time, with its failure. */
export class Task {
  busy = $state(false);
  failure = $state.raw<Failure | null>(null);

  /**
   * `again` does it once more. Where something is done with the answer, that must be part of it;
   * it is null where doing it once more would mean to hold on to a secret.
   */
  async run<T>(work: () => Promise<T>, again: (() => void) | null = () => void this.run(work)): Promise<T | undefined> {
    if (this.busy) return undefined;
    this.busy = true;
    this.failure = null;
    try {
      return await work();
    } catch (error) {
      const failure = toFailure(error);
      if (again) offerAgain(failure, again);
      this.failure = failure;
      return undefined;
    } finally {
      this.busy = false;
    }
  }
}
