-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- MySQL or MariaDB database sc_mysql_names

-- Step 1 of 31: Keep writers out
LOCK TABLES `sc_mysql_names`.`Thing` READ, `sc_mysql_names`.`abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl` READ, `sc_mysql_names`.`thing` READ, `sc_mysql_names`.`we``ird, "table"` READ;

-- Step 2 of 31: Make the place for how far the tables are filled
DROP TABLE IF EXISTS `_rekey_slice_00000000`;
CREATE TABLE `_rekey_slice_00000000` (`table` VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, `part` INT NOT NULL, `upto` DECIMAL(30,0), `last` DECIMAL(30,0), `done` BIGINT UNSIGNED NOT NULL, `warnings` BIGINT UNSIGNED NOT NULL, PRIMARY KEY (`table`, `part`), CONSTRAINT `rk_00000000_no_warnings` CHECK (`warnings` = 0)) ENGINE=InnoDB;

-- Step 3 of 31: Give every id of sc_mysql_names.Thing.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_0`;
CREATE TABLE `_rekey_map_00000000_0` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_mysql_names`.`Thing` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_0` (`old_id`, `new_id`) SELECT k.old_id, CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `id` AS old_id FROM `sc_mysql_names`.`Thing` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 4 of 31: Give every id of sc_mysql_names.abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl.abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkm its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_1`;
CREATE TABLE `_rekey_map_00000000_1` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkm` AS old_id FROM `sc_mysql_names`.`abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl` WHERE `abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkm` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_1` (`old_id`, `new_id`) SELECT k.old_id, CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkm` AS old_id FROM `sc_mysql_names`.`abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl` WHERE `abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkm` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 5 of 31: Give every id of sc_mysql_names.thing.ID its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_2`;
CREATE TABLE `_rekey_map_00000000_2` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `ID` AS old_id FROM `sc_mysql_names`.`thing` WHERE `ID` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_2` (`old_id`, `new_id`) SELECT k.old_id, CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `ID` AS old_id FROM `sc_mysql_names`.`thing` WHERE `ID` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 6 of 31: Give every id of sc_mysql_names.we`ird, "table".id `of` it its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_3`;
CREATE TABLE `_rekey_map_00000000_3` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id ``of`` it` AS old_id FROM `sc_mysql_names`.`we``ird, "table"` WHERE `id ``of`` it` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_3` (`old_id`, `new_id`) SELECT k.old_id, CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `id ``of`` it` AS old_id FROM `sc_mysql_names`.`we``ird, "table"` WHERE `id ``of`` it` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 7 of 31: Make the new table of sc_mysql_names.Thing beside it
DROP TABLE IF EXISTS `sc_mysql_names`.`rk_00000000_1`;
CREATE TABLE `sc_mysql_names`.`rk_00000000_1` (
  `id` uuid NOT NULL DEFAULT (INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8 + FLOOR(RAND() * 0))), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')),
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_names.Thing', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_names`.`Thing`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 8 of 31: Convert sc_mysql_names.Thing
INSERT INTO `sc_mysql_names`.`rk_00000000_1` (`id`) SELECT m0.new_id FROM `sc_mysql_names`.`Thing` o LEFT JOIN `_rekey_map_00000000_0` m0 ON m0.old_id = o.`id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_names.Thing' AND `part` = @rk_part;

-- Step 9 of 31: Make the new table of sc_mysql_names.abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl beside it
DROP TABLE IF EXISTS `sc_mysql_names`.`rk_00000000_2`;
CREATE TABLE `sc_mysql_names`.`rk_00000000_2` (
  `abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkm` uuid NOT NULL DEFAULT (INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8 + FLOOR(RAND() * 0))), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')),
  `w` uuid DEFAULT NULL,
  PRIMARY KEY (`abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkm`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_names.abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkm`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkm`) AS DECIMAL(30,0)) - CAST(MIN(`abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkm`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_names`.`abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 10 of 31: Convert sc_mysql_names.abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl
INSERT INTO `sc_mysql_names`.`rk_00000000_2` (`abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkm`, `w`) SELECT m0.new_id, m1.new_id FROM `sc_mysql_names`.`abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl` o LEFT JOIN `_rekey_map_00000000_1` m0 ON m0.old_id = o.`abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkm` LEFT JOIN `_rekey_map_00000000_3` m1 ON m1.old_id = o.`w` WHERE o.`abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkm` > @rk_from AND o.`abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkm` <= @rk_upto ORDER BY o.`abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkm`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_names.abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl' AND `part` = @rk_part;

-- Step 11 of 31: Build the indexes of sc_mysql_names.abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl
ALTER TABLE `sc_mysql_names`.`rk_00000000_2` ADD KEY `abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkn` (`w`);

-- Step 12 of 31: Make the new table of sc_mysql_names.thing beside it
DROP TABLE IF EXISTS `sc_mysql_names`.`rk_00000000_3`;
CREATE TABLE `sc_mysql_names`.`rk_00000000_3` (
  `ID` uuid NOT NULL DEFAULT (INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8 + FLOOR(RAND() * 0))), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')),
  `Thing_id` uuid DEFAULT NULL,
  PRIMARY KEY (`ID`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_names.thing', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`ID`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`ID`) AS DECIMAL(30,0)) - CAST(MIN(`ID`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_names`.`thing`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 13 of 31: Convert sc_mysql_names.thing
INSERT INTO `sc_mysql_names`.`rk_00000000_3` (`ID`, `Thing_id`) SELECT m0.new_id, m1.new_id FROM `sc_mysql_names`.`thing` o LEFT JOIN `_rekey_map_00000000_2` m0 ON m0.old_id = o.`ID` LEFT JOIN `_rekey_map_00000000_0` m1 ON m1.old_id = o.`Thing_id` WHERE o.`ID` > @rk_from AND o.`ID` <= @rk_upto ORDER BY o.`ID`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_names.thing' AND `part` = @rk_part;

-- Step 14 of 31: Build the indexes of sc_mysql_names.thing
ALTER TABLE `sc_mysql_names`.`rk_00000000_3` ADD KEY `Thing_id` (`Thing_id`);

-- Step 15 of 31: Make the new table of sc_mysql_names.we`ird, "table" beside it
DROP TABLE IF EXISTS `sc_mysql_names`.`rk_00000000_4`;
CREATE TABLE `sc_mysql_names`.`rk_00000000_4` (
  `id ``of`` it` uuid NOT NULL DEFAULT (INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8 + FLOOR(RAND() * 0))), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')),
  `päréñt;--` uuid DEFAULT NULL,
  `select` varchar(9) DEFAULT ')',
  PRIMARY KEY (`id ``of`` it`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_names.we`ird, "table"', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id ``of`` it`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id ``of`` it`) AS DECIMAL(30,0)) - CAST(MIN(`id ``of`` it`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_names`.`we``ird, "table"`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 16 of 31: Convert sc_mysql_names.we`ird, "table"
INSERT INTO `sc_mysql_names`.`rk_00000000_4` (`id ``of`` it`, `päréñt;--`, `select`) SELECT m0.new_id, m1.new_id, o.`select` FROM `sc_mysql_names`.`we``ird, "table"` o LEFT JOIN `_rekey_map_00000000_3` m0 ON m0.old_id = o.`id ``of`` it` LEFT JOIN `_rekey_map_00000000_3` m1 ON m1.old_id = o.`päréñt;--` WHERE o.`id ``of`` it` > @rk_from AND o.`id ``of`` it` <= @rk_upto ORDER BY o.`id ``of`` it`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_names.we`ird, "table"' AND `part` = @rk_part;

-- Step 17 of 31: Build the indexes of sc_mysql_names.we`ird, "table"
ALTER TABLE `sc_mysql_names`.`rk_00000000_4` ADD KEY `k``,(` (`select`), ADD KEY `f``k, 'x'` (`päréñt;--`);

-- Step 18 of 31: Build the index over the new UUIDs of sc_mysql_names.Thing.id
ALTER TABLE `_rekey_map_00000000_0` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 19 of 31: Build the index over the new UUIDs of sc_mysql_names.abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl.abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkm
ALTER TABLE `_rekey_map_00000000_1` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 20 of 31: Build the index over the new UUIDs of sc_mysql_names.thing.ID
ALTER TABLE `_rekey_map_00000000_2` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 21 of 31: Build the index over the new UUIDs of sc_mysql_names.we`ird, "table".id `of` it
ALTER TABLE `_rekey_map_00000000_3` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 22 of 31: Exchange the tables, all of them at once
RENAME TABLE `sc_mysql_names`.`Thing` TO `sc_mysql_names`.`_rekey_old_00000000_1`, `sc_mysql_names`.`rk_00000000_1` TO `sc_mysql_names`.`Thing`, `sc_mysql_names`.`abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl` TO `sc_mysql_names`.`_rekey_old_00000000_2`, `sc_mysql_names`.`rk_00000000_2` TO `sc_mysql_names`.`abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl`, `sc_mysql_names`.`thing` TO `sc_mysql_names`.`_rekey_old_00000000_3`, `sc_mysql_names`.`rk_00000000_3` TO `sc_mysql_names`.`thing`, `sc_mysql_names`.`we``ird, "table"` TO `sc_mysql_names`.`_rekey_old_00000000_4---`, `sc_mysql_names`.`rk_00000000_4` TO `sc_mysql_names`.`we``ird, "table"`;
LOCK TABLES `sc_mysql_names`.`Thing` WRITE, `sc_mysql_names`.`_rekey_old_00000000_1` WRITE, `sc_mysql_names`.`_rekey_old_00000000_2` WRITE, `sc_mysql_names`.`_rekey_old_00000000_3` WRITE, `sc_mysql_names`.`_rekey_old_00000000_4---` WRITE, `sc_mysql_names`.`abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl` WRITE, `sc_mysql_names`.`thing` WRITE, `sc_mysql_names`.`we``ird, "table"` WRITE;

-- Step 23 of 31: Free the names of the references of sc_mysql_names.abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl
ALTER TABLE `sc_mysql_names`.`_rekey_old_00000000_2` DROP FOREIGN KEY `abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkn`;

-- Step 24 of 31: Free the names of the references of sc_mysql_names.thing
ALTER TABLE `sc_mysql_names`.`_rekey_old_00000000_3` DROP FOREIGN KEY `_rekey_old_00000000_3_ibfk_1`;

-- Step 25 of 31: Free the names of the references of sc_mysql_names.we`ird, "table"
ALTER TABLE `sc_mysql_names`.`_rekey_old_00000000_4---` DROP FOREIGN KEY `f``k, 'x'`;

-- Step 26 of 31: Put the references of sc_mysql_names.abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl back
ALTER TABLE `sc_mysql_names`.`abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl` ADD CONSTRAINT `abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkn` FOREIGN KEY (`w`) REFERENCES `we``ird, "table"` (`id ``of`` it`);

-- Step 27 of 31: Put the references of sc_mysql_names.thing back
ALTER TABLE `sc_mysql_names`.`thing` ADD CONSTRAINT `thing_ibfk_1` FOREIGN KEY (`Thing_id`) REFERENCES `Thing` (`id`);

-- Step 28 of 31: Put the references of sc_mysql_names.we`ird, "table" back
ALTER TABLE `sc_mysql_names`.`we``ird, "table"` ADD CONSTRAINT `f``k, 'x'` FOREIGN KEY (`päréñt;--`) REFERENCES `we``ird, "table"` (`id ``of`` it`);

-- Step 29 of 31: Renew the planner's statistics
ANALYZE TABLE `sc_mysql_names`.`Thing`, `sc_mysql_names`.`abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl`, `sc_mysql_names`.`thing`, `sc_mysql_names`.`we``ird, "table"`;

-- Step 30 of 31: Remove what only the run needed
DROP TABLE IF EXISTS `_rekey_slice_00000000`;

-- Step 31 of 31: Write the run into the journal
CREATE TABLE IF NOT EXISTS `_rekey_run` (`number` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, `run` VARCHAR(64) NOT NULL UNIQUE, `plan_fingerprint` VARCHAR(128) NOT NULL, `state` VARCHAR(32) NOT NULL, `tool_version` VARCHAR(64) NOT NULL, `started` VARCHAR(64) NOT NULL, `plan` LONGTEXT NOT NULL, `catalogue_before` LONGTEXT NOT NULL, `record` LONGTEXT NOT NULL, `progress` LONGTEXT, `taken` LONGTEXT) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `_rekey_run` (`run`, `plan_fingerprint`, `state`, `tool_version`, `started`, `plan`, `catalogue_before`, `record`) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

