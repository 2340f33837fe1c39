CREATE TABLE author (id integer PRIMARY KEY, name text, secret text);
CREATE TABLE story (id integer PRIMARY KEY, author_id integer REFERENCES author, text text);
CREATE TABLE other (id uuid PRIMARY KEY, name text);
INSERT INTO author VALUES (1, 'a', 's'), (2, 'b', 't');
INSERT INTO story VALUES (1, 2, 'x'), (2, NULL, 'y');
CREATE PUBLICATION news FOR TABLE author (id, name), TABLE story (id, author_id) WHERE (author_id IS NOT NULL), TABLE other WITH (publish = 'insert');
COMMENT ON PUBLICATION news IS 'a comment';
