INSERT INTO users (name) VALUES ('new');
INSERT INTO orders (user_id) SELECT id FROM users WHERE name = 'new' AND length(uuid_slug) = 11;
