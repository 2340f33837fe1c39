//! `rekey_hold(map, old, new)`, `rekey_held(map, old)` and `rekey_let_go()`: the first ids of a
//! map in the memory of a connection.
//!
//! An aggregate takes ids in the order of the old ones, as many as the room of the connection
//! takes, and says how many it took. The second function answers from what was taken, NULL for
//! whatever is not there; the third forgets everything. All they save is time: whoever asks
//! looks into the map itself next.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::functions::{Aggregate, Context, FunctionFlags};
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use uuid::Uuid;

/// Ids that are held at once, of 24 bytes each.
const MOST: usize = 1 << 20;

/// Makes the functions known to a connection; the schema itself may not call them.
pub fn register(connection: &rusqlite::Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DIRECTONLY;
    let shared = Shared::default();
    connection.create_aggregate_function("rekey_hold", 3, flags, Hold(shared.clone()))?;
    let held = shared.clone();
    connection.create_scalar_function("rekey_held", 2, flags, move |context| {
        let (ValueRef::Integer(map), ValueRef::Integer(old)) = (context.get_raw(0), context.get_raw(1)) else {
            return Ok(None);
        };
        Ok(lock(&held).get(&map).and_then(|ids| ids.find(old)).map(ToSqlOutput::Owned))
    })?;
    connection.create_scalar_function("rekey_let_go", 0, flags, move |_| {
        lock(&shared).clear();
        Ok(Option::<i64>::None)
    })
}

type Shared = Arc<Mutex<BTreeMap<i64, Ids>>>;

fn lock(shared: &Shared) -> MutexGuard<'_, BTreeMap<i64, Ids>> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Old ids in their order, and the new ones, which are all texts or all bytes.
#[derive(Default)]
struct Ids {
    old: Vec<i64>,
    new: Vec<u128>,
    bytes: bool,
}

impl Ids {
    // Where nothing is missing between them, an id tells its own place.
    fn find(&self, old: i64) -> Option<Value> {
        let guess = old.checked_sub(*self.old.first()?).and_then(|place| usize::try_from(place).ok());
        let place =
            guess.filter(|place| self.old.get(*place) == Some(&old)).or_else(|| self.old.binary_search(&old).ok())?;
        let id = Uuid::from_u128(*self.new.get(place)?);
        Some(if self.bytes { Value::Blob(id.into_bytes().into()) } else { Value::Text(id.hyphenated().to_string()) })
    }

    // False for what does not go on in order, is no id, or is stored in another way.
    fn take(&mut self, old: ValueRef<'_>, new: ValueRef<'_>) -> bool {
        let (ValueRef::Integer(old), Some((new, bytes))) = (old, stored(new)) else { return false };
        let follows = self.old.last().is_none_or(|last| *last < old && self.bytes == bytes);
        if follows {
            self.old.push(old);
            self.new.push(new);
            self.bytes = bytes;
        }
        follows
    }
}

// An id that would be given back as it is.
fn stored(value: ValueRef<'_>) -> Option<(u128, bool)> {
    match value {
        ValueRef::Text(text) => {
            let id = Uuid::try_parse_ascii(text).ok()?;
            let spelling = id.hyphenated().encode_lower(&mut Uuid::encode_buffer()).as_bytes() == text;
            spelling.then_some((id.as_u128(), false))
        }
        ValueRef::Blob(bytes) => Some((Uuid::from_slice(bytes).ok()?.as_u128(), true)),
        ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) => None,
    }
}

struct Hold(Shared);

#[derive(Default)]
struct Taking {
    map: i64,
    ids: Ids,
    full: bool,
}

impl Aggregate<Taking, i64> for Hold {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<Taking> {
        Ok(Taking::default())
    }

    fn step(&self, row: &mut Context<'_>, taking: &mut Taking) -> rusqlite::Result<()> {
        if taking.full {
            return Ok(());
        }
        taking.map = row.get(0)?;
        let others: usize = lock(&self.0).values().map(|ids| ids.old.len()).sum();
        taking.full = others + taking.ids.old.len() >= MOST || !taking.ids.take(row.get_raw(1), row.get_raw(2));
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, taking: Option<Taking>) -> rusqlite::Result<i64> {
        let Taking { map, ids, .. } = taking.unwrap_or_default();
        let count = i64::try_from(ids.old.len()).unwrap_or(i64::MAX);
        lock(&self.0).insert(map, ids);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connection() -> rusqlite::Connection {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        register(&connection).unwrap();
        connection
    }

    fn ask(connection: &rusqlite::Connection, sql: &str) -> Option<String> {
        connection.query_row(&format!("SELECT CAST(({sql}) AS TEXT)"), [], |row| row.get(0)).unwrap()
    }

    fn id(number: usize) -> String {
        Uuid::from_u128(u128::try_from(number).unwrap() << 64 | 7).to_string()
    }

    #[test]
    fn what_was_taken_is_given_back_as_it_is() {
        let connection = connection();
        for (old, bytes) in [([-3, 1, 2, 9], false), ([1, 2, 3, 4], true)] {
            let shown = |number: usize| {
                if bytes { format!("x'{}'", id(number).replace('-', "")) } else { format!("'{}'", id(number)) }
            };
            let rows: Vec<String> =
                old.iter().enumerate().map(|(place, old)| format!("({old}, {})", shown(place + 1))).collect();
            let sql = format!("WITH m (o, n) AS (VALUES {}) SELECT rekey_hold(4, o, n) FROM m", rows.join(", "));
            assert_eq!(ask(&connection, &sql).as_deref(), Some("4"));
            for (place, old) in old.iter().enumerate() {
                let same = format!("SELECT rekey_held(4, {old}) IS {}", shown(place + 1));
                assert_eq!(ask(&connection, &same).as_deref(), Some("1"), "{old}");
            }
            for other in ["0", "-4", "10", "9223372036854775807", "-9223372036854775808", "'1'", "NULL"] {
                assert_eq!(ask(&connection, &format!("SELECT rekey_held(4, {other})")), None, "{other}");
            }
            assert_eq!(ask(&connection, "SELECT rekey_held(5, 1)"), None);
        }
        ask(&connection, "SELECT rekey_let_go()");
        assert_eq!(ask(&connection, "SELECT rekey_held(4, 1)"), None);
    }

    #[test]
    fn what_would_not_be_given_back_as_it_is_ends_it() {
        let connection = connection();
        for (second, count) in [
            (format!("(2, '{}')", id(2)), "2"),
            (format!("(2, '{}')", id(0xab).to_uppercase()), "1"),
            (format!("(2, '{}')", id(2).replace('-', "")), "1"),
            (format!("(2, x'{}')", id(2).replace('-', "")), "1"),
            (format!("(1, '{}')", id(2)), "1"),
            ("(2, NULL)".to_owned(), "1"),
            ("(2, 'none')".to_owned(), "1"),
        ] {
            let sql = format!("WITH m (o, n) AS (VALUES (1, '{}'), {second}) SELECT rekey_hold(0, o, n) FROM m", id(1));
            assert_eq!(ask(&connection, &sql).as_deref(), Some(count), "{second}");
            assert_eq!(ask(&connection, "SELECT rekey_held(0, 1)"), Some(id(1)));
        }
    }

    #[test]
    fn there_is_room_for_so_many() {
        let connection = connection();
        let rows = |from: usize, to: usize| {
            format!(
                "WITH RECURSIVE n (i) AS (SELECT {from} UNION ALL SELECT i + 1 FROM n WHERE i < {to}) \
                 SELECT rekey_hold({from}, i, printf('00000000-0000-7000-8000-%012x', i)) FROM n"
            )
        };
        assert_eq!(ask(&connection, &rows(1, MOST - 5)), Some((MOST - 5).to_string()));
        assert_eq!(ask(&connection, &rows(2, 50)).as_deref(), Some("5"));
        assert_eq!(
            ask(&connection, "SELECT rekey_held(2, 6)").as_deref(),
            Some("00000000-0000-7000-8000-000000000006")
        );
        assert_eq!(ask(&connection, "SELECT rekey_held(2, 7)"), None);
    }
}
