/** What somebody typed and chose of a restoring. */
export interface Wish {
  /** The name of the new database; null where it is the one that was proposed. */
  name: string | null;
  some: boolean;
  chosen: readonly string[];
}

export function noWish(): Wish {
  return { name: null, some: false, chosen: [] };
}
