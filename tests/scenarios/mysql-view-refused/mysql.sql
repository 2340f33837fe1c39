CREATE TABLE account (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(9));
CREATE TABLE note (number int NOT NULL, about int, KEY (about));
CREATE TABLE fine (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, n int);
INSERT INTO account (name) VALUES ('a'), ('b');
INSERT INTO note VALUES (1, 1), (2, 2);
INSERT INTO fine (n) VALUES (1), (2);
CREATE VIEW noted (`AS n`) AS SELECT a.name FROM account a JOIN note ON note.about = a.id;
CREATE VIEW over_noted AS SELECT COUNT(*) AS n FROM noted;
CREATE VIEW shown AS SELECT id, n FROM fine WHERE n > 0;
