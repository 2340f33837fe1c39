//! The real window, driven by clicks: the sample from Welcome to the report and back, a
//! PostgreSQL server with its password in a real keyring, and what the window must never
//! let out.

mod inspect;
mod closed;
mod redis;
mod released;
mod shell;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use libtest_mimic::Trial;
use serde_json::Value;

use crate::support::holder::Holder;
use crate::support::postgres::{Database, shared};
use crate::support::process::{family, finish};
use crate::support::requirement::{Requirement, trial};
use crate::support::window::{Desktop, Keyring, Window};

/// For work that waits for a database, not only for the page.
const LONG: Duration = Duration::from_secs(60);

/// A password that is wrong and must not be seen either.
const WRONG: &str = "wrong-canary-7d41";

/// The trials of this file.
pub fn trials() -> Vec<Trial> {
    let desktop = [Requirement::Desktop];
    let both = [Requirement::Desktop, Requirement::Postgres];
    let three = [Requirement::Desktop, Requirement::Postgres, Requirement::Redis];
    let given = [Requirement::Desktop, Requirement::Released, Requirement::Postgres];
    vec![
        trial("gui::the_sample_goes_from_welcome_to_the_report_and_back", &desktop, sample),
        trial("gui::a_password_is_kept_in_the_keyring_and_seen_nowhere", &both, keyring),
        trial("gui::without_a_keyring_a_password_lasts_until_the_end_and_the_window_says_so", &both, no_keyring),
        trial("gui::an_address_that_leads_nowhere_is_told_with_a_remedy_and_the_state", &both, bad_addresses),
        trial("gui::the_window_is_closed_to_foreign_code", &desktop, closed::to_foreign_code),
        trial("gui::the_window_opens_where_it_was_closed", &desktop, shell::stays_where_it_was),
        trial("gui::a_second_start_leaves_the_first_window_alone", &desktop, shell::a_second_start),
        trial("gui::the_desktop_is_told_of_work_and_of_its_end", &desktop, shell::the_desktop_is_told),
        trial("gui::help_and_what_rekey_is_made_of", &desktop, shell::help_and_about),
        trial("gui::text_of_twice_the_size_loses_nothing", &desktop, shell::text_of_twice_the_size),
        trial(
            "gui::a_released_window_that_is_driven_loads_no_password",
            &given,
            released::saved_passwords_stay_in_the_keyring,
        ),
        trial("gui::a_released_window_can_soon_be_used", &[Requirement::Released], released::soon_usable),
        trial("gui::a_production_database_asks_for_its_name", &both, production),
        trial("gui::ids_in_redis_go_with_the_database_there_and_back", &three, redis::whole_way),
        trial(
            "gui::a_thousand_tables_are_searched_turned_over_and_drawn_without_a_long_task",
            &both,
            inspect::thousand_tables,
        ),
        trial(
            "gui::references_without_a_foreign_key_are_drawn_and_answered_once_for_inspect_and_plan",
            &both,
            inspect::undeclared,
        ),
        trial("gui::the_plan_is_written_for_others_and_the_code_is_told_in_the_report", &desktop, application),
        trial("gui::a_run_that_waits_names_who_is_in_its_way_and_can_be_cancelled", &both, cancelled),
    ]
}

fn binary() -> PathBuf {
    PathBuf::from(std::env::var_os("REKEY_DESKTOP").expect("the requirement was checked"))
}

fn sample() {
    let desktop = Desktop::start(Keyring::Unlocked);
    desktop.block_on(async {
        let window = desktop.open(&binary(), &[]).await;
        let (began, mut looked) = (Instant::now(), Duration::ZERO);
        window.find("welcome-sample").await;
        looked += no_faults(&window, "welcome").await;
        window.click("welcome-sample").await;
        window.find("inspect-summary").await;
        assert!(window.text("top-database").await.to_uppercase().contains("SAMPLE"));
        let file = sample_file(&desktop);
        let before = dump(&file);
        looked += no_faults(&window, "inspect").await;
        window.click("next").await;
        window.find("plan-result").await;
        looked += no_faults(&window, "plan").await;
        answer_questions(&window).await;
        window.click("next").await;
        window.find("checklist-outcome").await;
        looked += no_faults(&window, "checklist").await;
        window.click("next").await;
        window.click("backup-make").await;
        window.wait_for_text("backup-path", LONG, |path| Path::new(path).is_file()).await;
        looked += no_faults(&window, "backup").await;
        window.click("next").await;
        looked += rehearse(&window, &desktop).await;
        assert_eq!(dump(&file), before, "nothing changes before Migrate");
        window.click("next").await;
        migrate(&window).await;
        looked += no_faults(&window, "migrate").await;
        window.click("next").await;
        assert_eq!(window.find("validate-outcome").await.attr("data-good").await.unwrap().as_deref(), Some("true"));
        looked += no_faults(&window, "validate").await;
        window.click("next").await;
        let html = PathBuf::from(window.wait_for_text("report-path", LONG, |path| Path::new(path).is_file()).await);
        let job = began.elapsed().saturating_sub(looked);
        assert!(job < LONG, "the whole job took {job:?}");
        no_faults(&window, "report").await;
        assert!(std::fs::read_to_string(&html).unwrap().contains("<h1"));
        let json: Value =
            serde_json::from_str(&std::fs::read_to_string(window.text("report-json-path").await).unwrap()).unwrap();
        assert_eq!(json["state"], "converted");
        let converted = dump(&file);
        assert_ne!(converted, before);
        assert_eq!(json["conversions"].as_array().map(Vec::is_empty), Some(false));
        undo(&window).await;
        assert_eq!(dump(&file), before, "undo brings everything back");
        window.close().await;
    });
}

fn keyring() {
    let database = shop("gui_keyring");
    let canary = shared().password().to_owned();
    let desktop = Desktop::start(Keyring::Unlocked);
    desktop.block_on(async {
        let window = desktop.open(&binary(), &[]).await;
        listen_to_replies(&window).await;
        fill_in(&window, &database).await;
        window.type_into("connect-password", WRONG).await;
        window.click("connect-test").await;
        refused_login(&window).await;
        window.type_into("connect-password", &canary).await;
        window.type_into("connect-name", "the shop").await;
        window.click("connect-remember").await;
        window.click("connect-open").await;
        window.find("inspect-summary").await;
        seen_nowhere(&desktop, &window, &canary).await;
        window.close().await;

        let window = desktop.open(&binary(), &[]).await;
        listen_to_replies(&window).await;
        window.click("welcome-connect").await;
        open_saved(&window).await;
        convert(&window, &desktop).await;
        let kind = database.value("SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'line'::regclass AND attname = 'item_id'");
        assert_eq!(kind, "uuid");
        let heard = window.script("return window.__replies.some(reply => reply.includes('\"event\":\"step_done\"'))", Vec::new()).await;
        assert_eq!(heard, true, "what is told during a run was not heard");
        seen_nowhere(&desktop, &window, &canary).await;
        window.click("next").await;
        window.find("validate-outcome").await;
        window.click("next").await;
        window.find("report-path").await;
        undo(&window).await;
        seen_nowhere(&desktop, &window, &canary).await;
        window.close().await;
    });
}

fn no_keyring() {
    let database = shop("gui_no_keyring");
    let desktop = Desktop::start(Keyring::Absent);
    desktop.block_on(async {
        let window = desktop.open(&binary(), &[]).await;
        fill_in(&window, &database).await;
        let state = window.find("connect-keyring").await.attr("data-state").await.unwrap();
        assert!(matches!(state.as_deref(), Some("missing" | "locked")), "{state:?}");
        no_faults(&window, "connect").await;
        window.type_into("connect-password", shared().password()).await;
        window.type_into("connect-name", "the shop").await;
        window.click("connect-remember").await;
        window.click("connect-open").await;
        window.wait_for_text("notice", LONG, |notice| notice.contains("until Rekey is closed")).await;
        window.click("disconnect").await;
        window.click("welcome-connect").await;
        open_saved(&window).await;
        window.close().await;

        let window = desktop.open(&binary(), &[]).await;
        window.click("welcome-connect").await;
        open_saved_form(&window).await;
        window.click("connect-open").await;
        let code = window.find("error-panel").await.attr("data-code").await.unwrap();
        assert_eq!(code.as_deref(), Some("RK-E03"), "a password kept for a session is gone after it");
        window.close().await;
    });
}

fn production() {
    let database = shop("gui_production");
    let desktop = Desktop::start(Keyring::Absent);
    desktop.block_on(async {
        let window = desktop.open(&binary(), &[]).await;
        fill_in(&window, &database).await;
        window.type_into("connect-password", shared().password()).await;
        window.click("connect-environment").await;
        window.click("connect-open").await;
        window.find("inspect-summary").await;
        assert!(window.text("top-database").await.contains("PRODUCTION"));
        check(&window).await;
        sign(&window).await;
        window.click("next").await;
        give_reasons(&window).await;
        window.click("migrate-start").await;
        assert!(!window.is_enabled("danger-confirm").await);
        let invoke = "const done = arguments[0]; window.__TAURI_INTERNALS__.invoke('migrate', {channel: '__CHANNEL__:0', confirmation: 'yes'}).then(() => done('ran'), e => done(e.code || String(e)));";
        let invoked = window.client().execute_async(invoke, Vec::new()).await.unwrap();
        assert_eq!(invoked, "RK-E41", "the name is asked for in Rust too");
        window.type_into("danger-typed", database.name()).await;
        window.click("danger-confirm").await;
        window.wait_for_text("migrate-done", LONG, |text| !text.is_empty()).await;
        window.close().await;
    });
}

// The system's dialogs cannot be driven; their paths can be typed as well.
fn application() {
    let desktop = Desktop::start(Keyring::Absent);
    let folder = tempfile::tempdir().unwrap();
    let code = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/applications/fastapi");
    desktop.block_on(async {
        let window = desktop.open(&binary(), &[]).await;
        window.click("welcome-sample").await;
        window.find("inspect-summary").await;
        window.click("next").await;
        window.find("plan-result").await;
        answer_questions(&window).await;
        let script = folder.path().join("keys.sql");
        window.script("document.querySelector('[data-testid=\"export-card\"]').open = true;", Vec::new()).await;
        window.type_into("export-path", &script.display().to_string()).await;
        window.click("export-save").await;
        window.wait_for_text("export-saved", LONG, |text| text.contains("keys.sql")).await;
        let written = std::fs::read_to_string(&script).unwrap();
        assert!(written.contains("BEGIN") && written.contains("COMMIT"), "{written}");
        window.click("export-save").await;
        let code_of_panel = window.find("error-panel").await.attr("data-code").await.unwrap();
        assert_eq!(code_of_panel.as_deref(), Some("RK-E53"), "a typed path never replaces a file");
        window.click("export-show").await;
        window.type_into("code-path", &code.display().to_string()).await;
        window.click("code-scan").await;
        let told = window.wait_for_text("code-told", LONG, |text| text.contains("lines to change")).await;
        assert!(window.text("code-hits").await.contains("app/models.py"), "{told}");
        no_faults(&window, "plan, with export and code").await;
        window.click("next").await;
        window.find("checklist-outcome").await;
        window.click("next").await;
        give_reasons(&window).await;
        migrate(&window).await;
        window.click("next").await;
        window.find("validate-outcome").await;
        window.click("next").await;
        let html = window.wait_for_text("report-path", LONG, |path| Path::new(path).is_file()).await;
        assert!(window.text("code-hits").await.contains("app/models.py"));
        let page = std::fs::read_to_string(html).unwrap();
        assert!(page.contains("app/models.py") && page.contains("What to change in the code"), "{page}");
        no_faults(&window, "report, with code").await;
        window.close().await;
    });
}

fn cancelled() {
    let database = shop("gui_cancelled");
    let before = database.dump(&[]);
    let desktop = Desktop::start(Keyring::Absent);
    desktop.block_on(async {
        let window = desktop.open(&binary(), &[]).await;
        fill_in(&window, &database).await;
        window.type_into("connect-password", shared().password()).await;
        window.click("connect-open").await;
        window.find("inspect-summary").await;
        prepare(&window).await;
        let holder = Holder::postgres(&database, "LOCK TABLE item");
        window.click("migrate-start").await;
        window.click("danger-confirm").await;
        let told = window.wait_for_text("migrate-waiting", LONG, |text| text.contains(holder.said())).await;
        assert!(told.contains("psql") && told.contains("idle in transaction"), "{told}");
        no_faults(&window, "migrate, waiting").await;
        window.click("rail-plan").await;
        assert_eq!(window.find("stage").await.attr("data-stage").await.unwrap().as_deref(), Some("migrate"));
        window.click("migrate-cancel").await;
        window.click("danger-confirm").await;
        let panel = window.find("error-panel").await;
        assert_eq!(panel.attr("data-code").await.unwrap().as_deref(), Some("RK-E31"));
        holder.release();
        assert_eq!(database.dump(&[]), before, "a cancelled run changes nothing");
        migrate(&window).await;
        window.close().await;
    });
}

// A table that references itself, a chain and a composite key.
fn shop(name: &str) -> Database {
    let database = Database::create(name);
    database.execute(
        "CREATE TABLE customer (id serial PRIMARY KEY, name text NOT NULL, referred_by integer REFERENCES customer);
         CREATE TABLE item (id bigserial PRIMARY KEY, title text NOT NULL);
         CREATE TABLE line (customer_id integer REFERENCES customer, item_id bigint REFERENCES item, quantity integer,
             PRIMARY KEY (customer_id, item_id));
         INSERT INTO customer (name, referred_by) SELECT 'c' || n, NULLIF(n / 2, 0) FROM generate_series(1, 40) n;
         INSERT INTO item (title) SELECT 't' || n FROM generate_series(1, 25) n;
         INSERT INTO line SELECT c.id, i.id, 1 FROM customer c, item i WHERE (c.id + i.id) % 3 = 0;",
    );
    database
}

async fn fill_in(window: &Window, database: &Database) {
    window.click("welcome-connect").await;
    window.type_into("connect-url", &shared().url(database.name())).await;
    window.click("connect-url-apply").await;
    window.find("connect-filled").await;
    assert_eq!(window.value("connect-database").await, database.name());
}

// Each in a window of its own, so that no panel is the one before.
fn bad_addresses() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("letter.db");
    std::fs::write(&text, "Dear reader, this is no database. ".repeat(100)).unwrap();
    let missing = folder.path().join("missing.db");
    let cases = [
        (shared().url_with_password("no_such_database"), "RK-E04"),
        ("postgres://ann:secret@127.0.0.1:1/shop".to_owned(), "RK-E02"),
        (text.display().to_string(), "RK-E06"),
        (missing.display().to_string(), "RK-E05"),
    ];
    for (address, code) in cases {
        let desktop = Desktop::start(Keyring::Unlocked);
        desktop.block_on(async {
            let window = desktop.open(&binary(), &[]).await;
            window.click("welcome-connect").await;
            window.type_into("connect-url", &address).await;
            window.click("connect-url-apply").await;
            window.find("connect-filled").await;
            window.click("connect-test").await;
            let panel = window.find("error-panel").await;
            assert_eq!(panel.attr("data-code").await.unwrap().as_deref(), Some(code), "{address}");
            let told = window.text("error-panel").await;
            for part in ["Why", "What to do", "State of your data", "Nothing was changed"] {
                assert!(told.contains(part), "'{part}' is missing in: {told}");
            }
            assert!(!told.contains(shared().password()), "{told}");
            window.close().await;
        });
    }
}

async fn open_saved_form(window: &Window) {
    let script = "const saved = document.querySelector('[data-testid^=\"connect-saved-\"]'); return saved ? saved.dataset.testid : ''";
    let end = Instant::now() + LONG;
    let saved = loop {
        let found = window.script(script, Vec::new()).await.as_str().unwrap_or_default().to_owned();
        if !found.is_empty() {
            break found;
        }
        assert!(Instant::now() < end, "no connection is saved:\n{}", window.words().await);
    };
    window.click(&saved).await;
}

async fn open_saved(window: &Window) {
    open_saved_form(window).await;
    window.click("connect-open").await;
    window.find("inspect-summary").await;
}

async fn refused_login(window: &Window) {
    let panel = window.find("error-panel").await;
    assert_eq!(panel.attr("data-code").await.unwrap().as_deref(), Some("RK-E03"));
    let text = window.text("error-panel").await;
    for part in ["The server refused the login", "password is wrong", "Check user and password", "Nothing was changed"]
    {
        assert!(text.contains(part), "'{part}' is missing in: {text}");
    }
    assert!(!text.contains(WRONG));
    no_faults(window, "connect").await;
}

async fn answer_questions(window: &Window) {
    if window.seen("plan-questions").await.is_some() {
        window.click("plan-defaults").await;
        window.click("plan-make").await;
        window.wait_for_text("next-reason", LONG, str::is_empty).await;
    }
}

// Nothing may be left of the copy. Gives how long it was looked for faults.
async fn rehearse(window: &Window, desktop: &Desktop) -> Duration {
    window.find("rehearse-start").await;
    assert!(!window.is_enabled("next").await, "nothing runs without a rehearsal or a reason");
    let mut looked = no_faults(window, "rehearse").await;
    window.click("rehearse-start").await;
    let told = window.wait_for_text("rehearse-outcome", LONG, |text| !text.is_empty()).await;
    assert!(told.contains("every proof held"), "{told}");
    let expected = window.text("rehearse-expect").await;
    assert!(expected.contains("seconds") && expected.contains("Programs that write wait"), "{expected}");
    looked += no_faults(window, "rehearsed").await;
    let left = std::fs::read_dir(desktop.data_dir().join("backups")).unwrap();
    let left: Vec<String> = left.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    assert!(left.iter().any(|name| name.contains(".rehearsal-")), "the rehearsal is written down: {left:?}");
    assert!(!left.iter().any(|name| name.contains("rekey_copy_")), "the copy is still there: {left:?}");
    looked
}

// From Inspect to Backup.
async fn plan_and_check(window: &Window) {
    check(window).await;
    window.click("next").await;
}

async fn check(window: &Window) {
    window.click("next").await;
    window.find("plan-result").await;
    answer_questions(window).await;
    window.click("next").await;
    window.find("checklist-outcome").await;
}

// What a production database asks of people, all of it.
async fn sign(window: &Window) {
    window.wait_for_text("sign-off-state", LONG, |text| text.contains("open")).await;
    assert!(!window.is_enabled("next").await, "nothing runs on production before people have signed");
    let tick = "document.querySelectorAll('[data-testid^=\"sign-off-item-\"]').forEach(box => box.click());";
    window.script(tick, Vec::new()).await;
    window.click("sign-off-add-told").await;
    window.click("sign-off-add-contact").await;
    for (field, text) in [
        ("name", "Ann"),
        ("from", "Sunday 2:00"),
        ("to", "Sunday 4:00"),
        ("who-0", "customers"),
        ("how-0", "mail on Friday"),
        ("contact-0", "Ben"),
        ("role-0", "database"),
        ("reach-0", "extension 7"),
    ] {
        window.type_into(&format!("sign-off-{field}"), text).await;
    }
    no_faults(window, "checklist, signed").await;
    window.click("sign-off-keep").await;
    window.wait_for_text("sign-off-state", LONG, |text| text.contains("Complete")).await;
}

// From Inspect to the brink of Migrate, with a backup made elsewhere and thus no rehearsal.
async fn prepare(window: &Window) {
    plan_and_check(window).await;
    give_reasons(window).await;
}

async fn give_reasons(window: &Window) {
    window.click("backup-own").await;
    assert!(!window.is_enabled("next").await, "nothing runs without a backup or a reason");
    window.type_into("backup-reason", "a database made for this very test").await;
    window.click("backup-override").await;
    window.find("backup-overridden").await;
    window.click("next").await;
    window.find("rehearse-impossible").await;
    assert!(!window.is_enabled("next").await, "nothing runs without a rehearsal or a reason");
    window.type_into("rehearse-reason", "a database made for this very test").await;
    window.click("rehearse-override").await;
    window.find("rehearse-overridden").await;
    window.click("next").await;
}

// From Inspect to a converted database, with a proven backup and a rehearsal.
async fn convert(window: &Window, desktop: &Desktop) {
    plan_and_check(window).await;
    window.click("backup-make").await;
    window.wait_for_text("backup-path", LONG, |path| Path::new(path).is_file()).await;
    assert!(window.text("backup-made").await.contains("Restored into a scratch database and compared"));
    no_faults(window, "backup of a server").await;
    window.click("next").await;
    rehearse(window, desktop).await;
    window.click("next").await;
    migrate(window).await;
}

async fn migrate(window: &Window) {
    window.click("migrate-start").await;
    window.click("danger-confirm").await;
    window.wait_for_text("migrate-done", LONG, |text| !text.is_empty()).await;
}

async fn undo(window: &Window) {
    window.click("undo").await;
    window.click("danger-confirm").await;
    window.wait_for_text("undo-done", LONG, |text| !text.is_empty()).await;
}

// With `REKEY_PICTURES` naming a folder, every stage leaves its picture there.
async fn picture(window: &Window, stage: &str) {
    if let Some(folder) = std::env::var_os("REKEY_PICTURES") {
        // The picture is a frame or two behind the page.
        tokio::time::sleep(Duration::from_millis(500)).await;
        window.screenshot(&Path::new(&folder).join(format!("{stage}.png"))).await;
    }
}

// Gives how long it took, which no user waits for.
async fn no_faults(window: &Window, stage: &str) -> Duration {
    let began = Instant::now();
    axe_faults(window, stage).await;
    // Which database it is stays in view: what is long scrolls between the bars.
    let within = "return document.scrollingElement.scrollHeight <= window.innerHeight";
    assert_eq!(window.script(within, Vec::new()).await, true, "{stage}: the page scrolls as a whole");
    picture(window, stage).await;
    began.elapsed()
}

async fn axe_faults(window: &Window, stage: &str) {
    let axe = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/node_modules/axe-core/axe.min.js");
    // Colours that are still on their way to where they belong are looked at again.
    for last in [false, false, true] {
        match window.accessibility_faults(&axe).await {
            Some(faults) if !faults.is_empty() => assert!(!last, "{stage}: {faults:#?}"),
            _ => break,
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
}

// Every answer from Rust comes through fetch, and what is told meanwhile through a callback; the
// page's own are wrapped before anything secret is typed.
async fn listen_to_replies(window: &Window) {
    window.find("welcome-connect").await;
    let wrap = "window.__replies = []; const real = window.fetch.bind(window);
        window.fetch = async (...a) => { const r = await real(...a); r.clone().text().then(t => window.__replies.push(t)); return r; };
        const calls = window.__TAURI_INTERNALS__.callbacks, get = calls.get.bind(calls);
        calls.get = id => { const call = get(id); return call && (data => { window.__replies.push(JSON.stringify(data) ?? ''); return call(data); }); };";
    window.script(wrap, Vec::new()).await;
}

// The keyring's own files are encrypted and may hold it; the password field held it while
// it was typed and must be empty now.
async fn seen_nowhere(desktop: &Desktop, window: &Window, canary: &str) {
    let replies = window.script("return window.__replies.join('\\n')", Vec::new()).await;
    let replies = replies.as_str().unwrap_or_default().to_owned();
    assert!(replies.contains("\"stages\""), "no reply was heard");
    let kept = window
        .script("return JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])", Vec::new())
        .await;
    let mut places = vec![
        ("a reply".to_owned(), replies),
        ("the page".to_owned(), window.document().await),
        ("what the page keeps".to_owned(), kept.as_str().unwrap_or_default().to_owned()),
    ];
    for pid in family(desktop.driver_pid()) {
        for file in ["cmdline", "environ"] {
            let bytes = std::fs::read(format!("/proc/{pid}/{file}")).unwrap_or_default();
            places.push((format!("{file} of {pid}"), String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    let mut files = Vec::new();
    collect(desktop.home(), &mut files);
    for file in files {
        let bytes = std::fs::read(&file).unwrap_or_default();
        places.push((file.display().to_string(), String::from_utf8_lossy(&bytes).into_owned()));
    }
    let spellings = spellings(canary);
    for (place, text) in places {
        for spelling in spellings.iter().map(String::as_str).chain([WRONG]) {
            assert!(!text.contains(spelling), "a password is in {place}");
        }
    }
}

fn spellings(canary: &str) -> BTreeSet<String> {
    let json = serde_json::to_string(canary).unwrap();
    let html = canary.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    [canary.to_owned(), json.trim_matches('"').to_owned(), html, crate::support::postgres::percent(canary)].into()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => collect(&entry.path(), files),
            Ok(kind) if kind.is_file() => files.push(entry.path()),
            _ => {}
        }
    }
}

fn sample_file(desktop: &Desktop) -> PathBuf {
    let mut files = Vec::new();
    collect(&desktop.data_dir().join("sample"), &mut files);
    let database = |file: &PathBuf| !matches!(file.extension().and_then(|end| end.to_str()), Some("db-wal" | "db-shm"));
    files.into_iter().find(database).expect("the sample is a file in the data folder")
}

// The helper tables that hold map and journal are not the user's.
fn dump(file: &Path) -> String {
    let mut command = std::process::Command::new("sqlite3");
    let outcome = finish(command.arg(file).arg(".dump"), None);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    outcome.text()
}
