CREATE TABLE thing (id serial PRIMARY KEY, name text);
INSERT INTO thing (name) VALUES ('a');
CREATE FUNCTION thing_name(which integer) RETURNS text BEGIN ATOMIC SELECT name FROM thing WHERE id = which; END;
