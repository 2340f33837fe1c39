//! A PostgreSQL server of our own: a child process on a free port, from a data directory
//! made for this run, never the machine's server.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::process::{Outcome, Reaped, bound_to_us, finish, free_port, spawn_server, until};
use super::versions::{self, Programs};

/// One running server.
#[derive(Debug)]
pub struct Server {
    process: Reaped,
    folder: tempfile::TempDir,
    programs: Programs,
    port: u16,
    password: String,
}

// By version; the installed one has none.
static SERVERS: Mutex<BTreeMap<Option<u32>, &'static Server>> = Mutex::new(BTreeMap::new());

// A failed test poisons nothing: a slot holds a whole server or none.
fn slots() -> MutexGuard<'static, BTreeMap<Option<u32>, &'static Server>> {
    SERVERS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The server that all tests of this run share, started by the first who asks.
pub fn shared() -> &'static Server {
    running(None)
}

/// The server of another version that all tests of this run share.
pub fn shared_of(version: u32) -> &'static Server {
    running(Some(version))
}

fn running(version: Option<u32>) -> &'static Server {
    slots().entry(version).or_insert_with(|| {
        let programs = Programs::of(version).expect("the requirement was checked");
        Box::leak(Box::new(Server::start(programs)))
    })
}

/// Stops the shared servers and removes their folders. Called once, when all tests are over.
pub fn stop_shared() {
    for server in std::mem::take(&mut *slots()).into_values() {
        server.stop();
    }
}

impl Server {
    /// Makes a data directory and starts a server on it.
    pub fn start(mut programs: Programs) -> Server {
        let folder = tempfile::Builder::new().prefix("rk-pg-").tempdir().unwrap();
        let user = unprivileged();
        own(folder.path(), user);
        if user.is_some() && !versions::is_open(&programs.server) {
            programs.server = open_copy(&programs.server, folder.path());
        }
        let password = canary();
        init(&programs.server, folder.path(), user, &password);
        // Between finding a free port and taking it somebody else may have taken it.
        for _ in 0..5 {
            let port = free_port();
            let mut process = launch(&programs.server, folder.path(), user, port);
            if is_ready(&mut process, &programs.client, folder.path(), port, &password) {
                return Server { process, folder, programs, port, password };
            }
        }
        panic!("the server started on none of five ports:\n{}", log_of(folder.path()))
    }

    /// Loads these statements, then starts the server again as one that stands by for
    /// another: it reads, and nothing else.
    pub fn standing_by(mut self, statements: &str) -> Server {
        self.sql("postgres", statements);
        self.halt();
        let signal = self.folder.path().join("data/standby.signal");
        std::fs::write(&signal, "").unwrap();
        own(&signal, unprivileged());
        self.port = free_port();
        self.process = launch(&self.programs.server, self.folder.path(), unprivileged(), self.port);
        let client = &self.programs.client;
        let ready = is_ready(&mut self.process, client, self.folder.path(), self.port, &self.password);
        assert!(ready, "the server does not stand by:\n{}", self.log());
        self
    }

    /// Stops the server and starts it again at the same place.
    pub fn restart(&mut self) {
        self.halt();
        self.process = launch(&self.programs.server, self.folder.path(), unprivileged(), self.port);
        let client = &self.programs.client;
        let ready = is_ready(&mut self.process, client, self.folder.path(), self.port, &self.password);
        assert!(ready, "the server does not start again:\n{}", self.log());
    }

    /// Its port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The folder of its socket, which its user alone can open.
    pub fn socket_folder(&self) -> &Path {
        self.folder.path()
    }

    /// The superuser's password: random, and with letters that URLs and JSON must escape.
    pub fn password(&self) -> &str {
        &self.password
    }

    /// The address of a database, without the password.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{}", self.port, percent(database))
    }

    /// The address of a database with the password in it.
    pub fn url_with_password(&self, database: &str) -> String {
        let password = percent(&self.password);
        format!("postgres://postgres:{password}@127.0.0.1:{}/{}", self.port, percent(database))
    }

    /// One of the server's client programs, ready to connect to a database.
    pub fn client(&self, program: &str, database: &str) -> Command {
        client(&self.programs.client, self.folder.path(), self.port, &self.password, program, database)
    }

    /// Sends statements; the first that fails fails the test.
    pub fn sql(&self, database: &str, statements: &str) {
        let answer = self.psql(database, statements.as_bytes(), &[]);
        assert_eq!(answer.code, Some(0), "{statements}: {}\n{}", answer.stderr, self.log());
    }

    fn psql(&self, database: &str, input: &[u8], arguments: &[&str]) -> Outcome {
        let mut command = self.client("psql", database);
        finish(command.args(["-X", "-q", "-v", "ON_ERROR_STOP=1"]).args(arguments).args(["-f", "-"]), Some(input))
    }

    /// The end of the server's log, for messages of failed tests.
    pub fn log(&self) -> String {
        log_of(self.folder.path())
    }

    /// Stops the server and removes its folder.
    pub fn stop(&self) {
        self.halt();
        let _ = std::fs::remove_dir_all(self.folder.path());
    }

    fn halt(&self) {
        let pid = self.process.0.id();
        // SIGINT: disconnect everybody, then a clean end.
        let _ = Command::new("sh").args(["-c", &format!("kill -INT {pid}")]).status();
        let stopped = self.folder.path().join("data/postmaster.pid");
        until("the end of the server", Duration::from_secs(20), || (!stopped.exists()).then_some(()));
    }
}

// The server runs as a user who may not even look into the folder of whoever runs the tests.
fn open_copy(programs: &Path, folder: &Path) -> PathBuf {
    let whole = programs.parent().expect("programs lie in a folder of their own");
    let copied = finish(Command::new("cp").arg("-R").arg(whole).arg(folder.join("programs")), None);
    assert_eq!(copied.code, Some(0), "{}", copied.stderr);
    folder.join("programs").join(programs.file_name().unwrap_or_default())
}

fn init(programs: &Path, folder: &Path, user: Option<(u32, u32)>, password: &str) {
    let words = folder.join("password");
    std::fs::write(&words, password).unwrap();
    own(&words, user);
    let mut command = bound_to_us(&programs.join("initdb"), user);
    command.arg("-D").arg(folder.join("data")).arg("--pwfile").arg(&words);
    command.args(["-U", "postgres", "-A", "scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
    command.current_dir(folder);
    let made = finish(&mut command, None);
    assert_eq!(made.code, Some(0), "initdb failed: {}{}", made.text(), made.stderr);
    let _ = std::fs::remove_file(words);
}

fn launch(programs: &Path, folder: &Path, user: Option<(u32, u32)>, port: u16) -> Reaped {
    let log = std::fs::OpenOptions::new().create(true).append(true).open(folder.join("log")).unwrap();
    let mut command = bound_to_us(&programs.join("postgres"), user);
    command.arg("-D").arg(folder.join("data")).arg("-p").arg(port.to_string());
    command.arg("-k").arg(folder);
    for setting in [
        "listen_addresses=127.0.0.1",
        // The machine is not switched off during a test; what is killed here is the client.
        "fsync=off",
        "full_page_writes=off",
        "shared_buffers=64MB",
        "max_connections=60",
        "max_prepared_transactions=5",
        // Its locks and its statistics would come and go on their own.
        "autovacuum=off",
        "log_line_prefix=%m [%p] %d ",
    ] {
        command.args(["-c", setting]);
    }
    command.current_dir(folder).stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
    spawn_server(command)
}

// Only a real login proves that the server is ready, and that it is ours: the password is random.
fn is_ready(process: &mut Reaped, programs: &Path, folder: &Path, port: u16, password: &str) -> bool {
    until("the server's first answer", Duration::from_secs(40), || {
        if process.0.try_wait().unwrap().is_some() {
            return Some(false);
        }
        let mut command = client(programs, folder, port, password, "psql", "postgres");
        let answer = finish(command.args(["-XAtqc", "select 1"]), None);
        (answer.code == Some(0)).then_some(true)
    })
}

fn client(programs: &Path, folder: &Path, port: u16, password: &str, program: &str, database: &str) -> Command {
    let mut command = Command::new(programs.join(program));
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("PGPASSWORD", password).env("PGCLIENTENCODING", "UTF8").env("LANG", "C.UTF-8");
    // Whatever a database sets for the application: what the tests ask means the true operators, and may write.
    command
        .env("PGOPTIONS", "-c client_min_messages=warning -c search_path=public -c default_transaction_read_only=off");
    command.arg("-h").arg(folder).args(["-p", &port.to_string(), "-U", "postgres", "-d", database]);
    command
}

fn log_of(folder: &Path) -> String {
    let text = std::fs::read_to_string(folder.join("log")).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(40)..].join("\n")
}

/// The user that the server runs as where we are root, which it refuses to run as.
pub fn unprivileged() -> Option<(u32, u32)> {
    if !is_root() {
        return None;
    }
    let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let find = |name: &str| {
        users
            .lines()
            .map(|line| line.split(':').collect::<Vec<_>>())
            .find(|fields| fields[0] == name)
            .and_then(|fields| Some((fields.get(2)?.parse().ok()?, fields.get(3)?.parse().ok()?)))
    };
    Some(find("postgres").or_else(|| find("nobody")).unwrap_or((65534, 65534)))
}

/// True where the tests run as root, who may write every file.
pub fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|entry| entry.uid() == 0)
}

pub fn own(path: &Path, user: Option<(u32, u32)>) {
    if let Some((uid, gid)) = user {
        std::os::unix::fs::chown(path, Some(uid), Some(gid)).unwrap();
    }
}

/// A password nobody else has, whose middle is found again in any encoding but base64.
pub fn canary() -> String {
    format!("p@\"{}/%", random_word(20))
}

/// Random letters and digits.
pub fn random_word(length: usize) -> String {
    nanoid::nanoid!(length, &nanoid::alphabet::SAFE[2..])
}

/// Percent-encodes what is not a plain letter or digit.
pub fn percent(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || byte == b'_' {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

/// An identifier in double quotes.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A string in single quotes, as PostgreSQL and SQLite read it.
pub fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// One database on a shared server, dropped with this value.
#[derive(Debug)]
pub struct Database {
    server: &'static Server,
    name: String,
}

impl Database {
    /// Makes an empty one on the installed server.
    pub fn create(name: &str) -> Database {
        Database::create_on(shared(), name)
    }

    /// Makes an empty one on that server.
    pub fn create_on(server: &'static Server, name: &str) -> Database {
        server.sql("postgres", &format!("CREATE DATABASE {}", quoted(name)));
        Database { server, name: name.to_owned() }
    }

    /// One that somebody else made.
    pub fn adopt(server: &'static Server, name: &str) -> Database {
        Database { server, name: name.to_owned() }
    }

    /// Makes a copy of another, to which nobody may be connected.
    pub fn copy(of: &Database, name: &str) -> Database {
        of.server.sql("postgres", &format!("CREATE DATABASE {} TEMPLATE {}", quoted(name), quoted(&of.name)));
        Database { server: of.server, name: name.to_owned() }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The server it lies on.
    pub fn server(&self) -> &'static Server {
        self.server
    }

    /// Sends statements; the first that fails fails the test.
    pub fn execute(&self, statements: &str) {
        self.server.sql(&self.name, statements);
    }

    /// Loads a file of statements. A file that it lets the server write goes into the
    /// server's own folder: in `/tmp` somebody else's may lie already.
    pub fn load(&self, file: &Path) {
        let text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let text = text.replace("'/tmp/", &format!("'{}/", self.server.folder.path().display()));
        let loaded = self.server.psql(&self.name, text.as_bytes(), &[]);
        assert_eq!(loaded.code, Some(0), "{} does not load: {}", file.display(), loaded.stderr);
    }

    /// Asks; rows of text, NULL told apart from empty text.
    pub fn query(&self, query: &str) -> Vec<Vec<Option<String>>> {
        let answer = self.server.psql(&self.name, query.as_bytes(), &["--csv", "-t", "-P", "null=\u{1}"]);
        assert_eq!(answer.code, Some(0), "{query}: {}", answer.stderr);
        super::csv::parse(&answer.text())
            .into_iter()
            .map(|row| row.into_iter().map(|field| (field != "\u{1}").then_some(field)).collect())
            .collect()
    }

    /// Asks for a single value.
    pub fn value(&self, query: &str) -> String {
        let rows = self.query(query);
        rows.first().and_then(|row| row.first().cloned()).flatten().unwrap_or_default()
    }

    /// The text that `pg_dump` writes, Rekey's own schema left out; a text that says the same
    /// where the server is too new for the installed one.
    pub fn dump(&self, arguments: &[&str]) -> String {
        if self.server.programs.newer {
            let rows = !arguments.contains(&"--schema-only");
            return if rows { super::canon::everything(self) } else { super::canon::catalogue(self) };
        }
        let mut command = self.server.client("pg_dump", &self.name);
        let dumped = finish(command.arg("--exclude-schema=rekey").args(arguments), None);
        assert_eq!(dumped.code, Some(0), "pg_dump failed: {}", dumped.stderr);
        super::dump::without_noise(&dumped.text())
    }

    /// What psql writes for a script.
    pub fn script(&self, script: &str) -> Vec<u8> {
        let answer = self.server.psql(&self.name, script.as_bytes(), &["-At"]);
        assert_eq!(answer.code, Some(0), "{}", answer.stderr);
        answer.stdout
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // WITH (FORCE) came with PostgreSQL 13; who is connected still is a test that failed.
        let guests = format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {} AND pid <> pg_backend_pid();",
            literal(&self.name)
        );
        let statement = format!("{guests} DROP DATABASE IF EXISTS {}", quoted(&self.name));
        let _ = self.server.psql("postgres", statement.as_bytes(), &[]);
    }
}
