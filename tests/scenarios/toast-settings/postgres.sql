CREATE TABLE device (id text PRIMARY KEY, model integer) WITH (toast.autovacuum_enabled = false, toast.autovacuum_vacuum_threshold = 77);
CREATE TABLE note (id text PRIMARY KEY, body text) WITH (toast.autovacuum_enabled = false);
INSERT INTO device SELECT md5(i::text)::uuid::text, i FROM generate_series(1, 9) i;
INSERT INTO note SELECT md5(i::text)::uuid::text, 'n' FROM generate_series(1, 9) i;
