CREATE TABLE city (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT);
CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT, city_id INTEGER REFERENCES city (id), boss INTEGER REFERENCES person (id));
CREATE TABLE badge (person_id INTEGER PRIMARY KEY REFERENCES person (id), code TEXT);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) INSERT INTO city (name) SELECT 'city ' || i FROM n;
INSERT INTO city VALUES (-5, 'below'), (0, 'nought'), (100000, 'far'), (-9223372036854775808, 'lowest');
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) INSERT INTO person (name, city_id, boss) SELECT 'person ' || i, 1 + i % 300, nullif(i / 10, 0) FROM n;
INSERT INTO person (name, city_id) VALUES ('nobody', NULL), ('deep', -5), ('deepest', -9223372036854775808);
INSERT INTO badge SELECT id, 'b' || id FROM person WHERE id % 7 = 0;
