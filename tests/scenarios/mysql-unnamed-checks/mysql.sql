CREATE TABLE part (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, amount int NOT NULL, code varchar(9), CHECK (amount > 0), CONSTRAINT told CHECK (code <> ''), CHECK (amount < 100));
INSERT INTO part (amount, code) VALUES (1, 'a'), (99, NULL);
