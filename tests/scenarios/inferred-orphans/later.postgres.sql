INSERT INTO users (name) VALUES ('later');
INSERT INTO orders (user_id, total) SELECT id, 99 FROM users WHERE name = 'later';
