INSERT INTO part (a, whole_id) SELECT 8, id FROM part p WHERE p.code = 'p';
