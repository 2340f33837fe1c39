//! An SSH server of our own: a child process on a free port, with keys made for it, that lets in
//! whoever holds the client's key. Nothing of the machine's or the user's configuration counts.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::postgres::{own, unprivileged};
use super::process::{Reaped, bound_to_us, find_program, finish, free_port, spawn_server, until};

/// One running server.
#[derive(Debug)]
pub struct Sshd {
    process: Reaped,
    folder: tempfile::TempDir,
    port: u16,
}

/// Where its program is, which must be started by its whole path.
pub fn program() -> Option<PathBuf> {
    let usual = PathBuf::from("/usr/sbin/sshd");
    find_program("sshd").or_else(|| usual.is_file().then_some(usual))
}

impl Sshd {
    /// Makes keys and starts a server with these lines besides its own.
    pub fn start(lines: &str) -> Sshd {
        let folder = tempfile::Builder::new().prefix("rk-ssh-").tempdir().unwrap();
        own(folder.path(), unprivileged());
        for name in ["host", "other_host", "client", "stranger"] {
            make_key(&folder.path().join(name));
        }
        for name in ["host", "other_host"] {
            own(&folder.path().join(name), unprivileged());
        }
        std::fs::copy(folder.path().join("client.pub"), folder.path().join("authorized_keys")).unwrap();
        // Between finding a free port and taking it somebody else may have taken it.
        for _ in 0..5 {
            let port = free_port();
            let mut process = launch(folder.path(), port, lines);
            let taken = until("the SSH server", Duration::from_secs(30), || {
                let ended = process.0.try_wait().unwrap().is_some();
                let answers = std::net::TcpStream::connect(("127.0.0.1", port)).is_ok();
                (ended || answers).then_some(ended)
            });
            if !taken {
                let sshd = Sshd { process, folder, port };
                sshd.configure("config", "client", "host");
                sshd.configure("wrong_key", "stranger", "host");
                sshd.configure("changed", "client", "other_host");
                sshd.forget_host("unknown");
                return sshd;
            }
        }
        panic!("it started on none of five ports:\n{}", log_of(folder.path()))
    }

    // A configuration for the client, in which the host `bastion` is this server.
    fn configure(&self, name: &str, identity: &str, known: &str) {
        let file = |name: &str| self.folder.path().join(name).display().to_string();
        let key = std::fs::read_to_string(file(&format!("{known}.pub"))).unwrap();
        std::fs::write(file(&format!("{name}.known")), format!("[127.0.0.1]:{} {key}", self.port)).unwrap();
        let lines = [
            "Host bastion".to_owned(),
            "HostName 127.0.0.1".to_owned(),
            format!("Port {}", self.port),
            format!("User {}", user()),
            format!("IdentityFile {}", file(identity)),
            "IdentitiesOnly yes".to_owned(),
            "IdentityAgent none".to_owned(),
            "GlobalKnownHostsFile none".to_owned(),
            format!("UserKnownHostsFile {}", file(&format!("{name}.known"))),
        ];
        std::fs::write(file(name), lines.join("\n")).unwrap();
    }

    fn forget_host(&self, name: &str) {
        self.configure(name, "client", "host");
        std::fs::write(self.folder.path().join(format!("{name}.known")), "").unwrap();
    }

    /// The options that lead through it, by one of its configurations: `config`, `wrong_key`,
    /// `changed` or `unknown`.
    pub fn options(&self, name: &str) -> Vec<String> {
        ["--ssh", "bastion", "--ssh-config", &self.config(name)].map(str::to_owned).into()
    }

    /// The file of such a configuration.
    pub fn config(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// The processes of clients that lead through it.
    pub fn clients(&self) -> Vec<u32> {
        let folder = self.folder.path().display().to_string();
        let mut found = Vec::new();
        for entry in std::fs::read_dir("/proc").unwrap().flatten() {
            let Ok(pid) = entry.file_name().to_string_lossy().parse::<u32>() else { continue };
            let line = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
            let words: Vec<_> = line.split(|byte| *byte == 0).map(String::from_utf8_lossy).collect();
            let is_ssh = words.first().is_some_and(|word| word.ends_with("ssh"));
            if is_ssh && words.iter().any(|word| word.starts_with(&folder)) {
                found.push(pid);
            }
        }
        found
    }

    /// Kills the clients that lead through it, by their numbers.
    pub fn cut(&self) {
        let clients = self.clients();
        assert!(!clients.is_empty(), "nobody leads through it");
        for pid in clients {
            assert_eq!(finish(Command::new("kill").args(["-KILL", &pid.to_string()]), None).code, Some(0));
        }
    }

    /// Waits until nobody leads through it any more.
    pub fn must_be_left(&self) {
        until("the end of ssh", Duration::from_secs(10), || self.clients().is_empty().then_some(()));
    }

    /// Stops it.
    pub fn stop(&mut self) {
        self.process.kill();
    }

    /// What it noted.
    pub fn log(&self) -> String {
        log_of(self.folder.path())
    }
}

fn make_key(path: &Path) {
    let mut command = Command::new("ssh-keygen");
    command.args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(path);
    let made = finish(&mut command, None);
    assert_eq!(made.code, Some(0), "ssh-keygen: {}", made.stderr);
}

fn launch(folder: &Path, port: u16, lines: &str) -> Reaped {
    let file = |name: &str| folder.join(name).display().to_string();
    let settings = [
        format!("Port {port}"),
        "ListenAddress 127.0.0.1".to_owned(),
        format!("HostKey {}", file("host")),
        format!("AuthorizedKeysFile {}", file("authorized_keys")),
        "PidFile none".to_owned(),
        "StrictModes no".to_owned(),
        "UsePAM no".to_owned(),
        "PasswordAuthentication no".to_owned(),
        "KbdInteractiveAuthentication no".to_owned(),
        "LogLevel VERBOSE".to_owned(),
        lines.to_owned(),
    ];
    std::fs::write(file("sshd_config"), settings.join("\n")).unwrap();
    for name in ["sshd_config", "authorized_keys"] {
        std::fs::set_permissions(file(name), std::fs::Permissions::from_mode(0o644)).unwrap();
    }
    let log = std::fs::File::create(file("log")).unwrap();
    let mut command = bound_to_us(&program().expect("the requirement was checked"), unprivileged());
    command.args(["-D", "-e", "-f"]).arg(file("sshd_config"));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
    spawn_server(command)
}

fn log_of(folder: &Path) -> String {
    std::fs::read_to_string(folder.join("log")).unwrap_or_default()
}

// It runs as no administrator, and so lets in whom it runs as.
fn user() -> String {
    let own = finish(Command::new("id").arg("-u"), None).text();
    let number = unprivileged().map_or(own.trim().to_owned(), |(user, _)| user.to_string());
    finish(Command::new("id").args(["-un", &number]), None).text().trim().to_owned()
}
