CREATE TABLE author (id serial PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE book (id bigserial PRIMARY KEY, author_id integer NOT NULL REFERENCES author (id), title text NOT NULL);
CREATE INDEX book_author ON book (author_id);
INSERT INTO author (name) VALUES ('Ann'), ('Ben'), ('Cleo');
INSERT INTO book (author_id, title) VALUES (1, 'One'), (1, 'Two'), (3, 'Three');
