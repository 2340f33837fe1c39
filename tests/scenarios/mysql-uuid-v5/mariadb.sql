CREATE TABLE customer (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(40));
CREATE TABLE purchase (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, customer_id int, FOREIGN KEY (customer_id) REFERENCES customer (id));
INSERT INTO customer (id, name) VALUES (3, 'Ann'), (100, 'Ben'), (-7, 'Cleo');
INSERT INTO purchase (customer_id) VALUES (100), (3), (NULL), (3);
