-- Sequences stand behind the numbers that were given out.
INSERT INTO small (name) VALUES ('after');
INSERT INTO wide (name) VALUES ('after');
INSERT INTO down (name) VALUES ('after');
INSERT INTO note (text) VALUES ('after');
