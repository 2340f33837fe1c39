CREATE TABLE users (id varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY, name varchar(9));
INSERT INTO users VALUES ('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'a'), ('6BA7B810-9DAD-11D1-80B4-00C04FD430C8', 'b'), ('7ba7b810-9dad-11d1-80b4-00c04fd430c8', 'c');
