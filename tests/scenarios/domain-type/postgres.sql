CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE SEQUENCE part_numbers;
CREATE DOMAIN counted AS positive DEFAULT nextval('part_numbers') NOT NULL;
CREATE TABLE item (id positive PRIMARY KEY, name text);
CREATE TABLE part (id counted PRIMARY KEY, item_id positive REFERENCES item, name text);
INSERT INTO item VALUES (1, 'a'), (7, 'b');
INSERT INTO part (item_id, name) VALUES (7, 'x'), (NULL, 'y');
