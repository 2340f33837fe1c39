//! The whole way on a real server of each product: connect, inspect, plan, checklist, backup,
//! rehearsal, a run that fails in the middle, what the window says then, the run, proofs, report
//! and back.

use std::path::Path;

use super::looks::no_faults;
use super::steps::{LONG, back_up_and_rehearse, binary, fill_in, fill_in_address, migrate, shop, start, undo};
use crate::support::holder::Holder;
use crate::support::mysql::{self, Product};
use crate::support::postgres::shared;
use crate::support::sqlite;
use crate::support::window::{Desktop, Keyring, Window};

/// What each product understands.
pub(super) const TABLES: &str = "
    CREATE TABLE customer (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL, referred_by INTEGER REFERENCES customer (id));
    CREATE TABLE item (id INTEGER PRIMARY KEY, title VARCHAR(40) NOT NULL);
    CREATE TABLE line (customer_id INTEGER NOT NULL, item_id INTEGER NOT NULL, quantity INTEGER,
        PRIMARY KEY (customer_id, item_id),
        FOREIGN KEY (customer_id) REFERENCES customer (id), FOREIGN KEY (item_id) REFERENCES item (id));
    INSERT INTO customer VALUES (1, 'c1', NULL), (2, 'c2', 1), (3, 'c3', 1), (4, 'c4', 2);
    INSERT INTO item VALUES (1, 't1'), (2, 't2'), (7, 't7');
    INSERT INTO line VALUES (1, 1, 3), (1, 7, 1), (2, 2, 1), (4, 1, 9), (4, 2, 2);";

/// The gate notices a row that somebody changes behind the last step.
pub(super) fn postgres() {
    let database = shop("gui_whole_way");
    let before = database.dump(&[]);
    let spoil = tempfile::NamedTempFile::new().unwrap();
    let desktop = Desktop::start_with(Keyring::Absent, &[("REKEY_SPOIL", &spoil.path().display().to_string())]);
    desktop.block_on(async {
        let window = desktop.open(&binary(), &[]).await;
        fill_in(&window, &database).await;
        window.type_into("connect-password", shared().password()).await;
        no_faults(&window, "connect").await;
        until_migrate(&window, &desktop).await;
        std::fs::write(spoil.path(), "UPDATE public.item SET title = 'mine' WHERE title = 't1'").unwrap();
        start(&window).await;
        failed(&window, "RK-E30", &["taken back whole", "nothing final"], "a gate that does not hold").await;
        assert_eq!(database.dump(&[]), before, "the gate took everything back");
        std::fs::write(spoil.path(), "").unwrap();
        migrate(&window).await;
        let kind = "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'line'::regclass AND attname = 'item_id'";
        assert_eq!(database.value(kind), "uuid");
        and_back(&window).await;
        assert_eq!(database.dump(&[]), before, "undo brings everything back");
        window.close().await;
    });
}

/// The server is killed while the run waits for a lock, and started again.
pub(super) fn mariadb() {
    let server: &'static mysql::Server = Box::leak(Box::new(mysql::Server::start(Product::Mariadb, &[])));
    let database = mysql::Database::create_on(server, "gui_whole_way");
    database.sql(TABLES);
    let before = server.dump(database.name());
    let desktop = Desktop::start(Keyring::Absent);
    desktop.block_on(async {
        let window = desktop.open(&binary(), &[]).await;
        fill_in_address(&window, &database.url()).await;
        window.type_into("connect-password", server.password()).await;
        until_migrate(&window, &desktop).await;
        let holder = Holder::mysql(&database, "SELECT * FROM item FOR UPDATE");
        start(&window).await;
        window.wait_for_text("migrate-waiting", LONG, |text| !text.is_empty()).await;
        server.crash();
        failed(&window, "RK-E10", &["server was stopped"], "a server that went away").await;
        drop(holder);
        server.start_again();
        assert_eq!(server.dump(database.name()), before, "a run that only waited has changed nothing");
        migrate(&window).await;
        let kind = "SELECT DATA_TYPE FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'line' AND COLUMN_NAME = 'item_id'";
        assert_eq!(database.sql(kind).trim(), "uuid");
        and_back(&window).await;
        assert_eq!(server.dump(database.name()), before, "undo brings everything back");
        window.close().await;
    });
    drop(database);
    server.stop();
}

/// Another program writes to the file, until the user has had enough of waiting.
pub(super) fn sqlite() {
    let file = sqlite::File::create("shop.db");
    file.execute(TABLES);
    let before = file.dump();
    let desktop = Desktop::start(Keyring::Absent);
    desktop.block_on(async {
        let window = desktop.open(&binary(), &[]).await;
        fill_in_address(&window, &file.path().display().to_string()).await;
        until_migrate(&window, &desktop).await;
        let holder = Holder::sqlite(&file, "UPDATE item SET title = 'mine' WHERE id = 1");
        start(&window).await;
        window.wait_for_text("migrate-waiting", LONG, |text| !text.is_empty()).await;
        no_faults(&window, "migrate, a file in use").await;
        window.click("migrate-cancel").await;
        window.click("danger-confirm").await;
        failed(&window, "RK-E31", &["You pressed Cancel"], "a run that was cancelled").await;
        holder.release();
        assert_eq!(file.dump(), before, "a run that only waited has changed nothing");
        migrate(&window).await;
        assert_eq!(file.value("SELECT count(*) FROM line WHERE length(item_id) = 36"), "5");
        and_back(&window).await;
        assert_eq!(file.dump(), before, "undo brings everything back");
        window.close().await;
    });
}

// From the filled form to the brink of Migrate, with a proven backup and a green rehearsal.
async fn until_migrate(window: &Window, desktop: &Desktop) {
    window.click("connect-open").await;
    window.find("inspect-summary").await;
    no_faults(window, "inspect").await;
    back_up_and_rehearse(window, desktop).await;
    window.find("migrate-start").await;
    no_faults(window, "migrate").await;
}

// The panel with its code and words, in the one place where the next try begins.
async fn failed(window: &Window, code: &str, words: &[&str], stage: &str) {
    let panel = window.find_within("error-panel", LONG).await;
    assert_eq!(panel.attr("data-code").await.unwrap().as_deref(), Some(code), "{}", window.words().await);
    let told = window.text("error-panel").await;
    for part in ["Why", "What to do", "State of your data"].iter().chain(words) {
        assert!(told.contains(part), "'{part}' is missing in: {told}");
    }
    no_faults(window, &format!("migrate, {stage}")).await;
}

async fn and_back(window: &Window) {
    no_faults(window, "migrate, done").await;
    window.click("next").await;
    let good = window.find("validate-outcome").await.attr("data-good").await.unwrap();
    assert_eq!(good.as_deref(), Some("true"));
    no_faults(window, "validate").await;
    window.click("next").await;
    window.wait_for_text("report-path", LONG, |path| Path::new(path).is_file()).await;
    no_faults(window, "report").await;
    undo(window).await;
    no_faults(window, "report, taken back").await;
}
