CREATE TABLE parent (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE child (
  id integer PRIMARY KEY,
  kind text NOT NULL,
  parent_id integer NOT NULL REFERENCES parent (id),
  "second, id" integer REFERENCES parent (id),
  indexed_id integer REFERENCES parent (id),
  UNIQUE (id, kind)
);
CREATE TABLE line (child_id integer, kind text COLLATE NOCASE, FOREIGN KEY (child_id, kind) REFERENCES child (id, kind));
CREATE VIEW ix_child_parent_id AS SELECT parent_id FROM child;
CREATE INDEX "of the second, only some" ON child ("second, id") WHERE "second, id" > 0;
CREATE INDEX indexed ON child (indexed_id DESC, "second, id");
CREATE INDEX later ON child (kind, parent_id);
INSERT INTO parent VALUES (1, 'Ann'), (2, 'Ben');
INSERT INTO child VALUES (10, 'a', 1, 2, 1), (11, 'b', 2, NULL, 2), (12, 'c', 2, 1, NULL);
INSERT INTO line VALUES (10, 'a'), (12, 'c'), (NULL, NULL);
