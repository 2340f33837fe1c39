CREATE TABLE coded (id TEXT PRIMARY KEY CHECK (length(id) = 36), name TEXT);
CREATE TABLE small (id INTEGER PRIMARY KEY, name TEXT, CHECK (length(id) < 10));
CREATE TABLE pair (id INTEGER PRIMARY KEY, other INTEGER REFERENCES pair (id) CHECK (other <> id));
INSERT INTO coded VALUES ('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'a');
INSERT INTO small VALUES (1, 'a'), (2, 'b');
INSERT INTO pair VALUES (1, 2), (2, 1);
