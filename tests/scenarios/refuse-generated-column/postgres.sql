-- Added again, it would stand behind the other column.
CREATE TABLE part (id serial PRIMARY KEY, code text GENERATED ALWAYS AS ('P' || (id * 10)::text) STORED, name text);
-- Where it stands last it may be added again, but not with a view on it.
CREATE TABLE viewed (id serial PRIMARY KEY, code text GENERATED ALWAYS AS (CASE WHEN id IS NULL THEN 'none' ELSE 'some' END) STORED);
CREATE VIEW codes AS SELECT code FROM viewed;
-- Its expression makes no sense of UUIDs.
CREATE TABLE counted (id serial PRIMARY KEY, twice integer GENERATED ALWAYS AS (id * 2) STORED);
CREATE TABLE other (id serial PRIMARY KEY, name text);
INSERT INTO part DEFAULT VALUES;
INSERT INTO viewed DEFAULT VALUES;
INSERT INTO counted DEFAULT VALUES;
INSERT INTO other (name) VALUES ('x');
