CREATE TABLE bill (id numeric(12, 0) PRIMARY KEY, total numeric);
CREATE TABLE other (id serial PRIMARY KEY);
INSERT INTO bill VALUES (1, 2.5);
