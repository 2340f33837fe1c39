INSERT INTO positive (name) VALUES ('new');
