//! The handlers without a window. What needs a server is in the integration tests.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};

use rekey_engine::check::{Arrangements, Communication, Contact, ExpectedRevision, MaintenanceWindow};
use rekey_engine::execute::RunState;
use rekey_engine::observer::{Event, Observer, Silent};
use rekey_engine::plan::Choices;
use rekey_engine::schema::{EngineKind, TableName};
use rekey_engine::secret::{ExposeSecret, SecretString};

use super::*;
use crate::api::redis::types::RedisForm;
use crate::api::types::{
    AppView, CodeOf, ConnectionForm, Environment, ExportFile, GoingBack, KeyringState, PasswordSource, RehearsalView,
    Restorable, SavedConnection, SignOffForm, Signature, StageStatus,
};
use crate::command::export::{Format, Wish};
use crate::secrets::SecretError;

const CANARY: &str = "canary-3f9c";

/// A keyring that is there but locked.
struct LockedKeyring;

impl SecretStore for LockedKeyring {
    fn state(&self) -> KeyringState {
        KeyringState::Locked { detail: "closed".to_owned() }
    }

    fn get(&self, _id: &str) -> Result<Option<SecretString>, SecretError> {
        Err(SecretError::Locked { detail: "closed".to_owned() })
    }

    fn set(&self, _id: &str, _secret: &SecretString) -> Result<(), SecretError> {
        Err(SecretError::Locked { detail: "closed".to_owned() })
    }

    fn delete(&self, _id: &str) -> Result<(), SecretError> {
        Err(SecretError::Locked { detail: "closed".to_owned() })
    }
}

fn app(secrets: Arc<dyn SecretStore>) -> (tempfile::TempDir, App) {
    let folder = tempfile::tempdir().expect("folder");
    let app = App::new(folder.path().join("data"), secrets);
    (folder, app)
}

fn plain() -> (tempfile::TempDir, App) {
    app(Arc::new(SessionOnly::new()))
}

fn saved(form: ConnectionForm) -> SavedConnection {
    SavedConnection {
        id: "id".to_owned(),
        name: form.name.clone(),
        environment: Environment::Dev,
        address: String::new(),
        form,
        password_saved: false,
    }
}

async fn form(app: &App, url: &str) -> ConnectionForm {
    app.url_parse(url).await.expect("url").form
}

#[tokio::test]
async fn a_password_in_a_url_stays_here_under_a_ticket() {
    let (_folder, app) = plain();
    let pasted = app.url_parse(&format!("postgres://ann:{CANARY}@localhost/shop")).await.expect("url");
    let answer = serde_json::to_string(&pasted).expect("answer");
    assert!(!answer.contains(CANARY), "{answer}");
    let ticket = pasted.held.expect("ticket");
    let password =
        app.password(PasswordSource::Held { ticket: ticket.clone() }).await.expect("held").expect("password");
    assert_eq!(password.expose_secret(), CANARY);
    app.session_close().await.expect("close");
    let gone = app.password(PasswordSource::Held { ticket }).await.expect_err("let go");
    assert_eq!(gone.code, "RK-E44");
}

#[tokio::test]
async fn passwords_in_settings_stay_here_under_tickets_and_nothing_is_kept() {
    let (folder, app) = plain();
    let text = format!(
        "services:\n  db:\n    image: postgres:16\n    environment: {{POSTGRES_PASSWORD: {CANARY}}}\n    ports: ['5433:5432']\n"
    );
    let pasted = app.import_text(text.clone()).await.expect("text");
    let path = folder.path().join("docker-compose.yml");
    std::fs::write(&path, text).expect("file");
    let chosen = app.import_path(&folder.path().display().to_string()).await.expect("folder");
    assert_eq!(chosen.files, [path.display().to_string()]);
    for view in [pasted, chosen] {
        let answer = serde_json::to_string(&view).expect("answer");
        assert!(!answer.contains(CANARY), "{answer}");
        let entry = view.entries.into_iter().next().expect("an entry");
        assert_eq!(entry.address.as_deref(), Some("postgres://postgres@127.0.0.1:5433/postgres"));
        let ticket = entry.held.expect("ticket");
        let password = app.password(PasswordSource::Held { ticket }).await.expect("held").expect("password");
        assert_eq!(password.expose_secret(), CANARY);
    }
    assert!(app.app_view().await.expect("view").connections.is_empty());
    assert_eq!(app.import_path("docker-compose.yml").await.expect_err("no whole path").code, "RK-E53");
    assert_eq!(app.import_path("/there/is/nothing").await.expect_err("nothing").code, "RK-E33");
}

#[tokio::test]
async fn an_address_that_lacks_a_part_fills_in_the_others() {
    let (_folder, app) = plain();
    let pasted = app.url_parse("jdbc:postgresql://h-pooler.example.org/shop").await.expect("url");
    assert_eq!((pasted.form.host.as_str(), pasted.form.user.as_str()), ("h-pooler.example.org", ""));
    assert!(pasted.remarks[0].contains("pooler"), "{:?}", pasted.remarks);
}

fn redis_form(address: &str) -> RedisForm {
    RedisForm { address: address.to_owned(), authority: String::new(), remember: true }
}

#[tokio::test]
async fn a_password_in_an_address_of_redis_stays_here_under_a_ticket() {
    let (_folder, app) = plain();
    let parsed = app.redis_parse(&format!("rediss://ann:{CANARY}@cache.example.org/2")).await.expect("address");
    assert_eq!(parsed.address, "rediss://ann@cache.example.org:6379/2");
    let ticket = parsed.held.expect("ticket");
    let password = app.password(PasswordSource::Held { ticket }).await.expect("held").expect("password");
    assert_eq!(password.expose_secret(), CANARY);
    let refused = app.redis_parse(&format!("http://ann:{CANARY}@h")).await.expect_err("no address");
    assert_eq!(refused.code, "RK-R01");
    assert!(!serde_json::to_string(&refused).expect("failure").contains(CANARY));
}

#[tokio::test]
async fn a_redis_that_does_not_answer_is_told_and_kept_nowhere() {
    let (_folder, app) = plain();
    app.sample_open().await.expect("sample");
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("port");
    let port = listener.local_addr().expect("address").port();
    drop(listener);
    let typed = PasswordSource::Typed { password: SecretString::from(CANARY) };
    let failure = app.redis_connect(redis_form(&format!("redis://127.0.0.1:{port}")), typed).await.expect_err("nobody");
    assert_eq!(failure.code, "RK-R04");
    assert!(!serde_json::to_string(&failure).expect("failure").contains(CANARY));
    let view = app.redis_view().await.expect("view");
    assert_eq!((view.form, view.connected), (None, None));
}

#[tokio::test]
async fn nothing_dangerous_runs_before_its_stage_is_open() {
    let (_folder, app) = plain();
    let codes = [
        app.inspect().await.expect_err("inspect").code,
        app.plan_make(Choices::default()).await.expect_err("plan").code,
        app.checklist().await.expect_err("checklist").code,
        app.sign_off_view().await.expect_err("sign-off").code,
        app.backup_make(&Silent).await.expect_err("backup").code,
        app.backup_override("for no good reason").await.expect_err("override").code,
        app.backup_restore("new", &[], &Silent).await.expect_err("restore").code,
        app.leftovers().await.expect_err("leftovers").code,
        app.leftover_remove("rekey_copy_4k2j9x0q1z").await.expect_err("remove").code,
        app.rehearse(&Silent).await.expect_err("rehearse").code,
        app.rehearsal_override("for no good reason").await.expect_err("override").code,
        app.export(wish(), None).await.expect_err("export").code,
        app.export(Wish { state_only: true, ..wish() }, None).await.expect_err("state").code,
        app.code_view(CodeOf::Run).await.expect_err("code").code,
        app.code_scan(CodeOf::Plan, "/", &Silent).await.expect_err("scan").code,
        app.versions_view().await.expect_err("versions").code,
        app.versions_expect(Vec::new()).await.expect_err("expect").code,
        app.migrate(&Silent, "yes").await.expect_err("migrate").code,
        app.validate().await.expect_err("validate").code,
        app.report().await.expect_err("report").code,
        app.undo(&Silent, "yes").await.expect_err("undo").code,
        app.redis_connect(redis_form("redis://localhost"), PasswordSource::None).await.expect_err("redis").code,
        app.redis_scan(Stage::Plan, &Silent).await.expect_err("scan").code,
        app.redis_rules_keep(Vec::new()).await.expect_err("rules").code,
        app.redis_foresee(Stage::Migrate, &Silent).await.expect_err("look").code,
        app.redis_rewrite(Stage::Migrate, "yes", &Silent).await.expect_err("rewrite").code,
        app.redis_undo(Stage::Report, "yes", &Silent).await.expect_err("undo in redis").code,
        app.redis_matching(Stage::Migrate, "cache:*", &Silent).await.expect_err("count").code,
        app.redis_remove(Stage::Migrate, "cache:*", "yes", &Silent).await.expect_err("remove").code,
    ];
    assert!(codes.iter().all(|code| code == "RK-E40"), "{codes:?}");
    assert_eq!(app.backup_override("  no  ").await.expect_err("short").code, "RK-E45");
}

#[tokio::test]
async fn a_form_with_a_gap_is_refused_and_named() {
    let (_folder, app) = plain();
    let remote = form(&app, "postgres://ann@db.example.org/shop").await;
    let failure = app.connection_open(remote.clone(), PasswordSource::None).await.expect_err("no environment");
    assert_eq!(failure.code, "RK-E46");
    let failure = app.connection_open(ConnectionForm { user: " ".to_owned(), ..remote }, PasswordSource::None).await;
    assert!(failure.expect_err("no user").what.contains("the user is empty"));
    let mut file = form(&app, "/a.db").await;
    assert_eq!(file.engine, EngineKind::Sqlite);
    file.path.clear();
    let result = app.connection_test(file, PasswordSource::None).await.expect("result");
    assert_eq!(
        result.stages.iter().map(|stage| stage.passed).collect::<Vec<_>>(),
        [Some(false), None, None, None, None]
    );
    assert_eq!(result.failure.expect("failure").code, "RK-E01");
}

#[tokio::test]
async fn the_test_stops_at_the_stage_that_fails() {
    let (_folder, app) = plain();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("port");
    let port = listener.local_addr().expect("address").port();
    drop(listener);
    let nobody = form(&app, &format!("postgres://ann@127.0.0.1:{port}/shop")).await;
    let result = app.connection_test(nobody, PasswordSource::None).await.expect("result");
    let passed: Vec<Option<bool>> = result.stages.iter().map(|stage| stage.passed).collect();
    assert_eq!(passed, [Some(true), Some(true), Some(false), None, None, None, None, None]);
    assert_eq!(result.failure.expect("failure").code, "RK-E02");
    let nameless = form(&app, "postgres://ann@no-such-host.invalid/shop").await;
    let result = app.connection_test(nameless, PasswordSource::None).await.expect("result");
    assert_eq!(result.stages[1].passed, Some(false));
    assert_eq!(result.failure.expect("failure").code, "RK-E11");
    let missing = app.connection_test(form(&app, "/there/is/no.db").await, PasswordSource::None).await.expect("result");
    assert_eq!(missing.failure.expect("failure").code, "RK-E05");
}

#[tokio::test]
async fn a_password_that_the_keyring_does_not_take_is_kept_until_the_end_and_said_so() {
    let (_folder, app) = app(Arc::new(LockedKeyring));
    let mut wanted = form(&app, "postgres://ann@localhost/shop").await;
    wanted.remember = true;
    let mut connection = saved(wanted);
    let password = SecretString::from(CANARY);
    let notice = app.keep_password(&mut connection, Some(&password)).await.expect("kept").expect("notice");
    assert!(notice.contains("until Rekey is closed") && !notice.contains(CANARY), "{notice}");
    assert!(!connection.password_saved && app.has_password(&connection));
    let source = PasswordSource::Keyring { connection: connection.id };
    assert_eq!(app.password(source).await.expect("kept").expect("password").expose_secret(), CANARY);
}

#[tokio::test]
async fn a_saved_password_is_found_again_and_forgotten() {
    let secrets: Arc<dyn SecretStore> = Arc::new(SessionOnly::new());
    let (_folder, app) = app(Arc::clone(&secrets));
    let mut wanted = form(&app, "postgres://ann@localhost/shop").await;
    (wanted.remember, wanted.name) = (true, "shop".to_owned());
    let mut connection = saved(wanted);
    assert_eq!(app.keep_password(&mut connection, Some(&SecretString::from(CANARY))).await.expect("kept"), None);
    assert!(connection.password_saved && secrets.get("id").expect("get").is_some());
    app.store().await.expect("store").save_connection(&connection).await.expect("save");
    let shown = app.app_view().await.expect("view");
    assert!(shown.connections[0].password_saved);
    assert!(!serde_json::to_string(&shown).expect("view").contains(CANARY));
    app.connection_forget("id").await.expect("forget");
    assert!(secrets.get("id").expect("get").is_none());
    let failure = app.password(PasswordSource::Keyring { connection: "id".to_owned() }).await.expect_err("gone");
    assert_eq!(failure.code, "RK-E43");
}

/// A keyring that shows a prompt until somebody answers it.
#[derive(Default)]
struct Prompting {
    looks: AtomicUsize,
    answered: (Mutex<bool>, Condvar),
}

impl SecretStore for Prompting {
    fn state(&self) -> KeyringState {
        self.looks.fetch_add(1, Ordering::SeqCst);
        let guard = self.answered.0.lock().expect("lock");
        drop(self.answered.1.wait_while(guard, |answered| !*answered).expect("wait"));
        KeyringState::Works
    }

    fn get(&self, _id: &str) -> Result<Option<SecretString>, SecretError> {
        Ok(None)
    }

    fn set(&self, _id: &str, _secret: &SecretString) -> Result<(), SecretError> {
        Ok(())
    }

    fn delete(&self, _id: &str) -> Result<(), SecretError> {
        Ok(())
    }
}

#[tokio::test]
async fn an_unlock_prompt_neither_blocks_the_window_nor_shows_twice() {
    let keyring = Arc::new(Prompting::default());
    let (_folder, app) = app(Arc::clone(&keyring) as Arc<dyn SecretStore>);
    for _ in 0..2 {
        assert!(matches!(app.app_view().await.expect("view").keyring, KeyringState::Locked { .. }));
    }
    assert_eq!(keyring.looks.load(Ordering::SeqCst), 1);
    *keyring.answered.0.lock().expect("lock") = true;
    keyring.answered.1.notify_all();
    while app.app_view().await.expect("view").keyring != KeyringState::Works {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn while_a_run_is_at_work_the_job_cannot_be_replaced() {
    let (_folder, app) = plain();
    let at_work = app.begin_work(Stage::Migrate).expect("free");
    assert_eq!(app.at_work(), Some(Stage::Migrate));
    assert!(app.begin_work(Stage::Report).is_err());
    assert_eq!(app.session_close().await.expect_err("at work").code, "RK-E40");
    app.migrate_cancel().await.expect("cancel");
    assert!(at_work.cancel.is_cancelled());
    drop(at_work);
    let view = app.session_close().await.expect("closed");
    assert!(!view.busy && view.stages[1].status == StageStatus::Open);
}

// What never said how it ended and is not at work stopped on the way, and the window says so.
#[tokio::test]
async fn a_run_counts_as_at_work_only_while_it_is() {
    let (_folder, app) = plain();
    for run in ["abcdefghij", "klmnopqrst"] {
        let mut record = crate::command::testing::record(run);
        record.state = RunState::Started;
        assert_eq!(app.note(&record, None).await, None);
    }
    let at_work =
        |view: AppView| view.runs.into_iter().filter(|run| run.at_work).map(|run| run.run).collect::<Vec<_>>();
    assert!(at_work(app.app_view().await.expect("view")).is_empty());
    let work = app.begin_work(Stage::Migrate).expect("free").on("abcdefghij");
    assert_eq!(at_work(app.app_view().await.expect("view")), ["abcdefghij"]);
    drop(work);
    assert!(at_work(app.app_view().await.expect("view")).is_empty());
}

#[derive(Default)]
struct Heard(Mutex<Vec<Event>>);

impl Observer for Heard {
    fn notice(&self, event: Event) {
        self.0.lock().expect("lock").push(event);
    }
}

// What the window rests on to tell the way there from the way back.
#[tokio::test]
async fn a_rehearsal_tells_of_the_copy_then_of_the_way_there_and_of_the_way_back() {
    let (_folder, app) = plain();
    app.sample_open().await.expect("sample");
    app.inspect().await.expect("inspect");
    app.plan_make(Choices { accept_defaults: true, ..Choices::default() }).await.expect("plan");
    app.checklist().await.expect("checklist");
    let heard = Heard::default();
    let backup = app.backup_make(&heard).await.expect("backup").made.expect("made");
    let told = heard.0.into_inner().expect("events");
    let bytes = |event: &Event| matches!(event, Event::Backup { bytes_total, .. } if *bytes_total == backup.bytes);
    assert!(told.iter().any(bytes), "{told:?}");
    assert_eq!(
        app.rehearsal_view().await.expect("view"),
        RehearsalView { possible: true, made: None, override_reason: None }
    );
    let heard = Heard::default();
    let rehearsal = app.rehearse(&heard).await.expect("rehearse").made.expect("made");
    assert!(rehearsal.green, "{:?}", rehearsal.failure);
    let told = heard.0.into_inner().expect("events");
    let copying = told.iter().take_while(|event| matches!(event, Event::Backup { .. })).count();
    assert!(copying > 0 && !told.iter().skip(copying).any(|event| matches!(event, Event::Backup { .. })), "{told:?}");
    let numbers: Vec<u32> = told
        .iter()
        .filter_map(|event| if let Event::Progress(progress) = event { Some(progress.number) } else { None })
        .collect();
    assert_eq!(numbers.windows(2).filter(|pair| pair[1] < pair[0]).count(), 1, "{numbers:?}");
}

fn signatures(items: &[rekey_engine::check::manual::Ticked], by: &str) -> Vec<Signature> {
    items.iter().map(|one| Signature { id: one.item.id.to_string(), by: by.to_owned(), note: None }).collect()
}

fn arranged() -> Arrangements {
    let own = str::to_owned;
    Arrangements {
        maintenance_window: Some(MaintenanceWindow { from: own("Sunday 2:00"), to: own("Sunday 4:00") }),
        communication: vec![Communication { who: own("customers"), how: own("mail") }],
        contacts: vec![Contact { name: own("Ben"), role: own("database"), reach: own("extension 7") }],
    }
}

async fn open_as_production(app: &App, path: &Path) {
    let mut form = form(app, &path.display().to_string()).await;
    form.environment = Some(Environment::Production);
    app.connection_open(form, PasswordSource::None).await.expect("opened");
    app.inspect().await.expect("inspect");
    app.plan_make(Choices { accept_defaults: true, ..Choices::default() }).await.expect("plan");
    assert!(app.checklist().await.expect("checklist").clear);
}

// On a production database the way to the backup opens when everything is signed; what was signed
// is there after a restart, goes into the record of the run, and is gone for the next one.
#[tokio::test]
async fn a_production_database_waits_for_its_signatures() {
    let (folder, app) = plain();
    let path = crate::sample::create(&folder.path().join("shop")).await.expect("sample");
    open_as_production(&app, &path).await;
    let reason = app.backup_view().await.expect_err("closed").what;
    assert!(reason.contains("vouch"), "{reason}");
    let open = app.sign_off_view().await.expect("view");
    assert!(open.refuses && open.open.len() > 3);
    let nobody = SignOffForm { signatures: signatures(&open.sign_off.items, " "), arrangements: arranged() };
    assert_eq!(app.sign_off_keep(nobody).await.expect_err("by nobody").code, "RK-E49");
    let some = SignOffForm { signatures: signatures(&open.sign_off.items[..2], "Ann"), arrangements: arranged() };
    let first = app.sign_off_keep(some).await.expect("kept").sign_off.items[0].tick.clone().expect("signed");
    let again = App::new(folder.path().join("data"), Arc::new(SessionOnly::new()));
    open_as_production(&again, &path).await;
    let kept = again.sign_off_view().await.expect("view");
    assert_eq!(kept.sign_off.items[0].tick.as_ref(), Some(&first));
    assert_eq!(kept.sign_off.arrangements, arranged());
    let all = SignOffForm { signatures: signatures(&kept.sign_off.items, "Ann"), arrangements: arranged() };
    let signed = again.sign_off_keep(all).await.expect("kept");
    assert!(!signed.refuses && signed.sign_off.items[0].tick.as_ref() == Some(&first), "it keeps its time");
    again.backup_override("a copy of the disk is kept").await.expect("override");
    again.rehearsal_override("it was tried on staging").await.expect("override");
    let name = again.session_view().await.expect("view").server.expect("server").database;
    let run = again.migrate(&Silent, &name).await.expect("run").run;
    let record = again.store().await.expect("store").run(&run).await.expect("read").expect("run");
    assert_eq!(record.safety_net.sign_off, Some(signed.sign_off));
    let place = record.place.clone();
    assert_eq!(again.store().await.expect("store").sign_off(&place).await.expect("read"), None);
}

#[tokio::test]
async fn a_backup_is_restored_whole_or_in_part_and_what_is_left_over_goes() {
    let (_folder, app) = plain();
    app.sample_open().await.expect("sample");
    app.inspect().await.expect("inspect");
    app.plan_make(Choices { accept_defaults: true, ..Choices::default() }).await.expect("plan");
    let name = rekey_engine::check::Name::EarlierRun;
    assert!(app.checklist_again(name).await.is_err(), "there is no list yet");
    let list = app.checklist().await.expect("checklist");
    let again = app.checklist_again(name).await.expect("again");
    assert!(list.checks.len() > 20 && list.grade == again.grade, "{list:?}");
    assert_eq!(again.checks, list.checks);
    let view = app.backup_make(&Silent).await.expect("backup");
    let Restorable { tables, name } = view.restorable.expect("a backup");
    assert!(tables.len() > 1 && name.contains("-restored.") && view.restored.is_none(), "{name} {tables:?}");
    let whole = app.backup_restore(&name, &[], &Silent).await.expect("whole").restored.expect("restored");
    assert!(whole.compared >= tables.len() && whole.tables.is_empty(), "{whole:?}");
    assert_eq!(app.backup_restore(&name, &[], &Silent).await.expect_err("there").code, "RK-E49");
    let other = name.replace("-restored", "-part");
    let chosen = &tables[..1];
    let part = app.backup_restore(&other, chosen, &Silent).await.expect("part").restored.expect("restored");
    assert_eq!(part.tables, chosen);
    assert!(part.compared < whole.compared && part.copy_back.iter().any(|line| line.contains("INSERT")), "{part:?}");
    assert_eq!(app.backup_restore("here.db", &[], &Silent).await.expect_err("no whole path").code, "RK-E01");
    let unknown = ["main.nobody".to_owned()];
    assert_eq!(app.backup_restore("/new.db", &unknown, &Silent).await.expect_err("unknown").code, "RK-E26");

    assert_eq!(app.leftovers().await.expect("none"), []);
    let left = app.folder().join("backups").join("rekey_copy_4k2j9x0q1z.db");
    std::fs::write(&left, "left").expect("write");
    let found = app.leftovers().await.expect("one");
    assert_eq!((found.len(), found[0].bytes, found[0].in_use), (1, 4, false));
    assert_eq!(app.leftover_remove(&found[0].name).await.expect("removed"), []);
    assert!(!left.exists());
    assert_eq!(app.leftover_remove(&name).await.expect_err("not ours").code, "RK-E26");
    assert!(Path::new(&name).exists());
}

fn wish() -> Wish {
    Wish {
        format: Format::Sql,
        undo: false,
        state_only: false,
        revision: None,
        down_revision: None,
        app: None,
        models: Vec::new(),
    }
}

fn to(path: &Path, replace: bool) -> Option<ExportFile> {
    Some(ExportFile { path: path.display().to_string(), replace })
}

#[tokio::test]
async fn a_plan_is_written_for_others_and_never_over_a_file_by_a_typed_path() {
    let (folder, app) = plain();
    app.sample_open().await.expect("sample");
    app.inspect().await.expect("inspect");
    app.plan_make(Choices { accept_defaults: true, ..Choices::default() }).await.expect("plan");
    let shown = app.export(wish(), None).await.expect("shown");
    assert!(shown.path.is_none() && shown.text.contains("BEGIN") && shown.unknown_models.is_empty());
    let back = app.export(Wish { undo: true, ..wish() }, None).await.expect("back");
    assert_ne!(back.text, shown.text);
    let file = folder.path().join("keys.py");
    let alembic = Wish { format: Format::Alembic, revision: Some("ab12".to_owned()), ..wish() };
    let written = app.export(alembic.clone(), to(&file, false)).await.expect("written");
    assert!(written.text.contains("\nRevision ID: ab12\n"), "{}", written.text);
    assert_eq!(std::fs::read_to_string(&file).expect("file"), written.text);
    assert_eq!(app.export(wish(), to(&file, false)).await.expect_err("there").code, "RK-E53");
    assert_eq!(std::fs::read_to_string(&file).expect("file"), written.text, "it stays as it is");
    assert_eq!(app.export(wish(), to(Path::new("keys.sql"), true)).await.expect_err("no whole path").code, "RK-E53");
    let replaced = app.export(alembic, to(&file, true)).await.expect("replaced");
    assert_eq!(replaced.path, Some(file.display().to_string()));
    let django = Wish { format: Format::Django, ..wish() };
    assert!(app.export(django, None).await.expect_err("no application").what.contains("application"));
}

#[tokio::test]
async fn what_was_found_in_the_code_is_kept_for_the_report() {
    let (folder, app) = plain();
    app.sample_open().await.expect("sample");
    app.inspect().await.expect("inspect");
    app.plan_make(Choices { accept_defaults: true, ..Choices::default() }).await.expect("plan");
    let none = app.code_view(CodeOf::Plan).await.expect("advice");
    assert!(none.scan.is_none() && !none.advice.is_empty());
    let code = folder.path().join("code");
    std::fs::create_dir(&code).expect("folder");
    std::fs::write(code.join("order.ts"), "export interface Order {\n  customerId: number;\n}\n").expect("write");
    assert_eq!(app.code_scan(CodeOf::Plan, "code", &Silent).await.expect_err("no whole path").code, "RK-E53");
    let heard = Heard::default();
    let path = code.display().to_string();
    let found = app.code_scan(CodeOf::Plan, &path, &heard).await.expect("scan").scan.expect("found");
    assert_eq!((found.scan.findings.len(), found.scan.findings[0].line), (1, 2));
    assert_eq!(heard.0.into_inner().expect("events"), [Event::Code { files: 1, found: 1 }]);
    assert_eq!(app.code_view(CodeOf::Plan).await.expect("kept").scan, Some(found));
    app.checklist().await.expect("checklist");
    app.backup_override("a copy of the disk is kept").await.expect("override");
    app.rehearsal_override("it was tried on staging").await.expect("override");
    app.migrate(&Silent, "yes").await.expect("run");
    let report = std::fs::read_to_string(app.report().await.expect("report").html_path).expect("page");
    assert!(report.contains("order.ts") && report.contains("customerId: number"), "{report}");
    assert!(app.code_view(CodeOf::Run).await.expect("of the run").scan.is_some());
}

// Twenty rows old and new, the rows written since, and the way that closes the others.
#[tokio::test]
async fn a_run_shows_its_rows_counts_those_written_since_and_is_kept_by_name_alone() {
    let (folder, app) = plain();
    let path = crate::sample::create(&folder.path().join("shop")).await.expect("sample");
    let form = form(&app, &path.display().to_string()).await;
    app.connection_open(form, PasswordSource::None).await.expect("opened");
    app.inspect().await.expect("inspect");
    app.plan_make(Choices { accept_defaults: true, ..Choices::default() }).await.expect("plan");
    app.checklist().await.expect("checklist");
    app.backup_make(&Silent).await.expect("backup");
    app.rehearsal_override("it was tried on staging").await.expect("override");
    assert!(app.going_back().await.is_err(), "there is no run yet");
    app.migrate(&Silent, "yes").await.expect("run");
    let validate =
        |view: AppView| view.session.stages.iter().find(|view| view.stage == Stage::Validate).map(|view| view.status);
    assert_eq!(
        validate(app.app_view().await.expect("view")),
        Some(StageStatus::Done),
        "the run asked its proofs itself"
    );
    let ways = app.going_back().await.expect("ways");
    let closed = |ways: &GoingBack| [&ways.undo, &ways.restore, &ways.finish].map(|way| way.closed.is_some());
    assert_eq!(closed(&ways), [false; 3], "{ways:?}");
    let tag = TableName::new("main", "tag");
    let sample = app.sample(tag.clone()).await.expect("rows");
    assert!(!sample.rows.is_empty() && sample.rows.len() <= 20, "{sample:?}");
    let cell = &sample.rows[0][0];
    assert!(cell.old.as_deref().is_some_and(|id| id.parse::<i64>().is_ok()), "{cell:?}");
    assert!(cell.new.as_deref().is_some_and(|id| id.len() == 36), "{cell:?}");
    assert!(app.rows_since().await.expect("counted").iter().all(|since| since.rows == 0));
    let pool = sqlx::SqlitePool::connect(&path.display().to_string()).await.expect("opened");
    let new = "INSERT INTO tag (id, name) VALUES ('01987e2a-0000-7000-8000-000000000001', 'written since')";
    sqlx::raw_sql(new).execute(&pool).await.expect("written");
    pool.close().await;
    let since: Vec<(TableName, u64)> =
        app.rows_since().await.expect("counted").into_iter().map(|one| (one.key.table, one.rows)).collect();
    assert_eq!(since.iter().filter(|(_, rows)| *rows > 0).collect::<Vec<_>>(), [&(tag, 1)], "{since:?}");
    assert_eq!(app.run_keep("yes").await.expect_err("another name").code, "RK-E41");
    let name = app.app_view().await.expect("view").session.server.expect("open").database;
    app.run_keep(&name).await.expect("kept");
    let ways = app.going_back().await.expect("ways");
    assert_eq!(closed(&ways), [true, false, true], "{ways:?}");
    assert!(app.rows_since().await.is_err() && app.sample(TableName::new("main", "tag")).await.is_err());
}

// The expected revision is an item of the checklist: it closes the stage where it is another one.
#[tokio::test]
async fn an_expected_revision_closes_the_checklist_where_it_is_another() {
    let (folder, app) = plain();
    let path = crate::sample::create(&folder.path().join("shop")).await.expect("sample");
    let pool = sqlx::SqlitePool::connect(&path.display().to_string()).await.expect("opened");
    let table = "CREATE TABLE alembic_version (version_num TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID; INSERT INTO alembic_version VALUES ('ab12');";
    sqlx::raw_sql(table).execute(&pool).await.expect("made");
    pool.close().await;
    let form = form(&app, &path.display().to_string()).await;
    app.connection_open(form, PasswordSource::None).await.expect("opened");
    app.inspect().await.expect("inspect");
    app.plan_make(Choices { accept_defaults: true, ..Choices::default() }).await.expect("plan");
    assert!(app.checklist().await.expect("checklist").clear);
    let view = app.versions_view().await.expect("view");
    assert_eq!((view.tables.len(), view.tables[0].newest.as_deref()), (1, Some("ab12")));
    let expect = |revision: &str| vec![ExpectedRevision { tool: "Alembic".to_owned(), revision: revision.to_owned() }];
    let wrong = app.versions_expect(expect("cd34")).await.expect("seen");
    assert!(!wrong.clear && wrong.findings.iter().any(|finding| finding.rule == "RK-333"), "{:?}", wrong.findings);
    assert!(!app.checklist().await.expect("again").clear, "it is looked at with all others too");
    assert!(app.versions_expect(expect(" ab12 ")).await.expect("seen").clear);
    assert_eq!(app.versions_view().await.expect("view").expected, expect("ab12"));
    assert!(app.versions_expect(expect(" ")).await.expect("seen").clear);
    assert_eq!(app.versions_view().await.expect("view").expected, []);
}

// The window sends what it waits for between threads, and is built with none of these tests: so
// the compiler is asked here.
#[allow(dead_code, reason = "to be compiled is enough")]
fn everything_can_be_sent(app: &App) {
    fn is_sent<T: Send>(_: T) {}
    is_sent(app.inspect());
    is_sent(app.plan_make(Choices::default()));
    is_sent(app.checklist());
    is_sent(app.checklist_again(rekey_engine::check::Name::EarlierRun));
    is_sent(app.sign_off_view());
    is_sent(app.backup_make(&Silent));
    is_sent(app.backup_restore("", &[], &Silent));
    is_sent(app.leftovers());
    is_sent(app.leftover_remove(""));
    is_sent(app.rehearse(&Silent));
    is_sent(app.migrate(&Silent, ""));
    is_sent(app.export(wish(), None));
    is_sent(app.code_view(CodeOf::Plan));
    is_sent(app.code_scan(CodeOf::Plan, "", &Silent));
    is_sent(app.versions_view());
    is_sent(app.versions_expect(Vec::new()));
    is_sent(app.report());
    is_sent(app.validate());
    is_sent(app.undo(&Silent, ""));
    is_sent(app.redis_view());
    is_sent(app.redis_parse(""));
    is_sent(app.redis_connect(RedisForm::default(), PasswordSource::None));
    is_sent(app.redis_forget());
    is_sent(app.redis_scan(Stage::Plan, &Silent));
    is_sent(app.redis_rules_keep(Vec::new()));
    is_sent(app.redis_foresee(Stage::Plan, &Silent));
    is_sent(app.redis_rewrite(Stage::Plan, "", &Silent));
    is_sent(app.redis_undo(Stage::Plan, "", &Silent));
    is_sent(app.redis_matching(Stage::Plan, "", &Silent));
    is_sent(app.redis_remove(Stage::Plan, "", "", &Silent));
}
