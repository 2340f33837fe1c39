CREATE EXTENSION btree_gist;
CREATE TABLE spatial_reference (id integer PRIMARY KEY, name text);
CREATE TABLE shape (id serial PRIMARY KEY, reference_id integer REFERENCES spatial_reference (id));
INSERT INTO spatial_reference VALUES (4326, 'earth');
INSERT INTO shape (reference_id) VALUES (4326), (NULL);
ALTER EXTENSION btree_gist ADD TABLE spatial_reference;
