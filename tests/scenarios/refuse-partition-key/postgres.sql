CREATE TABLE measure (id bigint PRIMARY KEY, value real) PARTITION BY RANGE (id);
CREATE TABLE measure_low PARTITION OF measure FOR VALUES FROM (0) TO (1000);
INSERT INTO measure VALUES (1, 1.5);
