//! The steps of the wizard, as a person goes through them, and the databases that are opened.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::looks::no_faults;
use crate::support::postgres::{Database, shared};
use crate::support::window::{Desktop, Window};

/// For work that waits for a database, not only for the page.
pub(super) const LONG: Duration = Duration::from_secs(60);

pub(super) fn binary() -> PathBuf {
    PathBuf::from(std::env::var_os("REKEY_DESKTOP").expect("the requirement was checked"))
}

// A table that references itself, a chain and a composite key.
pub(super) fn shop(name: &str) -> Database {
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

pub(super) async fn fill_in_address(window: &Window, address: &str) {
    window.click("welcome-connect").await;
    window.type_into("connect-url", address).await;
    window.click("connect-url-apply").await;
    window.find("connect-filled").await;
}

pub(super) async fn fill_in(window: &Window, database: &Database) {
    fill_in_address(window, &shared().url(database.name())).await;
    assert_eq!(window.value("connect-database").await, database.name());
}

pub(super) async fn open_saved(window: &Window) {
    open_saved_form(window).await;
    window.click("connect-open").await;
    window.find("inspect-summary").await;
}

pub(super) async fn open_saved_form(window: &Window) {
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

pub(super) async fn answer_questions(window: &Window) {
    if window.seen("plan-questions").await.is_some() {
        window.click("plan-defaults").await;
        window.click("plan-make").await;
        window.wait_for_text("next-reason", LONG, str::is_empty).await;
    }
}

pub(super) async fn check(window: &Window) {
    window.click("next").await;
    window.find("plan-result").await;
    answer_questions(window).await;
    window.click("next").await;
    window.find("checklist-outcome").await;
}

// From Inspect to Backup.
pub(super) async fn plan_and_check(window: &Window) {
    check(window).await;
    window.click("next").await;
}

// Nothing may be left of the copy. Gives how long it was looked for faults.
pub(super) async fn rehearse(window: &Window, desktop: &Desktop) -> Duration {
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

// What a production database asks of people, all of it.
pub(super) async fn sign(window: &Window) {
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

pub(super) async fn give_reasons(window: &Window) {
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

// From Inspect to the brink of Migrate, with a backup made elsewhere and thus no rehearsal.
pub(super) async fn prepare(window: &Window) {
    plan_and_check(window).await;
    give_reasons(window).await;
}

// From Inspect to a converted database, with a proven backup and a rehearsal.
pub(super) async fn convert(window: &Window, desktop: &Desktop) {
    back_up_and_rehearse(window, desktop).await;
    migrate(window).await;
}

// From Inspect to the brink of Migrate, with a proven backup and a rehearsal.
pub(super) async fn back_up_and_rehearse(window: &Window, desktop: &Desktop) {
    plan_and_check(window).await;
    window.click("backup-make").await;
    window.wait_for_text("backup-path", LONG, |path| Path::new(path).is_file()).await;
    assert!(window.text("backup-made").await.contains("compared"));
    no_faults(window, "backup of a server").await;
    window.click("next").await;
    rehearse(window, desktop).await;
    window.click("next").await;
}

pub(super) async fn start(window: &Window) {
    window.click("migrate-start").await;
    window.click("danger-confirm").await;
}

pub(super) async fn migrate(window: &Window) {
    start(window).await;
    window.wait_for_text("migrate-done", LONG, |text| !text.is_empty()).await;
}

pub(super) async fn undo(window: &Window) {
    window.click("undo").await;
    window.click("danger-confirm").await;
    window.wait_for_text("undo-done", LONG, |text| !text.is_empty()).await;
}
