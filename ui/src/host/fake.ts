// A scripted host with made-up databases, so that every screen and every failure opens in
// a plain browser: `?host=fake&at=plan&db=postgres&scenario=login`. Keeps no secret.

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
import type { EngineKind } from "../generated/EngineKind";
import type { Environment } from "../generated/Environment";
import type { FlushCounts } from "../generated/FlushCounts";
import type { ExpectedRevision } from "../generated/ExpectedRevision";
import type { ExportFile } from "../generated/ExportFile";
import type { ExportView } from "../generated/ExportView";
import type { ExportWish } from "../generated/ExportWish";
import type { ImportView } from "../generated/ImportView";
import type { Inspection } from "../generated/Inspection";
import type { KeyringState } from "../generated/KeyringState";
import type { Leftover } from "../generated/Leftover";
import type { PasswordSource } from "../generated/PasswordSource";
import type { PastedUrl } from "../generated/PastedUrl";
import type { PlanView } from "../generated/PlanView";
import type { RedisAddress } from "../generated/RedisAddress";
import type { RedisForm } from "../generated/RedisForm";
import type { RedisView } from "../generated/RedisView";
import type { RehearsalView } from "../generated/RehearsalView";
import type { ReportView } from "../generated/ReportView";
import type { RunState } from "../generated/RunState";
import type { RunSummary } from "../generated/RunSummary";
import type { RunView } from "../generated/RunView";
import type { SavedConnection } from "../generated/SavedConnection";
import type { Scanned } from "../generated/Scanned";
import type { SessionView } from "../generated/SessionView";
import type { SignOff } from "../generated/SignOff";
import type { SignOffForm } from "../generated/SignOffForm";
import type { SignOffView } from "../generated/SignOffView";
import type { Stage } from "../generated/Stage";
import type { StageStatus } from "../generated/StageStatus";
import type { StageView } from "../generated/StageView";
import type { StepRecord } from "../generated/StepRecord";
import type { TestResult } from "../generated/TestResult";
import type { Written } from "../generated/Written";
import type { VersionsView } from "../generated/VersionsView";
import { codeOf, compared, exportOf, scanOf, stampsOf, versionsOf } from "./fake/application";
import { checklistOf } from "./fake/checks";
import { untrustedTest, warningsOf, importedFolder, importedHome, importedText } from "./fake/connect";
import { emptyForm } from "../steps/connect/form";
import { placeOf } from "../steps/welcome/stopped";
import { failures } from "./fake/failures";
import { backupOf, copy, leftoversOf, rehearsalOf, restorableOf, restore, restoredOf } from "./fake/safety";
import { everythingSigned, nothingSigned, profileOf, signedBy, viewOf } from "./fake/people";
import { FakeRedis, SERVER, type Surroundings, passes } from "./fake/redis";
import { linesOf } from "./fake/log";
import { backOf, pastRuns, recordsOf, sampleOf, sinceOf, sizesOf, stoppedOf } from "./fake/aftermath";
import { type Ending, type Pace, pause, play } from "./fake/run";
import type { GoingBack } from "../generated/GoingBack";
import type { Sample } from "../generated/Sample";
import type { Since } from "../generated/Since";
import type { StoppedRun } from "../generated/StoppedRun";
import type { TableName } from "../generated/TableName";
import { comparisonOf, endedOf, logOf, NO_SERVICES, presenceOf, SERVICES, snapshotOf, WELL } from "./fake/services";
import { reachedStages, sshOf, unknownKeyTest } from "./fake/ssh";
import { databases, type FakeDatabase } from "./fake/shop";
import { wideInspection } from "./fake/wide";
import { inspectionOf, planOf, proofsOf } from "./fake/views";
import type { Host, Listener } from "./index";
import type { LogLine } from "../generated/LogLine";
import type { LogReport } from "../generated/LogReport";
import type { Presence } from "../generated/Presence";
import type { ServicesView } from "../generated/ServicesView";
import type { Snapshot } from "../generated/Snapshot";
import type { Verb } from "../generated/Verb";
import type { Wellbeing } from "../generated/Wellbeing";

export type Scenario =
  | "plain"
  | "fresh"
  | "keyring-locked"
  | "keyring-missing"
  | "login"
  | "untrusted"
  | "ssh-missing"
  | "ssh-unknown"
  | "inspect-fails"
  | "wide"
  | "blocked"
  | "running"
  | "waiting"
  | "lock-gives-up"
  | "run-fails"
  | "unclear"
  | "proof-fails"
  | "backup-fails"
  | "backing-up"
  | "no-backup"
  | "restoring"
  | "restore-fails"
  | "leftovers"
  | "rehearsing"
  | "rehearsal-fails"
  | "redis"
  | "redis-running"
  | "redis-removing"
  | "report-fails"
  | "undo-fails"
  | "redis-stands"
  | "scanning"
  | "services-trouble"
  | "sleepy"
  | "stopped"
  | "stopped-undo"
  | "taken-back"
  | "paused"
  | "no-way-back";

export interface FakeOptions {
  scenario?: Scenario;
  /** How far the work has got when the window opens. */
  at?: Stage;
  db?: EngineKind;
  /** Milliseconds per event; 0 in tests. */
  tick?: number;
}

const RUN = "k3v9x0a7bq";

const ORDER: readonly Stage[] = ["welcome", "connect", "inspect", "plan", "checklist", "backup", "rehearse", "migrate", "validate", "report"];

const PLAIN: Choices = { selection: { select: "all" }, uuid: "v7", storage: null, include_inferred: false, accept_defaults: true, answers: {} };

const NO_BACKUP: BackupView = { made: null, override_reason: null, restorable: null, restored: null };

const SERVER_FORM: ConnectionForm = {
  engine: "postgres",
  host: "db.example.org",
  port: 5432,
  user: "ann",
  database: "shop_prod",
  tls: "verify-full",
  certificates: { authority: "", client: "", key: "" },
  ssh: { destination: "", config: "" },
  path: "",
  name: "Shop, live",
  environment: "production",
  remember: true,
};

export class FakeHost implements Host {
  readonly scenario: Scenario;
  readonly tick: number;
  /** What was asked for, by name: tests look at it. */
  readonly calls: string[] = [];
  /** The checks that were looked at once more. */
  readonly lookedAgain: CheckName[] = [];
  #base: FakeDatabase | null = null;
  #environment: Environment | null = null;
  #sample = false;
  #inspected = false;
  #plan: PlanView | null = null;
  #checked = false;
  #signOff: SignOff = nothingSigned("development");
  #backup: BackupView = NO_BACKUP;
  #leftovers: Leftover[] | null = null;
  #rehearsal: Omit<RehearsalView, "possible"> = { made: null, override_reason: null };
  #run: { state: RunState; steps: StepRecord[] } | null = null;
  #redis = new FakeRedis();
  #busy: Stage | null = null;
  #stopped = false;
  #resting = false;
  #halfway: StoppedRun | null = null;
  #scan: Scanned | null = null;
  #scanStopped = false;
  #expected: ExpectedRevision[] = [];
  /** The questions count as answered: the window opened at a later stage. */
  #settled = false;
  #connections: SavedConnection[];
  #runs: RunSummary[];
  #services: ServicesView = NO_SERVICES;

  constructor(options: FakeOptions = {}) {
    this.scenario = options.scenario ?? "plain";
    this.tick = options.tick ?? 90;
    const fresh = this.scenario === "fresh";
    this.#connections = fresh ? [] : savedConnections();
    this.#runs = fresh ? [] : pastRuns(this.scenario);
    if (options.at) this.#advance(options.at, options.db ?? "sqlite");
  }

  static fromQuery(query: URLSearchParams): FakeHost {
    return new FakeHost({
      scenario: (query.get("scenario") ?? "plain") as Scenario,
      at: (query.get("at") ?? undefined) as Stage | undefined,
      db: (query.get("db") ?? "sqlite") as EngineKind,
      tick: Number(query.get("tick") ?? 90),
    });
  }

  async appView(): Promise<AppView> {
    await this.#asked("app_view");
    return { version: "0.1.0", keyring: this.#keyring(), ssh: sshOf(this.scenario), connections: this.#connections, runs: this.#runs, session: this.#session() };
  }

  async sampleOpen(): Promise<SessionView> {
    await this.#asked("sample_open");
    this.#reset(databases.sqlite, null, true);
    return this.#session();
  }

  async urlParse(text: string): Promise<PastedUrl> {
    await this.#asked("url_parse");
    const sqlite = /^(?:sqlite3?:(?:\/\/)?|file:)?(\/.*|.*\.(?:db|sqlite3?))$/.exec(text.trim());
    if (sqlite) return { form: { ...emptyForm("sqlite"), path: sqlite[1] ?? "" }, held: null, remarks: [] };
    const parts = /^postgres(?:ql)?(?:\+\w+)?:\/\/([^:@/]+)(?::(.*))?@([^@:/]+)(?::(\d+))?\/([^?]+)/.exec(text.trim());
    if (!parts) throw failures.address;
    const [, user = "", password, host = "", port, database = ""] = parts;
    const local = host === "localhost" || host === "127.0.0.1";
    return {
      form: { ...emptyForm("postgres"), host, port: Number(port ?? 5432), user, database, tls: local ? "prefer" : "verify-full" },
      held: password ? "held-1" : null,
      remarks: host.includes("pooler") ? ["The address leads through a pooler. Rekey needs the server itself: take the direct address of your database."] : [],
    };
  }

  async importText(text: string): Promise<ImportView> {
    await this.#asked("import_text");
    return importedText(text);
  }

  async importPath(path: string): Promise<ImportView> {
    await this.#asked("import_path");
    return importedFolder(path);
  }

  async importUsual(): Promise<ImportView> {
    await this.#asked("import_usual");
    return importedHome();
  }

  async pathChoose(title: string, folder: boolean): Promise<string | null> {
    await this.#asked("path_choose");
    if (title.includes("services")) return SERVICES.file;
    return folder ? "/home/ann/shop" : "/home/ann/shop/.env";
  }

  async connectionTest(form: ConnectionForm): Promise<TestResult> {
    await this.#asked("connection_test");
    if (form.engine === "sqlite") {
      return { stages: [{ title: "File", passed: true, detail: form.path }, { title: "Find the database", passed: true, detail: "SQLite 3.51.3, 6 tables" }], warnings: [], failure: null };
    }
    const refused = this.scenario === "login";
    if (this.scenario === "untrusted") return untrustedTest(form);
    if (this.scenario === "ssh-unknown") return unknownKeyTest(form);
    return {
      warnings: refused ? [] : warningsOf(form),
      stages: [
        ...reachedStages(form),
        { title: "Protect the way", passed: true, detail: "TLS 1.3, certificate signed by CN=R11, checked" },
        { title: "Log in", passed: !refused, detail: refused ? "refused" : `as ${form.user}` },
        { title: "Database", passed: refused ? null : true, detail: refused ? "" : form.database },
        { title: "Ask for its version", passed: refused ? null : true, detail: refused ? "" : "PostgreSQL 15.18" },
        { title: "Look at the rights", passed: refused ? null : true, detail: refused ? "" : "the user owns every table" },
      ],
      failure: refused ? failures.login : null,
    };
  }

  async connectionOpen(form: ConnectionForm): Promise<SessionView> {
    await this.#asked("connection_open");
    if (this.scenario === "login") throw failures.login;
    const known = databases[form.engine];
    const server =
      form.engine !== "sqlite"
        ? { ...known.server, database: form.database, place: placeOf(form) }
        : { ...known.server, database: form.path.split("/").at(-1) ?? form.path, place: form.path };
    this.#reset({ ...known, server }, form.environment ?? "dev", false);
    return this.#session();
  }

  async connectionForget(id: string): Promise<void> {
    await this.#asked("connection_forget");
    this.#connections = this.#connections.filter((saved) => saved.id !== id);
  }

  async inspect(): Promise<Inspection> {
    await this.#asked("inspect");
    if (this.scenario === "inspect-fails") throw failures.unreadable;
    this.#inspected = true;
    return this.scenario === "wide" ? wideInspection(this.#database().server) : inspectionOf(this.#database());
  }

  async planMake(choices: Choices): Promise<PlanView> {
    await this.#asked("plan_make");
    const plan = planOf(this.#database(), this.#settled ? { ...choices, accept_defaults: true } : choices);
    if (this.#plan === null || JSON.stringify(plan) !== JSON.stringify(this.#plan)) this.#checked = false;
    this.#plan = plan;
    return this.#plan;
  }

  async planSave(format: "json" | "sql"): Promise<string | null> {
    await this.#asked("plan_save");
    return `/home/ann/plans/${this.#database().server.database}.${format}`;
  }

  async checklist(): Promise<ChecklistView> {
    await this.#asked("checklist");
    return this.#look("2026-11-21T09:14:05Z");
  }

  async checklistAgain(name: CheckName): Promise<ChecklistView> {
    await this.#asked("checklist_again");
    this.lookedAgain.push(name);
    return this.#look("2026-11-21T09:15:30Z");
  }

  async export(wish: ExportWish, file: ExportFile | null): Promise<ExportView> {
    await this.#asked(`export ${JSON.stringify(wish)} ${JSON.stringify(file)}`);
    if (file?.path === "/home/ann/taken.sql" && !file.replace) throw failures.fileTaken(file.path);
    return { ...exportOf(this.#plan ?? planOf(this.#database(), PLAIN), wish), path: file?.path ?? null };
  }

  async exportChoose(_title: string, name: string): Promise<string | null> {
    await this.#asked(`export_choose ${name}`);
    return `/home/ann/${name}`;
  }

  async codeView(of: CodeOf): Promise<CodeView> {
    await this.#asked(`code_view ${of}`);
    return codeOf(this.#plan ?? planOf(this.#database(), PLAIN), this.#scan);
  }

  async codeScan(of: CodeOf, folder: string, listen: Listener): Promise<CodeView> {
    await this.#asked(`code_scan ${of} ${folder}`);
    if (!folder.startsWith("/")) throw failures.noPath(folder, "a folder");
    this.#scanStopped = false;
    const pace: Pace = { tick: this.tick, stopped: () => this.#scanStopped, hold: null, fail: null, waits: 0 };
    const scan = await scanOf(folder, listen, pace, this.scenario === "scanning");
    if (!scan) throw failures.cancelledUntouched;
    this.#scan = scan;
    return codeOf(this.#plan ?? planOf(this.#database(), PLAIN), scan);
  }

  async codeCancel(): Promise<void> {
    await this.#asked("code_cancel");
    this.#scanStopped = true;
  }

  async versionsView(): Promise<VersionsView> {
    await this.#asked("versions_view");
    return { tables: versionsOf(this.#database()), expected: this.#expected };
  }

  async versionsExpect(expected: readonly ExpectedRevision[]): Promise<ChecklistView> {
    await this.#asked(`versions_expect ${expected.map(({ tool, revision }) => `${tool}=${revision}`).join(" ")}`);
    this.#expected = [...expected];
    return this.#look("2026-11-21T09:16:10Z");
  }

  async signOffView(): Promise<SignOffView> {
    await this.#asked("sign_off_view");
    return viewOf(this.#signOff);
  }

  async signOffKeep(form: SignOffForm): Promise<SignOffView> {
    await this.#asked("sign_off_keep");
    this.#signOff = signedBy(this.#signOff, form);
    return viewOf(this.#signOff);
  }

  async backupView(): Promise<BackupView> {
    await this.#asked("backup_view");
    return this.#backup;
  }

  async backupMake(listen: Listener): Promise<BackupView> {
    await this.#asked("backup_make");
    await this.#atWork("backup", async (pace) => {
      const ended = await copy(this.#database(), true, listen, { ...pace, hold: this.scenario === "backing-up" ? "all" : null });
      if (!ended) throw failures.cancelledUntouched;
    });
    if (this.scenario === "backup-fails") throw failures.backup;
    this.#backup = this.#made();
    this.#rehearsal = { made: null, override_reason: null };
    return this.#backup;
  }

  async backupRestore(name: string, tables: readonly string[], listen: Listener): Promise<BackupView> {
    await this.#asked(`backup_restore ${[name, ...tables].join(" ")}`);
    await this.#atWork("backup", async (pace) => {
      const ended = await restore(this.#database(), listen, { ...pace, hold: this.scenario === "restoring" ? "all" : null });
      if (!ended) throw failures.cancelledUntouched;
    });
    if (this.scenario === "restore-fails") throw failures.taken(name);
    this.#backup = { ...this.#backup, restored: restoredOf(this.#database(), name, tables) };
    return this.#backup;
  }

  async leftovers(): Promise<Leftover[]> {
    await this.#asked("leftovers");
    return this.#left();
  }

  async leftoverRemove(name: string): Promise<Leftover[]> {
    await this.#asked(`leftover_remove ${name}`);
    const one = this.#left().find((left) => left.name === name);
    if (one?.in_use) throw failures.inUse(name);
    this.#leftovers = this.#left().filter((left) => left.name !== name);
    return this.#leftovers;
  }

  async backupOverride(reason: string): Promise<BackupView> {
    await this.#asked("backup_override");
    this.#backup = { ...this.#backup, override_reason: reason };
    return this.#backup;
  }

  async rehearsalView(): Promise<RehearsalView> {
    await this.#asked("rehearsal_view");
    return this.#rehearsalView();
  }

  async rehearse(listen: Listener): Promise<RehearsalView> {
    await this.#asked("rehearse");
    const plan = this.#plan ?? planOf(this.#database(), PLAIN);
    const broken = this.scenario === "rehearsal-fails";
    await this.#atWork("rehearse", async (pace) => {
      const middle = this.#middle(plan);
      let ended = await copy(this.#database(), false, listen, pace);
      const there = { ...pace, hold: this.scenario === "rehearsing" ? middle : null, fail: broken ? middle : null };
      ended &&= (await play(this.#database(), plan, plan.steps, listen, there)) !== "stopped";
      if (!broken) ended &&= (await play(this.#database(), plan, plan.undo, listen, pace)) !== "stopped";
      if (!ended) throw failures.cancelledUntouched;
    });
    this.#rehearsal = { made: rehearsalOf(this.#database(), plan, broken), override_reason: null };
    return this.#rehearsalView();
  }

  async rehearsalOverride(reason: string): Promise<RehearsalView> {
    await this.#asked("rehearsal_override");
    this.#rehearsal = { ...this.#rehearsal, override_reason: reason };
    return this.#rehearsalView();
  }

  async migrate(confirmation: string, listen: Listener): Promise<RunView> {
    await this.#asked(`migrate ${confirmation}`);
    const plan = this.#plan ?? planOf(this.#database(), PLAIN);
    const ending = await this.#play("migrate", plan, plan.steps, listen);
    if (ending === "stopped") throw failures.cancelled;
    if (ending === "locked") throw failures.locked;
    if (ending === "failed") throw this.scenario === "unclear" ? failures.unclear : failures.statement;
    this.#run = { state: "converted", steps: ending.records };
    return this.#runView();
  }

  async migrateCancel(): Promise<void> {
    await this.#asked("migrate_cancel");
    this.#stopped = true;
  }

  async migratePause(wanted: boolean): Promise<void> {
    await this.#asked(`migrate_pause ${wanted}`);
    this.#resting = wanted;
  }

  async runResume(confirmation: string, listen: Listener): Promise<RunView> {
    await this.#asked(`run_resume ${confirmation}`);
    return this.#goOn(listen, "converted");
  }

  async runAbandon(confirmation: string, listen: Listener): Promise<RunView> {
    await this.#asked(`run_abandon ${confirmation}`);
    return this.#goOn(listen, "rolled_back");
  }

  async #goOn(listen: Listener, state: RunState): Promise<RunView> {
    const plan = planOf(this.#database(), PLAIN);
    const ending = await this.#play("migrate", plan, plan.steps.slice(6), listen);
    if (typeof ending === "string") throw failures.cancelled;
    this.#halfway = null;
    this.#run = { state, steps: ending.records };
    const view = this.#runView();
    if (state !== "converted") this.#run = null;
    return view;
  }

  async runKeep(confirmation: string): Promise<RunView> {
    await this.#asked(`run_keep ${confirmation}`);
    if (this.#run) this.#run = { ...this.#run, state: "kept" };
    return this.#runView();
  }

  async goingBack(): Promise<GoingBack> {
    await this.#asked("going_back");
    return backOf(this.#run?.state ?? "converted", this.scenario === "no-way-back");
  }

  async rowsSince(): Promise<Since[]> {
    await this.#asked("rows_since");
    return sinceOf(this.#database());
  }

  async sample(table: TableName): Promise<Sample> {
    await this.#asked(`sample ${table.schema}.${table.table}`);
    return sampleOf(this.#plan ?? planOf(this.#database(), PLAIN), table);
  }

  async validate(): Promise<RunView> {
    await this.#asked("validate");
    return this.#runView();
  }

  async report(): Promise<ReportView> {
    await this.#asked("report");
    const run = this.#runView();
    return {
      run,
      html_path: "/home/ann/.local/share/rekey/reports/k3v9x0a7bq.html",
      json_path: "/home/ann/.local/share/rekey/reports/k3v9x0a7bq.json",
      advice: [
        "Change the type of every id in your models from integer to UUID, references included.",
        "Look for code that turns an id into a number, such as int(request.args[\"id\"]), and for routes that accept digits only.",
        "Clear caches and search indexes that hold the old ids.",
        "SQLite makes no UUIDs of its own: your application must send the id of every new row.",
      ],
      stamps: stampsOf(this.#database()),
      started: "2026-11-20T16:02:11Z",
      database: this.#database().server.database,
      can_undo: run.state === "converted",
      undo_statements: this.scenario === "redis-stands" ? ['CREATE TABLE "_rekey_redis_k3v9x0a7bq_0" ("new_id" TEXT NOT NULL PRIMARY KEY, "old_id" TEXT NOT NULL)'] : [],
    };
  }

  async reportOpen(): Promise<void> {
    await this.#asked("report_open");
    if (this.scenario === "report-fails") throw failures.unreadable;
  }

  async undo(confirmation: string, listen: Listener): Promise<RunView> {
    await this.#asked(`undo ${confirmation}`);
    const plan = this.#plan ?? planOf(this.#database(), PLAIN);
    const ending = await this.#play("report", plan, plan.undo, listen);
    if (typeof ending === "string" || this.scenario === "undo-fails") throw failures.locked;
    this.#run = { state: "undone", steps: ending.records };
    return this.#runView();
  }

  async redisView(): Promise<RedisView> {
    await this.#asked("redis_view");
    return this.#redis.view(this.#surroundings());
  }

  async redisParse(text: string): Promise<RedisAddress> {
    await this.#asked("redis_parse");
    const parts = /^(rediss?):\/\/(?:([^:@]*)(?::([^@]*))?@)?([^@]+)$/.exec(text.trim());
    if (!parts) throw failures.address;
    const [, scheme = "", user, password, place = ""] = parts;
    return { address: `${scheme}://${user ? `${user}@` : ""}${place}`, held: password ? "held-2" : null };
  }

  async redisConnect(form: RedisForm, password: PasswordSource): Promise<RedisView> {
    await this.#asked(`redis_connect ${form.address} ${password.from}`);
    if (form.address.includes("nowhere")) throw failures.redisUnreachable;
    this.#redis.connect(form.address, form.remember);
    return this.redisView();
  }

  async redisForget(): Promise<RedisView> {
    await this.#asked("redis_forget");
    this.#redis.forget();
    return this.redisView();
  }

  async redisScan(stage: Stage, listen: Listener): Promise<RedisView> {
    await this.#asked(`redis_scan ${stage}`);
    await this.#passes(stage, "Look at the keys in Redis", listen);
    this.#redis.found(this.#sessionsOf());
    return this.redisView();
  }

  async redisRulesKeep(rules: readonly Written[]): Promise<RedisView> {
    await this.#asked(`redis_rules_keep ${rules.map(({ kind, text }) => `${kind} ${text}`).join(" | ")}`);
    this.#redis.keep(rules, this.#surroundings().columns);
    return this.redisView();
  }

  async redisForesee(stage: Stage, listen: Listener): Promise<RedisView> {
    await this.#asked(`redis_foresee ${stage}`);
    await this.#passes(stage, "Look at the keys in Redis", listen);
    this.#redis.foresee(RUN);
    return this.redisView();
  }

  async redisRewrite(stage: Stage, confirmation: string, listen: Listener): Promise<RedisView> {
    await this.#asked(`redis_rewrite ${stage} ${confirmation}`);
    await this.#passes(stage, "Rewrite ids in Redis", listen, this.scenario === "redis-running");
    this.#redis.rewrite(RUN);
    return this.redisView();
  }

  async redisUndo(stage: Stage, confirmation: string, listen: Listener): Promise<RedisView> {
    await this.#asked(`redis_undo ${stage} ${confirmation}`);
    await this.#passes(stage, "Bring the old ids back in Redis", listen);
    this.#redis.undo(RUN);
    return this.redisView();
  }

  async redisMatching(stage: Stage, pattern: string, listen: Listener): Promise<FlushCounts> {
    await this.#asked(`redis_matching ${stage} ${pattern}`);
    await this.#passes(stage, "Count keys in Redis", listen);
    return this.#redis.matching(pattern, true);
  }

  async redisRemove(stage: Stage, pattern: string, confirmation: string, listen: Listener): Promise<FlushCounts> {
    await this.#asked(`redis_remove ${stage} ${pattern} ${confirmation}`);
    await this.#passes(stage, "Remove keys from Redis", listen, this.scenario === "redis-removing");
    return this.#redis.matching(pattern, false);
  }

  async runOpen(run: string): Promise<void> {
    await this.#asked(`run_open ${run}`);
    this.#advance("report", "postgres");
  }

  async servicesView(): Promise<ServicesView> {
    await this.#asked("services_view");
    return this.#services;
  }

  async servicesRead(path: string): Promise<ServicesView> {
    await this.#asked(`services_read ${path}`);
    if (!path.startsWith("/")) throw failures.noPath(path, "a file");
    this.#services = { ...SERVICES, file: path };
    return this.#services;
  }

  async servicesDo(verb: Verb, line: string): Promise<Ended> {
    await this.#asked(`services_do ${verb} ${line}`);
    return endedOf(verb, this.scenario === "services-trouble");
  }

  async servicesStopped(): Promise<Presence> {
    await this.#asked("services_stopped");
    return presenceOf(this.scenario === "services-trouble");
  }

  async servicesHealth(): Promise<Wellbeing> {
    await this.#asked("services_health");
    return WELL;
  }

  async servicesLog(commands: boolean): Promise<LogReport> {
    await this.#asked(`services_log ${commands}`);
    return logOf(this.scenario === "services-trouble");
  }

  async servicesToken(token: string): Promise<ServicesView> {
    await this.#asked(`services_token of ${token.length} letters`);
    return this.#knownInterface({ token_missing: false });
  }

  async apiBefore(): Promise<Snapshot> {
    await this.#asked("api_before");
    const snapshot = snapshotOf();
    this.#knownInterface({ asked_before: snapshot.taken });
    return snapshot;
  }

  async apiAfter(): Promise<Comparison> {
    await this.#asked("api_after");
    return comparisonOf();
  }

  #knownInterface(change: Partial<NonNullable<ServicesView["interface"]>>): ServicesView {
    const known = this.#services.interface;
    if (known) this.#services = { ...this.#services, interface: { ...known, ...change } };
    return this.#services;
  }

  async sessionView(): Promise<SessionView> {
    return this.#session();
  }

  async sessionClose(): Promise<void> {
    await this.#asked("session_close");
    this.#base = null;
    this.#run = null;
  }

  async #play(stage: Stage, plan: PlanView, steps: PlanView["steps"], listen: Listener): Promise<Ending> {
    const middle = this.#middle(plan);
    return this.#atWork(stage, (pace) =>
      play(this.#database(), plan, steps, listen, {
        ...pace,
        hold: this.scenario === "running" ? middle : this.scenario === "waiting" ? "lock_tables" : null,
        fail: this.scenario === "run-fails" || this.scenario === "unclear" ? middle : this.scenario === "lock-gives-up" ? "lock_tables" : null,
        waits: this.scenario === "waiting" || this.scenario === "lock-gives-up" ? 3 : 0,
      }),
    );
  }

  async #atWork<T>(stage: Stage, work: (pace: Pace) => Promise<T>): Promise<T> {
    this.#busy = stage;
    this.#stopped = false;
    this.#resting = this.scenario === "paused";
    try {
      return await work({ tick: this.tick, stopped: () => this.#stopped, resting: () => this.#resting, hold: null, fail: null, waits: 0 });
    } finally {
      this.#busy = null;
    }
  }

  async #passes(stage: Stage, title: string, listen: Listener, hold = false): Promise<void> {
    const ended = await this.#atWork(stage, (pace) => passes(title, listen, { ...pace, hold: hold ? "all" : null }));
    if (!ended) throw failures.redisStopped;
  }

  #surroundings(): Surroundings {
    const columns = this.#plan?.conversions.map(({ root }) => `${root.schema}.${root.table}.${root.column}`) ?? [];
    return { columns, run: this.#run ? RUN : null, converted: this.#run?.state === "converted" };
  }

  #sessionsOf(): string {
    const { columns } = this.#surroundings();
    return columns.find((column) => column.includes("customer")) ?? columns[0] ?? "";
  }

  #middle(plan: PlanView): string | null {
    const converted = plan.steps.filter(({ action }) => action.verb === "convert_table");
    return converted[Math.floor(converted.length / 2)]?.id ?? null;
  }

  #look(at: string): ChecklistView {
    const list = checklistOf(this.#database().server.engine, this.scenario === "blocked", at);
    const seen = compared(list, this.#database(), this.#expected);
    this.#checked = this.scenario !== "blocked" && seen.clear === list.clear;
    return seen;
  }

  #made(): BackupView {
    return { ...NO_BACKUP, made: backupOf(this.#database()), restorable: restorableOf(this.#database()) };
  }

  #left(): Leftover[] {
    return this.#leftovers ?? (this.scenario === "leftovers" ? leftoversOf(this.#database()) : []);
  }

  #rehearsalView(): RehearsalView {
    return { possible: this.#backup.made !== null, ...this.#rehearsal };
  }

  async logView(after: number): Promise<LogLine[]> {
    // What was asked for begins a moment later.
    await pause(this.tick * 3);
    return linesOf(this.calls, this.#busy !== null, this.scenario === "sleepy").slice(after);
  }

  async zoomSet(percent: number): Promise<void> {
    await this.#asked(`zoom_set ${percent}`, 0);
  }

  async #asked(command: string, ticks = 2): Promise<void> {
    this.calls.push(command);
    await pause(this.tick * ticks);
  }

  #database(): FakeDatabase {
    return this.#base ?? databases.sqlite;
  }

  #reset(base: FakeDatabase, environment: Environment | null, sample: boolean): void {
    this.#base = base;
    this.#environment = environment;
    this.#sample = sample;
    this.#inspected = false;
    this.#plan = null;
    this.#checked = false;
    this.#run = null;
    this.#settled = false;
    this.#signOff = nothingSigned(profileOf(environment));
    this.#scan = null;
    this.#expected = [];
    this.#backup = NO_BACKUP;
    this.#leftovers = null;
    this.#redis = new FakeRedis();
    this.#rehearsal = { made: null, override_reason: null };
  }

  /** Does all the work up to a stage at once. */
  #advance(stage: Stage, engine: EngineKind): void {
    const at = ORDER.indexOf(stage);
    if (at < 2) return;
    this.#reset(databases[engine], engine !== "sqlite" ? "production" : null, engine === "sqlite");
    this.#inspected = at > 2;
    this.#settled = at > 3;
    if (at > 3) this.#plan = planOf(this.#database(), PLAIN);
    this.#checked = at > 4;
    if (at > 4) this.#signOff = everythingSigned(this.#signOff.profile);
    const own = this.scenario === "no-backup";
    if (at > 5) this.#backup = own ? { ...NO_BACKUP, override_reason: "nightly pg_dump of 03:00, restored on staging" } : this.#made();
    if (at > 6) this.#rehearsal = own ? { made: null, override_reason: "the same plan ran on staging" } : { made: rehearsalOf(this.#database(), planOf(this.#database(), PLAIN), false), override_reason: null };
    if (at === 7) this.#halfway = stoppedOf(this.scenario);
    if (at > 7) this.#run = { state: "converted", steps: recordsOf(planOf(this.#database(), PLAIN), this.#database()) };
    if (this.scenario.startsWith("redis")) this.#openRedis();
  }

  #openRedis(): void {
    const column = this.#sessionsOf();
    this.#redis.connect(SERVER, false);
    this.#redis.found(column);
    this.#redis.keep([{ kind: "names", text: `customer_sessions:{${column}}` }], [column]);
  }

  #keyring(): KeyringState {
    if (this.scenario === "keyring-locked") return { state: "locked", detail: "org.freedesktop.Secret.Error.IsLocked" };
    if (this.scenario === "keyring-missing") return { state: "missing", detail: "no D-Bus session" };
    return { state: "works" };
  }

  #runView(): RunView {
    const plan = this.#plan ?? planOf(this.#database(), PLAIN);
    const steps = this.#run?.steps ?? [];
    const keys = new Set(plan.conversions.map(({ root }) => root.table));
    return {
      run: RUN,
      state: this.#run?.state ?? "converted",
      seconds: steps.reduce((sum, { seconds }) => sum + seconds, 0) || 2.4,
      ids: this.#database().tables.filter(({ table }) => keys.has(table)).reduce((sum, { rows }) => sum + rows, 0),
      steps,
      validation: proofsOf(this.#database(), this.scenario === "proof-fails"),
      sizes: sizesOf(this.#database(), plan),
    };
  }

  #session(): SessionView {
    return {
      server: this.#base?.server ?? null,
      environment: this.#environment,
      sample: this.#sample,
      stages: ORDER.map((stage) => this.#stage(stage)),
      run: this.#run ? RUN : null,
      busy: this.#busy !== null,
      stopped: this.#halfway,
      notice: null,
    };
  }

  #stage(stage: Stage): StageView {
    const open = (this.#plan?.questions ?? []).filter(({ answer }) => answer === null).length;
    const planned = this.#plan !== null && open === 0 && this.#plan.conversions.length > 0;
    const backed = this.#backup.made !== null || this.#backup.override_reason !== null;
    const rehearsed = this.#rehearsal.made?.green === true || this.#rehearsal.override_reason !== null;
    const checked = this.#checked && !viewOf(this.#signOff).refuses;
    const unsigned = this.#checked ? "On a production database people vouch for more: see what is open on the checklist." : "The checklist comes first.";
    const gates: Record<Stage, [boolean, boolean, string]> = {
      welcome: [true, this.#base !== null, ""],
      connect: [true, this.#base !== null, ""],
      inspect: [this.#base !== null, this.#inspected, "Connect to a database first."],
      plan: [this.#inspected, planned, "Rekey has not looked at the database yet."],
      checklist: [planned, checked, open > 0 ? "A question of the plan waits for your answer." : "Make a plan first."],
      backup: [planned && checked, backed, this.scenario === "blocked" ? "2 blocking points are left on the checklist." : unsigned],
      rehearse: [planned && checked && backed, rehearsed, "Make a backup first, or give a reason for going on without one."],
      migrate: [this.#halfway?.halfway === true || (checked && backed && rehearsed), this.#run !== null, "Rehearse the plan first, or give a reason for going on without it."],
      validate: [this.#run !== null, this.#run !== null, "The conversion has not run yet."],
      report: [this.#run !== null, this.#run !== null, "The conversion has not run yet."],
    };
    const [may, done, reason] = gates[stage];
    const red = stage === "rehearse" && this.#rehearsal.made?.green === false;
    const attention = (stage === "plan" && open > 0) || (stage === "checklist" && may && (this.scenario === "blocked" || (this.#checked && !checked))) || red;
    if (this.#busy !== null && this.#busy !== stage) return { stage, status: "locked", reason: "Rekey is at work. Wait for it to end, or cancel it." };
    const status: StageStatus = this.#busy === stage ? "running" : !may ? "locked" : done ? "done" : attention ? "attention" : "open";
    return { stage, status, reason: may ? null : reason };
  }
}

function savedConnections(): SavedConnection[] {
  return [
    { id: "c1", name: "Shop, live", environment: "production", address: "postgres://ann@db.example.org:5432/shop_prod", form: SERVER_FORM, password_saved: true },
    {
      id: "c2",
      name: "Shop, my machine",
      environment: "dev",
      address: "postgres://ann@localhost:5432/shop",
      form: { ...SERVER_FORM, host: "localhost", database: "shop", tls: "prefer", name: "Shop, my machine", environment: "dev", remember: false },
      password_saved: false,
    },
  ];
}
