CREATE TABLE box (gone_first text, label text, id serial, gone_between integer, CONSTRAINT box_key PRIMARY KEY (id), note text);
ALTER TABLE box DROP COLUMN gone_first, DROP COLUMN gone_between;
CREATE TABLE thing (what text, gone bytea, box_id integer REFERENCES box (id), id bigserial PRIMARY KEY, last text);
ALTER TABLE thing DROP COLUMN gone;
ALTER TABLE thing ADD COLUMN added boolean NOT NULL DEFAULT true;
INSERT INTO box (label, note) VALUES ('a', 'n'), ('b', NULL);
INSERT INTO thing VALUES ('pen', 2, 7, 'x', false), ('ink', NULL, 3, NULL, true);
SELECT setval('thing_id_seq', 7);
