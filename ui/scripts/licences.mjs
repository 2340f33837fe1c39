// Writes the list of packages that are part of Rekey, with their licences, or says where the one
// that is kept is out of date: `node scripts/licences.mjs [--check]`.
//
// Crates are those that the program is linked from, on every platform of deny.toml; packages of
// the front end are those of which a module is in the bundle. Whatever has a choice of licences
// is used under the first of CHOICE that it offers.

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "vite";

const UI = join(import.meta.dirname, "..");
const FILE = join(UI, "src/licences/packages.json");

const CHOICE = [
  "MIT", "0BSD", "ISC", "Zlib", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "MIT-0", "BSL-1.0",
  "Unicode-3.0", "CC0-1.0", "Unlicense", "MPL-2.0", "CDLA-Permissive-2.0", "Apache-2.0 WITH LLVM-exception",
];

// How the text of a licence is known where the file's name does not tell.
const MARKS = {
  MIT: /permission is hereby granted, free of charge/i,
  "MIT-0": /permission is hereby granted, free of charge/i,
  "0BSD": /permission to use, copy, modify/i,
  ISC: /permission to use, copy, modify/i,
  Zlib: /provided 'as-is', without any express/i,
  "BSD-2-Clause": /redistributions in binary form/i,
  "BSD-3-Clause": /redistributions in binary form/i,
  "Apache-2.0": /apache license\s+version 2\.0/i,
  "Apache-2.0 WITH LLVM-exception": /apache license\s+version 2\.0/i,
  "BSL-1.0": /boost software license/i,
  "Unicode-3.0": /unicode license v3/i,
  "CC0-1.0": /cc0 1\.0 universal/i,
  Unlicense: /free and unencumbered software/i,
  "MPL-2.0": /mozilla public license version 2\.0/i,
  "CDLA-Permissive-2.0": /community data license agreement/i,
};

const packages = [...crates(), ...(await modules())];
const text = `${JSON.stringify({ groups: grouped(packages) }, null, 1)}\n`;
if (process.argv.includes("--check")) {
  const kept = existsSync(FILE) ? readFileSync(FILE, "utf8") : "";
  if (kept !== text) {
    const [now, before] = [names(text), names(kept)];
    for (const name of now) if (!before.has(name)) console.error(`not in the list: ${name}`);
    for (const name of before) if (!now.has(name)) console.error(`no longer used: ${name}`);
    console.error("The list of licences is out of date; `cargo xtask bless` renews it.");
    process.exit(1);
  }
  console.log(`${packages.length} packages and their licences are what is built.`);
} else {
  writeFileSync(FILE, text);
  console.log(`${packages.length} packages are in the list of licences.`);
}

function names(json) {
  const { groups } = json === "" ? { groups: [] } : JSON.parse(json);
  return new Set(groups.flatMap((group) => group.packages.map(({ name, version }) => `${name} ${version}`)));
}

function crates() {
  const targets = /targets = \[([^\]]*)\]/.exec(readFileSync(join(UI, "../deny.toml"), "utf8"))[1].match(/"[^"]+"/g);
  const found = new Map();
  for (const target of targets) for (const crate of linked(JSON.parse(target))) found.set(`${crate.name} ${crate.version}`, crate);
  return [...found.values()];
}

function linked(target) {
  const cargo = ["metadata", "--format-version", "1", "--locked", "--features", "custom-protocol", "--filter-platform", target];
  const told = JSON.parse(execFileSync("cargo", cargo, { cwd: join(UI, ".."), maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] }));
  const nodes = new Map(told.resolve.nodes.map((node) => [node.id, node]));
  const seen = new Set();
  const open = [told.packages.find(({ name, source }) => name === "rekey" && source === null).id];
  for (let id; (id = open.pop()) !== undefined; ) {
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...nodes.get(id).deps.filter(({ dep_kinds }) => dep_kinds.some(({ kind }) => kind === null)).map(({ pkg }) => pkg));
  }
  return told.packages
    .filter(({ id, source }) => seen.has(id) && source !== null)
    .map(({ name, version, license, authors, manifest_path }) => ({ name, version, license, authors, folder: dirname(manifest_path) }));
}

async function modules() {
  const folders = new Set();
  const listing = {
    name: "listing",
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) for (const id of Object.keys(chunk.modules ?? {})) note(id, folders);
    },
  };
  await build({ root: UI, configFile: join(UI, "vite.config.ts"), logLevel: "error", plugins: [listing], build: { write: false } });
  return [...folders].map((folder) => {
    const { name, version, license, author } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const person = typeof author === "string" ? author : author?.name;
    return { name, version, license, authors: person ? [person] : [], folder };
  });
}

function note(id, folders) {
  const inside = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id.replaceAll("\\", "/").replace(/^\0/, ""));
  if (inside) folders.add(inside[0]);
}

function grouped(all) {
  const groups = new Map();
  const lacking = [];
  for (const item of all) {
    for (const licence of chosen(item)) {
      const found = textOf(item.folder, licence);
      if (found === null) lacking.push([item, licence]);
      else add(groups, licence, found, item);
    }
  }
  for (const [item, licence] of lacking) {
    // Its authors left the text out; the words are those that most others have.
    const usual = [...groups.values()].filter((group) => group.licence === licence).sort((a, b) => b.packages.length - a.packages.length)[0];
    if (!usual) throw new Error(`no package has the text of ${licence}, under which ${item.name} ${item.version} is`);
    usual.packages.push({ name: item.name, version: item.version, copyright: item.authors });
  }
  const byName = (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1);
  for (const group of groups.values()) group.packages.sort(byName);
  return [...groups.values()].sort((a, b) => b.packages.length - a.packages.length || byName(a.packages[0], b.packages[0]));
}

function add(groups, licence, found, { name, version }) {
  const lines = found.replaceAll("\r", "").split("\n");
  const isNotice = (line) => /^\W*(copyright\b(?! notice| holder| owner| license| and related)|\(c\)|©)/i.test(line) && line.length < 200;
  // The text of the Apache licence holds such lines as an example.
  const own = licence.startsWith("Apache") ? [] : lines.filter(isNotice).map((line) => line.trim());
  const body = own.length > 0 ? lines.filter((line) => !isNotice(line)).join("\n") : found;
  const key = `${licence} ${body.toLowerCase().replaceAll(/[^a-z0-9]/g, "")}`;
  const group = groups.get(key) ?? { licence, text: body.replaceAll(/\n{3,}/g, "\n\n").trim(), packages: [] };
  group.packages.push({ name, version, copyright: own });
  groups.set(key, group);
}

// Of "A OR B" one, of "A AND B" both.
function chosen({ name, version, license }) {
  if (!license) throw new Error(`${name} ${version} names no licence`);
  return license
    .split(/ AND /)
    .map((part) => part.replaceAll(/[()]/g, "").split(/ OR |\//).map((one) => one.trim()))
    .map((offered) => {
      const taken = CHOICE.find((licence) => offered.includes(licence));
      if (!taken) throw new Error(`${name} ${version} is under ${license}, which is not known here`);
      return taken;
    });
}

function textOf(folder, licence) {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((file) => file.isFile() && /^(licen[cs]e|copying|unlicense|copyright)/i.test(file.name))
    .map(({ name }) => name)
    .sort();
  const short = licence.split("-")[0].toLowerCase();
  const texts = files.map((name) => [name, readFileSync(join(folder, name), "utf8")]).filter(([, content]) => MARKS[licence].test(content));
  const named = texts.find(([name]) => name.toLowerCase().includes(short));
  return (named ?? texts[0])?.[1] ?? null;
}
