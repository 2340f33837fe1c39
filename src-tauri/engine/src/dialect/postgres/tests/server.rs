//! A PostgreSQL server of the test's own: a child process on a free port, gone with it.

use std::fs;
use std::io::Write as _;
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::connect::{Address, Certificates, Tls};
use crate::dialect::postgres::Postgres;

/// One running server with an empty data directory at first.
pub struct Server {
    folder: tempfile::TempDir,
    bin: PathBuf,
    /// Port on the loopback.
    pub port: u16,
}

impl Server {
    /// Starts it; none where PostgreSQL is not installed, which is said aloud.
    pub fn start() -> Option<Server> {
        let Some(bin) = binaries() else {
            eprintln!("SKIPPED: PostgreSQL's server is not installed");
            return None;
        };
        let folder = tempfile::Builder::new().prefix("rk-pg-").tempdir().unwrap();
        if let Some((user, group)) = ordinary() {
            std::os::unix::fs::chown(folder.path(), Some(user), Some(group)).unwrap();
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = Server { folder, bin, port };
        let data = server.data();
        server.run("initdb", &["-D", &data, "-A", "trust", "-U", "owner", "-E", "UTF8", "--locale", "C", "--no-sync"]);
        let options = format!(
            "-p {port} -k {} -c listen_addresses=127.0.0.1 -c fsync=off -c autovacuum=off",
            server.folder.path().display()
        );
        server.run("pg_ctl", &["-D", &data, "-l", &format!("{data}.log"), "-w", "-o", &options, "start"]);
        Some(server)
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    fn command(&self, tool: &str) -> Command {
        let mut command = Command::new(self.bin.join(tool));
        command.env_clear().env("PATH", "/usr/bin:/bin").current_dir(self.folder.path());
        if let Some((user, group)) = ordinary() {
            command.uid(user).gid(group);
        }
        command
    }

    fn run(&self, tool: &str, arguments: &[&str]) {
        // pg_ctl hands its output on to the server, which would keep a pipe open for ever.
        let status = self.command(tool).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
        assert!(status.success(), "{tool} {arguments:?} failed");
    }

    fn client(&self, tool: &str, arguments: &[&str], input: &str) -> String {
        let mut command = self.command(tool);
        command.args(["-h", "127.0.0.1", "-p", &self.port.to_string(), "-U", "owner"]).args(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut pipe = child.stdin.take().unwrap();
        let input = input.to_owned();
        let writer = std::thread::spawn(move || pipe.write_all(input.as_bytes()));
        let output = child.wait_with_output().unwrap();
        let _ = writer.join();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{tool} {arguments:?} failed: {errors}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Makes a database and runs a script in it.
    pub fn create(&self, database: &str, script: &str) -> Postgres {
        self.client("psql", &["-X", "-q", "-d", "postgres", "-c", &format!("CREATE DATABASE \"{database}\"")], "");
        self.sql(database, script);
        self.open(database)
    }

    /// Runs a script.
    pub fn sql(&self, database: &str, script: &str) -> String {
        self.client("psql", &["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database], script)
    }

    /// The whole database as text, the helper schema left out.
    pub fn dump(&self, database: &str) -> String {
        let text = self.client("pg_dump", &["-d", database, "-N", "rekey"], "");
        // Newer clients fence the script with random words.
        text.lines()
            .filter(|line| !line.starts_with("\\restrict") && !line.starts_with("\\unrestrict"))
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// The database as Rekey sees it.
    pub fn open(&self, database: &str) -> Postgres {
        let address = Address::Postgres {
            host: "127.0.0.1".into(),
            port: self.port,
            user: "owner".into(),
            database: database.into(),
            tls: Tls::Off,
            certificates: Certificates::default(),
            ssh: crate::connect::Ssh::default(),
        };
        Postgres::new(&address, None).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = self.data();
        let mut stop = self.command("pg_ctl");
        let _ = stop
            .args(["-D", &data, "-m", "immediate", "-w", "stop"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
    }
}

fn binaries() -> Option<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .filter_map(Result::ok)
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin)| bin.join("postgres").exists())
        .collect();
    found.sort();
    found.pop().map(|(_, bin)| bin)
}

// The server refuses to run as root; `nobody` is there on every system.
fn ordinary() -> Option<(u32, u32)> {
    use std::os::unix::fs::MetadataExt as _;
    let root = fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
    root.then_some((65534, 65534))
}

/// A corpus by name; none where the folder is missing, which is said aloud.
pub fn corpus(name: &str) -> Option<String> {
    let folder = std::env::var_os("REKEY_CORPORA").map(PathBuf::from);
    let folder = folder.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/corpora"));
    let path = folder.join("postgresql").join(format!("{name}.sql"));
    let text = fs::read_to_string(&path).ok();
    if text.is_none() {
        eprintln!("SKIPPED: corpus {name} is missing ({})", path.display());
    }
    text
}
