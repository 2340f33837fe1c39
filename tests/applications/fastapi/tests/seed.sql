-- orders of customer_id = 1 come first
INSERT INTO customers (id, email) VALUES (1, 'ann@example.org');
INSERT INTO orders (id, customer_id, position) VALUES (10, 1, 5);
INSERT INTO baskets (id, size) VALUES (1, 5);
UPDATE orders SET position = 3 WHERE id = 10;
UPDATE baskets SET size = 3 WHERE id = 1;
