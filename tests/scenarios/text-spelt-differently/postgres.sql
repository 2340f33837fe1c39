CREATE TABLE users (id text PRIMARY KEY, name text);
CREATE TABLE notes (id serial PRIMARY KEY, user_id text, body text);
CREATE TABLE extras (user_id text, v text, PRIMARY KEY (user_id, v));
INSERT INTO users SELECT md5(i::text)::uuid::text, 'n' || i FROM generate_series(1, 50) i;
INSERT INTO notes (user_id, body) SELECT CASE i % 3 WHEN 0 THEN upper(md5((i % 50 + 1)::text)::uuid::text) WHEN 1 THEN md5((i % 50 + 1)::text) ELSE md5((i % 50 + 1)::text)::uuid::text END, 'b' || i FROM generate_series(1, 200) i;
INSERT INTO notes (user_id, body) VALUES ('FFFFFFFF-0000-4000-8000-000000000001', 'orphan'), ('ffffffff-0000-4000-8000-000000000001', 'its twin'), (NULL, 'nobody');
INSERT INTO extras SELECT upper(id), 'x' FROM users WHERE name LIKE '%3';
