//! The application around a run: commands that are really carried out, a web server that really
//! answers, logs that are really written, sessions that are really open.

mod api;
mod commands;
mod health;
mod logs;
mod stopped;

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use libtest_mimic::Trial;
use serde_json::Value;

use crate::support::rekey::{Answer, Rekey};

/// The trials of this folder.
pub fn trials() -> Vec<Trial> {
    [commands::trials(), health::trials(), logs::trials(), stopped::trials(), api::trials()]
        .into_iter()
        .flatten()
        .collect()
}

/// A home with a file of services in it.
struct Home {
    rekey: Rekey,
}

impl Home {
    fn new(described: &Value) -> Home {
        Home::of(Rekey::new(None), described)
    }

    fn of(rekey: Rekey, described: &Value) -> Home {
        std::fs::write(rekey.path("services.json"), described.to_string()).unwrap();
        Home { rekey }
    }

    /// A program beside the file.
    fn script(&self, name: &str, text: &str) -> PathBuf {
        let path = self.rekey.path(name);
        std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    fn services(&self, action: &str, more: &[&str]) -> Answer {
        self.rekey.json(&[&["services", action, "services.json"], more].concat())
    }
}
