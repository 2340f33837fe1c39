CREATE TABLE users (id serial PRIMARY KEY, name text);
CREATE TABLE orders (id serial PRIMARY KEY, user_id integer, amount numeric(8, 2));
INSERT INTO users (name) VALUES ('Ann'), ('Ben');
INSERT INTO orders (user_id, amount) VALUES (1, 10), (2, 20), (77, 30), (77, 40), (-5, 50), (0, 60), (NULL, 70);
