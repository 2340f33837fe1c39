CREATE SCHEMA "{user}";
CREATE TABLE "{user}"."{own class}" ("{class}" serial PRIMARY KEY, note text);
CREATE TABLE "{own proc}" (id serial PRIMARY KEY, "{user}" integer CONSTRAINT "{own object}" REFERENCES "{user}"."{own class}", note text DEFAULT '{user}');
CREATE INDEX "{own type}" ON "{own proc}" ("{user}") WHERE note <> '{user}';
CREATE VIEW "{user}"."{}" AS SELECT "{class}", '{own class}' AS kind FROM "{user}"."{own class}";
INSERT INTO "{user}"."{own class}" (note) VALUES ('a'), ('b'), ('c');
INSERT INTO "{own proc}" ("{user}", note) VALUES (1, 'x'), (3, '{user}'), (NULL, 'y');
