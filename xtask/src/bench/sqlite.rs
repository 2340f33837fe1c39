//! SQLite: the floor is `VACUUM`, which rewrites the whole file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use super::{Contest, Rows};
use crate::{Outcome, process};

/// Two files with the same content.
pub struct Files {
    floor: PathBuf,
    rekey: PathBuf,
}

impl Files {
    /// Makes them.
    pub fn make(folder: &Path, rows: Rows) -> Outcome<Self> {
        let files = Files { floor: folder.join("floor.db"), rekey: folder.join("rekey.db") };
        sqlite3(&files.floor, &script(rows))?;
        fs::copy(&files.floor, &files.rekey).map_err(|error| format!("{}: {error}", files.rekey.display()))?;
        Ok(files)
    }
}

impl Contest for Files {
    fn product(&self) -> String {
        let version = process::read(Command::new("sqlite3").args([":memory:", "SELECT sqlite_version()"]));
        format!("SQLite (floor by sqlite3 {})", version.unwrap_or_default())
    }

    fn floor_name(&self) -> &'static str {
        "VACUUM"
    }

    fn floor(&mut self) -> Outcome<Duration> {
        let start = Instant::now();
        sqlite3(&self.floor, "VACUUM")?;
        Ok(start.elapsed())
    }

    fn target(&self) -> String {
        format!("sqlite:{}", self.rekey.display())
    }
}

fn sqlite3(file: &Path, sql: &str) -> Outcome {
    process::read(Command::new("sqlite3").arg("-bail").arg(file).arg(sql)).map(drop)
}

fn script(Rows { users, orders }: Rows) -> String {
    format!(
        "PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
BEGIN;
CREATE TABLE users (
    id INTEGER PRIMARY KEY, email TEXT NOT NULL, name TEXT, created_at TEXT NOT NULL);
CREATE TABLE orders (
    id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id),
    status TEXT NOT NULL, total_cents INTEGER NOT NULL, created_at TEXT NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {users})
INSERT INTO users SELECT i, 'user' || i || '@example.org', 'User ' || i, datetime(1500000000 + i, 'unixepoch') FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {orders})
INSERT INTO orders
SELECT i, 1 + (i * 7919) % {users}, CASE i % 3 WHEN 0 THEN 'new' WHEN 1 THEN 'paid' ELSE 'sent' END,
       (i * 37) % 100000, datetime(1600000000 + i, 'unixepoch') FROM n;
CREATE INDEX users_email ON users (email);
CREATE INDEX users_created_at ON users (created_at);
CREATE INDEX orders_user_id ON orders (user_id);
CREATE INDEX orders_created_at ON orders (created_at);
COMMIT;
"
    )
}
