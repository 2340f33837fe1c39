// Mirrors the wizard in Rust: which stages there are and which are open is read from the
// session, never decided here. What this adds is which stage is being looked at, and the
// answers already fetched.

import type { AppView } from "../generated/AppView";
import type { BackupView } from "../generated/BackupView";
import type { CheckName } from "../generated/CheckName";
import type { ChecklistView } from "../generated/ChecklistView";
import type { Choices } from "../generated/Choices";
import type { ConnectionForm } from "../generated/ConnectionForm";
import type { ExpectedRevision } from "../generated/ExpectedRevision";
import type { Failure } from "../generated/Failure";
import type { Inspection } from "../generated/Inspection";
import type { Leftover } from "../generated/Leftover";
import type { PasswordSource } from "../generated/PasswordSource";
import type { PlanView } from "../generated/PlanView";
import type { RehearsalView } from "../generated/RehearsalView";
import type { ReportView } from "../generated/ReportView";
import type { RunView } from "../generated/RunView";
import type { SessionView } from "../generated/SessionView";
import type { SignOffForm } from "../generated/SignOffForm";
import type { SignOffView } from "../generated/SignOffView";
import type { Stage } from "../generated/Stage";
import type { StageView } from "../generated/StageView";
import type { Step } from "../generated/Step";
import type { Host, Listener } from "../host";
import { t } from "../messages";
import { LiveCopy } from "./copying.svelte";
import { LiveRun } from "./live.svelte";
import { RedisDesk } from "./redis.svelte";
import { LiveRehearsal } from "./rehearsing.svelte";
import { toFailure } from "./task.svelte";
import { type Guide, offerAgain } from "./ways";

export const STAGES: readonly Stage[] = [
  "welcome",
  "connect",
  "inspect",
  "plan",
  "checklist",
  "backup",
  "rehearse",
  "migrate",
  "validate",
  "report",
];

const NOTHING_OPEN: SessionView = { server: null, environment: null, sample: false, stages: [], run: null, busy: false, stopped: null, notice: null };

export function defaultChoices(): Choices {
  return {
    selection: { select: "all" },
    uuid: "v7",
    storage: null,
    include_inferred: false,
    accept_defaults: false,
    answers: {},
  };
}

// The same choices give the same plan, so that a reload of the page loses nothing.
const CHOICES = "rekey.choices";

function remember(choices: Choices | null): void {
  if (choices) sessionStorage.setItem(CHOICES, JSON.stringify(choices));
  else sessionStorage.removeItem(CHOICES);
}

function remembered(): Choices | null {
  const text = sessionStorage.getItem(CHOICES);
  return text === null ? null : (JSON.parse(text) as Choices);
}

export class Wizard implements Guide {
  app = $state.raw<AppView | null>(null);
  session = $state.raw<SessionView>(NOTHING_OPEN);
  stage = $state<Stage>("welcome");
  inspection = $state.raw<Inspection | null>(null);
  choices = $state.raw<Choices>(defaultChoices());
  /** The choices that the plan was made of: answers may have been given since. */
  planned = $state.raw<Choices | null>(null);
  plan = $state.raw<PlanView | null>(null);
  checklist = $state.raw<ChecklistView | null>(null);
  signOff = $state.raw<SignOffView | null>(null);
  backup = $state.raw<BackupView | null>(null);
  copying = $state.raw<LiveCopy | null>(null);
  restoring = $state.raw<LiveCopy | null>(null);
  leftovers = $state.raw<readonly Leftover[]>([]);
  rehearsal = $state.raw<RehearsalView | null>(null);
  rehearsing = $state.raw<LiveRehearsal | null>(null);
  live = $state.raw<LiveRun | null>(null);
  undoing = $state.raw<LiveRun | null>(null);
  run = $state.raw<RunView | null>(null);
  report = $state.raw<ReportView | null>(null);
  /** The folder with the application's code, as it was named last. */
  codeFolder = $state("");
  /** Why the window could not even be filled. */
  broken = $state.raw<Failure | null>(null);

  /** Rows by `schema.table`, for the bars of a run. */
  #rows = new Map<string, number>();

  readonly redis: RedisDesk;

  constructor(readonly host: Host) {
    this.redis = new RedisDesk(host, (live, work, again) => this.#follow(live, work, again));
  }

  get number(): number {
    return STAGES.indexOf(this.stage) + 1;
  }

  get previous(): Stage | null {
    return STAGES[this.number - 2] ?? null;
  }

  get next(): Stage | null {
    return STAGES[this.number] ?? null;
  }

  /** The first stage that is open and not done. */
  get waiting(): Stage | null {
    return STAGES.slice(1).find((stage) => ["open", "attention"].includes(this.view(stage).status)) ?? null;
  }

  get database(): string {
    return this.session.server?.database ?? "";
  }

  view(stage: Stage): StageView {
    return (
      this.session.stages.find((view) => view.stage === stage) ?? {
        stage,
        status: stage === "welcome" || stage === "connect" ? "open" : "locked",
        reason: null,
      }
    );
  }

  /** Why a stage cannot be opened; null where it can. */
  lockedReason(stage: Stage): string | null {
    const view = this.view(stage);
    return view.status === "locked" ? (view.reason ?? t.frame.lockedWithoutReason) : null;
  }

  go(stage: Stage): void {
    if (this.lockedReason(stage) === null) this.stage = stage;
  }

  async start(): Promise<void> {
    try {
      await this.reload();
      if (this.session.server) {
        this.choices = remembered() ?? defaultChoices();
        this.stage = this.#furthest();
      }
      this.broken = null;
    } catch (error) {
      this.broken = toFailure(error);
    }
  }

  /** Fetches connections, runs, keyring and session again. */
  async reload(): Promise<void> {
    this.app = await this.host.appView();
    this.session = this.app.session;
  }

  async refresh(): Promise<void> {
    this.session = await this.host.sessionView();
  }

  async openSample(): Promise<void> {
    this.#opened(await this.host.sampleOpen());
  }

  async connect(form: ConnectionForm, password: PasswordSource): Promise<void> {
    this.#opened(await this.host.connectionOpen(form, password));
  }

  async forget(id: string): Promise<void> {
    await this.host.connectionForget(id);
    await this.reload();
  }

  async openRun(run: string): Promise<void> {
    await this.host.runOpen(run);
    this.#forgetAnswers();
    await this.reload();
    this.go("report");
  }

  async close(): Promise<void> {
    await this.host.sessionClose();
    this.#forgetAnswers();
    await this.reload();
    this.stage = "welcome";
  }

  async inspect(): Promise<void> {
    this.inspection = await this.host.inspect();
    this.#rows = new Map(this.inspection.tables.map((table) => [`${table.schema}.${table.table}`, table.rows]));
    await this.refresh();
  }

  /** Keeps an answer for the next plan, wherever it was given. */
  answer(question: string, value: string): void {
    this.choices = { ...this.choices, answers: { ...this.choices.answers, [question]: value } };
    remember(this.choices);
  }

  async makePlan(choices: Choices): Promise<void> {
    this.choices = choices;
    remember(choices);
    this.plan = await this.host.planMake(choices);
    this.planned = choices;
    this.checklist = null;
    this.run = null;
    this.report = null;
    this.live = null;
    this.#forgetRehearsal();
    await this.refresh();
  }

  async check(): Promise<void> {
    this.checklist = await this.host.checklist();
    await this.refresh();
  }

  async checkAgain(name: CheckName): Promise<void> {
    this.checklist = await this.host.checklistAgain(name);
    await this.refresh();
  }

  /** Gives true, so that whoever waits can tell it from a failure. */
  async expectVersions(expected: readonly ExpectedRevision[]): Promise<true> {
    this.checklist = await this.host.versionsExpect(expected);
    await this.refresh();
    return true;
  }

  async fetchSignOff(): Promise<void> {
    this.signOff = await this.host.signOffView();
  }

  async keepSignOff(form: SignOffForm): Promise<void> {
    this.signOff = await this.host.signOffKeep(form);
    await this.refresh();
  }

  async fetchBackup(): Promise<void> {
    this.backup = await this.host.backupView();
  }

  /** Resolves when it has ended, well or not; `copying` tells which. */
  async makeBackup(): Promise<void> {
    const copying = new LiveCopy();
    this.copying = copying;
    this.restoring = null;
    await this.#follow(copying, async (listen) => {
      this.backup = await this.host.backupMake(listen);
      this.#forgetRehearsal();
      copying.finish();
    }, () => void this.makeBackup());
  }

  /** Resolves when it has ended, well or not; `restoring` tells which. */
  async restoreBackup(name: string, tables: readonly string[]): Promise<void> {
    const restoring = new LiveCopy();
    this.restoring = restoring;
    await this.#follow(restoring, async (listen) => {
      this.backup = await this.host.backupRestore(name, tables, listen);
      restoring.finish();
    }, () => void this.restoreBackup(name, tables));
  }

  async fetchLeftovers(): Promise<void> {
    this.leftovers = await this.host.leftovers();
  }

  async removeLeftover(name: string): Promise<void> {
    this.leftovers = await this.host.leftoverRemove(name);
  }

  async overrideBackup(reason: string): Promise<void> {
    this.backup = await this.host.backupOverride(reason);
    await this.refresh();
  }

  async fetchRehearsal(): Promise<void> {
    this.rehearsal = await this.host.rehearsalView();
  }

  /** Resolves when it has ended, well or not; `rehearsing` tells which. */
  async rehearse(): Promise<void> {
    const rehearsing = new LiveRehearsal(this.plan ?? { steps: [], undo: [] }, this.database, (table) => this.#rows.get(table) ?? 0);
    this.rehearsing = rehearsing;
    await this.#follow(rehearsing, async (listen) => {
      this.rehearsal = await this.host.rehearse(listen);
      rehearsing.finish();
    }, () => void this.rehearse());
  }

  async overrideRehearsal(reason: string): Promise<void> {
    this.rehearsal = await this.host.rehearsalOverride(reason);
    await this.refresh();
  }

  /** Resolves when the run has ended, well or not; `live` tells which. */
  async migrate(confirmation: string): Promise<void> {
    const live = this.#watch(this.plan?.steps ?? []);
    this.live = live;
    await this.#run(live, (listen) => this.host.migrate(confirmation, listen));
  }

  /** Takes a run that stopped on the way to its end, or back; `live` tells how it ends. */
  async goOn(way: "resume" | "abandon", confirmation: string): Promise<void> {
    const live = this.#watch([]);
    this.live = live;
    const host = this.host;
    await this.#run(live, (listen) => (way === "resume" ? host.runResume(confirmation, listen) : host.runAbandon(confirmation, listen)));
  }

  /** Asks the run to rest after the batch at work, or to go on. */
  async pause(wanted: boolean): Promise<void> {
    if (this.live) this.live.rest = wanted ? "asked" : "no";
    await this.host.migratePause(wanted);
  }

  async keep(confirmation: string): Promise<void> {
    this.run = await this.host.runKeep(confirmation);
    this.report = await this.host.report();
    await this.refresh();
  }

  async undo(confirmation: string): Promise<void> {
    const live = this.#watch(this.plan?.undo ?? []);
    this.undoing = live;
    await this.#run(live, (listen) => this.host.undo(confirmation, listen));
    if (!live.result) return;
    this.live = null;
    this.report = await this.host.report();
  }

  /** Asks whatever is at work to stop. */
  async cancel(work: { cancelling: boolean }): Promise<void> {
    work.cancelling = true;
    await this.host.migrateCancel();
  }

  async validate(): Promise<void> {
    this.run = await this.host.validate();
    await this.refresh();
  }

  async fetchReport(): Promise<void> {
    this.report = await this.host.report();
    this.run ??= this.report.run;
    await this.refresh();
  }

  async #run(live: LiveRun, work: (listen: Listener) => Promise<RunView>): Promise<void> {
    await this.#follow(live, async (listen) => {
      const run = await work(listen);
      // The database is another one now: what was seen of it before is of the past.
      this.run = run;
      this.report = null;
      this.inspection = null;
      this.checklist = null;
      live.succeed(run);
    });
  }

  // What asks for a confirmation first gives no `again`: its screen leads to the question.
  async #follow(live: { take: Listener; fail: (failure: Failure) => void }, work: (listen: Listener) => Promise<void>, again?: () => void): Promise<void> {
    this.session = { ...this.session, busy: true };
    let heard = false;
    try {
      await work((event) => {
        live.take(event);
        // The rail learns that the stage is at work.
        if (!heard) void this.refresh();
        heard = true;
      });
    } catch (error) {
      const failure = toFailure(error);
      if (again) offerAgain(failure, again);
      live.fail(failure);
    }
    await this.refresh();
  }

  #watch(steps: readonly Step[]): LiveRun {
    const rows = this.#rows;
    return new LiveRun(steps, (table) => rows.get(table) ?? 0);
  }

  #opened(session: SessionView): void {
    this.#forgetAnswers();
    this.session = session;
    this.go("inspect");
  }

  #forgetAnswers(): void {
    this.inspection = null;
    this.choices = defaultChoices();
    remember(null);
    this.plan = null;
    this.planned = null;
    this.checklist = null;
    this.signOff = null;
    this.backup = null;
    this.copying = null;
    this.restoring = null;
    this.leftovers = [];
    this.#forgetRehearsal();
    this.redis.reset();
    this.live = null;
    this.undoing = null;
    this.run = null;
    this.report = null;
    this.codeFolder = "";
  }

  // It was of another plan, or on another backup.
  #forgetRehearsal(): void {
    this.rehearsal = null;
    this.rehearsing = null;
  }

  // After a reload of the page: where the work had got to.
  #furthest(): Stage {
    const open = STAGES.filter((stage) => this.lockedReason(stage) === null);
    return open.at(-1) ?? "welcome";
  }
}
