UPDATE page SET title = 'root again' WHERE title = 'root';
INSERT INTO page (title) VALUES ('new');
