CREATE TABLE node (id serial PRIMARY KEY, parent_id integer REFERENCES node (id) ON DELETE CASCADE, name text NOT NULL);
INSERT INTO node (parent_id, name) SELECT CASE WHEN n > 1 THEN n - 1 END, 'chain ' || n FROM generate_series(1, 2000) n;
INSERT INTO node (parent_id, name) SELECT 1 + n % 7, 'bush ' || n FROM generate_series(1, 50) n;
INSERT INTO node (id, parent_id, name) VALUES (9000, 9000, 'its own parent');
