CREATE TABLE users (id serial PRIMARY KEY, uuid uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(), name text);
CREATE TABLE visit (id serial PRIMARY KEY, user_id integer REFERENCES users (id));
INSERT INTO users (name) SELECT 'u' || i FROM generate_series(1, 9) i;
INSERT INTO visit (user_id) SELECT 1 + i % 9 FROM generate_series(1, 30) i;
CREATE PUBLICATION everything FOR ALL TABLES;
