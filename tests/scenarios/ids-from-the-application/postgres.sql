CREATE TABLE device (id bigint PRIMARY KEY, name text);
CREATE TABLE reading (device_id bigint NOT NULL REFERENCES device (id), at timestamp NOT NULL, value real, PRIMARY KEY (device_id, at));
INSERT INTO device VALUES (900719925474099, 'far'), (-3, 'left'), (0, 'zero');
INSERT INTO reading VALUES (0, '2024-01-01', 'NaN'), (-3, '2024-01-01', '-0'), (900719925474099, 'infinity', 1.5);
