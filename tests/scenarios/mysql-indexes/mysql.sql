CREATE TABLE region (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(20), UNIQUE KEY (name));
INSERT INTO region (name) VALUES ('north'), ('south');
CREATE TABLE place (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, title varchar(200) NOT NULL, body text, at point NOT NULL, n int, region_id int,
  UNIQUE KEY by_title (title(20), n), KEY by_n (n DESC, title), KEY unseen (n) INVISIBLE COMMENT 'not used', FULLTEXT KEY words (title, body), FULLTEXT KEY of_body (body),
  SPATIAL KEY somewhere (at), KEY of_region (region_id, n), CONSTRAINT region FOREIGN KEY (region_id) REFERENCES region (id));
INSERT INTO place (title, body, at, n, region_id) VALUES ('harbour', 'ships and salt', ST_GeomFromText('POINT(1 2)'), 1, 1), ('hill', 'wind', ST_GeomFromText('POINT(3 4)'), 2, 2), ('hill', NULL, ST_GeomFromText('POINT(3 5)'), 3, NULL);
