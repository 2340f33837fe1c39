//! The process of `ssh`: started without a shell, heard while it runs, ended with its value.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::watch;

use super::{Target, said};
use crate::connect::Ssh;
use crate::error::{Error, Result, SshFault};

/// How long it may take, a touch of a hardware key included.
const LIMIT: Duration = Duration::from_secs(25);
/// How long to wait before looking again whether it is open.
const LOOK_AGAIN: Duration = Duration::from_millis(20);
/// How long to listen for why a connection failed.
const LISTEN: Duration = Duration::from_millis(500);
/// How often another port is taken where somebody else was faster.
const PORTS: usize = 3;
/// Lines that are kept of what it says, the last ones.
const KEPT: usize = 20;

/// An open way.
#[derive(Debug)]
pub struct Running {
    // Dropping it ends the process.
    _child: Child,
    _starter: Sender<()>,
    heard: watch::Receiver<Heard>,
    destination: String,
    port: u16,
    socket: PathBuf,
    _folder: tempfile::TempDir,
}

/// What it said so far.
#[derive(Debug, Clone, Default)]
pub struct Heard {
    /// Its last lines.
    pub said: String,
    /// How many connections it could not lead on.
    pub refusals: u64,
    /// True where it has ended.
    pub over: bool,
}

/// Starts it and waits until it leads on.
pub async fn open(ssh: &Ssh, target: &Target) -> Result<Running> {
    let destination = ssh.destination().unwrap_or_default();
    let failed = |fault, detail: String| Error::Ssh { destination: destination.to_owned(), fault, detail };
    let Some(program) = super::program() else {
        return Err(failed(SshFault::Missing, "it was looked for in PATH".to_owned()));
    };
    let mut last = String::new();
    for _ in 0..PORTS {
        let mut running = start(&program, ssh, target)
            .await
            .map_err(|error| failed(SshFault::Ended, format!("'{}' cannot be started: {error}", program.display())))?;
        match running.opened().await {
            Ok(()) => return Ok(running),
            Err(heard) if heard.over && said::is_port_taken(&heard.said) => last = heard.said,
            Err(heard) if heard.over => return Err(failed(said::fault(&heard.said), heard.said)),
            Err(heard) => {
                let detail = format!("no way within {} s. {}", LIMIT.as_secs(), heard.said);
                return Err(failed(SshFault::Timeout, detail));
            }
        }
    }
    Err(failed(SshFault::Ended, last))
}

async fn start(program: &Path, ssh: &Ssh, target: &Target) -> std::io::Result<Running> {
    let folder = private_folder()?;
    let socket = folder.path().join(format!(".s.PGSQL.{}", target.port));
    let port = free_port()?;
    let mut command = bound_to_us(program);
    command.args(words(ssh, target, &socket, port));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true);
    // Else Ctrl+C would take the way from under a run that is just being taken back.
    #[cfg(unix)]
    command.process_group(0);
    let (mut child, starter) = spawn(command).await?;
    let (tell, heard) = watch::channel(Heard::default());
    if let Some(stderr) = child.stderr.take() {
        tokio::spawn(listen(stderr, tell));
    }
    let destination = ssh.destination().unwrap_or_default().to_owned();
    Ok(Running { _child: child, _starter: starter, heard, destination, port, socket, _folder: folder })
}

fn words(ssh: &Ssh, target: &Target, socket: &Path, port: u16) -> Vec<String> {
    let mut words: Vec<String> = vec!["-N".to_owned(), "-T".to_owned()];
    if let Some(config) = ssh.config() {
        words.extend(["-F".to_owned(), config.to_owned()]);
    }
    // Nobody is there to answer a question. A connection that others share would outlive us, or
    // take the way away with it. Its words are needed whatever the configuration says.
    for option in [
        "ExitOnForwardFailure=yes",
        "BatchMode=yes",
        "ConnectTimeout=15",
        "ServerAliveInterval=15",
        "ServerAliveCountMax=3",
        "ControlMaster=no",
        "ControlPath=none",
        "LogLevel=INFO",
    ] {
        words.extend(["-o".to_owned(), option.to_owned()]);
    }
    words.extend(["-L".to_owned(), format!("127.0.0.1:{port}:{}", target.place)]);
    if cfg!(unix) {
        words.extend(["-L".to_owned(), format!("{}:{}", socket.display(), target.place)]);
    }
    words.extend(["--".to_owned(), ssh.destination().unwrap_or_default().to_owned()]);
    words
}

impl Running {
    pub fn destination(&self) -> &str {
        &self.destination
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    #[cfg(unix)]
    pub fn socket(&self) -> &Path {
        &self.socket
    }

    pub fn heard(&self) -> Heard {
        self.heard.borrow().clone()
    }

    /// What it says of a connection that failed, or as much as it said within a moment.
    pub async fn trouble(&self, refusals: u64) -> Heard {
        let mut heard = self.heard.clone();
        let told = heard.wait_for(|heard| heard.over || heard.refusals > refusals);
        let _ = tokio::time::timeout(LISTEN, told).await;
        self.heard()
    }

    // The socket is made last: where it answers, the port does too.
    async fn opened(&mut self) -> std::result::Result<(), Heard> {
        let until = Instant::now() + LIMIT;
        while Instant::now() < until {
            if self.heard.borrow().over {
                return Err(self.heard());
            }
            if self.answers().await {
                return Ok(());
            }
            let _ = tokio::time::timeout(LOOK_AGAIN, self.heard.changed()).await;
        }
        Err(self.heard())
    }

    #[cfg(unix)]
    async fn answers(&self) -> bool {
        tokio::net::UnixStream::connect(&self.socket).await.is_ok()
    }

    #[cfg(not(unix))]
    async fn answers(&self) -> bool {
        tokio::net::TcpStream::connect(("127.0.0.1", self.port)).await.is_ok()
    }
}

async fn listen(stderr: impl AsyncRead + Unpin, tell: watch::Sender<Heard>) {
    let mut lines = BufReader::new(stderr).split(b'\n');
    let mut kept: Vec<String> = Vec::new();
    while let Ok(Some(line)) = lines.next_segment().await {
        let line: String = String::from_utf8_lossy(&line).chars().filter(|letter| !letter.is_control()).collect();
        if line.trim().is_empty() {
            continue;
        }
        if kept.len() == KEPT {
            kept.remove(0);
        }
        let refused = said::is_refusal(&line);
        kept.push(line);
        tell.send_modify(|heard| {
            heard.said = kept.join("\n");
            heard.refusals += u64::from(refused);
        });
    }
    tell.send_modify(|heard| heard.over = true);
}

fn private_folder() -> std::io::Result<tempfile::TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix("rekey-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir()
}

fn free_port() -> std::io::Result<u16> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

// The kernel ends a child when the thread that started it ends, so it is started by one that
// lives as long as the way is needed.
async fn spawn(mut command: Command) -> std::io::Result<(Child, Sender<()>)> {
    let runtime = tokio::runtime::Handle::current();
    let (reply, answer) = tokio::sync::oneshot::channel();
    let (starter, needed) = std::sync::mpsc::channel::<()>();
    std::thread::Builder::new().name("ssh".to_owned()).spawn(move || {
        let _inside = runtime.enter();
        if reply.send(command.spawn()).is_ok() {
            // Nothing ever comes: it waits for the other end to be let go.
            let _ = needed.recv();
        }
    })?;
    let child = answer.await.map_err(std::io::Error::other)??;
    Ok((child, starter))
}

// So that it ends also where we are killed: setpriv (util-linux 2.33 and later) has the kernel
// see to that, and then becomes the program itself.
#[cfg(target_os = "linux")]
fn bound_to_us(program: &Path) -> Command {
    static SETPRIV: std::sync::OnceLock<Option<PathBuf>> = std::sync::OnceLock::new();
    let setpriv = SETPRIV.get_or_init(|| {
        let setpriv = super::found("setpriv")?;
        let help = std::process::Command::new(&setpriv).arg("--help").stdin(Stdio::null()).output().ok()?;
        String::from_utf8_lossy(&help.stdout).contains("--pdeathsig").then_some(setpriv)
    });
    let Some(setpriv) = setpriv else { return Command::new(program) };
    let mut command = Command::new(setpriv);
    command.args(["--pdeathsig", "KILL", "--"]).arg(program);
    command
}

#[cfg(not(target_os = "linux"))]
fn bound_to_us(program: &Path) -> Command {
    Command::new(program)
}
