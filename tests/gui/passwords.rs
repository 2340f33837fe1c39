//! A PostgreSQL server with its password in a real keyring, and without one.

use super::looks::no_faults;
use super::secrets::{WRONG, listen_to_replies, seen_nowhere};
use super::steps::{LONG, binary, convert, fill_in, open_saved, open_saved_form, shop, undo};
use crate::support::postgres::shared;
use crate::support::window::{Desktop, Keyring, Window};

pub(super) fn kept() {
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

pub(super) fn without_keyring() {
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
