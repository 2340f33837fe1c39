INSERT INTO part (id, name, whole_id) SELECT '0190a0a0-0000-7000-8000-000000000001', 'new', id FROM part WHERE name = 'b';
