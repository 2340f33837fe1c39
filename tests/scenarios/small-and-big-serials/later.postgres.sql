INSERT INTO tiny (name) VALUES ('c'); INSERT INTO huge (tiny_id) SELECT id FROM tiny WHERE name = 'c';
