INSERT INTO author (name) VALUES ('Dan'), ('Eve');
INSERT INTO book (author_id, title) SELECT id, 'Later by ' || name FROM author WHERE name IN ('Ann', 'Dan');
DELETE FROM book WHERE title = 'Two';
UPDATE book SET author_id = (SELECT id FROM author WHERE name = 'Eve') WHERE title = 'Three';
