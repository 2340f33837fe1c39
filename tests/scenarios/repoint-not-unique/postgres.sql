CREATE TABLE users (id serial PRIMARY KEY, uuid uuid NOT NULL);
CREATE TABLE notes (id serial PRIMARY KEY, user_id integer REFERENCES users (id));
INSERT INTO users (uuid) VALUES ('0190a0a0-0000-7000-8000-000000000001'), ('0190a0a0-0000-7000-8000-000000000001');
INSERT INTO notes (user_id) VALUES (1), (2);
