INSERT INTO users (name) VALUES ('Cleo');
INSERT INTO orders (user_id, amount) SELECT id, 80 FROM users WHERE name = 'Cleo';
