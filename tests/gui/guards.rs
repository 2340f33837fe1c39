//! What the window does not let in, and what it asks for before it lets anything out.

use super::steps::{LONG, binary, check, fill_in, give_reasons, shop, sign};
use crate::support::postgres::shared;
use crate::support::window::{Desktop, Keyring};

pub(super) fn production() {
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

// Each in a window of its own, so that no panel is the one before.
pub(super) fn bad_addresses() {
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
