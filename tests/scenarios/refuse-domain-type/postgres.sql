CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE TABLE item (id positive PRIMARY KEY, name text);
INSERT INTO item VALUES (1, 'a');
