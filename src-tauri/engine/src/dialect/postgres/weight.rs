//! The locks that statements take, by the manual's table
//! (postgresql.org/docs/current/explicit-locking.html). A statement that is not known is taken
//! for the heaviest.

use crate::dialect::weight::{Lock, NONE, Reach, Weight, body, head, in_transaction, names};

const EXCLUSIVE: Lock = (Reach::Everybody, "ACCESS EXCLUSIVE");
const SHARE_ROW: Lock = (Reach::Writers, "SHARE ROW EXCLUSIVE");
const UPDATE: Lock = (Reach::Definitions, "SHARE UPDATE EXCLUSIVE");

/// What a statement means to others.
pub fn weigh(statement: &str) -> Weight {
    in_transaction(lock(statement), statement)
}

fn lock(statement: &str) -> Lock {
    let statement = body(statement);
    let head = head(statement);
    let is = |verbs: &[&str]| verbs.iter().any(|verb| head.starts_with(verb));
    if is(&["LOCK"]) {
        return EXCLUSIVE;
    }
    if names(statement, '"').next() == Some("rekey") || is(&["SET", "RESET", "SELECT", "DO", "GRANT", "REVOKE"]) {
        return NONE;
    }
    if is(&["ALTER TABLE"]) {
        let adds = statement.contains(" FOREIGN KEY ") && !statement.contains("ALTER COLUMN");
        return if adds { SHARE_ROW } else { EXCLUSIVE };
    }
    if is(&["ANALYZE", "COMMENT", "ALTER PUBLICATION", "CREATE STATISTICS"]) {
        return UPDATE;
    }
    if is(&["CREATE INDEX", "CREATE UNIQUE INDEX"]) {
        return (Reach::Writers, "SHARE");
    }
    if is(&["CREATE TRIGGER", "CREATE CONSTRAINT TRIGGER"]) {
        return SHARE_ROW;
    }
    if is(&["INSERT", "UPDATE", "DELETE", "MERGE"]) {
        return (Reach::Writers, "ROW EXCLUSIVE");
    }
    let makes = is(&["CREATE"]) && !is(&["CREATE RULE", "CREATE POLICY", "CREATE OR REPLACE RULE"]);
    if makes { NONE } else { EXCLUSIVE }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::Reversal;

    #[test]
    fn each_statement_has_the_lock_of_the_manual() {
        let known = [
            ("LOCK TABLE ONLY \"public\".\"a\" IN ACCESS EXCLUSIVE MODE", "ACCESS EXCLUSIVE"),
            ("ALTER TABLE \"public\".\"a\" ALTER COLUMN \"id\" TYPE uuid USING f(\"id\")", "ACCESS EXCLUSIVE"),
            (
                "ALTER TABLE ONLY \"public\".\"a\" ADD CONSTRAINT \"c\" FOREIGN KEY (\"b\") REFERENCES \"public\".\"b\"",
                "SHARE ROW EXCLUSIVE",
            ),
            ("CREATE UNIQUE INDEX \"i\" ON \"public\".\"a\" (\"b\")", "SHARE"),
            ("ANALYZE \"public\".\"a\"", "SHARE UPDATE EXCLUSIVE"),
            ("DROP VIEW \"public\".\"v\"", "ACCESS EXCLUSIVE"),
            ("ALTER TABLE \"rekey\".\"rk_00000000_0\" ADD PRIMARY KEY (old_id)", ""),
            ("CREATE VIEW \"public\".\"v\" AS SELECT 1", ""),
            ("WITH c AS (SELECT 1) SELECT * FROM \"public\".\"a\"", ""),
            ("WITH c AS (SELECT * FROM \"public\".\"a\") INSERT INTO \"rekey\".\"rk_00000000_0\" SELECT * FROM c", ""),
            ("WITH c AS (SELECT * FROM \"rekey\".\"m\") INSERT INTO \"public\".\"a\" SELECT * FROM c", "ROW EXCLUSIVE"),
            ("WITH c AS (SELECT 1) UPDATE \"public\".\"a\" SET \"b\" = 1", "ROW EXCLUSIVE"),
            ("WITH c AS (DELETE FROM \"public\".\"a\" RETURNING \"b\") SELECT * FROM c", "ROW EXCLUSIVE"),
            ("WITH c AS (SELECT 1", "ACCESS EXCLUSIVE"),
            ("VACUUM \"public\".\"a\"", "ACCESS EXCLUSIVE"),
        ];
        for (statement, lock) in known {
            assert_eq!(weigh(statement).lock, lock, "{statement}");
        }
        assert_eq!(weigh("SET LOCAL jit = off").reversal, Reversal::Nothing);
        assert_eq!(weigh("WITH c AS (SELECT 1) SELECT 2").reversal, Reversal::Nothing);
        assert_eq!(weigh("WITH c AS (SELECT 1) DELETE FROM \"a\"").reversal, Reversal::Transaction);
        assert_eq!(weigh("DROP VIEW \"v\"").reversal, Reversal::Transaction);
    }
}
