// Many statements, one word: the heaviest lock and the hardest way back among them.

import type { Reach } from "../../generated/Reach";
import type { Reversal } from "../../generated/Reversal";
import type { Weight } from "../../generated/Weight";

const REACHES: readonly Reach[] = ["nobody", "definitions", "writers", "everybody"];
const REVERSALS: readonly Reversal[] = ["nothing", "transaction", "removed", "undone", "never"];

export function heaviest(weights: readonly Weight[]): Weight | null {
  const [first, ...rest] = weights;
  if (!first) return null;
  return rest.reduce((most, one) => {
    const reaches = REACHES.indexOf(one.reach) > REACHES.indexOf(most.reach);
    const harder = REVERSALS.indexOf(one.reversal) > REVERSALS.indexOf(most.reversal);
    return { ...(reaches ? one : most), reversal: harder ? one.reversal : most.reversal };
  }, first);
}
