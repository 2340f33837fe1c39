//! What the window must refuse: code from text, other machines, and whatever is not granted.

use std::net::TcpListener;

use serde_json::{Value, json};

use super::steps::binary;
use crate::support::window::{Desktop, Keyring, Window};

// A real server of our own stands ready, so that silence means that nobody came.
pub(super) fn to_foreign_code() {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    server.set_nonblocking(true).unwrap();
    let place = server.local_addr().unwrap();
    let desktop = Desktop::start(Keyring::Absent);
    desktop.block_on(async {
        let window = desktop.open(&binary(), &[]).await;
        window.find("welcome-sample").await;
        no_code_from_text(&window).await;
        for (script, rule) in ways_out(&place.to_string()) {
            let script = format!(
                "const done = arguments[arguments.length - 1];
                 document.addEventListener('securitypolicyviolation', e => done(e.effectiveDirective), {{ once: true }});
                 try {{ {script} }} catch (error) {{ /* what is refused may also throw */ }}"
            );
            let violated = window.client().execute_async(&script, Vec::new()).await.unwrap();
            assert_eq!(violated, rule, "{script}");
        }
        nothing_else_is_granted(&window).await;
        // Refused without an event: that nobody comes is what tells.
        let form = "const form = document.createElement('form'); form.action = arguments[0]; document.body.append(form); form.requestSubmit();";
        window.script(form, vec![json!(format!("http://{place}/"))]).await;
        window.find("welcome-sample").await;
        window.close().await;
    });
    assert!(server.accept().is_err(), "somebody came to {place}");
}

async fn no_code_from_text(window: &Window) {
    for code in ["eval('1 + 1')", "new Function('return 1')()", "(async () => {}).constructor('return 1')"] {
        let script = format!("try {{ return String({code}); }} catch (error) {{ return error.name; }}");
        assert_eq!(window.script(&script, Vec::new()).await, "EvalError", "{code}");
    }
    let frozen = "return Object.isFrozen(Object.prototype) && window.__TAURI__ === undefined";
    assert_eq!(window.script(frozen, Vec::new()).await, true);
}

fn ways_out(place: &str) -> Vec<(String, &'static str)> {
    let made =
        |kind: &str, set: &str| format!("const e = document.createElement('{kind}'); {set}; document.body.append(e)");
    vec![
        (format!("fetch('http://{place}/').catch(() => 0)"), "connect-src"),
        (format!("new WebSocket('ws://{place}/')"), "connect-src"),
        (format!("new EventSource('http://{place}/')"), "connect-src"),
        (format!("navigator.sendBeacon('http://{place}/', 'x')"), "connect-src"),
        (format!("new Image().src = 'http://{place}/a.png'"), "img-src"),
        (made("script", &format!("e.src = 'http://{place}/a.js'")), "script-src-elem"),
        (made("link", &format!("e.rel = 'stylesheet'; e.href = 'http://{place}/a.css'")), "style-src-elem"),
        (made("iframe", &format!("e.src = 'http://{place}/'")), "frame-src"),
        (made("script", "e.textContent = 'window.__ran = true'"), "script-src-elem"),
    ]
}

async fn nothing_else_is_granted(window: &Window) {
    for (command, arguments) in [
        ("plugin:dialog|open", json!({ "options": {} })),
        ("plugin:window-state|save_window_state", json!({ "flags": 1 })),
        ("plugin:webview|create_webview_window", json!({ "options": { "label": "other" } })),
        ("plugin:window|close", json!({ "label": "main" })),
        ("plugin:app|version", json!({})),
        ("plugin:event|listen", json!({ "event": "tauri://blur", "target": { "kind": "Any" }, "handler": 1 })),
        ("plugin:shell|execute", json!({ "program": "id" })),
        ("password_get", json!({ "id": "a" })),
    ] {
        let said = invoke(window, command, arguments).await;
        assert!(said.contains("not allowed") || said.contains("not found"), "{command}: {said}");
    }
}

async fn invoke(window: &Window, command: &str, arguments: Value) -> String {
    let script = "const [command, given, done] = arguments;
        window.__TAURI_INTERNALS__.invoke(command, given).then(() => done('it was done'), e => done(String(e)));";
    let said = window.client().execute_async(script, vec![json!(command), arguments]).await.unwrap();
    said.as_str().unwrap_or_default().to_owned()
}
