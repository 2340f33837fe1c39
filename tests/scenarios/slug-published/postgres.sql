CREATE TABLE users (id serial PRIMARY KEY, name text);
CREATE TABLE posts (id serial PRIMARY KEY, user_id integer REFERENCES users (id), title text);
INSERT INTO users (name) VALUES ('a'), ('b');
INSERT INTO posts (user_id, title) VALUES (1, 'x'), (2, 'y');
CREATE PUBLICATION everything FOR ALL TABLES;
CREATE PUBLICATION "of, users" FOR TABLE users WITH (publish = 'insert');
\if :{?SERVER_VERSION_NUM}
SELECT :SERVER_VERSION_NUM >= 150000 AS newer \gset
\if :newer
CREATE PUBLICATION names FOR TABLE users (id, name) WITH (publish = 'insert');
\endif
\endif
