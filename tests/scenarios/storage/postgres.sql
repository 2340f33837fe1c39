CREATE TABLE users (id text PRIMARY KEY, name text);
CREATE TABLE notes (id serial PRIMARY KEY, user_id text REFERENCES users (id), body text);
CREATE TABLE counted (id numeric(12, 0) PRIMARY KEY, reader_ids integer[]);
CREATE TABLE readers (id serial PRIMARY KEY, name text);
CREATE TABLE part_of (id text PRIMARY KEY, name text);
CREATE TABLE heir (PRIMARY KEY (id)) INHERITS (part_of);
INSERT INTO users SELECT md5(i::text)::uuid::text, 'u' || i FROM generate_series(1, 9) i;
INSERT INTO notes (user_id, body) SELECT id, 'of ' || name FROM users;
INSERT INTO readers (name) VALUES ('a'), ('b'), ('c');
INSERT INTO counted VALUES (7, '{1,3}'), (8, '{2}'), (12, NULL);
INSERT INTO part_of VALUES ('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'top');
INSERT INTO heir VALUES ('6ba7b811-9dad-11d1-80b4-00c04fd430c8', 'below');
ALTER TABLE users ALTER COLUMN id SET STORAGE EXTERNAL;
ALTER TABLE notes ALTER COLUMN user_id SET STORAGE MAIN, ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE counted ALTER COLUMN id SET STORAGE EXTERNAL, ALTER COLUMN reader_ids SET STORAGE EXTERNAL;
ALTER TABLE ONLY part_of ALTER COLUMN id SET STORAGE MAIN;
ALTER TABLE ONLY heir ALTER COLUMN id SET STORAGE EXTERNAL;
SELECT current_setting('server_version_num')::int >= 140000 AS compresses \gset
\if :compresses
ALTER TABLE users ALTER COLUMN id SET COMPRESSION pglz;
ALTER TABLE notes ALTER COLUMN user_id SET COMPRESSION pglz, ALTER COLUMN body SET COMPRESSION pglz;
ALTER TABLE counted ALTER COLUMN reader_ids SET COMPRESSION pglz;
ALTER TABLE ONLY heir ALTER COLUMN id SET COMPRESSION pglz;
\endif
