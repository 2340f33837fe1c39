// What Rekey is made of, as `cargo xtask bless` wrote it down. Large, so it is loaded only where
// somebody looks.

export interface Package {
  name: string;
  version: string;
  copyright: readonly string[];
}

/** Packages under the very same text. */
export interface Group {
  licence: string;
  text: string;
  packages: readonly Package[];
}

/** The largest group first. */
export async function groups(): Promise<readonly Group[]> {
  const { default: text } = await import("./packages.json?raw");
  return (JSON.parse(text) as { groups: Group[] }).groups;
}
