DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'texts_owner') THEN CREATE ROLE texts_owner; END IF; END $$;
CREATE TABLE report (id serial PRIMARY KEY, name text, picture oid);
CREATE TABLE job (id serial PRIMARY KEY, schedule text, command text);
INSERT INTO report (name, picture) VALUES ('a', lo_from_bytea(77001, 'picture')), ('b', NULL);
INSERT INTO job (schedule, command) VALUES ('0 4 * * *', 'DELETE FROM report WHERE id < 100');
CREATE FUNCTION purge() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public AS 'DELETE FROM report WHERE id < 2';
CREATE VIEW all_reports WITH (security_invoker = false) AS SELECT id, name FROM report;
ALTER VIEW all_reports OWNER TO texts_owner;
GRANT SELECT ON report TO texts_owner;
