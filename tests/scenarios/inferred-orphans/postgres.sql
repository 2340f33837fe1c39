CREATE TABLE users (id serial PRIMARY KEY, name text);
CREATE TABLE orders (id serial PRIMARY KEY, user_id integer, total numeric);
INSERT INTO users (name) SELECT 'u' || i FROM generate_series(1, 5) i;
INSERT INTO orders (user_id, total) SELECT 1 + i % 5, i FROM generate_series(1, 20) i;
-- Users who are gone, two of them twice; and nobody.
INSERT INTO orders (user_id, total) VALUES (70, 1), (70, 2), (71, 3), (71, 4), (-1, 5), (0, 6), (NULL, 7);
