CREATE TABLE song (id serial PRIMARY KEY, album_id integer, name text);
CREATE TABLE album (id serial PRIMARY KEY, name text);
CREATE TABLE other (id serial PRIMARY KEY, name text UNIQUE);
INSERT INTO other (name) VALUES ('x');
INSERT INTO album (name) VALUES ('one'), ('two');
INSERT INTO song (album_id, name) VALUES (1, 'a'), (1, 'b'), (2, 'c');
ALTER TABLE song ADD FOREIGN KEY (album_id) REFERENCES album (id);
\set ON_ERROR_STOP off
\o /dev/null
CREATE UNIQUE INDEX CONCURRENTLY left_invalid ON song (album_id);
CREATE UNIQUE INDEX CONCURRENTLY left_invalid_beside ON song ((name IS NULL));
\set ON_ERROR_STOP on
