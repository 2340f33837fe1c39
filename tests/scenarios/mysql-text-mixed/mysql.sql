CREATE TABLE items (id varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NOT NULL PRIMARY KEY, name varchar(20) CHARACTER SET utf8mb4) DEFAULT CHARSET=utf8mb4;
CREATE TABLE uses (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, item_id varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci, FOREIGN KEY (item_id) REFERENCES items (id)) DEFAULT CHARSET=utf8mb4;
INSERT INTO items WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20) SELECT LOWER(CONCAT(LPAD(HEX(i * 7919), 8, '0'), '-0000-4000-8000-', LPAD(HEX(i), 12, '0'))), CONCAT('n', i) FROM n;
INSERT INTO items WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 15) SELECT i, CONCAT('old ', i) FROM n;
INSERT INTO items VALUES ('', 'empty'), ('not-a-uuid', 'word'), ('Grün 漢', 'other letters'), ('0b1e9f0a6c1e4b0e9c6f1a2b3c4d5e0', '31 digits'), ('0b1e9f0a6c1e4b0e9c6f1a2b3c4d5e012', '33 digits'), (CONCAT('6ba7b810-9dad-11d1-80b4-00c04fd430c9', X'E2808B'), 'zero width'), ('urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'urn'), (' 7ba7b810-9dad-11d1-80b4-00c04fd430c8 ', 'blanks');
INSERT INTO uses (item_id) SELECT id FROM items;
INSERT INTO uses (item_id) VALUES (NULL), ('NOT-A-UUID'), ('not-a-uuid  '), ('GRÜN 漢');
