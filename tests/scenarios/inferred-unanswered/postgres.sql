CREATE TABLE author (id integer PRIMARY KEY, name text);
CREATE TABLE book (id integer PRIMARY KEY, author_id integer, title text);
INSERT INTO author VALUES (1, 'Ann'), (2, 'Ben');
INSERT INTO book VALUES (10, 1, 'x'), (11, 2, 'y');
