//! Schemas made by hand, one for each thing that is awkward.

use super::{File, assert_same};

/// Everything at once: names that need quotes, self references, shared and composite
/// keys, chains, options of tables, triggers, views, indexes of every kind, statistics.
const AWKWARD: &str = r#"
PRAGMA user_version = 7;
PRAGMA application_id = 99;
CREATE TABLE "order" ("sel""ect" INTEGER PRIMARY KEY, [a b]INTEGER, parent INTEGER REFERENCES "order" ON DELETE SET NULL, note TEXT DEFAULT 'it''s', CHECK ("order".note <> ''));
-- a comment before a table
CREATE TABLE /* odd */ [we.ird]'s'(x INT);
DROP TABLE [we.ird];
CREATE TABLE `we.ird "t"` (
  id integer primary key autoincrement, -- the key, of the table
  'single' INTEGER REFERENCES "order"("sel""ect") /* why */ ON UPDATE CASCADE,
  u REAL UNIQUE COLLATE NOCASE,
  untyped REFERENCES "order",
  big BIGINT NOT NULL REFERENCES "order" DEFERRABLE INITIALLY DEFERRED,
  twice AS (u * 2) VIRTUAL,
  kept TEXT GENERATED ALWAYS AS (u || 'x') STORED,
  UNIQUE (big, u), FOREIGN KEY (untyped) REFERENCES "order"
);
CREATE TABLE profile (user_id INTEGER PRIMARY KEY REFERENCES "order", bio TEXT) STRICT;
CREATE TABLE picture (profile_id INT NOT NULL REFERENCES profile(user_id), n INT NOT NULL, data BLOB, PRIMARY KEY (profile_id, n)) WITHOUT ROWID, STRICT;
CREATE TABLE frame (id INTEGER NOT NULL, p INT, n INT, PRIMARY KEY(id DESC), FOREIGN KEY (p, n) REFERENCES picture (profile_id, n));
CREATE TABLE notalias (id INTEGER PRIMARY KEY DESC, v);
CREATE TABLE plain (id INT PRIMARY KEY, v);
CREATE TABLE plainref (v, plain_id INT REFERENCES plain, na INTEGER REFERENCES notalias);
CREATE TABLE loose (a, rowid TEXT, o INTEGER REFERENCES "order");
CREATE TABLE shadowed (rowid TEXT, _rowid_ TEXT, oid TEXT, o INTEGER REFERENCES "order");
CREATE TABLE untouched (id TEXT PRIMARY KEY, v BLOB);
CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, v);
CREATE TABLE never (id INTEGER PRIMARY KEY AUTOINCREMENT, v);
CREATE UNIQUE INDEX "i""1" ON "order" (note COLLATE NOCASE DESC, parent);
CREATE INDEX i2 ON `we.ird "t"` (u) WHERE 'single' IS NOT NULL;
CREATE INDEX i3 ON "order" (lower(note), parent);
CREATE INDEX i4 ON picture (n DESC);
CREATE VIEW v1 AS SELECT "sel""ect" AS id, note FROM "order" -- trailing
;
CREATE VIEW v2 AS SELECT * FROM v1 JOIN profile ON user_id = id;
CREATE VIEW broken AS SELECT * FROM nowhere;
CREATE TRIGGER t1 AFTER INSERT ON "order" BEGIN UPDATE profile SET bio = NEW.note WHERE user_id = NEW.parent; END;
CREATE TRIGGER t2 INSTEAD OF INSERT ON v1 BEGIN INSERT INTO "order" (note) VALUES (NEW.note); END;
CREATE TRIGGER t0 BEFORE DELETE ON "order" WHEN OLD.note IS NULL BEGIN SELECT RAISE(ABORT, 'no'); END;
INSERT INTO "order" VALUES (-9223372036854775808, 1, NULL, 'lowest'), (-5, 2, -5, 'self'), (0, 0, -5, 'zero'), (7, NULL, 0, 'seven'), (4611686018427387905, 3, 7, 'high');
INSERT INTO `we.ird "t"` (id, 'single', u, untyped, big) VALUES (10, 7, 1.5, -5, 0), (12, NULL, NULL, NULL, 7), (5, 0, 'text in real', 7, 7);
DELETE FROM `we.ird "t"` WHERE id = 12;
INSERT INTO profile VALUES (7, 'b'), (0, NULL);
INSERT INTO picture VALUES (7, 1, x'00ff'), (7, 2, NULL), (0, 1, x'');
INSERT INTO frame VALUES (3, 7, 2), (1, NULL, NULL), (2, 0, NULL);
INSERT INTO notalias VALUES (30, 'c'), (10, 'a'), (20, 'b');
INSERT INTO plain VALUES (300, 'c'), (100, 'a'), (200, 'b');
INSERT INTO plainref VALUES ('x', 200, 30), ('y', NULL, 10), ('x', 200, 30);
INSERT INTO loose (_rowid_, a, rowid, o) VALUES (900, 1, 'r', 7), (50, 2, 's', NULL), (60, x'01', NULL, 0);
INSERT INTO shadowed VALUES ('r', 's', 't', 7), ('u', 'v', 'w', NULL);
INSERT INTO untouched VALUES ('k', x'deadbeef');
INSERT INTO counted VALUES (41, 'x'), (42, 'y');
DELETE FROM counted WHERE id = 42;
ANALYZE;
"#;

#[tokio::test]
async fn everything_awkward_goes_there_and_back() {
    let file =
        File::from_sql(&AWKWARD.replace("CREATE TABLE /* odd */ [we.ird]'s'(x INT);\nDROP TABLE [we.ird];\n", ""));
    let schema = |file: &File| {
        file.tool(&["SELECT type, name, tbl_name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_autoindex%' AND name NOT GLOB '_rekey_*' ORDER BY rowid"])
    };
    let before = schema(&file);
    let (plan, between) = file.there_and_back().await;
    let roots: Vec<String> = plan.conversions.iter().map(|conversion| conversion.root.to_string()).collect();
    assert_eq!(roots.len(), 7, "{roots:?}");
    assert_eq!(schema(&file), before);
    assert!(between.contains("id TEXT primary key NOT NULL ON CONFLICT REPLACE DEFAULT (printf("), "{between}");
    assert!(between.contains("-- the key, of the table"));
    assert!(between.contains("untyped TEXT REFERENCES \"order\","));
    assert!(between.contains("PRIMARY KEY(id DESC)"));
    assert!(plan.findings.iter().any(|finding| finding.rule == "RK-225" && finding.object == "main.broken"));
}

#[tokio::test]
async fn the_order_of_the_schema_and_the_hidden_numbers_stay_while_converted() {
    let file =
        File::from_sql(&AWKWARD.replace("CREATE TABLE /* odd */ [we.ird]'s'(x INT);\nDROP TABLE [we.ird];\n", ""));
    let order = |file: &File| {
        file.tool(&["SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_autoindex%' AND name NOT GLOB '_rekey_*' ORDER BY rowid"])
    };
    let numbers = |file: &File| {
        file.tool(&[
            "SELECT group_concat(_rowid_) FROM loose",
            "SELECT group_concat(rowid) FROM plainref",
            "SELECT group_concat(rowid) FROM \"order\"",
        ])
    };
    let (schema, rows) = (order(&file), numbers(&file));
    file.convert().await;
    assert_eq!(order(&file), schema);
    assert_eq!(numbers(&file), rows);
    assert_eq!(file.tool(&["SELECT group_concat(name) FROM sqlite_sequence"]), "\n");
    // What SQLite did for a new row, the default does now, also where NULL is written.
    file.tool(&["INSERT INTO counted (v) VALUES ('new')", "INSERT INTO counted VALUES (NULL, 'newer')"]);
    assert_eq!(
        file.tool(&["SELECT count(DISTINCT id), min(length(id)), max(length(id)), min(typeof(id)) FROM counted"]),
        "3|36|36|text\n"
    );
    assert_eq!(file.tool(&["SELECT v FROM counted ORDER BY substr(id, 1, 13), v LIMIT 1"]), "x\n");
}

#[tokio::test]
async fn rows_written_since_get_fresh_integers() {
    let file = File::from_sql(
        "CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, v); CREATE TABLE c (id INTEGER PRIMARY KEY AUTOINCREMENT, v);
         CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER REFERENCES a);
         INSERT INTO a VALUES (1, 'one'), (9, 'nine'); DELETE FROM a WHERE id = 9; INSERT INTO b VALUES (5, 1);",
    );
    file.convert().await;
    file.tool(&[
        "INSERT INTO a (v) VALUES ('two')",
        "INSERT INTO a (v) VALUES ('three')",
        "INSERT INTO b (a_id) SELECT id FROM a WHERE v = 'three'",
        "INSERT INTO b (a_id) VALUES ('0190aaaa-0000-7000-8000-000000000000')",
        "DELETE FROM a WHERE v = 'one'",
        "INSERT INTO c (v) VALUES ('first')",
    ]);
    file.undo().await;
    assert_eq!(file.tool(&["SELECT id, v FROM a ORDER BY id"]), "10|two\n11|three\n");
    assert_eq!(
        file.tool(&["SELECT id, a_id, typeof(a_id) FROM b ORDER BY id"]),
        "5|1|integer\n6|11|integer\n7|12|integer\n"
    );
    assert_eq!(file.tool(&["SELECT id, v FROM c"]), "1|first\n");
    assert_eq!(file.tool(&["SELECT name, seq FROM sqlite_sequence ORDER BY name"]), "a|12\nc|1\n");
    file.tool(&["INSERT INTO a (v) VALUES ('next')"]);
    assert_eq!(file.tool(&["SELECT max(id) FROM a"]), "13\n");
}

#[tokio::test]
async fn dangling_references_keep_dangling() {
    let file = File::from_sql(
        "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (id INTEGER PRIMARY KEY, p INTEGER REFERENCES p, q INTEGER REFERENCES missing);
         INSERT INTO p VALUES (1), (2); INSERT INTO c VALUES (1, 1, 4), (2, 99, NULL), (3, 99, 5), (4, -7, NULL), (5, NULL, NULL);",
    );
    let violations = file.tool(&["PRAGMA foreign_key_check(c)"]).lines().count();
    let plan = file.plan().await;
    assert!(
        plan.findings.iter().any(|finding| finding.rule == "RK-222" && finding.object == "main.c.p"),
        "{:?}",
        plan.findings
    );
    let before = file.dump();
    file.convert().await;
    assert_eq!(file.tool(&["PRAGMA foreign_key_check(c)"]).lines().count(), violations);
    assert_eq!(file.tool(&["SELECT count(DISTINCT p), count(p), min(length(p)) FROM c"]), "3|4|36\n");
    file.undo().await;
    assert_same(&before, &file.dump());
}

#[tokio::test]
async fn the_highest_number_of_all_leaves_room_for_new_rows() {
    let file = File::from_sql(
        "CREATE TABLE p (id INTEGER PRIMARY KEY, v); INSERT INTO p VALUES (9223372036854775807, 'a'), (3, 'b');",
    );
    file.convert().await;
    file.tool(&["INSERT INTO p (v) VALUES ('new')"]);
    file.undo().await;
    assert_eq!(file.tool(&["SELECT id, v FROM p ORDER BY id"]), "3|b\n4|new\n9223372036854775807|a\n");
}

#[tokio::test]
async fn only_what_can_be_converted_is_converted() {
    let file = File::from_sql(
        "CREATE TABLE ok (id INTEGER PRIMARY KEY);
         CREATE TABLE checked (id INTEGER PRIMARY KEY CHECK (id > 0));
         CREATE TABLE computed (id INTEGER PRIMARY KEY, twice AS (id * 2));
         CREATE TABLE parted (id INTEGER PRIMARY KEY, v); CREATE INDEX part ON parted (v) WHERE id > 100;
         CREATE TABLE defaulted (id INTEGER PRIMARY KEY, ok INTEGER DEFAULT 1 REFERENCES parted);
         CREATE TABLE mixed (id INT PRIMARY KEY); INSERT INTO mixed VALUES (1), ('abc'), (1.5);
         CREATE TABLE nulls (id INT PRIMARY KEY); INSERT INTO nulls VALUES (1), (NULL);
         CREATE TABLE docs (id INTEGER PRIMARY KEY, body); CREATE VIRTUAL TABLE found USING fts5(body, content='docs', content_rowid='id');
         CREATE VIRTUAL TABLE own USING fts5(body);
         CREATE TABLE tp (a INTEGER, b INTEGER); CREATE TABLE tc (id INTEGER PRIMARY KEY, x INTEGER REFERENCES tp (a));",
    );
    let plan = file.plan().await;
    let converted: Vec<&str> = plan.conversions.iter().map(|conversion| conversion.root.table.name.as_str()).collect();
    // A column that is refused does not hold up the key of its own table, and what a safe answer
    // takes away, such as the index, holds up none.
    assert_eq!(converted, ["defaulted", "ok", "tc"]);
    let mut refused: Vec<(String, String)> = plan
        .refused
        .iter()
        .map(|refusal| {
            (
                refusal.root.table.name.clone(),
                refusal.reasons.iter().map(|reason| reason.rule.as_str()).collect::<Vec<_>>().join(","),
            )
        })
        .collect();
    refused.sort();
    let expected = [
        ("checked", "RK-203"),
        ("computed", "RK-202"),
        ("docs", "RK-201"),
        ("mixed", "RK-210"),
        ("nulls", "RK-221"),
        ("parted", "RK-205"),
    ];
    let refused: Vec<(&str, &str)> = refused.iter().map(|(name, rules)| (name.as_str(), rules.as_str())).collect();
    assert_eq!(refused, expected);
    let before = file.dump();
    if let Err(failed) = file.run(&plan).await {
        panic!("{:#?}", failed.failure);
    }
    file.undo().await;
    assert_same(&before, &file.dump());
}

#[tokio::test]
async fn virtual_tables_that_are_fed_by_the_key_hold_it_back() {
    let file = File::from_sql(
        "CREATE TABLE free (id INTEGER PRIMARY KEY, v);
         CREATE TABLE note (id INTEGER PRIMARY KEY, body); CREATE VIRTUAL TABLE words USING fts5(text, content='');
         CREATE TRIGGER feed AFTER INSERT ON note BEGIN INSERT INTO words (rowid, text) VALUES (NEW.id, NEW.body); END;
         CREATE TABLE geo_node (id INTEGER PRIMARY KEY, data BLOB);
         PRAGMA writable_schema=ON;
         INSERT INTO sqlite_schema VALUES ('table', 'geo', 'geo', 0, 'CREATE VIRTUAL TABLE geo USING nowhere(a)');",
    );
    let plan = file.plan().await;
    let refused: Vec<String> =
        plan.refused.iter().map(|refusal| format!("{} {}", refusal.root, refusal.reasons[0].rule)).collect();
    assert_eq!(refused, ["main.geo_node.id RK-201", "main.note.id RK-201"]);
    let before = file.dump();
    if let Err(failed) = file.run(&plan).await {
        panic!("{:#?}", failed.failure);
    }
    file.undo().await;
    assert_same(&before, &file.dump());
}

#[tokio::test]
async fn wide_tables_are_proven_in_parts() {
    let columns =
        |text: &str| (0..350).map(|number| text.replace('#', &number.to_string())).collect::<Vec<_>>().join(", ");
    let file = File::from_sql(&format!(
        "CREATE TABLE wide (id INTEGER PRIMARY KEY, {}); INSERT INTO wide ({}) VALUES ({}), ({});",
        columns("c#"),
        columns("c#"),
        columns("#"),
        columns("NULL")
    ));
    file.there_and_back().await;
}

#[tokio::test]
async fn a_connection_that_was_open_all_the_time_sees_the_new_schema() {
    let file = File::from_sql(
        "CREATE TABLE a (id INTEGER PRIMARY KEY, v); CREATE INDEX i ON a (v); INSERT INTO a VALUES (1, 'x');",
    );
    let other = rusqlite::Connection::open(file.path()).unwrap();
    let kind = |expected: &str| {
        let found: String = other.query_row("SELECT typeof(id) FROM a WHERE v = 'x'", [], |row| row.get(0)).unwrap();
        assert_eq!(found, expected);
    };
    kind("integer");
    file.convert().await;
    kind("text");
    file.undo().await;
    kind("integer");
}

#[tokio::test]
async fn numbers_in_views_and_triggers_are_told() {
    let file = File::from_sql(
        "CREATE TABLE p (id INTEGER PRIMARY KEY, v); CREATE TABLE log (p_id INTEGER);
         CREATE VIEW admin AS SELECT * FROM p WHERE id = 1;
         CREATE TRIGGER logged AFTER INSERT ON p BEGIN INSERT INTO log VALUES (NEW.id); END;",
    );
    let plan = file.plan().await;
    let rules: Vec<&str> = plan.findings.iter().map(|finding| finding.rule.as_str()).collect();
    assert!(rules.contains(&"RK-223") && rules.contains(&"RK-224"), "{rules:?}");
}

#[tokio::test]
async fn other_encodings_and_journals_stay() {
    for setting in [
        "PRAGMA encoding='UTF-16be'",
        "PRAGMA journal_mode=WAL",
        "PRAGMA auto_vacuum=FULL",
        "PRAGMA auto_vacuum=INCREMENTAL",
        "PRAGMA page_size=512",
    ] {
        let script = format!(
            "{setting};
             CREATE TABLE \"größe\" (id INTEGER PRIMARY KEY, v TEXT UNIQUE); CREATE TABLE c (g INTEGER REFERENCES \"größe\");
             INSERT INTO \"größe\" WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 3000) SELECT i * 3, 'wört' || i FROM n;
             INSERT INTO c SELECT id FROM \"größe\" ORDER BY v;"
        );
        let file = File::from_sql(&script);
        file.there_and_back().await;
    }
}

#[tokio::test]
async fn keeping_leaves_nothing_but_the_journal() {
    let file = File::from_sql(
        "CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, v); INSERT INTO a VALUES (3, 'x'); ANALYZE;",
    );
    file.convert().await;
    let stored = file.stored().await;
    crate::execute::keep(&file.database, &stored, &super::options(), &crate::observer::Silent).await.unwrap();
    assert_eq!(
        file.tool(&["SELECT group_concat(name) FROM sqlite_schema WHERE name LIKE '\\_rekey%' ESCAPE '\\'"]),
        "_rekey_run\n"
    );
}

#[tokio::test]
async fn a_second_conversion_stands_on_the_first() {
    let file = File::from_sql(
        "CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT); CREATE TABLE b (id INTEGER PRIMARY KEY AUTOINCREMENT, a INTEGER REFERENCES a);
         INSERT INTO a VALUES (1), (2); INSERT INTO b VALUES (1, 2), (7, 1);",
    );
    let before = file.dump();
    file.convert().await;
    let plan = file.plan().await;
    assert!(plan.conversions.is_empty(), "{:?}", plan.conversions);
    file.undo().await;
    file.there_and_back().await;
    assert_same(&before, &file.dump());
}
