CREATE TABLE users (id serial PRIMARY KEY, uuid uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(), name text);
CREATE TABLE visit (day date NOT NULL, no integer NOT NULL, user_id integer, PRIMARY KEY (day, no)) PARTITION BY RANGE (day);
CREATE TABLE visit_old PARTITION OF visit FOR VALUES FROM (MINVALUE) TO ('2024-01-01') PARTITION BY HASH (no);
CREATE TABLE visit_old_all PARTITION OF visit_old FOR VALUES WITH (MODULUS 1, REMAINDER 0);
CREATE TABLE visit_new PARTITION OF visit FOR VALUES FROM ('2024-01-01') TO (MAXVALUE);
ALTER TABLE visit ADD CONSTRAINT by_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL;
INSERT INTO users (name) SELECT 'u' || i FROM generate_series(1, 9) i;
INSERT INTO visit SELECT '2023-12-25'::date + i, i, 1 + i % 9 FROM generate_series(1, 30) i;
