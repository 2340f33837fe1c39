DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'sequences_app') THEN CREATE ROLE sequences_app; CREATE ROLE sequences_reader; CREATE ROLE "sequences = /other"; END IF; END $$;
CREATE SCHEMA "Shop";
GRANT USAGE ON SCHEMA "Shop" TO sequences_app;
GRANT CREATE ON SCHEMA "Shop" TO sequences_app;
ALTER DEFAULT PRIVILEGES GRANT SELECT, USAGE ON SEQUENCES TO sequences_reader;
-- Goes: with everything that can be said of a sequence.
CREATE TABLE "Shop"."Order.s" (id serial PRIMARY KEY, name text);
ALTER SEQUENCE "Shop"."Order.s_id_seq" INCREMENT BY 5 START WITH 11 MAXVALUE 100000 CACHE 1 CYCLE;
COMMENT ON SEQUENCE "Shop"."Order.s_id_seq" IS 'it''s of the orders';
GRANT USAGE, SELECT ON SEQUENCE "Shop"."Order.s_id_seq" TO "sequences = /other" WITH GRANT OPTION;
REVOKE SELECT ON SEQUENCE "Shop"."Order.s_id_seq" FROM sequences_reader;
ALTER TABLE "Shop"."Order.s" OWNER TO sequences_app;
-- Goes: belongs to no column, and counts down.
CREATE SEQUENCE count_down AS integer INCREMENT BY -1 MINVALUE -1000 MAXVALUE -1 START WITH -1;
CREATE TABLE down (id integer PRIMARY KEY DEFAULT nextval('count_down'), name text);
-- Goes: belongs to another column than the one it numbers, and was never called.
CREATE TABLE line (id smallint PRIMARY KEY, order_id integer REFERENCES "Shop"."Order.s" (id), number integer, text text);
CREATE SEQUENCE line_numbers AS smallint OWNED BY line.number;
ALTER TABLE line ALTER COLUMN id SET DEFAULT nextval('line_numbers');
-- Is closed.
CREATE TABLE closed (id bigserial PRIMARY KEY, name text);
GRANT ALL ON SEQUENCE closed_id_seq TO sequences_app WITH GRANT OPTION;
GRANT USAGE ON SEQUENCE closed_id_seq TO "sequences = /other";
GRANT UPDATE ON SEQUENCE closed_id_seq TO PUBLIC;
-- Stays.
CREATE TABLE kept (id serial PRIMARY KEY, name text);
-- Stay, since others draw from them: no choice is offered.
CREATE TABLE viewed (id serial PRIMARY KEY, name text);
CREATE VIEW next_viewed AS SELECT last_value FROM viewed_id_seq;
CREATE TABLE called (id serial PRIMARY KEY, name text);
CREATE FUNCTION next_called() RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN RETURN nextval('called_id_seq'); END $$;
CREATE TABLE other (number integer DEFAULT nextval('kept_id_seq') + 1, called integer DEFAULT nextval(('viewed_id_seq'::text)::regclass));
CREATE TABLE numbered (id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY, name text);
INSERT INTO "Shop"."Order.s" (name) VALUES ('a'), ('b'), ('c');
INSERT INTO down (name) VALUES ('a'), ('b');
INSERT INTO line VALUES (3, 6, 1, 'x'), (7, NULL, 2, 'y');
INSERT INTO closed (name) VALUES ('a'), ('b');
INSERT INTO kept (name) VALUES ('a');
INSERT INTO viewed (name) VALUES ('a');
INSERT INTO called (name) VALUES ('a');
INSERT INTO numbered (name) VALUES ('a');
