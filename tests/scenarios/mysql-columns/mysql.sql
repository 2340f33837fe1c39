CREATE TABLE part (id int NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'the key, of ''parts''', a int DEFAULT '5', b int GENERATED ALWAYS AS (a + 1) VIRTUAL, c int GENERATED ALWAYS AS (a * 2) STORED,
  hidden int DEFAULT 3 INVISIBLE, code varchar(10) NOT NULL DEFAULT (UPPER('x')), whole_id int, KEY by_b (b), CONSTRAINT a_positive CHECK (a > 0), CONSTRAINT code_told CHECK (code <> ''),
  FOREIGN KEY (whole_id) REFERENCES part (id)) COMMENT='AUTO_INCREMENT=3' ROW_FORMAT=DYNAMIC;
INSERT INTO part (a, code) VALUES (1, 'p'), (2, 'q');
INSERT INTO part (a, hidden, whole_id) VALUES (4, 9, 1), (DEFAULT, DEFAULT, 2);
