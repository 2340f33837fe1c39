CREATE TABLE part (id int NOT NULL PRIMARY KEY, amount int NOT NULL, whole_id int, CHECK (id > 0), CHECK (amount > 0), CHECK (whole_id IS NULL OR whole_id + 0 > 0), CHECK (amount < 100), FOREIGN KEY (whole_id) REFERENCES part (id));
CREATE TABLE mixed (id int NOT NULL PRIMARY KEY, amount int NOT NULL, CHECK (id > amount));
INSERT INTO part VALUES (4, 1, NULL), (5, 49, 4);
INSERT INTO mixed VALUES (9, 8);
