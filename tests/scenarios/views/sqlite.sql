CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE purchase (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer (id), amount REAL NOT NULL);
INSERT INTO customer (name) VALUES ('Ann'), ('Ben'), ('Cleo');
INSERT INTO purchase (customer_id, amount) VALUES (1, 10), (1, 2.5), (3, 7);
CREATE VIEW spending AS SELECT c.id AS customer, c.name, sum(p.amount) AS total FROM customer c JOIN purchase p ON p.customer_id = c.id GROUP BY c.id;
CREATE VIEW big_spending AS SELECT * FROM spending WHERE total > 8;
CREATE VIEW renamed (who, how_much) AS SELECT name, total FROM big_spending;
CREATE TRIGGER rename_through_view INSTEAD OF UPDATE ON renamed BEGIN UPDATE customer SET name = NEW.who WHERE name = OLD.who; END;
