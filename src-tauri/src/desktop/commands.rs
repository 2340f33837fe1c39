//! The commands: each hands on to [`App`], which knows no window.

use std::path::Path;

use rekey_engine::application::probes::{Comparison, Snapshot};
use rekey_engine::application::services::{Ended, LogReport, Presence, Verb, Wellbeing};
use rekey_engine::check::{ExpectedRevision, Name};
use rekey_engine::dialect::Leftover;
use rekey_engine::execute::{Sample, Since};
use rekey_engine::inspect::Inspection;
use rekey_engine::observer::Event;
use rekey_engine::plan::Choices;
use rekey_engine::redis::{FlushCounts, Written};
use rekey_engine::schema::TableName;
use rekey_engine::secret::SecretString;
use rekey_engine::{Error, Failure};
use tauri::ipc::Channel;
use tauri::{State, WebviewWindow};
use tauri_plugin_dialog::{DialogExt, FilePath};

use crate::api::redis::types::{RedisAddress, RedisForm, RedisView};
use crate::api::types::{
    AppView, BackupView, ChecklistView, CodeOf, CodeView, ConnectionForm, ExportFile, ExportView, GoingBack,
    ImportView, PasswordSource, PastedUrl, PlanView, RehearsalView, ReportView, RunView, SessionView, SignOffForm,
    SignOffView, Stage, TestResult, VersionsView,
};
use crate::api::{App, Job, LogLine, PlanFormat, ServicesView};
use crate::command::export::Wish;
use crate::desktop::attend::{Attended, Watch, noted};

type Answer<T> = Result<T, Failure>;

#[tauri::command]
pub async fn app_view(app: State<'_, App>) -> Answer<AppView> {
    app.app_view().await
}

#[tauri::command]
pub async fn session_view(app: State<'_, App>) -> Answer<SessionView> {
    app.session_view().await
}

#[tauri::command]
pub async fn session_close(app: State<'_, App>) -> Answer<SessionView> {
    app.session_close().await
}

#[tauri::command]
pub async fn sample_open(app: State<'_, App>) -> Answer<SessionView> {
    noted(&app, Job::Sample, app.sample_open()).await
}

#[tauri::command]
pub async fn url_parse(app: State<'_, App>, text: String) -> Answer<PastedUrl> {
    app.url_parse(&text).await
}

#[tauri::command]
pub async fn import_text(app: State<'_, App>, text: String) -> Answer<ImportView> {
    app.import_text(text).await
}

#[tauri::command]
pub async fn import_path(app: State<'_, App>, path: String) -> Answer<ImportView> {
    app.import_path(&path).await
}

#[tauri::command]
pub async fn import_usual(app: State<'_, App>) -> Answer<ImportView> {
    app.import_usual().await
}

#[tauri::command]
pub async fn path_choose(window: WebviewWindow, title: String, folder: bool) -> Answer<Option<String>> {
    let dialog = window.dialog().file().set_parent(&window).set_title(title);
    let (answer, answered) = tokio::sync::oneshot::channel();
    let hand_on = move |path| drop(answer.send(path));
    if folder {
        dialog.pick_folder(hand_on)
    } else {
        dialog.pick_file(hand_on)
    }
    Ok(chosen(answered.await.ok().flatten()))
}

#[tauri::command]
pub async fn connection_test(
    app: State<'_, App>,
    form: ConnectionForm,
    password: PasswordSource,
) -> Answer<TestResult> {
    noted(&app, Job::Test, app.connection_test(form, password)).await
}

#[tauri::command]
pub async fn connection_open(
    app: State<'_, App>,
    form: ConnectionForm,
    password: PasswordSource,
) -> Answer<SessionView> {
    noted(&app, Job::Connect, app.connection_open(form, password)).await
}

#[tauri::command]
pub async fn connection_forget(app: State<'_, App>, id: String) -> Answer<()> {
    app.connection_forget(&id).await
}

#[tauri::command]
pub async fn inspect(app: State<'_, App>) -> Answer<Inspection> {
    noted(&app, Job::Inspect, app.inspect()).await
}

#[tauri::command]
pub async fn plan_make(app: State<'_, App>, choices: Choices) -> Answer<PlanView> {
    noted(&app, Job::Plan, app.plan_make(choices)).await
}

#[tauri::command]
pub async fn plan_save(app: State<'_, App>, window: WebviewWindow, format: PlanFormat) -> Answer<Option<String>> {
    let extension = format.extension();
    let dialog = window.dialog().file().set_parent(&window).set_title("Save the plan");
    let dialog = dialog.set_file_name(format!("plan.{extension}")).add_filter(extension, &[extension]);
    let (answer, answered) = tokio::sync::oneshot::channel();
    dialog.save_file(move |path| drop(answer.send(path)));
    match answered.await.ok().flatten().and_then(|path| path.into_path().ok()) {
        Some(path) => app.plan_write(&path, format).await.map(Some),
        None => Ok(None),
    }
}

#[tauri::command]
pub async fn export(app: State<'_, App>, wish: Wish, file: Option<ExportFile>) -> Answer<ExportView> {
    app.export(wish, file).await
}

#[tauri::command]
pub async fn export_choose(window: WebviewWindow, title: String, name: String) -> Answer<Option<String>> {
    let extension = if name.ends_with(".py") { "py" } else { "sql" };
    let dialog = window.dialog().file().set_parent(&window).set_title(title);
    let dialog = dialog.set_file_name(name).add_filter(extension, &[extension]);
    let (answer, answered) = tokio::sync::oneshot::channel();
    dialog.save_file(move |path| drop(answer.send(path)));
    Ok(chosen(answered.await.ok().flatten()))
}

#[tauri::command]
pub async fn code_view(app: State<'_, App>, of: CodeOf) -> Answer<CodeView> {
    app.code_view(of).await
}

#[tauri::command]
pub async fn code_scan(app: State<'_, App>, channel: Channel<Event>, of: CodeOf, folder: String) -> Answer<CodeView> {
    app.code_scan(of, &folder, &Watch::of(&app, channel)).await
}

#[tauri::command]
pub async fn code_cancel(app: State<'_, App>) -> Answer<()> {
    app.code_cancel().await
}

#[tauri::command]
pub async fn versions_view(app: State<'_, App>) -> Answer<VersionsView> {
    app.versions_view().await
}

#[tauri::command]
pub async fn versions_expect(app: State<'_, App>, expected: Vec<ExpectedRevision>) -> Answer<ChecklistView> {
    app.versions_expect(expected).await
}

#[tauri::command]
pub async fn checklist(app: State<'_, App>) -> Answer<ChecklistView> {
    noted(&app, Job::Checklist, app.checklist()).await
}

#[tauri::command]
pub async fn checklist_again(app: State<'_, App>, name: Name) -> Answer<ChecklistView> {
    app.checklist_again(name).await
}

#[tauri::command]
pub async fn sign_off_view(app: State<'_, App>) -> Answer<SignOffView> {
    app.sign_off_view().await
}

#[tauri::command]
pub async fn sign_off_keep(app: State<'_, App>, form: SignOffForm) -> Answer<SignOffView> {
    app.sign_off_keep(form).await
}

#[tauri::command]
pub async fn backup_view(app: State<'_, App>) -> Answer<BackupView> {
    app.backup_view().await
}

#[tauri::command]
pub async fn backup_make(app: State<'_, App>, window: WebviewWindow, channel: Channel<Event>) -> Answer<BackupView> {
    let attended = Attended::begin(&app, window, Job::Backup);
    attended.end(app.backup_make(&Watch::of(&app, channel)).await).await
}

#[tauri::command]
pub async fn backup_override(app: State<'_, App>, reason: String) -> Answer<BackupView> {
    app.backup_override(&reason).await
}

#[tauri::command]
pub async fn backup_restore(
    app: State<'_, App>,
    window: WebviewWindow,
    channel: Channel<Event>,
    name: String,
    tables: Vec<String>,
) -> Answer<BackupView> {
    let attended = Attended::begin(&app, window, Job::Restore);
    attended.end(app.backup_restore(&name, &tables, &Watch::of(&app, channel)).await).await
}

#[tauri::command]
pub async fn leftovers(app: State<'_, App>) -> Answer<Vec<Leftover>> {
    app.leftovers().await
}

#[tauri::command]
pub async fn leftover_remove(app: State<'_, App>, name: String) -> Answer<Vec<Leftover>> {
    app.leftover_remove(&name).await
}

#[tauri::command]
pub async fn rehearsal_view(app: State<'_, App>) -> Answer<RehearsalView> {
    app.rehearsal_view().await
}

#[tauri::command]
pub async fn rehearse(app: State<'_, App>, window: WebviewWindow, channel: Channel<Event>) -> Answer<RehearsalView> {
    let attended = Attended::begin(&app, window, Job::Rehearsal);
    attended.end(app.rehearse(&Watch::of(&app, channel)).await).await
}

#[tauri::command]
pub async fn rehearsal_override(app: State<'_, App>, reason: String) -> Answer<RehearsalView> {
    app.rehearsal_override(&reason).await
}

#[tauri::command]
pub async fn migrate(
    app: State<'_, App>,
    window: WebviewWindow,
    channel: Channel<Event>,
    confirmation: String,
) -> Answer<RunView> {
    let attended = Attended::begin(&app, window, Job::Migration);
    attended.end(app.migrate(&Watch::of(&app, channel), &confirmation).await).await
}

#[tauri::command]
pub async fn migrate_cancel(app: State<'_, App>) -> Answer<()> {
    app.migrate_cancel().await
}

#[tauri::command]
pub async fn migrate_pause(app: State<'_, App>, wanted: bool) -> Answer<()> {
    app.migrate_pause(wanted).await
}

#[tauri::command]
pub async fn run_resume(
    app: State<'_, App>,
    window: WebviewWindow,
    channel: Channel<Event>,
    confirmation: String,
) -> Answer<RunView> {
    let attended = Attended::begin(&app, window, Job::Resume);
    attended.end(app.run_resume(&Watch::of(&app, channel), &confirmation).await).await
}

#[tauri::command]
pub async fn run_abandon(
    app: State<'_, App>,
    window: WebviewWindow,
    channel: Channel<Event>,
    confirmation: String,
) -> Answer<RunView> {
    let attended = Attended::begin(&app, window, Job::Abandon);
    attended.end(app.run_abandon(&Watch::of(&app, channel), &confirmation).await).await
}

#[tauri::command]
pub async fn run_keep(app: State<'_, App>, window: WebviewWindow, confirmation: String) -> Answer<RunView> {
    let attended = Attended::begin(&app, window, Job::Keep);
    attended.end(app.run_keep(&confirmation).await).await
}

#[tauri::command]
pub async fn going_back(app: State<'_, App>) -> Answer<GoingBack> {
    app.going_back().await
}

#[tauri::command]
pub async fn rows_since(app: State<'_, App>) -> Answer<Vec<Since>> {
    app.rows_since().await
}

#[tauri::command]
pub async fn sample(app: State<'_, App>, table: TableName) -> Answer<Sample> {
    app.sample(table).await
}

#[tauri::command]
pub async fn validate(app: State<'_, App>) -> Answer<RunView> {
    noted(&app, Job::Validation, app.validate()).await
}

#[tauri::command]
pub async fn report(app: State<'_, App>) -> Answer<ReportView> {
    app.report().await
}

#[tauri::command]
pub async fn report_open(app: State<'_, App>) -> Answer<()> {
    let page = app.report_page().await?;
    let path = page.display().to_string();
    // It starts a program of the system, which may take its time.
    let opened = tauri::async_runtime::spawn_blocking(move || tauri_plugin_opener::open_path(page, None::<&str>)).await;
    match opened {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(Error::File { path, detail: error.to_string() }.into()),
        Err(error) => Err(Error::Internal { detail: error.to_string() }.into()),
    }
}

#[tauri::command]
pub async fn run_open(app: State<'_, App>, run: String) -> Answer<SessionView> {
    app.run_open(&run).await
}

#[tauri::command]
pub async fn undo(
    app: State<'_, App>,
    window: WebviewWindow,
    channel: Channel<Event>,
    confirmation: String,
) -> Answer<RunView> {
    let attended = Attended::begin(&app, window, Job::Undo);
    attended.end(app.undo(&Watch::of(&app, channel), &confirmation).await).await
}

#[tauri::command]
pub async fn redis_view(app: State<'_, App>) -> Answer<RedisView> {
    app.redis_view().await
}

#[tauri::command]
pub async fn redis_parse(app: State<'_, App>, text: String) -> Answer<RedisAddress> {
    app.redis_parse(&text).await
}

#[tauri::command]
pub async fn redis_connect(app: State<'_, App>, form: RedisForm, password: PasswordSource) -> Answer<RedisView> {
    app.redis_connect(form, password).await
}

#[tauri::command]
pub async fn redis_forget(app: State<'_, App>) -> Answer<RedisView> {
    app.redis_forget().await
}

#[tauri::command]
pub async fn redis_scan(
    app: State<'_, App>,
    window: WebviewWindow,
    channel: Channel<Event>,
    stage: Stage,
) -> Answer<RedisView> {
    let attended = Attended::begin(&app, window, Job::RedisScan);
    attended.end(app.redis_scan(stage, &Watch::of(&app, channel)).await).await
}

#[tauri::command]
pub async fn redis_rules_keep(app: State<'_, App>, rules: Vec<Written>) -> Answer<RedisView> {
    app.redis_rules_keep(rules).await
}

#[tauri::command]
pub async fn redis_foresee(
    app: State<'_, App>,
    window: WebviewWindow,
    channel: Channel<Event>,
    stage: Stage,
) -> Answer<RedisView> {
    let attended = Attended::begin(&app, window, Job::RedisForesight);
    attended.end(app.redis_foresee(stage, &Watch::of(&app, channel)).await).await
}

#[tauri::command]
pub async fn redis_rewrite(
    app: State<'_, App>,
    window: WebviewWindow,
    channel: Channel<Event>,
    stage: Stage,
    confirmation: String,
) -> Answer<RedisView> {
    let attended = Attended::begin(&app, window, Job::RedisRewrite);
    attended.end(app.redis_rewrite(stage, &confirmation, &Watch::of(&app, channel)).await).await
}

#[tauri::command]
pub async fn redis_undo(
    app: State<'_, App>,
    window: WebviewWindow,
    channel: Channel<Event>,
    stage: Stage,
    confirmation: String,
) -> Answer<RedisView> {
    let attended = Attended::begin(&app, window, Job::RedisUndo);
    attended.end(app.redis_undo(stage, &confirmation, &Watch::of(&app, channel)).await).await
}

#[tauri::command]
pub async fn redis_matching(
    app: State<'_, App>,
    channel: Channel<Event>,
    stage: Stage,
    pattern: String,
) -> Answer<FlushCounts> {
    app.redis_matching(stage, &pattern, &Watch::of(&app, channel)).await
}

#[tauri::command]
pub async fn redis_remove(
    app: State<'_, App>,
    window: WebviewWindow,
    channel: Channel<Event>,
    stage: Stage,
    pattern: String,
    confirmation: String,
) -> Answer<FlushCounts> {
    let attended = Attended::begin(&app, window, Job::RedisRemoval);
    attended.end(app.redis_remove(stage, &pattern, &confirmation, &Watch::of(&app, channel)).await).await
}

fn chosen(path: Option<FilePath>) -> Option<String> {
    path.and_then(|path| path.into_path().ok()).map(|path| path.display().to_string())
}

#[tauri::command]
pub async fn services_view(app: State<'_, App>) -> Answer<ServicesView> {
    app.services_view().await
}

#[tauri::command]
pub async fn services_read(app: State<'_, App>, path: String) -> Answer<ServicesView> {
    app.services_read(Path::new(path.trim())).await
}

#[tauri::command]
pub async fn services_do(app: State<'_, App>, verb: Verb, line: String) -> Answer<Ended> {
    app.services_do(verb, &line).await
}

#[tauri::command]
pub async fn services_stopped(app: State<'_, App>) -> Answer<Presence> {
    app.services_stopped().await
}

#[tauri::command]
pub async fn services_health(app: State<'_, App>) -> Answer<Wellbeing> {
    app.services_health().await
}

#[tauri::command]
pub async fn services_log(app: State<'_, App>, commands: bool) -> Answer<LogReport> {
    app.services_log(commands).await
}

#[tauri::command]
pub async fn services_token(app: State<'_, App>, token: SecretString) -> Answer<ServicesView> {
    app.services_token(token).await
}

#[tauri::command]
pub async fn api_before(app: State<'_, App>) -> Answer<Snapshot> {
    app.api_before().await
}

#[tauri::command]
pub async fn api_after(app: State<'_, App>) -> Answer<Comparison> {
    app.api_after().await
}

#[tauri::command]
pub async fn log_view(app: State<'_, App>, after: u64) -> Answer<Vec<LogLine>> {
    app.log_view(after).await
}

/// Text at most twice as large: the window is made to lose nothing up to there.
#[tauri::command]
pub async fn zoom_set(window: WebviewWindow, percent: u16) -> Answer<()> {
    let set = window.set_zoom(f64::from(percent.clamp(80, 200)) / 100.0);
    set.map_err(|error| Error::Internal { detail: error.to_string() }.into())
}
