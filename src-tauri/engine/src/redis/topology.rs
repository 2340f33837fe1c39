//! Which node holds which slots.

use redis::aio::MultiplexedConnection;
use redis::{Value, cmd};

use super::walk::bytes;
use super::{Profile, Trouble, Way, slot};

/// A node.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The address that was given.
    Itself,
    /// Host and port as the cluster tells them.
    Node(String, u16),
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Place::Itself => f.write_str("the server"),
            Place::Node(host, port) => write!(f, "{host}:{port}"),
        }
    }
}

/// Who holds what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Topology {
    /// One server holds everything.
    Single,
    /// Masters with the slots that they hold, from and to.
    Cluster {
        /// In the order of the slots.
        ranges: Vec<(u16, u16, Place)>,
    },
}

impl Topology {
    /// Every master once.
    pub fn masters(&self) -> Vec<Place> {
        match self {
            Topology::Single => vec![Place::Itself],
            Topology::Cluster { ranges } => {
                let mut places: Vec<Place> = ranges.iter().map(|(_, _, place)| place.clone()).collect();
                places.sort();
                places.dedup();
                places
            }
        }
    }

    /// The node to ask for a slot. Where nobody holds it, any node, which then says so.
    pub fn holder(&self, slot: u16) -> Place {
        match self {
            Topology::Single => Place::Itself,
            Topology::Cluster { ranges } => ranges
                .iter()
                .find(|(from, to, _)| (*from..=*to).contains(&slot))
                .or(ranges.first())
                .map_or(Place::Itself, |(_, _, place)| place.clone()),
        }
    }
}

/// Asks a node.
pub async fn read(link: &mut MultiplexedConnection, profile: &Profile) -> Result<Topology, Trouble> {
    let mut question = cmd("CLUSTER");
    question.arg("SLOTS");
    let lost = |error: redis::RedisError| Trouble::connecting(&profile.address.place(), &error);
    match link.send_packed_command(&question).await.and_then(Value::extract_error) {
        Ok(Value::Array(rows)) => cluster(&rows, profile),
        Ok(other) => Err(Trouble::unexpected("CLUSTER SLOTS", &other)),
        // "ERR This instance has cluster support disabled", and servers that know no such command.
        Err(error) if error.code() == Some("ERR") => single(link, profile).await,
        Err(error) if error.code() == Some("NOPERM") => without_the_right(link).await.map_err(lost),
        Err(error) => Err(lost(error)),
    }
}

// Sentinel, which only knows where servers are, takes none of their commands.
async fn single(link: &mut MultiplexedConnection, profile: &Profile) -> Result<Topology, Trouble> {
    let told: Result<String, _> = cmd("INFO").arg("server").query_async(link).await;
    if !told.is_ok_and(|told| told.contains("redis_mode:sentinel")) {
        return Ok(Topology::Single);
    }
    Err(Trouble::Refused {
        what: format!("{} is a Sentinel and holds no keys", profile.address.place()),
        why: "A Sentinel watches other servers; Rekey does not ask it which of them is the master.".to_owned(),
        remedy: "Ask it with SENTINEL MASTERS, and give the address of the master.".to_owned(),
    })
}

// Whoever may not ask for the slots may perhaps ask whether there are any.
async fn without_the_right(link: &mut MultiplexedConnection) -> Result<Topology, redis::RedisError> {
    let told: String = cmd("INFO").arg("cluster").query_async(link).await?;
    if told.contains("cluster_enabled:1") {
        return Err(redis::RedisError::from((
            redis::ErrorKind::Server(redis::ServerErrorKind::NoPerm),
            "the user may not ask a cluster for its nodes",
            "this user has no permissions to run the 'cluster|slots' command".to_owned(),
        )));
    }
    Ok(Topology::Single)
}

fn cluster(rows: &[Value], profile: &Profile) -> Result<Topology, Trouble> {
    if profile.address.database != 0 {
        return Err(Trouble::Address { reason: "a cluster has the database 0 alone".to_owned() });
    }
    let mut ranges = Vec::new();
    for row in rows {
        let Value::Array(parts) = row else { return Err(Trouble::unexpected("a row of CLUSTER SLOTS", row)) };
        let [from, to, Value::Array(node), ..] = parts.as_slice() else {
            return Err(Trouble::unexpected("a row of CLUSTER SLOTS", row));
        };
        let place = place(node, profile).ok_or_else(|| Trouble::unexpected("a node of CLUSTER SLOTS", row))?;
        match (number(from), number(to)) {
            (Some(from), Some(to)) if to < slot::SLOTS => ranges.push((from, to, place)),
            _ => return Err(Trouble::unexpected("the slots of CLUSTER SLOTS", row)),
        }
    }
    if ranges.is_empty() {
        return Err(Trouble::Unavailable { seconds: 0, detail: "no node of the cluster holds any slot".to_owned() });
    }
    ranges.sort();
    Ok(Topology::Cluster { ranges })
}

fn number(value: &Value) -> Option<u16> {
    if let Value::Int(number) = value { u16::try_from(*number).ok() } else { None }
}

// A node that does not know its own address leaves it out: it is where we asked.
fn place(node: &[Value], profile: &Profile) -> Option<Place> {
    let port = number(node.get(1)?)?;
    let told = bytes(node.first()?.clone()).unwrap_or_default();
    let told = String::from_utf8(told).ok()?;
    let host = match (&profile.address.way, told.as_str()) {
        (Way::Network { host, .. }, "" | "?") => host.clone(),
        (Way::Socket { .. }, "" | "?") => "127.0.0.1".to_owned(),
        _ => told,
    };
    Some(Place::Node(host, port))
}

/// The node that an ASK names: `3999 127.0.0.1:6381`.
pub fn redirected(details: &str) -> Option<Place> {
    let (host, port) = details.split_whitespace().nth(1)?.rsplit_once(':')?;
    Some(Place::Node(host.to_owned(), port.parse().ok()?))
}
