CREATE TABLE code (id char(36) NOT NULL PRIMARY KEY, name varchar(9));
CREATE TABLE fine (id char(36) NOT NULL PRIMARY KEY, name varchar(9));
INSERT INTO code VALUES ('0205d90d-60c2-d7d8-1e74-c2b9780e2dc4', 'odd'), ('0205d90d-60c2-47d8-9e74-c2b9780e2dc4', 'even');
INSERT INTO fine VALUES ('0205d90d-60c2-47d8-1e74-c2b9780e2dc4', 'a'), ('0205d90d-60c2-d7d8-9e74-c2b9780e2dc4', 'b');
