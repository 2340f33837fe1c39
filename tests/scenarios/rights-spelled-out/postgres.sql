DO $$ BEGIN CREATE ROLE rights_reader; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
CREATE SCHEMA elsewhere;
ALTER DEFAULT PRIVILEGES IN SCHEMA elsewhere GRANT ALL ON TABLES TO rights_reader WITH GRANT OPTION;
CREATE TABLE thing (id serial PRIMARY KEY, name text);
CREATE VIEW things AS SELECT id, name FROM thing;
INSERT INTO thing (name) VALUES ('a'), ('b');
