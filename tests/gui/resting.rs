//! A run that rests while the user wants it to.

use super::looks::no_faults;
use super::steps::{LONG, binary, fill_in_address, prepare, start, undo};
use crate::support::holder::Holder;
use crate::support::mysql::{Database, Product};
use crate::support::window::{Desktop, Keyring};

const KIND: &str = "SELECT DATA_TYPE FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'line' AND COLUMN_NAME = 'item_id'";
const WRITE: &str = "SET SESSION lock_wait_timeout = 1; UPDATE item SET title = 'mine' WHERE id = 1";

/// The wish is told while the run waits for a lock, so that it rests at its first batch of rows.
pub(super) fn mariadb() {
    let database = Database::create(Product::Mariadb, "gui_resting");
    database.sql(super::whole_way::TABLES);
    let before = database.server().dump(database.name());
    let desktop = Desktop::start(Keyring::Absent);
    desktop.block_on(async {
        let window = desktop.open(&binary(), &[]).await;
        fill_in_address(&window, &database.url()).await;
        window.type_into("connect-password", database.server().password()).await;
        window.click("connect-open").await;
        window.find("inspect-summary").await;
        prepare(&window).await;
        let holder = Holder::mysql(&database, "SELECT * FROM item FOR UPDATE");
        start(&window).await;
        window.wait_for_text("migrate-waiting", LONG, |text| !text.is_empty()).await;
        window.click("migrate-pause").await;
        holder.release();
        let told = window.wait_for_text("migrate-paused", LONG, |text| !text.is_empty()).await;
        assert!(told.contains("writ"), "what it means to others is told: {told}");
        no_faults(&window, "migrate, at rest").await;
        assert_eq!(database.sql("SELECT count(*) FROM item").trim(), "3", "readers go on");
        let written = database.server().try_sql(database.name(), WRITE);
        assert!(written.stderr.contains("Lock wait timeout"), "writers wait: {}", written.stderr);
        assert_eq!(database.sql(KIND).trim(), "int", "the new tables have not taken their place");
        window.click("migrate-pause").await;
        window.wait_for_text("migrate-done", LONG, |text| !text.is_empty()).await;
        assert!(window.seen("migrate-paused").await.is_none(), "{}", window.words().await);
        assert_eq!(database.sql(KIND).trim(), "uuid");
        window.click("next").await;
        let good = window.find("validate-outcome").await.attr("data-good").await.unwrap();
        assert_eq!(good.as_deref(), Some("true"));
        window.click("next").await;
        window.find_within("report-path", LONG).await;
        undo(&window).await;
        assert_eq!(database.server().dump(database.name()), before, "undo brings everything back");
        window.close().await;
    });
}
