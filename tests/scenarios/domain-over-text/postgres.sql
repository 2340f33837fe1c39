CREATE DOMAIN code AS character varying(36) CHECK (length(VALUE) > 5);
CREATE DOMAIN other_code AS code;
CREATE TABLE client (id code PRIMARY KEY, name text);
CREATE TABLE order_of (id other_code PRIMARY KEY, client_id code REFERENCES client (id));
INSERT INTO client SELECT upper(md5('c' || i)::uuid::text), 'c' || i FROM generate_series(1, 8) i;
INSERT INTO order_of SELECT md5('o' || i)::uuid::text, upper(md5('c' || (1 + i % 8))::uuid::text) FROM generate_series(1, 20) i;
