INSERT INTO customer (name, referred_by) SELECT 'Eve', id FROM customer WHERE name = 'Ann';
INSERT INTO purchase (customer_id, note) SELECT id, 'new' FROM customer WHERE name = 'Eve';
INSERT INTO purchase_product SELECT p.id, q.id, 9 FROM purchase p, product q WHERE p.note = 'new' AND q.title = 'tea';
INSERT INTO remark SELECT id, 'later' FROM purchase WHERE note = 'new';
