CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT NOT NULL UNIQUE, email TEXT UNIQUE, manager_id INTEGER REFERENCES users -- the boss
);
CREATE TABLE roles (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE user_roles (user_id INTEGER NOT NULL REFERENCES "Users" ([ID]) ON DELETE CASCADE, role_id INTEGER NOT NULL REFERENCES roles (id), PRIMARY KEY (user_id, role_id)) WITHOUT ROWID;
CREATE TABLE profiles (user_id INTEGER PRIMARY KEY REFERENCES users (id) ON UPDATE CASCADE, bio TEXT);
CREATE TABLE avatars (id INTEGER PRIMARY KEY, profile_id INTEGER REFERENCES profiles (user_id), url TEXT);
CREATE TABLE messages (id INTEGER PRIMARY KEY, user_id INTEGER, edited_by INTEGER, body TEXT, CONSTRAINT a FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE, FOREIGN KEY(edited_by) REFERENCES users ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED, UNIQUE (user_id, body));
CREATE INDEX chat_user ON messages (user_id, id);
CREATE VIEW chat AS SELECT id, body FROM messages;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400) INSERT INTO users (uuid, email, manager_id) SELECT printf('%08x-0000-4000-8000-%012x', i * 7919 % 1009, i), 'u' || i, nullif(i / 5, 0) FROM n;
INSERT INTO roles (name) VALUES ('admin'), ('reader');
INSERT INTO user_roles SELECT id, 1 + id % 2 FROM users;
INSERT INTO profiles SELECT id, 'bio ' || id FROM users WHERE id <= 100;
INSERT INTO avatars (profile_id, url) SELECT user_id, 'a' FROM profiles WHERE user_id <= 50;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900) INSERT INTO messages (user_id, edited_by, body) SELECT 1 + i % 400, CASE WHEN i % 3 = 0 THEN i % 7 + 1 END, 'message ' || i FROM n;
INSERT INTO messages (user_id, body) VALUES (7777, 'of somebody who left'), (7777, 'once more'), (NULL, 'of nobody');
