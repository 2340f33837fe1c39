CREATE TABLE customer (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(40) NOT NULL, referred_by int, favourite smallint unsigned,
  KEY by_name (name), CONSTRAINT referred FOREIGN KEY (referred_by) REFERENCES customer (id) ON DELETE SET NULL) COMMENT='who buys';
CREATE TABLE product (id smallint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, title varchar(40) NOT NULL, last_buyer int,
  FOREIGN KEY (last_buyer) REFERENCES customer (id)) AUTO_INCREMENT=500;
CREATE TABLE purchase (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, customer_id int NOT NULL, note varchar(40),
  FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE CASCADE ON UPDATE CASCADE);
CREATE TABLE purchase_product (purchase_id bigint NOT NULL, product_id smallint unsigned NOT NULL, amount int NOT NULL,
  PRIMARY KEY (purchase_id, product_id), CONSTRAINT line_product FOREIGN KEY (product_id) REFERENCES product (id) ON DELETE RESTRICT,
  FOREIGN KEY (purchase_id) REFERENCES purchase (id) ON DELETE CASCADE);
CREATE TABLE remark (purchase_id bigint, body text, FOREIGN KEY (purchase_id) REFERENCES purchase (id));
SET SESSION sql_mode = CONCAT(@@sql_mode, ',NO_AUTO_VALUE_ON_ZERO');
INSERT INTO customer (id, name, referred_by) VALUES (0, 'Nil', NULL), (1, 'Ann', 0), (2, 'Ben', 1), (7, 'Cleo', 2), (-3, 'Dan', 7);
INSERT INTO product (id, title, last_buyer) VALUES (1, 'tea', 1), (2, 'bread', 0), (3, 'salt', NULL);
UPDATE customer SET favourite = 2 WHERE id < 2;
ALTER TABLE customer ADD CONSTRAINT favourite FOREIGN KEY (favourite) REFERENCES product (id);
INSERT INTO purchase VALUES (10, 1, 'a'), (11, 2, NULL), (12, -3, 'c'), (13, 7, 'd');
INSERT INTO purchase_product VALUES (10, 1, 2), (10, 3, 1), (11, 2, 5), (13, 1, 1);
INSERT INTO remark VALUES (10, 'good'), (NULL, 'none'), (10, 'good'), (13, NULL);
