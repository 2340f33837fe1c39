INSERT INTO town (id, name) VALUES (x'0190a0a0000040008000000000000001', 'new');
INSERT INTO street (id, town_id, name) SELECT x'0190a0a0000040008000000000000002', id, 'new' FROM town WHERE name = 'new';
