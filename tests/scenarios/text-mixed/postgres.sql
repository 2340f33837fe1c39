CREATE TABLE items (id character varying(64) PRIMARY KEY, name text);
CREATE TABLE uses (id serial PRIMARY KEY, item_id character varying(64) REFERENCES items (id));
INSERT INTO items SELECT md5(i::text)::uuid::text, 'n' || i FROM generate_series(1, 20) i;
INSERT INTO items SELECT i::text, 'old ' || i FROM generate_series(1, 15) i;
INSERT INTO items VALUES ('', 'empty'), ('not-a-uuid', 'word'), ('urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'urn'), (' 7ba7b810-9dad-11d1-80b4-00c04fd430c8 ', 'blanks');
INSERT INTO uses (item_id) SELECT id FROM items;
INSERT INTO uses (item_id) VALUES (NULL);
