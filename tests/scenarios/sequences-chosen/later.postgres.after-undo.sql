-- Sequences stand behind the numbers that were given out.
INSERT INTO "Shop"."Order.s" (name) VALUES ('after');
INSERT INTO down (name) VALUES ('after');
INSERT INTO line (text) VALUES ('after 1'), ('after 2');
INSERT INTO closed (name) VALUES ('after');
