CREATE TABLE person (id text PRIMARY KEY DEFAULT gen_random_uuid()::character varying(36), name text);
CREATE TABLE worker (wage integer) INHERITS (person);
CREATE TABLE badge (id serial PRIMARY KEY, person_id text DEFAULT '5f0c0f0e-8a34-4a0b-9d5a-2f6f0a3f1c11');
INSERT INTO person VALUES ('5f0c0f0e-8a34-4a0b-9d5a-2f6f0a3f1c11', 'first');
INSERT INTO person (name) SELECT 'p' || i FROM generate_series(1, 5) i;
INSERT INTO worker (name, wage) SELECT 'w' || i, i FROM generate_series(1, 5) i;
INSERT INTO badge (person_id) SELECT id FROM ONLY person;
