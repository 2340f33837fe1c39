CREATE TABLE users (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(20), code varchar(20) NOT NULL, note varchar(20), UNIQUE KEY (name), UNIQUE KEY by_code (code), KEY short_code (note)) DEFAULT CHARSET=utf8mb4;
CREATE TABLE orders (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, user_id int, FOREIGN KEY (user_id) REFERENCES users (id)) DEFAULT CHARSET=utf8mb4;
CREATE TABLE tag (word varchar(20) NOT NULL, id int NOT NULL PRIMARY KEY) DEFAULT CHARSET=latin1;
INSERT INTO users (name, code, note) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) SELECT CONCAT('n', i), CONCAT('c', i), 'x' FROM n;
INSERT INTO orders (user_id) SELECT id FROM users;
INSERT INTO tag VALUES ('red', 1), ('blue', 2);
