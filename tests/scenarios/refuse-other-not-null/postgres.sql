CREATE TABLE animal (id integer PRIMARY KEY, name text);
CREATE TABLE dog (breed text, PRIMARY KEY (id)) INHERITS (animal);
CREATE TABLE herd (id integer NOT NULL, field integer NOT NULL, PRIMARY KEY (id, field)) PARTITION BY HASH (field);
CREATE TABLE herd_one (id integer CONSTRAINT one_needs_id NOT NULL, field integer NOT NULL);
ALTER TABLE herd ATTACH PARTITION herd_one FOR VALUES WITH (MODULUS 1, REMAINDER 0);
CREATE TABLE plain (id serial PRIMARY KEY);
INSERT INTO dog VALUES (1, 'Rex', 'mixed');
INSERT INTO plain DEFAULT VALUES;
