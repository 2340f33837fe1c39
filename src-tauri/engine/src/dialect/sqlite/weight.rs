//! The lock that statements take: there is one, on the whole file
//! (sqlite.org/lockingv3.html).

use crate::dialect::weight::{Lock, NONE, Reach, Weight, body, head, in_transaction};

// The run begins with `BEGIN EXCLUSIVE`. Readers go on only where the file has a write-ahead log.
const FILE: Lock = (Reach::Everybody, "EXCLUSIVE lock on the file");

/// What a statement means to others.
pub fn weigh(statement: &str) -> Weight {
    let head = head(body(statement));
    let reads = ["SELECT", "PRAGMA"].iter().any(|verb| head.starts_with(verb));
    in_transaction(if reads { NONE } else { FILE }, statement)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_changes_the_file_keeps_others_out() {
        assert_eq!(weigh("DROP TABLE \"a\"").reach, Reach::Everybody);
        assert_eq!(weigh("WITH c (id) AS (SELECT 1) INSERT INTO \"a\" SELECT id FROM c").reach, Reach::Everybody);
        assert_eq!(weigh("WITH c (id) AS (SELECT 1) SELECT id FROM c").reach, Reach::Nobody);
        assert_eq!(weigh("SELECT 1").reach, Reach::Nobody);
    }
}
