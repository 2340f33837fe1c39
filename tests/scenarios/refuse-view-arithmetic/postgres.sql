CREATE TABLE page (id serial PRIMARY KEY, name text);
INSERT INTO page (name) VALUES ('a');
CREATE VIEW numbered AS SELECT id + 1000 AS number, name FROM page;
