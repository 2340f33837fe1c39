//! Conversions and undos of real files, compared through the `sqlite3` tool.

mod bad_input;
mod corpora;
mod indexes;
mod shapes;
mod sizes;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::Sqlite;
use crate::dialect::{Access, Database};
use crate::execute::{Cancel, Overrides, RunFailure, RunOptions, RunRecord, StoredRun, run, runs, undo};
use crate::observer::Silent;
use crate::plan::{Choices, Plan, build};

/// A database file in a folder of its own.
struct File {
    folder: tempfile::TempDir,
    database: Sqlite,
}

impl File {
    /// Makes one from a script, with the tool that users have.
    fn from_sql(sql: &str) -> File {
        let folder = tempfile::tempdir().unwrap();
        let script = folder.path().join("script.sql");
        std::fs::write(&script, sql).unwrap();
        let database = Sqlite::new(&folder.path().join("test.db"));
        let file = File { folder, database };
        file.tool(&[&format!(".read {}", script.display())]);
        file
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("test.db")
    }

    fn tool(&self, lines: &[&str]) -> String {
        let output = Command::new("sqlite3").arg("-bail").arg(self.path()).args(lines).output().unwrap();
        assert!(output.status.success(), "{lines:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn dump(&self) -> String {
        self.tool(&[".dump"])
    }

    async fn plan(&self) -> Plan {
        let choices = Choices { accept_defaults: true, ..Choices::default() };
        let mut connection = self.database.connect(Access::Read, "test").await.unwrap();
        build(&self.database, connection.as_mut(), &choices).await.unwrap().plan
    }

    async fn run(&self, plan: &Plan) -> Result<RunRecord, Box<RunFailure>> {
        run(&self.database, plan, &options(), &Silent, &Cancel::default()).await.map_err(Box::new)
    }

    async fn convert(&self) -> Plan {
        let plan = self.plan().await;
        // Texts that are no UUIDs stay as they are where nobody says otherwise.
        let texts = |refusal: &&crate::plan::Refusal| refusal.reasons.iter().any(|reason| reason.rule == "RK-183");
        let refused: Vec<_> = plan.refused.iter().filter(|refusal| !texts(refusal)).collect();
        assert!(refused.is_empty(), "{refused:#?}");
        if let Err(failed) = self.run(&plan).await {
            panic!("{:#?}", failed.failure);
        }
        plan
    }

    async fn stored(&self) -> StoredRun {
        let mut connection = self.database.connect(Access::Read, "test").await.unwrap();
        runs(&self.database, connection.as_mut()).await.unwrap().remove(0)
    }

    async fn undo(&self) {
        let stored = self.stored().await;
        if let Err(failed) = undo(&self.database, &stored, &options(), &Silent, &Cancel::default()).await {
            panic!("{:#?}", failed.failure);
        }
    }

    /// Converts and undoes; the dump must be the same to the byte. Returns the plan and
    /// the dump in between.
    async fn there_and_back(&self) -> (Plan, String) {
        let before = self.dump();
        let plan = self.convert().await;
        let between = self.dump();
        assert_eq!(self.tool(&["PRAGMA integrity_check"]), "ok\n");
        self.undo().await;
        assert_same(&before, &self.dump());
        assert_eq!(self.files(), ["script.sql", "test.db"]);
        (plan, between)
    }

    fn files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn options() -> RunOptions {
    RunOptions {
        run: "testrun001".to_owned(),
        tool_version: "0".to_owned(),
        lock_limit: Duration::from_secs(1),
        safety_net: crate::execute::SafetyNet::default(),
        overrides: Overrides { no_backup: Some("test".to_owned()), no_rehearsal: Some("test".to_owned()) },
    }
}

fn assert_same(before: &str, after: &str) {
    for (number, (left, right)) in before.lines().zip(after.lines()).enumerate() {
        assert_eq!(left, right, "line {number}");
    }
    assert!(before == after, "one text is longer: {} and {}", before.len(), after.len());
}

fn corpora() -> PathBuf {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora");
    std::env::var_os("REKEY_CORPORA").map_or(default, PathBuf::from)
}
