//! What stands on a key and is taken away and put back: each kind on its own, with
//! everything that can be said about it, there and back and compared by dump.

use super::job::Job;
use super::server::Server;

/// Each in a schema of its own.
const CARRIED: &[(&str, &str)] = &[
    (
        "policies",
        "CREATE ROLE reader; CREATE ROLE \"odd role\";
         CREATE TABLE account (id serial PRIMARY KEY, name text); CREATE TABLE doc (id serial PRIMARY KEY, account_id int REFERENCES account, v text);
         CREATE TABLE \"other t\" (n text); CREATE VIEW seen AS SELECT id, name FROM account;
         ALTER TABLE account ENABLE ROW LEVEL SECURITY; ALTER TABLE account FORCE ROW LEVEL SECURITY; ALTER TABLE doc ENABLE ROW LEVEL SECURITY;
         CREATE POLICY own ON doc AS RESTRICTIVE FOR UPDATE TO reader, \"odd role\" USING (account_id IN (SELECT a.id FROM account a WHERE a.name = current_user)) WITH CHECK (id IS DISTINCT FROM account_id);
         CREATE POLICY \"it's \"\"all\"\"\" ON account USING ((id)::text = current_setting('app.account')); COMMENT ON POLICY \"it's \"\"all\"\"\" ON account IS 'a \\ comment';
         CREATE POLICY ins ON doc FOR INSERT WITH CHECK (EXISTS (SELECT FROM seen s WHERE s.id = doc.account_id)); CREATE POLICY del ON doc FOR DELETE USING (id IS NOT NULL);
         CREATE POLICY elsewhere ON \"other t\" FOR SELECT USING (n IN (SELECT name FROM account WHERE id IS NOT NULL));
         INSERT INTO account (name) VALUES ('a'), ('b'); INSERT INTO doc (account_id, v) VALUES (1, 'x'), (2, 'y');",
    ),
    (
        "exclusions",
        "CREATE TABLE t (id int PRIMARY KEY, p int REFERENCES t, during tsrange, CONSTRAINT \"one at a time\" EXCLUDE USING gist (p WITH =, during WITH &&) WHERE (during IS NOT NULL) DEFERRABLE, EXCLUDE USING gist (p WITH <>, id WITH =), EXCLUDE (p WITH =, id WITH =));
         COMMENT ON CONSTRAINT \"one at a time\" ON t IS 'c'; INSERT INTO t VALUES (1, 1, '[2020-01-01,2020-02-01)'), (2, 1, '[2020-03-01,2020-04-01)');",
    ),
    (
        "functions",
        "CREATE ROLE caller; CREATE TABLE t (id serial PRIMARY KEY, p int REFERENCES t, v text); INSERT INTO t (p, v) VALUES (1, 'a'), (1, 'b');
         CREATE FUNCTION how_many(word text DEFAULT 'a') RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER COST 7 SET work_mem = '5MB' BEGIN ATOMIC SELECT count(id) FROM t WHERE v = word; SELECT count(*) FROM t x WHERE x.id = x.p AND x.v = how_many.word; END;
         CREATE FUNCTION texts() RETURNS TABLE (a text, b text) LANGUAGE sql BEGIN ATOMIC SELECT id::text, v FROM t; END; CREATE FUNCTION one() RETURNS bigint LANGUAGE sql RETURN (SELECT count(t.id) FROM t);
         CREATE PROCEDURE fill(word text) LANGUAGE sql BEGIN ATOMIC INSERT INTO t (v) VALUES (word); DELETE FROM t WHERE id IS NULL; END; CREATE VIEW v AS SELECT id, v FROM t; CREATE FUNCTION rows() RETURNS SETOF v LANGUAGE sql BEGIN ATOMIC SELECT id, v FROM v; END;
         CREATE FUNCTION text_rows(v[] DEFAULT NULL) RETURNS SETOF v LANGUAGE sql AS 'SELECT id, v FROM \"my functions\".v'; CREATE VIEW from_rows AS SELECT v FROM text_rows(); GRANT EXECUTE ON FUNCTION text_rows TO caller; CREATE FUNCTION seen() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(v.id) FROM v; END; CREATE MATERIALIZED VIEW stored AS SELECT how_many('a') AS n, seen() AS s, one() AS o; CREATE TABLE uses (n bigint DEFAULT how_many());
         COMMENT ON FUNCTION how_many IS 'c'; REVOKE ALL ON FUNCTION how_many FROM PUBLIC; GRANT EXECUTE ON FUNCTION how_many TO caller; ALTER FUNCTION texts OWNER TO caller; CREATE POLICY y ON uses USING (n = seen());",
    ),
    (
        "targets",
        "CREATE TABLE t (id serial PRIMARY KEY, p int REFERENCES t, v text, w int);
         CREATE INDEX two ON t ((id::text), p, (lower(v))); ALTER INDEX two ALTER COLUMN 1 SET STATISTICS 77; ALTER INDEX two ALTER COLUMN 3 SET STATISTICS 78;
         CREATE STATISTICS s ON p, w FROM t; ALTER STATISTICS s SET STATISTICS 50; CREATE STATISTICS untouched ON v, w FROM t; ALTER STATISTICS untouched SET STATISTICS 51;
         INSERT INTO t (p) VALUES (1), (1), (2);",
    ),
];

#[tokio::test]
async fn each_is_put_back() {
    let Some(server) = Server::start() else { return };
    for (name, sql) in CARRIED {
        let database =
            server.create(name, &format!("CREATE EXTENSION btree_gist; CREATE SCHEMA \"my {name}\"; SET search_path = \"my {name}\", public;\n{sql}"));
        let before = server.dump(name);
        let job = Job::plan(database).await.unwrap();
        assert!(!job.conversions.is_empty(), "{name} has keys to convert");
        let refused = job.refused().await.unwrap();
        assert!(refused.is_empty(), "{name}: {refused:#?}");
        for round in ["first", "again"] {
            assert_eq!(job.convert().await.unwrap(), Vec::<String>::new(), "{name} is converted, {round}");
            assert_eq!(job.undo().await.unwrap(), Vec::<String>::new(), "{name} is taken back, {round}");
            let after = server.dump(name);
            assert!(before == after, "{name} is as before:\n{}", super::corpora::first_difference(&before, &after));
        }
    }
}
