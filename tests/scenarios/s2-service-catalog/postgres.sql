-- A service catalogue: users have an integer id and a filled unique uuid column, and nine
-- columns in nine tables reference the integer.
CREATE TABLE alembic_version (version_num varchar(32) CONSTRAINT alembic_version_pkc PRIMARY KEY);
CREATE TYPE request_status AS ENUM ('open', 'assigned', 'done');
CREATE TABLE users (
    id serial PRIMARY KEY,
    uuid uuid NOT NULL DEFAULT gen_random_uuid(),
    email varchar(255) NOT NULL UNIQUE,
    full_name text,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX ix_users_uuid ON users (uuid);
CREATE TABLE roles (id serial PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE regions (id serial PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE service_requests (
    id serial PRIMARY KEY,
    requester_id integer NOT NULL REFERENCES users (id),
    title text NOT NULL,
    status request_status NOT NULL DEFAULT 'open',
    details jsonb,
    created_at timestamptz NOT NULL
);
CREATE INDEX ix_service_requests_requester_id ON service_requests (requester_id);
CREATE TABLE chat_messages (
    id bigserial PRIMARY KEY,
    request_id integer NOT NULL REFERENCES service_requests (id) ON DELETE CASCADE,
    sender_id integer NOT NULL REFERENCES users (id),
    body text NOT NULL,
    sent_at timestamptz NOT NULL
);
CREATE INDEX ix_chat_messages_sender_sent ON chat_messages (sender_id, sent_at DESC);
CREATE TABLE message_read_states (
    message_id bigint NOT NULL REFERENCES chat_messages (id) ON DELETE CASCADE,
    user_id integer NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    read_at timestamptz,
    PRIMARY KEY (message_id, user_id)
);
CREATE TABLE chat_read_monitors (
    id serial PRIMARY KEY,
    request_id integer NOT NULL REFERENCES service_requests (id),
    user_id integer NOT NULL,
    last_seen timestamptz,
    CONSTRAINT uq_monitor UNIQUE (request_id, user_id)
);
CREATE TABLE user_sessions (
    id serial PRIMARY KEY,
    user_id integer NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    token text NOT NULL UNIQUE,
    is_active boolean NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX ix_user_sessions_active ON user_sessions (user_id) WHERE is_active;
CREATE TABLE user_roles (
    user_id integer NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role_id integer NOT NULL REFERENCES roles (id),
    CONSTRAINT uq_user_role UNIQUE (user_id, role_id)
);
CREATE TABLE user_request_assigns (
    id serial PRIMARY KEY,
    user_id integer NOT NULL CONSTRAINT fk_assigned_user REFERENCES users (id) ON UPDATE CASCADE,
    request_id integer NOT NULL REFERENCES service_requests (id),
    UNIQUE (request_id, user_id)
);
CREATE TABLE region_user_assigns (
    region_id integer NOT NULL REFERENCES regions (id),
    user_id integer NOT NULL REFERENCES users (id),
    PRIMARY KEY (region_id, user_id)
);
CREATE TABLE service_request_notes (
    id serial PRIMARY KEY,
    request_id integer NOT NULL REFERENCES service_requests (id),
    created_by integer REFERENCES users (id) ON DELETE SET NULL,
    note text NOT NULL
);
INSERT INTO alembic_version VALUES ('add_uuid_refresh');
INSERT INTO users (id, uuid, email, full_name, created_at)
SELECT g * 2, md5('user ' || g)::uuid, 'u' || g || '@example.org', CASE WHEN g % 7 > 0 THEN 'User № ' || g END, timestamptz '2024-01-01Z' + g * interval '1 hour'
FROM generate_series(1, 800) g;
SELECT setval('users_id_seq', 1600);
INSERT INTO roles (name) SELECT 'role ' || g FROM generate_series(1, 6) g;
INSERT INTO regions (name) SELECT 'region ' || g FROM generate_series(1, 12) g;
INSERT INTO service_requests (requester_id, title, status, details, created_at)
SELECT (g % 800 + 1) * 2, 'Request ' || g, (ARRAY['open', 'assigned', 'done']::request_status[])[1 + g % 3], CASE WHEN g % 2 = 0 THEN jsonb_build_object('n', g) END, timestamptz '2025-01-01Z' + g * interval '1 min'
FROM generate_series(1, 2000) g;
INSERT INTO chat_messages (request_id, sender_id, body, sent_at)
SELECT g % 2000 + 1, (g % 799 + 1) * 2, 'message ' || g || ' 🙂', timestamptz '2025-02-01Z' + g * interval '10 s' FROM generate_series(1, 4000) g;
INSERT INTO message_read_states SELECT g, (g % 800 + 1) * 2, CASE WHEN g % 3 > 0 THEN timestamptz '2025-03-01Z' END FROM generate_series(1, 3000) g;
-- Nobody ever checked this reference: three monitors watch for users who are gone.
INSERT INTO chat_read_monitors (request_id, user_id, last_seen)
SELECT g, CASE WHEN g <= 3 THEN 90000 + g ELSE (g % 800 + 1) * 2 END, NULL FROM generate_series(1, 500) g;
ALTER TABLE chat_read_monitors ADD CONSTRAINT fk_monitor_user FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;
INSERT INTO user_sessions (user_id, token, is_active, expires_at) SELECT (g % 800 + 1) * 2, md5('token ' || g), g % 4 = 0, timestamptz '2030-01-01Z' FROM generate_series(1, 900) g;
INSERT INTO user_roles SELECT g * 2, 1 + g % 6 FROM generate_series(1, 800) g;
INSERT INTO user_request_assigns (user_id, request_id) SELECT (g % 800 + 1) * 2, g FROM generate_series(1, 1500) g;
INSERT INTO region_user_assigns SELECT 1 + g % 12, g * 2 FROM generate_series(1, 800) g;
INSERT INTO service_request_notes (request_id, created_by, note) SELECT g, CASE WHEN g % 5 > 0 THEN (g % 800 + 1) * 2 END, 'note' FROM generate_series(1, 1200) g;
