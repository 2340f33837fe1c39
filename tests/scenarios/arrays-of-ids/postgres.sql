CREATE TABLE users (id serial PRIMARY KEY, name text);
CREATE TABLE meeting (id serial PRIMARY KEY, user_ids integer[], scores integer[], at date);
INSERT INTO users (name) VALUES ('Ann'), ('Ben'), ('Cleo');
INSERT INTO meeting (user_ids, scores) VALUES ('{3,1,NULL,1}', '{1,2}'), ('{}', NULL), (NULL, '{99}'), ('{77,2}', '{}');
CREATE INDEX meeting_users ON meeting USING gin (user_ids);
CREATE VIEW attended AS SELECT count(*) AS n FROM meeting WHERE 1 = ANY (user_ids);
