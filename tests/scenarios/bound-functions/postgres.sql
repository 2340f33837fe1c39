CREATE ROLE function_caller;
CREATE TABLE thing (id serial PRIMARY KEY, part_of integer REFERENCES thing, name text);
INSERT INTO thing (part_of, name) VALUES (NULL, 'a'), (1, 'b'), (1, 'c');
CREATE VIEW named AS SELECT id, name FROM thing;
CREATE FUNCTION how_many(word text DEFAULT 'a') RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER COST 7 SET work_mem = '5MB'
BEGIN ATOMIC
  SELECT count(id) FROM thing WHERE name = word;
END;
CREATE FUNCTION parts() RETURNS bigint LANGUAGE sql STABLE RETURN (SELECT count(p.id) FROM thing p JOIN named w ON w.id = p.part_of);
CREATE PROCEDURE forget(word text) LANGUAGE sql BEGIN ATOMIC DELETE FROM thing WHERE name = word AND id IS NOT NULL; END;
CREATE FUNCTION all_things() RETURNS SETOF named LANGUAGE sql STABLE AS 'SELECT id, name FROM public.named';
CREATE MATERIALIZED VIEW counted AS SELECT parts() AS n;
CREATE TABLE use (n bigint DEFAULT how_many('b'));
ALTER TABLE use ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_number ON use USING (n = parts());
COMMENT ON FUNCTION how_many IS 'a comment';
REVOKE ALL ON FUNCTION how_many FROM PUBLIC;
GRANT EXECUTE ON FUNCTION how_many TO function_caller;
GRANT EXECUTE ON FUNCTION all_things TO function_caller WITH GRANT OPTION;
COMMENT ON FUNCTION all_things IS 'rows';
