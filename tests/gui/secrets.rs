//! That a password is in nothing that the window holds, hands on or leaves behind.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::support::process::family;
use crate::support::window::{Desktop, Window};

/// A password that is wrong and must not be seen either.
pub(super) const WRONG: &str = "wrong-canary-7d41";

// Every answer from Rust comes through fetch, and what is told meanwhile through a callback; the
// page's own are wrapped before anything secret is typed.
pub(super) async fn listen_to_replies(window: &Window) {
    window.find("welcome-connect").await;
    let wrap = "window.__replies = []; const real = window.fetch.bind(window);
        window.fetch = async (...a) => { const r = await real(...a); r.clone().text().then(t => window.__replies.push(t)); return r; };
        const calls = window.__TAURI_INTERNALS__.callbacks, get = calls.get.bind(calls);
        calls.get = id => { const call = get(id); return call && (data => { window.__replies.push(JSON.stringify(data) ?? ''); return call(data); }); };";
    window.script(wrap, Vec::new()).await;
}

// The keyring's own files are encrypted and may hold it; the password field held it while
// it was typed and must be empty now.
pub(super) async fn seen_nowhere(desktop: &Desktop, window: &Window, canary: &str) {
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

pub(super) fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => collect(&entry.path(), files),
            Ok(kind) if kind.is_file() => files.push(entry.path()),
            _ => {}
        }
    }
}

fn spellings(canary: &str) -> BTreeSet<String> {
    let json = serde_json::to_string(canary).unwrap();
    let html = canary.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    [canary.to_owned(), json.trim_matches('"').to_owned(), html, crate::support::postgres::percent(canary)].into()
}
