INSERT INTO users (name) VALUES ('later');
INSERT INTO posts (user_id, created_by) SELECT id, id FROM users WHERE name = 'later';
