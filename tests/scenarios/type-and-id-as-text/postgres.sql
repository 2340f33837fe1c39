CREATE TABLE posts (id serial PRIMARY KEY, title text);
CREATE TABLE "Photo Albums" (id text PRIMARY KEY, name text);
CREATE TABLE notes (id serial PRIMARY KEY, subject_type text, subject_id integer NOT NULL, text text);
INSERT INTO posts (title) VALUES ('a'), ('b'), ('c');
INSERT INTO notes (subject_type, subject_id, text) VALUES ('Post', 1, 'c'), ('It''s gone', 1, 'd'), ('Post', 3, 'e'), (NULL, 7, 'f'), ('Post', 98, 'g');
CREATE INDEX by_subject ON notes (subject_type, subject_id);
