// What the window may ask of the program behind it. The real host speaks to Rust, the
// scripted one opens every screen in a plain browser.

import type { AppView } from "../generated/AppView";
import type { BackupView } from "../generated/BackupView";
import type { CheckName } from "../generated/CheckName";
import type { ChecklistView } from "../generated/ChecklistView";
import type { Choices } from "../generated/Choices";
import type { CodeOf } from "../generated/CodeOf";
import type { CodeView } from "../generated/CodeView";
import type { Comparison } from "../generated/Comparison";
import type { ConnectionForm } from "../generated/ConnectionForm";
import type { Ended } from "../generated/Ended";
import type { Event as RunEvent } from "../generated/Event";
import type { FlushCounts } from "../generated/FlushCounts";
import type { ExpectedRevision } from "../generated/ExpectedRevision";
import type { ExportFile } from "../generated/ExportFile";
import type { ExportView } from "../generated/ExportView";
import type { GoingBack } from "../generated/GoingBack";
import type { ExportWish } from "../generated/ExportWish";
import type { ImportView } from "../generated/ImportView";
import type { Inspection } from "../generated/Inspection";
import type { Leftover } from "../generated/Leftover";
import type { LogLine } from "../generated/LogLine";
import type { LogReport } from "../generated/LogReport";
import type { PasswordSource } from "../generated/PasswordSource";
import type { PastedUrl } from "../generated/PastedUrl";
import type { PlanView } from "../generated/PlanView";
import type { RedisAddress } from "../generated/RedisAddress";
import type { RedisForm } from "../generated/RedisForm";
import type { RedisView } from "../generated/RedisView";
import type { Presence } from "../generated/Presence";
import type { RehearsalView } from "../generated/RehearsalView";
import type { ReportView } from "../generated/ReportView";
import type { Sample } from "../generated/Sample";
import type { Since } from "../generated/Since";
import type { TableName } from "../generated/TableName";
import type { RunView } from "../generated/RunView";
import type { ServicesView } from "../generated/ServicesView";
import type { SessionView } from "../generated/SessionView";
import type { SignOffForm } from "../generated/SignOffForm";
import type { SignOffView } from "../generated/SignOffView";
import type { Stage } from "../generated/Stage";
import type { TestResult } from "../generated/TestResult";
import type { Written } from "../generated/Written";
import type { VersionsView } from "../generated/VersionsView";
import type { Snapshot } from "../generated/Snapshot";
import type { Verb } from "../generated/Verb";
import type { Wellbeing } from "../generated/Wellbeing";

export type Listener = (event: RunEvent) => void;

/** Every call either answers or rejects with a `Failure`. */
export interface Host {
  appView(): Promise<AppView>;
  sampleOpen(): Promise<SessionView>;
  urlParse(text: string): Promise<PastedUrl>;
  /** Connections in a pasted text. Passwords in them stay outside the page. */
  importText(text: string): Promise<ImportView>;
  importPath(path: string): Promise<ImportView>;
  /** Connections in the files of the databases' own programs. */
  importUsual(): Promise<ImportView>;
  /** A file, or a folder, that the user chose in the system's dialog, or null. */
  pathChoose(title: string, folder: boolean): Promise<string | null>;
  connectionTest(form: ConnectionForm, password: PasswordSource): Promise<TestResult>;
  connectionOpen(form: ConnectionForm, password: PasswordSource): Promise<SessionView>;
  connectionForget(id: string): Promise<void>;
  inspect(): Promise<Inspection>;
  planMake(choices: Choices): Promise<PlanView>;
  /** The path of the saved file, or null where the user closed the dialog. */
  planSave(format: "json" | "sql"): Promise<string | null>;
  /** Without a file it is only shown. */
  export(wish: ExportWish, file: ExportFile | null): Promise<ExportView>;
  /** The path that the user chose in the system's dialog, or null. */
  exportChoose(title: string, name: string): Promise<string | null>;
  codeView(of: CodeOf): Promise<CodeView>;
  /** Only reads the folder. */
  codeScan(of: CodeOf, folder: string, listen: Listener): Promise<CodeView>;
  codeCancel(): Promise<void>;
  versionsView(): Promise<VersionsView>;
  /** Takes the revisions that the code expects, and looks at them. */
  versionsExpect(expected: readonly ExpectedRevision[]): Promise<ChecklistView>;
  checklist(): Promise<ChecklistView>;
  checklistAgain(name: CheckName): Promise<ChecklistView>;
  signOffView(): Promise<SignOffView>;
  signOffKeep(form: SignOffForm): Promise<SignOffView>;
  backupView(): Promise<BackupView>;
  backupMake(listen: Listener): Promise<BackupView>;
  backupOverride(reason: string): Promise<BackupView>;
  /** Into a new database; where tables are named, these alone. */
  backupRestore(name: string, tables: readonly string[], listen: Listener): Promise<BackupView>;
  /** What work that was cut off left behind. */
  leftovers(): Promise<Leftover[]>;
  /** Gives those that are still there. */
  leftoverRemove(name: string): Promise<Leftover[]>;
  rehearsalView(): Promise<RehearsalView>;
  rehearse(listen: Listener): Promise<RehearsalView>;
  rehearsalOverride(reason: string): Promise<RehearsalView>;
  /** `confirmation` is the name of the database that the user agreed to. */
  migrate(confirmation: string, listen: Listener): Promise<RunView>;
  /** Stops whatever is at work: a backup, its restoring, a rehearsal, a run or an undo. */
  migrateCancel(): Promise<void>;
  /** Heard only where rows are copied in batches. */
  migratePause(wanted: boolean): Promise<void>;
  /** Takes what stopped on the way to its end. */
  runResume(confirmation: string, listen: Listener): Promise<RunView>;
  /** Takes back what was done of it. */
  runAbandon(confirmation: string, listen: Listener): Promise<RunView>;
  /** Makes the run final: there is no undo afterwards. */
  runKeep(confirmation: string): Promise<RunView>;
  goingBack(): Promise<GoingBack>;
  rowsSince(): Promise<Since[]>;
  /** Rows of the database itself: shown, and kept nowhere. */
  sample(table: TableName): Promise<Sample>;
  validate(): Promise<RunView>;
  report(): Promise<ReportView>;
  reportOpen(): Promise<void>;
  undo(confirmation: string, listen: Listener): Promise<RunView>;
  redisView(): Promise<RedisView>;
  redisParse(text: string): Promise<RedisAddress>;
  redisConnect(form: RedisForm, password: PasswordSource): Promise<RedisView>;
  redisForget(): Promise<RedisView>;
  /** `stage` is where the work is watched. */
  redisScan(stage: Stage, listen: Listener): Promise<RedisView>;
  redisRulesKeep(rules: readonly Written[]): Promise<RedisView>;
  /** Says what the rules would do; changes nothing. */
  redisForesee(stage: Stage, listen: Listener): Promise<RedisView>;
  /** `confirmation` is the name of the Redis that the user agreed to. */
  redisRewrite(stage: Stage, confirmation: string, listen: Listener): Promise<RedisView>;
  redisUndo(stage: Stage, confirmation: string, listen: Listener): Promise<RedisView>;
  redisMatching(stage: Stage, pattern: string, listen: Listener): Promise<FlushCounts>;
  redisRemove(stage: Stage, pattern: string, confirmation: string, listen: Listener): Promise<FlushCounts>;
  runOpen(run: string): Promise<void>;
  servicesView(): Promise<ServicesView>;
  /** Null where the user closed the dialog. */
  servicesRead(path: string): Promise<ServicesView>;
  /** `line` is the command that the user said yes to. */
  servicesDo(verb: Verb, line: string): Promise<Ended>;
  servicesStopped(): Promise<Presence>;
  servicesHealth(): Promise<Wellbeing>;
  /** `commands`: the user said yes to the commands that write logs. */
  servicesLog(commands: boolean): Promise<LogReport>;
  servicesToken(token: string): Promise<ServicesView>;
  apiBefore(): Promise<Snapshot>;
  apiAfter(): Promise<Comparison>;
  sessionView(): Promise<SessionView>;
  sessionClose(): Promise<void>;
  /** The lines of the log behind the one with that number; 0 gives all. */
  logView(after: number): Promise<LogLine[]>;
  /** How large everything is, from 80 to 200. */
  zoomSet(percent: number): Promise<void>;
}

/** The host for where this page runs. The scripted one is not part of a release build. */
export async function openHost(): Promise<Host> {
  if (import.meta.env.DEV || import.meta.env.MODE === "fake") {
    const query = new URLSearchParams(location.search);
    if (import.meta.env.MODE === "fake" || query.get("host") === "fake") {
      const { FakeHost } = await import("./fake");
      return FakeHost.fromQuery(query);
    }
  }
  const { TauriHost } = await import("./tauri");
  return new TauriHost();
}
