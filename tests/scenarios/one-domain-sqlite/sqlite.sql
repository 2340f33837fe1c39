CREATE TABLE a (id integer PRIMARY KEY, name text);
CREATE TABLE b (id integer PRIMARY KEY, a_ref integer REFERENCES a (id), name text);
CREATE TABLE c (id integer PRIMARY KEY, b_ref integer REFERENCES b (id), name text);
INSERT INTO a VALUES (1, 'a1'), (2, 'a2');
INSERT INTO b VALUES (1, 2, 'b1'), (2, 1, 'b2');
INSERT INTO c VALUES (1, 2, 'c1'), (2, NULL, 'c2');
