CREATE TABLE part (
  id serial PRIMARY KEY,
  level text GENERATED ALWAYS AS (CASE WHEN of_id IS NULL THEN 'top' WHEN id = of_id THEN 'self' ELSE 'part' END) STORED NOT NULL,
  of_id integer REFERENCES part,
  twice text GENERATED ALWAYS AS (name || name) STORED,
  name text);
CREATE INDEX part_level ON part (level, name);
COMMENT ON COLUMN part.level IS 'computed';
GRANT SELECT (level) ON part TO PUBLIC;
INSERT INTO part (of_id, name) VALUES (NULL, 'a'), (1, 'b'), (3, 'c');
CREATE VIEW levels AS SELECT level FROM part;
CREATE MATERIALIZED VIEW counted AS SELECT level, count(id) AS n FROM part GROUP BY level;
