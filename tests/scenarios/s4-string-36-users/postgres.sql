-- Users whose key is text with UUIDs in it, written the way several generations of code wrote
-- them; four tables reference it, two of them without an index.
CREATE TABLE users (
    id varchar(36) PRIMARY KEY,
    email varchar(255) NOT NULL UNIQUE,
    created_at timestamptz NOT NULL
);
CREATE INDEX ix_users_id ON users (id);
CREATE TABLE journal_entries (
    id serial PRIMARY KEY,
    user_id varchar(36) NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    body text NOT NULL
);
CREATE TABLE reminders (
    id serial PRIMARY KEY,
    user_id varchar(36) REFERENCES users (id) ON DELETE SET NULL,
    remind_at timestamptz NOT NULL
);
CREATE TABLE secret_tags (
    id serial PRIMARY KEY,
    user_id varchar(36) NOT NULL REFERENCES users (id),
    name text NOT NULL
);
CREATE INDEX ix_secret_tags_user_id ON secret_tags (user_id);
CREATE TABLE tags (
    id serial PRIMARY KEY,
    user_id varchar(36) NOT NULL REFERENCES users (id),
    name text NOT NULL,
    UNIQUE (user_id, name)
);
CREATE INDEX ix_tags_user_id ON tags (user_id);

-- Mostly as they should be; every ninth in capitals, every eleventh without dashes.
INSERT INTO users
SELECT CASE WHEN g % 11 = 0 THEN md5('user ' || g) WHEN g % 9 = 0 THEN upper(md5('user ' || g)::uuid::text) ELSE md5('user ' || g)::uuid::text END,
       'u' || g || '@example.org', timestamptz '2024-01-01Z' + g * interval '5 min'
FROM generate_series(1, 1000) g;
INSERT INTO journal_entries (user_id, body) SELECT u.id, 'entry of ' || u.email FROM users u, generate_series(1, 3) ORDER BY u.email;
INSERT INTO reminders (user_id, remind_at) SELECT CASE WHEN u.email LIKE '%7@%' THEN NULL ELSE u.id END, u.created_at + interval '1 year' FROM users u ORDER BY u.email;
INSERT INTO secret_tags (user_id, name) SELECT u.id, 'secret of ' || u.email FROM users u WHERE u.email LIKE '%1@%' ORDER BY u.email;
INSERT INTO tags (user_id, name) SELECT u.id, n FROM users u, unnest(ARRAY['home', 'work']) n ORDER BY u.email, n;
