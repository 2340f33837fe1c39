CREATE TABLE kind (id serial PRIMARY KEY, name text);
CREATE TABLE animal (id serial PRIMARY KEY, kind_id integer NOT NULL REFERENCES kind (id), name text);
-- From PostgreSQL 18 on NOT NULL has a name; see refuse-other-not-null for a child with one of its own.
SELECT current_setting('server_version_num')::integer >= 180000 AS names_not_null \gset
\if :names_not_null
CREATE TABLE dog (breed text, CONSTRAINT animal_id_not_null NOT NULL id, PRIMARY KEY (id), FOREIGN KEY (kind_id) REFERENCES kind (id)) INHERITS (animal);
\else
CREATE TABLE dog (breed text, PRIMARY KEY (id), FOREIGN KEY (kind_id) REFERENCES kind (id)) INHERITS (animal);
\endif
CREATE TABLE puppy (born date, CHECK (born > '2000-01-01')) INHERITS (dog);
INSERT INTO kind (name) VALUES ('mammal'), ('bird');
INSERT INTO animal (kind_id, name) VALUES (2, 'Polly');
INSERT INTO dog (kind_id, name, breed) VALUES (1, 'Rex', 'mixed');
INSERT INTO puppy (kind_id, name, breed, born) VALUES (1, 'Bit', 'mixed', '2024-01-01');
