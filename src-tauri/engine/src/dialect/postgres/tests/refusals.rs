//! What this version does not carry is refused by name, before anything is touched.

use super::job::Job;
use super::server::Server;
use crate::check::Severity;
use crate::dialect::{Access, Database as _};

/// Each runs in a schema of its own: the schema's name, the script, the rule that must come up.
const OBSTACLES: &[(&str, &str, &str)] = &[
    ("generated", "CREATE TABLE t (id serial PRIMARY KEY, d int GENERATED ALWAYS AS (id * 2) STORED);", "RK-102"),
    (
        "half_detached",
        "CREATE TABLE t (id serial, k int, PRIMARY KEY (id, k)) PARTITION BY RANGE (k); CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10); UPDATE pg_catalog.pg_inherits SET inhdetachpending = true WHERE inhrelid = 't1'::pg_catalog.regclass;",
        "RK-190",
    ),
    (
        "included",
        "CREATE TABLE t (id serial, k int, PRIMARY KEY (id, k)) PARTITION BY LIST (k); CREATE UNIQUE INDEX ON t (k) INCLUDE (id); CREATE TABLE u (k int REFERENCES t (k));",
        "RK-191",
    ),
    ("partition_key", "CREATE TABLE t (id int PRIMARY KEY) PARTITION BY HASH (id);", "RK-103"),
    (
        "atomic",
        "CREATE TABLE t (id serial PRIMARY KEY, v int); CREATE FUNCTION f(n int) RETURNS int LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT count(id)::int FROM t WHERE v = n; END; CREATE INDEX ON t (f(v));",
        "RK-106",
    ),
    (
        "nameless",
        "CREATE TABLE t (id serial PRIMARY KEY); CREATE FUNCTION f(int) RETURNS TABLE (c text) LANGUAGE sql BEGIN ATOMIC SELECT id::text FROM t LIMIT $1; END;",
        "RK-106",
    ),
    ("row_type", "CREATE TABLE t (id serial PRIMARY KEY); CREATE TABLE u (x t);", "RK-107"),
    ("row_array", "CREATE TABLE t (id serial PRIMARY KEY); CREATE TABLE u (x t[]);", "RK-107"),
    ("typed", "CREATE TYPE y AS (id int, v text); CREATE TABLE t OF y (PRIMARY KEY (id));", "RK-108"),
    ("decimal", "CREATE TABLE t (id numeric(10, 0) PRIMARY KEY);", "RK-110"),
    (
        "opclass",
        "CREATE TABLE t (id int PRIMARY KEY); CREATE INDEX ON t USING brin (id int4_minmax_multi_ops);",
        "RK-114",
    ),
    (
        "two_parents",
        "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int); CREATE TABLE t () INHERITS (a, b);",
        "RK-121",
    ),
    (
        "broken_index",
        "CREATE TABLE t (id int PRIMARY KEY); CREATE INDEX i ON t (id); UPDATE pg_catalog.pg_index SET indisvalid = false WHERE indexrelid = 'i'::pg_catalog.regclass;",
        "RK-122",
    ),
    (
        "switched_off",
        "CREATE TABLE t (id int PRIMARY KEY, p int REFERENCES t); ALTER TABLE t DISABLE TRIGGER ALL;",
        "RK-123",
    ),
    (
        "view_in_function",
        "CREATE TABLE t (id int PRIMARY KEY); CREATE VIEW v AS SELECT id FROM t; CREATE FUNCTION f(v) RETURNS boolean LANGUAGE sql AS 'SELECT true'; CREATE FUNCTION g() RETURNS v LANGUAGE sql AS 'SELECT NULL::v'; CREATE TABLE u (b boolean DEFAULT f(g()));",
        "RK-124",
    ),
    (
        "extension",
        "CREATE EXTENSION lo SCHEMA extension; CREATE TABLE t (id int PRIMARY KEY); ALTER EXTENSION lo ADD TABLE t;",
        "RK-111",
    ),
    (
        "foreign_heir",
        "CREATE EXTENSION file_fdw; CREATE SERVER s FOREIGN DATA WRAPPER file_fdw; CREATE TABLE t (id int PRIMARY KEY); CREATE FOREIGN TABLE f () INHERITS (t) SERVER s OPTIONS (filename '/dev/null');",
        "RK-112",
    ),
];

#[tokio::test]
async fn obstacles_are_named() {
    let Some(server) = Server::start() else { return };
    let mut script = "CREATE EXTENSION btree_gist SCHEMA public;".to_owned();
    for (schema, sql, _) in OBSTACLES {
        script.push_str(&format!("CREATE SCHEMA {schema}; SET search_path = {schema};\n{sql}\n"));
    }
    let database = server.create("obstacles", &script);
    let mut connection = database.connect(Access::Read, "rekey: test").await.unwrap();
    let schema = database.inspect(connection.as_mut()).await.unwrap();
    let mut missing = Vec::new();
    for (name, _, rule) in OBSTACLES {
        let found = schema
            .obstacles
            .iter()
            .any(|one| one.rule == *rule && one.columns.iter().any(|column| column.table.schema == *name));
        if !found {
            let others: Vec<_> = schema
                .obstacles
                .iter()
                .filter(|one| one.columns.iter().any(|column| column.table.schema == *name))
                .collect();
            missing.push(format!("{name}: {rule} is missing, found {others:?}"));
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(
        schema.obstacles.iter().all(|one| !one.columns.is_empty() && one.rule != "RK-119"),
        "{:#?}",
        schema.obstacles
    );
}

/// What only the server or the data can tell, in the same shape.
const BLOCKS: &[(&str, &str, &str)] = &[
    ("sum", "CREATE TABLE t (id serial PRIMARY KEY); CREATE VIEW v AS SELECT id + 1 AS next FROM t;", "RK-130"),
    (
        "upper",
        "CREATE TABLE t (id serial PRIMARY KEY); CREATE VIEW v AS SELECT id FROM t; CREATE VIEW w AS SELECT max(id) AS m FROM v;",
        "RK-130",
    ),
    (
        "joined",
        "CREATE TABLE t (id serial PRIMARY KEY); CREATE TABLE u (n int); CREATE VIEW v AS SELECT t.id FROM t JOIN u ON u.n = t.id;",
        "RK-130",
    ),
    ("policy", "CREATE TABLE t (id serial PRIMARY KEY, o text); CREATE POLICY p ON t USING (id > 0);", "RK-130"),
    (
        "policy_over",
        "CREATE TABLE t (id serial PRIMARY KEY); CREATE VIEW v AS SELECT id FROM t; CREATE TABLE o (n int); CREATE POLICY p ON o WITH CHECK (n IN (SELECT v.id FROM v));",
        "RK-130",
    ),
    (
        "call",
        "CREATE TABLE p (id int PRIMARY KEY); CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE TABLE t (id int PRIMARY KEY, p_id int DEFAULT one() REFERENCES p);",
        "RK-120",
    ),
    (
        "nobody",
        "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (id int PRIMARY KEY, p_id int DEFAULT 0 REFERENCES p);",
        "RK-120",
    ),
    ("positive", "CREATE TABLE t (id serial PRIMARY KEY CHECK (id > 0));", "RK-130"),
    ("partial", "CREATE TABLE t (id serial PRIMARY KEY); CREATE INDEX ON t (id) WHERE id > 1000;", "RK-130"),
    ("expression", "CREATE TABLE t (id serial PRIMARY KEY); CREATE INDEX ON t ((id % 10));", "RK-130"),
    (
        "condition",
        "CREATE TABLE t (id serial PRIMARY KEY); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW WHEN (new.id > 5) EXECUTE FUNCTION f();",
        "RK-130",
    ),
    (
        "repeated",
        "CREATE TABLE t (id serial PRIMARY KEY); CREATE TABLE u () INHERITS (t); INSERT INTO t VALUES (1); INSERT INTO u VALUES (1);",
        "RK-142",
    ),
];

#[tokio::test]
async fn what_would_break_is_found_before() {
    let Some(server) = Server::start() else { return };
    let mut script = "CREATE TABLE public.t (id int PRIMARY KEY); CREATE SCHEMA fine; CREATE TABLE fine.t (id serial PRIMARY KEY, p int REFERENCES fine.t); CREATE VIEW fine.v AS SELECT id::text AS text, p IS NULL AS top, row_number() OVER (ORDER BY id) AS n FROM fine.t WHERE id <> p;\n".to_owned();
    for (schema, sql, _) in BLOCKS {
        script.push_str(&format!("CREATE SCHEMA {schema}; SET search_path = {schema};\n{sql}\n"));
    }
    script.push_str("CREATE FUNCTION fine.f(p int) RETURNS int LANGUAGE sql AS 'SELECT id FROM fine.t WHERE id = p';");
    let job = Job::plan(server.create("blocks", &script)).await.unwrap();
    let mut connection = job.database.connect(Access::Read, "rekey: test").await.unwrap();
    let found = job.database.probe(connection.as_mut(), &job.schema, &job.conversions).await.unwrap();
    for (schema, _, rule) in BLOCKS {
        let hit = found.iter().any(|(column, finding)| {
            column.table.schema == *schema && finding.rule == *rule && finding.severity >= Severity::Ask
        });
        assert!(hit, "{schema}: {rule} is missing in {found:#?}");
    }
    let fine: Vec<_> = found
        .iter()
        .filter(|(column, finding)| {
            column.table.schema == "fine" && !["RK-139", "RK-197"].contains(&finding.rule.as_str())
        })
        .map(|(_, finding)| (finding.rule.as_str(), finding.object.as_str()))
        .collect();
    assert_eq!(fine, vec![("RK-131", "fine.f(p integer)"), ("RK-131", "fine.f(p integer)")]);
    assert!(found.iter().all(|(column, finding)| finding.severity < Severity::Ask
        || BLOCKS.iter().any(|(schema, ..)| column.table.schema == *schema)));
}
