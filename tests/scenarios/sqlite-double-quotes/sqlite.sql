.dbconfig dqs_ddl on
.dbconfig dqs_dml on
CREATE TABLE "order" (id INTEGER PRIMARY KEY, state TEXT DEFAULT "new" CHECK (state IN ("new", "done")));
CREATE TABLE line (id INTEGER PRIMARY KEY, order_id INTEGER REFERENCES "order" (id), kind TEXT);
CREATE INDEX line_open ON line (order_id) WHERE kind <> "void";
INSERT INTO "order" (state) VALUES ('new'), ('done');
INSERT INTO line (order_id, kind) VALUES (1, 'a'), (2, 'void'), (NULL, 'b');
