CREATE TABLE positive (id INTEGER PRIMARY KEY CONSTRAINT above_zero CHECK (id > 0), name TEXT CHECK (name <> ''),
  other_id INTEGER REFERENCES positive (id) -- CHECK (id > 0)
  , CONSTRAINT not_itself CHECK (other_id <> id), CHECK (length(id) < 10));
CREATE TABLE heir (id INTEGER PRIMARY KEY REFERENCES positive (id), note TEXT);
INSERT INTO positive VALUES (1, 'a', NULL), (2, 'b', 1), (30, 'c', 2);
INSERT INTO heir VALUES (1, 'x'), (30, 'y');
