CREATE TABLE place (id serial PRIMARY KEY, name text);
CREATE TABLE trip (id serial PRIMARY KEY, start place, day date);
INSERT INTO place (name) VALUES ('home'), ('sea');
INSERT INTO trip (start, day) SELECT p, '2024-05-01' FROM place p;
