CREATE TABLE owner (id text PRIMARY KEY, name text NOT NULL);
CREATE TABLE pet (id serial PRIMARY KEY, owner_id text, name text);
INSERT INTO owner SELECT md5(i::text)::uuid::text, 'o' || i FROM generate_series(1, 20) i;
INSERT INTO owner VALUES ('not-a-uuid', 'word'), ('12345', 'number');
INSERT INTO pet (owner_id, name) SELECT id, 'of ' || name FROM owner;
INSERT INTO pet (owner_id, name) VALUES (NULL, 'stray'), ('nobody at all', 'lost');
ALTER TABLE pet ADD CONSTRAINT kept_by FOREIGN KEY (owner_id) REFERENCES owner (id) NOT VALID;
