INSERT INTO customer (name) VALUES ('Dan');
INSERT INTO purchase (customer_id) SELECT id FROM customer WHERE name = 'Dan';
