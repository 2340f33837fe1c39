//! The window killed in the middle of a run.

use super::looks::no_faults;
use super::steps::{LONG, binary, fill_in, open_saved, prepare, shop, start};
use crate::support::postgres::shared;
use crate::support::process::until;
use crate::support::window::{Desktop, Keyring};

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
        window.type_into("connect-password", shared().password()).await;
        window.type_into("connect-name", "the shop").await;
        window.click("connect-remember").await;
        window.click("connect-open").await;
        window.find("inspect-summary").await;
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
