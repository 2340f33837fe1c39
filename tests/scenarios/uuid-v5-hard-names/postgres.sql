CREATE TABLE "back\slash 'it''s'" ("the ""id""\" serial PRIMARY KEY, note text);
CREATE TABLE child (id serial PRIMARY KEY, "a\b" integer REFERENCES "back\slash 'it''s'", note text);
INSERT INTO "back\slash 'it''s'" (note) VALUES ('one'), ('two');
INSERT INTO child ("a\b", note) VALUES (2, 'x'), (1, 'y'), (NULL, 'z');
