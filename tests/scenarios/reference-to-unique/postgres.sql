CREATE TABLE country (id serial PRIMARY KEY, number integer NOT NULL UNIQUE, name text);
CREATE TABLE city (id serial PRIMARY KEY, country_number integer REFERENCES country (number), name text);
INSERT INTO country (number, name) VALUES (276, 'Germany'), (40, 'Austria');
INSERT INTO city (country_number, name) VALUES (276, 'Berlin'), (40, 'Graz'), (NULL, 'Nowhere');
