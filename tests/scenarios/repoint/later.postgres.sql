INSERT INTO users (email) VALUES ('new@example.org'), ('newer@example.org');
INSERT INTO profiles SELECT uuid, 'new' FROM users WHERE email LIKE 'new%';
INSERT INTO avatars (profile_id, url) SELECT uuid, 'new' FROM users WHERE email LIKE 'new%';
INSERT INTO chat_messages (user_id, edited_by, body) SELECT uuid, uuid, 'hello' FROM users WHERE email LIKE 'new%';
INSERT INTO user_roles SELECT uuid, 1 FROM users WHERE email LIKE 'new%';
