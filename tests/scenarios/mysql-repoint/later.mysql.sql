INSERT INTO users (uuid, email) VALUES ('0190a0a0-0000-7000-8000-000000000001', 'new'), ('0190a0a0-0000-7000-8000-000000000002', 'newer');
INSERT INTO profiles SELECT uuid, 'new' FROM users WHERE email LIKE 'new%';
INSERT INTO avatars (profile_id, url) SELECT uuid, 'new' FROM users WHERE email LIKE 'new%';
INSERT INTO messages (user_id, edited_by, body) SELECT uuid, uuid, 'hello' FROM users WHERE email LIKE 'new%';
INSERT INTO user_roles SELECT u.uuid, r.token FROM users u JOIN roles r ON r.name = 'admin' WHERE u.email LIKE 'new%';
