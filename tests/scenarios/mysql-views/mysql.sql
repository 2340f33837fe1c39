CREATE TABLE author (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(20));
CREATE TABLE book (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, author_id int NOT NULL, title varchar(20), FOREIGN KEY (author_id) REFERENCES author (id));
INSERT INTO author (name) VALUES ('A'), ('B');
INSERT INTO book (author_id, title) VALUES (1, 'x'), (2, 'y'), (1, 'z');
CREATE VIEW written AS SELECT b.title, a.name FROM book b JOIN author a ON a.id = b.author_id;
CREATE ALGORITHM = MERGE SQL SECURITY INVOKER VIEW all_books AS SELECT * FROM book WHERE title <> '' WITH CASCADED CHECK OPTION;
CREATE VIEW over_view AS SELECT COUNT(*) AS n FROM written;
