//! Somebody else who holds a lock until told to let go.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use super::process::Reaped;

/// A session of a client program in the middle of a transaction.
#[derive(Debug)]
pub struct Holder {
    process: Reaped,
    said: String,
}

impl Holder {
    /// A psql session that has run `statements` and now sits in its transaction.
    /// [`Holder::said`] is the server's process id of the session.
    pub fn postgres(database: &super::postgres::Database, statements: &str) -> Holder {
        let mut command = database.server().client("psql", database.name());
        command.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]);
        Holder::start(&mut command, &format!("BEGIN;\n{statements};\nSELECT pg_backend_pid();\n"))
    }

    /// A session of MariaDB's client that has run `statements` and now sits in its transaction.
    /// [`Holder::said`] is the server's number of the session.
    pub fn mysql(database: &super::mysql::Database, statements: &str) -> Holder {
        let mut command = database.server().client(database.name());
        command.args(["-N", "-B", "-n", "--skip-binary-mode"]);
        Holder::start(&mut command, &format!("START TRANSACTION;\n{statements};\nSELECT CONNECTION_ID();\n"))
    }

    /// A `sqlite3` process that has run `statements` and now sits in its transaction.
    pub fn sqlite(file: &super::sqlite::File, statements: &str) -> Holder {
        let mut command = Command::new("sqlite3");
        command.args(["-batch", "-bail", "-init", "/dev/null"]).arg(file.path());
        Holder::start(&mut command, &format!("BEGIN IMMEDIATE;\n{statements};\nSELECT 'held';\n"))
    }

    /// A `sqlite3` process that has run `statements`, which only read, and now sits in its transaction.
    pub fn sqlite_reading(file: &super::sqlite::File, statements: &str) -> Holder {
        let mut command = Command::new("sqlite3");
        command.args(["-batch", "-bail", "-init", "/dev/null"]).arg(file.path());
        Holder::start(&mut command, &format!("BEGIN;\n{statements};\nSELECT 'held';\n"))
    }

    fn start(command: &mut Command, statements: &str) -> Holder {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        let mut process = Reaped::spawn(command);
        process.0.stdin.as_mut().unwrap().write_all(statements.as_bytes()).unwrap();
        // The answer to the last statement proves that the lock is held.
        let mut said = String::new();
        BufReader::new(process.0.stdout.as_mut().unwrap()).read_line(&mut said).unwrap();
        assert!(!said.trim().is_empty(), "the holder of the lock did not come up");
        Holder { process, said: said.trim().to_owned() }
    }

    /// What its last statement answered.
    pub fn said(&self) -> &str {
        &self.said
    }

    /// The client program's own process id.
    pub fn process_id(&self) -> u32 {
        self.process.0.id()
    }

    /// Rolls back and ends.
    pub fn release(mut self) {
        let mut pipe = self.process.0.stdin.take().unwrap();
        let _ = pipe.write_all(b"ROLLBACK;\n");
        drop(pipe);
        let _ = self.process.0.wait();
    }
}
