CREATE EXTENSION file_fdw;
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE TABLE customer (id serial PRIMARY KEY, name text);
CREATE FOREIGN TABLE imported (customer_id integer, amount numeric) SERVER files OPTIONS (filename '/dev/null');
CREATE VIEW with_imports AS SELECT c.name, i.amount FROM customer c CROSS JOIN imported i;
INSERT INTO customer (name) VALUES ('Ann'), ('Ben');
