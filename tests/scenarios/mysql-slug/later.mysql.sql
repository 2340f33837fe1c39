INSERT INTO users (name, code) VALUES ('new', 'new');
INSERT INTO orders (user_id) SELECT id FROM users WHERE name = 'new' AND LENGTH(short_code) = 11;
