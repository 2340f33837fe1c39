CREATE TABLE node (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES node (id) ON DELETE CASCADE, name TEXT NOT NULL);
WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 2000)
INSERT INTO node (parent_id, name) SELECT CASE WHEN n > 1 THEN n - 1 END, 'chain ' || n FROM n;
WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 50)
INSERT INTO node (parent_id, name) SELECT 1 + n % 7, 'bush ' || n FROM n;
INSERT INTO node (id, parent_id, name) VALUES (9000, 9000, 'its own parent');
