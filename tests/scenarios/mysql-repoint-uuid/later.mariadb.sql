INSERT INTO users (name) VALUES ('new');
INSERT INTO orders (user_id) SELECT public_id FROM users WHERE name = 'new';
