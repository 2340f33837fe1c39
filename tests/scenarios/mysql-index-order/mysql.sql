CREATE TABLE orders (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(9));
CREATE TABLE line (
  order_id int NOT NULL, number int NOT NULL AUTO_INCREMENT, note varchar(9),
  PRIMARY KEY (order_id, number),
  KEY counts (number), KEY by_note (order_id, note), KEY backwards (order_id, number, note),
  FOREIGN KEY (order_id) REFERENCES orders (id)
);
INSERT INTO orders (name) VALUES ('a'), ('b');
INSERT INTO line (order_id, note) VALUES (1, 'x'), (1, 'y'), (2, NULL);
ALTER TABLE line AUTO_INCREMENT = 50;
