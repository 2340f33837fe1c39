//! `rekey_digest(...)`: the digest of a set of rows, as an aggregate function.
//!
//! Every row becomes a SHA-256 over its typed values, each with its length, so that no
//! byte can move from one value to the next unseen. The rows' hashes are added as
//! numbers of 256 bits: the sum is the same in whatever order SQLite reads the rows, and
//! memory stays constant. Nothing like it exists in SQLite itself.

use rusqlite::functions::{Aggregate, Context, FunctionFlags};
use rusqlite::types::ValueRef;
use sha2::{Digest, Sha256};

/// How many values may be given to the function at once. SQLite's own limit is higher.
pub const MOST_VALUES: usize = 100;

/// Makes the function known to a connection; the schema itself may not call it.
pub fn register(connection: &rusqlite::Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_DIRECTONLY;
    connection.create_aggregate_function("rekey_digest", -1, flags, RowDigest)
}

struct RowDigest;

/// The sum of the hashes of rows.
#[derive(Default)]
struct Sum {
    words: [u64; 4],
}

impl Sum {
    fn take(&mut self, row: &Context<'_>) {
        let mut hash = Sha256::new();
        for index in 0..row.len() {
            feed(row.get_raw(index), |bytes| hash.update(bytes));
        }
        self.add(&hash.finalize().into());
    }

    fn add(&mut self, hash: &[u8; 32]) {
        let mut carry = false;
        for (word, bytes) in self.words.iter_mut().zip(hash.as_chunks::<8>().0) {
            let (sum, over) = word.overflowing_add(u64::from_le_bytes(*bytes));
            let (sum, again) = sum.overflowing_add(u64::from(carry));
            *word = sum;
            carry = over || again;
        }
    }

    fn hex(&self) -> String {
        self.words.iter().rev().map(|word| format!("{word:016x}")).collect()
    }
}

impl Aggregate<Sum, String> for RowDigest {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<Sum> {
        Ok(Sum::default())
    }

    fn step(&self, row: &mut Context<'_>, sum: &mut Sum) -> rusqlite::Result<()> {
        sum.take(row);
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, sum: Option<Sum>) -> rusqlite::Result<String> {
        Ok(sum.unwrap_or_default().hex())
    }
}

/// Gives a value to a hash, with its type and length.
pub fn feed(value: ValueRef<'_>, mut put: impl FnMut(&[u8])) {
    let (tag, word, bytes) = match value {
        ValueRef::Null => return put(&[0]),
        ValueRef::Integer(number) => (1, number.to_le_bytes(), [].as_slice()),
        ValueRef::Real(number) => (2, number.to_bits().to_le_bytes(), [].as_slice()),
        ValueRef::Text(bytes) => (3, (bytes.len() as u64).to_le_bytes(), bytes),
        ValueRef::Blob(bytes) => (4, (bytes.len() as u64).to_le_bytes(), bytes),
    };
    let mut head = [tag; 9];
    head[1..].copy_from_slice(&word);
    put(&head);
    if !bytes.is_empty() {
        put(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(sql: &str) -> String {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        register(&connection).unwrap();
        connection.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn order_does_not_matter_but_everything_else_does() {
        let rows = |list: &str| digest(&format!("WITH t(a, b) AS (VALUES {list}) SELECT rekey_digest(a, b) FROM t"));
        let right = rows("(1, 'x'), (2, NULL)");
        assert_eq!(right, rows("(2, NULL), (1, 'x')"));
        for wrong in [
            "(1, 'x')",
            "(1, 'x'), (2, NULL), (2, NULL)",
            "(2, 'x'), (1, NULL)",
            "('1', 'x'), (2, NULL)",
            "(1.0, 'x'), (2, NULL)",
            "(1, x'78'), (2, NULL)",
            "(1, 'x'), (2, '')",
        ] {
            assert_ne!(right, rows(wrong), "{wrong}");
        }
        assert_ne!(rows("('ab', 'c')"), rows("('a', 'bc')"));
        assert_eq!(digest("SELECT rekey_digest(1) WHERE 0"), "0".repeat(64));
    }
}
