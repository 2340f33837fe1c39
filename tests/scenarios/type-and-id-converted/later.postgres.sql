INSERT INTO posts (title) VALUES ('later');
INSERT INTO comments (commentable_type, commentable_id, text) SELECT 'Post', id, 'on a later post' FROM posts WHERE title = 'later';
INSERT INTO comments (commentable_type, commentable_id, text) SELECT 'Blog::Photo', id, 'later, on a photo' FROM blog_photos WHERE file = 'y.png';
-- Classes that did not occur before: one of a table with a key of its own, one of none.
INSERT INTO comments (commentable_type, commentable_id, text) SELECT 'Comment', id, 'on a comment' FROM comments WHERE text = 'c';
INSERT INTO comments (commentable_type, commentable_id, text) VALUES ('Elsewhere', md5('elsewhere')::uuid, 'on nothing here'), (NULL, md5('nobody')::uuid, 'of no class');
INSERT INTO likes SELECT id, 'Comment', 'Ann' FROM comments WHERE text = 'on a later post';
