INSERT INTO city (id, name) VALUES ('0190a0a0-0000-7000-8000-000000000001', 'new'), ('0190a0a0-0000-7000-8000-000000000002', 'newer');
INSERT INTO person (id, name, city_id) SELECT '0190a0a0-0000-7000-8000-00000000001' || substr(id, 36), 'late ' || name, id FROM city WHERE name LIKE 'new%';
INSERT INTO badge SELECT id, 'late' FROM person WHERE name LIKE 'late%';
