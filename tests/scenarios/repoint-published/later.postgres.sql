INSERT INTO users (name) VALUES ('new');
INSERT INTO visit (user_id) SELECT uuid FROM users WHERE name = 'new';
