//! A MariaDB or MySQL server of our own: a child process on a free port, on a copy of a data
//! folder made once, never the machine's server.
//!
//! MariaDB is the installed one. A real MySQL lies in a folder that is a small system of its
//! own, made by `cargo xtask test --lane mysql`, and runs inside it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::postgres::{canary, is_root, own, percent, random_word, unprivileged};
use super::process::{Outcome, Reaped, find_program, finish, free_port, spawn_server, until};

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Product {
    /// The installed MariaDB.
    Mariadb,
    /// The MySQL in a folder of its own.
    Mysql,
}

/// Both.
pub const PRODUCTS: [Product; 2] = [Product::Mariadb, Product::Mysql];

impl Product {
    /// Its name in the names of trials.
    pub fn name(self) -> &'static str {
        match self {
            Product::Mariadb => "mariadb",
            Product::Mysql => "mysql",
        }
    }

    /// Why it cannot be started, where it cannot.
    pub fn missing(self) -> Option<String> {
        let lacks = |name: &str| find_program(name).is_none().then(|| format!("{name} is not installed"));
        match self {
            Product::Mariadb => ["mariadb-install-db", "mariadb", "mariadb-dump"]
                .iter()
                .find_map(|name| lacks(name))
                .or_else(|| server_program().is_none().then(|| "mariadbd is not installed".to_owned())),
            Product::Mysql if !root().join("usr/sbin/mysqld").is_file() => Some(format!(
                "no MySQL in {}; `cargo xtask test --lane mysql` fetches it where it can",
                root().display()
            )),
            Product::Mysql if !is_root() => Some("MySQL runs inside a folder, which only root can make it".to_owned()),
            Product::Mysql => lacks("mariadb"),
        }
    }
}

/// The small system that MySQL lies in.
pub fn root() -> PathBuf {
    let made = || Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("xtask").join("mysql");
    std::env::var_os("REKEY_MYSQL").map_or_else(made, PathBuf::from)
}

fn server_program() -> Option<PathBuf> {
    let usual = PathBuf::from("/usr/sbin/mariadbd");
    find_program("mariadbd").or_else(|| usual.is_file().then_some(usual))
}

/// One running server.
#[derive(Debug)]
pub struct Server {
    process: Mutex<Reaped>,
    product: Product,
    folder: PathBuf,
    port: u16,
    password: String,
    settings: &'static [&'static str],
}

static TEMPLATES: [Mutex<Option<PathBuf>>; 2] = [Mutex::new(None), Mutex::new(None)];
static SERVERS: [Mutex<Option<&'static Server>>; 2] = [Mutex::new(None), Mutex::new(None)];

/// The server that all tests of this run share, started by the first who asks.
pub fn shared(product: Product) -> &'static Server {
    let mut slot = SERVERS[product as usize].lock().unwrap_or_else(PoisonError::into_inner);
    slot.get_or_insert_with(|| Box::leak(Box::new(Server::start(product, &[]))))
}

/// Stops the shared servers and removes their folders. Called once, when all tests are over.
pub fn stop_shared() {
    for slot in &SERVERS {
        if let Some(server) = slot.lock().unwrap_or_else(PoisonError::into_inner).take() {
            server.stop();
        }
    }
    for slot in &TEMPLATES {
        if let Some(folder) = slot.lock().unwrap_or_else(PoisonError::into_inner).take() {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

impl Server {
    /// Copies the data folder and starts a server on it, with these settings too.
    pub fn start(product: Product, settings: &'static [&'static str]) -> Server {
        let template = template(product);
        let folder = place(product).join(format!("rk-{}-{}", product.name(), random_word(8)));
        std::fs::create_dir_all(&folder).unwrap();
        let copied = finish(Command::new("cp").arg("-a").arg(template.join("data")).arg(&folder), None);
        assert_eq!(copied.code, Some(0), "{}", copied.stderr);
        let password = canary();
        // Over TCP everybody comes from 127.0.0.1, which is not what 'localhost' means.
        let word = password.replace('\'', "''");
        let first = format!(
            "CREATE USER 'owner'@'127.0.0.1' IDENTIFIED BY '{word}';\nGRANT ALL ON *.* TO 'owner'@'127.0.0.1' WITH GRANT OPTION;\n"
        );
        std::fs::write(folder.join("first.sql"), first).unwrap();
        std::fs::write(
            folder.join("client.cnf"),
            format!("[client]\nuser=owner\npassword=\"{}\"\n", password.replace('"', "\\\"")),
        )
        .unwrap();
        own(&folder, unprivileged());
        // Between finding a free port and taking it somebody else may have taken it.
        for _ in 0..5 {
            let port = free_port();
            let process = launch(product, &folder, port, settings);
            let server = Server {
                process: Mutex::new(process),
                product,
                folder: folder.clone(),
                port,
                password: password.clone(),
                settings,
            };
            if server.is_ready() {
                return server;
            }
        }
        panic!(
            "the server started on none of five ports:\n{}",
            std::fs::read_to_string(folder.join("log")).unwrap_or_default()
        )
    }

    fn is_ready(&self) -> bool {
        until("the server to answer", Duration::from_secs(60), || {
            if self.process.lock().unwrap().0.try_wait().unwrap().is_some() {
                return Some(false);
            }
            let asked = finish(self.client("").args(["-e", "SELECT 1"]), None);
            (asked.code == Some(0)).then_some(true)
        })
    }

    /// Which product.
    pub fn product(&self) -> Product {
        self.product
    }

    /// Its port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The password of `owner`, who may do everything.
    pub fn password(&self) -> &str {
        &self.password
    }

    /// The address of a database, without the password.
    pub fn url(&self, database: &str) -> String {
        format!("mysql://owner@127.0.0.1:{}/{}", self.port, percent(database))
    }

    /// The command-line client, ready to connect to a database.
    pub fn client(&self, database: &str) -> Command {
        let mut command = Command::new("mariadb");
        command.arg(format!("--defaults-file={}", self.folder.join("client.cnf").display()));
        command.args([
            "-h",
            "127.0.0.1",
            "-P",
            &self.port.to_string(),
            "--default-character-set=utf8mb4",
            "--binary-mode",
        ]);
        if !database.is_empty() {
            command.arg(format!("--database={database}"));
        }
        command
    }

    /// Runs statements as the command-line client does; `DELIMITER` is understood.
    pub fn try_sql(&self, database: &str, statements: &str) -> Outcome {
        finish(self.client(database).args(["-N", "-B", "--skip-binary-mode"]), Some(statements.as_bytes()))
    }

    /// Sends statements; the first that fails fails the test. Gives rows as lines of tabs.
    pub fn sql(&self, database: &str, statements: &str) -> String {
        let answer = self.try_sql(database, statements);
        assert_eq!(answer.code, Some(0), "{statements}: {}\n{}", answer.stderr, self.log());
        answer.text()
    }

    /// Loads a file of statements.
    pub fn load(&self, database: &str, file: &Path) {
        let text = std::fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let loaded = finish(&mut self.client(database), Some(&text));
        assert_eq!(loaded.code, Some(0), "{} does not load: {}", file.display(), loaded.stderr);
    }

    /// Loads what was dumped, byte by byte.
    pub fn restore(&self, database: &str, dump: &str) {
        let loaded = finish(&mut self.client(database), Some(dump.as_bytes()));
        assert_eq!(loaded.code, Some(0), "the dump does not load: {}", loaded.stderr);
    }

    /// The whole database as statements, as the product's own tool writes it.
    pub fn dump(&self, database: &str) -> String {
        self.dump_with(database, &[])
    }

    /// Some of its tables as statements.
    pub fn dump_tables(&self, database: &str, tables: &[String]) -> String {
        let tables: Vec<&str> = tables.iter().map(String::as_str).collect();
        self.written(&[], &[&[database], &tables[..]].concat())
    }

    /// The same with these settings too.
    pub fn dump_with(&self, database: &str, more: &[&str]) -> String {
        self.written(more, &[database])
    }

    fn written(&self, more: &[&str], what: &[&str]) -> String {
        let settings =
            ["--routines", "--events", "--triggers", "--skip-dump-date", "--single-transaction", "--hex-blob"];
        let mut command = match self.product {
            Product::Mariadb => Command::new("mariadb-dump"),
            Product::Mysql => {
                let mut command = Command::new("chroot");
                command.arg(root()).arg("/usr/bin/mysqldump");
                command
            }
        };
        let cnf = inside(self.product, &self.folder).join("client.cnf");
        command.arg(format!("--defaults-file={}", cnf.display())).args([
            "-h",
            "127.0.0.1",
            "-P",
            &self.port.to_string(),
        ]);
        if self.product == Product::Mysql {
            command.args(["--set-gtid-purged=OFF", "--column-statistics=0", "--no-tablespaces"]);
        }
        let dumped = finish(command.args(settings).args(more).args(what), None);
        assert_eq!(dumped.code, Some(0), "the dump failed: {}", dumped.stderr);
        dumped.text()
    }

    fn log(&self) -> String {
        let text = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }

    /// Starts it again where it has crashed by itself; says what it wrote then.
    pub fn revive(&self) -> Option<String> {
        let ended = self.process.lock().unwrap_or_else(PoisonError::into_inner).0.try_wait().unwrap().is_some();
        ended.then(|| {
            let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            self.start_again();
            log
        })
    }

    /// Ends it as a crash would, at once.
    pub fn crash(&self) {
        self.process.lock().unwrap_or_else(PoisonError::into_inner).kill();
    }

    /// Starts it again on what the crash has left.
    pub fn start_again(&self) {
        *self.process.lock().unwrap() = launch(self.product, &self.folder, self.port, self.settings);
        assert!(self.is_ready(), "the server did not come up again:\n{}", self.log());
    }

    /// Stops the server and removes its folder.
    pub fn stop(&self) {
        // What it would keep for a next start is thrown away.
        self.process.lock().unwrap_or_else(PoisonError::into_inner).kill();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

// Where folders of servers are made: for MySQL inside its own system.
fn place(product: Product) -> PathBuf {
    match product {
        Product::Mariadb => std::env::temp_dir(),
        Product::Mysql => root().join("srv"),
    }
}

// A path as the server sees it.
fn inside(product: Product, path: &Path) -> PathBuf {
    match product {
        Product::Mariadb => path.to_owned(),
        Product::Mysql => Path::new("/").join(path.strip_prefix(root()).expect("it lies inside")),
    }
}

// Made once a run, by the first who asks.
fn template(product: Product) -> PathBuf {
    let mut slot = TEMPLATES[product as usize].lock().unwrap_or_else(PoisonError::into_inner);
    slot.get_or_insert_with(|| make_template(product)).clone()
}

fn make_template(product: Product) -> PathBuf {
    let made = place(product).join(format!("rk-{}-{}", product.name(), random_word(8)));
    std::fs::create_dir_all(&made).unwrap();
    own(&made, unprivileged());
    let data = format!("--datadir={}", inside(product, &made.join("data")).display());
    let mut command = match product {
        Product::Mariadb => {
            let mut command = as_user(Path::new("mariadb-install-db"), "TERM");
            command.args([
                "--no-defaults",
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                "--innodb-log-file-size=8M",
            ]);
            command
        }
        Product::Mysql => {
            let mut command = in_its_system();
            command.args([
                "--no-defaults",
                "--initialize-insecure",
                "--secure-file-priv=NULL",
                "--mysqlx=OFF",
                "--innodb-redo-log-capacity=16M",
            ]);
            command
        }
    };
    command.env("TMPDIR", inside(product, &made));
    let outcome = finish(command.arg(data), None);
    assert_eq!(outcome.code, Some(0), "no data folder: {}{}", outcome.text(), outcome.stderr);
    made
}

fn as_user(program: &Path, signal: &str) -> Command {
    let Some(setpriv) = find_program("setpriv") else { return Command::new(program) };
    let mut command = Command::new(setpriv);
    command.args(["--pdeathsig", signal]);
    if let Some((uid, gid)) = unprivileged() {
        command.args([format!("--reuid={uid}"), format!("--regid={gid}"), "--clear-groups".to_owned()]);
    }
    command.arg("--").arg(program);
    command
}

// The signal for the case that we die is set once the user is changed, inside.
fn in_its_system() -> Command {
    let mut command = Command::new("chroot");
    command.arg(root()).args(["/usr/bin/setpriv", "--pdeathsig", "KILL"]);
    if let Some((uid, gid)) = unprivileged() {
        command.args([format!("--reuid={uid}"), format!("--regid={gid}"), "--clear-groups".to_owned()]);
    }
    command.args(["--", "/usr/sbin/mysqld"]);
    command
}

fn launch(product: Product, folder: &Path, port: u16, settings: &[&str]) -> Reaped {
    let log = std::fs::OpenOptions::new().create(true).append(true).open(folder.join("log")).unwrap();
    let mut command = match product {
        Product::Mariadb => as_user(&server_program().expect("the requirement was checked"), "KILL"),
        Product::Mysql => in_its_system(),
    };
    // As it starts, MariaDB removes the temporary tables of every server that shares the place.
    command.env("TMPDIR", inside(product, folder));
    let seen = inside(product, folder);
    command.args(["--no-defaults", "--bind-address=127.0.0.1", "--skip-log-bin", "--skip-name-resolve"]);
    command.arg(format!("--datadir={}", seen.join("data").display()));
    command.arg(format!("--socket={}", seen.join("socket").display()));
    command.arg(format!("--pid-file={}", seen.join("pid").display()));
    command.arg(format!("--init-file={}", seen.join("first.sql").display()));
    command.arg(format!("--port={port}"));
    // The machine is not switched off during a test; what is killed here is the client.
    command.args([
        "--innodb-flush-log-at-trx-commit=0",
        "--innodb-flush-method=nosync",
        "--innodb-buffer-pool-size=64M",
    ]);
    match product {
        Product::Mariadb => command.args(["--innodb-log-file-size=8M", "--performance-schema=OFF"]),
        Product::Mysql => command.args(["--secure-file-priv=NULL", "--mysqlx=OFF", "--innodb-redo-log-capacity=16M"]),
    };
    command.args(settings);
    command.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
    spawn_server(command)
}

/// One database on a shared server, dropped with this value.
#[derive(Debug)]
pub struct Database {
    server: &'static Server,
    name: String,
}

impl Database {
    /// Makes an empty one.
    pub fn create(product: Product, name: &str) -> Database {
        Database::create_on(shared(product), name)
    }

    /// Makes an empty one on that server.
    pub fn create_on(server: &'static Server, name: &str) -> Database {
        let database = Database { server, name: name.to_owned() };
        database.make();
        database
    }

    fn make(&self) {
        self.server.sql("", &format!("CREATE DATABASE {} CHARACTER SET utf8mb4", quoted(&self.name)));
    }

    /// Makes it anew, with nothing in it.
    pub fn empty(&self) {
        self.server.sql("", &format!("DROP DATABASE {}", quoted(&self.name)));
        self.make();
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The server it lies on.
    pub fn server(&self) -> &'static Server {
        self.server
    }

    /// Its address, without the password.
    pub fn url(&self) -> String {
        self.server.url(&self.name)
    }

    /// Sends statements; the first that fails fails the test.
    pub fn sql(&self, statements: &str) -> String {
        self.server.sql(&self.name, statements)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let _ = self.server.try_sql("", &format!("DROP DATABASE IF EXISTS {}", quoted(&self.name)));
    }
}

/// A name in backticks.
pub fn quoted(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}
