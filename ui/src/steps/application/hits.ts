// The lines that were found in code, as they are shown and copied.

import type { Hit } from "../../generated/Hit";

export interface FileHits {
  file: string;
  hits: Hit[];
}

export function hitKey(hit: Hit): string {
  return `${hit.file}:${hit.line}`;
}

/** Those in which every word stands somewhere, be it in the file's name or in the line. */
export function filtered(hits: readonly Hit[], wanted: string, framework: string): Hit[] {
  const words = wanted.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return hits.filter((hit) => {
    if (framework !== "" && hit.framework !== framework) return false;
    const text = [hit.file, hit.rule, hit.framework, hit.why, hit.before, hit.after ?? ""].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The same by file, in the order in which they stand. */
export function byFile(hits: readonly Hit[]): FileHits[] {
  const files: FileHits[] = [];
  for (const hit of hits) {
    const last = files.at(-1);
    if (last?.file === hit.file) last.hits.push(hit);
    else files.push({ file: hit.file, hits: [hit] });
  }
  return files;
}

/** For each framework how many lines, the most first. */
export function frameworks(hits: readonly Hit[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { framework } of hits) counts.set(framework, (counts.get(framework) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

/** The list as text, for an issue or a message. */
export function asText(hits: readonly Hit[]): string {
  return hits
    .map((hit) => {
      const after = hit.after ? hit.after.split("\n").map((line) => `  + ${line}`) : [];
      return [`${hitKey(hit)}  ${hit.why}`, `  - ${hit.before}`, ...after].join("\n");
    })
    .join("\n");
}
