-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- MySQL or MariaDB database sc_mysql_signs_in_names

-- Step 1 of 45: Keep writers out
LOCK TABLES `sc_mysql_signs_in_names`.`----------------------------------------` READ, `sc_mysql_signs_in_names`.`-` READ, `sc_mysql_signs_in_names`.`a, (a)` READ, `sc_mysql_signs_in_names`.`b` READ, `sc_mysql_signs_in_names`.`order-lines-of-you` READ, `sc_mysql_signs_in_names`.`日本` READ;

-- Step 2 of 45: Make the place for how far the tables are filled
DROP TABLE IF EXISTS `_rekey_slice_00000000`;
CREATE TABLE `_rekey_slice_00000000` (`table` VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, `part` INT NOT NULL, `upto` DECIMAL(30,0), `last` DECIMAL(30,0), `done` BIGINT UNSIGNED NOT NULL, `warnings` BIGINT UNSIGNED NOT NULL, PRIMARY KEY (`table`, `part`), CONSTRAINT `rk_00000000_no_warnings` CHECK (`warnings` = 0)) ENGINE=InnoDB;

-- Step 3 of 45: Give every id of sc_mysql_signs_in_names.-.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_0`;
CREATE TABLE `_rekey_map_00000000_0` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_mysql_signs_in_names`.`-` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_0` (`old_id`, `new_id`) SELECT k.old_id, CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `id` AS old_id FROM `sc_mysql_signs_in_names`.`-` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 4 of 45: Give every id of sc_mysql_signs_in_names.----------------------------------------.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_1`;
CREATE TABLE `_rekey_map_00000000_1` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_mysql_signs_in_names`.`----------------------------------------` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_1` (`old_id`, `new_id`) SELECT k.old_id, CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `id` AS old_id FROM `sc_mysql_signs_in_names`.`----------------------------------------` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 5 of 45: Give every id of sc_mysql_signs_in_names.a, (a).id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_2`;
CREATE TABLE `_rekey_map_00000000_2` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_mysql_signs_in_names`.`a, (a)` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_2` (`old_id`, `new_id`) SELECT k.old_id, CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `id` AS old_id FROM `sc_mysql_signs_in_names`.`a, (a)` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 6 of 45: Give every id of sc_mysql_signs_in_names.b.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_3`;
CREATE TABLE `_rekey_map_00000000_3` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_mysql_signs_in_names`.`b` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_3` (`old_id`, `new_id`) SELECT k.old_id, CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `id` AS old_id FROM `sc_mysql_signs_in_names`.`b` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 7 of 45: Give every id of sc_mysql_signs_in_names.order-lines-of-you.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_4`;
CREATE TABLE `_rekey_map_00000000_4` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_mysql_signs_in_names`.`order-lines-of-you` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_4` (`old_id`, `new_id`) SELECT k.old_id, CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `id` AS old_id FROM `sc_mysql_signs_in_names`.`order-lines-of-you` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 8 of 45: Give every id of sc_mysql_signs_in_names.日本.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_5`;
CREATE TABLE `_rekey_map_00000000_5` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_mysql_signs_in_names`.`日本` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_5` (`old_id`, `new_id`) SELECT k.old_id, CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `id` AS old_id FROM `sc_mysql_signs_in_names`.`日本` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 9 of 45: Make the new table of sc_mysql_signs_in_names.- beside it
DROP TABLE IF EXISTS `sc_mysql_signs_in_names`.`rk_00000000_1`;
CREATE TABLE `sc_mysql_signs_in_names`.`rk_00000000_1` (
  `id` uuid NOT NULL DEFAULT (INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8 + FLOOR(RAND() * 0))), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')),
  `b_id` uuid DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_signs_in_names.-', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_signs_in_names`.`-`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 10 of 45: Convert sc_mysql_signs_in_names.-
INSERT INTO `sc_mysql_signs_in_names`.`rk_00000000_1` (`id`, `b_id`) SELECT m0.new_id, m1.new_id FROM `sc_mysql_signs_in_names`.`-` o LEFT JOIN `_rekey_map_00000000_0` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_3` m1 ON m1.old_id = o.`b_id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_signs_in_names.-' AND `part` = @rk_part;

-- Step 11 of 45: Build the indexes of sc_mysql_signs_in_names.-
ALTER TABLE `sc_mysql_signs_in_names`.`rk_00000000_1` ADD KEY `b_id` (`b_id`);

-- Step 12 of 45: Make the new table of sc_mysql_signs_in_names.---------------------------------------- beside it
DROP TABLE IF EXISTS `sc_mysql_signs_in_names`.`rk_00000000_2`;
CREATE TABLE `sc_mysql_signs_in_names`.`rk_00000000_2` (
  `id` uuid NOT NULL DEFAULT (INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8 + FLOOR(RAND() * 0))), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')),
  `b_id` uuid DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_signs_in_names.----------------------------------------', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_signs_in_names`.`----------------------------------------`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 13 of 45: Convert sc_mysql_signs_in_names.----------------------------------------
INSERT INTO `sc_mysql_signs_in_names`.`rk_00000000_2` (`id`, `b_id`) SELECT m0.new_id, m1.new_id FROM `sc_mysql_signs_in_names`.`----------------------------------------` o LEFT JOIN `_rekey_map_00000000_1` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_3` m1 ON m1.old_id = o.`b_id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_signs_in_names.----------------------------------------' AND `part` = @rk_part;

-- Step 14 of 45: Build the indexes of sc_mysql_signs_in_names.----------------------------------------
ALTER TABLE `sc_mysql_signs_in_names`.`rk_00000000_2` ADD KEY `own` (`b_id`);

-- Step 15 of 45: Make the new table of sc_mysql_signs_in_names.a, (a) beside it
DROP TABLE IF EXISTS `sc_mysql_signs_in_names`.`rk_00000000_3--`;
CREATE TABLE `sc_mysql_signs_in_names`.`rk_00000000_3--` (
  `id` uuid NOT NULL DEFAULT (INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8 + FLOOR(RAND() * 0))), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')),
  `b_id` uuid DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_signs_in_names.a, (a)', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_signs_in_names`.`a, (a)`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 16 of 45: Convert sc_mysql_signs_in_names.a, (a)
INSERT INTO `sc_mysql_signs_in_names`.`rk_00000000_3--` (`id`, `b_id`) SELECT m0.new_id, m1.new_id FROM `sc_mysql_signs_in_names`.`a, (a)` o LEFT JOIN `_rekey_map_00000000_2` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_3` m1 ON m1.old_id = o.`b_id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_signs_in_names.a, (a)' AND `part` = @rk_part;

-- Step 17 of 45: Build the indexes of sc_mysql_signs_in_names.a, (a)
ALTER TABLE `sc_mysql_signs_in_names`.`rk_00000000_3--` ADD KEY `b_id` (`b_id`);

-- Step 18 of 45: Make the new table of sc_mysql_signs_in_names.b beside it
DROP TABLE IF EXISTS `sc_mysql_signs_in_names`.`rk_00000000_4`;
CREATE TABLE `sc_mysql_signs_in_names`.`rk_00000000_4` (
  `id` uuid NOT NULL DEFAULT (INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8 + FLOOR(RAND() * 0))), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')),
  `n` int(11) DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_signs_in_names.b', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_signs_in_names`.`b`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 19 of 45: Convert sc_mysql_signs_in_names.b
INSERT INTO `sc_mysql_signs_in_names`.`rk_00000000_4` (`id`, `n`) SELECT m0.new_id, o.`n` FROM `sc_mysql_signs_in_names`.`b` o LEFT JOIN `_rekey_map_00000000_3` m0 ON m0.old_id = o.`id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_signs_in_names.b' AND `part` = @rk_part;

-- Step 20 of 45: Make the new table of sc_mysql_signs_in_names.order-lines-of-you beside it
DROP TABLE IF EXISTS `sc_mysql_signs_in_names`.`rk_00000000_5`;
CREATE TABLE `sc_mysql_signs_in_names`.`rk_00000000_5` (
  `id` uuid NOT NULL DEFAULT (INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8 + FLOOR(RAND() * 0))), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')),
  `b_id` uuid DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_signs_in_names.order-lines-of-you', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_signs_in_names`.`order-lines-of-you`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 21 of 45: Convert sc_mysql_signs_in_names.order-lines-of-you
INSERT INTO `sc_mysql_signs_in_names`.`rk_00000000_5` (`id`, `b_id`) SELECT m0.new_id, m1.new_id FROM `sc_mysql_signs_in_names`.`order-lines-of-you` o LEFT JOIN `_rekey_map_00000000_4` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_3` m1 ON m1.old_id = o.`b_id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_signs_in_names.order-lines-of-you' AND `part` = @rk_part;

-- Step 22 of 45: Build the indexes of sc_mysql_signs_in_names.order-lines-of-you
ALTER TABLE `sc_mysql_signs_in_names`.`rk_00000000_5` ADD KEY `b_id` (`b_id`);

-- Step 23 of 45: Make the new table of sc_mysql_signs_in_names.日本 beside it
DROP TABLE IF EXISTS `sc_mysql_signs_in_names`.`rk_00000000_6`;
CREATE TABLE `sc_mysql_signs_in_names`.`rk_00000000_6` (
  `id` uuid NOT NULL DEFAULT (INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8 + FLOOR(RAND() * 0))), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')),
  `b_id` uuid DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_signs_in_names.日本', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_signs_in_names`.`日本`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 24 of 45: Convert sc_mysql_signs_in_names.日本
INSERT INTO `sc_mysql_signs_in_names`.`rk_00000000_6` (`id`, `b_id`) SELECT m0.new_id, m1.new_id FROM `sc_mysql_signs_in_names`.`日本` o LEFT JOIN `_rekey_map_00000000_5` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_3` m1 ON m1.old_id = o.`b_id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_signs_in_names.日本' AND `part` = @rk_part;

-- Step 25 of 45: Build the indexes of sc_mysql_signs_in_names.日本
ALTER TABLE `sc_mysql_signs_in_names`.`rk_00000000_6` ADD KEY `b_id` (`b_id`);

-- Step 26 of 45: Build the index over the new UUIDs of sc_mysql_signs_in_names.-.id
ALTER TABLE `_rekey_map_00000000_0` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 27 of 45: Build the index over the new UUIDs of sc_mysql_signs_in_names.----------------------------------------.id
ALTER TABLE `_rekey_map_00000000_1` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 28 of 45: Build the index over the new UUIDs of sc_mysql_signs_in_names.a, (a).id
ALTER TABLE `_rekey_map_00000000_2` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 29 of 45: Build the index over the new UUIDs of sc_mysql_signs_in_names.b.id
ALTER TABLE `_rekey_map_00000000_3` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 30 of 45: Build the index over the new UUIDs of sc_mysql_signs_in_names.order-lines-of-you.id
ALTER TABLE `_rekey_map_00000000_4` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 31 of 45: Build the index over the new UUIDs of sc_mysql_signs_in_names.日本.id
ALTER TABLE `_rekey_map_00000000_5` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 32 of 45: Exchange the tables, all of them at once
RENAME TABLE `sc_mysql_signs_in_names`.`-` TO `sc_mysql_signs_in_names`.`_rekey_old_00000000_1`, `sc_mysql_signs_in_names`.`rk_00000000_1` TO `sc_mysql_signs_in_names`.`-`, `sc_mysql_signs_in_names`.`----------------------------------------` TO `sc_mysql_signs_in_names`.`_rekey_old_00000000_2`, `sc_mysql_signs_in_names`.`rk_00000000_2` TO `sc_mysql_signs_in_names`.`----------------------------------------`, `sc_mysql_signs_in_names`.`a, (a)` TO `sc_mysql_signs_in_names`.`_rekey_old_00000000_3-`, `sc_mysql_signs_in_names`.`rk_00000000_3--` TO `sc_mysql_signs_in_names`.`a, (a)`, `sc_mysql_signs_in_names`.`b` TO `sc_mysql_signs_in_names`.`_rekey_old_00000000_4`, `sc_mysql_signs_in_names`.`rk_00000000_4` TO `sc_mysql_signs_in_names`.`b`, `sc_mysql_signs_in_names`.`order-lines-of-you` TO `sc_mysql_signs_in_names`.`_rekey_old_00000000_5--`, `sc_mysql_signs_in_names`.`rk_00000000_5` TO `sc_mysql_signs_in_names`.`order-lines-of-you`, `sc_mysql_signs_in_names`.`日本` TO `sc_mysql_signs_in_names`.`_rekey_old_00000000_6`, `sc_mysql_signs_in_names`.`rk_00000000_6` TO `sc_mysql_signs_in_names`.`日本`;
LOCK TABLES `sc_mysql_signs_in_names`.`----------------------------------------` WRITE, `sc_mysql_signs_in_names`.`-` WRITE, `sc_mysql_signs_in_names`.`_rekey_old_00000000_1` WRITE, `sc_mysql_signs_in_names`.`_rekey_old_00000000_2` WRITE, `sc_mysql_signs_in_names`.`_rekey_old_00000000_3-` WRITE, `sc_mysql_signs_in_names`.`_rekey_old_00000000_4` WRITE, `sc_mysql_signs_in_names`.`_rekey_old_00000000_5--` WRITE, `sc_mysql_signs_in_names`.`_rekey_old_00000000_6` WRITE, `sc_mysql_signs_in_names`.`a, (a)` WRITE, `sc_mysql_signs_in_names`.`b` WRITE, `sc_mysql_signs_in_names`.`order-lines-of-you` WRITE, `sc_mysql_signs_in_names`.`日本` WRITE;

-- Step 33 of 45: Free the names of the references of sc_mysql_signs_in_names.-
ALTER TABLE `sc_mysql_signs_in_names`.`_rekey_old_00000000_1` DROP FOREIGN KEY `_rekey_old_00000000_1_ibfk_1`;

-- Step 34 of 45: Free the names of the references of sc_mysql_signs_in_names.----------------------------------------
ALTER TABLE `sc_mysql_signs_in_names`.`_rekey_old_00000000_2` DROP FOREIGN KEY `own`;

-- Step 35 of 45: Free the names of the references of sc_mysql_signs_in_names.a, (a)
ALTER TABLE `sc_mysql_signs_in_names`.`_rekey_old_00000000_3-` DROP FOREIGN KEY `_rekey_old_00000000_3-_ibfk_1`;

-- Step 36 of 45: Free the names of the references of sc_mysql_signs_in_names.order-lines-of-you
ALTER TABLE `sc_mysql_signs_in_names`.`_rekey_old_00000000_5--` DROP FOREIGN KEY `_rekey_old_00000000_5--_ibfk_1`;

-- Step 37 of 45: Free the names of the references of sc_mysql_signs_in_names.日本
ALTER TABLE `sc_mysql_signs_in_names`.`_rekey_old_00000000_6` DROP FOREIGN KEY `_rekey_old_00000000_6_ibfk_1`;

-- Step 38 of 45: Put the references of sc_mysql_signs_in_names.- back
ALTER TABLE `sc_mysql_signs_in_names`.`-` ADD CONSTRAINT `-_ibfk_1` FOREIGN KEY (`b_id`) REFERENCES `b` (`id`);

-- Step 39 of 45: Put the references of sc_mysql_signs_in_names.---------------------------------------- back
ALTER TABLE `sc_mysql_signs_in_names`.`----------------------------------------` ADD CONSTRAINT `own` FOREIGN KEY (`b_id`) REFERENCES `b` (`id`);

-- Step 40 of 45: Put the references of sc_mysql_signs_in_names.a, (a) back
ALTER TABLE `sc_mysql_signs_in_names`.`a, (a)` ADD CONSTRAINT `a, (a)_ibfk_1` FOREIGN KEY (`b_id`) REFERENCES `b` (`id`);

-- Step 41 of 45: Put the references of sc_mysql_signs_in_names.order-lines-of-you back
ALTER TABLE `sc_mysql_signs_in_names`.`order-lines-of-you` ADD CONSTRAINT `order-lines-of-you_ibfk_1` FOREIGN KEY (`b_id`) REFERENCES `b` (`id`);

-- Step 42 of 45: Put the references of sc_mysql_signs_in_names.日本 back
ALTER TABLE `sc_mysql_signs_in_names`.`日本` ADD CONSTRAINT `日本_ibfk_1` FOREIGN KEY (`b_id`) REFERENCES `b` (`id`);

-- Step 43 of 45: Renew the planner's statistics
ANALYZE TABLE `sc_mysql_signs_in_names`.`-`, `sc_mysql_signs_in_names`.`----------------------------------------`, `sc_mysql_signs_in_names`.`a, (a)`, `sc_mysql_signs_in_names`.`b`, `sc_mysql_signs_in_names`.`order-lines-of-you`, `sc_mysql_signs_in_names`.`日本`;

-- Step 44 of 45: Remove what only the run needed
DROP TABLE IF EXISTS `_rekey_slice_00000000`;

-- Step 45 of 45: Write the run into the journal
CREATE TABLE IF NOT EXISTS `_rekey_run` (`number` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, `run` VARCHAR(64) NOT NULL UNIQUE, `plan_fingerprint` VARCHAR(128) NOT NULL, `state` VARCHAR(32) NOT NULL, `tool_version` VARCHAR(64) NOT NULL, `started` VARCHAR(64) NOT NULL, `plan` LONGTEXT NOT NULL, `catalogue_before` LONGTEXT NOT NULL, `record` LONGTEXT NOT NULL, `progress` LONGTEXT, `taken` LONGTEXT) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `_rekey_run` (`run`, `plan_fingerprint`, `state`, `tool_version`, `started`, `plan`, `catalogue_before`, `record`) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

