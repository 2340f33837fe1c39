INSERT INTO part (name) VALUES ('later');
