CREATE TABLE users (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, public_id uuid NOT NULL DEFAULT uuid(), name varchar(20), UNIQUE KEY by_public (public_id)) DEFAULT CHARSET=utf8mb4;
CREATE TABLE orders (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, user_id int NOT NULL, CONSTRAINT of_user FOREIGN KEY (user_id) REFERENCES users (id)) DEFAULT CHARSET=utf8mb4;
INSERT INTO users (name) VALUES ('Ann'), ('Ben'), ('Cid');
INSERT INTO orders (user_id) VALUES (1), (1), (3);
