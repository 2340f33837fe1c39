CREATE TABLE status (id integer PRIMARY KEY, name text);
CREATE TABLE job (id serial PRIMARY KEY,
  status_id integer NOT NULL DEFAULT 1 REFERENCES status (id) ON DELETE SET DEFAULT,
  fallback_id bigint DEFAULT 0 REFERENCES status (id) ON DELETE SET DEFAULT);
INSERT INTO status VALUES (1, 'new'), (2, 'done');
INSERT INTO job (status_id, fallback_id) VALUES (1, 2), (2, NULL);
