//! Rewriting ids inside keys: members, fields, values, items and places in JSON.
//!
//! Each piece of a key is read under WATCH and written in one transaction, so that nothing is
//! written over what somebody wrote meanwhile, and a stop in between leaves the piece as it was.

use redis::{Pipeline, Value, cmd};

use super::domain::{Direction, Shape};
use super::json;
use super::lookup::{Fate, Found, Lookup, Wanted};
use super::piece::{Change, Element, Piece};
use super::rule::{Inside, Kind, Rule};
use super::server::{Whole, told};
use super::tally::{Tally, shown};
use super::template::{Place, Taking, replaced};
use super::walk::bytes;
use super::{Server, Trouble};

/// How often a piece that others write to is tried.
const TRIES: u32 = 20;
/// Longest string that is read whole.
const LONGEST: i64 = 64 * 1024 * 1024;

/// What rewriting needs to know.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Which way.
    pub direction: Direction,
    /// What the ids look like that are translated, by domain.
    pub shapes: &'a [Shape],
    /// True where nothing is to be written.
    pub dry: bool,
}

/// Rewrites what one rule says inside one key.
///
/// # Errors
/// As [`Server::send`]; errors of the map.
pub async fn rewrite(
    server: &mut Server,
    lookup: &mut Lookup<'_>,
    context: Context<'_>,
    (number, rule): (usize, &Rule),
    key: &[u8],
    tally: &mut Tally,
) -> Result<(), Trouble> {
    let Some(inside) = &rule.inside else { return Ok(()) };
    let Some(first) = begin(server, (number, rule.written.kind), key, tally).await? else { return Ok(()) };
    let (mut piece, mut tries) = (Some(first), 0);
    while let Some(at) = &piece {
        match once(server, lookup, context, inside, key, at).await? {
            Attempt::Done(done) => {
                done.count(number, key, tally);
                piece = done.next;
                tries = 0;
            }
            Attempt::Refused(reason) => {
                tally.skipped(number, key, &reason);
                return Ok(());
            }
            Attempt::Written if tries == TRIES => {
                tally.skipped(number, key, "somebody keeps writing to it");
                return Ok(());
            }
            Attempt::Written => tries += 1,
            Attempt::Again => {}
        }
    }
    Ok(())
}

async fn begin(
    server: &mut Server,
    (number, rule): (usize, Kind),
    key: &[u8],
    tally: &mut Tally,
) -> Result<Option<Piece>, Trouble> {
    let about = |verb: &str| {
        let mut command = cmd(verb);
        command.arg(key);
        command
    };
    let kind = bytes(server.one(key, about("TYPE")).await?).unwrap_or_default();
    let piece = Piece::first(rule, &kind);
    match kind.as_slice() {
        b"none" => {}
        b"stream" => {
            tally.skipped(number, key, "entries of a stream cannot be changed, its name alone can: it is a stream");
        }
        _ if piece.is_none() => tally.skipped(number, key, &format!("it is of the type {}", shown(&kind))),
        _ => {}
    }
    if kind == b"string"
        && let Value::Int(length) = server.one(key, about("STRLEN")).await?
        && length > LONGEST
    {
        tally.skipped(number, key, &format!("its {length} bytes are too many to be read at once"));
        return Ok(None);
    }
    Ok(piece)
}

// What became of one piece.
#[derive(Default)]
struct Done {
    changed: Vec<Change>,
    conflicts: Vec<Change>,
    unmapped: Vec<Vec<u8>>,
    // With the reason.
    skipped: Option<&'static str>,
    next: Option<Piece>,
}

impl Done {
    fn count(&self, rule: usize, key: &[u8], tally: &mut Tally) {
        let named = |text: &[u8]| [key, b" -> ", text].concat();
        for (before, after) in self.changed.iter().flat_map(|change| &change.told) {
            tally.rewritten(rule, &named(before), &named(after));
        }
        for (before, after) in self.conflicts.iter().flat_map(|change| &change.told) {
            tally.conflict(rule, &named(before), &named(after));
        }
        self.unmapped.iter().for_each(|text| tally.unmapped(rule, &named(text)));
        if let Some(reason) = self.skipped {
            tally.skipped(rule, key, reason);
        }
    }
}

// How trying to rewrite a piece went.
enum Attempt {
    Done(Done),
    // Somebody wrote to the key meanwhile.
    Written,
    // The server or the way to it failed, for as long as patience lasts.
    Again,
    // The server will not do it, and says why.
    Refused(String),
}

async fn once(
    server: &mut Server,
    lookup: &mut Lookup<'_>,
    context: Context<'_>,
    inside: &Inside,
    key: &[u8],
    piece: &Piece,
) -> Result<Attempt, Trouble> {
    let mut reading = Pipeline::new();
    if !context.dry {
        reading.cmd("WATCH").arg(key);
    }
    reading.add_command(piece.read(key));
    let Whole::Said(mut values) = server.whole(key, &reading).await? else { return Ok(Attempt::Again) };
    let watching = server.opened();
    let mut done = Done::default();
    let Some((elements, next)) = piece.elements(values.pop().unwrap_or_default()) else {
        return unwatched(server, context, key, done).await;
    };
    done.next = next;
    let mut hits: Vec<Hit> = Vec::new();
    for element in elements {
        hits.extend(Hit::find(inside, element, context, &mut done));
    }
    let found = lookup.find(&wanted(&hits)).await?;
    let mut changes = Vec::new();
    for hit in hits {
        changes.extend(hit.changed(inside, &found, context, &mut done));
    }
    let taken = piece.taken(server, key, &changes).await?;
    piece.note_times(server, key, &mut changes).await?;
    for (change, taken) in changes.into_iter().zip(taken) {
        if taken { done.conflicts.push(change) } else { done.changed.push(change) }
    }
    if context.dry || done.changed.is_empty() {
        return unwatched(server, context, key, done).await;
    }
    let mut writing = Pipeline::new();
    writing.cmd("MULTI");
    done.changed.iter().for_each(|change| piece.write(key, change, &mut writing));
    writing.cmd("EXEC");
    crate::failpoint::reached("redis.inside");
    // Another connection watches nothing.
    if server.opened() != watching {
        return Ok(Attempt::Again);
    }
    match server.whole(key, &writing).await? {
        Whole::Said(values) => Ok(executed(&values, done)),
        Whole::Again => Ok(Attempt::Again),
    }
}

// What became of a transaction: one that could not be queued whole is not begun, and commands go
// on behind one that fails.
fn executed(said: &[Value], done: Done) -> Attempt {
    let each = match said.last() {
        Some(Value::Array(each)) => each.as_slice(),
        Some(Value::ServerError(_)) => said,
        Some(_) | None => return Attempt::Written,
    };
    let failed = each.iter().find_map(|one| if let Value::ServerError(error) = one { Some(error) } else { None });
    failed.map_or(Attempt::Done(done), |error| Attempt::Refused(told(error)))
}

async fn unwatched(server: &mut Server, context: Context<'_>, key: &[u8], done: Done) -> Result<Attempt, Trouble> {
    if !context.dry {
        let mut pipeline = Pipeline::new();
        pipeline.cmd("UNWATCH");
        server.whole(key, &pipeline).await?;
    }
    Ok(Attempt::Done(done))
}

// An element with the ids that stand in it.
struct Hit {
    element: Element,
    // Each value in it, its place in the element and the ids in it.
    values: Vec<(std::ops::Range<usize>, Vec<u8>, Vec<Place>)>,
}

impl Hit {
    fn find(inside: &Inside, element: Element, context: Context<'_>, done: &mut Done) -> Option<Hit> {
        let taking = Taking::Ids(context.shapes);
        let Some(path) = &inside.path else {
            let places = inside.element.matches(&element.text, taking)?;
            let whole = (0..element.text.len(), element.text.clone(), places);
            return Some(Hit { element, values: vec![whole] });
        };
        let text = std::str::from_utf8(&element.text).ok();
        let Some((text, spans)) = text.and_then(|text| Some((text, path.find(text)?))) else {
            done.skipped = Some("it is no JSON");
            return None;
        };
        let mut values = Vec::new();
        for span in spans {
            let Some((value, quoted)) = json::plain(&text[span.clone()]) else { continue };
            let Some(places) = inside.element.matches(value.as_bytes(), taking) else { continue };
            // New ids always stand between quotes.
            if quoted == (inside.quoted || context.direction == Direction::Back) {
                values.push((span, value.into_bytes(), places));
            } else {
                done.skipped = Some("the id stands between quotes there, or does not, other than the rule says");
            }
        }
        (!values.is_empty()).then_some(Hit { element, values })
    }

    fn changed(self, inside: &Inside, found: &Found, context: Context<'_>, done: &mut Done) -> Option<Change> {
        let (mut after, mut at, mut told) = (Vec::new(), 0, Vec::new());
        for (span, value, places) in self.values {
            let Some(new) = translated(&value, &places, found, done) else { continue };
            after.extend_from_slice(&self.element.text[at..span.start]);
            after.extend(written(inside, &new, context));
            at = span.end;
            told.push((value, new));
        }
        if told.is_empty() {
            return None;
        }
        after.extend_from_slice(&self.element.text[at..]);
        Some(Change { element: self.element, after, told, until: None })
    }
}

// How a value stands in the element.
fn written(inside: &Inside, new: &[u8], context: Context<'_>) -> Vec<u8> {
    if inside.path.is_none() || (context.direction == Direction::Back && !inside.quoted) {
        return new.to_vec();
    }
    serde_json::Value::String(String::from_utf8_lossy(new).into_owned()).to_string().into_bytes()
}

fn translated(value: &[u8], places: &[Place], found: &Found, done: &mut Done) -> Option<Vec<u8>> {
    match settled(value, places, found) {
        Settled::Becomes(ids) => Some(replaced(value, places, &ids)),
        Settled::Already => None,
        Settled::Unmapped => {
            done.unmapped.push(value.to_vec());
            None
        }
    }
}

fn wanted(hits: &[Hit]) -> Wanted<'_> {
    let mut wanted = Wanted::new();
    for (_, value, places) in hits.iter().flat_map(|hit| &hit.values) {
        for place in places {
            wanted.entry(place.domain).or_default().push(id_at(value, place));
        }
    }
    wanted
}

/// The id that stands in a place. What is no text gets one that no map knows.
pub(super) fn id_at<'a>(text: &'a [u8], place: &Place) -> &'a str {
    std::str::from_utf8(&text[place.span.clone()]).unwrap_or("\0")
}

/// What becomes of a text with several ids.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Settled<'a> {
    /// These ids, in their order.
    Becomes(Vec<&'a str>),
    /// Nothing is left to do.
    Already,
    /// At least one of them is not known.
    Unmapped,
}

/// All ids of a text are translated together, or none of them.
pub(super) fn settled<'a>(text: &'a [u8], places: &[Place], found: &'a Found) -> Settled<'a> {
    let (mut ids, mut changes) = (Vec::with_capacity(places.len()), false);
    for place in places {
        let id = id_at(text, place);
        ids.push(match found.fate(place.domain, id) {
            Fate::Becomes(new) => {
                changes = true;
                new
            }
            Fate::Already => id,
            Fate::Unmapped => return Settled::Unmapped,
        });
    }
    if changes { Settled::Becomes(ids) } else { Settled::Already }
}
