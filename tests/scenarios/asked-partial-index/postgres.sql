CREATE TABLE task (id integer PRIMARY KEY, name text);
CREATE INDEX recent ON task (name) WHERE id > 1000;
CREATE INDEX next ON task ((id + 1), lower(name));
ALTER INDEX next ALTER COLUMN 1 SET STATISTICS 9;
COMMENT ON INDEX next IS 'a comment';
CREATE INDEX as_text ON task ((id::text)) WHERE id IS NOT NULL;
INSERT INTO task VALUES (1, 'a'), (2000, 'b');
