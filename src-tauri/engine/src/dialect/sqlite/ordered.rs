//! `rekey_index_digest(unique, value, ..., number)`: what an index holds, as an aggregate
//! function over its entries as they come, and `rekey_entries(value, ..., number)`: what it
//! must hold, over the rows of its table in any order.
//!
//! The answer to the first is that to the second, and behind a blank how many entries do not
//! belong behind the one before them: their values are smaller, or the same with a smaller
//! number, or the same where the index lets no two rows be alike. Only values that SQLite
//! compares byte by byte can be asked so.
//!
//! Both answers are the sum of a hash of each entry under a key that is drawn for the
//! connection: they are compared at once and mean nothing to anybody else.

use std::cmp::Ordering;
use std::hash::Hasher;

use rusqlite::functions::{Aggregate, Context, FunctionFlags};
use rusqlite::types::ValueRef;
use siphasher::sip128::{Hasher128, SipHasher13};

use super::digest::feed;

/// Makes the functions known to a connection; the schema itself may not call them.
pub fn register(connection: &rusqlite::Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DIRECTONLY;
    let hash = SipHasher13::new_with_key(&rand::random());
    connection.create_aggregate_function("rekey_index_digest", -1, flags, IndexDigest(hash))?;
    connection.create_aggregate_function("rekey_entries", -1, flags, EntryDigest(hash))
}

/// Over the entries of an index as they come.
struct IndexDigest(SipHasher13);

/// Over the rows of its table.
struct EntryDigest(SipHasher13);

/// The sum of the hashes of entries.
struct Sum {
    empty: SipHasher13,
    sum: u128,
}

impl Sum {
    fn of(empty: SipHasher13) -> Self {
        Sum { empty, sum: 0 }
    }

    // The values from one of them on.
    fn take(&mut self, entry: &Context<'_>, first: usize) {
        let mut hash = self.empty;
        for index in first..entry.len() {
            feed(entry.get_raw(index), |bytes| hash.write(bytes));
        }
        self.sum = self.sum.wrapping_add(hash.finish128().as_u128());
    }

    fn hex(&self) -> String {
        format!("{:032x}", self.sum)
    }
}

impl Aggregate<Sum, String> for EntryDigest {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<Sum> {
        Ok(Sum::of(self.0))
    }

    fn step(&self, entry: &mut Context<'_>, sum: &mut Sum) -> rusqlite::Result<()> {
        sum.take(entry, 0);
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, sum: Option<Sum>) -> rusqlite::Result<String> {
        Ok(sum.unwrap_or_else(|| Sum::of(self.0)).hex())
    }
}

struct Entries {
    sum: Sum,
    last: Vec<Cell>,
    wrong: u64,
}

impl Entries {
    fn of(empty: SipHasher13) -> Self {
        Entries { sum: Sum::of(empty), last: Vec::new(), wrong: 0 }
    }
}

/// A value of the entry before; what it is written into is used again.
enum Cell {
    Null,
    Integer(i64),
    Real(f64),
    Text(Vec<u8>),
    Blob(Vec<u8>),
}

impl Cell {
    fn value(&self) -> ValueRef<'_> {
        match self {
            Cell::Null => ValueRef::Null,
            Cell::Integer(number) => ValueRef::Integer(*number),
            Cell::Real(number) => ValueRef::Real(*number),
            Cell::Text(bytes) => ValueRef::Text(bytes),
            Cell::Blob(bytes) => ValueRef::Blob(bytes),
        }
    }

    fn keep(&mut self, value: ValueRef<'_>) {
        match (&mut *self, value) {
            (Cell::Text(kept), ValueRef::Text(bytes)) | (Cell::Blob(kept), ValueRef::Blob(bytes)) => {
                kept.clear();
                kept.extend_from_slice(bytes);
            }
            (_, ValueRef::Null) => *self = Cell::Null,
            (_, ValueRef::Integer(number)) => *self = Cell::Integer(number),
            (_, ValueRef::Real(number)) => *self = Cell::Real(number),
            (_, ValueRef::Text(bytes)) => *self = Cell::Text(bytes.to_vec()),
            (_, ValueRef::Blob(bytes)) => *self = Cell::Blob(bytes.to_vec()),
        }
    }
}

impl Aggregate<Entries, String> for IndexDigest {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<Entries> {
        Ok(Entries::of(self.0))
    }

    fn step(&self, entry: &mut Context<'_>, entries: &mut Entries) -> rusqlite::Result<()> {
        entries.sum.take(entry, 1);
        let values = 1..entry.len();
        let unique = entry.get_raw(0) == ValueRef::Integer(1);
        if entries.last.is_empty() {
            entries.last.extend(values.clone().map(|_| Cell::Null));
        } else if !follows(entry, &entries.last, unique) {
            entries.wrong += 1;
        }
        for (cell, index) in entries.last.iter_mut().zip(values) {
            cell.keep(entry.get_raw(index));
        }
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, entries: Option<Entries>) -> rusqlite::Result<String> {
        let entries = entries.unwrap_or_else(|| Entries::of(self.0));
        Ok(format!("{} {}", entries.sum.hex(), entries.wrong))
    }
}

// The number of the row comes last. No two NULLs are alike.
fn follows(entry: &Context<'_>, last: &[Cell], unique: bool) -> bool {
    let mut null = false;
    for (place, cell) in last.iter().enumerate() {
        let value = entry.get_raw(place + 1);
        if place + 1 == last.len() && unique && !null {
            return false;
        }
        match order(cell.value(), value) {
            Ordering::Less => return true,
            Ordering::Greater => return false,
            Ordering::Equal => null |= value == ValueRef::Null,
        }
    }
    false
}

/// The order in which SQLite has values of every type.
fn order(one: ValueRef<'_>, other: ValueRef<'_>) -> Ordering {
    match (one, other) {
        (ValueRef::Integer(one), ValueRef::Integer(other)) => one.cmp(&other),
        (ValueRef::Real(one), ValueRef::Real(other)) => one.partial_cmp(&other).unwrap_or(Ordering::Equal),
        (ValueRef::Integer(one), ValueRef::Real(other)) => mixed(one, other),
        (ValueRef::Real(one), ValueRef::Integer(other)) => mixed(other, one).reverse(),
        (ValueRef::Text(one), ValueRef::Text(other)) | (ValueRef::Blob(one), ValueRef::Blob(other)) => one.cmp(other),
        (one, other) => rank(one).cmp(&rank(other)),
    }
}

fn rank(value: ValueRef<'_>) -> u8 {
    match value {
        ValueRef::Null => 0,
        ValueRef::Integer(_) | ValueRef::Real(_) => 1,
        ValueRef::Text(_) => 2,
        ValueRef::Blob(_) => 3,
    }
}

// To the last digit, which a number with a point may not have.
#[allow(clippy::cast_possible_truncation, reason = "what does not fit is told apart before")]
fn mixed(whole: i64, real: f64) -> Ordering {
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    if real >= BEYOND {
        return Ordering::Less;
    }
    if real < -BEYOND {
        return Ordering::Greater;
    }
    let behind = 0.0_f64.partial_cmp(&real.fract()).unwrap_or(Ordering::Equal);
    whole.cmp(&(real.trunc() as i64)).then(behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(unique: u8, entries: &str) -> String {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        register(&connection).unwrap();
        let sql = format!("WITH t (v, n) AS (VALUES {entries}) SELECT rekey_index_digest({unique}, v, n) FROM t");
        let answer: String = connection.query_row(&sql, [], |row| row.get(0)).unwrap();
        answer.split_once(' ').unwrap().1.to_owned()
    }

    #[test]
    fn order_is_that_of_sqlite() {
        let values = "(NULL, 1), (-1e300, 1), (-9223372036854775808, 2), (-3, 1), (-2.5, 1), (1, 1), (1.0, 2), (1.5, 1), \
                      (9007199254740993, 1), (9223372036854775807, 1), (9.3e18, 1), ('', 1), ('B', 1), ('a', 1), ('a', 2), ('ab', 1), (x'00', 1)";
        assert_eq!(wrong(0, values), "0");
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        let sql = format!(
            "WITH t (v, n) AS (VALUES {values}) SELECT group_concat(quote(v) || ' ' || n) FROM (SELECT * FROM t {{}})"
        );
        let ask =
            |tail: &str| connection.query_row(&sql.replace("{}", tail), [], |row| row.get::<_, String>(0)).unwrap();
        assert_eq!(ask(""), ask("ORDER BY v, n"));
    }

    #[test]
    fn what_does_not_follow_is_counted() {
        for (unique, entries, count) in [
            (0, "('b', 1), ('a', 2)", "1"),
            (0, "('a', 2), ('a', 1)", "1"),
            (0, "('a', 1), ('a', 1)", "1"),
            (0, "(9007199254740993, 1), (9007199254740992.0, 2)", "1"),
            (1, "('a', 1), ('a', 2)", "1"),
            (1, "(1, 1), (1.0, 2)", "1"),
            (1, "(NULL, 1), (NULL, 2)", "0"),
            (1, "(NULL, 2), (NULL, 1)", "1"),
        ] {
            assert_eq!(wrong(unique, entries), count, "{unique} {entries}");
        }
    }
}
