-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- MySQL or MariaDB database sc_mysql_index_order

-- Step 1 of 15: Keep writers out
LOCK TABLES `sc_mysql_index_order`.`line` READ, `sc_mysql_index_order`.`orders` READ;

-- Step 2 of 15: Make the place for how far the tables are filled
DROP TABLE IF EXISTS `_rekey_slice_00000000`;
CREATE TABLE `_rekey_slice_00000000` (`table` VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, `part` INT NOT NULL, `upto` DECIMAL(30,0), `last` DECIMAL(30,0), `done` BIGINT UNSIGNED NOT NULL, `warnings` BIGINT UNSIGNED NOT NULL, PRIMARY KEY (`table`, `part`), CONSTRAINT `rk_00000000_no_warnings` CHECK (`warnings` = 0)) ENGINE=InnoDB;

-- Step 3 of 15: Give every id of sc_mysql_index_order.orders.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_0`;
CREATE TABLE `_rekey_map_00000000_0` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` binary(16) NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_mysql_index_order`.`orders` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_0` (`old_id`, `new_id`) SELECT k.old_id, UNHEX(CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B')))) FROM (SELECT `id` AS old_id FROM `sc_mysql_index_order`.`orders` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 4 of 15: Make the new table of sc_mysql_index_order.line beside it
DROP TABLE IF EXISTS `sc_mysql_index_order`.`rk_00000000_1`;
CREATE TABLE `sc_mysql_index_order`.`rk_00000000_1` (
  `order_id` binary(16) NOT NULL,
  `number` int NOT NULL AUTO_INCREMENT,
  `note` varchar(9) DEFAULT NULL,
  PRIMARY KEY (`order_id`,`number`),
  KEY `counts` (`number`)
) ENGINE=InnoDB AUTO_INCREMENT=50 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) VALUES ('sc_mysql_index_order.line', 0, NULL, NULL, 0, 0);

-- Step 5 of 15: Convert sc_mysql_index_order.line
TRUNCATE TABLE `sc_mysql_index_order`.`rk_00000000_1`;
ALTER TABLE `sc_mysql_index_order`.`rk_00000000_1` AUTO_INCREMENT = 50;
INSERT INTO `sc_mysql_index_order`.`rk_00000000_1` (`order_id`, `number`, `note`) SELECT m0.new_id, o.`number`, o.`note` FROM `sc_mysql_index_order`.`line` o LEFT JOIN `_rekey_map_00000000_0` m0 ON m0.old_id = o.`order_id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = NULL, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_index_order.line' AND `part` = 0;

-- Step 6 of 15: Build the indexes of sc_mysql_index_order.line
ALTER TABLE `sc_mysql_index_order`.`rk_00000000_1` ADD KEY `by_note` (`order_id`,`note`), ADD KEY `backwards` (`order_id`,`number`,`note`);

-- Step 7 of 15: Make the new table of sc_mysql_index_order.orders beside it
DROP TABLE IF EXISTS `sc_mysql_index_order`.`rk_00000000_2`;
CREATE TABLE `sc_mysql_index_order`.`rk_00000000_2` (
  `id` binary(16) NOT NULL DEFAULT (UNHEX(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8)), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))))),
  `name` varchar(9) DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_index_order.orders', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_index_order`.`orders`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 8 of 15: Convert sc_mysql_index_order.orders
INSERT INTO `sc_mysql_index_order`.`rk_00000000_2` (`id`, `name`) SELECT m0.new_id, o.`name` FROM `sc_mysql_index_order`.`orders` o LEFT JOIN `_rekey_map_00000000_0` m0 ON m0.old_id = o.`id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_index_order.orders' AND `part` = @rk_part;

-- Step 9 of 15: Build the index over the new UUIDs of sc_mysql_index_order.orders.id
ALTER TABLE `_rekey_map_00000000_0` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 10 of 15: Exchange the tables, all of them at once
LOCK TABLES `sc_mysql_index_order`.`line` WRITE, `sc_mysql_index_order`.`orders` WRITE, `sc_mysql_index_order`.`rk_00000000_1` WRITE, `sc_mysql_index_order`.`rk_00000000_2` WRITE;
RENAME TABLE `sc_mysql_index_order`.`line` TO `sc_mysql_index_order`.`_rekey_old_00000000_1`, `sc_mysql_index_order`.`rk_00000000_1` TO `sc_mysql_index_order`.`line`, `sc_mysql_index_order`.`orders` TO `sc_mysql_index_order`.`_rekey_old_00000000_2`, `sc_mysql_index_order`.`rk_00000000_2` TO `sc_mysql_index_order`.`orders`;

-- Step 11 of 15: Free the names of the references of sc_mysql_index_order.line
ALTER TABLE `sc_mysql_index_order`.`_rekey_old_00000000_1` DROP FOREIGN KEY `_rekey_old_00000000_1_ibfk_1`;

-- Step 12 of 15: Put the references of sc_mysql_index_order.line back
ALTER TABLE `sc_mysql_index_order`.`line` ADD CONSTRAINT `line_ibfk_1` FOREIGN KEY (`order_id`) REFERENCES `orders` (`id`);

-- Step 13 of 15: Renew the planner's statistics
ANALYZE TABLE `sc_mysql_index_order`.`line`, `sc_mysql_index_order`.`orders`;

-- Step 14 of 15: Remove what only the run needed
DROP TABLE IF EXISTS `_rekey_slice_00000000`;

-- Step 15 of 15: Write the run into the journal
CREATE TABLE IF NOT EXISTS `_rekey_run` (`number` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, `run` VARCHAR(64) NOT NULL UNIQUE, `plan_fingerprint` VARCHAR(128) NOT NULL, `state` VARCHAR(32) NOT NULL, `tool_version` VARCHAR(64) NOT NULL, `started` VARCHAR(64) NOT NULL, `plan` LONGTEXT NOT NULL, `catalogue_before` LONGTEXT NOT NULL, `record` LONGTEXT NOT NULL, `progress` LONGTEXT, `taken` LONGTEXT) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `_rekey_run` (`run`, `plan_fingerprint`, `state`, `tool_version`, `started`, `plan`, `catalogue_before`, `record`) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

