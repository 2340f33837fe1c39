-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- MySQL or MariaDB database sc_mysql_references

-- Step 1 of 37: Keep writers out
LOCK TABLES `sc_mysql_references`.`customer` READ, `sc_mysql_references`.`product` READ, `sc_mysql_references`.`purchase_product` READ, `sc_mysql_references`.`purchase` READ, `sc_mysql_references`.`remark` READ;

-- Step 2 of 37: Make the place for how far the tables are filled
DROP TABLE IF EXISTS `_rekey_slice_00000000`;
CREATE TABLE `_rekey_slice_00000000` (`table` VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, `part` INT NOT NULL, `upto` DECIMAL(30,0), `last` DECIMAL(30,0), `done` BIGINT UNSIGNED NOT NULL, `warnings` BIGINT UNSIGNED NOT NULL, PRIMARY KEY (`table`, `part`), CONSTRAINT `rk_00000000_no_warnings` CHECK (`warnings` = 0)) ENGINE=InnoDB;

-- Step 3 of 37: Give every id of sc_mysql_references.customer.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_0`;
CREATE TABLE `_rekey_map_00000000_0` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_mysql_references`.`customer` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_0` (`old_id`, `new_id`) SELECT k.old_id, CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `id` AS old_id FROM `sc_mysql_references`.`customer` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 4 of 37: Give every id of sc_mysql_references.product.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_1`;
CREATE TABLE `_rekey_map_00000000_1` (`old_id` BIGINT UNSIGNED NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_mysql_references`.`product` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_1` (`old_id`, `new_id`) SELECT k.old_id, CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `id` AS old_id FROM `sc_mysql_references`.`product` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 5 of 37: Give every id of sc_mysql_references.purchase.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_2`;
CREATE TABLE `_rekey_map_00000000_2` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_mysql_references`.`purchase` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_2` (`old_id`, `new_id`) SELECT k.old_id, CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `id` AS old_id FROM `sc_mysql_references`.`purchase` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 6 of 37: Make the new table of sc_mysql_references.customer beside it
DROP TABLE IF EXISTS `sc_mysql_references`.`rk_00000000_1`;
CREATE TABLE `sc_mysql_references`.`rk_00000000_1` (
  `id` uuid NOT NULL DEFAULT (INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8 + FLOOR(RAND() * 0))), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')),
  `name` varchar(40) NOT NULL,
  `referred_by` uuid DEFAULT NULL,
  `favourite` uuid DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci COMMENT='who buys';
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_references.customer', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_references`.`customer`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 7 of 37: Convert sc_mysql_references.customer
INSERT INTO `sc_mysql_references`.`rk_00000000_1` (`id`, `name`, `referred_by`, `favourite`) SELECT m0.new_id, o.`name`, m2.new_id, m3.new_id FROM `sc_mysql_references`.`customer` o LEFT JOIN `_rekey_map_00000000_0` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_0` m2 ON m2.old_id = o.`referred_by` LEFT JOIN `_rekey_map_00000000_1` m3 ON m3.old_id = o.`favourite` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_references.customer' AND `part` = @rk_part;

-- Step 8 of 37: Build the indexes of sc_mysql_references.customer
ALTER TABLE `sc_mysql_references`.`rk_00000000_1` ADD KEY `by_name` (`name`), ADD KEY `referred` (`referred_by`), ADD KEY `favourite` (`favourite`);

-- Step 9 of 37: Make the new table of sc_mysql_references.product beside it
DROP TABLE IF EXISTS `sc_mysql_references`.`rk_00000000_2`;
CREATE TABLE `sc_mysql_references`.`rk_00000000_2` (
  `id` uuid NOT NULL DEFAULT (INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8 + FLOOR(RAND() * 0))), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')),
  `title` varchar(40) NOT NULL,
  `last_buyer` uuid DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_references.product', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_references`.`product`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 10 of 37: Convert sc_mysql_references.product
INSERT INTO `sc_mysql_references`.`rk_00000000_2` (`id`, `title`, `last_buyer`) SELECT m0.new_id, o.`title`, m2.new_id FROM `sc_mysql_references`.`product` o LEFT JOIN `_rekey_map_00000000_1` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_0` m2 ON m2.old_id = o.`last_buyer` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_references.product' AND `part` = @rk_part;

-- Step 11 of 37: Build the indexes of sc_mysql_references.product
ALTER TABLE `sc_mysql_references`.`rk_00000000_2` ADD KEY `last_buyer` (`last_buyer`);

-- Step 12 of 37: Make the new table of sc_mysql_references.purchase beside it
DROP TABLE IF EXISTS `sc_mysql_references`.`rk_00000000_3`;
CREATE TABLE `sc_mysql_references`.`rk_00000000_3` (
  `id` uuid NOT NULL DEFAULT (INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8 + FLOOR(RAND() * 0))), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')),
  `customer_id` uuid NOT NULL,
  `note` varchar(40) DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_references.purchase', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_references`.`purchase`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 13 of 37: Convert sc_mysql_references.purchase
SET STATEMENT join_cache_level = 4, join_buffer_size = 134217728, join_buffer_space_limit = 268435456, optimizer_switch = 'outer_join_with_cache=off,subquery_cache=off' FOR INSERT INTO `sc_mysql_references`.`rk_00000000_3` (`id`, `customer_id`, `note`) SELECT m0.new_id, m1.new_id, o.`note` FROM `_rekey_map_00000000_0` m1 STRAIGHT_JOIN `sc_mysql_references`.`purchase` o FORCE INDEX (PRIMARY) ON m1.old_id = o.`customer_id` LEFT JOIN `_rekey_map_00000000_2` m0 ON m0.old_id = o.`id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_references.purchase' AND `part` = @rk_part;

-- Step 14 of 37: Build the indexes of sc_mysql_references.purchase
ALTER TABLE `sc_mysql_references`.`rk_00000000_3` ADD KEY `customer_id` (`customer_id`);

-- Step 15 of 37: Make the new table of sc_mysql_references.purchase_product beside it
DROP TABLE IF EXISTS `sc_mysql_references`.`rk_00000000_4`;
CREATE TABLE `sc_mysql_references`.`rk_00000000_4` (
  `purchase_id` uuid NOT NULL,
  `product_id` uuid NOT NULL,
  `amount` int(11) NOT NULL,
  PRIMARY KEY (`purchase_id`,`product_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) VALUES ('sc_mysql_references.purchase_product', 0, NULL, NULL, 0, 0);

-- Step 16 of 37: Convert sc_mysql_references.purchase_product
TRUNCATE TABLE `sc_mysql_references`.`rk_00000000_4`;
INSERT INTO `sc_mysql_references`.`rk_00000000_4` (`purchase_id`, `product_id`, `amount`) SELECT m0.new_id, m1.new_id, o.`amount` FROM `sc_mysql_references`.`purchase_product` o LEFT JOIN `_rekey_map_00000000_2` m0 ON m0.old_id = o.`purchase_id` LEFT JOIN `_rekey_map_00000000_1` m1 ON m1.old_id = o.`product_id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = NULL, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_references.purchase_product' AND `part` = 0;

-- Step 17 of 37: Build the indexes of sc_mysql_references.purchase_product
ALTER TABLE `sc_mysql_references`.`rk_00000000_4` ADD KEY `line_product` (`product_id`);

-- Step 18 of 37: Make the new table of sc_mysql_references.remark beside it
DROP TABLE IF EXISTS `sc_mysql_references`.`rk_00000000_5`;
CREATE TABLE `sc_mysql_references`.`rk_00000000_5` (
  `purchase_id` uuid DEFAULT NULL,
  `body` text DEFAULT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) VALUES ('sc_mysql_references.remark', 0, NULL, NULL, 0, 0);

-- Step 19 of 37: Convert sc_mysql_references.remark
TRUNCATE TABLE `sc_mysql_references`.`rk_00000000_5`;
INSERT INTO `sc_mysql_references`.`rk_00000000_5` (`purchase_id`, `body`) SELECT m0.new_id, o.`body` FROM `sc_mysql_references`.`remark` o LEFT JOIN `_rekey_map_00000000_2` m0 ON m0.old_id = o.`purchase_id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = NULL, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_references.remark' AND `part` = 0;

-- Step 20 of 37: Build the indexes of sc_mysql_references.remark
ALTER TABLE `sc_mysql_references`.`rk_00000000_5` ADD KEY `purchase_id` (`purchase_id`);

-- Step 21 of 37: Build the index over the new UUIDs of sc_mysql_references.customer.id
ALTER TABLE `_rekey_map_00000000_0` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 22 of 37: Build the index over the new UUIDs of sc_mysql_references.product.id
ALTER TABLE `_rekey_map_00000000_1` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 23 of 37: Build the index over the new UUIDs of sc_mysql_references.purchase.id
ALTER TABLE `_rekey_map_00000000_2` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 24 of 37: Exchange the tables, all of them at once
RENAME TABLE `sc_mysql_references`.`customer` TO `sc_mysql_references`.`_rekey_old_00000000_1`, `sc_mysql_references`.`rk_00000000_1` TO `sc_mysql_references`.`customer`, `sc_mysql_references`.`product` TO `sc_mysql_references`.`_rekey_old_00000000_2`, `sc_mysql_references`.`rk_00000000_2` TO `sc_mysql_references`.`product`, `sc_mysql_references`.`purchase` TO `sc_mysql_references`.`_rekey_old_00000000_3`, `sc_mysql_references`.`rk_00000000_3` TO `sc_mysql_references`.`purchase`, `sc_mysql_references`.`purchase_product` TO `sc_mysql_references`.`_rekey_old_00000000_4`, `sc_mysql_references`.`rk_00000000_4` TO `sc_mysql_references`.`purchase_product`, `sc_mysql_references`.`remark` TO `sc_mysql_references`.`_rekey_old_00000000_5`, `sc_mysql_references`.`rk_00000000_5` TO `sc_mysql_references`.`remark`;
LOCK TABLES `sc_mysql_references`.`_rekey_old_00000000_1` WRITE, `sc_mysql_references`.`_rekey_old_00000000_2` WRITE, `sc_mysql_references`.`_rekey_old_00000000_3` WRITE, `sc_mysql_references`.`_rekey_old_00000000_4` WRITE, `sc_mysql_references`.`_rekey_old_00000000_5` WRITE, `sc_mysql_references`.`customer` WRITE, `sc_mysql_references`.`product` WRITE, `sc_mysql_references`.`purchase_product` WRITE, `sc_mysql_references`.`purchase` WRITE, `sc_mysql_references`.`remark` WRITE;

-- Step 25 of 37: Free the names of the references of sc_mysql_references.customer
ALTER TABLE `sc_mysql_references`.`_rekey_old_00000000_1` DROP FOREIGN KEY `favourite`, DROP FOREIGN KEY `referred`;

-- Step 26 of 37: Free the names of the references of sc_mysql_references.product
ALTER TABLE `sc_mysql_references`.`_rekey_old_00000000_2` DROP FOREIGN KEY `_rekey_old_00000000_2_ibfk_1`;

-- Step 27 of 37: Free the names of the references of sc_mysql_references.purchase
ALTER TABLE `sc_mysql_references`.`_rekey_old_00000000_3` DROP FOREIGN KEY `_rekey_old_00000000_3_ibfk_1`;

-- Step 28 of 37: Free the names of the references of sc_mysql_references.purchase_product
ALTER TABLE `sc_mysql_references`.`_rekey_old_00000000_4` DROP FOREIGN KEY `line_product`, DROP FOREIGN KEY `_rekey_old_00000000_4_ibfk_1`;

-- Step 29 of 37: Free the names of the references of sc_mysql_references.remark
ALTER TABLE `sc_mysql_references`.`_rekey_old_00000000_5` DROP FOREIGN KEY `_rekey_old_00000000_5_ibfk_1`;

-- Step 30 of 37: Put the references of sc_mysql_references.customer back
ALTER TABLE `sc_mysql_references`.`customer` ADD CONSTRAINT `favourite` FOREIGN KEY (`favourite`) REFERENCES `product` (`id`), ADD CONSTRAINT `referred` FOREIGN KEY (`referred_by`) REFERENCES `customer` (`id`) ON DELETE SET NULL;

-- Step 31 of 37: Put the references of sc_mysql_references.product back
ALTER TABLE `sc_mysql_references`.`product` ADD CONSTRAINT `product_ibfk_1` FOREIGN KEY (`last_buyer`) REFERENCES `customer` (`id`);

-- Step 32 of 37: Put the references of sc_mysql_references.purchase back
ALTER TABLE `sc_mysql_references`.`purchase` ADD CONSTRAINT `purchase_ibfk_1` FOREIGN KEY (`customer_id`) REFERENCES `customer` (`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- Step 33 of 37: Put the references of sc_mysql_references.purchase_product back
ALTER TABLE `sc_mysql_references`.`purchase_product` ADD CONSTRAINT `line_product` FOREIGN KEY (`product_id`) REFERENCES `product` (`id`), ADD CONSTRAINT `purchase_product_ibfk_1` FOREIGN KEY (`purchase_id`) REFERENCES `purchase` (`id`) ON DELETE CASCADE;

-- Step 34 of 37: Put the references of sc_mysql_references.remark back
ALTER TABLE `sc_mysql_references`.`remark` ADD CONSTRAINT `remark_ibfk_1` FOREIGN KEY (`purchase_id`) REFERENCES `purchase` (`id`);

-- Step 35 of 37: Renew the planner's statistics
ANALYZE TABLE `sc_mysql_references`.`customer`, `sc_mysql_references`.`product`, `sc_mysql_references`.`purchase`, `sc_mysql_references`.`purchase_product`, `sc_mysql_references`.`remark`;

-- Step 36 of 37: Remove what only the run needed
DROP TABLE IF EXISTS `_rekey_slice_00000000`;

-- Step 37 of 37: Write the run into the journal
CREATE TABLE IF NOT EXISTS `_rekey_run` (`number` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, `run` VARCHAR(64) NOT NULL UNIQUE, `plan_fingerprint` VARCHAR(128) NOT NULL, `state` VARCHAR(32) NOT NULL, `tool_version` VARCHAR(64) NOT NULL, `started` VARCHAR(64) NOT NULL, `plan` LONGTEXT NOT NULL, `catalogue_before` LONGTEXT NOT NULL, `record` LONGTEXT NOT NULL, `progress` LONGTEXT, `taken` LONGTEXT) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `_rekey_run` (`run`, `plan_fingerprint`, `state`, `tool_version`, `started`, `plan`, `catalogue_before`, `record`) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

