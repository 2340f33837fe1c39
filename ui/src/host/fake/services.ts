// Services of the made-up shop: their file, and what each action comes to.

import type { Comparison } from "../../generated/Comparison";
import type { Ended } from "../../generated/Ended";
import type { LogReport } from "../../generated/LogReport";
import type { Presence } from "../../generated/Presence";
import type { ServicesView } from "../../generated/ServicesView";
import type { Shown } from "../../generated/Shown";
import type { Snapshot } from "../../generated/Snapshot";
import type { Verb } from "../../generated/Verb";
import type { Wellbeing } from "../../generated/Wellbeing";

function shown(...command: string[]): Shown {
  return { command, line: command.join(" "), folder: "/srv/shop", timeout_seconds: 120, environment: [] };
}

export const NO_SERVICES: ServicesView = { file: null, actions: [], health: null, logs: [], log_commands: [], interface: null };

export const SERVICES: ServicesView = {
  file: "/srv/shop/services.json",
  actions: [
    { verb: "maintenance_on", command: shown("/srv/shop/maintenance.sh", "on") },
    { verb: "stop", command: shown("systemctl", "stop", "shop") },
    { verb: "start", command: shown("systemctl", "start", "shop") },
    { verb: "maintenance_off", command: shown("/srv/shop/maintenance.sh", "off") },
  ],
  health: "https://shop.example.org/health",
  logs: ["/srv/shop/logs/application.log"],
  log_commands: [],
  interface: { base: "https://shop.example.org", open: false, token_missing: true, probes: ["me", "/api/orders"], asked_before: null },
};

export function endedOf(verb: Verb, fails: boolean): Ended {
  const command = SERVICES.actions.find((action) => action.verb === verb)?.command ?? shown(verb);
  const text = fails ? "Failed to stop shop.service: Access denied\n" : "";
  return {
    command,
    well: !fails,
    how: "exited",
    exit: fails ? 4 : 0,
    milliseconds: 1840,
    left_running: false,
    said: { text, bytes: text.length, left_out: 0 },
  };
}

export function presenceOf(running: boolean): Presence {
  const session = { session: "4711", user: "shop", application: "gunicorn", host: "10.0.0.5", open_seconds: 0 };
  return { standing: running ? "running" : "stopped", theirs: running ? [session] : [], others: [], unclear: null, caution: null, seconds: running ? 15 : 0 };
}

export const WELL: Wellbeing = {
  url: "https://shop.example.org/health",
  healthy: true,
  tries: 3,
  status: 200,
  milliseconds: 12,
  seconds: 6,
  told: "Well: the answer is 200, after 12 ms.",
  remedy: null,
};

export function logOf(complains: boolean): LogReport {
  const source = "/srv/shop/logs/application.log";
  const text = 'psycopg2.errors.InvalidTextRepresentation: invalid input syntax for type uuid: "7"';
  if (!complains) return { hits: [], rules: [], sources: [{ source, lines: 214, hits: 0, trouble: null, note: null }] };
  return {
    hits: [{ source, line: 1041, rule: "uuid-syntax", text }],
    rules: [
      {
        rule: "uuid-syntax",
        lines: 1,
        meaning: "The application sends the database something that is no UUID, mostly an old number.",
        remedy: "Find where the id comes from: an old link, a cache, a session, a queue or code that still counts.",
      },
    ],
    sources: [{ source, lines: 214, hits: 1, trouble: null, note: null }],
  };
}

export function snapshotOf(): Snapshot {
  const answer = { expected: 200, status: 200, milliseconds: 18, trouble: null, remedy: null };
  const held = { path: "$.id", uuids: 0, numbers: 1, nulls: 0, others: 0, examples: ["7"] };
  return {
    format: 1,
    taken: "2026-11-22T01:50:00Z",
    base: "https://shop.example.org",
    answers: [
      { ...answer, name: "me", path: "/api/me", values: [held] },
      { ...answer, name: "/api/orders", path: "/api/orders", values: [{ ...held, path: "$[*].id", numbers: 20 }] },
    ],
  };
}

export function comparisonOf(): Comparison {
  const before = snapshotOf();
  const probes = before.answers.map((then) => {
    const values = then.values.map((held) => ({ ...held, uuids: held.numbers, numbers: 0, examples: [] }));
    const remarks = values.map(({ path, uuids }) => `${path} holds ${uuids} UUIDs, which were numbers before.`);
    return { name: then.name, judgement: "good" as const, remarks, before: then, after: { ...then, values } };
  });
  return { judgement: "good", before: before.taken, after: "2026-11-22T02:40:00Z", probes };
}
