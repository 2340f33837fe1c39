CREATE TABLE animal (id serial PRIMARY KEY, name text);
CREATE TABLE visit (id serial PRIMARY KEY, animal_id integer REFERENCES animal (id));
INSERT INTO animal (name) VALUES ('cat'), ('dog'), (NULL);
INSERT INTO visit (animal_id) VALUES (2), (NULL);
CREATE FUNCTION all_animals() RETURNS SETOF animal LANGUAGE sql AS 'SELECT * FROM animal';
CREATE FUNCTION shout(a animal) RETURNS text LANGUAGE sql AS 'SELECT upper(a.name)';
CREATE FUNCTION first_visit(which animal.name%TYPE DEFAULT 'dog') RETURNS text LANGUAGE plpgsql AS $$
DECLARE v visit%ROWTYPE; a animal.id%TYPE; BEGIN SELECT id INTO a FROM animal WHERE name = which; SELECT * INTO v FROM visit WHERE animal_id = a; RETURN which || coalesce(' came', ' never came'); END $$;
CREATE VIEW loud AS SELECT shout(animal) AS name FROM animal;
