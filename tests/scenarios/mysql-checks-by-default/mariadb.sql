CREATE TABLE part (id int NOT NULL PRIMARY KEY CHECK (id > 0), amount int NOT NULL DEFAULT 7 COMMENT 'a CHECK (amount)' CHECK (id <> 123), whole_id int COMMENT 'the whole' CHECK (whole_id IS NULL OR whole_id + 0 > 0), more int CHECK (more > amount), CHECK (amount > 0), CHECK (id % 1 = 0), CHECK (amount < 100), FOREIGN KEY (whole_id) REFERENCES part (id));
CREATE TABLE mixed (id int NOT NULL PRIMARY KEY, amount int NOT NULL CHECK (id > amount));
INSERT INTO part (id, amount, whole_id) VALUES (4, 1, NULL), (5, 49, 4);
INSERT INTO mixed VALUES (9, 8);
