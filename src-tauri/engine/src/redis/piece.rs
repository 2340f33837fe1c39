//! A piece of what a key holds: how it is read, and how single elements of it are changed.

use redis::{Cmd, Pipeline, Value, cmd};

use super::rule::Kind;
use super::server::told;
use super::walk::{bytes, page};
use super::{Request, Server, Trouble};

/// How many elements are read at once.
const COUNT: usize = 500;

/// Where in a key the work stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Members of a set, from a cursor on.
    Set(Vec<u8>),
    /// Members of a sorted set, from a cursor on.
    SortedSet(Vec<u8>),
    /// Names of a hash's fields, from a cursor on.
    Fields(Vec<u8>),
    /// Values of a hash's fields, from a cursor on.
    Values(Vec<u8>),
    /// Items of a list, from an index on.
    List(usize),
    /// A string.
    Whole,
    /// A string that is JSON.
    Document,
}

/// One element as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// The member, name, value, item or string.
    pub text: Vec<u8>,
    /// What belongs to it: a member's score, a field's value or its name, an item's index.
    pub beside: Vec<u8>,
}

/// An element with what it becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The element.
    pub element: Element,
    /// What it becomes.
    pub after: Vec<u8>,
    /// What of it is told, before and after: for a document the values in it.
    pub told: Vec<(Vec<u8>, Vec<u8>)>,
    /// When a hash's field goes by itself, in milliseconds since 1970.
    pub until: Option<i64>,
}

impl Piece {
    /// Where the work on a key of that type begins; nothing where the rule is for other types.
    pub fn first(rule: Kind, kind: &[u8]) -> Option<Piece> {
        let start = b"0".to_vec();
        match (rule, kind) {
            (Kind::Members, b"set") => Some(Piece::Set(start)),
            (Kind::Members, b"zset") => Some(Piece::SortedSet(start)),
            (Kind::Fields, b"hash") => Some(Piece::Fields(start)),
            (Kind::Values, b"hash") => Some(Piece::Values(start)),
            (Kind::Values, b"string") => Some(Piece::Whole),
            (Kind::Items, b"list") => Some(Piece::List(0)),
            (Kind::Json, b"string") => Some(Piece::Document),
            _ => None,
        }
    }

    /// The command that reads it.
    pub fn read(&self, key: &[u8]) -> Cmd {
        let scan = |verb: &str, cursor: &[u8]| {
            let mut command = cmd(verb);
            command.arg(key).arg(cursor).arg("COUNT").arg(COUNT);
            command
        };
        match self {
            Piece::Set(cursor) => scan("SSCAN", cursor),
            Piece::SortedSet(cursor) => scan("ZSCAN", cursor),
            Piece::Fields(cursor) | Piece::Values(cursor) => scan("HSCAN", cursor),
            Piece::List(from) => {
                let mut command = cmd("LRANGE");
                command.arg(key).arg(*from).arg(from + COUNT - 1);
                command
            }
            Piece::Whole | Piece::Document => {
                let mut command = cmd("GET");
                command.arg(key);
                command
            }
        }
    }

    /// The elements of what was read, and the piece behind it. Nothing where the key is gone or
    /// of another type by now.
    pub fn elements(&self, value: Value) -> Option<(Vec<Element>, Option<Piece>)> {
        let element = |text, beside| Element { text, beside };
        match self {
            Piece::Set(_) | Piece::SortedSet(_) | Piece::Fields(_) | Piece::Values(_) => {
                let (cursor, texts) = page(value).ok()?;
                let elements = match self {
                    Piece::Set(_) => texts.into_iter().map(|text| element(text, Vec::new())).collect(),
                    Piece::Values(_) => pairs(texts).map(|(name, text)| element(text, name)).collect(),
                    Piece::SortedSet(_) | Piece::Fields(_) | Piece::List(_) | Piece::Whole | Piece::Document => {
                        pairs(texts).map(|(text, beside)| element(text, beside)).collect()
                    }
                };
                let next = (cursor != b"0").then(|| self.at(cursor));
                Some((elements, next))
            }
            Piece::List(from) => {
                let Value::Array(items) = value else { return None };
                let next = (items.len() == COUNT).then(|| Piece::List(from + COUNT));
                let items = items.into_iter().filter_map(bytes).enumerate();
                Some((items.map(|(at, text)| element(text, (from + at).to_string().into_bytes())).collect(), next))
            }
            Piece::Whole | Piece::Document => Some((vec![element(bytes(value)?, Vec::new())], None)),
        }
    }

    fn at(&self, cursor: Vec<u8>) -> Piece {
        match self {
            Piece::SortedSet(_) => Piece::SortedSet(cursor),
            Piece::Fields(_) => Piece::Fields(cursor),
            Piece::Values(_) => Piece::Values(cursor),
            Piece::Set(_) | Piece::List(_) | Piece::Whole | Piece::Document => Piece::Set(cursor),
        }
    }

    /// Which changes would lead to an element that is there already.
    ///
    /// # Errors
    /// As [`Server::send`].
    pub async fn taken(&self, server: &mut Server, key: &[u8], changes: &[Change]) -> Result<Vec<bool>, Trouble> {
        let verb = match self {
            Piece::Set(_) => "SISMEMBER",
            Piece::SortedSet(_) => "ZSCORE",
            Piece::Fields(_) => "HEXISTS",
            Piece::Values(_) | Piece::List(_) | Piece::Whole | Piece::Document => {
                return Ok(vec![false; changes.len()]);
            }
        };
        let question = |change: &Change| {
            let mut command = cmd(verb);
            command.arg(key).arg(&change.after);
            Request::new(key, command)
        };
        let answers = server.send(changes.iter().map(question).collect()).await?;
        Ok(answers.into_iter().map(|answer| !matches!(answer.said, Ok(Value::Int(0) | Value::Nil))).collect())
    }

    /// Finds out when the fields of these changes go by themselves (HEXPIRE, since Redis 7.4): what
    /// is written to a field takes that from it.
    ///
    /// # Errors
    /// As [`Server::send`].
    pub async fn note_times(&self, server: &mut Server, key: &[u8], changes: &mut [Change]) -> Result<(), Trouble> {
        let name: fn(&Change) -> &[u8] = match self {
            Piece::Fields(_) => |change| &change.element.text,
            Piece::Values(_) => |change| &change.element.beside,
            Piece::Set(_) | Piece::SortedSet(_) | Piece::List(_) | Piece::Whole | Piece::Document => return Ok(()),
        };
        let names: Vec<&[u8]> = changes.iter().map(name).collect();
        let times = field_times(server, key, &names).await?;
        for (change, time) in changes.iter_mut().zip(times) {
            change.until = time;
        }
        Ok(())
    }

    /// Adds the commands of a change. What takes the place comes first, so that the key, its
    /// type and its time to live stay.
    pub fn write(&self, key: &[u8], change: &Change, pipeline: &mut Pipeline) {
        let Change { element: Element { text, beside }, after, until, .. } = change;
        let goes = |pipeline: &mut Pipeline, field: &[u8]| {
            if let Some(until) = until {
                pipeline.cmd("HPEXPIREAT").arg(key).arg(*until).arg("FIELDS").arg(1).arg(field);
            }
        };
        match self {
            Piece::Set(_) => {
                pipeline.cmd("SADD").arg(key).arg(after);
                pipeline.cmd("SREM").arg(key).arg(text);
            }
            Piece::SortedSet(_) => {
                pipeline.cmd("ZADD").arg(key).arg("NX").arg(beside).arg(after);
                pipeline.cmd("ZREM").arg(key).arg(text);
            }
            Piece::Fields(_) => {
                pipeline.cmd("HSET").arg(key).arg(after).arg(beside);
                goes(pipeline, after);
                pipeline.cmd("HDEL").arg(key).arg(text);
            }
            Piece::Values(_) => {
                pipeline.cmd("HSET").arg(key).arg(beside).arg(after);
                goes(pipeline, beside);
            }
            Piece::List(_) => {
                pipeline.cmd("LSET").arg(key).arg(beside).arg(after);
            }
            Piece::Whole | Piece::Document => {
                pipeline.cmd("SET").arg(key).arg(after).arg("KEEPTTL");
            }
        }
    }
}

/// When fields of a hash go, in milliseconds since 1970; none of them on a server that lets no
/// field go by itself.
pub(super) async fn field_times(server: &mut Server, key: &[u8], names: &[&[u8]]) -> Result<Vec<Option<i64>>, Trouble> {
    let mut times = Vec::with_capacity(names.len());
    for some in names.chunks(COUNT) {
        let mut question = cmd("HPEXPIRETIME");
        question.arg(key).arg("FIELDS").arg(some.len()).arg(some);
        match server.send(vec![Request::new(key, question)]).await?.pop().map(|answer| answer.said) {
            Some(Ok(Value::Array(found))) if found.len() == some.len() => {
                times.extend(
                    found.iter().map(|time| if let Value::Int(time @ 0..) = time { Some(*time) } else { None }),
                );
            }
            Some(Err(error)) if error.details().is_some_and(|details| details.contains("unknown command")) => {
                return Ok(vec![None; names.len()]);
            }
            Some(Err(error)) => return Err(Trouble::Unexpected { detail: told(&error) }),
            Some(Ok(other)) => return Err(Trouble::unexpected("HPEXPIRETIME", &other)),
            None => return Err(Trouble::unexpected("HPEXPIRETIME", &Value::Nil)),
        }
    }
    Ok(times)
}

fn pairs(texts: Vec<Vec<u8>>) -> impl Iterator<Item = (Vec<u8>, Vec<u8>)> {
    let mut texts = texts.into_iter();
    std::iter::from_fn(move || Some((texts.next()?, texts.next()?)))
}
