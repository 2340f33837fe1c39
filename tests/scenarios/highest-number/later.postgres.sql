INSERT INTO small (name) VALUES ('since 1'), ('since 2'), ('since 3');
INSERT INTO wide (name) VALUES ('since');
INSERT INTO down (name) VALUES ('since');
INSERT INTO note (text, small_id, wide_id) SELECT 'since', s.id, w.id FROM small s, wide w WHERE s.name = 'since 2' AND w.name = 'since';
