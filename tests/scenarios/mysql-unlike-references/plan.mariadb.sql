-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- MySQL or MariaDB database sc_mysql_unlike_references

-- Step 1 of 28: Keep writers out
LOCK TABLES `sc_mysql_unlike_references`.`alarm` READ, `sc_mysql_unlike_references`.`customer` READ, `sc_mysql_unlike_references`.`device` READ, `sc_mysql_unlike_references`.`purchase` READ, `sc_mysql_unlike_references`.`reading` READ;

-- Step 2 of 28: Make the place for how far the tables are filled
DROP TABLE IF EXISTS `_rekey_slice_00000000`;
CREATE TABLE `_rekey_slice_00000000` (`table` VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, `part` INT NOT NULL, `upto` DECIMAL(30,0), `last` DECIMAL(30,0), `done` BIGINT UNSIGNED NOT NULL, `warnings` BIGINT UNSIGNED NOT NULL, PRIMARY KEY (`table`, `part`), CONSTRAINT `rk_00000000_no_warnings` CHECK (`warnings` = 0)) ENGINE=InnoDB;

-- Step 3 of 28: Give every id of sc_mysql_unlike_references.alarm.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_0`;
CREATE TABLE `_rekey_map_00000000_0` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_mysql_unlike_references`.`alarm` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_0` (`old_id`, `new_id`) SELECT k.old_id, CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `id` AS old_id FROM `sc_mysql_unlike_references`.`alarm` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 4 of 28: Give every id of sc_mysql_unlike_references.customer.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_1`;
CREATE TABLE `_rekey_map_00000000_1` (`old_id` DECIMAL(20,0) NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_mysql_unlike_references`.`customer` WHERE `id` IS NOT NULL UNION SELECT `customer_id` FROM `sc_mysql_unlike_references`.`purchase` WHERE `customer_id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_1` (`old_id`, `new_id`) SELECT k.old_id, CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `id` AS old_id FROM `sc_mysql_unlike_references`.`customer` WHERE `id` IS NOT NULL UNION SELECT `customer_id` FROM `sc_mysql_unlike_references`.`purchase` WHERE `customer_id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 5 of 28: Give every id of sc_mysql_unlike_references.device.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_2`;
CREATE TABLE `_rekey_map_00000000_2` (`old_id` VARBINARY(144) NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
INSERT INTO `_rekey_map_00000000_2` (`old_id`, `new_id`) SELECT v.t, INSERT(INSERT(INSERT(INSERT(CASE WHEN CHAR_LENGTH(CONVERT(v.t USING utf8mb4)) <= 41 AND CONVERT(v.t USING utf8mb4) COLLATE utf8mb4_bin REGEXP '^([{]([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4}[}]|([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4})$' AND CHAR_LENGTH(UPPER(REPLACE(REPLACE(REPLACE(CONVERT(v.t USING utf8mb4), '-', ''), '{', ''), '}', ''))) = 32 THEN UPPER(REPLACE(REPLACE(REPLACE(CONVERT(v.t USING utf8mb4), '-', ''), '{', ''), '}', '')) END, 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-') FROM (SELECT CAST(CONVERT(c.`id` USING utf8mb4) AS BINARY) AS t FROM `sc_mysql_unlike_references`.`device` c WHERE c.`id` IS NOT NULL) v WHERE INSERT(INSERT(INSERT(INSERT(CASE WHEN CHAR_LENGTH(CONVERT(v.t USING utf8mb4)) <= 41 AND CONVERT(v.t USING utf8mb4) COLLATE utf8mb4_bin REGEXP '^([{]([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4}[}]|([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4})$' AND CHAR_LENGTH(UPPER(REPLACE(REPLACE(REPLACE(CONVERT(v.t USING utf8mb4), '-', ''), '{', ''), '}', ''))) = 32 THEN UPPER(REPLACE(REPLACE(REPLACE(CONVERT(v.t USING utf8mb4), '-', ''), '{', ''), '}', '')) END, 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-') IS NOT NULL ORDER BY v.t;
ALTER TABLE `_rekey_map_00000000_2` ADD UNIQUE KEY `new_id` (`new_id`);
DROP TABLE IF EXISTS `_rekey_kept_00000000_2`;
CREATE TABLE `_rekey_kept_00000000_2` (`old_id` VARBINARY(144) NOT NULL PRIMARY KEY, `new_id` uuid NULL, `same_as` VARBINARY(144) NULL) ENGINE=InnoDB;
INSERT INTO `_rekey_kept_00000000_2` (`old_id`) SELECT DISTINCT v.t FROM (SELECT CAST(CONVERT(c.`device_id` USING utf8mb4) AS BINARY) AS t FROM `sc_mysql_unlike_references`.`alarm` c WHERE c.`device_id` IS NOT NULL UNION ALL SELECT CAST(CONVERT(c.`device_id` USING utf8mb4) AS BINARY) AS t FROM `sc_mysql_unlike_references`.`reading` c WHERE c.`device_id` IS NOT NULL) v LEFT JOIN `_rekey_map_00000000_2` m ON m.old_id = v.t WHERE m.old_id IS NULL;
UPDATE `_rekey_kept_00000000_2` v SET v.new_id = INSERT(INSERT(INSERT(INSERT(CASE WHEN CHAR_LENGTH(CONVERT(v.old_id USING utf8mb4)) <= 41 AND CONVERT(v.old_id USING utf8mb4) COLLATE utf8mb4_bin REGEXP '^([{]([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4}[}]|([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4})$' AND CHAR_LENGTH(UPPER(REPLACE(REPLACE(REPLACE(CONVERT(v.old_id USING utf8mb4), '-', ''), '{', ''), '}', ''))) = 32 THEN UPPER(REPLACE(REPLACE(REPLACE(CONVERT(v.old_id USING utf8mb4), '-', ''), '{', ''), '}', '')) END, 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-');
INSERT INTO `_rekey_map_00000000_2` (`old_id`, `new_id`) SELECT MIN(v.old_id), v.new_id FROM `_rekey_kept_00000000_2` v LEFT JOIN `_rekey_map_00000000_2` m ON m.new_id = v.new_id WHERE v.new_id IS NOT NULL AND m.new_id IS NULL GROUP BY v.new_id;
DELETE v FROM `_rekey_kept_00000000_2` v JOIN `_rekey_map_00000000_2` m ON m.old_id = v.old_id;

-- Step 6 of 28: Give every id of sc_mysql_unlike_references.purchase.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_3`;
CREATE TABLE `_rekey_map_00000000_3` (`old_id` BIGINT UNSIGNED NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_mysql_unlike_references`.`purchase` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_3` (`old_id`, `new_id`) SELECT k.old_id, CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `id` AS old_id FROM `sc_mysql_unlike_references`.`purchase` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 7 of 28: Give every id of sc_mysql_unlike_references.reading.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_4`;
CREATE TABLE `_rekey_map_00000000_4` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_mysql_unlike_references`.`reading` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_4` (`old_id`, `new_id`) SELECT k.old_id, CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `id` AS old_id FROM `sc_mysql_unlike_references`.`reading` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 8 of 28: Keep the spelling of references that differ from their keys
DROP TABLE IF EXISTS `_rekey_kept_00000000_2_2`;
CREATE TABLE `_rekey_kept_00000000_2_2` (`row_key` BINARY(32) NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL, `old_id` VARBINARY(144) NOT NULL) ENGINE=InnoDB;
INSERT INTO `_rekey_kept_00000000_2_2` (`row_key`, `new_id`, `old_id`) SELECT UNHEX(SHA2(CONCAT(COALESCE(LENGTH(UPPER(REPLACE(CAST(k0.new_id AS CHAR), '-', ''))), 'N'), ':', COALESCE(UPPER(REPLACE(CAST(k0.new_id AS CHAR), '-', '')), '')), 256)), d.new_id, d.old_id FROM `sc_mysql_unlike_references`.`reading` o JOIN `_rekey_kept_00000000_2` d ON d.old_id = CAST(CONVERT(o.`device_id` USING utf8mb4) AS BINARY) LEFT JOIN `_rekey_map_00000000_4` k0 ON k0.old_id = o.`id`;

-- Step 9 of 28: Make the new table of sc_mysql_unlike_references.alarm beside it
DROP TABLE IF EXISTS `sc_mysql_unlike_references`.`rk_00000000_1`;
CREATE TABLE `sc_mysql_unlike_references`.`rk_00000000_1` (
  `id` uuid NOT NULL DEFAULT (INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8 + FLOOR(RAND() * 0))), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')),
  `device_id` uuid NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=latin1 COLLATE=latin1_swedish_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_unlike_references.alarm', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_unlike_references`.`alarm`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 10 of 28: Convert sc_mysql_unlike_references.alarm
INSERT INTO `sc_mysql_unlike_references`.`rk_00000000_1` (`id`, `device_id`) SELECT m0.new_id, COALESCE(m1.new_id, m1s.new_id) FROM `sc_mysql_unlike_references`.`alarm` o LEFT JOIN `_rekey_map_00000000_0` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_2` m1 ON m1.old_id = CAST(CONVERT(o.`device_id` USING utf8mb4) AS BINARY) LEFT JOIN `_rekey_kept_00000000_2` m1s ON m1s.old_id = CAST(CONVERT(o.`device_id` USING utf8mb4) AS BINARY) WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_unlike_references.alarm' AND `part` = @rk_part;

-- Step 11 of 28: Make the new table of sc_mysql_unlike_references.customer beside it
DROP TABLE IF EXISTS `sc_mysql_unlike_references`.`rk_00000000_2`;
CREATE TABLE `sc_mysql_unlike_references`.`rk_00000000_2` (
  `id` uuid NOT NULL DEFAULT (INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8 + FLOOR(RAND() * 0))), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')),
  `name` varchar(20) DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_unlike_references.customer', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_unlike_references`.`customer`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 12 of 28: Convert sc_mysql_unlike_references.customer
INSERT INTO `sc_mysql_unlike_references`.`rk_00000000_2` (`id`, `name`) SELECT m0.new_id, o.`name` FROM `sc_mysql_unlike_references`.`customer` o LEFT JOIN `_rekey_map_00000000_1` m0 ON m0.old_id = o.`id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_unlike_references.customer' AND `part` = @rk_part;

-- Step 13 of 28: Make the new table of sc_mysql_unlike_references.device beside it
DROP TABLE IF EXISTS `sc_mysql_unlike_references`.`rk_00000000_3`;
CREATE TABLE `sc_mysql_unlike_references`.`rk_00000000_3` (
  `id` uuid NOT NULL,
  `name` varchar(20) DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) VALUES ('sc_mysql_unlike_references.device', 0, NULL, NULL, 0, 0);

-- Step 14 of 28: Convert sc_mysql_unlike_references.device
TRUNCATE TABLE `sc_mysql_unlike_references`.`rk_00000000_3`;
INSERT INTO `sc_mysql_unlike_references`.`rk_00000000_3` (`id`, `name`) SELECT m0.new_id, o.`name` FROM `sc_mysql_unlike_references`.`device` o LEFT JOIN `_rekey_map_00000000_2` m0 ON m0.old_id = CAST(CONVERT(o.`id` USING utf8mb4) AS BINARY);
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = NULL, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_unlike_references.device' AND `part` = 0;

-- Step 15 of 28: Make the new table of sc_mysql_unlike_references.purchase beside it
DROP TABLE IF EXISTS `sc_mysql_unlike_references`.`rk_00000000_4`;
CREATE TABLE `sc_mysql_unlike_references`.`rk_00000000_4` (
  `id` uuid NOT NULL DEFAULT (INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8 + FLOOR(RAND() * 0))), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')),
  `customer_id` uuid DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_unlike_references.purchase', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_unlike_references`.`purchase`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 16 of 28: Convert sc_mysql_unlike_references.purchase
INSERT INTO `sc_mysql_unlike_references`.`rk_00000000_4` (`id`, `customer_id`) SELECT m0.new_id, m1.new_id FROM `sc_mysql_unlike_references`.`purchase` o LEFT JOIN `_rekey_map_00000000_3` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_1` m1 ON m1.old_id = o.`customer_id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_unlike_references.purchase' AND `part` = @rk_part;

-- Step 17 of 28: Build the indexes of sc_mysql_unlike_references.purchase
ALTER TABLE `sc_mysql_unlike_references`.`rk_00000000_4` ADD KEY `by_customer` (`customer_id`);

-- Step 18 of 28: Make the new table of sc_mysql_unlike_references.reading beside it
DROP TABLE IF EXISTS `sc_mysql_unlike_references`.`rk_00000000_5`;
CREATE TABLE `sc_mysql_unlike_references`.`rk_00000000_5` (
  `id` uuid NOT NULL DEFAULT (INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8 + FLOOR(RAND() * 0))), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')),
  `device_id` uuid NOT NULL,
  `value` double DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_unlike_references.reading', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_unlike_references`.`reading`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 19 of 28: Convert sc_mysql_unlike_references.reading
INSERT INTO `sc_mysql_unlike_references`.`rk_00000000_5` (`id`, `device_id`, `value`) SELECT m0.new_id, COALESCE(m1.new_id, m1s.new_id), o.`value` FROM `sc_mysql_unlike_references`.`reading` o LEFT JOIN `_rekey_map_00000000_4` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_2` m1 ON m1.old_id = CAST(CONVERT(o.`device_id` USING utf8mb4) AS BINARY) LEFT JOIN `_rekey_kept_00000000_2` m1s ON m1s.old_id = CAST(CONVERT(o.`device_id` USING utf8mb4) AS BINARY) WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_unlike_references.reading' AND `part` = @rk_part;

-- Step 20 of 28: Build the indexes of sc_mysql_unlike_references.reading
ALTER TABLE `sc_mysql_unlike_references`.`rk_00000000_5` ADD KEY `by_device` (`device_id`);

-- Step 21 of 28: Build the index over the new UUIDs of sc_mysql_unlike_references.alarm.id
ALTER TABLE `_rekey_map_00000000_0` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 22 of 28: Build the index over the new UUIDs of sc_mysql_unlike_references.customer.id
ALTER TABLE `_rekey_map_00000000_1` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 23 of 28: Build the index over the new UUIDs of sc_mysql_unlike_references.purchase.id
ALTER TABLE `_rekey_map_00000000_3` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 24 of 28: Build the index over the new UUIDs of sc_mysql_unlike_references.reading.id
ALTER TABLE `_rekey_map_00000000_4` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 25 of 28: Exchange the tables, all of them at once
RENAME TABLE `sc_mysql_unlike_references`.`alarm` TO `sc_mysql_unlike_references`.`_rekey_old_00000000_1`, `sc_mysql_unlike_references`.`rk_00000000_1` TO `sc_mysql_unlike_references`.`alarm`, `sc_mysql_unlike_references`.`customer` TO `sc_mysql_unlike_references`.`_rekey_old_00000000_2`, `sc_mysql_unlike_references`.`rk_00000000_2` TO `sc_mysql_unlike_references`.`customer`, `sc_mysql_unlike_references`.`device` TO `sc_mysql_unlike_references`.`_rekey_old_00000000_3`, `sc_mysql_unlike_references`.`rk_00000000_3` TO `sc_mysql_unlike_references`.`device`, `sc_mysql_unlike_references`.`purchase` TO `sc_mysql_unlike_references`.`_rekey_old_00000000_4`, `sc_mysql_unlike_references`.`rk_00000000_4` TO `sc_mysql_unlike_references`.`purchase`, `sc_mysql_unlike_references`.`reading` TO `sc_mysql_unlike_references`.`_rekey_old_00000000_5`, `sc_mysql_unlike_references`.`rk_00000000_5` TO `sc_mysql_unlike_references`.`reading`;
LOCK TABLES `sc_mysql_unlike_references`.`_rekey_old_00000000_1` WRITE, `sc_mysql_unlike_references`.`_rekey_old_00000000_2` WRITE, `sc_mysql_unlike_references`.`_rekey_old_00000000_3` WRITE, `sc_mysql_unlike_references`.`_rekey_old_00000000_4` WRITE, `sc_mysql_unlike_references`.`_rekey_old_00000000_5` WRITE, `sc_mysql_unlike_references`.`alarm` WRITE, `sc_mysql_unlike_references`.`customer` WRITE, `sc_mysql_unlike_references`.`device` WRITE, `sc_mysql_unlike_references`.`purchase` WRITE, `sc_mysql_unlike_references`.`reading` WRITE;

-- Step 26 of 28: Renew the planner's statistics
ANALYZE TABLE `sc_mysql_unlike_references`.`alarm`, `sc_mysql_unlike_references`.`customer`, `sc_mysql_unlike_references`.`device`, `sc_mysql_unlike_references`.`purchase`, `sc_mysql_unlike_references`.`reading`;

-- Step 27 of 28: Remove what only the run needed
DROP TABLE IF EXISTS `_rekey_slice_00000000`, `_rekey_kept_00000000_2`;

-- Step 28 of 28: Write the run into the journal
CREATE TABLE IF NOT EXISTS `_rekey_run` (`number` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, `run` VARCHAR(64) NOT NULL UNIQUE, `plan_fingerprint` VARCHAR(128) NOT NULL, `state` VARCHAR(32) NOT NULL, `tool_version` VARCHAR(64) NOT NULL, `started` VARCHAR(64) NOT NULL, `plan` LONGTEXT NOT NULL, `catalogue_before` LONGTEXT NOT NULL, `record` LONGTEXT NOT NULL, `progress` LONGTEXT, `taken` LONGTEXT) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `_rekey_run` (`run`, `plan_fingerprint`, `state`, `tool_version`, `started`, `plan`, `catalogue_before`, `record`) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

