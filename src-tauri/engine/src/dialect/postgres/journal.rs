//! The journal: one table in the schema `rekey`.

use super::blueprint::random;
use crate::dialect::{Journal, RedisJournal};

/// Its statements.
pub fn statements() -> Journal {
    Journal {
        exists: "SELECT CASE WHEN to_regclass('rekey.run') IS NULL THEN '0' ELSE '1' END".to_owned(),
        create: vec![
            "CREATE SCHEMA IF NOT EXISTS \"rekey\"".to_owned(),
            "CREATE TABLE IF NOT EXISTS \"rekey\".\"run\" (\"number\" bigint GENERATED ALWAYS AS IDENTITY, \"id\" text PRIMARY KEY, \
             \"plan_fingerprint\" text NOT NULL, \"state\" text NOT NULL, \"tool_version\" text NOT NULL, \"started\" text NOT NULL, \
             \"plan\" text NOT NULL, \"before\" text NOT NULL, \"record\" text NOT NULL)"
                .to_owned(),
        ],
        insert: "INSERT INTO \"rekey\".\"run\" (\"id\", \"plan_fingerprint\", \"state\", \"tool_version\", \"started\", \"plan\", \"before\", \"record\") \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
            .to_owned(),
        update: "UPDATE \"rekey\".\"run\" SET \"state\" = $1, \"record\" = $2 WHERE \"id\" = $3".to_owned(),
        select: "SELECT \"id\", \"plan_fingerprint\", \"state\", \"started\", \"tool_version\", \"plan\", \"before\", \"record\" \
                 FROM \"rekey\".\"run\" ORDER BY \"number\" DESC"
            .to_owned(),
        delete: "DELETE FROM \"rekey\".\"run\" WHERE \"id\" = $1".to_owned(),
        remove: [
            vec![
                "DROP FUNCTION IF EXISTS \"rekey\".\"uuid_v7\"()".to_owned(),
                "DROP FUNCTION IF EXISTS \"rekey\".\"uuid_v6\"()".to_owned(),
                "DROP FUNCTION IF EXISTS \"rekey\".\"uuid_v5\"(uuid, text)".to_owned(),
                "DROP FUNCTION IF EXISTS \"rekey\".\"slug\"()".to_owned(),
            ],
            random::remove(),
            vec![
                "DROP TABLE IF EXISTS \"rekey\".\"redis\"".to_owned(),
                "DROP TABLE IF EXISTS \"rekey\".\"run\"".to_owned(),
                "DROP SCHEMA IF EXISTS \"rekey\"".to_owned(),
            ],
        ]
        .concat(),
        redis: redis(),
        staged: None,
    }
}

fn redis() -> RedisJournal {
    RedisJournal {
        exists: "SELECT CASE WHEN to_regclass('rekey.redis') IS NULL THEN '0' ELSE '1' END".to_owned(),
        create: vec![
            "CREATE TABLE IF NOT EXISTS \"rekey\".\"redis\" (\"number\" bigint GENERATED ALWAYS AS IDENTITY, \"run\" text NOT NULL, \
             \"server\" text NOT NULL, \"note\" text NOT NULL, PRIMARY KEY (\"run\", \"server\"))"
                .to_owned(),
        ],
        insert: "INSERT INTO \"rekey\".\"redis\" (\"run\", \"server\", \"note\") VALUES ($1, $2, $3)".to_owned(),
        update: "UPDATE \"rekey\".\"redis\" SET \"note\" = $1 WHERE \"run\" = $2 AND \"server\" = $3".to_owned(),
        select: "SELECT \"run\", \"server\", \"note\" FROM \"rekey\".\"redis\" ORDER BY \"number\"".to_owned(),
        delete: "DELETE FROM \"rekey\".\"redis\" WHERE \"run\" = $1".to_owned(),
    }
}
