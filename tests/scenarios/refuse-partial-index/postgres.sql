CREATE TABLE task (id integer PRIMARY KEY, name text);
CREATE INDEX recent ON task (name) WHERE id > 1000;
INSERT INTO task VALUES (1, 'a'), (2000, 'b');
