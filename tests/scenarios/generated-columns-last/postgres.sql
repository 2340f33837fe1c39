DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'generated_reader') THEN CREATE ROLE generated_reader; END IF; END $$;
CREATE TABLE part (
  id serial PRIMARY KEY,
  name varchar(20),
  gone integer,
  of_id integer REFERENCES part,
  "up'per" text COLLATE "C" GENERATED ALWAYS AS (upper(name)) STORED,
  "Level ""1"".x" text GENERATED ALWAYS AS (CASE WHEN of_id IS NULL THEN 'top' WHEN id = of_id THEN 'self' ELSE 'part' END) STORED NOT NULL,
  alone boolean GENERATED ALWAYS AS (of_id IS NULL) STORED,
  long varchar(80) COLLATE "C" GENERATED ALWAYS AS (name || name) STORED);
ALTER TABLE part DROP COLUMN gone;
ALTER TABLE part ALTER COLUMN "Level ""1"".x" SET STORAGE EXTERNAL, ALTER COLUMN "Level ""1"".x" SET STATISTICS 77,
  ALTER COLUMN "Level ""1"".x" SET (n_distinct = -0.5, n_distinct_inherited = 3);
COMMENT ON COLUMN part."Level ""1"".x" IS 'it''s computed';
COMMENT ON COLUMN part.long IS 'computed from no key';
GRANT SELECT ("Level ""1"".x"), UPDATE ("Level ""1"".x") ON part TO generated_reader WITH GRANT OPTION;
GRANT SELECT (alone) ON part TO PUBLIC;
CREATE INDEX part_level ON part ("Level ""1"".x" DESC, id) INCLUDE (name) WITH (fillfactor = 70) WHERE alone;
CREATE UNIQUE INDEX part_long ON part (lower(long), id) WHERE long IS NOT NULL;
CREATE INDEX "part alone" ON part (alone);
COMMENT ON INDEX "part alone" IS 'an index''s comment';
ALTER TABLE part CLUSTER ON "part alone";
-- What is computed from no key stays where nothing before it goes.
CREATE INDEX part_upper ON part ("up'per");
CREATE VIEW uppers AS SELECT "up'per" FROM part;
-- With a short id, which stands before it until the undo.
CREATE TABLE label (id integer PRIMARY KEY, part_id integer, told text GENERATED ALWAYS AS ('part ' || CASE WHEN part_id IS NULL THEN '-' ELSE 'x' END) STORED,
  said text GENERATED ALWAYS AS ('no. ' || part_id::text) STORED,
  FOREIGN KEY (part_id) REFERENCES part ON DELETE SET NULL);
ALTER TABLE label REPLICA IDENTITY FULL;
-- Values that are texts.
CREATE TABLE code (id varchar(36) PRIMARY KEY, short text GENERATED ALWAYS AS ('c' || substr(id::text, 1, 8)) STORED);
CREATE UNIQUE INDEX label_said ON label (said);
INSERT INTO part (of_id, name) VALUES (NULL, 'a'), (1, 'b'), (3, 'c');
INSERT INTO label (id, part_id) VALUES (1, 2), (2, NULL), (5, 1);
INSERT INTO code VALUES ('0b5d9f6e-4a83-4f0b-9a53-0c5a1f6c9d11'), ('4f0e2c7a-b1d8-4e6f-9c3b-5a7d8e9f0a1b');
