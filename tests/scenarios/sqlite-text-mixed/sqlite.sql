CREATE TABLE items (id VARCHAR(64) PRIMARY KEY NOT NULL, name TEXT);
CREATE TABLE uses (id INTEGER PRIMARY KEY, item_id REFERENCES items);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20) INSERT INTO items SELECT printf('%08x-0000-4000-8000-%012x', i * 7919, i), 'n' || i FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 15) INSERT INTO items SELECT i, 'old ' || i FROM n;
INSERT INTO items VALUES ('', 'empty'), ('not-a-uuid', 'word'), ('urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'urn'), (' 7ba7b810-9dad-11d1-80b4-00c04fd430c8 ', 'blanks');
INSERT INTO uses (item_id) SELECT id FROM items;
INSERT INTO uses (item_id) VALUES (NULL), ('nobody at all');
