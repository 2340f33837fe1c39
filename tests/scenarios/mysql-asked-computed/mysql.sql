CREATE TABLE part (name varchar(20) NOT NULL, twice int GENERATED ALWAYS AS (id * 2) STORED COMMENT 'two, times', id int NOT NULL PRIMARY KEY,
  level varchar(9) GENERATED ALWAYS AS (CASE WHEN whole_id IS NULL THEN 'top' WHEN id = whole_id THEN 'self' ELSE 'part' END) STORED,
  `the ``label``` varchar(20) GENERATED ALWAYS AS (CONCAT('U', LPAD(whole_id, 5, '0'))) VIRTUAL, whole_id int, amount int DEFAULT 3, more int GENERATED ALWAYS AS (amount + 1) VIRTUAL,
  KEY by_level (level, id), KEY by_more (more), FOREIGN KEY (whole_id) REFERENCES part (id));
CREATE TABLE numbered (id int NOT NULL PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2) VIRTUAL, KEY by_double (twice));
CREATE TABLE checked (id int NOT NULL PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2) VIRTUAL, CONSTRAINT small CHECK (twice < 1000));
CREATE TABLE shown (id int NOT NULL PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2) VIRTUAL);
CREATE VIEW doubles AS SELECT twice FROM shown;
INSERT INTO part (name, id, whole_id) VALUES ('a', 1, NULL), ('b', 2, 1), ('c', 7, 7);
INSERT INTO numbered (id) VALUES (4); INSERT INTO checked (id) VALUES (5); INSERT INTO shown (id) VALUES (6);
