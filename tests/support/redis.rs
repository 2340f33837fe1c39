//! Redis servers of our own: child processes on free ports in temporary folders, alone or as a
//! cluster of three masters, and a client that shares no code with the engine.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use super::process::{Reaped, bound_to_us, find_program, free_port, spawn_server, until};

const LIMIT: Duration = Duration::from_secs(30);

/// What a server says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reply {
    /// Nothing.
    Nil,
    /// A number.
    Int(i64),
    /// Bytes.
    Bytes(Vec<u8>),
    /// Several of these.
    List(Vec<Reply>),
    /// It refused.
    Error(String),
}

impl Reply {
    /// The bytes as text.
    pub fn text(&self) -> String {
        match self {
            Reply::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            Reply::Int(number) => number.to_string(),
            Reply::Nil | Reply::List(_) | Reply::Error(_) => panic!("{self:?} is no text"),
        }
    }
}

/// One connection.
#[derive(Debug)]
pub struct Client {
    stream: BufReader<TcpStream>,
}

impl Client {
    /// Connects to a port of this machine.
    pub fn open(port: u16) -> Option<Client> {
        let stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
        stream.set_read_timeout(Some(LIMIT)).ok()?;
        stream.set_nodelay(true).ok()?;
        Some(Client { stream: BufReader::new(stream) })
    }

    /// Sends one command.
    pub fn say(&mut self, words: &[&[u8]]) -> Reply {
        self.say_all(&[words.iter().map(|word| word.to_vec()).collect()]).pop().unwrap()
    }

    /// Sends commands as one pipeline.
    pub fn say_all(&mut self, commands: &[Vec<Vec<u8>>]) -> Vec<Reply> {
        let mut bytes = Vec::new();
        for words in commands {
            bytes.extend(format!("*{}\r\n", words.len()).into_bytes());
            for word in words {
                bytes.extend(format!("${}\r\n", word.len()).into_bytes());
                bytes.extend(word);
                bytes.extend(b"\r\n");
            }
        }
        self.stream.get_mut().write_all(&bytes).unwrap();
        commands.iter().map(|_| self.read()).collect()
    }

    fn read(&mut self) -> Reply {
        let mut line = String::new();
        self.stream.read_line(&mut line).unwrap();
        let (kind, rest) = line.trim_end().split_at(1);
        match kind {
            "+" => Reply::Bytes(rest.as_bytes().to_vec()),
            "-" => Reply::Error(rest.to_owned()),
            ":" => Reply::Int(rest.parse().unwrap()),
            "$" if rest == "-1" => Reply::Nil,
            "$" => {
                let mut bytes = vec![0; rest.parse::<usize>().unwrap() + 2];
                self.stream.read_exact(&mut bytes).unwrap();
                bytes.truncate(bytes.len() - 2);
                Reply::Bytes(bytes)
            }
            "*" if rest == "-1" => Reply::Nil,
            "*" => Reply::List((0..rest.parse::<usize>().unwrap()).map(|_| self.read()).collect()),
            other => panic!("an answer begins with {other:?}"),
        }
    }
}

/// What a key holds and when it goes, in milliseconds since 1970; none where it stays.
pub type Held = (Vec<Reply>, Option<i64>);

/// One running server.
#[derive(Debug)]
pub struct Redis {
    process: Reaped,
    folder: tempfile::TempDir,
    port: u16,
    arguments: Vec<String>,
}

impl Redis {
    /// Starts a server with these settings on top of the usual ones.
    pub fn start(settings: &[&str]) -> Redis {
        let usual = ["--save", "", "--appendonly", "yes", "--appendfsync", "always"];
        Redis::begun(&usual.iter().chain(settings).map(|&word| word.to_owned()).collect::<Vec<_>>())
    }

    fn begun(arguments: &[String]) -> Redis {
        // Between finding a free port and taking it somebody else may have taken it.
        for _ in 0..100 {
            let port = free_port();
            // A cluster's nodes talk to each other at the port that is larger by 10,000.
            if port >= 55_536 {
                continue;
            }
            let folder = tempfile::Builder::new().prefix("rk-redis-").tempdir().unwrap();
            let process = launch(folder.path(), port, arguments);
            let mut redis = Redis { process, folder, port, arguments: arguments.to_vec() };
            if redis.is_ready() {
                return redis;
            }
        }
        panic!("the server started on none of a hundred ports")
    }

    /// Starts a Sentinel with this file, which it writes to.
    pub fn sentinel(file: &Path) -> Redis {
        let file = file.to_str().unwrap();
        Redis::begun(&[file.to_owned(), "--sentinel".to_owned()])
    }

    fn is_ready(&mut self) -> bool {
        until("the server's first answer", LIMIT, || {
            if self.process.0.try_wait().unwrap().is_some() {
                return Some(false);
            }
            let answer = Client::open(self.port)?.say(&[b"PING"]);
            let loading = matches!(&answer, Reply::Error(said) if said.starts_with("LOADING"));
            (!loading).then_some(true)
        })
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/0", self.port)
    }

    /// A connection.
    pub fn client(&self) -> Client {
        Client::open(self.port).expect("a connection")
    }

    /// Sends one command, its words separated by blanks, and expects no refusal.
    pub fn done(&self, line: &str) -> Reply {
        let words: Vec<&[u8]> = line.split(' ').map(str::as_bytes).collect();
        let reply = self.client().say(&words);
        assert!(!matches!(reply, Reply::Error(_)), "{line}: {reply:?}");
        reply
    }

    /// Kills it, as a power cut would.
    pub fn kill(&mut self) {
        self.process.kill();
    }

    /// Starts it again where it was.
    pub fn start_again(&mut self) {
        self.process = launch(self.folder.path(), self.port, &self.arguments);
        assert!(self.is_ready(), "the server does not start again");
    }

    /// Every key with what it holds.
    pub fn content(&self) -> BTreeMap<Vec<u8>, Held> {
        content(&mut self.client())
    }
}

/// The server's program: `REKEY_REDIS` names another than the installed one.
pub fn program() -> Option<PathBuf> {
    std::env::var_os("REKEY_REDIS").map(PathBuf::from).or_else(|| find_program("redis-server"))
}

fn launch(folder: &Path, port: u16, arguments: &[String]) -> Reaped {
    let log = std::fs::OpenOptions::new().create(true).append(true).open(folder.join("log")).unwrap();
    let program = program().expect("the requirement was checked");
    let mut command = bound_to_us(&program, None);
    // The file of a Sentinel's settings stands first.
    let (file, rest) = arguments.split_at(arguments.iter().take_while(|word| !word.starts_with("--")).count());
    command.args(file).args(["--port", &port.to_string(), "--bind", "127.0.0.1", "--dir"]).arg(folder).args(rest);
    command.current_dir(folder).stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
    spawn_server(command)
}

/// Every key of a node with what it holds.
pub fn content(client: &mut Client) -> BTreeMap<Vec<u8>, Held> {
    let Reply::List(keys) = client.say(&[b"KEYS", b"*"]) else { panic!("KEYS gives a list") };
    let mut all = BTreeMap::new();
    for key in keys {
        let Reply::Bytes(key) = key else { panic!("a key is bytes") };
        let kind = client.say(&[b"TYPE", &key]).text();
        let held = match kind.as_str() {
            "string" => vec![client.say(&[b"GET", &key])],
            "list" => list(client.say(&[b"LRANGE", &key, b"0", b"-1"])),
            "set" => sorted(list(client.say(&[b"SMEMBERS", &key])), 1),
            "zset" => list(client.say(&[b"ZRANGE", &key, b"0", b"-1", b"WITHSCORES"])),
            "hash" => sorted(list(client.say(&[b"HGETALL", &key])), 2),
            "stream" => list(client.say(&[b"XRANGE", &key, b"-", b"+"])),
            other => panic!("a key of type {other}"),
        };
        let Reply::Int(until) = client.say(&[b"PEXPIRETIME", &key]) else { panic!("PEXPIRETIME gives a number") };
        all.insert(key, (held, (until >= 0).then_some(until)));
    }
    all
}

fn list(reply: Reply) -> Vec<Reply> {
    if let Reply::List(list) = reply { list } else { panic!("{reply:?} is no list") }
}

fn sorted(parts: Vec<Reply>, width: usize) -> Vec<Reply> {
    let mut groups: Vec<Vec<Reply>> = parts.chunks(width).map(<[Reply]>::to_vec).collect();
    groups.sort();
    groups.concat()
}

/// A cluster of three masters, each with a third of the slots.
#[derive(Debug)]
pub struct Cluster {
    /// The nodes in the order of their slots.
    pub nodes: Vec<Redis>,
}

const PARTS: [(u16, u16); 3] = [(0, 5460), (5461, 10_922), (10_923, 16_383)];

impl Cluster {
    /// Starts it and waits until every node says that it is whole.
    pub fn start() -> Cluster {
        let settings =
            ["--cluster-enabled", "yes", "--cluster-node-timeout", "1000", "--cluster-require-full-coverage", "yes"];
        let nodes: Vec<Redis> = PARTS.iter().map(|_| Redis::start(&settings)).collect();
        for (node, (from, to)) in nodes.iter().zip(PARTS) {
            node.done(&format!("CLUSTER ADDSLOTSRANGE {from} {to}"));
        }
        for (at, node) in nodes.iter().enumerate() {
            node.done(&format!("CLUSTER SET-CONFIG-EPOCH {}", at + 1));
            nodes[0].done(&format!("CLUSTER MEET 127.0.0.1 {}", node.port()));
        }
        let cluster = Cluster { nodes };
        cluster.wait_until_whole();
        cluster
    }

    /// Waits until every node knows all three and their slots.
    pub fn wait_until_whole(&self) {
        until("the cluster to be whole", LIMIT, || {
            let whole = self.nodes.iter().all(|node| {
                let told = node.done("CLUSTER INFO").text();
                ["cluster_state:ok", "cluster_slots_ok:16384", "cluster_known_nodes:3", "cluster_size:3"]
                    .iter()
                    .all(|fact| told.contains(fact))
            });
            whole.then_some(())
        });
    }

    /// The address of its first node.
    pub fn url(&self) -> String {
        self.nodes[0].url()
    }

    /// The slot of a key, as the server says.
    pub fn slot(&self, key: &str) -> u16 {
        let Reply::Int(slot) = self.nodes[0].client().say(&[b"CLUSTER", b"KEYSLOT", key.as_bytes()]) else {
            panic!("CLUSTER KEYSLOT gives a number")
        };
        u16::try_from(slot).unwrap()
    }

    /// The node that holds a key, by where slots were at the start.
    pub fn node_of(&self, key: &str) -> &Redis {
        let slot = self.slot(key);
        let at = PARTS.iter().position(|(from, to)| (*from..=*to).contains(&slot)).unwrap();
        &self.nodes[at]
    }

    /// Sends a command about a key to the node that holds it.
    pub fn done(&self, key: &str, line: &str) -> Reply {
        self.node_of(key).done(line)
    }

    /// Every key of every node with what it holds; no key is on two of them.
    pub fn content(&self) -> BTreeMap<Vec<u8>, Held> {
        let mut all = BTreeMap::new();
        for node in &self.nodes {
            for (key, held) in node.content() {
                assert!(all.insert(key.clone(), held).is_none(), "{} is on two nodes", String::from_utf8_lossy(&key));
            }
        }
        all
    }

    /// The id of a node.
    pub fn id(&self, at: usize) -> String {
        self.nodes[at].done("CLUSTER MYID").text()
    }
}
