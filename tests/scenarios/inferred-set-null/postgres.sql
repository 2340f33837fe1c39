CREATE TABLE users (id serial PRIMARY KEY, name text);
CREATE TABLE orders (id serial PRIMARY KEY, user_id integer, total numeric);
CREATE TABLE logs (shop smallint, "Line No" bigint, user_id bigint, text text, PRIMARY KEY (shop, "Line No"));
CREATE TABLE visits (id serial PRIMARY KEY, user_id integer NOT NULL);
INSERT INTO users (name) SELECT 'u' || i FROM generate_series(1, 5) i;
INSERT INTO orders (user_id, total) SELECT 1 + i % 5, i FROM generate_series(1, 20) i;
-- Users who are gone, two of them twice; nobody; and one who is gone in a column that keeps them.
INSERT INTO orders (user_id, total) VALUES (70, 101), (70, 102), (71, 103), (-1, 104), (0, 105), (2147483647, 106), (NULL, 107);
INSERT INTO logs VALUES (1, 1, 1, 'a'), (1, 2, 70, 'b'), (2, 1, 9000000000, 'c'), (2, 2, NULL, 'd'), (2, 3, 5, 'e');
INSERT INTO visits (user_id) VALUES (1), (2), (70), (71), (70);
CREATE INDEX of_user ON orders (user_id);
