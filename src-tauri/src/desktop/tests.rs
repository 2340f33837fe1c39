use std::collections::BTreeSet;
use std::path::Path;

use super::names::COMMANDS;

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn between<'a>(text: &'a str, before: &'a str, after: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(before).skip(1).filter_map(move |rest| rest.split(after).next()).map(str::trim)
}

fn listed() -> BTreeSet<&'static str> {
    COMMANDS.iter().copied().collect()
}

#[test]
fn the_list_of_commands_is_the_list_of_handlers() {
    let source = read("src-tauri/src/desktop/mod.rs");
    let handlers: BTreeSet<&str> = between(&source, "commands::", ",").collect();
    assert_eq!(handlers, listed());
}

#[test]
fn every_command_is_granted_and_nothing_else_is() {
    let granted = read("src-tauri/capabilities/main.json");
    let granted: serde_json::Value = serde_json::from_str(&granted).expect("capabilities");
    let granted: BTreeSet<String> = granted["permissions"]
        .as_array()
        .expect("permissions")
        .iter()
        .map(|name| name.as_str().expect("name").to_owned())
        .collect();
    let wanted: BTreeSet<String> = listed().iter().map(|name| format!("allow-{}", name.replace('_', "-"))).collect();
    assert_eq!(granted, wanted);
}

#[test]
fn the_front_end_calls_every_command_and_no_other() {
    let source = read("ui/src/host/tauri.ts");
    let called: BTreeSet<&str> = between(&source, "invoke(\"", "\"").collect();
    assert_eq!(called, listed());
}

#[test]
fn the_window_is_as_closed_as_it_can_be() {
    let config: serde_json::Value = serde_json::from_str(&read("tauri.conf.json")).expect("configuration");
    let (app, security) = (&config["app"], &config["app"]["security"]);
    assert_eq!(app["withGlobalTauri"], false);
    assert_eq!(security["freezePrototype"], true);
    let policy = security["csp"].as_str().expect("policy");
    for rule in
        ["default-src 'self'", "script-src 'self'", "style-src 'self'", "object-src 'none'", "form-action 'none'"]
    {
        assert!(policy.split("; ").any(|part| part == rule), "{rule}");
    }
    assert!(!policy.contains("unsafe") && !policy.contains("https:"), "{policy}");
    let keys: Vec<&String> = security.as_object().expect("security").keys().collect();
    assert!(!keys.iter().any(|key| key.starts_with("dangerous") || *key == "assetProtocol"), "{keys:?}");
}
