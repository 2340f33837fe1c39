INSERT INTO users (name) VALUES ('later');
INSERT INTO orders (user_id, total) SELECT id, 201 FROM users WHERE name = 'later';
INSERT INTO orders (user_id, total) VALUES (NULL, 202);
UPDATE orders SET user_id = (SELECT id FROM users WHERE name = 'u3') WHERE total = 101;
UPDATE orders SET user_id = NULL WHERE total = 1;
DELETE FROM orders WHERE total = 103;
INSERT INTO logs SELECT 3, 1, id, 'later' FROM users WHERE name = 'later';
