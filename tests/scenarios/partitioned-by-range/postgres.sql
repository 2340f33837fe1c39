-- P63, P65: range by another column, a default partition that is partitioned itself, and one
-- that was made elsewhere with columns in another order and everything of its own.
CREATE TABLE users (id serial PRIMARY KEY, name text);
CREATE TABLE events (
    id bigserial,
    user_id integer REFERENCES users (id) ON DELETE CASCADE,
    at date NOT NULL,
    note text,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
COMMENT ON CONSTRAINT events_pkey ON events IS 'both, because of the partitions';
CREATE INDEX events_user ON events (user_id) WITH (fillfactor = 70);
COMMENT ON INDEX events_user IS 'of the whole table';
CREATE UNIQUE INDEX events_once ON events (at, user_id, id) INCLUDE (note);
CREATE INDEX events_note ON events (note);
CREATE INDEX events_recent ON events (user_id DESC NULLS LAST) WHERE at > '2023-06-01';
CREATE INDEX events_text ON events ((id::text));
CREATE TABLE events_2023 PARTITION OF events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE events_2024 (note text, gone integer, at date NOT NULL, user_id integer, id bigint NOT NULL);
ALTER TABLE events_2024 DROP COLUMN gone;
ALTER TABLE events_2024 ADD CONSTRAINT own_pk PRIMARY KEY (id, at) WITH (fillfactor = 80);
COMMENT ON CONSTRAINT own_pk ON events_2024 IS 'its own';
ALTER TABLE events_2024 ADD CONSTRAINT own_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;
COMMENT ON CONSTRAINT own_fk ON events_2024 IS 'mine';
CREATE INDEX own_index ON events_2024 (user_id) WITH (fillfactor = 60);
COMMENT ON INDEX own_index IS 'my own';
CREATE INDEX only_here ON events_2024 (note, user_id);
COMMENT ON INDEX only_here IS 'attached to nothing';
ALTER TABLE events_2024 CLUSTER ON own_index;
ALTER TABLE events_2024 REPLICA IDENTITY USING INDEX own_pk;
ALTER TABLE events_2024 ADD CONSTRAINT "positive note" CHECK (note <> '');
ALTER TABLE events ATTACH PARTITION events_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_rest PARTITION OF events DEFAULT PARTITION BY HASH (at);
CREATE TABLE events_rest_a PARTITION OF events_rest FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE events_rest_b PARTITION OF events_rest FOR VALUES WITH (MODULUS 2, REMAINDER 1);
COMMENT ON CONSTRAINT events_user_id_fkey ON events_rest_b IS 'the server made it';
ALTER INDEX events_rest_a_user_id_idx RENAME TO "Renamed ""index""";
CREATE INDEX beneath ON events_rest (user_id, note);
GRANT SELECT (id) ON events_2023 TO PUBLIC;
COMMENT ON COLUMN events_2024.id IS 'the same id';
ALTER TABLE events_2023 ALTER COLUMN user_id SET STATISTICS 77;
CREATE TABLE replies (
    id serial PRIMARY KEY,
    event_id bigint,
    event_at date,
    CONSTRAINT reply_event FOREIGN KEY (event_id, event_at) REFERENCES events (id, at) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE notes (event_id bigint, event_at date, FOREIGN KEY (event_id, event_at) REFERENCES events_2024 (id, at));
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TRIGGER touched BEFORE UPDATE OF user_id ON events FOR EACH ROW EXECUTE FUNCTION touch();
ALTER TABLE events_2023 DISABLE TRIGGER touched;
CREATE VIEW busy AS SELECT user_id, count(*) AS events FROM events GROUP BY user_id;
CREATE STATISTICS events_both ON user_id, note FROM events;
INSERT INTO users (name) SELECT 'u' || i FROM generate_series(1, 5) i;
INSERT INTO events (user_id, at, note) SELECT i % 5 + 1, date '2022-06-01' + i * 30, chr(97 + i % 3) FROM generate_series(1, 40) i;
INSERT INTO events (user_id, at, note) VALUES (NULL, '2024-05-05', 'nobody');
INSERT INTO replies (event_id, event_at) SELECT id, at FROM events WHERE id % 3 = 0;
INSERT INTO notes SELECT id, at FROM events_2024 LIMIT 3;
