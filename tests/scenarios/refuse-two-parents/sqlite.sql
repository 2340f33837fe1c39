CREATE TABLE cat (id integer PRIMARY KEY, name text);
CREATE TABLE dog (id integer PRIMARY KEY, name text);
CREATE TABLE owner (id integer PRIMARY KEY, pet_id integer CONSTRAINT owner_cat REFERENCES cat (id) CONSTRAINT owner_dog REFERENCES dog (id));
INSERT INTO cat VALUES (1, 'c');
INSERT INTO dog VALUES (1, 'd');
INSERT INTO owner VALUES (9, 1);
