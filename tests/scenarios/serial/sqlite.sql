CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE book (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL REFERENCES author (id), title TEXT NOT NULL);
CREATE INDEX book_author ON book (author_id);
INSERT INTO author (name) VALUES ('Ann'), ('Ben'), ('Cleo');
INSERT INTO book (author_id, title) VALUES (1, 'One'), (1, 'Two'), (3, 'Three');
