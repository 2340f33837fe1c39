CREATE TABLE positive (id integer PRIMARY KEY CONSTRAINT above_zero CHECK (id > 0), other_id integer REFERENCES positive, name text, CONSTRAINT not_itself CHECK (id <> other_id));
CREATE TABLE heir (extra text) INHERITS (positive);
CREATE TABLE neighbour (id integer PRIMARY KEY, name text);
COMMENT ON CONSTRAINT above_zero ON positive IS 'a comment';
INSERT INTO positive VALUES (1, NULL, 'a'), (2, 1, 'b');
INSERT INTO neighbour VALUES (1, 'a');
