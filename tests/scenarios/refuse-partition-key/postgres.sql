-- P64: by the key itself, by its hash, by what is computed from it, and by a reference.
CREATE TABLE measure (id bigint PRIMARY KEY, value real) PARTITION BY RANGE (id);
CREATE TABLE measure_low PARTITION OF measure FOR VALUES FROM (0) TO (1000);
INSERT INTO measure VALUES (1, 1.5);
CREATE TABLE hashed (id serial PRIMARY KEY) PARTITION BY HASH (id);
CREATE TABLE hashed_0 PARTITION OF hashed FOR VALUES WITH (MODULUS 1, REMAINDER 0);
CREATE TABLE tenants (id serial PRIMARY KEY);
CREATE TABLE invoices (id serial, tenant_id integer REFERENCES tenants (id), PRIMARY KEY (tenant_id, id)) PARTITION BY LIST (tenant_id);
CREATE TABLE invoices_1 PARTITION OF invoices FOR VALUES IN (1);
INSERT INTO tenants DEFAULT VALUES;
INSERT INTO invoices (tenant_id) VALUES (1);
