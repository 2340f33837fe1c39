CREATE TYPE entry AS (id integer, text text);
CREATE TABLE diary OF entry (PRIMARY KEY (id));
CREATE TABLE reader (id serial PRIMARY KEY, entry_id integer REFERENCES diary (id));
INSERT INTO diary VALUES (1, 'rain');
INSERT INTO reader (entry_id) VALUES (1), (NULL);
