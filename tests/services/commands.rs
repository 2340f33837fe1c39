//! Commands of the user's: shown, consented to, carried out, ended.

use std::time::Duration;

use libtest_mimic::Trial;
use serde_json::json;

use super::Home;
use crate::support::process::{Reaped, drain, until};
use crate::support::rekey::Rekey;
use crate::support::requirement::trial;

/// The trials of this file.
pub fn trials() -> Vec<Trial> {
    vec![
        trial("services need a yes", &[], need_a_yes),
        trial("services say what failed without secrets", &[], without_secrets),
        trial("services see no more of the environment than they may", &[], environment),
        trial("services are ended as a whole after their time", &[], timed_out),
        trial("services are ended as a whole with Ctrl-C", &[], interrupted),
        trial("services that write without an end are ended", &[], flood),
        trial("services that were started outlive the command", &[], outlive),
        trial("services are never given to a shell", &[], no_shell),
        trial("services in a file that makes no sense are refused", &[], nonsense),
    ]
}

const LIMIT: Duration = Duration::from_secs(30);

// Gone, or waiting for whoever inherited it to collect it.
fn is_gone(pid: &str) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.trim())).unwrap_or_default();
    stat.is_empty() || stat.contains(") Z ")
}

fn need_a_yes() {
    let home = Home::new(&json!({ "stop": { "command": ["./stop.sh", "all of them"] } }));
    let script = home.script("stop.sh", "echo \"stopping $1\"; touch stopped");
    let line = format!("{} 'all of them'", script.display()).replace("/stop.sh", "/./stop.sh");
    let shown = home.services("show", &[]).expect(0);
    assert_eq!(shown.json["commands"]["stop"]["line"], line.as_str(), "{shown}");
    let refused = home.services("stop", &[]).expect(2);
    refused.failure();
    assert_eq!(refused.json["command"]["line"], line.as_str(), "{refused}");
    assert!(refused.outcome.stderr.contains("all of them"), "it is not shown: {refused}");
    assert!(!home.rekey.path("stopped").exists());
    let done = home.services("stop", &["--yes"]).expect(0);
    assert!(done.outcome.stderr.contains("all of them"), "it is not shown before: {done}");
    assert_eq!(done.json["said"]["text"], "stopping all of them\n", "{done}");
    assert_eq!((&done.json["action"], &done.json["exit"]), (&json!("stop"), &json!(0)), "{done}");
    assert!(home.rekey.path("stopped").exists());
    let missing = home.services("start", &["--yes"]).expect(2);
    assert!(missing.failure()["what"].as_str().unwrap().contains("start"), "{missing}");
}

fn without_secrets() {
    let home = Home::new(&json!({ "start": { "command": ["./start.sh"] } }));
    home.script(
        "start.sh",
        "echo connecting to postgres://app:canary-one@db/shop; echo 'Authorization: Bearer canary-two-abc' >&2; \
         printf 'password=canary-three \\377\\376\\n'; exit 7",
    );
    let failed = home.services("start", &["--yes"]).expect(1);
    assert!(failed.failure()["what"].as_str().unwrap().contains("exit code 7"), "{failed}");
    let all = failed.outcome.text() + &failed.outcome.stderr;
    assert!(!all.contains("canary") && all.contains("postgres://app:***@db/shop"), "{failed}");
    let plain = home.rekey.run(&["services", "start", "services.json", "--yes"]).expect(1);
    let all = plain.outcome.text() + &plain.outcome.stderr;
    assert!(!all.contains("canary") && all.contains("connecting to"), "{plain}");
}

fn environment() {
    let rekey = Rekey::new(None).with_env("LET_THROUGH_TOKEN", "canary-value").with_env("KEPT_BACK", "kept-back-value");
    let described = json!({ "start": { "command": ["env"], "environment": ["LET_THROUGH_TOKEN"] } });
    let home = Home::of(rekey, &described);
    let told = home.services("start", &["--yes"]).expect(0);
    let said = told.json["said"]["text"].as_str().unwrap();
    assert!(said.contains("LET_THROUGH_TOKEN=***") && said.contains("HOME="), "{told}");
    assert!(!told.outcome.text().contains("canary-value") && !said.contains("KEPT_BACK"), "{told}");
}

// Ignores being asked, and so does what it started.
const STUBBORN: &str =
    "trap '' TERM INT\n(trap '' TERM INT; while :; do sleep 600; done) &\necho $! > child\necho $$ > self\nwait";

fn timed_out() {
    let home = Home::new(&json!({ "stop": { "command": ["./stop.sh"], "timeout_seconds": 1 } }));
    home.script("stop.sh", STUBBORN);
    let ended = home.services("stop", &["--yes"]).expect(1);
    assert_eq!(ended.json["how"], "timed_out", "{ended}");
    for note in ["child", "self"] {
        let pid = std::fs::read_to_string(home.rekey.path(note)).unwrap();
        until("the end of what was started", LIMIT, || is_gone(&pid).then_some(()));
    }
}

#[allow(unsafe_code, reason = "a signal can be sent in no other way")]
fn interrupted() {
    let home = Home::new(&json!({ "stop": { "command": ["./stop.sh"] } }));
    home.script("stop.sh", STUBBORN);
    let mut command = home.rekey.command(&["services", "stop", "services.json", "--yes", "--json"]);
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let mut running = Reaped::spawn(&mut command);
    let (said, _) = (drain(running.0.stdout.take().unwrap()), drain(running.0.stderr.take().unwrap()));
    until("the command to be at work", LIMIT, || {
        std::fs::read_to_string(home.rekey.path("self")).is_ok_and(|text| text.ends_with('\n')).then_some(())
    });
    let pid = i32::try_from(running.0.id()).unwrap();
    // SAFETY: the number is that of our own child, which was not waited for yet.
    assert_eq!(unsafe { libc::kill(pid, libc::SIGINT) }, 0);
    let status = until("the end of the command", LIMIT, || running.0.try_wait().unwrap());
    assert_eq!(status.code(), Some(1));
    let document: serde_json::Value = serde_json::from_slice(&said.join().unwrap()).unwrap();
    assert_eq!(document["how"], "cancelled", "{document:#}");
    for note in ["child", "self"] {
        let pid = std::fs::read_to_string(home.rekey.path(note)).unwrap();
        until("the end of what was started", LIMIT, || is_gone(&pid).then_some(()));
    }
}

fn flood() {
    let home = Home::new(&json!({ "stop": { "command": ["./stop.sh"] } }));
    home.script("stop.sh", "echo begun\nwhile :; do head -c 1000000 /dev/zero | tr '\\0' x; done");
    let ended = home.services("stop", &["--yes"]).expect(1);
    assert_eq!(ended.json["how"], "wrote_too_much", "{ended}");
    assert!(ended.outcome.stdout.len() < 200_000, "{} bytes are told", ended.outcome.stdout.len());
    let left: Vec<_> = std::fs::read_dir(home.rekey.path("tmp")).unwrap().flatten().collect();
    assert!(left.is_empty(), "left behind: {left:?}");
}

fn outlive() {
    let home = Home::new(&json!({ "start": { "command": ["./start.sh"] } }));
    home.script(
        "start.sh",
        "(trap 'rm -f alive; exit' TERM; touch alive; while :; do if echo working; then touch worked; else touch broken; fi; sleep 0.05; done) &\n\
         echo $! > service\nwhile [ ! -e alive ]; do sleep 0.01; done\necho started",
    );
    let started = home.services("start", &["--yes"]).expect(0);
    assert_eq!(started.json["left_running"], true, "{started}");
    let service = std::fs::read_to_string(home.rekey.path("service")).unwrap();
    // What it wrote before the command ended does not count.
    let _ = std::fs::remove_file(home.rekey.path("worked"));
    until("the service to go on and write", LIMIT, || home.rekey.path("worked").exists().then_some(()));
    assert!(!is_gone(&service) && !home.rekey.path("broken").exists(), "the service broke when its command ended");
    let mut kill = std::process::Command::new("kill");
    assert!(kill.args(["-TERM", service.trim()]).status().unwrap().success());
    until("the service to end", LIMIT, || (!home.rekey.path("alive").exists()).then_some(()));
}

fn no_shell() {
    let words = ["./words.sh", "$(touch pwned)", "; touch pwned", "`touch pwned`", "a b", "*"];
    let home = Home::new(&json!({ "stop": { "command": words } }));
    home.script("words.sh", "for word in \"$@\"; do echo \"$word\"; done");
    let done = home.services("stop", &["--yes"]).expect(0);
    assert_eq!(done.json["said"]["text"], words[1..].join("\n") + "\n", "{done}");
    assert!(!home.rekey.path("pwned").exists());
}

fn nonsense() {
    let password = json!({ "stop": { "command": ["stop", "mysql://root:canary@h/d"] } });
    let refused = Home::new(&password).services("stop", &["--yes"]).expect(2);
    refused.failure();
    assert!(!(refused.outcome.text() + &refused.outcome.stderr).contains("canary"), "{refused}");
    for text in ["", "[]", "{\"stop\": \"./stop.sh\"}", "{\"stop\": {\"command\": [1]}}", "\u{0}"] {
        let home = Home::new(&json!({}));
        std::fs::write(home.rekey.path("services.json"), text).unwrap();
        home.services("stop", &["--yes"]).expect(2).failure();
    }
    let home = Home::new(&json!({ "stop": { "command": ["./gone.sh"] } }));
    home.services("stop", &["--yes"]).expect(1).failure();
    std::fs::remove_file(home.rekey.path("services.json")).unwrap();
    home.services("show", &[]).expect(2).failure();
}
