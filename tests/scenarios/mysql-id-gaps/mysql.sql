CREATE TABLE kind (id tinyint NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(9));
CREATE TABLE thing (id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, kind_id tinyint, FOREIGN KEY (kind_id) REFERENCES kind (id));
CREATE TABLE plain (id smallint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, n int);
INSERT INTO kind VALUES (-5, 'below'), (1, 'one'), (2, 'two'), (4, 'four'), (126, 'last');
INSERT INTO thing VALUES (1, 126), (18446744073709551614, 1), (7, NULL);
INSERT INTO plain VALUES (1, 1), (2, 2);
