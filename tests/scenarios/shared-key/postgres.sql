CREATE TABLE party (id integer PRIMARY KEY, name text);
CREATE TABLE person (party_id integer PRIMARY KEY REFERENCES party (id) ON DELETE CASCADE, born integer);
CREATE TABLE employee (person_id integer PRIMARY KEY REFERENCES person (party_id), grade text);
CREATE TABLE badge (code text PRIMARY KEY, employee_id integer NOT NULL REFERENCES employee (person_id), also_party integer REFERENCES party (id));
INSERT INTO party VALUES (1, 'Ann'), (2, 'Ben'), (3, 'A firm'), (4, 'Cleo');
INSERT INTO person VALUES (1, 1980), (2, 1990), (4, 2000);
INSERT INTO employee VALUES (4, 'A'), (1, 'B');
INSERT INTO badge VALUES ('b1', 4, 3), ('b2', 1, 1), ('b3', 1, NULL);
