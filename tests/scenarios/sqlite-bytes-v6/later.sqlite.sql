INSERT INTO town (name) VALUES ('new');
INSERT INTO street (town_id, name) SELECT id, 'new' FROM town WHERE name = 'new';
