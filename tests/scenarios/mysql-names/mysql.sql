CREATE TABLE `we``ird, "table"` (`id ``of`` it` int NOT NULL AUTO_INCREMENT PRIMARY KEY, `päréñt;--` int, `select` varchar(9) DEFAULT ')', KEY `k``,(` (`select`),
  CONSTRAINT `f``k, 'x'` FOREIGN KEY (`päréñt;--`) REFERENCES `we``ird, "table"` (`id ``of`` it`));
CREATE TABLE `abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl` (`abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkm` int NOT NULL AUTO_INCREMENT PRIMARY KEY,
  `w` int, CONSTRAINT `abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkn` FOREIGN KEY (`w`) REFERENCES `we``ird, "table"` (`id ``of`` it`));
CREATE TABLE Thing (id int NOT NULL AUTO_INCREMENT PRIMARY KEY);
CREATE TABLE thing (ID int NOT NULL AUTO_INCREMENT PRIMARY KEY, Thing_id int, FOREIGN KEY (Thing_id) REFERENCES Thing (id));
INSERT INTO `we``ird, "table"` VALUES (1, NULL, 'a'), (2, 1, 'b');
INSERT INTO `abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl` VALUES (5, 2), (6, 2);
INSERT INTO Thing VALUES (1), (2);
INSERT INTO thing VALUES (1, 2), (9, 1);
