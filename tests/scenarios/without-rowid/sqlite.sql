CREATE TABLE unit (id INTEGER PRIMARY KEY, name TEXT) WITHOUT ROWID;
CREATE TABLE part (unit_id INTEGER NOT NULL REFERENCES unit (id), no INTEGER NOT NULL, name TEXT, PRIMARY KEY (unit_id, no DESC)) WITHOUT ROWID;
INSERT INTO unit VALUES (3, 'three'), (1, 'one'), (-2, 'minus two');
INSERT INTO part VALUES (1, 1, 'a'), (1, 2, 'b'), (3, 1, 'c');
