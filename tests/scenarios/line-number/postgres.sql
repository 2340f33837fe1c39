CREATE TABLE invoice (id integer PRIMARY KEY, customer text);
CREATE TABLE line (invoice_id integer NOT NULL REFERENCES invoice (id), line_no integer NOT NULL, text text, PRIMARY KEY (invoice_id, line_no));
CREATE TABLE remark (id integer PRIMARY KEY, invoice_id integer, line_no integer, said text, CONSTRAINT remark_on_line FOREIGN KEY (invoice_id, line_no) REFERENCES line (invoice_id, line_no));
INSERT INTO invoice VALUES (100, 'Ann'), (101, 'Ben');
INSERT INTO line VALUES (100, 1, 'tea'), (100, 2, 'bread'), (101, 1, 'salt');
INSERT INTO remark VALUES (1, 100, 2, 'stale'), (2, 101, 1, 'fine'), (3, NULL, 5, 'half'), (4, 100, NULL, 'half');
