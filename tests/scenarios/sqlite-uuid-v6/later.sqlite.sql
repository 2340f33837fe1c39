INSERT INTO city (name) VALUES ('new'), ('newer');
INSERT INTO person (name, city_id) SELECT 'late ' || name, id FROM city WHERE name LIKE 'new%';
INSERT INTO badge SELECT id, 'late' FROM person WHERE name LIKE 'late%';
