CREATE TABLE huge (id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(9));
CREATE TABLE of_huge (huge_id bigint unsigned, n int, FOREIGN KEY (huge_id) REFERENCES huge (id));
CREATE TABLE tiny (id tinyint NOT NULL AUTO_INCREMENT PRIMARY KEY, medium_id mediumint unsigned);
CREATE TABLE medium (id mediumint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, big_zero int(6) unsigned zerofill);
ALTER TABLE tiny ADD FOREIGN KEY (medium_id) REFERENCES medium (id);
INSERT INTO huge VALUES (18446744073709551614, 'top'), (9223372036854775808, 'middle'), (1, 'low');
INSERT INTO of_huge VALUES (18446744073709551614, 1), (9223372036854775808, 2), (NULL, 3), (1, 4);
INSERT INTO medium VALUES (16777214, 7), (3, 8);
INSERT INTO tiny VALUES (-128, 3), (126, 16777214);
