CREATE SCHEMA sales;
CREATE SCHEMA "Hr";
CREATE TABLE sales.item (id serial PRIMARY KEY, name text);
CREATE TABLE "Hr".item (id serial PRIMARY KEY, sales_item integer REFERENCES sales.item (id), name text);
CREATE TABLE public.item (id serial PRIMARY KEY, hr_item integer REFERENCES "Hr".item (id), name text);
CREATE VIEW "Hr".all_items AS SELECT s.name AS s, h.name AS h, p.name AS p FROM sales.item s JOIN "Hr".item h ON h.sales_item = s.id JOIN public.item p ON p.hr_item = h.id;
INSERT INTO sales.item (name) VALUES ('s1'), ('s2');
INSERT INTO "Hr".item (sales_item, name) VALUES (2, 'h1'), (1, 'h2');
INSERT INTO public.item (hr_item, name) VALUES (2, 'p1'), (NULL, 'p2');
