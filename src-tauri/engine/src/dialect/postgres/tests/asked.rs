//! What is asked about: with the answer the conversion goes through, and the undo puts
//! everything back.

use std::collections::BTreeMap;
use std::time::Duration;

use super::server::Server;
use crate::dialect::{Access, Database as _};
use crate::execute::{Cancel, Overrides, RunOptions, run, runs, undo};
use crate::observer::Silent;
use crate::plan::{Choices, build};

struct Case {
    name: &'static str,
    sql: &'static str,
    /// The questions with their answers; an empty answer stands for the safe default.
    answers: &'static [(&'static str, &'static str)],
    /// A question to the converted database, and what it must say.
    then: (&'static str, &'static str),
}

const CASES: &[Case] = &[
    Case {
        name: "checks",
        sql: "CREATE TABLE t (id serial PRIMARY KEY CONSTRAINT positive CHECK (id > 0), p int REFERENCES t, v text CHECK (v <> ''), CONSTRAINT other CHECK (id <> p)); \
              CREATE TABLE heir (w int) INHERITS (t); COMMENT ON CONSTRAINT positive ON heir IS 'h'; COMMENT ON CONSTRAINT positive ON t IS 't'; INSERT INTO t (p) VALUES (NULL), (1);",
        answers: &[("RK-130 check constraint positive on public.t", "")],
        then: (
            "SELECT string_agg(conrelid::regclass || ' ' || conname, ',' ORDER BY conrelid::regclass::text, conname) FROM pg_constraint WHERE contype = 'c' AND conrelid <> 0 AND conname IN ('positive', 'other')",
            "heir other,t other",
        ),
    },
    Case {
        name: "indexes",
        sql: "CREATE TABLE t (id serial PRIMARY KEY, p int REFERENCES t, v text); CREATE INDEX high ON t (v) WHERE id > 1; CREATE INDEX sum ON t ((id + 1), lower(v)); ALTER INDEX sum ALTER COLUMN 1 SET STATISTICS 9; \
              COMMENT ON INDEX sum IS 'c'; ALTER TABLE t CLUSTER ON sum; CREATE INDEX fine ON t ((id::text)) WHERE id IS NOT NULL; CREATE UNIQUE INDEX once ON t ((p % 10)); \
              INSERT INTO t (p) VALUES (NULL), (1);",
        answers: &[
            ("RK-130 index high on public.t", ""),
            ("RK-130 index sum on public.t", ""),
            ("RK-130 index once on public.t", "drop"),
        ],
        then: (
            "SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class WHERE relkind = 'i' AND relnamespace = 'public'::regnamespace",
            "fine,t_pkey",
        ),
    },
    Case {
        name: "exclusions",
        sql: "CREATE TABLE t (id int PRIMARY KEY, CONSTRAINT apart EXCLUDE USING gist (int4range(id, id + 1) WITH &&)); COMMENT ON CONSTRAINT apart ON t IS 'c'; COMMENT ON INDEX apart IS 'i'; INSERT INTO t VALUES (1), (5);",
        answers: &[("RK-130 index apart on public.t", "drop")],
        then: ("SELECT count(*) FROM pg_constraint WHERE conname = 'apart'", "0"),
    },
    Case {
        name: "views",
        sql: "CREATE TABLE t (id serial PRIMARY KEY, v text); CREATE VIEW next AS SELECT id + 1 AS n, v FROM t; CREATE VIEW over AS SELECT n FROM next; CREATE MATERIALIZED VIEW stored AS SELECT n FROM over; \
              CREATE UNIQUE INDEX ON stored (n); CREATE VIEW fine AS SELECT id, v FROM t; COMMENT ON VIEW next IS 'c'; GRANT SELECT ON next TO PUBLIC; CREATE RULE r AS ON INSERT TO next DO INSTEAD NOTHING; \
              CREATE POLICY p ON t USING (v IN (SELECT next.v FROM next)); INSERT INTO t (v) VALUES ('a'), ('b');",
        answers: &[("RK-130 public.next", "drop")],
        then: (
            "SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace",
            "fine",
        ),
    },
    Case {
        name: "triggers",
        sql: "CREATE TABLE t (id serial PRIMARY KEY, v text); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; \
              CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW WHEN (new.id > 5) EXECUTE FUNCTION f(); ALTER TABLE t DISABLE TRIGGER g; INSERT INTO t (v) VALUES ('a');",
        answers: &[("RK-130 trigger g on public.t", "drop")],
        then: ("SELECT count(*) FROM pg_trigger WHERE tgname = 'g'", "0"),
    },
    Case {
        name: "policies",
        sql: "CREATE TABLE t (id serial PRIMARY KEY, v text); ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY low ON t AS RESTRICTIVE FOR SELECT USING (id < 1000); CREATE POLICY own ON t USING (id::text = v); INSERT INTO t (v) VALUES ('a');",
        answers: &[("RK-130 policy low on public.t", "drop")],
        then: (
            "SELECT string_agg(polname, ',') || (SELECT relrowsecurity FROM pg_class WHERE relname = 't') FROM pg_policy",
            "owntrue",
        ),
    },
    Case {
        name: "defaults",
        sql: "CREATE TABLE status (id int PRIMARY KEY, name text); INSERT INTO status VALUES (1, 'new'), (-2, 'old'); CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'; \
              CREATE TABLE t (id serial PRIMARY KEY, a int NOT NULL DEFAULT 1 REFERENCES status, b bigint DEFAULT -2 REFERENCES status ON DELETE SET DEFAULT, c smallint DEFAULT 0 REFERENCES status, d int DEFAULT one() REFERENCES status); \
              INSERT INTO t (c, d) VALUES (1, 1);",
        answers: &[("RK-120 public.t.c", ""), ("RK-120 public.t.d", "drop")],
        then: (
            "INSERT INTO t DEFAULT VALUES RETURNING (SELECT name FROM status s WHERE s.id = a) || (SELECT name FROM status s WHERE s.id = b) || (c IS NULL) || (d IS NULL)",
            "newoldtruetrue",
        ),
    },
    Case {
        name: "functions",
        sql: "CREATE ROLE caller; CREATE TABLE t (id serial PRIMARY KEY, v text); INSERT INTO t (v) VALUES ('a'); CREATE FUNCTION by_id(which int) RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT v FROM t WHERE id = which; END; \
              CREATE FUNCTION last() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT id FROM t ORDER BY id DESC LIMIT 1; END; CREATE FUNCTION fine(which text) RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT v FROM t WHERE id::text = which; END; \
              COMMENT ON FUNCTION by_id IS 'c'; GRANT EXECUTE ON FUNCTION by_id TO caller; ALTER FUNCTION last OWNER TO caller; CREATE VIEW v AS SELECT last() AS l;",
        answers: &[("RK-130 function public.by_id(which integer)", "drop"), ("RK-130 function public.last()", "drop")],
        then: (
            "SELECT string_agg(proname, ',' ORDER BY proname) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
            "fine",
        ),
    },
    Case {
        name: "publications",
        sql: "CREATE TABLE t (id int PRIMARY KEY, v text); CREATE TABLE u (id int PRIMARY KEY, v text); CREATE TABLE w (id int PRIMARY KEY, v text); \
              CREATE PUBLICATION pub FOR TABLE t (id, v) WHERE (id IS NOT NULL), TABLE u WHERE (id > 5), TABLE w WITH (publish = 'insert'); COMMENT ON PUBLICATION pub IS 'c';",
        answers: &[
            ("RK-105 publication pub on public.t", "restore"),
            ("RK-105 publication pub on public.u", "restore"),
            ("RK-130 publication pub on public.u", "drop"),
        ],
        then: (
            "SELECT string_agg(prrelid::regclass || ' ' || coalesce(prattrs::text, '') || coalesce(pg_get_expr(prqual, prrelid), ''), ',' ORDER BY prrelid) FROM pg_publication_rel",
            "t 1 2(id IS NOT NULL),w",
        ),
    },
    Case {
        name: "domains",
        sql: "CREATE SEQUENCE numbers; CREATE DOMAIN pos AS int NOT NULL CHECK (VALUE > 0); CREATE DOMAIN next AS pos DEFAULT nextval('numbers'); \
              CREATE TABLE t (id next PRIMARY KEY, p pos REFERENCES t, q next REFERENCES t, CHECK (id <> 7)); INSERT INTO t (p, q) VALUES (1, 1), (1, 2);",
        answers: &[
            ("RK-109 public.t.id", ""),
            ("RK-109 public.t.p", ""),
            ("RK-109 public.t.q", ""),
            ("RK-130 check constraint t_id_check on public.t", ""),
        ],
        then: (
            "SELECT string_agg(attname || ' ' || atttypid::regtype || ' ' || atthasdef, ',' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0",
            "id uuid true,p uuid false,q uuid true",
        ),
    },
];

fn options() -> RunOptions {
    RunOptions {
        run: "0123456789".into(),
        tool_version: "test".into(),
        lock_limit: Duration::from_secs(10),
        safety_net: crate::execute::SafetyNet::default(),
        overrides: Overrides::default(),
    }
}

#[tokio::test]
async fn with_an_answer_it_goes_there_and_back() {
    let Some(server) = Server::start() else { return };
    for case in CASES {
        there_and_back(&server, case).await;
    }
}

async fn there_and_back(server: &Server, case: &Case) {
    let name = case.name;
    let database = server.create(name, case.sql);
    let before = server.dump(name);
    let mut connection = database.connect(Access::Read, "rekey: test").await.unwrap();

    // Without answers each question is open, and those without a safe answer keep their keys out.
    let built = build(&database, connection.as_mut(), &Choices::default()).await.unwrap();
    let asked: BTreeMap<&str, Option<&str>> =
        built.plan.questions.iter().map(|one| (one.id.as_str(), one.default.as_deref())).collect();
    let expected: BTreeMap<&str, Option<&str>> = case
        .answers
        .iter()
        .map(|(id, answer)| {
            (*id, answer.is_empty().then_some(if id.starts_with("RK-109") { "convert" } else { "drop" }))
        })
        .collect();
    assert_eq!(asked, expected, "{name}");
    assert!(!built.plan.refused.is_empty(), "{name} waits for answers");

    let answers = case.answers.iter().filter(|(_, answer)| !answer.is_empty());
    let answers = answers.map(|(id, answer)| ((*id).to_owned(), (*answer).to_owned())).collect();
    let choices = Choices { accept_defaults: true, answers, ..Choices::default() };
    for round in ["first", "again"] {
        let built = build(&database, connection.as_mut(), &choices).await.unwrap();
        assert!(built.plan.refused.is_empty(), "{name}, {round}: {:#?}", built.plan.refused);
        run(&database, &built.plan, &options(), &Silent, &Cancel::default()).await.unwrap();
        if round == "again" {
            assert_eq!(server.sql(name, case.then.0).trim(), case.then.1, "{name}");
        }
        let stored = runs(&database, connection.as_mut()).await.unwrap();
        undo(&database, &stored[0], &options(), &Silent, &Cancel::default()).await.unwrap();
        let after = server.dump(name);
        if round == "first" {
            assert!(before == after, "{name} is as before:\n{}", super::corpora::first_difference(&before, &after));
        }
    }
}
