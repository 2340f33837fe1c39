//! A real window under a virtual display, driven through WebKitWebDriver, with a private
//! session bus and, where asked for, a real keyring daemon.
//!
//! ```ignore
//! let desktop = Desktop::start(Keyring::Unlocked);
//! desktop.block_on(async {
//!     let window = desktop.open(Path::new("target/debug/rekey-desktop"), &[]).await;
//!     window.click("welcome-sample").await;
//!     assert_eq!(window.text("server-name").await, "sample.db");
//!     window.close().await;
//! });
//! ```

use std::cell::Cell;
use std::collections::BTreeMap;
use std::future::Future;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use super::process::{Reaped, find_program, free_port, spawn_server, until};

/// How long the window may take to show what a test waits for.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Which keyring the window finds on its bus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyring {
    /// None at all: the bus has nobody who answers.
    Absent,
    /// A real daemon, unlocked.
    Unlocked,
}

/// The colours of the day or of the night.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Dark letters on light ground.
    Light,
    /// Light letters on dark ground.
    Dark,
}

/// The programs that a window test needs and this machine does not have.
pub fn missing_programs() -> Vec<&'static str> {
    ["Xvfb", "WebKitWebDriver", "dbus-daemon", "dbus-monitor", "gnome-keyring-daemon"]
        .into_iter()
        .filter(|name| find_program(name).is_none())
        .collect()
}

/// A browser that the driver can open, of the same make as the window.
pub fn plain_browser() -> Option<PathBuf> {
    let folder = Path::new("/usr/lib").join(format!("{}-linux-gnu", std::env::consts::ARCH));
    Some(folder.join("webkit2gtk-4.1/MiniBrowser")).filter(|file| file.is_file())
}

/// A display, a bus, a driver and a home of their own. All of it ends with this value.
#[derive(Debug)]
pub struct Desktop {
    // Dropped in this order: what uses the display goes before it.
    driver: Reaped,
    _keyring: Option<Reaped>,
    _bus: Reaped,
    _display: Reaped,
    port: u16,
    environment: BTreeMap<String, String>,
    home: tempfile::TempDir,
    runtime: tokio::runtime::Runtime,
}

impl Desktop {
    /// Starts everything.
    pub fn start(keyring: Keyring) -> Desktop {
        Desktop::start_with(keyring, &[])
    }

    /// Starts everything; the window gets these variables too.
    pub fn start_with(keyring: Keyring, more: &[(&str, &str)]) -> Desktop {
        let home = tempfile::Builder::new().prefix("rk-win-").tempdir().unwrap();
        Desktop::start_in(home, keyring, more)
    }

    /// Starts everything with that folder as the home.
    pub fn start_in(home: tempfile::TempDir, keyring: Keyring, more: &[(&str, &str)]) -> Desktop {
        let mut environment = private_environment(home.path());
        environment.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let (display, number) = start_display(home.path());
        environment.insert("DISPLAY".to_owned(), format!(":{number}"));
        let (bus, address) = start_bus(&environment);
        // No test asks anything of the machine's own services.
        environment.insert("DBUS_SYSTEM_BUS_ADDRESS".to_owned(), address.clone());
        environment.insert("DBUS_SESSION_BUS_ADDRESS".to_owned(), address);
        let keyring = (keyring == Keyring::Unlocked).then(|| start_keyring(&environment));
        let (driver, port) = start_driver(&environment, home.path());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Desktop { driver, _keyring: keyring, _bus: bus, _display: display, port, environment, home, runtime }
    }

    /// A program with the window's home, bus and keyring.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear().envs(&self.environment);
        command
    }

    /// Hears everything that is said on the bus from now on, also what nobody answers.
    pub fn listen_on_the_bus(&self) -> Heard {
        let file = self.home.path().join("heard.log");
        let mut command = super::process::bound_to_us(&program("dbus-monitor"), None);
        command.args(["--session"]).env_clear().envs(&self.environment);
        command.stdin(Stdio::null()).stdout(log(self.home.path(), "heard.log")).stderr(Stdio::null());
        let heard = Heard { _monitor: spawn_server(command), file };
        until("the listener on the bus", PATIENCE, || heard.text().contains("NameLost").then_some(()));
        heard
    }

    /// Starts the program again as somebody else would, with another home and on another bus: its
    /// window takes the focus from the one that a test drives.
    pub fn distract(&self, binary: &Path) -> (Reaped, Reaped) {
        let mut environment = private_environment(&self.home.path().join("other"));
        environment.remove("TAURI_WEBVIEW_AUTOMATION");
        environment.insert("DISPLAY".to_owned(), self.environment["DISPLAY"].clone());
        let (bus, address) = start_bus(&environment);
        environment.insert("DBUS_SESSION_BUS_ADDRESS".to_owned(), address);
        let mut command = super::process::bound_to_us(binary, None);
        command.env_clear().envs(&environment);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        (spawn_server(command), bus)
    }

    /// Runs the asynchronous part of a test.
    pub fn block_on<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// The private home folder, for files that a test hands to the window.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Where the application keeps its own files (`REKEY_DATA_DIR`).
    pub fn data_dir(&self) -> PathBuf {
        self.home.path().join("rekey-data")
    }

    /// The driver's process, above which the window and its web process are found in `/proc`.
    pub fn driver_pid(&self) -> u32 {
        self.driver.0.id()
    }

    /// Kills the window with SIGKILL, as a power cut would; the next one is opened without these
    /// variables.
    pub fn kill_window(&mut self, without: &[&str]) {
        let pid = self.window_pid().expect("a window is open");
        let killed = super::process::finish(Command::new("kill").args(["-KILL", &pid.to_string()]), None);
        assert_eq!(killed.code, Some(0), "{}", killed.stderr);
        // Its name on the bus is free once all that it held open is closed.
        until("the end of the window that was killed", PATIENCE, || is_over(pid).then_some(()));
        self.environment.retain(|name, _| !without.contains(&name.as_str()));
        // The driver still waits for the window that is gone.
        self.driver.kill();
        (self.driver, self.port) = start_driver(&self.environment, self.home.path());
    }

    fn window_pid(&self) -> Option<u32> {
        let name = |pid: &u32| std::fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
        super::process::family(self.driver_pid()).into_iter().find(|pid| name(pid).starts_with("rekey-desktop"))
    }

    /// Opens the window of this binary.
    pub async fn open(&self, binary: &Path, arguments: &[&str]) -> Window {
        assert!(binary.is_file(), "there is no window to test: {} is missing", binary.display());
        // Only one window may be open on a bus, and the one before says goodbye in its own time.
        super::process::until("the end of the window before", PATIENCE, || self.window_pid().is_none().then_some(()));
        let capabilities = json!({
            "webkitgtk:browserOptions": { "binary": binary, "args": arguments }
        });
        let Value::Object(capabilities) = capabilities else { unreachable!() };
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let driver = format!("http://127.0.0.1:{}", self.port);
        let connecting = builder.capabilities(capabilities).connect(&driver);
        let client = match tokio::time::timeout(PATIENCE, connecting).await {
            Ok(Ok(client)) => client,
            Ok(Err(error)) => panic!("the driver could not open the window: {error}\n{}", self.driver_log()),
            Err(_) => panic!(
                "the driver opened no session within {PATIENCE:?}: does the window heed \
                 TAURI_WEBVIEW_AUTOMATION=true, and does it start at all?\n{}",
                self.driver_log()
            ),
        };
        Window { client, clicks: Cell::new(0) }
    }

    fn driver_log(&self) -> String {
        std::fs::read_to_string(self.home.path().join("driver.log")).unwrap_or_default()
    }
}

/// What is said on the bus, for as long as this lives.
#[derive(Debug)]
pub struct Heard {
    _monitor: Reaped,
    file: PathBuf,
}

impl Heard {
    /// All of it so far.
    pub fn text(&self) -> String {
        std::fs::read_to_string(&self.file).unwrap_or_default()
    }
}

/// An open window. Every look waits for what it looks for, up to [`PATIENCE`].
#[derive(Debug)]
pub struct Window {
    client: Client,
    clicks: Cell<u32>,
}

impl Window {
    /// The driver's client, for what is not wrapped here.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The element with that `data-testid`, once it is there and can be seen.
    pub async fn find(&self, id: &str) -> Element {
        self.find_within(id, PATIENCE).await
    }

    /// The same, for what comes of work that takes longer.
    pub async fn find_within(&self, id: &str, patience: Duration) -> Element {
        let end = Instant::now() + patience;
        loop {
            if let Some(element) = self.seen(id).await {
                return element;
            }
            if Instant::now() >= end {
                panic!(
                    "no element with data-testid '{id}' within {patience:?}; the window shows:\n{}",
                    self.words().await
                );
            }
            pause().await;
        }
    }

    /// The element with that `data-testid`, if it can be seen right now.
    pub async fn seen(&self, id: &str) -> Option<Element> {
        let element = self.client.find(Locator::Css(&selector(id))).await.ok()?;
        // A re-render between the two calls makes the element stale: not there, then.
        matches!(element.is_displayed().await, Ok(true)).then_some(element)
    }

    /// How often something was clicked until now.
    pub fn clicks(&self) -> u32 {
        self.clicks.get()
    }

    /// Clicks, once it is there and enabled.
    pub async fn click(&self, id: &str) {
        let end = Instant::now() + PATIENCE;
        loop {
            let element = self.find(id).await;
            let enabled = matches!(element.is_enabled().await, Ok(true));
            // The driver takes what lies under the bar at the bottom for visible.
            self.script(
                &format!("document.querySelector('{}')?.scrollIntoView({{block: 'center'}})", selector(id)),
                Vec::new(),
            )
            .await;
            let outcome = if enabled {
                element.click().await.map_err(|error| error.to_string())
            } else {
                Err("it is disabled".to_owned())
            };
            match outcome {
                Ok(()) => {
                    self.clicks.set(self.clicks.get() + 1);
                    return;
                }
                Err(reason) if Instant::now() >= end => {
                    panic!("'{id}' could not be clicked within {PATIENCE:?}: {reason}\n{}", self.words().await)
                }
                Err(_) => pause().await,
            }
        }
    }

    /// Replaces the content of a field by typing.
    pub async fn type_into(&self, id: &str, text: &str) {
        let field = self.find(id).await;
        field.clear().await.unwrap_or_else(|error| panic!("'{id}' could not be cleared: {error}"));
        field.send_keys(text).await.unwrap_or_else(|error| panic!("'{id}' could not be typed into: {error}"));
    }

    /// The text that can be seen in an element.
    pub async fn text(&self, id: &str) -> String {
        self.find(id).await.text().await.unwrap_or_else(|error| panic!("'{id}' has no text: {error}"))
    }

    /// The value of a field.
    pub async fn value(&self, id: &str) -> String {
        self.find(id).await.prop("value").await.ok().flatten().unwrap_or_default()
    }

    /// True where the element can be used.
    pub async fn is_enabled(&self, id: &str) -> bool {
        self.find(id).await.is_enabled().await.unwrap_or(false)
    }

    /// Waits until the text of an element fulfils a condition, and returns it.
    pub async fn wait_for_text(&self, id: &str, patience: Duration, fits: impl Fn(&str) -> bool) -> String {
        let end = Instant::now() + patience;
        loop {
            let text = match self.seen(id).await {
                Some(element) => element.text().await.unwrap_or_default(),
                None => String::new(),
            };
            if fits(&text) {
                return text;
            }
            assert!(Instant::now() < end, "'{id}' still says '{text}' after {patience:?}:\n{}", self.words().await);
            pause().await;
        }
    }

    /// Everything that can be read in the window.
    pub async fn words(&self) -> String {
        let body = self.client.execute("return document.body ? document.body.innerText : ''", Vec::new()).await;
        body.ok().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// The whole document with the live values of its fields, to look for what must not be in it.
    pub async fn document(&self) -> String {
        let script = "return document.documentElement.outerHTML + Array.from(document.querySelectorAll('input,textarea,select')).map(f => f.value).join('\\n')";
        let html = self.client.execute(script, Vec::new()).await;
        html.ok().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Runs a script and returns its value.
    pub async fn script(&self, source: &str, arguments: Vec<Value>) -> Value {
        self.client
            .execute(source, arguments)
            .await
            .unwrap_or_else(|error| panic!("the script failed: {error}\n{source}"))
    }

    /// Shows the page as the system's other setting would have it, or as the system's own does;
    /// gives the colour of the page then. The style sheet's own rules are switched, so that
    /// no second window is needed.
    pub async fn theme(&self, theme: Option<Theme>) -> String {
        let wanted = theme.map(|theme| format!("{theme:?}").to_lowercase());
        let colour = self.script(THEME, vec![json!(wanted)]).await;
        colour.as_str().unwrap_or_default().to_owned()
    }

    /// Presses one key, as a person would.
    pub async fn press(&self, key: Key) {
        let value = char::from(key);
        let keys = [KeyAction::Down { value }, KeyAction::Up { value }];
        let actions = keys.into_iter().fold(KeyActions::new("keyboard".to_owned()), KeyActions::then);
        self.client.perform_actions(actions).await.unwrap_or_else(|error| panic!("{key:?} was not taken: {error}"));
    }

    /// What has the focus: its `data-testid`, its id or its name, whichever it has first.
    pub async fn focused(&self) -> String {
        let focused = self.script(FOCUSED, Vec::new()).await;
        focused.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until that has the focus.
    pub async fn wait_for_focus(&self, wanted: &str) {
        let end = Instant::now() + PATIENCE;
        while self.focused().await != wanted {
            assert!(
                Instant::now() < end,
                "'{wanted}' did not get the focus; '{}' has it:\n{}",
                self.focused().await,
                self.words().await
            );
            pause().await;
        }
    }

    /// Saves a picture of the window.
    pub async fn screenshot(&self, file: &Path) {
        let png = self.client.screenshot().await.unwrap_or_else(|error| panic!("no picture: {error}"));
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).unwrap();
        }
        std::fs::write(file, png).unwrap();
    }

    /// What axe finds wrong with the page, one line per rule; none where axe's source is absent.
    pub async fn accessibility_faults(&self, axe: &Path) -> Option<Vec<String>> {
        let source = std::fs::read_to_string(axe).ok()?;
        self.script(&format!("{source}\nwindow.axe = axe; return true"), Vec::new()).await;
        let run = "const done = arguments[arguments.length - 1]; axe.run().then(r => done(r.violations.map(v => v.id + ': ' + v.help + ' (' + v.nodes.map(n => n.target.join(' ')).join(', ') + ')')), e => done(['axe failed: ' + e]))";
        let found = self.client.execute_async(run, Vec::new()).await;
        let found = found.unwrap_or_else(|error| panic!("axe did not run: {error}"));
        Some(found.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect())
    }

    /// Closes the window and ends its process.
    pub async fn close(self) {
        let _ = tokio::time::timeout(PATIENCE, self.client.close()).await;
    }
}

const THEME: &str = "
    const wanted = arguments[0];
    window.__media ??= new Map();
    const turn = rules => { for (const rule of rules) {
        if (rule.media) {
            const own = window.__media.get(rule) ?? rule.media.mediaText;
            window.__media.set(rule, own);
            rule.media.mediaText = wanted === null ? own : own.replace(/\\(prefers-color-scheme: (\\w+)\\)/g, (_, of) => of === wanted ? '(min-width: 0px)' : '(max-width: 0px)');
        }
        if (rule.cssRules) turn(rule.cssRules);
    } };
    for (const sheet of document.styleSheets) turn(sheet.cssRules);
    document.documentElement.style.colorScheme = wanted ?? '';
    return getComputedStyle(document.body).backgroundColor;";

const FOCUSED: &str = "
    const at = document.activeElement;
    if (!at || at === document.body) return '';
    return at.dataset.testid || at.id || at.getAttribute('aria-label') || (at.textContent || at.name || at.tagName).trim().slice(0, 40);";

fn selector(id: &str) -> String {
    format!("[data-testid=\"{}\"]", id.replace('"', "\\\""))
}

async fn pause() {
    tokio::time::sleep(Duration::from_millis(40)).await;
}

fn private_environment(home: &Path) -> BTreeMap<String, String> {
    let mut environment = BTreeMap::new();
    let folders = [
        ("HOME", "home"),
        ("XDG_RUNTIME_DIR", "run"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_STATE_HOME", "state"),
        ("REKEY_DATA_DIR", "rekey-data"),
        ("TMPDIR", "tmp"),
    ];
    for (name, folder) in folders {
        let path = home.join(folder);
        std::fs::create_dir_all(&path).unwrap();
        // The bus and the keyring refuse folders that others may read.
        std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
        environment.insert(name.to_owned(), path.display().to_string());
    }
    for (name, value) in [
        ("PATH", std::env::var("PATH").unwrap_or_default().as_str()),
        ("LANG", "C.UTF-8"),
        ("GDK_BACKEND", "x11"),
        ("TAURI_WEBVIEW_AUTOMATION", "true"),
        ("NO_AT_BRIDGE", "1"),
        ("RUST_BACKTRACE", "1"),
    ] {
        environment.insert(name.to_owned(), value.to_owned());
    }
    environment
}

// Xvfb chooses a free number itself and tells it on a pipe: no two runs can collide.
fn start_display(home: &Path) -> (Reaped, u32) {
    let mut command = super::process::bound_to_us(&program("Xvfb"), None);
    command.args(["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log(home, "xvfb.log"));
    let mut display = spawn_server(command);
    let number = first_line(&mut display, "Xvfb");
    let number = number.trim().parse().unwrap_or_else(|_| panic!("Xvfb named no display: '{number}'"));
    (display, number)
}

fn start_bus(environment: &BTreeMap<String, String>) -> (Reaped, String) {
    let mut command = super::process::bound_to_us(&program("dbus-daemon"), None);
    command.args(["--session", "--nofork", "--nosyslog", "--print-address=1"]);
    command.env_clear().envs(environment).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut bus = spawn_server(command);
    let address = first_line(&mut bus, "dbus-daemon").trim().to_owned();
    (bus, address)
}

// An empty password would make a keyring without protection; ours is a real one. Nobody
// may look anything up before the daemon owns its name: the bus would start a second,
// locked one.
fn start_keyring(environment: &BTreeMap<String, String>) -> Reaped {
    let mut command = super::process::bound_to_us(&program("gnome-keyring-daemon"), None);
    command.args(["--foreground", "--unlock", "--components=secrets"]);
    command.env_clear().envs(environment);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut daemon = spawn_server(command);
    let mut pipe = daemon.0.stdin.take().unwrap();
    pipe.write_all(b"a password of the tests").unwrap();
    drop(pipe);
    until("the keyring daemon on the bus", Duration::from_secs(15), || name_has_owner(environment).then_some(()));
    daemon
}

fn name_has_owner(environment: &BTreeMap<String, String>) -> bool {
    let mut command = Command::new(program("dbus-send"));
    command.args(["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"]);
    command.args(["org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"]);
    command.env_clear().envs(environment);
    super::process::finish(&mut command, None).text().contains("boolean true")
}

// Gone, or nothing but a number that waits to be asked for: while one of its threads is left, its
// files are open.
fn is_over(pid: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let threads = std::fs::read_dir(format!("/proc/{pid}/task")).map_or(0, Iterator::count);
    threads <= 1 && stat.rsplit_once(") ").is_none_or(|(_, rest)| rest.starts_with('Z'))
}

fn start_driver(environment: &BTreeMap<String, String>, home: &Path) -> (Reaped, u16) {
    for _ in 0..5 {
        let port = free_port();
        let mut command = super::process::bound_to_us(&program("WebKitWebDriver"), None);
        command.args([format!("--port={port}"), "--host=127.0.0.1".to_owned()]);
        command.env_clear().envs(environment);
        command.stdin(Stdio::null()).stdout(log(home, "driver.log")).stderr(log(home, "driver.log"));
        let mut driver = spawn_server(command);
        let ready = until("WebKitWebDriver on its port", Duration::from_secs(15), || {
            if driver.0.try_wait().unwrap().is_some() {
                return Some(false);
            }
            std::net::TcpStream::connect(("127.0.0.1", port)).ok().map(|_| true)
        });
        if ready {
            return (driver, port);
        }
    }
    panic!("WebKitWebDriver could not be started on five free ports");
}

fn first_line(server: &mut Reaped, name: &str) -> String {
    let pipe = server.0.stdout.take().unwrap();
    let mut line = String::new();
    let _ = BufReader::new(pipe).read_line(&mut line);
    assert!(!line.trim().is_empty(), "{name} ended without saying where it is");
    line
}

fn log(home: &Path, name: &str) -> std::fs::File {
    std::fs::OpenOptions::new().create(true).append(true).open(home.join(name)).unwrap()
}

fn program(name: &str) -> PathBuf {
    find_program(name).unwrap_or_else(|| panic!("{name} is not installed"))
}
