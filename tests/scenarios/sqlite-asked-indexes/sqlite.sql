CREATE TABLE part (id INTEGER PRIMARY KEY, group_id INTEGER REFERENCES part (id), name TEXT);
CREATE INDEX first ON part (name);
CREATE INDEX big ON part (name) WHERE id > 1000;
CREATE UNIQUE INDEX pairs ON part (group_id / 2, name);
CREATE VIEW named AS SELECT name FROM part;
CREATE INDEX last ON part (group_id, id);
INSERT INTO part VALUES (1, NULL, 'a'), (2, 1, 'b'), (1001, 2, 'c'), (-7, 1001, 'd');
ANALYZE;
