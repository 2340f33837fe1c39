CREATE TABLE account (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, boss int,
  has_boss varchar(9) AS (if(boss IS NULL, 'no', 'yes')) VIRTUAL, KEY by_boss (has_boss),
  KEY (boss), FOREIGN KEY (boss) REFERENCES account (id));
CREATE TABLE fine (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, boss int,
  has_boss varchar(9) AS (if(boss IS NULL, 'no', 'yes')) VIRTUAL, KEY (boss), FOREIGN KEY (boss) REFERENCES fine (id));
INSERT INTO account (boss) VALUES (NULL), (1);
INSERT INTO fine (boss) VALUES (NULL), (1);
