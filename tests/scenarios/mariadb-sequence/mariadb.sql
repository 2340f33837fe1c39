CREATE SEQUENCE `numbers of all` START WITH 5000;
CREATE TABLE account (id bigint NOT NULL DEFAULT NEXTVAL(`numbers of all`) PRIMARY KEY, name varchar(9), owner_id bigint, FOREIGN KEY (owner_id) REFERENCES account (id));
CREATE TABLE entry (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, number bigint NOT NULL DEFAULT NEXTVAL(`numbers of all`), account_id bigint, FOREIGN KEY (account_id) REFERENCES account (id));
INSERT INTO account (name) VALUES ('a'), ('b');
INSERT INTO account (name, owner_id) SELECT 'c', id FROM account WHERE name = 'a';
INSERT INTO entry (account_id) SELECT id FROM account;
