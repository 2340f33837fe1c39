CREATE TABLE parent (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE child (
    id serial PRIMARY KEY,
    parent_id integer NOT NULL REFERENCES parent (id),
    second_id integer REFERENCES parent (id),
    indexed_id integer REFERENCES parent (id)
);
CREATE INDEX child_indexed ON child (indexed_id, second_id);
-- The name that one would give is taken.
CREATE TABLE ix_child_parent_id (note text);
INSERT INTO parent (name) SELECT 'parent ' || g FROM generate_series(1, 20) g;
INSERT INTO child (parent_id, second_id, indexed_id) SELECT g % 20 + 1, NULLIF(g % 7, 0), g % 20 + 1 FROM generate_series(1, 100) g;
