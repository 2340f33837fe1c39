INSERT INTO posts (title) VALUES ('later');
INSERT INTO notes (subject_type, subject_id, text) SELECT 'Post', id::text, 'on a later post' FROM posts WHERE title = 'later';
INSERT INTO notes (subject_type, subject_id, text) VALUES ('It''s gone', '2', 'later, on what is gone');
INSERT INTO notes (subject_type, subject_id, text) VALUES ('Post', (SELECT upper(id::text) FROM posts WHERE title = 'b'), 'spelt in capitals');
INSERT INTO notes (subject_type, subject_id, text) VALUES ('Elsewhere', '6f9619ff-8b86-4d01-b42d-00cf4fc964ff', 'on nothing here');
