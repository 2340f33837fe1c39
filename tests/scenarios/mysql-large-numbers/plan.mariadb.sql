-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- MySQL or MariaDB database sc_mysql_large_numbers

-- Step 1 of 26: Keep writers out
LOCK TABLES `sc_mysql_large_numbers`.`huge` READ, `sc_mysql_large_numbers`.`medium` READ, `sc_mysql_large_numbers`.`of_huge` READ, `sc_mysql_large_numbers`.`tiny` READ;

-- Step 2 of 26: Make the place for how far the tables are filled
DROP TABLE IF EXISTS `_rekey_slice_00000000`;
CREATE TABLE `_rekey_slice_00000000` (`table` VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, `part` INT NOT NULL, `upto` DECIMAL(30,0), `last` DECIMAL(30,0), `done` BIGINT UNSIGNED NOT NULL, `warnings` BIGINT UNSIGNED NOT NULL, PRIMARY KEY (`table`, `part`), CONSTRAINT `rk_00000000_no_warnings` CHECK (`warnings` = 0)) ENGINE=InnoDB;

-- Step 3 of 26: Give every id of sc_mysql_large_numbers.huge.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_0`;
CREATE TABLE `_rekey_map_00000000_0` (`old_id` BIGINT UNSIGNED NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_mysql_large_numbers`.`huge` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_0` (`old_id`, `new_id`) SELECT k.old_id, CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `id` AS old_id FROM `sc_mysql_large_numbers`.`huge` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 4 of 26: Give every id of sc_mysql_large_numbers.medium.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_1`;
CREATE TABLE `_rekey_map_00000000_1` (`old_id` BIGINT UNSIGNED NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_mysql_large_numbers`.`medium` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_1` (`old_id`, `new_id`) SELECT k.old_id, CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `id` AS old_id FROM `sc_mysql_large_numbers`.`medium` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 5 of 26: Give every id of sc_mysql_large_numbers.tiny.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_2`;
CREATE TABLE `_rekey_map_00000000_2` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_mysql_large_numbers`.`tiny` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_2` (`old_id`, `new_id`) SELECT k.old_id, CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `id` AS old_id FROM `sc_mysql_large_numbers`.`tiny` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 6 of 26: Make the new table of sc_mysql_large_numbers.huge beside it
DROP TABLE IF EXISTS `sc_mysql_large_numbers`.`rk_00000000_1`;
CREATE TABLE `sc_mysql_large_numbers`.`rk_00000000_1` (
  `id` uuid NOT NULL DEFAULT (INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8 + FLOOR(RAND() * 0))), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')),
  `name` varchar(9) DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_large_numbers.huge', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_large_numbers`.`huge`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 7 of 26: Convert sc_mysql_large_numbers.huge
INSERT INTO `sc_mysql_large_numbers`.`rk_00000000_1` (`id`, `name`) SELECT m0.new_id, o.`name` FROM `sc_mysql_large_numbers`.`huge` o LEFT JOIN `_rekey_map_00000000_0` m0 ON m0.old_id = o.`id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_large_numbers.huge' AND `part` = @rk_part;

-- Step 8 of 26: Make the new table of sc_mysql_large_numbers.medium beside it
DROP TABLE IF EXISTS `sc_mysql_large_numbers`.`rk_00000000_2`;
CREATE TABLE `sc_mysql_large_numbers`.`rk_00000000_2` (
  `id` uuid NOT NULL DEFAULT (INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8 + FLOOR(RAND() * 0))), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')),
  `big_zero` int(6) unsigned zerofill DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_large_numbers.medium', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_large_numbers`.`medium`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 9 of 26: Convert sc_mysql_large_numbers.medium
INSERT INTO `sc_mysql_large_numbers`.`rk_00000000_2` (`id`, `big_zero`) SELECT m0.new_id, o.`big_zero` FROM `sc_mysql_large_numbers`.`medium` o LEFT JOIN `_rekey_map_00000000_1` m0 ON m0.old_id = o.`id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_large_numbers.medium' AND `part` = @rk_part;

-- Step 10 of 26: Make the new table of sc_mysql_large_numbers.of_huge beside it
DROP TABLE IF EXISTS `sc_mysql_large_numbers`.`rk_00000000_3`;
CREATE TABLE `sc_mysql_large_numbers`.`rk_00000000_3` (
  `huge_id` uuid DEFAULT NULL,
  `n` int(11) DEFAULT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) VALUES ('sc_mysql_large_numbers.of_huge', 0, NULL, NULL, 0, 0);

-- Step 11 of 26: Convert sc_mysql_large_numbers.of_huge
TRUNCATE TABLE `sc_mysql_large_numbers`.`rk_00000000_3`;
INSERT INTO `sc_mysql_large_numbers`.`rk_00000000_3` (`huge_id`, `n`) SELECT m0.new_id, o.`n` FROM `sc_mysql_large_numbers`.`of_huge` o LEFT JOIN `_rekey_map_00000000_0` m0 ON m0.old_id = o.`huge_id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = NULL, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_large_numbers.of_huge' AND `part` = 0;

-- Step 12 of 26: Build the indexes of sc_mysql_large_numbers.of_huge
ALTER TABLE `sc_mysql_large_numbers`.`rk_00000000_3` ADD KEY `huge_id` (`huge_id`);

-- Step 13 of 26: Make the new table of sc_mysql_large_numbers.tiny beside it
DROP TABLE IF EXISTS `sc_mysql_large_numbers`.`rk_00000000_4`;
CREATE TABLE `sc_mysql_large_numbers`.`rk_00000000_4` (
  `id` uuid NOT NULL DEFAULT (INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8 + FLOOR(RAND() * 0))), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')),
  `medium_id` uuid DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_large_numbers.tiny', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_large_numbers`.`tiny`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 14 of 26: Convert sc_mysql_large_numbers.tiny
INSERT INTO `sc_mysql_large_numbers`.`rk_00000000_4` (`id`, `medium_id`) SELECT m0.new_id, m1.new_id FROM `sc_mysql_large_numbers`.`tiny` o LEFT JOIN `_rekey_map_00000000_2` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_1` m1 ON m1.old_id = o.`medium_id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_large_numbers.tiny' AND `part` = @rk_part;

-- Step 15 of 26: Build the indexes of sc_mysql_large_numbers.tiny
ALTER TABLE `sc_mysql_large_numbers`.`rk_00000000_4` ADD KEY `medium_id` (`medium_id`);

-- Step 16 of 26: Build the index over the new UUIDs of sc_mysql_large_numbers.huge.id
ALTER TABLE `_rekey_map_00000000_0` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 17 of 26: Build the index over the new UUIDs of sc_mysql_large_numbers.medium.id
ALTER TABLE `_rekey_map_00000000_1` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 18 of 26: Build the index over the new UUIDs of sc_mysql_large_numbers.tiny.id
ALTER TABLE `_rekey_map_00000000_2` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 19 of 26: Exchange the tables, all of them at once
RENAME TABLE `sc_mysql_large_numbers`.`huge` TO `sc_mysql_large_numbers`.`_rekey_old_00000000_1`, `sc_mysql_large_numbers`.`rk_00000000_1` TO `sc_mysql_large_numbers`.`huge`, `sc_mysql_large_numbers`.`medium` TO `sc_mysql_large_numbers`.`_rekey_old_00000000_2`, `sc_mysql_large_numbers`.`rk_00000000_2` TO `sc_mysql_large_numbers`.`medium`, `sc_mysql_large_numbers`.`of_huge` TO `sc_mysql_large_numbers`.`_rekey_old_00000000_3`, `sc_mysql_large_numbers`.`rk_00000000_3` TO `sc_mysql_large_numbers`.`of_huge`, `sc_mysql_large_numbers`.`tiny` TO `sc_mysql_large_numbers`.`_rekey_old_00000000_4`, `sc_mysql_large_numbers`.`rk_00000000_4` TO `sc_mysql_large_numbers`.`tiny`;
LOCK TABLES `sc_mysql_large_numbers`.`_rekey_old_00000000_1` WRITE, `sc_mysql_large_numbers`.`_rekey_old_00000000_2` WRITE, `sc_mysql_large_numbers`.`_rekey_old_00000000_3` WRITE, `sc_mysql_large_numbers`.`_rekey_old_00000000_4` WRITE, `sc_mysql_large_numbers`.`huge` WRITE, `sc_mysql_large_numbers`.`medium` WRITE, `sc_mysql_large_numbers`.`of_huge` WRITE, `sc_mysql_large_numbers`.`tiny` WRITE;

-- Step 20 of 26: Free the names of the references of sc_mysql_large_numbers.of_huge
ALTER TABLE `sc_mysql_large_numbers`.`_rekey_old_00000000_3` DROP FOREIGN KEY `_rekey_old_00000000_3_ibfk_1`;

-- Step 21 of 26: Free the names of the references of sc_mysql_large_numbers.tiny
ALTER TABLE `sc_mysql_large_numbers`.`_rekey_old_00000000_4` DROP FOREIGN KEY `_rekey_old_00000000_4_ibfk_1`;

-- Step 22 of 26: Put the references of sc_mysql_large_numbers.of_huge back
ALTER TABLE `sc_mysql_large_numbers`.`of_huge` ADD CONSTRAINT `of_huge_ibfk_1` FOREIGN KEY (`huge_id`) REFERENCES `huge` (`id`);

-- Step 23 of 26: Put the references of sc_mysql_large_numbers.tiny back
ALTER TABLE `sc_mysql_large_numbers`.`tiny` ADD CONSTRAINT `tiny_ibfk_1` FOREIGN KEY (`medium_id`) REFERENCES `medium` (`id`);

-- Step 24 of 26: Renew the planner's statistics
ANALYZE TABLE `sc_mysql_large_numbers`.`huge`, `sc_mysql_large_numbers`.`medium`, `sc_mysql_large_numbers`.`of_huge`, `sc_mysql_large_numbers`.`tiny`;

-- Step 25 of 26: Remove what only the run needed
DROP TABLE IF EXISTS `_rekey_slice_00000000`;

-- Step 26 of 26: Write the run into the journal
CREATE TABLE IF NOT EXISTS `_rekey_run` (`number` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, `run` VARCHAR(64) NOT NULL UNIQUE, `plan_fingerprint` VARCHAR(128) NOT NULL, `state` VARCHAR(32) NOT NULL, `tool_version` VARCHAR(64) NOT NULL, `started` VARCHAR(64) NOT NULL, `plan` LONGTEXT NOT NULL, `catalogue_before` LONGTEXT NOT NULL, `record` LONGTEXT NOT NULL, `progress` LONGTEXT, `taken` LONGTEXT) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `_rekey_run` (`run`, `plan_fingerprint`, `state`, `tool_version`, `started`, `plan`, `catalogue_before`, `record`) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

