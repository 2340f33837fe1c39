//! What tests of several files need.

use rekey_engine::execute::{Overrides, RunRecord, RunState, SafetyNet};
use rekey_engine::schema::EngineKind;

/// A converted run without content.
pub fn record(run: &str) -> RunRecord {
    RunRecord {
        run: run.to_owned(),
        engine: EngineKind::Sqlite,
        server_version: "3.51.3".to_owned(),
        database: "shop.sqlite3".to_owned(),
        place: "/data/shop.sqlite3".to_owned(),
        plan_fingerprint: "9f2c".to_owned(),
        state: RunState::Converted,
        started: "2026-11-21T03:17:59Z".to_owned(),
        finished: Some("2026-11-21T03:18:00Z".to_owned()),
        seconds: 1.0,
        tool_version: "0.1.0".to_owned(),
        safety_net: SafetyNet::default(),
        overrides: Overrides::default(),
        conversions: Vec::new(),
        ids: 0,
        steps: Vec::new(),
        validation: Vec::new(),
        findings: Vec::new(),
        versions: Vec::new(),
        sizes: Vec::new(),
        failure: None,
        undone: None,
        undo_steps: Vec::new(),
        undo_validation: Vec::new(),
    }
}
