//! The command under test, run as a user runs it, in a home of its own.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::process::{Outcome, finish};

/// A home folder in which `rekey` is run.
#[derive(Debug)]
pub struct Rekey {
    home: tempfile::TempDir,
    password: Option<String>,
    environment: Vec<(String, String)>,
    more: Vec<String>,
}

/// What a run of the command gave.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The command line, for messages.
    pub line: String,
    /// Exit code and output.
    pub outcome: Outcome,
    /// The one document on standard output; null without `--json`.
    pub json: Value,
}

impl Rekey {
    /// Makes a home. The password, where there is one, goes into a private file there.
    pub fn new(password: Option<&str>) -> Rekey {
        let home = tempfile::Builder::new().prefix("rk-home-").tempdir().unwrap();
        let mut environment = Vec::new();
        for (name, folder) in [
            ("HOME", "home"),
            ("XDG_DATA_HOME", "home/data"),
            ("XDG_CONFIG_HOME", "home/config"),
            ("XDG_CACHE_HOME", "home/cache"),
            ("XDG_STATE_HOME", "home/state"),
            ("XDG_RUNTIME_DIR", "home/run"),
            ("REKEY_DATA_DIR", "data"),
            ("TMPDIR", "tmp"),
        ] {
            let path = home.path().join(folder);
            std::fs::create_dir_all(&path).unwrap();
            environment.push((name.to_owned(), path.display().to_string()));
        }
        environment.push(("PATH".to_owned(), std::env::var("PATH").unwrap_or_default()));
        environment.push(("LANG".to_owned(), "C.UTF-8".to_owned()));
        environment.push(("RUST_BACKTRACE".to_owned(), "1".to_owned()));
        let rekey = Rekey { home, password: None, environment, more: Vec::new() };
        match password {
            Some(password) => rekey.with_password(password),
            None => rekey,
        }
    }

    /// The same home with this password in the file that `--password-file` names.
    pub fn with_password(mut self, password: &str) -> Rekey {
        let file = self.path("password");
        std::fs::write(&file, format!("{password}\n")).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
        self.password = Some(password.to_owned());
        self
    }

    /// The same home, where every command is given these arguments too.
    pub fn with_arguments(mut self, more: Vec<String>) -> Rekey {
        self.more = more;
        self
    }

    /// The same home with one more variable in the environment.
    pub fn with_env(mut self, name: &str, value: &str) -> Rekey {
        self.environment.retain(|(known, _)| known != name);
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same home, with nothing that would stop or spoil the next command.
    pub fn without_stop(mut self) -> Rekey {
        self.environment
            .retain(|(known, _)| !["REKEY_STOP_AT", "REKEY_FAILPOINTS", "REKEY_SPOIL"].contains(&known.as_str()));
        self
    }

    /// A path inside the home.
    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// A path inside the home, as an argument.
    pub fn file(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    /// The home itself.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The command with these arguments, not started yet.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rekey"));
        self.prepare(&mut command, arguments);
        command
    }

    /// Adds arguments, environment and folder to a command that ends in `rekey`.
    pub fn prepare(&self, command: &mut Command, arguments: &[&str]) {
        command.args(arguments).args(&self.more);
        if self.password.is_some() && arguments.first() != Some(&"report") && arguments.first() != Some(&"demo") {
            command.arg("--password-file").arg(self.path("password"));
        }
        command.env_clear().envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.current_dir(self.home.path());
    }

    /// Runs it to its end.
    pub fn run(&self, arguments: &[&str]) -> Answer {
        self.judge(arguments, finish(&mut self.command(arguments), None))
    }

    /// Runs it with `--json` and reads the one document.
    pub fn json(&self, arguments: &[&str]) -> Answer {
        let arguments: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
        self.run(&arguments)
    }

    /// Runs it with `--json` and expects exit code 0.
    pub fn done(&self, arguments: &[&str]) -> Value {
        self.json(arguments).expect(0).json
    }

    /// What holds for every run, whatever it was asked: it ended by itself, did not panic,
    /// told no password, and `--json` gave one document.
    pub fn judge(&self, arguments: &[&str], outcome: Outcome) -> Answer {
        let line = format!("rekey {}", arguments.join(" "));
        let mut answer = Answer { line, outcome, json: Value::Null };
        assert_eq!(answer.outcome.signal, None, "{answer}");
        let said = answer.outcome.text() + &answer.outcome.stderr;
        for word in ["panicked at", "RUST_BACKTRACE", "not yet implemented", "unwrap()"] {
            assert!(!said.contains(word), "'{word}' in the output: {answer}");
        }
        if let Some(password) = &self.password {
            super::oracle::assert_secret_free(&answer.line, said.as_bytes(), password);
        }
        if arguments.contains(&"--json") {
            let text = answer.outcome.text();
            let mut documents = serde_json::Deserializer::from_str(&text).into_iter::<Value>();
            let first = documents.next();
            let Some(Ok(document)) = first else { panic!("no JSON document on stdout ({first:?}): {answer}") };
            assert!(documents.next().is_none(), "more than one JSON document on stdout: {answer}");
            answer.json = document;
        }
        answer
    }
}

impl Answer {
    /// Fails unless it ended with that code.
    pub fn expect(self, code: i32) -> Answer {
        assert_eq!(self.outcome.code, Some(code), "{self}");
        self
    }

    /// The failure in the document of `--json`, checked for the fields that every failure has.
    pub fn failure(&self) -> &Value {
        let failure = ["failure", "error"].iter().find_map(|key| self.json.get(key)).unwrap_or(&self.json);
        for field in ["code", "what", "why", "state_sentence"] {
            let text = failure.get(field).and_then(Value::as_str).unwrap_or_default();
            assert!(!text.trim().is_empty(), "the failure lacks '{field}': {self}");
        }
        let remedy = failure.get("remedy").and_then(Value::as_array).map_or(0, Vec::len);
        assert!(remedy > 0, "the failure lacks a remedy: {self}");
        assert!(failure.pointer("/state/state").and_then(Value::as_str).is_some(), "the failure lacks a state: {self}");
        assert_eq!(failure.get("exit").and_then(Value::as_i64), self.outcome.code.map(i64::from), "exit code: {self}");
        failure
    }
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let failure = ["failure", "error"].iter().find_map(|key| self.json.get(key)).filter(|value| value.is_object());
        write!(f, "{}\nexit {:?}, signal {:?}", self.line, self.outcome.code, self.outcome.signal)?;
        if let Some(failure) = failure {
            write!(f, "\n--- failure\n{failure:#}")?;
        }
        let cut = |text: &str, most: usize| text.chars().take(most).collect::<String>();
        let most = if failure.is_some() { 400 } else { 4000 };
        write!(f, "\n--- stdout\n{}\n--- stderr\n{}", cut(&self.outcome.text(), most), cut(&self.outcome.stderr, 3000))
    }
}
