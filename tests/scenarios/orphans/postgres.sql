CREATE TABLE parent (id integer PRIMARY KEY, name text);
CREATE TABLE child (id integer PRIMARY KEY, parent_id integer, note text);
INSERT INTO parent VALUES (1, 'a'), (2, 'b');
INSERT INTO child VALUES (1, 1, 'fine'), (2, 77, 'orphan'), (3, 77, 'its twin'), (4, -5, 'another'), (5, NULL, 'none');
ALTER TABLE child ADD CONSTRAINT child_parent FOREIGN KEY (parent_id) REFERENCES parent (id) ON DELETE CASCADE NOT VALID;
COMMENT ON CONSTRAINT child_parent ON child IS 'to be cleaned up';
