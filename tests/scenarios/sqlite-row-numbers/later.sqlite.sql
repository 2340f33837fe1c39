INSERT INTO note (body) VALUES ('new');
