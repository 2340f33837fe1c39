-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- MySQL or MariaDB database sc_mysql_uuid_v4

-- Step 1 of 17: Keep writers out
LOCK TABLES `sc_mysql_uuid_v4`.`customer` READ, `sc_mysql_uuid_v4`.`purchase` READ;

-- Step 2 of 17: Make the place for how far the tables are filled
DROP TABLE IF EXISTS `_rekey_slice_00000000`;
CREATE TABLE `_rekey_slice_00000000` (`table` VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, `part` INT NOT NULL, `upto` DECIMAL(30,0), `last` DECIMAL(30,0), `done` BIGINT UNSIGNED NOT NULL, `warnings` BIGINT UNSIGNED NOT NULL, PRIMARY KEY (`table`, `part`), CONSTRAINT `rk_00000000_no_warnings` CHECK (`warnings` = 0)) ENGINE=InnoDB;

-- Step 3 of 17: Give every id of sc_mysql_uuid_v4.customer.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_0`;
CREATE TABLE `_rekey_map_00000000_0` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
INSERT INTO `_rekey_map_00000000_0` (`old_id`, `new_id`) SELECT k.old_id, INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 32), 13, 5, CONCAT('4', MID(SHA2(CONCAT(@rk_secret, k.old_id), 256), 40, 3), ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `id` AS old_id FROM `sc_mysql_uuid_v4`.`customer` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 4 of 17: Give every id of sc_mysql_uuid_v4.purchase.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_1`;
CREATE TABLE `_rekey_map_00000000_1` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
INSERT INTO `_rekey_map_00000000_1` (`old_id`, `new_id`) SELECT k.old_id, INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 32), 13, 5, CONCAT('4', MID(SHA2(CONCAT(@rk_secret, k.old_id), 256), 40, 3), ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `id` AS old_id FROM `sc_mysql_uuid_v4`.`purchase` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 5 of 17: Make the new table of sc_mysql_uuid_v4.customer beside it
DROP TABLE IF EXISTS `sc_mysql_uuid_v4`.`rk_00000000_1`;
CREATE TABLE `sc_mysql_uuid_v4`.`rk_00000000_1` (
  `id` uuid NOT NULL DEFAULT (INSERT(INSERT(INSERT(INSERT(INSERT(INSERT(HEX(RANDOM_BYTES(16 + FLOOR(RAND() * 0))), 13, 1, '4'), 17, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B')), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')),
  `name` varchar(40) DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_uuid_v4.customer', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_uuid_v4`.`customer`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 6 of 17: Convert sc_mysql_uuid_v4.customer
INSERT INTO `sc_mysql_uuid_v4`.`rk_00000000_1` (`id`, `name`) SELECT m0.new_id, o.`name` FROM `sc_mysql_uuid_v4`.`customer` o LEFT JOIN `_rekey_map_00000000_0` m0 ON m0.old_id = o.`id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_uuid_v4.customer' AND `part` = @rk_part;

-- Step 7 of 17: Make the new table of sc_mysql_uuid_v4.purchase beside it
DROP TABLE IF EXISTS `sc_mysql_uuid_v4`.`rk_00000000_2`;
CREATE TABLE `sc_mysql_uuid_v4`.`rk_00000000_2` (
  `id` uuid NOT NULL DEFAULT (INSERT(INSERT(INSERT(INSERT(INSERT(INSERT(HEX(RANDOM_BYTES(16 + FLOOR(RAND() * 0))), 13, 1, '4'), 17, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B')), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')),
  `customer_id` uuid DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_uuid_v4.purchase', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_uuid_v4`.`purchase`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 8 of 17: Convert sc_mysql_uuid_v4.purchase
INSERT INTO `sc_mysql_uuid_v4`.`rk_00000000_2` (`id`, `customer_id`) SELECT m0.new_id, m1.new_id FROM `sc_mysql_uuid_v4`.`purchase` o LEFT JOIN `_rekey_map_00000000_1` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_0` m1 ON m1.old_id = o.`customer_id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_uuid_v4.purchase' AND `part` = @rk_part;

-- Step 9 of 17: Build the indexes of sc_mysql_uuid_v4.purchase
ALTER TABLE `sc_mysql_uuid_v4`.`rk_00000000_2` ADD KEY `customer_id` (`customer_id`);

-- Step 10 of 17: Build the index over the new UUIDs of sc_mysql_uuid_v4.customer.id
ALTER TABLE `_rekey_map_00000000_0` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 11 of 17: Build the index over the new UUIDs of sc_mysql_uuid_v4.purchase.id
ALTER TABLE `_rekey_map_00000000_1` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 12 of 17: Exchange the tables, all of them at once
RENAME TABLE `sc_mysql_uuid_v4`.`customer` TO `sc_mysql_uuid_v4`.`_rekey_old_00000000_1`, `sc_mysql_uuid_v4`.`rk_00000000_1` TO `sc_mysql_uuid_v4`.`customer`, `sc_mysql_uuid_v4`.`purchase` TO `sc_mysql_uuid_v4`.`_rekey_old_00000000_2`, `sc_mysql_uuid_v4`.`rk_00000000_2` TO `sc_mysql_uuid_v4`.`purchase`;
LOCK TABLES `sc_mysql_uuid_v4`.`_rekey_old_00000000_1` WRITE, `sc_mysql_uuid_v4`.`_rekey_old_00000000_2` WRITE, `sc_mysql_uuid_v4`.`customer` WRITE, `sc_mysql_uuid_v4`.`purchase` WRITE;

-- Step 13 of 17: Free the names of the references of sc_mysql_uuid_v4.purchase
ALTER TABLE `sc_mysql_uuid_v4`.`_rekey_old_00000000_2` DROP FOREIGN KEY `_rekey_old_00000000_2_ibfk_1`;

-- Step 14 of 17: Put the references of sc_mysql_uuid_v4.purchase back
ALTER TABLE `sc_mysql_uuid_v4`.`purchase` ADD CONSTRAINT `purchase_ibfk_1` FOREIGN KEY (`customer_id`) REFERENCES `customer` (`id`);

-- Step 15 of 17: Renew the planner's statistics
ANALYZE TABLE `sc_mysql_uuid_v4`.`customer`, `sc_mysql_uuid_v4`.`purchase`;

-- Step 16 of 17: Remove what only the run needed
DROP TABLE IF EXISTS `_rekey_slice_00000000`;

-- Step 17 of 17: Write the run into the journal
CREATE TABLE IF NOT EXISTS `_rekey_run` (`number` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, `run` VARCHAR(64) NOT NULL UNIQUE, `plan_fingerprint` VARCHAR(128) NOT NULL, `state` VARCHAR(32) NOT NULL, `tool_version` VARCHAR(64) NOT NULL, `started` VARCHAR(64) NOT NULL, `plan` LONGTEXT NOT NULL, `catalogue_before` LONGTEXT NOT NULL, `record` LONGTEXT NOT NULL, `progress` LONGTEXT, `taken` LONGTEXT) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `_rekey_run` (`run`, `plan_fingerprint`, `state`, `tool_version`, `started`, `plan`, `catalogue_before`, `record`) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

