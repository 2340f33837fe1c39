CREATE TABLE tiny (id smallserial PRIMARY KEY, name text);
CREATE TABLE huge (id bigserial PRIMARY KEY, tiny_id smallint REFERENCES tiny (id), big_too bigint REFERENCES tiny (id));
INSERT INTO tiny (name) VALUES ('a'), ('b');
SELECT setval('huge_id_seq', 9223372036854775800) \g /dev/null
INSERT INTO huge (tiny_id, big_too) VALUES (1, 2), (2, NULL), (NULL, 1);
SELECT setval('tiny_id_seq', 32000) \g /dev/null
