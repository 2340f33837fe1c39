INSERT INTO part (name, group_id) SELECT 'new', id FROM part WHERE name = 'a';
