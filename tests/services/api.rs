//! An interface that answers with numbers before and with UUIDs after.

use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use libtest_mimic::Trial;
use serde_json::{Value, json};

use super::Home;
use crate::support::http::{Asked, ENDLESS, Site, answer};
use crate::support::rekey::Answer;
use crate::support::requirement::trial;

/// The trials of this file.
pub fn trials() -> Vec<Trial> {
    vec![
        trial("services answer with UUIDs after the run", &[], numbers_become_uuids),
        trial("services that still answer with numbers are named", &[], still_numbers),
        trial("services are sent their token and nobody else is", &[], token),
        trial("services that answer nonsense are told", &[], nonsense),
    ]
}

const TOKEN: &str = "canary-token-9f3a";

// Before, without a login, after, half converted.
const BEFORE: usize = 0;
const AFTER: usize = 1;
const HALF: usize = 2;

/// An interface like that of the guides, in a state that the test chooses.
fn interface() -> (Site, Arc<AtomicUsize>) {
    let state = Arc::new(AtomicUsize::new(BEFORE));
    let shared = Arc::clone(&state);
    let site = Site::start(move |request, _| respond(request, shared.load(Ordering::SeqCst)));
    (site, state)
}

fn respond(request: &Asked, state: usize) -> Vec<u8> {
    let login = format!("authorization: bearer {TOKEN}");
    if !request.iter().any(|line| line.to_lowercase() == login.to_lowercase()) {
        return answer("401 Unauthorized", "", "{\"detail\": \"Not authenticated\"}");
    }
    let uuid = |number: u32| json!(format!("0190b0c4-7f1e-{}000-8000-00000000000{number}", number + 3));
    let id = |number: u32| match state {
        AFTER => uuid(number),
        HALF if number < 3 => uuid(number),
        _ => json!(number),
    };
    let body = match request[0].split(' ').nth(1).unwrap_or_default() {
        "/api/v1/users/me" => json!({ "id": id(1), "email": "ann@example.org", "echo": TOKEN }),
        "/api/v1/journals" => json!({ "items": [{ "id": id(2), "user_id": id(1) }, { "id": id(3), "user_id": null }] }),
        _ => return answer("404 Not Found", "", "{}"),
    };
    answer("200 OK", "", &body.to_string())
}

fn described(site: &Site) -> Value {
    json!({ "api": {
        "base": site.url(""),
        "token": true,
        "times": 3,
        "probes": [
            { "name": "me", "path": "/api/v1/users/me", "uuids": ["$.id"] },
            { "path": "/api/v1/journals?limit=2", "uuids": ["$.items[*].id", "$..user_id"] },
            { "path": "/api/v1/none", "status": 404 }
        ]
    } })
}

fn with_token(described: &Value) -> Home {
    let home = Home::new(described);
    let file = home.rekey.path("token");
    std::fs::write(&file, format!("{TOKEN}\n")).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    home
}

impl Home {
    fn api(&self, arguments: &[&str]) -> Answer {
        let answer = self.rekey.json(&[&["api"], arguments, &["--token-file", "token"]].concat());
        assert!(!(answer.outcome.text() + &answer.outcome.stderr).contains(TOKEN), "the token is told: {answer}");
        answer
    }

    fn before(&self) -> Answer {
        let answer = self.api(&["before", "services.json", "-o", "before.json"]);
        let kept = std::fs::read_to_string(self.rekey.path("before.json")).unwrap();
        assert!(!kept.contains(TOKEN), "the token is kept: {kept}");
        answer
    }

    fn after(&self) -> Answer {
        self.api(&["after", "services.json", "--before", "before.json"])
    }
}

fn numbers_become_uuids() {
    let (site, state) = interface();
    let mut described = described(&site);
    described["api"]["probes"][1]["path"] = json!("/api/v1/journals");
    let home = with_token(&described);
    let before = home.before().expect(0);
    assert_eq!(before.json["answers"][1]["values"][0]["numbers"], 2, "{before}");
    state.store(AFTER, Ordering::SeqCst);
    let after = home.after().expect(0);
    let remarks = after.json["probes"][1]["remarks"].to_string();
    assert!(remarks.contains("2 UUIDs, which were numbers before"), "{after}");
    let status: Vec<&Value> =
        after.json["probes"].as_array().unwrap().iter().map(|probe| &probe["after"]["status"]).collect();
    assert_eq!(status, [&json!(200), &json!(200), &json!(404)], "{after}");
    assert_eq!(site.asked().len(), 18, "three probes, three times each, twice");
    assert!(site.asked().iter().all(|request| request[0].starts_with("GET ")));
}

fn still_numbers() {
    let (site, state) = interface();
    let mut described = described(&site);
    described["api"]["probes"][1]["path"] = json!("/api/v1/journals");
    let home = with_token(&described);
    home.before().expect(0);
    state.store(HALF, Ordering::SeqCst);
    let after = home.after().expect(1);
    after.failure();
    assert_eq!(
        (&after.json["probes"][0]["judgement"], &after.json["probes"][1]["judgement"]),
        (&json!("good"), &json!("bad")),
        "{after}"
    );
    assert!(after.json["probes"][1]["remarks"].to_string().contains("1 numbers (3"), "{after}");
}

fn token() {
    let (site, _) = interface();
    let home = with_token(&described(&site));
    let none = home.rekey.json(&["api", "before", "services.json", "-o", "before.json"]).expect(2);
    assert!(none.failure()["remedy"][0].as_str().unwrap().contains("--token-file"), "{none}");
    assert!(site.asked().is_empty(), "it was asked without the token that it wants");
    std::fs::write(home.rekey.path("token"), "wrong\n").unwrap();
    let refused = home.before().expect(1);
    assert!(refused.json["answers"][0]["trouble"].as_str().unwrap().contains("login"), "{refused}");
    let header =
        json!({ "api": { "base": site.url(""), "headers": { "X-Api-Key": TOKEN }, "probes": [{ "path": "/" }] } });
    let refused = with_token(&header).rekey.json(&["api", "before", "services.json", "-o", "before.json"]).expect(2);
    assert!(!refused.outcome.text().contains(TOKEN), "{refused}");
    let other = Site::start(|_, _| answer("200 OK", "", "{}"));
    let port = other.url("").rsplit_once(':').unwrap().1.to_owned();
    for path in ["/", "@127.0.0.1:PORT/", ":PORT/", "http://127.0.0.1:PORT/", "0@127.0.0.1:PORT/"] {
        let path = path.replace("PORT", &port);
        let led = json!({ "api": { "base": site.url(""), "probes": [{ "path": path }, { "path": format!("//127.0.0.1:{port}/") }] } });
        with_token(&led).api(&["before", "services.json", "-o", "before.json"]);
    }
    assert!(other.asked().is_empty(), "the token was led to another place: {:?}", other.asked());
}

fn nonsense() {
    let other = Site::start(|_, _| answer("200 OK", "", "{\"id\": 1}"));
    let elsewhere = other.url("/");
    let site = Site::start(move |request, _| match request[0].split(' ').nth(1).unwrap_or_default() {
        "/broken" => answer("200 OK", "", "{\"id\": "),
        "/deep" => answer("200 OK", "", &"[".repeat(100_000)),
        "/page" => answer("200 OK", "", "<html>login</html>"),
        "/on" => answer("302 Found", &format!("Location: {elsewhere}\r\n"), ""),
        "/endless" => ENDLESS.into(),
        "/silent" => Vec::new(),
        _ => answer("200 OK", "", "{\"id\": [1, {\"id\": true}]}"),
    });
    let paths = ["/broken", "/deep", "/page", "/on", "/endless", "/silent", "/odd"];
    let probes: Vec<Value> = paths.iter().map(|path| json!({ "path": path, "uuids": ["$..id"] })).collect();
    let home =
        with_token(&json!({ "api": { "base": site.url(""), "timeout_seconds": 2, "times": 1, "probes": probes } }));
    let told = home.before().expect(1);
    for (answered, word) in told.json["answers"].as_array().unwrap().iter().zip([
        "no JSON",
        "no JSON",
        "no JSON",
        "sends on to",
        "longer than",
        "within 2 s",
        "",
    ]) {
        let trouble = answered["trouble"].as_str().unwrap_or_default();
        assert!(trouble.contains(word), "{}: {trouble}", answered["path"]);
    }
    assert!(other.asked().is_empty(), "it was led elsewhere");
    let after = home.after().expect(1);
    assert_eq!(after.json["judgement"], "bad", "{after}");
    std::fs::write(home.rekey.path("before.json"), "{\"format\": 9}").unwrap();
    home.after().expect(2).failure();
}
