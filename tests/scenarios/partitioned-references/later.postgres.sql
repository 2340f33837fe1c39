INSERT INTO users (name) VALUES ('later');
INSERT INTO visits (user_id, at) SELECT id, '2022-02-02' FROM users WHERE name = 'later';
INSERT INTO dog (kind, name) SELECT id, 'Ace' FROM users WHERE name = 'later';
