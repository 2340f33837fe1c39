INSERT INTO users (email) VALUES ('new@example.org');
INSERT INTO strategies (user_id, name) SELECT id, 'late' FROM users WHERE email LIKE 'new@%';
INSERT INTO settings SELECT id, 'light' FROM users WHERE email LIKE 'new@%';
