//! Whether two keys hold the same, and until when.

use redis::{Value, cmd};

use super::rename::about;
use super::server::told;
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

/// True where both hold the same and go at the same time.
pub async fn same(server: &mut Server, one: (&[u8], &Copy), other: (&[u8], &Copy)) -> Result<bool, Trouble> {
    let close = |one: i64, other: i64| (one - other).abs() <= MILLISECONDS;
    let together = match (one.1.until, other.1.until) {
        (None, None) => true,
        (Some(Until::Moment(one)), Some(Until::Moment(other))) => one == other,
        (Some(Until::FromNow(one)), Some(Until::FromNow(other))) => close(one, other),
        _ => false,
    };
    if !together {
        return Ok(false);
    }
    if one.1.dump == other.1.dump {
        return Ok(true);
    }
    // Large sets and hashes lie in another order on another node, and so do their dumps.
    let contents = (content(server, one.0).await?, content(server, other.0).await?);
    Ok(matches!(contents, (Some(one), Some(other)) if one == other))
}

// What has no order of its own is sorted. Nothing where the type is one of a module.
async fn content(server: &mut Server, key: &[u8]) -> Result<Option<Value>, Trouble> {
    let mut command = redis::Cmd::new();
    let kind = super::walk::bytes(server.one(key, about_command("TYPE", key)).await?).unwrap_or_default();
    match kind.as_slice() {
        b"set" => command.arg("SMEMBERS").arg(key),
        b"hash" => command.arg("HGETALL").arg(key),
        b"zset" => command.arg("ZRANGE").arg(key).arg(0).arg(-1).arg("WITHSCORES"),
        b"list" => command.arg("LRANGE").arg(key).arg(0).arg(-1),
        b"string" => command.arg("GET").arg(key),
        _ => return Ok(None),
    };
    let mut value = server.one(key, command).await?;
    if let Value::Array(values) = &mut value {
        let texts: Vec<Vec<u8>> = values.drain(..).filter_map(super::walk::bytes).collect();
        let mut parts: Vec<Vec<Vec<u8>>> = match kind.as_slice() {
            b"hash" => texts.chunks(2).map(<[Vec<u8>]>::to_vec).collect(),
            _ => texts.into_iter().map(|text| vec![text]).collect(),
        };
        if matches!(kind.as_slice(), b"set" | b"hash") {
            parts.sort();
        }
        values.extend(parts.into_iter().flatten().map(Value::BulkString));
    }
    Ok(Some(Value::Array(vec![Value::BulkString(kind), value])))
}

fn about_command(verb: &str, key: &[u8]) -> redis::Cmd {
    let mut command = cmd(verb);
    command.arg(key);
    command
}
