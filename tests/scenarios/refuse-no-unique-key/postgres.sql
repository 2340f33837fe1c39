CREATE TABLE journal (id integer, line text);
CREATE TABLE remark (journal_id integer, text text);
CREATE TABLE twin (id integer NOT NULL, name text);
INSERT INTO journal VALUES (1, 'a'), (2, 'b'), (NULL, 'c');
INSERT INTO remark VALUES (1, 'x'), (2, 'y');
INSERT INTO twin VALUES (1, 'same'), (1, 'same'), (2, 'other');
