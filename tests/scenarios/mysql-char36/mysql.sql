CREATE TABLE customer (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(40) COLLATE utf8mb4_bin);
CREATE TABLE purchase (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, customer_id int, UNIQUE KEY one (customer_id, id), FOREIGN KEY (customer_id) REFERENCES customer (id));
INSERT INTO customer (name) VALUES ('Ann'), ('Ben'), ('Cleo');
INSERT INTO purchase (customer_id) VALUES (1), (3), (NULL), (3);
