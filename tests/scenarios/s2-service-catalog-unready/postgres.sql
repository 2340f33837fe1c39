-- The same catalogue before its uuid column is ready: empty for two users.
CREATE TABLE users (id serial PRIMARY KEY, uuid uuid UNIQUE, email text NOT NULL UNIQUE);
CREATE TABLE user_sessions (id serial PRIMARY KEY, user_id integer NOT NULL REFERENCES users (id), token text);
INSERT INTO users (uuid, email) SELECT CASE WHEN g > 2 THEN md5(g::text)::uuid END, 'u' || g || '@example.org' FROM generate_series(1, 100) g;
INSERT INTO user_sessions (user_id, token) SELECT g, 'token ' || g FROM generate_series(1, 100) g;
