//! What designers open: the window's pages in a plain browser over the scripted host.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;

use crate::support::process::{Reaped, bound_to_us, free_port, spawn_server, until};
use crate::support::window::{Desktop, Keyring, plain_browser};

/// One npm script serves them, and each stage opens at its own address.
pub(super) fn every_stage() {
    let (_served, port) = serve();
    let stages = [
        ("welcome", "welcome-sample"),
        ("connect", "connect-url"),
        ("inspect", "inspect-summary"),
        ("plan", "plan-result"),
        ("checklist", "checklist-outcome"),
        ("backup", "backup-make"),
        ("rehearse", "rehearse-start"),
        ("migrate", "migrate-start"),
        ("validate", "validate-outcome"),
        ("report", "report-path"),
    ];
    let desktop = Desktop::start(Keyring::Absent);
    desktop.block_on(async {
        let window = desktop.open(&plain_browser().expect("the requirement was checked"), &["--automation"]).await;
        for (stage, shows) in stages {
            let address = format!("http://127.0.0.1:{port}/?at={stage}&db=postgres&tick=0");
            window.client().goto(&address).await.unwrap();
            // Where later stages are open too, the last of them is shown first.
            window.click(&format!("rail-{stage}")).await;
            window.find_within(shows, Duration::from_secs(60)).await;
            assert_eq!(window.find("stage").await.attr("data-stage").await.unwrap().as_deref(), Some(stage));
        }
        window.close().await;
    });
}

fn serve() -> (Reaped, u16) {
    let port = free_port();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui");
    let package: Value = serde_json::from_str(&std::fs::read_to_string(folder.join("package.json")).unwrap()).unwrap();
    let script = package["scripts"]["design"].as_str().expect("the script 'design'").to_owned();
    let mut words = script.split_whitespace();
    // Without npm in between, which would leave the server behind when it is stopped.
    let program = folder.join("node_modules/.bin").join(words.next().unwrap());
    let mut command = bound_to_us(&program, None);
    command.args(words).args(["--port", &port.to_string()]).current_dir(folder);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let server = spawn_server(command);
    until("the pages to be served", Duration::from_secs(60), || {
        std::net::TcpStream::connect(("127.0.0.1", port)).ok().map(drop)
    });
    (server, port)
}
