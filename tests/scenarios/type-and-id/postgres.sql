CREATE TABLE posts (id serial PRIMARY KEY, title text);
CREATE TABLE blog_photos (id serial PRIMARY KEY, file text);
CREATE TABLE comments (id serial PRIMARY KEY, commentable_type text, commentable_id integer, text text);
INSERT INTO posts (title) VALUES ('a'), ('b');
INSERT INTO blog_photos (file) VALUES ('x.png'), ('y.png');
INSERT INTO comments (commentable_type, commentable_id, text) VALUES ('Post', 1, 'c'), ('BlogPhoto', 1, 'd'), ('Gone', 5, 'e'), ('Post', 99, 'f'), (NULL, NULL, 'g');
CREATE INDEX by_kind ON comments (commentable_type, commentable_id);
