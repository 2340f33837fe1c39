CREATE TABLE host (id serial PRIMARY KEY, name text);
CREATE TABLE port (id serial PRIMARY KEY, host_id integer REFERENCES host (id), number integer, UNIQUE NULLS NOT DISTINCT (host_id, number));
CREATE UNIQUE INDEX port_once ON port (host_id) NULLS NOT DISTINCT WHERE number > 100;
CREATE VIEW ports WITH (security_invoker = true, security_barrier = true) AS SELECT p.id, p.host_id, h.name FROM port p JOIN host h ON h.id = p.host_id;
COMMENT ON VIEW ports IS 'with the reader''s own rights';
INSERT INTO host (name) VALUES ('a'), ('b');
INSERT INTO port (host_id, number) VALUES (1, 5), (1, NULL), (2, 101), (NULL, 3);
ALTER TABLE port REPLICA IDENTITY FULL;
