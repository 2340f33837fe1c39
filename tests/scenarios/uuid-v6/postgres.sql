CREATE TABLE city (id serial PRIMARY KEY, name text);
CREATE TABLE person (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text, city_id integer REFERENCES city (id), boss bigint REFERENCES person (id));
CREATE TABLE badge (person_id bigint PRIMARY KEY REFERENCES person (id), code text);
INSERT INTO city (name) SELECT 'city ' || i FROM generate_series(1, 300) i;
INSERT INTO city VALUES (-5, 'below'), (0, 'nought'), (2147483647, 'last');
INSERT INTO person (name, city_id, boss) SELECT 'person ' || i, 1 + i % 300, nullif(i / 10, 0) FROM generate_series(1, 500) i;
INSERT INTO person (name, city_id) VALUES ('nobody', NULL), ('deep', -5);
INSERT INTO badge SELECT id, 'b' || id FROM person WHERE id % 7 = 0;
