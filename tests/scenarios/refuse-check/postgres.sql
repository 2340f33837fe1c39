CREATE TABLE positive (id integer PRIMARY KEY CONSTRAINT above_zero CHECK (id > 0), name text);
CREATE TABLE neighbour (id integer PRIMARY KEY, name text);
INSERT INTO positive VALUES (1, 'a');
INSERT INTO neighbour VALUES (1, 'a');
