//! Going through the keys of every master. Keys that are there from the beginning to the end are
//! seen, some of them twice; keys that are made or renamed meanwhile may be missed (SCAN).

use redis::{Value, cmd};

use super::topology::Place;
use super::{Server, Trouble};

/// How many keys the server looks at before it answers: about a millisecond of its time.
const COUNT: u32 = 2_000;

/// A walk over all keys that begin with the same letters.
pub struct Walk {
    places: Vec<Place>,
    at: usize,
    cursor: Vec<u8>,
    pattern: Option<Vec<u8>>,
    turns: u64,
    /// True where masters or their slots changed on the way, so that keys may have been missed.
    pub broken: bool,
}

impl Walk {
    /// Begins at the first master.
    pub fn new(server: &Server, start: &[u8]) -> Self {
        let pattern = (!start.is_empty()).then(|| escaped(start));
        Walk::over(server, pattern)
    }

    /// Begins with a pattern of the server's own.
    pub fn matching(server: &Server, pattern: &[u8]) -> Self {
        Walk::over(server, Some(pattern.to_vec()))
    }

    fn over(server: &Server, pattern: Option<Vec<u8>>) -> Self {
        Walk { places: server.masters(), at: 0, cursor: b"0".to_vec(), pattern, turns: server.turns(), broken: false }
    }

    /// How much of all keys was gone through, from 0 to 1.
    ///
    /// The server counts its cursor from the highest bit of its table down (`dictScan` in `dict.c`),
    /// so that, read backwards, it is a fraction. A node of a cluster may keep one table for each
    /// slot, where it is none: there whole masters are counted.
    pub fn share(&self) -> f64 {
        let masters = self.places.len().max(1);
        #[allow(clippy::cast_precision_loss, reason = "a share, for people")]
        let done = self.at as f64 / masters as f64;
        if masters > 1 { done } else { done.max(fraction(&self.cursor)) }
    }

    /// Which master the walk is at, from 0.
    pub fn master(&self) -> usize {
        self.at
    }

    /// Goes on to the next master: enough was seen of this one.
    pub fn leave(&mut self) {
        self.at += 1;
        self.cursor = b"0".to_vec();
    }

    /// The next keys, perhaps none; nothing at the end.
    ///
    /// # Errors
    /// As [`Server::ask`].
    pub async fn next(&mut self, server: &mut Server) -> Result<Option<Vec<Vec<u8>>>, Trouble> {
        if self.turns != server.turns() {
            // A cursor means nothing to another node, so it begins anew.
            let pattern = self.pattern.take();
            *self = Walk { broken: true, ..Walk::over(server, pattern) };
        }
        let Some(place) = self.places.get(self.at).cloned() else {
            // SCAN follows no slot: keys may have gone to a node that had been looked at by then.
            server.look_again().await;
            self.broken |= self.turns != server.turns();
            return Ok(None);
        };
        let mut command = cmd("SCAN");
        command.arg(&self.cursor);
        if let Some(pattern) = &self.pattern {
            command.arg("MATCH").arg(pattern);
        }
        command.arg("COUNT").arg(COUNT);
        let value = match server.ask(&place, command).await {
            Ok(value) => value,
            // The node is no master any more: the walk begins anew with those that are.
            Err(_) if self.turns != server.turns() => return Ok(Some(Vec::new())),
            Err(trouble) => return Err(trouble),
        };
        let (cursor, keys) = page(value)?;
        if cursor == b"0" {
            self.at += 1;
        }
        self.cursor = cursor;
        Ok(Some(keys))
    }
}

#[allow(clippy::cast_precision_loss, reason = "a share, for people")]
fn fraction(cursor: &[u8]) -> f64 {
    let cursor = std::str::from_utf8(cursor).ok().and_then(|text| text.parse::<u64>().ok()).unwrap_or(0);
    cursor.reverse_bits() as f64 / u64::MAX as f64
}

/// The two parts of what SCAN and its like answer.
pub fn page(value: Value) -> Result<(Vec<u8>, Vec<Vec<u8>>), Trouble> {
    let Value::Array(parts) = value else { return Err(Trouble::unexpected("a page of SCAN", &value)) };
    let mut parts = parts.into_iter();
    match (parts.next(), parts.next()) {
        (Some(Value::BulkString(cursor)), Some(Value::Array(values))) => {
            Ok((cursor, values.into_iter().filter_map(bytes).collect()))
        }
        (other, _) => Err(Trouble::unexpected("a page of SCAN", &other.unwrap_or(Value::Nil))),
    }
}

/// The bytes of a value that is a string.
pub fn bytes(value: Value) -> Option<Vec<u8>> {
    if let Value::BulkString(bytes) = value {
        return Some(bytes);
    }
    if let Value::SimpleString(text) = value { Some(text.into_bytes()) } else { None }
}

// The letters as a pattern that takes whatever begins with them.
fn escaped(start: &[u8]) -> Vec<u8> {
    let mut pattern = Vec::with_capacity(start.len() + 1);
    for &byte in start {
        if b"*?[]\\^".contains(&byte) {
            pattern.push(b'\\');
        }
        pattern.push(byte);
    }
    pattern.push(b'*');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_with_a_meaning_stand_for_themselves() {
        assert_eq!(escaped(b"user:[*]"), b"user:\\[\\*\\]*");
    }

    #[test]
    fn a_cursor_tells_how_far_it_is() {
        // The eight places of a table of eight, in the order in which they are gone through.
        let shares = ["0", "4", "2", "6", "1", "5", "3", "7"].map(|cursor| fraction(cursor.as_bytes()));
        for (place, share) in shares.into_iter().enumerate() {
            let wanted = f64::from(u32::try_from(place).expect("small")) / 8.0;
            assert!((share - wanted).abs() < 1e-9, "{place}: {share}");
        }
    }

    #[test]
    fn a_page_is_a_cursor_and_keys() {
        let value = Value::Array(vec![
            Value::BulkString(b"17".to_vec()),
            Value::Array(vec![Value::BulkString(b"a\xff".to_vec())]),
        ]);
        assert_eq!(page(value).expect("page"), (b"17".to_vec(), vec![b"a\xff".to_vec()]));
        assert!(page(Value::Nil).is_err());
    }
}
