CREATE TABLE users (id serial PRIMARY KEY, uuid uuid UNIQUE, label text);
CREATE TABLE notes (id serial PRIMARY KEY, user_id integer REFERENCES users (id));
INSERT INTO users (uuid) VALUES (gen_random_uuid()), (NULL), (NULL);
INSERT INTO notes (user_id) VALUES (1), (2);
