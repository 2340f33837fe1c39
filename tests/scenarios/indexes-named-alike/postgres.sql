CREATE TABLE a (id serial PRIMARY KEY, b_c integer REFERENCES a (id));
CREATE TABLE a_b (id serial PRIMARY KEY, c integer REFERENCES a (id));
CREATE TABLE a_table_with_a_name_that_is_as_long_as_names_can_be_in_it_01 (id serial PRIMARY KEY, a_id integer REFERENCES a (id), b_id integer REFERENCES a (id));
CREATE INDEX ix_a_b_c ON a_b (id, c);
INSERT INTO a (b_c) VALUES (NULL), (1), (1);
INSERT INTO a_b (c) VALUES (1), (3);
INSERT INTO a_table_with_a_name_that_is_as_long_as_names_can_be_in_it_01 (a_id, b_id) VALUES (1, 2);
