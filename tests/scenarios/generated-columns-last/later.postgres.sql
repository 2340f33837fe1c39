INSERT INTO part (of_id, name) SELECT id, 'since' FROM part WHERE name = 'a';
INSERT INTO label (id, part_id) SELECT gen_random_uuid(), id FROM part WHERE name = 'since';
