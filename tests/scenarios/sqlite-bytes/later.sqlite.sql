INSERT INTO author (name) VALUES ('new'), ('newer');
INSERT INTO author (id, name) VALUES (NULL, 'newest');
INSERT INTO gauge (label) VALUES ('new');
INSERT INTO profile SELECT id, 'new' FROM author WHERE name = 'new';
