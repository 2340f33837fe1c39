CREATE TABLE person (id serial PRIMARY KEY, name text);
INSERT INTO person (name) VALUES ('nobody'), ('Ann');
CREATE FUNCTION default_person() RETURNS integer LANGUAGE sql STABLE AS 'SELECT min(id) FROM person';
CREATE TABLE parcel (id serial PRIMARY KEY, person_id integer NOT NULL DEFAULT default_person() REFERENCES person (id));
INSERT INTO parcel DEFAULT VALUES;
INSERT INTO parcel (person_id) VALUES (2);
