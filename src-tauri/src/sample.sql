-- A small shop with integer keys. Everything is made from counters, so that every copy
-- of the sample is the same.

CREATE TABLE employee (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    manager_id INTEGER REFERENCES employee (id) ON DELETE SET NULL,
    hired_on TEXT NOT NULL
);

CREATE TABLE customer (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE,
    referred_by INTEGER REFERENCES customer (id),
    created_at TEXT NOT NULL
);

CREATE TABLE profile (
    customer_id INTEGER PRIMARY KEY REFERENCES customer (id) ON DELETE CASCADE,
    newsletter INTEGER NOT NULL DEFAULT 0 CHECK (newsletter IN (0, 1)),
    note TEXT
);

CREATE TABLE category (
    id INTEGER PRIMARY KEY,
    parent_id INTEGER REFERENCES category (id),
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE product (
    id INTEGER PRIMARY KEY,
    category_id INTEGER NOT NULL REFERENCES category (id),
    name TEXT NOT NULL,
    price NUMERIC NOT NULL CHECK (price > 0),
    stock INTEGER NOT NULL DEFAULT 0,
    added_at TEXT NOT NULL
);

CREATE TABLE tag (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE product_tag (
    product_id INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    tag_id INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
    PRIMARY KEY (product_id, tag_id)
);

CREATE TABLE sales_order (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    sold_by INTEGER REFERENCES employee (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'paid', 'sent')),
    ordered_at TEXT NOT NULL
);

CREATE TABLE order_line (
    order_id INTEGER NOT NULL REFERENCES sales_order (id) ON DELETE CASCADE,
    line_number INTEGER NOT NULL,
    product_id INTEGER NOT NULL REFERENCES product (id),
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    price NUMERIC NOT NULL,
    PRIMARY KEY (order_id, line_number)
);

CREATE TABLE complaint (
    id INTEGER PRIMARY KEY,
    order_id INTEGER NOT NULL,
    line_number INTEGER NOT NULL,
    handled_by INTEGER REFERENCES employee (id),
    words TEXT NOT NULL,
    received_at TEXT NOT NULL,
    FOREIGN KEY (order_id, line_number) REFERENCES order_line (order_id, line_number)
);

CREATE INDEX product_by_category ON product (category_id, name);
CREATE INDEX order_by_customer ON sales_order (customer_id, ordered_at DESC);
CREATE INDEX open_orders ON sales_order (sold_by) WHERE state = 'open';
CREATE INDEX line_by_product ON order_line (product_id);

INSERT INTO employee (id, name, manager_id, hired_on)
WITH RECURSIVE counter (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < 24)
SELECT n, 'Employee ' || n, CASE WHEN n = 1 THEN NULL ELSE (n + 2) / 4 END, date('2019-01-07', '+' || (n * 41) || ' days')
FROM counter;

INSERT INTO customer (id, name, email, referred_by, created_at)
WITH RECURSIVE counter (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < 800)
SELECT n, 'Customer ' || n, 'customer' || n || '@example.org', CASE WHEN n > 10 AND n % 5 = 0 THEN n / 5 END,
       datetime('2021-03-01', '+' || (n * 97) || ' minutes')
FROM counter;

INSERT INTO profile (customer_id, newsletter, note)
SELECT id, id % 2, CASE WHEN id % 9 = 0 THEN 'Prefers letters to calls, says "thank you" in Grüße.' END
FROM customer WHERE id % 3 <> 0;

INSERT INTO category (id, parent_id, name)
WITH RECURSIVE counter (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < 30)
SELECT n, CASE WHEN n > 5 THEN (n - 1) / 5 END, 'Category ' || n FROM counter;

INSERT INTO product (id, category_id, name, price, stock, added_at)
WITH RECURSIVE counter (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < 400)
SELECT n, 6 + n % 25, 'Product ' || n, 1.25 + (n * 37 % 900) / 4.0, 1000 + n % 50,
       datetime('2021-01-01', '+' || (n * 53) || ' minutes')
FROM counter;

INSERT INTO tag (id, name) VALUES (1, 'new'), (2, 'on sale'), (3, 'fragile'), (4, 'local'), (5, 'repairable'), (6, 'seasonal');

INSERT INTO product_tag (product_id, tag_id)
SELECT product.id, tag.id FROM product, tag WHERE (product.id * 7 + tag.id * 3) % 4 = 0;

INSERT INTO sales_order (id, customer_id, sold_by, state, ordered_at)
WITH RECURSIVE counter (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < 3000)
SELECT n, 1 + n * 31 % 800, CASE WHEN n % 4 <> 0 THEN 1 + n % 24 END,
       CASE n % 10 WHEN 0 THEN 'open' WHEN 1 THEN 'paid' ELSE 'sent' END,
       datetime('2022-01-01', '+' || (n * 211) || ' minutes')
FROM counter;

INSERT INTO order_line (order_id, line_number, product_id, quantity, price)
WITH RECURSIVE counter (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < 4)
SELECT sales_order.id, n, product.id, 1 + (sales_order.id + n) % 3, product.price
FROM sales_order, counter
JOIN product ON product.id = 1 + (sales_order.id * 13 + n * 101) % 400
WHERE n <= 1 + sales_order.id % 4;

INSERT INTO complaint (order_id, line_number, handled_by, words, received_at)
SELECT order_id, line_number, CASE WHEN order_id % 3 <> 0 THEN 1 + order_id % 24 END, 'Arrived late or broken.',
       datetime('2023-06-01', '+' || order_id || ' hours')
FROM order_line WHERE (order_id * 7 + line_number) % 60 = 0 ORDER BY order_id, line_number;

CREATE TRIGGER line_takes_from_stock AFTER INSERT ON order_line
BEGIN
    UPDATE product SET stock = stock - NEW.quantity WHERE id = NEW.product_id;
END;

CREATE VIEW customer_turnover AS
SELECT customer.id AS customer_id, customer.name, count(DISTINCT sales_order.id) AS orders,
       sum(order_line.quantity * order_line.price) AS turnover
FROM customer
LEFT JOIN sales_order ON sales_order.customer_id = customer.id
LEFT JOIN order_line ON order_line.order_id = sales_order.id
GROUP BY customer.id, customer.name;
