CREATE TABLE part (id serial PRIMARY KEY, code text GENERATED ALWAYS AS ('P' || (id * 10)::text) STORED);
CREATE TABLE other (id serial PRIMARY KEY, name text);
INSERT INTO part DEFAULT VALUES;
INSERT INTO other (name) VALUES ('x');
