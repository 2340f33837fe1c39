CREATE TABLE country (id INTEGER PRIMARY KEY, number INTEGER NOT NULL UNIQUE, name TEXT);
CREATE TABLE city (id INTEGER PRIMARY KEY, country_number INTEGER REFERENCES country (number), name TEXT);
INSERT INTO country (number, name) VALUES (276, 'Germany'), (40, 'Austria');
INSERT INTO city (country_number, name) VALUES (276, 'Berlin'), (40, 'Graz'), (NULL, 'Nowhere');
