CREATE TABLE vehicle (id integer PRIMARY KEY, name text);
CREATE TABLE truck (load integer, PRIMARY KEY (id)) INHERITS (vehicle);
CREATE TABLE depot (id serial PRIMARY KEY, name text);
INSERT INTO vehicle VALUES (1, 'bike'), (2, 'car');
INSERT INTO truck VALUES (1, 'lorry', 7);
INSERT INTO depot (name) VALUES ('north');
