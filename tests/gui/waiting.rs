//! A run that waits for somebody else.

use super::looks::no_faults;
use super::steps::{LONG, binary, fill_in, migrate, prepare, shop};
use crate::support::holder::Holder;
use crate::support::postgres::shared;
use crate::support::window::{Desktop, Keyring};

pub(super) fn cancelled() {
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
