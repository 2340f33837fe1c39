//! Ids in Redis: how many keys `rekey redis rewrite` renames in a second, against a pipelined
//! RENAME of the same keys, which finds no keys, looks no ids up and writes over what is there.
//! Afterwards every value is read under its new name.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::{Folder, measure, today};
use crate::system::{self, Needs};
use crate::{Outcome, build, process};

/// How many commands are on their way at once.
const AT_ONCE: u64 = 10_000;
/// What part of the rate of RENAME is to be reached on one server.
const REACH: f64 = 0.5;
const THIRDS: [(u16, u16); 3] = [(0, 5460), (5461, 10_922), (10_923, 16_383)];

/// Measures with that many keys, on one server as often as is asked for, and once on a cluster of
/// three masters.
pub fn bench(arguments: &[&str]) -> Outcome {
    let (keys, rounds) = read(arguments)?;
    system::provide(&[Needs::Compiler, Needs::Tests])?;
    let rekey = build::program("release", "rekey", &["--no-default-features"])?;
    let folder = Folder::new()?;
    let work = Work::convert(&rekey, &folder.path, keys)?;
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    println!(
        "\n{}, {}, {cores} cores, {keys} keys",
        today()?,
        process::read(Command::new("redis-server").arg("--version"))?.trim()
    );
    let mut measured = Vec::new();
    while measured.len() < rounds {
        measured.push(round(&work, keys, &folder.path)?);
    }
    let floor = middle(measured.iter().map(|(floor, _)| *floor).collect());
    let ratio = middle(measured.iter().map(|(floor, taken)| floor.div_duration_f64(*taken)).collect());
    let judged = if ratio >= REACH { "reached" } else { "MISSED" };
    println!("  the middle of {rounds}: {ratio:.2} of RENAME (to reach {REACH}: {judged})\n");
    let cluster = cluster(&folder.path)?;
    let nodes: Vec<&Single> = cluster.iter().collect();
    for node in &nodes {
        node.load_where(keys)?;
    }
    let first = nodes.first().ok_or("no node")?;
    let taken = work.rewrite("rewrite", first.port)?;
    println!(
        "  {:<40}{:>9.2} s {:>9.0} keys/s, {:.2} of RENAME on one server",
        "rekey redis rewrite, three masters",
        taken.as_secs_f64(),
        rate(keys, taken),
        floor.div_duration_f64(taken)
    );
    work.compare(&nodes)
}

fn read(arguments: &[&str]) -> Outcome<(u64, usize)> {
    let (mut keys, mut rounds) = (1_000_000, 3);
    for pair in arguments.chunks(2) {
        let number = |text: &str| text.parse::<u64>().map_err(|_| format!("'{text}' is not a number"));
        match pair {
            ["--rows", text] => keys = number(text)?,
            ["--rounds", text] => rounds = usize::try_from(number(text)?.max(1)).unwrap_or(usize::MAX),
            other => return Err(format!("'{}' is not understood; see cargo xtask help", other.join(" "))),
        }
    }
    Ok((keys, rounds))
}

// RENAME and the rewrite, one right after the other, each on a server of its own.
fn round(work: &Work<'_>, keys: u64, folder: &Path) -> Outcome<(Duration, Duration)> {
    let floor = floor(keys, folder)?;
    println!("  {:<40}{:>9.2} s {:>9.0} keys/s", "pipelined RENAME", floor.as_secs_f64(), rate(keys, floor));
    let single = Single::start(folder, &[])?;
    single.load(keys, set)?;
    let taken = work.rewrite("rewrite", single.port)?;
    println!(
        "  {:<40}{:>9.2} s {:>9.0} keys/s, {:.2} of RENAME",
        "rekey redis rewrite, one server",
        taken.as_secs_f64(),
        rate(keys, taken),
        floor.div_duration_f64(taken)
    );
    work.compare(&[&single])?;
    Ok((floor, taken))
}

// Of an even number the larger of the two in the middle. There is at least one.
fn middle<T: PartialOrd + Copy + Default>(mut values: Vec<T>) -> T {
    values.sort_by(|one, other| one.partial_cmp(other).unwrap_or(std::cmp::Ordering::Equal));
    values.get(values.len() / 2).copied().unwrap_or_default()
}

#[allow(clippy::cast_precision_loss, reason = "a rate for people")]
fn rate(keys: u64, taken: Duration) -> f64 {
    keys as f64 / taken.as_secs_f64()
}

fn name(id: u64) -> String {
    format!("user_sessions:{id}")
}

fn set(id: u64) -> Option<[String; 3]> {
    Some(["SET".to_owned(), name(id), id.to_string()])
}

// The same keys under names as long as those with UUIDs.
fn floor(keys: u64, folder: &Path) -> Outcome<Duration> {
    let server = Single::start(folder, &[])?;
    server.load(keys, set)?;
    let began = Instant::now();
    server.load(keys, |id| {
        Some(["RENAME".to_owned(), name(id), format!("user_sessions:00000000-0000-7000-8000-{id:012}")])
    })?;
    Ok(began.elapsed())
}

// A converted database, and what its ids became.
struct Work<'a> {
    rekey: &'a Path,
    folder: &'a Path,
    target: String,
    run: String,
    keys: u64,
}

impl<'a> Work<'a> {
    fn convert(rekey: &'a Path, folder: &'a Path, keys: u64) -> Outcome<Self> {
        println!("\nMaking and converting {keys} users ...");
        let file = folder.join("users.db");
        let sql = format!(
            "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
             WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {keys}) INSERT INTO users SELECT i, 'user ' || i FROM n"
        );
        process::read(Command::new("sqlite3").arg("-bail").arg(&file).arg(sql))?;
        let mut work = Work { rekey, folder, target: format!("sqlite:{}", file.display()), run: String::new(), keys };
        let plan = folder.join("plan.json").to_string_lossy().into_owned();
        let target = work.target.clone();
        measure::run(&mut work.command(&["plan", &target, "--all", "-o", &plan]))?;
        let ran = measure::run(&mut work.command(&[
            "run",
            &target,
            "--plan",
            &plan,
            "--yes",
            "--no-backup",
            "bench",
            "--no-rehearsal",
            "bench",
        ]))?;
        work.run = super::asked(&ran, folder, "SELECT json_extract({}, '$.run')")?;
        Ok(work)
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(self.rekey);
        let data = self.folder.join("data");
        command.args(words).args(["--json", "--progress", "none"]).env("XDG_DATA_HOME", &data).env("HOME", data);
        command
    }

    fn rewrite(&self, verb: &str, port: u16) -> Outcome<Duration> {
        let url = format!("redis://127.0.0.1:{port}");
        let words = [
            "redis",
            verb,
            &url,
            "--target",
            &self.target,
            "--run",
            &self.run,
            "--rule",
            "user_sessions:{main.users.id}",
            "--yes",
        ];
        let ran = measure::run(&mut self.command(&words))?;
        let counted = super::asked(
            &ran,
            self.folder,
            "SELECT printf('%d %d %d %d in %d passes', matched, rewritten, unmapped, conflicts, passes) FROM \
             (SELECT j->>'matched' AS matched, j->>'rewritten' AS rewritten, j->>'unmapped' AS unmapped, \
             j->>'conflicts' AS conflicts, j->>'passes' AS passes FROM (SELECT {} AS j))",
        )?;
        let memory = ran.peak_bytes.map_or(0, |bytes| bytes / 1_000_000);
        println!("  matched, rewritten, unmapped, conflicts: {counted}; {memory} MB at the most");
        Ok(ran.time)
    }

    // Every value under its new name, and nothing else there.
    fn compare(&self, servers: &[&Single]) -> Outcome {
        let map = process::read(Command::new("sqlite3").args([
            self.folder.join("users.db").to_string_lossy().as_ref(),
            "SELECT id || ' ' || substr(name, 6) FROM users",
        ]))?;
        let mut wrong = 0_u64;
        let pairs: Vec<(&str, &str)> = map.lines().filter_map(|line| line.split_once(' ')).collect();
        for server in servers {
            wrong += server.missing(&pairs, servers.len() > 1)?;
        }
        let held: u64 = servers.iter().map(|server| server.size()).sum::<Outcome<u64>>()?;
        println!("  read back: {held} keys, {wrong} of them wrong or missing");
        if held == self.keys && wrong == 0 { Ok(()) } else { Err("keys were lost or written over".to_owned()) }
    }
}

// A server of our own in a folder of its own.
struct Single {
    child: Child,
    port: u16,
    slots: Option<(u16, u16)>,
}

impl Drop for Single {
    fn drop(&mut self) {
        // It ends with the measuring; its folder goes too.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Single {
    fn start(folder: &Path, settings: &[&str]) -> Outcome<Single> {
        let port = loop {
            let port = free_port()?;
            // The nodes of a cluster talk at the port that is larger by 10,000.
            if port < 55_536 {
                break port;
            }
        };
        let folder = folder.join(format!("redis-{port}"));
        std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        let mut command = Command::new("redis-server");
        command
            .args(["--port", &port.to_string(), "--bind", "127.0.0.1", "--save", "", "--dir"])
            .arg(&folder)
            .args(settings);
        command.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null());
        let child = command.spawn().map_err(|error| format!("redis-server could not be started: {error}"))?;
        let server = Single { child, port, slots: None };
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(30) {
            if server.say(&["PING"]).is_ok() {
                return Ok(server);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Err("redis-server did not answer within 30 s".to_owned())
    }

    fn say(&self, words: &[&str]) -> Outcome<String> {
        let mut link = Link::open(self.port)?;
        link.send(&[words.iter().map(|&word| word.to_owned()).collect()])?;
        link.read()
    }

    fn size(&self) -> Outcome<u64> {
        self.say(&["DBSIZE"])?.parse().map_err(|_| "DBSIZE gave no number".to_owned())
    }

    fn load(&self, keys: u64, line: impl Fn(u64) -> Option<[String; 3]>) -> Outcome {
        let mut link = Link::open(self.port)?;
        let mut next = 1;
        while next <= keys {
            let last = (next + AT_ONCE - 1).min(keys);
            let lines: Vec<Vec<String>> = (next..=last).filter_map(&line).map(Vec::from).collect();
            link.send(&lines)?;
            for _ in &lines {
                link.read()?;
            }
            next = last + 1;
        }
        Ok(())
    }

    // The keys whose slots this node holds.
    fn load_where(&self, keys: u64) -> Outcome {
        self.load(keys, |id| self.holds(&name(id)).then(|| set(id)).flatten())
    }

    fn holds(&self, key: &str) -> bool {
        self.slots.is_none_or(|(from, to)| (from..=to).contains(&slot(key)))
    }

    fn missing(&self, pairs: &[(&str, &str)], some: bool) -> Outcome<u64> {
        let mut link = Link::open(self.port)?;
        let mut wrong = 0;
        let own: Vec<(String, &str)> = pairs
            .iter()
            .map(|(new, old)| (format!("user_sessions:{new}"), *old))
            .filter(|(key, _)| !some || self.holds(key))
            .collect();
        for part in own.chunks(usize::try_from(AT_ONCE).unwrap_or(usize::MAX)) {
            link.send(&part.iter().map(|(key, _)| vec!["GET".to_owned(), key.clone()]).collect::<Vec<_>>())?;
            for (_, old) in part {
                wrong += u64::from(link.read()? != *old);
            }
        }
        Ok(wrong)
    }
}

fn cluster(folder: &Path) -> Outcome<Vec<Single>> {
    let mut nodes = Vec::new();
    for (number, (from, to)) in THIRDS.into_iter().enumerate() {
        let mut node = Single::start(folder, &["--cluster-enabled", "yes"])?;
        node.slots = Some((from, to));
        node.say(&["CLUSTER", "ADDSLOTSRANGE", &from.to_string(), &to.to_string()])?;
        node.say(&["CLUSTER", "SET-CONFIG-EPOCH", &(number + 1).to_string()])?;
        nodes.push(node);
    }
    for node in &nodes {
        nodes[0].say(&["CLUSTER", "MEET", "127.0.0.1", &node.port.to_string()])?;
    }
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(30) {
        let told = nodes.iter().map(|node| node.say(&["CLUSTER", "INFO"])).collect::<Outcome<Vec<_>>>()?;
        if told.iter().all(|told| told.contains("cluster_state:ok") && told.contains("cluster_known_nodes:3")) {
            return Ok(nodes);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Err("the cluster was not whole within 30 s".to_owned())
}

// CRC16 (XMODEM) of a key without braces.
fn slot(key: &str) -> u16 {
    key.bytes().fold(0_u16, |sum, byte| {
        (0..8)
            .fold(sum ^ (u16::from(byte) << 8), |sum, _| if sum & 0x8000 == 0 { sum << 1 } else { (sum << 1) ^ 0x1021 })
    }) % 16_384
}

struct Link {
    stream: BufReader<TcpStream>,
}

impl Link {
    fn open(port: u16) -> Outcome<Link> {
        let stream = TcpStream::connect(("127.0.0.1", port)).map_err(|error| error.to_string())?;
        Ok(Link { stream: BufReader::new(stream) })
    }

    fn send(&mut self, lines: &[Vec<String>]) -> Outcome {
        let mut bytes = String::new();
        for words in lines {
            bytes.push_str(&format!("*{}\r\n", words.len()));
            for word in words {
                bytes.push_str(&format!("${}\r\n{word}\r\n", word.len()));
            }
        }
        self.stream.get_mut().write_all(bytes.as_bytes()).map_err(|error| error.to_string())
    }

    // A status, a number or a string; nothing is empty.
    fn read(&mut self) -> Outcome<String> {
        let mut line = String::new();
        self.stream.read_line(&mut line).map_err(|error| error.to_string())?;
        let (kind, rest) = line.trim_end().split_at_checked(1).ok_or("the server closed the connection")?;
        match kind {
            "+" | ":" => Ok(rest.to_owned()),
            "$" if rest == "-1" => Ok(String::new()),
            "$" => {
                let length: usize = rest.parse().map_err(|_| "an answer without its length")?;
                let mut bytes = vec![0; length + 2];
                self.stream.read_exact(&mut bytes).map_err(|error| error.to_string())?;
                Ok(String::from_utf8_lossy(&bytes[..length]).into_owned())
            }
            _ => Err(format!("the server refused: {rest}")),
        }
    }
}

fn free_port() -> Outcome<u16> {
    let found = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    found.map(|address| address.port()).map_err(|error| format!("no free port: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_rounds_are_read_and_nothing_else() {
        assert_eq!(read(&[]), Ok((1_000_000, 3)));
        assert_eq!(read(&["--rounds", "5", "--rows", "10"]), Ok((10, 5)));
        assert_eq!(read(&["--rounds", "0"]), Ok((1_000_000, 1)));
        assert!(read(&["--rounds"]).is_err());
        assert!(read(&["--rows", "many"]).is_err());
    }

    #[test]
    fn one_is_in_the_middle() {
        assert!((middle(vec![0.7, 0.4, 0.5]) - 0.5_f64).abs() < f64::EPSILON);
        assert_eq!(middle(vec![3, 1, 2, 4]), 3);
    }

    #[test]
    fn slots_are_those_of_the_server() {
        assert_eq!(slot("somekey"), 11_058);
        assert_eq!(slot("123456789"), 12_739);
    }
}
