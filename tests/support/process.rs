//! Child processes that never outlive the test, and waiting for facts with a deadline.

use std::io::{Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, OnceLock, mpsc};
use std::time::{Duration, Instant};

/// How long a single command may take before the test gives up on it.
pub const LIMIT: Duration = Duration::from_secs(120);

/// Asks again and again until there is an answer; panics with `what` after the limit.
///
/// The only pause in the whole suite: between two looks at a fact.
pub fn until<T>(what: &str, limit: Duration, mut look: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + limit;
    loop {
        if let Some(answer) = look() {
            return answer;
        }
        assert!(Instant::now() < end, "gave up after {limit:?} waiting for {what}");
        std::thread::sleep(Duration::from_millis(15));
    }
}

/// A process and everything below it.
pub fn family(root: u32) -> Vec<u32> {
    let mut found = vec![root];
    let mut at = 0;
    while at < found.len() {
        let tasks = format!("/proc/{}/task", found[at]);
        for task in std::fs::read_dir(tasks).into_iter().flatten().flatten() {
            let children = std::fs::read_to_string(task.path().join("children")).unwrap_or_default();
            found.extend(children.split_whitespace().filter_map(|pid| pid.parse::<u32>().ok()));
        }
        at += 1;
    }
    found
}

/// A child process that is killed and reaped when it goes out of scope.
#[derive(Debug)]
pub struct Reaped(pub Child);

impl Reaped {
    /// Starts a command.
    pub fn spawn(command: &mut Command) -> Reaped {
        let child = command.spawn().unwrap_or_else(|error| panic!("cannot start {command:?}: {error}"));
        Reaped(child)
    }

    /// Sends SIGKILL and waits for the end.
    pub fn kill(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Reaped {
    fn drop(&mut self) {
        self.kill();
    }
}

/// What a finished command left.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Exit code; none where a signal ended it.
    pub code: Option<i32>,
    /// The signal that ended it.
    pub signal: Option<i32>,
    /// Everything it wrote.
    pub stdout: Vec<u8>,
    /// Everything it complained about.
    pub stderr: String,
}

impl Outcome {
    /// Standard output as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.stdout).into_owned()
    }
}

/// Runs a command to its end, with a deadline.
pub fn finish(command: &mut Command, input: Option<&[u8]>) -> Outcome {
    finish_within(command, input, LIMIT)
}

/// Runs a command to its end, with that deadline.
pub fn finish_within(command: &mut Command, input: Option<&[u8]>, limit: Duration) -> Outcome {
    command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = Reaped::spawn(command);
    let feeder = child.0.stdin.take().zip(input.map(<[u8]>::to_vec)).map(|(mut pipe, bytes)| {
        // A reader that stops early is its own affair.
        std::thread::spawn(move || drop(pipe.write_all(&bytes)))
    });
    let stdout = drain(child.0.stdout.take().unwrap());
    let stderr = drain(child.0.stderr.take().unwrap());
    let status = until(&format!("the end of {command:?}"), limit, || child.0.try_wait().unwrap());
    if let Some(feeder) = feeder {
        let _ = feeder.join();
    }
    Outcome {
        code: status.code(),
        signal: status.signal(),
        stdout: stdout.join().unwrap(),
        stderr: String::from_utf8_lossy(&stderr.join().unwrap()).into_owned(),
    }
}

/// Reads a pipe to its end on a thread of its own.
pub fn drain(mut pipe: impl Read + Send + 'static) -> std::thread::JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = pipe.read_to_end(&mut bytes);
        bytes
    })
}

/// Starts a server that ends with this process even where it is killed.
///
/// The kernel's death signal follows the *thread* that started the child, so servers are
/// started from one thread that lives as long as the process.
pub fn spawn_server(command: Command) -> Reaped {
    type Order = (Command, mpsc::Sender<std::io::Result<Child>>);
    static KEEPER: OnceLock<Mutex<mpsc::Sender<Order>>> = OnceLock::new();
    let keeper = KEEPER.get_or_init(|| {
        let (orders, inbox) = mpsc::channel::<Order>();
        std::thread::spawn(move || {
            for (mut command, reply) in inbox {
                let _ = reply.send(command.spawn());
            }
        });
        Mutex::new(orders)
    });
    let told = format!("{command:?}");
    let (reply, answer) = mpsc::channel();
    keeper.lock().unwrap().send((command, reply)).unwrap();
    Reaped(answer.recv().unwrap().unwrap_or_else(|error| panic!("cannot start {told}: {error}")))
}

/// A command behind `setpriv`, which sets the death signal, where that tool exists.
pub fn bound_to_us(program: &std::path::Path, user: Option<(u32, u32)>) -> Command {
    use std::os::unix::process::CommandExt;
    let Some(setpriv) = find_program("setpriv") else {
        let mut command = Command::new(program);
        if let Some((uid, gid)) = user {
            command.uid(uid).gid(gid);
        }
        return command;
    };
    let mut command = Command::new(setpriv);
    command.args(["--pdeathsig", "INT"]);
    if let Some((uid, gid)) = user {
        command.args([format!("--reuid={uid}"), format!("--regid={gid}"), "--clear-groups".to_owned()]);
    }
    command.arg("--").arg(program);
    command
}

/// Where a program is, by `PATH`.
pub fn find_program(name: &str) -> Option<std::path::PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// A port of this machine that nobody listens on.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}
