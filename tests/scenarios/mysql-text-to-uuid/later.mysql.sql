INSERT INTO users (email) VALUES ('new');
INSERT INTO notes (user_id, body) SELECT id, 'late' FROM users WHERE email = 'new';
INSERT INTO settings SELECT id, 'late' FROM users WHERE email = 'new';
