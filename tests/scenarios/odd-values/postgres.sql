CREATE TABLE odd (id serial PRIMARY KEY, parent_id integer REFERENCES odd (id), t text, b bytea, f double precision, n numeric, ts timestamptz, d date, j json, jb jsonb, xs text[], r int4range, i interval, bits bit varying, m money, inet inet, p point);
ALTER TABLE odd ALTER COLUMN b SET STORAGE EXTERNAL;
INSERT INTO odd (parent_id, t, b, f, n, ts, d, j, jb, xs, r, i, bits, m, inet, p) VALUES
 (NULL, '', '\x00ff', '-0', 'NaN', 'infinity', '-infinity', '{"b": 1,  "a": 1, "a": 2}', '{"k": [1.0, 1.00, null]}', '{NULL,"","NULL"}', 'empty', '1 mon -30 days', B'0', '-1.25', '::1/64', '(NaN,-0)'),
 (1, E'tab\tline\nback\\slash \u202Eright, \\N and \\.', '', 'NaN', '1e-400', '-infinity', '4713-01-01 BC', 'null', 'null', '{}', '[1,)', '-178000000 years', B'', '0', '10.0.0.0/8', '(0,0)'),
 (1, 'x', NULL, '-infinity', '-0.00', '0044-03-15 BC', NULL, '"\u0000 stays a text in json"', '1e400', '[-3:-2]={a,b}', NULL, NULL, NULL, NULL, NULL, NULL),
 (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO odd (parent_id, t, b) SELECT 2, repeat('toast, compressed. ', 60000), decode(repeat('00ff5c78', 750000), 'hex');
