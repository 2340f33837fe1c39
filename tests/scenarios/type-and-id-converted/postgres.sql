CREATE TABLE posts (id serial PRIMARY KEY, title text);
CREATE TABLE blog_photos (id bigserial PRIMARY KEY, file text);
CREATE TABLE comments (id serial PRIMARY KEY, commentable_type varchar(40), commentable_id integer, text text);
CREATE TABLE likes (likeable_id bigint NOT NULL, likeable_type text NOT NULL, by text, UNIQUE (likeable_type, likeable_id, by));
INSERT INTO posts (title) VALUES ('a'), ('b'), ('c');
INSERT INTO blog_photos (file) VALUES ('x.png'), ('y.png'), ('z.png');
-- The same numbers of two tables, one of no row any more, and nothing.
INSERT INTO comments (commentable_type, commentable_id, text) VALUES ('Post', 1, 'c'), ('Blog::Photo', 1, 'd'), ('Blog::Photo', 2, 'e'), ('Post', 99, 'f'), (NULL, NULL, 'g'), ('Post', NULL, 'h'), ('BlogPhoto', 3, 'i'), ('Post', 2, 'j');
INSERT INTO likes VALUES (1, 'Post', 'Ann'), (1, 'Blog::Photo', 'Ann'), (2, 'Post', 'Ben'), (99, 'Post', 'Ben');
CREATE INDEX by_kind ON comments (commentable_type, commentable_id);
CREATE INDEX of_posts ON comments (commentable_id DESC) INCLUDE (text) WHERE commentable_type = 'Post';
CREATE VIEW talk AS SELECT p.title, c.text, c.commentable_id FROM posts p JOIN comments c ON c.commentable_type = 'Post' AND c.commentable_id = p.id;
