//! The description of the catalogue: one schema with everything in it, and one thing at a
//! time lost or changed. Each must be named.

use super::Score;
use super::wire::Wire;
use crate::support::subject::Subject;

const SCHEMA: &str = include_str!("fingerprint.sql");

/// Since which version of the server, the object that must be named, and what is done.
type Defect = (u32, &'static str, &'static str);

const DEFECTS: &[Defect] = &[
    // Tables and their kin.
    (12, "table public.jar", "REVOKE SELECT ON jar FROM seeded_a"),
    (12, "table public.jar", "REVOKE GRANT OPTION FOR SELECT ON jar FROM seeded_a"),
    (12, "table public.jar", "ALTER TABLE jar OWNER TO seeded_a"),
    (12, "table public.shelf", "COMMENT ON TABLE shelf IS NULL"),
    (12, "table public.shelf", "ALTER TABLE shelf RESET (fillfactor)"),
    (12, "table public.shelf", "ALTER TABLE shelf SET (toast.autovacuum_enabled = off)"),
    (12, "table public.base_two", "ALTER TABLE base_two SET UNLOGGED"),
    (12, "table public.scratch", "ALTER TABLE scratch SET LOGGED"),
    (12, "table public.scratch", "UPDATE pg_class SET reltablespace = 1664 WHERE oid = 'scratch'::regclass"),
    (12, "table public.jar", "ALTER TABLE jar DISABLE ROW LEVEL SECURITY"),
    (12, "table public.jar", "ALTER TABLE jar NO FORCE ROW LEVEL SECURITY"),
    (12, "table public.jar", "ALTER TABLE jar REPLICA IDENTITY FULL"),
    (12, "table public.base_two", "ALTER TABLE base_two RENAME TO base_three"),
    (12, "table public.base_two", "ALTER TABLE base_two SET SCHEMA side"),
    (12, "table public.heir", "ALTER TABLE heir NO INHERIT base_two"),
    (12, "table public.heir", "ALTER TABLE heir NO INHERIT base_one; ALTER TABLE heir INHERIT base_one"),
    (12, "table public.event_old", "ALTER TABLE event DETACH PARTITION event_old"),
    (12, "table public.event_rest", "ALTER TABLE event DETACH PARTITION event_rest"),
    (
        12,
        "table public.event_new",
        "ALTER TABLE event DETACH PARTITION event_new; ALTER TABLE event ATTACH PARTITION event_new FOR VALUES FROM ('2020-01-01') TO ('2029-01-01')",
    ),
    // Columns.
    (12, "column public.jar.label", "REVOKE UPDATE (label) ON jar FROM seeded_b"),
    (12, "column public.shelf.name", "COMMENT ON COLUMN shelf.name IS 'another'"),
    (12, "column public.few.label", "COMMENT ON COLUMN few.label IS NULL"),
    (12, "column public.shelf.name", "ALTER TABLE shelf ALTER name SET STORAGE EXTENDED"),
    (12, "column public.shelf.name", "ALTER TABLE shelf ALTER name SET STATISTICS -1"),
    (14, "column public.shelf.name", "ALTER TABLE shelf ALTER name SET COMPRESSION default"),
    (12, "column public.shelf.name", "ALTER TABLE shelf ALTER name TYPE text COLLATE \"C\""),
    (12, "column public.shelf.name", "ALTER TABLE shelf ALTER name DROP DEFAULT"),
    (12, "column public.shelf.name", "ALTER TABLE shelf ALTER name DROP NOT NULL"),
    (12, "column public.shelf.room", "ALTER TABLE shelf ALTER room RESET (n_distinct)"),
    (12, "column public.shelf.id", "ALTER TABLE shelf ALTER id SET GENERATED ALWAYS"),
    (12, "column public.shelf.id", "ALTER TABLE shelf ALTER id DROP IDENTITY"),
    (
        12,
        "column public.shelf.area",
        "ALTER TABLE shelf DROP area; ALTER TABLE shelf ADD area numeric GENERATED ALWAYS AS (width * 3) STORED",
    ),
    (13, "column public.shelf.area", "ALTER TABLE shelf ALTER area DROP EXPRESSION"),
    (12, "column public.base_one.id", "ALTER TABLE base_one DROP id; ALTER TABLE base_one ADD id integer"),
    (12, "column public.base_one.id", "ALTER TABLE base_one ALTER id TYPE bigint"),
    (12, "column public.heir.c", "ALTER TABLE heir DROP c"),
    (12, "column public.heir.b", "ALTER TABLE heir DROP CONSTRAINT IF EXISTS x; ALTER TABLE heir NO INHERIT base_two"),
    (12, "column public.few.label", "ALTER VIEW few ALTER COLUMN label DROP DEFAULT"),
    (12, "column public.pair.b", "ALTER TYPE pair RENAME ATTRIBUTE b TO c"),
    (12, "column public.distant.id", "ALTER FOREIGN TABLE distant ALTER id OPTIONS (DROP name)"),
    // Constraints.
    (12, "constraint public.jar.jar_shelf", "ALTER TABLE jar DROP CONSTRAINT jar_shelf"),
    (12, "constraint public.jar.jar_shelf", "ALTER TABLE jar ALTER CONSTRAINT jar_shelf NOT DEFERRABLE"),
    (12, "constraint public.jar.jar_shelf", "ALTER TABLE jar ALTER CONSTRAINT jar_shelf DEFERRABLE INITIALLY DEFERRED"),
    (12, "constraint public.jar.jar_shelf", "ALTER TABLE jar RENAME CONSTRAINT jar_shelf TO jar_on_shelf"),
    (
        12,
        "constraint public.jar.jar_shelf",
        "ALTER TABLE jar DROP CONSTRAINT jar_shelf; ALTER TABLE jar ADD CONSTRAINT jar_shelf FOREIGN KEY (shelf_id) REFERENCES shelf ON DELETE CASCADE DEFERRABLE NOT VALID",
    ),
    (
        12,
        "constraint public.jar.jar_shelf",
        "ALTER TABLE jar DROP CONSTRAINT jar_shelf; ALTER TABLE jar ADD CONSTRAINT jar_shelf FOREIGN KEY (shelf_id) REFERENCES shelf DEFERRABLE",
    ),
    (12, "constraint public.jar.jar_room", "ALTER TABLE jar VALIDATE CONSTRAINT jar_room"),
    (
        12,
        "constraint public.jar.jar_room",
        "ALTER TABLE jar DROP CONSTRAINT jar_room; ALTER TABLE jar ADD CONSTRAINT jar_room FOREIGN KEY (room) REFERENCES shelf (slot) ON UPDATE SET NULL NOT VALID",
    ),
    (
        12,
        "constraint public.jar.jar_room",
        "ALTER TABLE jar DROP CONSTRAINT jar_room; ALTER TABLE jar ADD CONSTRAINT jar_room FOREIGN KEY (room) REFERENCES shelf (slot) MATCH FULL ON UPDATE CASCADE NOT VALID",
    ),
    (12, "constraint public.jar.jar_shelf", "ALTER TABLE jar DISABLE TRIGGER ALL; ALTER TABLE jar ENABLE TRIGGER USER"),
    (
        12,
        "constraint public.shelf.shelf_room",
        "ALTER TABLE shelf DROP CONSTRAINT shelf_room; ALTER TABLE shelf ADD CONSTRAINT shelf_room UNIQUE (room)",
    ),
    (
        12,
        "constraint public.shelf.apart",
        "ALTER TABLE shelf DROP CONSTRAINT apart; ALTER TABLE shelf ADD CONSTRAINT apart EXCLUDE USING gist (room WITH <>, during WITH &&)",
    ),
    (
        12,
        "constraint public.jar.jar_label",
        "ALTER TABLE jar DROP CONSTRAINT jar_label; ALTER TABLE jar ADD CONSTRAINT jar_label CHECK (label <> '')",
    ),
    (
        12,
        "constraint public.shelf.wide",
        "ALTER TABLE shelf DROP CONSTRAINT wide; ALTER TABLE shelf ADD CONSTRAINT wide CHECK (width >= 0)",
    ),
    (12, "constraint public.shelf.wide", "COMMENT ON CONSTRAINT wide ON shelf IS NULL"),
    (
        12,
        "constraint public.jar.jar_key",
        "ALTER TABLE jar DROP CONSTRAINT jar_key; CREATE UNIQUE INDEX jar_key ON jar (id)",
    ),
    (12, "constraint public.short.short_check", "ALTER DOMAIN short DROP CONSTRAINT short_check"),
    (
        12,
        "constraint public.short.short_check",
        "ALTER DOMAIN short DROP CONSTRAINT short_check; ALTER DOMAIN short ADD CONSTRAINT short_check CHECK (length(VALUE) < 9) NOT VALID",
    ),
    (12, "constraint public.short.short_check", "COMMENT ON CONSTRAINT short_check ON DOMAIN short IS NULL"),
    // Indexes.
    (12, "index public.jar_label", "DROP INDEX jar_label"),
    (12, "index public.jar_label", "ALTER INDEX jar_label RENAME TO jar_name"),
    (
        12,
        "index public.jar_label",
        "DROP INDEX jar_label; CREATE INDEX jar_label ON jar (label COLLATE \"C\" DESC NULLS LAST) INCLUDE (room) WITH (fillfactor = 80) WHERE room > 0",
    ),
    (
        12,
        "index public.jar_label",
        "DROP INDEX jar_label; CREATE INDEX jar_label ON jar (label text_pattern_ops DESC NULLS LAST) INCLUDE (room) WITH (fillfactor = 80) WHERE room > 0",
    ),
    (
        12,
        "index public.jar_label",
        "DROP INDEX jar_label; CREATE INDEX jar_label ON jar (label COLLATE \"C\" text_pattern_ops NULLS LAST) INCLUDE (room) WITH (fillfactor = 80) WHERE room > 0",
    ),
    (
        12,
        "index public.jar_label",
        "DROP INDEX jar_label; CREATE INDEX jar_label ON jar (label COLLATE \"C\" text_pattern_ops DESC) INCLUDE (room) WITH (fillfactor = 80) WHERE room > 0",
    ),
    (
        12,
        "index public.jar_label",
        "DROP INDEX jar_label; CREATE INDEX jar_label ON jar (label COLLATE \"C\" text_pattern_ops DESC NULLS LAST) WITH (fillfactor = 80) WHERE room > 0",
    ),
    (
        12,
        "index public.jar_label",
        "DROP INDEX jar_label; CREATE INDEX jar_label ON jar (label COLLATE \"C\" text_pattern_ops DESC NULLS LAST) INCLUDE (room) WHERE room > 0",
    ),
    (
        12,
        "index public.jar_label",
        "DROP INDEX jar_label; CREATE INDEX jar_label ON jar (label COLLATE \"C\" text_pattern_ops DESC NULLS LAST) INCLUDE (room) WITH (fillfactor = 80)",
    ),
    (12, "index public.jar_twice", "ALTER INDEX jar_twice ALTER COLUMN 1 SET STATISTICS -1"),
    (12, "index public.jar_twice", "COMMENT ON INDEX jar_twice IS NULL"),
    (12, "index public.jar_twice", "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'jar_twice'::regclass"),
    (12, "index public.jar_key", "ALTER TABLE jar SET WITHOUT CLUSTER"),
    (12, "index public.jar_place", "DROP INDEX jar_place; CREATE UNIQUE INDEX jar_place ON jar (id, label)"),
    (12, "index public.event_new_at_idx", "DROP INDEX event_at"),
    (12, "index public.counted_room", "DROP INDEX counted_room"),
    // What else stands on tables.
    (12, "statistics side.jar_stats", "DROP STATISTICS side.jar_stats"),
    (13, "statistics side.jar_stats", "ALTER STATISTICS side.jar_stats SET STATISTICS -1"),
    (12, "statistics side.jar_stats", "COMMENT ON STATISTICS side.jar_stats IS NULL"),
    (12, "trigger public.jar.jar_a", "ALTER TABLE jar DISABLE TRIGGER jar_a"),
    (12, "trigger public.jar.jar_a", "ALTER TRIGGER jar_a ON jar RENAME TO jar_z"),
    (
        12,
        "trigger public.jar.jar_a",
        "DROP TRIGGER jar_a ON jar; CREATE TRIGGER jar_a BEFORE INSERT OR UPDATE ON jar FOR EACH ROW WHEN (NEW.label IS NOT NULL) EXECUTE FUNCTION noted()",
    ),
    (
        12,
        "trigger public.jar.jar_a",
        "DROP TRIGGER jar_a ON jar; CREATE TRIGGER jar_a BEFORE INSERT OR UPDATE OF label ON jar FOR EACH ROW EXECUTE FUNCTION noted()",
    ),
    (12, "trigger public.jar.jar_b", "ALTER TABLE jar ENABLE REPLICA TRIGGER jar_b"),
    (12, "trigger public.jar.jar_b", "COMMENT ON TRIGGER jar_b ON jar IS NULL"),
    (
        12,
        "trigger public.jar.jar_c",
        "DROP TRIGGER jar_c ON jar; CREATE CONSTRAINT TRIGGER jar_c AFTER INSERT ON jar DEFERRABLE FOR EACH ROW EXECUTE FUNCTION noted()",
    ),
    (12, "rule public.jar.jar_told", "DROP RULE jar_told ON jar"),
    (12, "rule public.jar.jar_told", "ALTER TABLE jar DISABLE RULE jar_told"),
    (12, "rule public.jar.jar_told", "COMMENT ON RULE jar_told ON jar IS NULL"),
    (12, "policy public.jar.mine", "DROP POLICY mine ON jar"),
    (12, "policy public.jar.mine", "ALTER POLICY mine ON jar TO seeded_a"),
    (12, "policy public.jar.mine", "ALTER POLICY mine ON jar TO PUBLIC"),
    (12, "policy public.jar.mine", "ALTER POLICY mine ON jar USING (room > 1)"),
    (
        12,
        "policy public.jar.mine",
        "DROP POLICY mine ON jar; CREATE POLICY mine ON jar FOR SELECT TO seeded_a, seeded_b USING (room > 0)",
    ),
    (
        12,
        "policy public.jar.mine",
        "DROP POLICY mine ON jar; CREATE POLICY mine ON jar AS RESTRICTIVE TO seeded_a, seeded_b USING (room > 0)",
    ),
    (12, "policy public.jar.mine", "COMMENT ON POLICY mine ON jar IS NULL"),
    (12, "policy public.jar.written", "ALTER POLICY written ON jar WITH CHECK (true)"),
    // Views.
    (12, "view public.few", "ALTER VIEW few RESET (security_barrier)"),
    (12, "view public.few", "ALTER VIEW few RESET (check_option)"),
    (12, "view public.few", "ALTER VIEW few OWNER TO seeded_b"),
    (12, "view public.few", "REVOKE SELECT ON few FROM seeded_a"),
    (12, "view public.few", "COMMENT ON VIEW few IS NULL"),
    (
        12,
        "view public.few",
        "CREATE OR REPLACE VIEW few WITH (security_barrier, check_option = local) AS SELECT id, label FROM jar WHERE room >= 0",
    ),
    (12, "materialized view public.counted", "REFRESH MATERIALIZED VIEW counted WITH NO DATA"),
    // Sequences.
    (12, "sequence public.jar_id_seq", "ALTER SEQUENCE jar_id_seq OWNED BY NONE"),
    (12, "sequence public.jar_id_seq", "REVOKE USAGE ON SEQUENCE jar_id_seq FROM seeded_a"),
    (12, "sequence public.shelf_id_seq", "ALTER TABLE shelf ALTER id SET INCREMENT 1"),
    (12, "sequence public.loose", "ALTER SEQUENCE loose NO CYCLE"),
    (12, "sequence public.loose", "ALTER SEQUENCE loose AS smallint"),
    (12, "sequence public.loose", "ALTER SEQUENCE loose CACHE 5"),
    (12, "sequence public.loose", "ALTER SEQUENCE loose OWNER TO seeded_b"),
    (12, "sequence public.loose", "COMMENT ON SEQUENCE loose IS NULL"),
    // Types and code.
    (12, "type public.mood", "ALTER TYPE mood RENAME VALUE 'sad' TO 'low'"),
    (12, "type public.mood", "ALTER TYPE mood ADD VALUE 'so, so' BEFORE 'fine'"),
    (12, "type public.mood", "COMMENT ON TYPE mood IS NULL"),
    (12, "type public.mood", "REVOKE USAGE ON TYPE mood FROM PUBLIC"),
    (12, "type public.mood", "ALTER TYPE mood OWNER TO seeded_a"),
    (12, "type public.short", "ALTER DOMAIN short DROP DEFAULT"),
    (12, "type public.short", "ALTER DOMAIN short SET NOT NULL"),
    (12, "type public.span", "DROP TYPE span; CREATE TYPE span AS RANGE (subtype = float8)"),
    (
        12,
        "function public.\"twice(n integer)\"",
        "CREATE OR REPLACE FUNCTION twice(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT n + n'",
    ),
    (12, "function public.\"twice(n integer)\"", "ALTER FUNCTION twice(integer) SET work_mem = '1MB'"),
    (12, "function public.\"twice(n integer)\"", "ALTER FUNCTION twice(integer) SECURITY DEFINER"),
    (12, "function public.\"twice(n integer)\"", "ALTER FUNCTION twice(integer) OWNER TO seeded_b"),
    (12, "function public.\"twice(n integer)\"", "REVOKE EXECUTE ON FUNCTION twice(integer) FROM seeded_a"),
    (12, "function public.\"twice(n integer)\"", "COMMENT ON FUNCTION twice(integer) IS NULL"),
    (
        13,
        "depends on extension btree_gist.function.\"public.twice(integer)\"",
        "ALTER FUNCTION twice(integer) NO DEPENDS ON EXTENSION btree_gist",
    ),
    (12, "procedure public.nothing()", "DROP PROCEDURE nothing()"),
    (
        12,
        "aggregate public.add_up(integer)",
        "DROP AGGREGATE add_up(integer); CREATE AGGREGATE add_up(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '1')",
    ),
    (12, "operator public.\"===(public.pair, public.pair)\"", "ALTER OPERATOR === (pair, pair) SET (RESTRICT = NONE)"),
    (
        12,
        "operator family public.backwards.btree",
        "ALTER OPERATOR FAMILY backwards USING btree ADD FUNCTION 2 (integer, integer) btint4sortsupport(internal)",
    ),
    (
        12,
        "cast integer.\"public.mood\"",
        "DROP CAST (integer AS mood); CREATE CAST (integer AS mood) WITH FUNCTION to_mood(integer) AS IMPLICIT",
    ),
    (12, "comment cast.\"(integer AS public.mood)\"", "COMMENT ON CAST (integer AS mood) IS NULL"),
    (12, "comment collation.\"side.strange\"", "COMMENT ON COLLATION side.strange IS NULL"),
    (12, "collation side.strange.6", "ALTER COLLATION side.strange OWNER TO seeded_b"),
    (12, "conversion public.odd", "DROP CONVERSION odd"),
    (
        12,
        "text search configuration public.plain_text",
        "ALTER TEXT SEARCH CONFIGURATION plain_text DROP MAPPING FOR word",
    ),
    (12, "text search dictionary public.plain_words", "ALTER TEXT SEARCH DICTIONARY plain_words (StopWords)"),
    (12, "language plpgsql", "REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC"),
    // The whole database.
    (12, "schema side", "REVOKE USAGE ON SCHEMA side FROM seeded_b"),
    (12, "schema side", "COMMENT ON SCHEMA side IS NULL"),
    (12, "schema side", "ALTER SCHEMA side OWNER TO seeded_b"),
    (
        12,
        "default rights postgres.side.r",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA side REVOKE SELECT ON TABLES FROM seeded_b",
    ),
    (12, "default rights postgres..f", "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC"),
    (12, "publication news", "ALTER PUBLICATION news SET (publish = 'insert')"),
    (12, "publication news", "ALTER PUBLICATION news OWNER TO seeded_a"),
    (12, "comment publication.news", "COMMENT ON PUBLICATION news IS NULL"),
    (12, "publication member news.public.base_one", "ALTER PUBLICATION news DROP TABLE base_one"),
    (
        15,
        "published table news.public.jar",
        "ALTER PUBLICATION news SET TABLE jar (id, label) WHERE (id > 1), base_one",
    ),
    (15, "publication member news.public.jar", "ALTER PUBLICATION news SET TABLE jar (id, label), base_one"),
    (15, "publication member news.public.jar", "ALTER PUBLICATION news SET TABLE jar WHERE (id > 0), base_one"),
    (15, "published schema all_of_side.side", "ALTER PUBLICATION all_of_side DROP TABLES IN SCHEMA side"),
    (12, "subscription heard", "ALTER SUBSCRIPTION heard SET PUBLICATION other WITH (refresh = false)"),
    (12, "event trigger watcher", "ALTER EVENT TRIGGER watcher DISABLE"),
    (12, "foreign server away", "ALTER SERVER away OPTIONS (SET host 'b')"),
    (12, "foreign data wrapper far", "ALTER FOREIGN DATA WRAPPER far OPTIONS (ADD debug 'on')"),
    (12, "user mapping away.seeded_a", "DROP USER MAPPING FOR seeded_a SERVER away"),
    (12, "foreign table public.distant", "ALTER FOREIGN TABLE distant OPTIONS (SET place 'c')"),
    (12, "extension btree_gist", "UPDATE pg_extension SET extversion = '1.0' WHERE extname = 'btree_gist'"),
];

/// Reads, spoils, reads again, takes it back; all in the way the gate reads.
pub fn every_loss_is_named(subject: &dyn Subject) {
    subject.execute(SCHEMA);
    let mut wire = Wire::open(subject);
    let version = wire.version();
    let before = wire.catalogue();
    let mut score = Score::default();
    for (_, object, statements) in DEFECTS.iter().filter(|(since, ..)| *since <= version) {
        let after = match wire.spoilt(statements, Wire::catalogue) {
            Ok(after) => after,
            Err(reason) => {
                score.count(kind(object), false, &reason);
                continue;
            }
        };
        let differences = before.differences(&after);
        let named: Vec<&String> = differences.iter().map(|one| &one.object).collect();
        let noticed = named.iter().any(|one| *one == object) && before.fingerprint() != after.fingerprint();
        score.count(kind(object), noticed, &format!("{statements}: {object} is not among {named:?}"));
    }
    assert_eq!(before, wire.catalogue(), "what was taken back");
    drop(wire);
    subject.execute("DROP SUBSCRIPTION heard");
    println!("seeded::catalogue: {} objects described", before.objects.len());
    score.judge(&format!("seeded::catalogue on PostgreSQL {version}"));
}

// A kind may be of several words; the object's name never holds a blank before its first dot.
fn kind(object: &str) -> &str {
    let known = [
        "default rights",
        "depends on extension",
        "event trigger",
        "foreign data wrapper",
        "foreign server",
        "foreign table",
        "materialized view",
        "operator family",
        "published schema",
        "published table",
        "publication member",
        "text search configuration",
        "text search dictionary",
        "user mapping",
    ];
    known
        .into_iter()
        .find(|kind| object.starts_with(kind))
        .unwrap_or_else(|| object.split(' ').next().unwrap_or_default())
}
