CREATE TABLE users (id serial PRIMARY KEY, name text);
CREATE TABLE meeting (id serial PRIMARY KEY, user_ids integer[] DEFAULT '{}', "scores of" integer[] NOT NULL DEFAULT ARRAY[]::integer[], at date);
CREATE TABLE room (user_ids bigint[], name text, exclude integer);
CREATE TABLE big_room (seats integer) INHERITS (room);
INSERT INTO users (name) SELECT 'u' || i FROM generate_series(1, 20) i;
DELETE FROM users WHERE name = 'u4';
-- Order, NULLs, doubles, an empty one, none, other bounds, two and three dimensions.
INSERT INTO meeting (user_ids, "scores of") VALUES ('{3,1,NULL,1}', '{1,2}'), ('{}', '{4}'), (NULL, '{99}'), ('{NULL}', '{}'), ('[0:2]={5,2,5}', '{}'), ('{{1,2},{3,NULL}}', '{}'),
  ('[2:3][-1:0]={{20,19},{18,17}}', '{}'), ('{{{7},{8}}}', '{}'), ('{2}', '{}'), ('{1,3}', '{}'), ('{3,1}', '{}');
INSERT INTO meeting (at) VALUES ('2020-01-01');
INSERT INTO room VALUES ('{1,1,1}', 'a', 1), ('{2}', 'b', 2);
INSERT INTO big_room VALUES ('{6,NULL}', 'c', 3, 100);
CREATE INDEX meeting_users ON meeting USING gin (user_ids);
CREATE INDEX meeting_users_first ON meeting USING btree (user_ids DESC NULLS LAST) WHERE at IS NULL;
COMMENT ON INDEX meeting_users IS 'who was there';
CREATE VIEW attended AS SELECT m.id AS meeting, u.name FROM meeting m JOIN users u ON u.id = ANY (m.user_ids);
CREATE VIEW crowd AS SELECT id, user_ids, cardinality(user_ids) AS n FROM meeting;
ALTER TABLE meeting ADD CONSTRAINT not_too_many CHECK (cardinality(user_ids) < 50);
GRANT SELECT (user_ids) ON meeting TO PUBLIC;
