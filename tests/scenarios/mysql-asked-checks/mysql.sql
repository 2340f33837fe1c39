CREATE TABLE positive (id int NOT NULL PRIMARY KEY, name varchar(20) NOT NULL, other_id int, kind varchar(9) NOT NULL DEFAULT 'plain',
  CONSTRAINT named CHECK (name <> ''), CONSTRAINT `above zero` CHECK (id > 0), CONSTRAINT `not it's own` CHECK (id <> other_id OR other_id IS NULL),
  CONSTRAINT by_kind CHECK (kind = 'first' OR id <> 123) NOT ENFORCED, CONSTRAINT first_of_all CHECK (kind <> 'first' OR other_id IS NULL) NOT ENFORCED, FOREIGN KEY (other_id) REFERENCES positive (id));
CREATE TABLE heir (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, positive_id int NOT NULL, CONSTRAINT all_gone CHECK (positive_id BETWEEN 1 AND 1000), FOREIGN KEY (positive_id) REFERENCES positive (id));
INSERT INTO positive (id, name, other_id, kind) VALUES (1, 'a', NULL, 'first'), (2, 'b', 1, 'plain'), (7, 'c', 2, 'plain');
INSERT INTO heir (positive_id) VALUES (7), (1);
