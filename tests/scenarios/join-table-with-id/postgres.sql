CREATE TABLE tag (id integer PRIMARY KEY, word text UNIQUE);
CREATE TABLE post (id integer PRIMARY KEY, title text);
CREATE TABLE tagging (id integer PRIMARY KEY, post_id integer NOT NULL REFERENCES post (id), tag_id integer NOT NULL REFERENCES tag (id), weight integer, CONSTRAINT tagging_once UNIQUE (post_id, tag_id));
INSERT INTO tag VALUES (1, 'red'), (2, 'blue'), (3, 'green');
INSERT INTO post VALUES (5, 'first'), (6, 'second');
INSERT INTO tagging VALUES (1, 5, 1, 9), (2, 5, 2, 8), (3, 6, 2, 7), (4, 6, 3, 6);
