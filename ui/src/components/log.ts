import { duration, locale } from "../format";
import type { LogEntry } from "../generated/LogEntry";
import type { LogLine } from "../generated/LogLine";
import { t } from "../messages";

const time = new Intl.DateTimeFormat(locale(), { timeStyle: "medium" });

/** When it was, by the clock on the wall. */
export function clock(line: LogLine): string {
  return time.format(new Date(line.at));
}

/** What happened, in a sentence. */
export function told(line: LogEntry): string {
  switch (line.entry) {
    case "began":
      return t.shell.began(t.shell.job[line.job]);
    case "ended":
      return t.shell.ended(t.shell.job[line.job], duration(line.seconds));
    case "failed":
      return t.shell.failed(t.shell.job[line.job], duration(line.seconds), line.code, line.what);
    case "step":
      return line.step;
    case "step_done":
      return t.shell.stepDone(line.step, duration(line.seconds));
    case "waiting":
      return t.shell.waiting(line.attempt, line.who);
    case "paused":
      return line.rests ? t.shell.rests : t.shell.goesOn;
    case "awake":
      return line.kept ? t.shell.awakeKept : t.shell.awakeRefused(line.detail ?? "");
  }
}

/** The whole log as text, for somebody in another place: with date and in UTC. */
export function asText(lines: readonly LogLine[]): string {
  return lines.map((line) => `${line.at}  ${told(line)}`).join("\n");
}
