-- What is hard to dump, to compare, or to write down.
CREATE SCHEMA "a ""b"" %s
'é";
CREATE TABLE "a ""b"" %s
'é"."t'""%n
ü" ("k""ey %d" text PRIMARY KEY, "SELECT" varchar(9) CHECK ("SELECT" IN ('a', 'it''s, ]')), "Ω" text[] DEFAULT ARRAY['x']);
INSERT INTO "a ""b"" %s
'é"."t'""%n
ü" VALUES (E'a\nb', 'a', '{{1,2},{3,NULL}}'), ('', 'it''s, ]', NULL), ('%', NULL, '{}');
COMMENT ON TABLE "a ""b"" %s
'é"."t'""%n
ü" IS E'it''s \\ "quoted" (ARRAY[1])::text[]';
GRANT SELECT ("SELECT") ON "a ""b"" %s
'é"."t'""%n
ü" TO seeded_b;
-- Definitions that are spelled otherwise for the second time.
CREATE TABLE spelled (state varchar(9) CHECK (state IN ('open', 'shut')), kind char(3) CHECK (kind NOT IN ('a', 'b')),
  CHECK (state = 'x' OR kind = ANY (ARRAY['q', 'r']::varchar[])));
CREATE INDEX spelled_some ON spelled (kind) WHERE state IN ('open', 'ajar');
ALTER TABLE spelled ENABLE ROW LEVEL SECURITY;
CREATE POLICY spelled_own ON spelled USING (state IN ('open', 'shut')) WITH CHECK (state NOT IN ('x', 'y'));
CREATE VIEW spelled_view AS SELECT state IN ('open', 'shut') AS known, CASE WHEN kind IN ('a', 'b') THEN 1 END AS n FROM spelled WHERE state IN ('open', 'q');
CREATE FUNCTION spelled_body(s varchar DEFAULT 'a') RETURNS boolean LANGUAGE sql BEGIN ATOMIC SELECT s IN ('a', 'b'); END;
CREATE DOMAIN spelled_domain AS varchar CHECK (VALUE IN ('a', 'b'));
INSERT INTO spelled VALUES ('open', 'q'), ('shut', NULL);
-- Rows in every place that has some.
INSERT INTO shelf (name, label, width, room, mood, held, during) VALUES ('n', 'l', 1.50, 1, 'sad', '(1,"a b")', '[2020-01-01,2021-01-01)'), ('m', NULL, 2, 2, 'glad', NULL, NULL);
INSERT INTO jar (label, room) VALUES ('j', NULL), ('k', NULL);
INSERT INTO event VALUES (1, '2019-01-01', 'old'), (2, '2025-01-01', 'new'), (3, '2040-01-01', 'rest');
INSERT INTO heir VALUES (1, 'a', 'b', 'c');
INSERT INTO scratch VALUES (1), (2);
REFRESH MATERIALIZED VIEW counted;
-- Now it is not as its query would make it.
DELETE FROM jar WHERE label = 'k';
SELECT setval('loose', 42, false);
-- A copy has the parent's columns first.
CREATE TABLE parent_later (a integer); CREATE TABLE child_first (own integer) INHERITS (parent_later);
ALTER TABLE parent_later ADD late text; INSERT INTO child_first VALUES (1, 2, 'x');
-- An index whose making failed.
CREATE TABLE doubled (id integer); INSERT INTO doubled VALUES (1), (2);
CREATE INDEX doubled_broken ON doubled (id); UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'doubled_broken'::regclass;
-- Values that look alike, and types that no hash is made for.
CREATE TABLE alike (f double precision, n numeric, j json, x xml, p point, m money, b bit(3), c char(5), i interval, r int4range[], t tsvector, d short, h jsonb);
INSERT INTO alike VALUES ('-0', '1.00', '{"a": 1,  "a": 2}', '<a/>', '(1,2)', '1.50', '101', 'ab', '1 mon', '{"[1,3)"}', 'a:1', 'x', '{"b": [1, null]}'), ('NaN', 'NaN', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
CREATE TABLE nothing_in_it ();
INSERT INTO nothing_in_it DEFAULT VALUES;
-- Large objects, one with nothing in it.
SELECT lo_from_bytea(4001, 'large'); SELECT lo_create(4002); GRANT SELECT ON LARGE OBJECT 4001 TO seeded_a; COMMENT ON LARGE OBJECT 4001 IS 'large';
-- What an earlier run keeps.
CREATE SCHEMA rekey; CREATE TABLE rekey.run (id text PRIMARY KEY); INSERT INTO rekey.run VALUES ('4k2j9x0q1z');
