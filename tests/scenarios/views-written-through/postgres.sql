CREATE TABLE person (id serial PRIMARY KEY, name text NOT NULL, secret boolean NOT NULL DEFAULT false);
CREATE TABLE hand_over (id serial PRIMARY KEY, giver_id integer REFERENCES person (id), taker_id integer REFERENCES person (id), what text);
INSERT INTO person (name, secret) VALUES ('Ann', false), ('Ben', true), ('Cleo', false);
INSERT INTO hand_over (giver_id, taker_id, what) VALUES (1, 2, 'key'), (3, NULL, 'lost');
CREATE VIEW known WITH (security_barrier) AS SELECT id, name FROM person WHERE NOT secret WITH LOCAL CHECK OPTION;
CREATE VIEW told AS SELECT h.id, h.what, g.name AS giver, t.name AS taker FROM hand_over h LEFT JOIN known g ON g.id = h.giver_id LEFT JOIN person t ON t.id = h.taker_id;
CREATE FUNCTION write_told() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO hand_over (giver_id, taker_id, what) SELECT (SELECT p.id FROM person p WHERE p.name = NEW.giver), (SELECT p.id FROM person p WHERE p.name = NEW.taker), NEW.what;
  RETURN NEW; END $$;
CREATE TRIGGER through INSTEAD OF INSERT ON told FOR EACH ROW EXECUTE FUNCTION write_told();
COMMENT ON TRIGGER through ON told IS 'by name';
CREATE RULE never AS ON DELETE TO told DO INSTEAD NOTHING;
COMMENT ON RULE never ON told IS 'what is told is told';
