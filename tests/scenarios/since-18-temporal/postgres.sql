CREATE TABLE employee (id integer PRIMARY KEY, name text);
CREATE TABLE post (employee_id integer REFERENCES employee (id), during daterange, title text);
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE post ADD CONSTRAINT post_at_a_time PRIMARY KEY (employee_id, during WITHOUT OVERLAPS);
CREATE TABLE bonus (id serial PRIMARY KEY, employee_id integer, during daterange, FOREIGN KEY (employee_id, PERIOD during) REFERENCES post (employee_id, PERIOD during));
INSERT INTO employee VALUES (1, 'a'), (2, 'b');
INSERT INTO post VALUES (1, '[2020-01-01,2021-01-01)', 'x'), (1, '[2021-01-01,2022-01-01)', 'y'), (2, '[2020-01-01,2022-01-01)', 'z');
INSERT INTO bonus (employee_id, during) VALUES (1, '[2020-06-01,2021-06-01)'), (2, '[2020-02-01,2020-03-01)');
