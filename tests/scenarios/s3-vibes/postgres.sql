-- Journals, tags, reminders and secret tags of an application whose every table gets UUIDs.
CREATE TABLE users (
    id serial PRIMARY KEY,
    email varchar(255) NOT NULL,
    hashed_password varchar(255) NOT NULL,
    settings jsonb NOT NULL DEFAULT '{}',
    created_at timestamp NOT NULL DEFAULT now(),
    updated_at timestamp
);
CREATE UNIQUE INDEX ix_users_email ON users (lower(email));
CREATE TABLE journals (
    id serial PRIMARY KEY,
    user_id integer NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    title varchar(200),
    content text NOT NULL,
    mood smallint CHECK (mood BETWEEN 1 AND 5),
    created_at timestamp NOT NULL,
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple', coalesce(title, '') || ' ' || content)) STORED
);
CREATE INDEX ix_journals_user_created ON journals (user_id, created_at DESC) INCLUDE (mood);
CREATE INDEX ix_journals_search ON journals USING gin (search);
CREATE TABLE tags (
    id serial PRIMARY KEY,
    user_id integer NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    parent_id integer REFERENCES tags (id) ON DELETE SET NULL,
    name varchar(50) NOT NULL,
    CONSTRAINT uq_tag_name UNIQUE (user_id, name)
);
CREATE TABLE journal_tags (
    journal_id integer NOT NULL REFERENCES journals (id) ON DELETE CASCADE,
    tag_id integer NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
    PRIMARY KEY (journal_id, tag_id)
);
CREATE INDEX ix_journal_tags_tag ON journal_tags (tag_id);
CREATE TABLE secret_tags (
    id serial PRIMARY KEY,
    user_id integer NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    phrase_hash bytea NOT NULL,
    is_active boolean NOT NULL DEFAULT true
);
CREATE TABLE secret_tag_journals (
    secret_tag_id integer NOT NULL REFERENCES secret_tags (id),
    journal_id integer NOT NULL REFERENCES journals (id),
    encrypted bytea,
    PRIMARY KEY (secret_tag_id, journal_id)
);
CREATE TABLE reminders (
    id serial PRIMARY KEY,
    user_id integer NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    journal_id integer REFERENCES journals (id) ON DELETE SET NULL,
    remind_at timestamptz NOT NULL,
    repeat_every interval,
    done boolean NOT NULL DEFAULT false
);
CREATE INDEX ix_reminders_due ON reminders (remind_at) WHERE NOT done;
CREATE VIEW user_activity AS
    SELECT u.id, u.email, count(DISTINCT j.id) AS journal_count, count(DISTINCT r.id) AS reminder_count
    FROM users u LEFT JOIN journals j ON u.id = j.user_id LEFT JOIN reminders r ON u.id = r.user_id GROUP BY u.id;
CREATE VIEW uuid_performance_monitor AS
    SELECT schemaname, relname, indexrelname, idx_scan, pg_size_pretty(pg_relation_size(indexrelid)) AS size
    FROM pg_stat_user_indexes WHERE schemaname = 'public';
CREATE FUNCTION touch_user() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.updated_at = now(); RETURN NEW; END';
CREATE TRIGGER users_touched BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch_user();

INSERT INTO users (email, hashed_password, settings, created_at)
SELECT 'Person' || g || '@Example.org', md5('p' || g), jsonb_build_object('theme', CASE g % 2 WHEN 0 THEN 'dark' ELSE 'light' END), timestamp '2024-01-01' + g * interval '2 hours'
FROM generate_series(1, 400) g;
DELETE FROM users WHERE id % 40 = 0;
INSERT INTO journals (user_id, title, content, mood, created_at)
SELECT u.id, CASE WHEN g % 6 > 0 THEN 'Day ' || g END, 'It was a day. ' || repeat(md5(g::text || u.id), g % 4), 1 + g % 5, timestamp '2024-06-01' + u.id * interval '1 hour' + g * interval '1 day'
FROM users u, generate_series(1, 8) g ORDER BY g, u.id;
INSERT INTO tags (user_id, name) SELECT u.id, n FROM users u, unnest(ARRAY['work', 'home', 'Überraschung', 'a "quoted" tag']) n ORDER BY u.id;
UPDATE tags SET parent_id = id - 1 WHERE id % 4 = 2;
INSERT INTO journal_tags SELECT j.id, t.id FROM journals j JOIN tags t ON t.user_id = j.user_id AND (t.id + j.id) % 3 = 0;
INSERT INTO secret_tags (user_id, phrase_hash, is_active) SELECT u.id, decode(md5('s' || u.id), 'hex'), u.id % 3 > 0 FROM users u WHERE u.id % 2 = 0 ORDER BY u.id;
INSERT INTO secret_tag_journals SELECT s.id, j.id, CASE WHEN j.id % 2 = 0 THEN decode(md5(j.id::text), 'hex') END FROM secret_tags s JOIN journals j ON j.user_id = s.user_id AND j.id % 5 = 0;
INSERT INTO reminders (user_id, journal_id, remind_at, repeat_every, done)
SELECT j.user_id, CASE WHEN j.id % 3 > 0 THEN j.id END, timestamptz '2025-01-01Z' + j.id * interval '1 hour', CASE WHEN j.id % 4 = 0 THEN interval '1 mon' END, j.id % 2 = 0
FROM journals j WHERE j.id % 2 = 1 OR j.id % 4 = 0 ORDER BY j.id;
