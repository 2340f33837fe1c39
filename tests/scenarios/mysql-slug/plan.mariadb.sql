-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- MySQL or MariaDB database sc_mysql_slug

-- Step 1 of 23: Keep writers out
LOCK TABLES `sc_mysql_slug`.`orders` READ, `sc_mysql_slug`.`tag` READ, `sc_mysql_slug`.`users` READ;

-- Step 2 of 23: Make the place for how far the tables are filled
DROP TABLE IF EXISTS `_rekey_slice_00000000`;
CREATE TABLE `_rekey_slice_00000000` (`table` VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, `part` INT NOT NULL, `upto` DECIMAL(30,0), `last` DECIMAL(30,0), `done` BIGINT UNSIGNED NOT NULL, `warnings` BIGINT UNSIGNED NOT NULL, PRIMARY KEY (`table`, `part`), CONSTRAINT `rk_00000000_no_warnings` CHECK (`warnings` = 0)) ENGINE=InnoDB;

-- Step 3 of 23: Give every id of sc_mysql_slug.orders.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_0`;
CREATE TABLE `_rekey_map_00000000_0` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
INSERT INTO `_rekey_map_00000000_0` (`old_id`, `new_id`) SELECT k.old_id, INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 32), 13, 5, CONCAT('4', MID(SHA2(CONCAT(@rk_secret, k.old_id), 256), 40, 3), ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `id` AS old_id FROM `sc_mysql_slug`.`orders` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 4 of 23: Give every id of sc_mysql_slug.tag.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_1`;
CREATE TABLE `_rekey_map_00000000_1` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
INSERT INTO `_rekey_map_00000000_1` (`old_id`, `new_id`) SELECT k.old_id, INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 32), 13, 5, CONCAT('4', MID(SHA2(CONCAT(@rk_secret, k.old_id), 256), 40, 3), ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `id` AS old_id FROM `sc_mysql_slug`.`tag` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 5 of 23: Give every id of sc_mysql_slug.users.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_2`;
CREATE TABLE `_rekey_map_00000000_2` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
INSERT INTO `_rekey_map_00000000_2` (`old_id`, `new_id`) SELECT k.old_id, INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 32), 13, 5, CONCAT('4', MID(SHA2(CONCAT(@rk_secret, k.old_id), 256), 40, 3), ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `id` AS old_id FROM `sc_mysql_slug`.`users` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 6 of 23: Make the new table of sc_mysql_slug.orders beside it
DROP TABLE IF EXISTS `sc_mysql_slug`.`rk_00000000_1`;
CREATE TABLE `sc_mysql_slug`.`rk_00000000_1` (
  `id` uuid NOT NULL DEFAULT (INSERT(INSERT(INSERT(INSERT(INSERT(INSERT(HEX(RANDOM_BYTES(16 + FLOOR(RAND() * 0))), 13, 1, '4'), 17, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B')), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')),
  `user_id` uuid DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_slug.orders', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_slug`.`orders`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 7 of 23: Convert sc_mysql_slug.orders
INSERT INTO `sc_mysql_slug`.`rk_00000000_1` (`id`, `user_id`) SELECT m0.new_id, m1.new_id FROM `sc_mysql_slug`.`orders` o LEFT JOIN `_rekey_map_00000000_0` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_2` m1 ON m1.old_id = o.`user_id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_slug.orders' AND `part` = @rk_part;

-- Step 8 of 23: Build the indexes of sc_mysql_slug.orders
ALTER TABLE `sc_mysql_slug`.`rk_00000000_1` ADD KEY `user_id` (`user_id`);

-- Step 9 of 23: Make the new table of sc_mysql_slug.tag beside it
DROP TABLE IF EXISTS `sc_mysql_slug`.`rk_00000000_2`;
CREATE TABLE `sc_mysql_slug`.`rk_00000000_2` (
  `word` varchar(20) NOT NULL,
  `id` uuid NOT NULL,
  `uuid_slug` varchar(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT (CONCAT(SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1), SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1), SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1), SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1), SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1), SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1), SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1), SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1), SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1), SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1), SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1))),
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=latin1 COLLATE=latin1_swedish_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_slug.tag', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_slug`.`tag`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 10 of 23: Convert sc_mysql_slug.tag
INSERT INTO `sc_mysql_slug`.`rk_00000000_2` (`word`, `id`) SELECT o.`word`, m1.new_id FROM `sc_mysql_slug`.`tag` o LEFT JOIN `_rekey_map_00000000_1` m1 ON m1.old_id = o.`id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_slug.tag' AND `part` = @rk_part;

-- Step 11 of 23: Build the indexes of sc_mysql_slug.tag
ALTER TABLE `sc_mysql_slug`.`rk_00000000_2` ADD UNIQUE KEY `uuid_slug` (`uuid_slug`);

-- Step 12 of 23: Make the new table of sc_mysql_slug.users beside it
DROP TABLE IF EXISTS `sc_mysql_slug`.`rk_00000000_3`;
CREATE TABLE `sc_mysql_slug`.`rk_00000000_3` (
  `id` uuid NOT NULL DEFAULT (INSERT(INSERT(INSERT(INSERT(INSERT(INSERT(HEX(RANDOM_BYTES(16 + FLOOR(RAND() * 0))), 13, 1, '4'), 17, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B')), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')),
  `name` varchar(20) DEFAULT NULL,
  `code` varchar(20) NOT NULL,
  `note` varchar(20) DEFAULT NULL,
  `short_code` varchar(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT (CONCAT(SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1), SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1), SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1), SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1), SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1), SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1), SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1), SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1), SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1), SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1), SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1))),
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_slug.users', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_slug`.`users`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 13 of 23: Convert sc_mysql_slug.users
INSERT INTO `sc_mysql_slug`.`rk_00000000_3` (`id`, `name`, `code`, `note`) SELECT m0.new_id, o.`name`, o.`code`, o.`note` FROM `sc_mysql_slug`.`users` o LEFT JOIN `_rekey_map_00000000_2` m0 ON m0.old_id = o.`id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_slug.users' AND `part` = @rk_part;

-- Step 14 of 23: Build the indexes of sc_mysql_slug.users
ALTER TABLE `sc_mysql_slug`.`rk_00000000_3` ADD UNIQUE KEY `by_code` (`code`), ADD UNIQUE KEY `name` (`name`), ADD KEY `short_code` (`note`), ADD UNIQUE KEY `short_code_2` (`short_code`);

-- Step 15 of 23: Build the index over the new UUIDs of sc_mysql_slug.orders.id
ALTER TABLE `_rekey_map_00000000_0` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 16 of 23: Build the index over the new UUIDs of sc_mysql_slug.tag.id
ALTER TABLE `_rekey_map_00000000_1` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 17 of 23: Build the index over the new UUIDs of sc_mysql_slug.users.id
ALTER TABLE `_rekey_map_00000000_2` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 18 of 23: Exchange the tables, all of them at once
RENAME TABLE `sc_mysql_slug`.`orders` TO `sc_mysql_slug`.`_rekey_old_00000000_1`, `sc_mysql_slug`.`rk_00000000_1` TO `sc_mysql_slug`.`orders`, `sc_mysql_slug`.`tag` TO `sc_mysql_slug`.`_rekey_old_00000000_2`, `sc_mysql_slug`.`rk_00000000_2` TO `sc_mysql_slug`.`tag`, `sc_mysql_slug`.`users` TO `sc_mysql_slug`.`_rekey_old_00000000_3`, `sc_mysql_slug`.`rk_00000000_3` TO `sc_mysql_slug`.`users`;
LOCK TABLES `sc_mysql_slug`.`_rekey_old_00000000_1` WRITE, `sc_mysql_slug`.`_rekey_old_00000000_2` WRITE, `sc_mysql_slug`.`_rekey_old_00000000_3` WRITE, `sc_mysql_slug`.`orders` WRITE, `sc_mysql_slug`.`tag` WRITE, `sc_mysql_slug`.`users` WRITE;

-- Step 19 of 23: Free the names of the references of sc_mysql_slug.orders
ALTER TABLE `sc_mysql_slug`.`_rekey_old_00000000_1` DROP FOREIGN KEY `_rekey_old_00000000_1_ibfk_1`;

-- Step 20 of 23: Put the references of sc_mysql_slug.orders back
ALTER TABLE `sc_mysql_slug`.`orders` ADD CONSTRAINT `orders_ibfk_1` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`);

-- Step 21 of 23: Renew the planner's statistics
ANALYZE TABLE `sc_mysql_slug`.`orders`, `sc_mysql_slug`.`tag`, `sc_mysql_slug`.`users`;

-- Step 22 of 23: Remove what only the run needed
DROP TABLE IF EXISTS `_rekey_slice_00000000`;

-- Step 23 of 23: Write the run into the journal
CREATE TABLE IF NOT EXISTS `_rekey_run` (`number` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, `run` VARCHAR(64) NOT NULL UNIQUE, `plan_fingerprint` VARCHAR(128) NOT NULL, `state` VARCHAR(32) NOT NULL, `tool_version` VARCHAR(64) NOT NULL, `started` VARCHAR(64) NOT NULL, `plan` LONGTEXT NOT NULL, `catalogue_before` LONGTEXT NOT NULL, `record` LONGTEXT NOT NULL, `progress` LONGTEXT, `taken` LONGTEXT) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `_rekey_run` (`run`, `plan_fingerprint`, `state`, `tool_version`, `started`, `plan`, `catalogue_before`, `record`) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

