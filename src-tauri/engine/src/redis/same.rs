//! Whether two keys hold the same, and until when.

use redis::{Value, cmd};

use super::piece::field_times;
use super::rename::about;
use super::server::told;
use super::walk::bytes;
use super::{Request, Server, Trouble};

/// Two times of going are the same within this: a server that knows no absolute times rounds.
const MILLISECONDS: i64 = 1_000;

/// A key as the server dumps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// What RESTORE takes.
    pub dump: Vec<u8>,
    /// When it goes; none where it stays.
    until: Option<Until>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Until {
    // Milliseconds since 1970.
    Moment(i64),
    // Milliseconds from now, on servers before Redis 7.0.
    FromNow(i64),
}

impl Copy {
    /// Dumps keys; nothing where a key is gone, a reason where the server cannot dump it.
    pub async fn read<'k>(
        server: &mut Server,
        keys: impl Iterator<Item = &'k [u8]>,
    ) -> Result<Vec<Result<Option<Copy>, String>>, Trouble> {
        let keys: Vec<&[u8]> = keys.collect();
        let dumps = server.send(keys.iter().map(|key| about("DUMP", key)).collect()).await?;
        let times = until(server, &keys).await?;
        let copies = dumps.into_iter().zip(times).map(|(dump, until)| match dump.said {
            Ok(Value::BulkString(dump)) => Ok(until.map(|until| Copy { dump, until })),
            Ok(_) => Ok(None),
            Err(error) => Err(told(&error)),
        });
        Ok(copies.collect())
    }

    /// The command that makes it under another name, if that is free.
    pub fn restore(&self, name: &[u8]) -> Request {
        let mut command = cmd("RESTORE");
        command.arg(name);
        match self.until {
            None => command.arg(0).arg(&self.dump),
            Some(Until::Moment(moment)) => command.arg(moment).arg(&self.dump).arg("ABSTTL"),
            Some(Until::FromNow(left)) => command.arg(left.max(1)).arg(&self.dump),
        };
        Request::new(name, command)
    }
}

// Outer nothing: the key is gone.
async fn until(server: &mut Server, keys: &[&[u8]]) -> Result<Vec<Option<Option<Until>>>, Trouble> {
    let absolute = server.send(keys.iter().map(|key| about("PEXPIRETIME", key)).collect()).await?;
    let unknown = absolute.iter().any(|answer| answer.said.is_err());
    let (answers, kind): (_, fn(i64) -> Until) = if unknown {
        (server.send(keys.iter().map(|key| about("PTTL", key)).collect()).await?, Until::FromNow)
    } else {
        (absolute, Until::Moment)
    };
    answers
        .into_iter()
        .map(|answer| match answer.said {
            Ok(Value::Int(-2)) => Ok(None),
            Ok(Value::Int(-1)) => Ok(Some(None)),
            Ok(Value::Int(time)) => Ok(Some(Some(kind(time)))),
            Ok(other) => Err(Trouble::unexpected("PEXPIRETIME", &other)),
            Err(error) => Err(Trouble::Unexpected { detail: told(&error) }),
        })
        .collect()
}

/// Whether two keys are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// They hold the same and go at the same time.
    Same,
    /// They do not.
    Other,
    /// Their dumps differ, and so may those of the same content: the type is one of a module.
    Unknown,
}

/// Compares what two keys hold, and when they go.
pub async fn compare(server: &mut Server, one: (&[u8], &Copy), other: (&[u8], &Copy)) -> Result<Likeness, Trouble> {
    let close = |one: i64, other: i64| (one - other).abs() <= MILLISECONDS;
    let together = match (one.1.until, other.1.until) {
        (None, None) => true,
        (Some(Until::Moment(one)), Some(Until::Moment(other))) => one == other,
        (Some(Until::FromNow(one)), Some(Until::FromNow(other))) => close(one, other),
        _ => false,
    };
    if !together {
        return Ok(Likeness::Other);
    }
    if one.1.dump == other.1.dump {
        return Ok(Likeness::Same);
    }
    // Large sets and hashes lie in another order on another node, and so do their dumps; nodes of
    // another version write others.
    Ok(match (content(server, one.0).await?, content(server, other.0).await?) {
        (Some(one), Some(other)) if one == other => Likeness::Same,
        (Some(_), Some(_)) => Likeness::Other,
        (None, _) | (_, None) => Likeness::Unknown,
    })
}

// What has no order of its own is sorted. Nothing where the type is one of a module.
async fn content(server: &mut Server, key: &[u8]) -> Result<Option<Value>, Trouble> {
    let mut command = redis::Cmd::new();
    let kind = bytes(server.one(key, about_command("TYPE", key)).await?).unwrap_or_default();
    match kind.as_slice() {
        b"set" => command.arg("SMEMBERS").arg(key),
        b"hash" => command.arg("HGETALL").arg(key),
        b"zset" => command.arg("ZRANGE").arg(key).arg(0).arg(-1).arg("WITHSCORES"),
        b"list" => command.arg("LRANGE").arg(key).arg(0).arg(-1),
        b"string" => command.arg("GET").arg(key),
        // With its groups, their consumers and what these have not acknowledged yet.
        b"stream" => command.arg("XINFO").arg("STREAM").arg(key).arg("FULL").arg("COUNT").arg(0),
        _ => return Ok(None),
    };
    let mut value = server.one(key, command).await?;
    match (kind.as_slice(), &mut value) {
        (b"set", Value::Array(members)) => {
            let mut sorted: Vec<Vec<u8>> = members.drain(..).filter_map(bytes).collect();
            sorted.sort();
            members.extend(sorted.into_iter().map(Value::BulkString));
        }
        (b"hash", Value::Array(parts)) => *parts = fields(server, key, std::mem::take(parts)).await?,
        _ => {}
    }
    Ok(Some(Value::Array(vec![Value::BulkString(kind), value])))
}

// Name, value and moment of going of each field, by name.
async fn fields(server: &mut Server, key: &[u8], parts: Vec<Value>) -> Result<Vec<Value>, Trouble> {
    let texts: Vec<Vec<u8>> = parts.into_iter().filter_map(bytes).collect();
    let mut pairs: Vec<&[Vec<u8>]> = texts.chunks(2).collect();
    pairs.sort();
    let names: Vec<&[u8]> = pairs.iter().filter_map(|pair| pair.first()).map(Vec::as_slice).collect();
    let times = field_times(server, key, &names).await?;
    let times = times.into_iter().map(|time| Value::Int(time.unwrap_or(-1)));
    Ok(pairs.concat().into_iter().map(Value::BulkString).chain(times).collect())
}

fn about_command(verb: &str, key: &[u8]) -> redis::Cmd {
    let mut command = cmd(verb);
    command.arg(key);
    command
}
