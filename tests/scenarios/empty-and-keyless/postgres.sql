CREATE TABLE empty_parent (id integer PRIMARY KEY, name text);
CREATE TABLE empty_child (id integer PRIMARY KEY, parent_id integer REFERENCES empty_parent (id));
CREATE TABLE no_key (parent_id integer REFERENCES empty_parent (id), note text);
CREATE TABLE nothing_at_all (note text);
INSERT INTO nothing_at_all VALUES ('x'), ('x'), (NULL);
