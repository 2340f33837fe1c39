// What can be done with the services before and after the run, and what came of it, as the
// window shows it.

import { count } from "../../format";
import type { Comparison } from "../../generated/Comparison";
import type { Ended } from "../../generated/Ended";
import type { LogReport } from "../../generated/LogReport";
import type { Presence } from "../../generated/Presence";
import type { ServicesView } from "../../generated/ServicesView";
import type { Shown } from "../../generated/Shown";
import type { Snapshot } from "../../generated/Snapshot";
import type { Verb } from "../../generated/Verb";
import type { Wellbeing } from "../../generated/Wellbeing";
import type { Host } from "../../host";
import { t } from "../../messages";

export type Result =
  | { kind: "ended"; ended: Ended }
  | { kind: "presence"; presence: Presence }
  | { kind: "wellbeing"; wellbeing: Wellbeing }
  | { kind: "log"; log: LogReport }
  | { kind: "snapshot"; snapshot: Snapshot }
  | { kind: "comparison"; comparison: Comparison };

export interface Step {
  id: string;
  title: string;
  /** What is carried out, exactly: each needs a yes. */
  commands: readonly Shown[];
  about: string | null;
  /** Why it cannot be done yet. */
  blocked: string | null;
  work: (host: Host) => Promise<Result>;
}

export interface OutcomeText {
  good: boolean;
  title: string;
  text: string;
  lines: readonly string[];
  said: string;
}

const BEFORE: readonly Verb[] = ["maintenance_on", "stop"];
const AFTER: readonly Verb[] = ["start", "maintenance_off"];

export function stepsOf(view: ServicesView, phase: "before" | "after"): Step[] {
  if (view.file === null) return [];
  const verbs = phase === "before" ? BEFORE : AFTER;
  const commands = view.actions.filter(({ verb }) => verbs.includes(verb)).map(actionStep);
  return phase === "before" ? [...interfaceBefore(view), ...commands, presenceStep()] : [...commands, ...looks(view)];
}

function actionStep({ verb, command }: ServicesView["actions"][number]): Step {
  return {
    id: verb,
    title: t.services.verb[verb],
    commands: [command],
    about: null,
    blocked: null,
    work: async (host) => ({ kind: "ended", ended: await host.servicesDo(verb, command.line) }),
  };
}

function presenceStep(): Step {
  return {
    id: "stopped",
    title: t.services.stopped,
    commands: [],
    about: t.services.stoppedText,
    blocked: null,
    work: async (host) => ({ kind: "presence", presence: await host.servicesStopped() }),
  };
}

function missingToken(view: ServicesView): string | null {
  return view.interface?.token_missing ? t.services.tokenFirst : null;
}

function interfaceBefore(view: ServicesView): Step[] {
  if (!view.interface) return [];
  return [
    {
      id: "api_before",
      title: t.services.apiBefore,
      commands: [],
      about: `${view.interface.base}: ${view.interface.probes.join(", ")}`,
      blocked: missingToken(view),
      work: async (host) => ({ kind: "snapshot", snapshot: await host.apiBefore() }),
    },
  ];
}

function looks(view: ServicesView): Step[] {
  const steps: Step[] = [];
  if (view.health !== null) {
    steps.push({
      id: "health",
      title: t.services.health,
      commands: [],
      about: view.health,
      blocked: null,
      work: async (host) => ({ kind: "wellbeing", wellbeing: await host.servicesHealth() }),
    });
  }
  if (view.logs.length + view.log_commands.length > 0) {
    steps.push({
      id: "log",
      title: t.services.log,
      commands: view.log_commands,
      about: view.logs.length > 0 ? view.logs.join(", ") : null,
      blocked: null,
      work: async (host) => ({ kind: "log", log: await host.servicesLog(view.log_commands.length > 0) }),
    });
  }
  if (view.interface) {
    steps.push({
      id: "api_after",
      title: t.services.apiAfter,
      commands: [],
      about: `${view.interface.base}: ${view.interface.probes.join(", ")}`,
      blocked: missingToken(view) ?? (view.interface.asked_before === null ? t.services.notAskedBefore : null),
      work: async (host) => ({ kind: "comparison", comparison: await host.apiAfter() }),
    });
  }
  return steps;
}

export function outcomeOf(result: Result): OutcomeText {
  switch (result.kind) {
    case "ended":
      return endedText(result.ended);
    case "presence":
      return presenceText(result.presence);
    case "wellbeing":
      return {
        good: result.wellbeing.healthy,
        title: result.wellbeing.told,
        text: result.wellbeing.remedy ?? t.services.tries(result.wellbeing.tries),
        lines: [],
        said: "",
      };
    case "log":
      return logText(result.log);
    case "snapshot":
      return snapshotText(result.snapshot);
    case "comparison":
      return comparisonText(result.comparison);
  }
}

function endedText(ended: Ended): OutcomeText {
  const seconds = ended.milliseconds / 1000;
  return {
    good: ended.well,
    title: t.services.how(ended.how, ended.exit, ended.command.timeout_seconds),
    text: t.services.took(seconds),
    lines: ended.left_running ? [t.services.leftRunning] : [],
    said: ended.said.text,
  };
}

function presenceText(presence: Presence): OutcomeText {
  const told = presence.theirs.map(({ session, user, application, host }) =>
    t.services.session(session, [application, user, host].filter(Boolean).join(", ")),
  );
  return {
    good: presence.standing === "stopped",
    title: t.services.standing[presence.standing],
    text: presence.unclear ?? presence.caution ?? "",
    lines: [...told, ...(presence.others.length > 0 ? [t.services.others(count(presence.others.length))] : [])],
    said: "",
  };
}

function logText(log: LogReport): OutcomeText {
  const complaints = log.rules.reduce((sum, rule) => sum + rule.lines, 0);
  const lines = log.rules.map((rule) => `${count(rule.lines)} × ${rule.meaning} ${rule.remedy}`);
  const sources = log.sources.filter(({ trouble }) => trouble !== null).map(({ source, trouble }) => `${source}: ${trouble}`);
  const looked = log.sources.reduce((sum, source) => sum + source.lines, 0);
  return {
    good: complaints === 0 && sources.length === 0,
    title: complaints === 0 ? (sources.length === 0 ? t.services.logClean : t.services.logUnread) : t.services.complaints(complaints, count(complaints)),
    text: t.services.looked(count(looked)),
    lines: [...lines, ...sources],
    said: log.hits.map(({ source, line, text }) => `${source}:${line}  ${text}`).join("\n"),
  };
}

function snapshotText(snapshot: Snapshot): OutcomeText {
  const lines = snapshot.answers.map(({ name, status, milliseconds, trouble, remedy }) =>
    trouble === null ? `${name}: ${status}, ${milliseconds} ms` : `${name}: ${trouble}. ${remedy ?? ""}`,
  );
  const good = snapshot.answers.every(({ trouble, status, expected }) => trouble === null && status === expected);
  return { good, title: good ? t.services.answered : t.services.answeredBadly, text: good ? t.services.answeredText : t.services.answeredBadlyText, lines, said: "" };
}

function comparisonText(comparison: Comparison): OutcomeText {
  return {
    good: comparison.judgement !== "bad",
    title: t.services.judgement[comparison.judgement],
    text: "",
    lines: comparison.probes.map(({ name, remarks }) => `${name}: ${remarks.join(" ")}`),
    said: "",
  };
}
