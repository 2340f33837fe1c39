CREATE TABLE number (id INT PRIMARY KEY, v TEXT);
CREATE TABLE word (id TEXT PRIMARY KEY, v TEXT);
CREATE TABLE sound (id INT PRIMARY KEY, v TEXT);
INSERT INTO number VALUES (1, 'a'), (NULL, 'b'), (NULL, 'c');
INSERT INTO word VALUES ('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'a'), ('7BA7B810-9dad-11d1-80b4-00c04fd430c8', 'c'), (NULL, 'b');
INSERT INTO sound VALUES (4, 'a'), (-2, 'b');
