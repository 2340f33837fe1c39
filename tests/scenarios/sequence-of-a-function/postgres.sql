CREATE TABLE ticket (id serial PRIMARY KEY, label text);
CREATE FUNCTION next_label() RETURNS text LANGUAGE sql AS $$ SELECT 'T-' || nextval('ticket_id_seq') $$;
CREATE TABLE label (text text DEFAULT next_label());
INSERT INTO ticket (label) VALUES ('a'), ('b');
INSERT INTO label DEFAULT VALUES;
