CREATE TABLE town (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE street (id INTEGER PRIMARY KEY, town_id INTEGER REFERENCES town (id) ON DELETE CASCADE, name TEXT) STRICT;
INSERT INTO town VALUES (5, 'five'), (7, 'seven');
INSERT INTO street VALUES (1, 5, 'a'), (2, 7, 'b'), (3, NULL, 'c');
