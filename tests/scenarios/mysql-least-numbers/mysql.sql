SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO';
CREATE TABLE account (id bigint unsigned NOT NULL PRIMARY KEY, name varchar(9));
CREATE TABLE entry (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, account_id bigint unsigned, FOREIGN KEY (account_id) REFERENCES account (id));
CREATE TABLE kind (id tinyint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(9));
INSERT INTO account VALUES (0, 'zero'), (7, 'seven');
INSERT INTO entry VALUES (-9223372036854775808, 0), (-9223372036854775807, 7), (3, NULL);
INSERT INTO kind VALUES (0, 'none'), (1, 'one');
