-- The same table with rows that are no UUIDs, and with one user under two spellings.
CREATE TABLE users (id varchar(36) PRIMARY KEY, email text NOT NULL);
CREATE TABLE tags (id serial PRIMARY KEY, user_id varchar(36) NOT NULL REFERENCES users (id), name text);
INSERT INTO users SELECT md5('user ' || g)::uuid::text, 'u' || g FROM generate_series(1, 50) g;
INSERT INTO users VALUES (upper(md5('user 7')::uuid::text), 'the same user once more');
INSERT INTO tags (user_id, name) SELECT id, 'tag of ' || email FROM users;
