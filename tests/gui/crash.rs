//! The window killed in the middle of a run.

use super::looks::no_faults;
use super::steps::{LONG, binary, fill_in, fill_in_address, open_saved, prepare, shop, start, undo};
use crate::support::mysql::{self, Product};
use crate::support::postgres::shared;
use crate::support::process::until;
use crate::support::window::{Desktop, Keyring, Window};

/// On PostgreSQL the run is one transaction, of which nothing is left: the window that is opened
/// next knows of it, and two clicks later the same database is looked at.
pub(super) fn postgres() {
    let database = shop("gui_killed");
    let before = database.dump(&[]);
    let points = tempfile::tempdir().unwrap();
    let folder = points.path().display().to_string();
    let stop = [("REKEY_FAILPOINTS", folder.as_str()), ("REKEY_STOP_AT", "proofs.after")];
    let mut desktop = Desktop::start_with(Keyring::Unlocked, &stop);
    desktop.block_on(async {
        let window = desktop.open(&binary(), &[]).await;
        fill_in(&window, &database).await;
        remembered(&window, shared().password()).await;
        prepare(&window).await;
        start(&window).await;
        until("the point before the end", LONG, || points.path().join("reached").exists().then_some(()));
    });
    desktop.kill_window(&["REKEY_FAILPOINTS", "REKEY_STOP_AT"]);
    desktop.block_on(async {
        let window = desktop.open(&binary(), &[]).await;
        window.click("welcome-connect").await;
        open_saved(&window).await;
        assert_eq!(database.dump(&[]), before, "the server took everything back");
        no_faults(&window, "inspect, after a crash").await;
        window.close().await;
    });
}

/// On MariaDB each statement is final by itself: the window that is opened next says that the run
/// stopped on the way, and at most two clicks take it to its end.
pub(super) fn mariadb() {
    let stopped = Stopped::at("proofs.after", "gui_resumed");
    stopped.desktop.block_on(async {
        let window = stopped.reopened().await;
        window.click("stopped-resume").await;
        window.wait_for_text("migrate-done", LONG, |text| !text.is_empty()).await;
        println!("a run killed in the middle goes on after {} clicks", window.clicks());
        assert!(window.clicks() <= 2, "{} clicks", window.clicks());
        window.click("next").await;
        let good = window.find("validate-outcome").await.attr("data-good").await.unwrap();
        assert_eq!(good.as_deref(), Some("true"));
        window.wait_for_text("rail-validate", LONG, |text| text.contains("Done")).await;
        window.click("next").await;
        window.find_within("report-path", LONG).await;
        undo(&window).await;
        assert_eq!(stopped.dump(), stopped.before, "undo brings everything back");
        window.close().await;
    });
}

/// The same where the new tables have taken the place of the old ones already: the window takes
/// the run back, and every table is what it was.
pub(super) fn taken_back() {
    let stopped = Stopped::at("step.cut_over.after", "gui_abandoned");
    assert_ne!(stopped.dump(), stopped.before, "the new tables stand");
    stopped.desktop.block_on(async {
        let window = stopped.reopened().await;
        window.click("stopped-abandon").await;
        window.click("danger-confirm").await;
        window.wait_for_text("migrate-back", LONG, |text| !text.is_empty()).await;
        no_faults(&window, "migrate, a stopped run taken back").await;
        assert!(window.seen("resume-card").await.is_none(), "nothing waits any more");
        assert_eq!(stopped.dump(), stopped.before, "every table is what it was");
        window.click("rail-welcome").await;
        window.click("history").await;
        window.wait_for_text("history-table", LONG, |text| text.contains("Taken back")).await;
        window.close().await;
    });
}

/// A run on MariaDB whose window was killed on the way.
struct Stopped {
    database: mysql::Database,
    before: String,
    desktop: Desktop,
    _points: tempfile::TempDir,
}

impl Stopped {
    fn at(point: &str, name: &str) -> Stopped {
        let database = mysql::Database::create(Product::Mariadb, name);
        database.sql(super::whole_way::TABLES);
        let before = database.server().dump(database.name());
        let points = tempfile::tempdir().unwrap();
        let folder = points.path().display().to_string();
        let stop = [("REKEY_FAILPOINTS", folder.as_str()), ("REKEY_STOP_AT", point)];
        let mut desktop = Desktop::start_with(Keyring::Unlocked, &stop);
        desktop.block_on(async {
            let window = desktop.open(&binary(), &[]).await;
            fill_in_address(&window, &database.url()).await;
            remembered(&window, database.server().password()).await;
            prepare(&window).await;
            start(&window).await;
            until("the point before the end", LONG, || points.path().join("reached").exists().then_some(()));
        });
        desktop.kill_window(&["REKEY_FAILPOINTS", "REKEY_STOP_AT"]);
        Stopped { database, before, desktop, _points: points }
    }

    // The next window, at the card of the run.
    async fn reopened(&self) -> Window {
        let window = self.desktop.open(&binary(), &[]).await;
        window.find("welcome-stopped").await;
        let words = window.words().await;
        assert!(words.contains("Stopped") && !words.contains("At work"), "{words}");
        no_faults(&window, "welcome, after a crash").await;
        window.click("welcome-resume").await;
        window.find("resume-card").await;
        no_faults(&window, "migrate, after a crash").await;
        window
    }

    fn dump(&self) -> String {
        self.database.server().dump(self.database.name())
    }
}

// The password is kept, so that the next window needs nothing typed.
async fn remembered(window: &Window, password: &str) {
    window.type_into("connect-password", password).await;
    window.type_into("connect-name", "the shop").await;
    window.click("connect-remember").await;
    window.click("connect-open").await;
    window.find("inspect-summary").await;
}
