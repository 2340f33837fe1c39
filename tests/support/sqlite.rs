//! SQLite files made from text with the `sqlite3` tool, which is not the library that the
//! product links.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::process::{Outcome, finish};

const FIELD: char = '\u{1f}';
const RECORD: char = '\u{1e}';

/// One database file in a folder of its own.
#[derive(Debug)]
pub struct File {
    folder: tempfile::TempDir,
    path: PathBuf,
}

impl File {
    /// Makes an empty one with that file name.
    pub fn create(name: &str) -> File {
        let folder = tempfile::Builder::new().prefix("rk-lite-").tempdir().unwrap();
        let path = folder.path().join(name);
        let file = File { folder, path };
        file.execute("VACUUM");
        file
    }

    /// Makes a copy of another with the same file name, with the journal or the log that a
    /// killed program may have left beside it: without them the copy would be another database.
    pub fn copy(of: &File) -> File {
        let folder = tempfile::Builder::new().prefix("rk-lite-").tempdir().unwrap();
        let path = folder.path().join(of.path.file_name().unwrap());
        for ending in ["", "-journal", "-wal"] {
            let beside = |path: &Path| PathBuf::from(format!("{}{ending}", path.display()));
            if ending.is_empty() || beside(&of.path).exists() {
                std::fs::copy(beside(&of.path), beside(&path)).unwrap();
            }
        }
        File { folder, path }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder it lies in alone.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Sends statements; the first that fails fails the test.
    pub fn execute(&self, statements: &str) {
        tool(&self.path, statements, &[]);
    }

    /// How many rows a table of any file has.
    pub fn count(file: &Path, table: &str) -> String {
        read(file, &format!("SELECT count(*) FROM {table}"))[0][0].clone()
    }

    /// Loads a file of statements.
    pub fn load(&self, file: &Path) {
        let text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        self.execute(&text);
    }

    /// Asks; every value as SQLite's own literal (`5`, `'five'`, `NULL`, `X'05'`), so
    /// that its storage class shows. `columns` are expressions.
    pub fn literals(&self, columns: &[String], rest: &str) -> Vec<Vec<String>> {
        let list = columns.iter().map(|column| format!("quote({column})")).collect::<Vec<_>>().join(", ");
        self.query(&format!("SELECT {list} {rest}"))
    }

    /// Asks; rows of text.
    pub fn query(&self, query: &str) -> Vec<Vec<String>> {
        let answer = tool(&self.path, query, &["-ascii"]).text();
        answer.split_terminator(RECORD).map(|record| record.split(FIELD).map(str::to_owned).collect()).collect()
    }

    /// Asks for a single value.
    pub fn value(&self, query: &str) -> String {
        self.query(query).into_iter().next().and_then(|row| row.into_iter().next()).unwrap_or_default()
    }

    /// What `.dump` writes, Rekey's own tables left out, headed by what `.dump` does not tell.
    pub fn dump(&self) -> String {
        // A copy through the backup API sees what a write-ahead log still holds.
        let copy = self.folder.path().join("dump.copy");
        let _ = std::fs::remove_file(&copy);
        tool(&self.path, &format!(".backup '{}'", copy.display()), &[]);
        let own = "SELECT type, name FROM sqlite_schema WHERE name LIKE '\\_rekey\\_%' ESCAPE '\\' AND type IN ('table', 'view', 'trigger')";
        for row in read(&copy, own) {
            tool(&copy, &format!("DROP {} IF EXISTS {}", row[0], super::postgres::quoted(&row[1])), &[]);
        }
        let mut text = String::new();
        for setting in ["user_version", "application_id", "encoding", "auto_vacuum", "page_size"] {
            text += &format!("-- {setting} {}\n", read(&copy, &format!("PRAGMA {setting}"))[0][0]);
        }
        text += &format!("-- journal_mode {}\n", self.value("PRAGMA journal_mode"));
        text += &tool(&copy, ".dump", &[]).text();
        let _ = std::fs::remove_file(copy);
        text
    }
}

fn read(path: &Path, query: &str) -> Vec<Vec<String>> {
    let answer = tool(path, query, &["-ascii"]).text();
    answer.split_terminator(RECORD).map(|record| record.split(FIELD).map(str::to_owned).collect()).collect()
}

fn tool(path: &Path, input: &str, arguments: &[&str]) -> Outcome {
    let mut command = Command::new("sqlite3");
    command.args(["-batch", "-bail", "-init", "/dev/null"]).args(arguments).arg(path);
    let answer = finish(&mut command, Some(input.as_bytes()));
    assert_eq!(answer.code, Some(0), "sqlite3 on {}: {}\n{}", path.display(), answer.stderr, head(input));
    answer
}

fn head(text: &str) -> String {
    text.chars().take(400).collect()
}
