INSERT INTO users (name) VALUES ('later'), ('and later');
INSERT INTO meeting (user_ids) SELECT ARRAY[u.id, NULL, o.id, u.id] FROM users u, users o WHERE u.name = 'later' AND o.name = 'u7';
INSERT INTO meeting (user_ids) SELECT ARRAY[[u.id, o.id]] FROM users u, users o WHERE u.name = 'and later' AND o.name = 'u1';
INSERT INTO room (user_ids, name) VALUES (ARRAY[md5('nobody')::uuid], 'of nobody');
