CREATE TABLE Account (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, code int NOT NULL UNIQUE);
CREATE TABLE purchase (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, number int NOT NULL UNIQUE, account_id int NOT NULL, FOREIGN KEY (account_id) REFERENCES Account (id) ON UPDATE CASCADE);
CREATE TABLE Bill (n int, purchase_number int, account_id int, KEY by_n (n), FOREIGN KEY (purchase_number) REFERENCES purchase (number) ON DELETE SET NULL, CONSTRAINT of_account FOREIGN KEY (account_id) REFERENCES Account (id) ON DELETE CASCADE, KEY wide (n, account_id));
INSERT INTO Account (code) VALUES (7), (8);
INSERT INTO purchase (number, account_id) VALUES (10, 1), (20, 2), (30, 2);
INSERT INTO Bill VALUES (1, 10, 1), (2, NULL, NULL), (3, 30, 2);
