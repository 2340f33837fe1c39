CREATE TABLE loose (id INT PRIMARY KEY, name TEXT);
CREATE TABLE child (id INTEGER PRIMARY KEY, loose_id INT REFERENCES loose (id));
INSERT INTO loose VALUES (1, 'a'), ('two', 'b'), (3.5, 'c');
INSERT INTO child VALUES (1, 'two');
