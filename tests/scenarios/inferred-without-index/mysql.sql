CREATE TABLE author (id int NOT NULL PRIMARY KEY, name varchar(20));
CREATE TABLE book (id int NOT NULL PRIMARY KEY, author_id int, title varchar(20), KEY IX_book_author_id (title, author_id), KEY by_title (title));
CREATE TABLE note (id int NOT NULL PRIMARY KEY, author_id int, text varchar(20));
CREATE TABLE shelf (id int NOT NULL PRIMARY KEY, author_id int, place varchar(20), KEY shelf_of (author_id, place));
INSERT INTO author VALUES (1, 'Ann'), (2, 'Ben');
INSERT INTO book VALUES (10, 1, 'x'), (11, 2, 'y');
INSERT INTO note VALUES (20, 1, 'first'), (21, 2, 'second');
INSERT INTO shelf VALUES (30, 1, 'left'), (31, 2, 'right');
