//! Some tables of a backup alone, with everything that may lead from them to others.

use std::process::Command;

use libtest_mimic::Trial;
use serde_json::Value;

use super::{back_up, own_server};
use crate::support::dump::assert_same;
use crate::support::postgres::{Database, Server};
use crate::support::process::finish;
use crate::support::rekey::{Answer, Rekey};
use crate::support::requirement::{Requirement, trial};

/// All of them.
pub fn trials() -> Vec<Trial> {
    vec![trial("backup::postgres::chosen_tables", &[Requirement::Postgres, Requirement::Installed(15)], chosen)]
}

const SCHEMA: &str = r#"
CREATE SCHEMA other;
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE team (id serial PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE users (id serial PRIMARY KEY, team_id integer REFERENCES team ON DELETE SET NULL, boss integer REFERENCES users,
  mood mood DEFAULT 'good', name text NOT NULL CHECK (name <> ''), loud text GENERATED ALWAYS AS (upper(name)) STORED);
CREATE INDEX users_by_team ON users (team_id) WHERE team_id IS NOT NULL;
COMMENT ON TABLE users IS 'people';
CREATE TABLE other."journal's" (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id integer NOT NULL REFERENCES users, note text);
CREATE TABLE other.tag (id integer PRIMARY KEY, j integer REFERENCES other."journal's", t integer REFERENCES team);
CREATE TABLE ring_a (id integer PRIMARY KEY); CREATE TABLE ring_b (id integer PRIMARY KEY REFERENCES ring_a);
ALTER TABLE ring_a ADD FOREIGN KEY (id) REFERENCES ring_b DEFERRABLE INITIALLY DEFERRED;
CREATE TABLE log (at date, n integer) PARTITION BY RANGE (at);
CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE log_2 PARTITION OF log FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
CREATE VIEW of_users AS SELECT name FROM users;
CREATE VIEW of_both AS SELECT u.name, t.name AS team FROM users u JOIN team t ON t.id = u.team_id;
CREATE VIEW of_views AS SELECT * FROM of_both;
CREATE MATERIALIZED VIEW counted AS SELECT count(*) FROM other."journal's" j JOIN of_views v ON true;
CREATE FUNCTION teams() RETURNS SETOF team LANGUAGE sql AS 'SELECT * FROM team';
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER stamped BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION stamp();
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
CREATE POLICY in_a_team ON users USING (EXISTS (SELECT FROM team WHERE team.id = team_id));
CREATE POLICY named ON users USING (name <> 'nobody');
INSERT INTO team (name) SELECT 'team ' || n FROM generate_series(1, 20) n;
INSERT INTO users (team_id, boss, name) SELECT n % 20 + 1, CASE WHEN n > 10 THEN n - 10 END, 'user ' || n FROM generate_series(1, 500) n;
INSERT INTO other."journal's" (user_id, note) SELECT n % 500 + 1, md5(n::text) FROM generate_series(1, 2000) n;
INSERT INTO other.tag SELECT n, n, n % 20 + 1 FROM generate_series(1, 100) n;
INSERT INTO log SELECT '2020-06-01'::date + n, n FROM generate_series(1, 400) n;
"#;

// What the tool writes of these tables that leads to others.
const GONE: [&str; 2] = [
    "ALTER TABLE ONLY public.users\n    ADD CONSTRAINT users_team_id_fkey FOREIGN KEY (team_id) REFERENCES public.team(id) ON DELETE SET NULL;\n",
    "CREATE POLICY in_a_team ON public.users USING ((EXISTS ( SELECT\n   FROM public.team\n  WHERE (team.id = users.team_id))));\n",
];

const TABLES: [&str; 2] = ["--table=public.users", "--table=journal's"];

fn restore(rekey: &Rekey, server: &Server, name: &str, more: &[&str]) -> Answer {
    let file = std::fs::read_dir(rekey.path("out")).unwrap().flatten().map(|one| one.path().display().to_string());
    let file = file.into_iter().find(|name| name.ends_with(".dump")).unwrap();
    let url = server.url(name);
    rekey.json(&["restore", &file, &url].into_iter().chain(more.iter().copied()).collect::<Vec<_>>())
}

fn chosen() {
    let server = own_server();
    let database = Database::create_on(server, "shop");
    database.execute(SCHEMA);
    let rekey = Rekey::new(Some(server.password()));
    back_up(&rekey, &database, &[]).expect(0);
    let backed_up = database.dump(&[]);
    refused(&rekey, server);
    let answer = restore(&rekey, server, "part", &TABLES).expect(0).json;
    let list = |name: &str| -> Vec<String> {
        answer[name].as_array().unwrap().iter().map(|line| line.as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(list("tables"), ["other.journal's", "public.users"]);
    let left_out = list("left_out").join("\n");
    for told in
        ["users_team_id_fkey of public.users", "of_both", "of_views", "counted", "in_a_team on public.users", "teams()"]
    {
        assert!(left_out.contains(told), "{told} is not named: {left_out}");
    }
    assert_eq!(list("left_out").len(), 6, "{left_out}");
    // As the product's own tool writes these tables, but for what was said.
    let tables = ["--table=public.users", "--table=other.*journal*"];
    let part = Database::adopt(server, "part");
    let statements = |dump: String| -> String {
        dump.lines()
            .filter(|line| !line.starts_with("--") && !line.is_empty())
            .map(|line| format!("{line}\n"))
            .collect()
    };
    let mut expected = statements(database.dump(&tables));
    for gone in GONE {
        assert!(expected.contains(gone), "{gone}: {expected}");
        expected = expected.replace(gone, "");
    }
    assert_same("the tables", &expected, &statements(part.dump(&tables)));
    let others = part.value("SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE relkind IN ('r', 'p', 'm') AND nspname IN ('public', 'other')");
    assert_eq!(others, "2");
    assert_eq!(part.value("SELECT count(*) FROM public.of_users"), "500");
    back_in(&rekey, server, &database, &list("copy_back"));
    // A partitioned table comes with its partitions.
    let log = restore(&rekey, server, "log", &["--table", "log"]).expect(0).json;
    assert_eq!(log["tables"], serde_json::json!(["public.log", "public.log_1", "public.log_2"]));
    assert_eq!(Database::adopt(server, "log").value("SELECT count(*) FROM public.log"), "400");
    // Whole, for comparison.
    let whole = restore(&rekey, server, "whole", &[]).expect(0).json;
    assert!(whole["compared"].as_u64() > answer["compared"].as_u64(), "{whole}");
    assert_same("the whole", &backed_up, &Database::adopt(server, "whole").dump(&[]));
    server.stop();
}

fn there(server: &'static Server, name: &str) -> bool {
    let asks = Database::create_on(server, "asks");
    asks.value(&format!("SELECT count(*) FROM pg_database WHERE datname = '{name}'")) == "1"
}

// A table that is not there, a part without its whole, a default that draws from another's
// sequence, and a database that is there: nothing is left of any attempt.
fn refused(rekey: &Rekey, server: &'static Server) {
    let told = restore(rekey, server, "part", &["--table", "nobody"]).expect(2).failure()["what"].to_string();
    assert!(told.contains("'nobody'"), "{told}");
    let told = restore(rekey, server, "part", &["--table", "log_1"]).expect(3).failure()["what"].to_string();
    assert!(told.contains("choose public.log"), "{told}");
    assert!(!there(server, "part"));
    restore(rekey, server, "shop", &["--table", "users"]).expect(3);
    assert!(there(server, "shop"));
}

// Rows are gone from the live tables, others were changed: the first come back, the others stay.
fn back_in(rekey: &Rekey, server: &'static Server, database: &Database, lines: &[String]) {
    let sum = "SELECT count(*)::text || md5(string_agg(u::text, ',' ORDER BY id)) FROM public.users u";
    let before = database.value(sum);
    database.execute("DELETE FROM other.tag; DELETE FROM other.\"journal's\" WHERE id % 3 = 0 OR user_id > 400; DELETE FROM public.users WHERE id > 400");
    database.execute("UPDATE other.\"journal's\" SET note = 'new' WHERE id = 1");
    assert_ne!(database.value(sum), before);
    let mut shell = Command::new("sh");
    shell.args(["-ec", &lines.join("\n")]).current_dir(rekey.home()).env("PGPASSWORD", server.password());
    let done = finish(&mut shell, None);
    assert_eq!(done.code, Some(0), "{}\n{}", lines.join("\n"), done.stderr);
    assert_eq!(database.value(sum), before);
    assert_eq!(database.value("SELECT count(*)::text || ' ' || max(id) FROM other.\"journal's\""), "2000 2000");
    assert_eq!(database.value("SELECT note FROM other.\"journal's\" WHERE id = 1"), "new");
    let left: Vec<Value> = Vec::new();
    let files = std::fs::read_dir(rekey.home()).unwrap().flatten().map(|one| one.file_name().into_string().unwrap());
    assert_eq!(files.filter(|name| name.starts_with("rekey-rows")).map(Value::String).collect::<Vec<_>>(), left);
}
