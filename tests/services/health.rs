//! An address that tells whether services are well, and addresses that do not.

use std::time::{Duration, Instant};

use libtest_mimic::Trial;
use serde_json::json;

use super::Home;
use crate::support::http::{ENDLESS, Site, answer};
use crate::support::process::free_port;
use crate::support::rekey::{Answer, Rekey};
use crate::support::requirement::trial;

/// The trials of this file.
pub fn trials() -> Vec<Trial> {
    vec![
        trial("services become well", &[], become_well),
        trial("services that are not well are told in plain words", &[], not_well),
        trial("services are asked nowhere else", &[], nowhere_else),
        trial("services that never finish an answer are not waited for", &[], never_finished),
    ]
}

fn asked(url: &str, tries: u32) -> Answer {
    let health = json!({ "url": url, "tries": tries, "pause_seconds": 0, "timeout_seconds": 1 });
    Home::new(&json!({ "health": health })).services("health", &[])
}

fn become_well() {
    let site = Site::start(|_, before| match before {
        0 | 1 => answer("503 Service Unavailable", "", "{}"),
        _ => answer("200 OK", "", "{\"status\":\"ok\"}"),
    });
    let well = asked(&site.url("/health"), 5).expect(0);
    assert_eq!((&well.json["healthy"], &well.json["tries"]), (&json!(true), &json!(3)), "{well}");
    assert!(site.asked().iter().all(|request| request[0] == "GET /health HTTP/1.1"), "{:?}", site.asked());
}

fn not_well() {
    let why = |answered: Answer| {
        answered.clone().expect(1);
        let failure = answered.failure().clone();
        format!("{} {}", failure["why"].as_str().unwrap(), failure["remedy"][0].as_str().unwrap())
    };
    let down = Site::start(|_, _| answer("503 Service Unavailable", "", ""));
    let said = why(asked(&down.url("/"), 3));
    assert!(said.contains("3 times") && said.contains("the application behind it does not"), "{said}");
    assert_eq!(down.asked().len(), 3);
    let said = why(asked(&format!("http://127.0.0.1:{}/", free_port()), 1));
    assert!(said.contains("nobody listens"), "{said}");
    let said = why(asked("http://no-such-host.invalid/", 1));
    assert!(said.contains("no-such-host.invalid"), "{said}");
    let garbage = Site::start(|_, _| b"SSH-2.0-OpenSSH_9.2\r\n".to_vec());
    let said = why(asked(&garbage.url("/"), 1));
    assert!(said.contains("does not speak HTTP"), "{said}");
    let plain = Site::start(|_, _| answer("200 OK", "", ""));
    let said = why(asked(&plain.url("/").replace("http:", "https:"), 1));
    assert!(!said.contains("panicked"), "{said}");
    let failing = Site::start(|_, _| answer("500 Internal Server Error", "", ""));
    assert!(why(asked(&failing.url("/"), 1)).contains("failed while it answered"));
}

fn nowhere_else() {
    let other = Site::start(|_, _| answer("200 OK", "", "{}"));
    let place = other.url("/elsewhere");
    let site = Site::start(move |_, _| answer("302 Found", &format!("Location: {place}\r\n"), ""));
    let health = json!({ "url": site.url("/health"), "tries": 1, "timeout_seconds": 5 });
    let proxy = other.url("");
    let rekey = ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"]
        .into_iter()
        .fold(Rekey::new(None), |rekey, name| rekey.with_env(name, &proxy));
    let told = Home::of(rekey, &json!({ "health": health })).services("health", &[]).expect(1);
    assert!(told.failure()["why"].as_str().unwrap().contains("sends on to"), "{told}");
    assert_eq!((site.asked().len(), other.asked().len()), (1, 0), "somebody else was asked");
}

fn never_finished() {
    let begun = Instant::now();
    let silent = Site::start(|_, _| Vec::new());
    let told = asked(&silent.url("/"), 1).expect(1);
    assert!(told.failure()["why"].as_str().unwrap().contains("no whole answer within 1 s"), "{told}");
    let endless = Site::start(|_, _| ENDLESS.into());
    asked(&endless.url("/"), 1).expect(0);
    let slow = Site::start(|_, _| b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n1".to_vec());
    let told = asked(&slow.url("/"), 1).expect(1);
    assert!(told.failure()["why"].as_str().unwrap().contains("Not well"), "{told}");
    assert!(begun.elapsed() < Duration::from_secs(60));
}
