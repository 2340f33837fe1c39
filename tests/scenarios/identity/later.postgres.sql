INSERT INTO plain (name) VALUES ('later');
INSERT INTO optioned (plain_id) SELECT id FROM plain WHERE name = 'later';
INSERT INTO downwards DEFAULT VALUES;
INSERT INTO unused DEFAULT VALUES;
INSERT INTO shares_sequence (note) VALUES ('later');
