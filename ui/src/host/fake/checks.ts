// The checklist of the scripted host: what was looked at, and what follows from that.

import type { Check } from "../../generated/Check";
import type { CheckGroup } from "../../generated/CheckGroup";
import type { CheckName } from "../../generated/CheckName";
import type { CheckOutcome } from "../../generated/CheckOutcome";
import type { ChecklistView } from "../../generated/ChecklistView";
import type { EngineKind } from "../../generated/EngineKind";
import type { Finding } from "../../generated/Finding";
import { finding } from "./views";

interface Seen {
  name: CheckName;
  group: CheckGroup;
  title: string;
  why: string;
  measured: string;
  findings?: Finding[];
  outcome?: CheckOutcome;
  reason?: string;
}

const PREPARED = "Commit or roll them back: SELECT gid FROM pg_prepared_xacts.";

function seen(engine: EngineKind, blocked: boolean): Seen[] {
  const server = engine !== "sqlite";
  const disk = finding("block", "RK-301", "disk of the server", "The conversion needs about 31 GB of free space while it runs; 12 GB are free.", "Free 19 GB, or move the tablespace to a larger disk.");
  const prepared = finding("block", "RK-305", "public.orders", "Three prepared transactions hold locks on the table. They outlive their sessions, so waiting does not help.", PREPARED);
  const sessions = finding("warn", "RK-310", "4 sessions", "Other sessions are connected: puma (3), psql (1). They must be gone before the tables can be locked.", "Stop the application before you start the run.");
  const view = finding("warn", "RK-322", "public.open_orders", "A view shows a converted column. It is taken away and put back with the same text, owner and grants; its column is of type uuid then.", "Check who reads the view.");
  return [
    { name: "rights", group: "access", title: "Rights on every object", why: "A right that is missing in the middle of a run ends it.", measured: server ? "owner of 9 tables and 2 views" : "the file may be written" },
    server
      ? { name: "pooler", group: "access", title: "A pooler in between", why: "Through a pooler that hands sessions around, locks and settings of a run would land in the sessions of others.", measured: "none" }
      : { name: "pooler", group: "access", title: "A pooler in between", why: "Through a pooler that hands sessions around, locks and settings of a run would land in the sessions of others.", measured: "", outcome: "not_applicable", reason: "There is no server" },
    { name: "disk_for_rewrite", group: "space", title: "Disk for the new tables", why: "Every converted table is written anew while the old one is still there.", measured: blocked ? "12 GB free, about 31 GB needed" : server ? "82 GB free, about 4.1 GB needed" : "about 1 MB needed", findings: blocked ? [disk] : [] },
    { name: "drift", group: "schema", title: "Changes since the plan", why: "A plan holds for the very schema that it was made for.", measured: "none" },
    { name: "dependents", group: "schema", title: "Views, triggers, functions and conditions on keys", why: "What compares a key with a number finds something else, or fails, once the key is a UUID.", measured: server ? "1 view" : "none", findings: server ? [view] : [] },
    { name: "orphans", group: "data", title: "Rows that point nowhere, by reference", why: "A value without its key gets a UUID that leads nowhere, as the value does now.", measured: "none in 9 references" },
    { name: "sessions", group: "traffic", title: "Other programs that are connected", why: "A run needs the tables for itself.", measured: server ? "4 sessions: puma (3), psql (1)" : "none", findings: server ? [sessions] : [] },
    { name: "prepared_transactions", group: "traffic", title: "Prepared transactions", why: "A prepared transaction keeps its locks until somebody ends it by name, also across restarts.", measured: blocked ? "3" : "none", findings: blocked ? [prepared] : [] },
    { name: "earlier_run", group: "tools", title: "Earlier runs", why: "Runs are undone in reverse, and one that stopped on the way must be brought to an end first.", measured: "none" },
  ];
}

function checkOf({ findings = [], outcome, ...rest }: Seen): Check {
  const heavy = findings.some(({ severity }) => severity === "block" || severity === "ask");
  const remedy = findings.map((one) => one.remedy);
  return { ...rest, findings, outcome: outcome ?? (heavy ? "blocking" : findings.length > 0 ? "warning" : "passed"), ...(remedy.length > 0 ? { remedy } : {}) };
}

/** The checklist of one of the databases. */
export function checklistOf(engine: EngineKind, blocked: boolean, at: string): ChecklistView {
  const checks = seen(engine, blocked).map(checkOf);
  const order = ["block", "ask", "warn", "info"];
  const findings = checks.flatMap((check) => check.findings).sort((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity));
  const warned = findings.some(({ severity }) => severity === "warn");
  return {
    at,
    clear: !blocked,
    findings,
    checks,
    grade: {
      letter: blocked ? "C" : warned ? "B" : "A",
      meaning: blocked ? "Something stands in the way of the run." : warned ? "The run can begin; the warnings are to be read before." : "The run can begin.",
      minutes: engine === "sqlite" ? 0.1 : 4,
      decisions: engine === "sqlite" ? 0 : 2,
      open: 0,
    },
    inventory: {
      engine, server_version: "15.18", tables: 9, rows: 2_431_600, bytes: 1_290_000_000, largest: 1_800_000, columns: 61,
      keys: { 1: 8, 2: 1 }, references: 9, self_references: 1, objects: { column: 61, index: 14, table: 9, view: 2 }, converted_keys: 7, converted_columns: 16,
    },
  };
}
