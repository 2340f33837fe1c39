-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- MySQL or MariaDB database sc_mysql_values

-- Step 1 of 13: Keep writers out
LOCK TABLES `sc_mysql_values`.`thing` READ;

-- Step 2 of 13: Make the place for how far the tables are filled
DROP TABLE IF EXISTS `_rekey_slice_00000000`;
CREATE TABLE `_rekey_slice_00000000` (`table` VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, `part` INT NOT NULL, `upto` DECIMAL(30,0), `last` DECIMAL(30,0), `done` BIGINT UNSIGNED NOT NULL, `warnings` BIGINT UNSIGNED NOT NULL, PRIMARY KEY (`table`, `part`), CONSTRAINT `rk_00000000_no_warnings` CHECK (`warnings` = 0)) ENGINE=InnoDB;

-- Step 3 of 13: Give every id of sc_mysql_values.thing.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_0`;
CREATE TABLE `_rekey_map_00000000_0` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_mysql_values`.`thing` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_0` (`old_id`, `new_id`) SELECT k.old_id, CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `id` AS old_id FROM `sc_mysql_values`.`thing` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 4 of 13: Make the new table of sc_mysql_values.thing beside it
DROP TABLE IF EXISTS `sc_mysql_values`.`rk_00000000_1`;
CREATE TABLE `sc_mysql_values`.`rk_00000000_1` (
  `id` uuid NOT NULL DEFAULT (INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8 + FLOOR(RAND() * 0))), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')),
  `latin` varchar(20) CHARACTER SET latin1 COLLATE latin1_swedish_ci DEFAULT NULL,
  `three` varchar(20) CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci DEFAULT NULL,
  `four` varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL,
  `raw` varbinary(20) DEFAULT NULL,
  `fixed` binary(4) DEFAULT NULL,
  `kind` enum('a','','c') DEFAULT NULL,
  `marks` set('x','y','z') DEFAULT NULL,
  `bits` bit(10) DEFAULT NULL,
  `born` year(4) DEFAULT NULL,
  `zero` date DEFAULT NULL,
  `stamp` timestamp(6) NOT NULL DEFAULT current_timestamp(6) ON UPDATE current_timestamp(6),
  `at` datetime(3) DEFAULT NULL,
  `span` time(6) DEFAULT NULL,
  `small` float DEFAULT NULL,
  `wide` double DEFAULT NULL,
  `exact` decimal(65,10) DEFAULT NULL,
  `doc` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL CHECK (json_valid(`doc`)),
  `shape` geometry DEFAULT NULL,
  `big` longblob DEFAULT NULL,
  `note` longtext DEFAULT NULL,
  `parent_id` uuid DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_values.thing', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_values`.`thing`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 5 of 13: Convert sc_mysql_values.thing
INSERT INTO `sc_mysql_values`.`rk_00000000_1` (`id`, `latin`, `three`, `four`, `raw`, `fixed`, `kind`, `marks`, `bits`, `born`, `zero`, `stamp`, `at`, `span`, `small`, `wide`, `exact`, `doc`, `shape`, `big`, `note`, `parent_id`) SELECT m0.new_id, o.`latin`, o.`three`, o.`four`, o.`raw`, o.`fixed`, o.`kind`, o.`marks`, o.`bits`, o.`born`, o.`zero`, o.`stamp`, o.`at`, o.`span`, o.`small`, o.`wide`, o.`exact`, o.`doc`, o.`shape`, o.`big`, o.`note`, m21.new_id FROM `sc_mysql_values`.`thing` o LEFT JOIN `_rekey_map_00000000_0` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_0` m21 ON m21.old_id = o.`parent_id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_values.thing' AND `part` = @rk_part;

-- Step 6 of 13: Build the indexes of sc_mysql_values.thing
ALTER TABLE `sc_mysql_values`.`rk_00000000_1` ADD KEY `parent_id` (`parent_id`);

-- Step 7 of 13: Build the index over the new UUIDs of sc_mysql_values.thing.id
ALTER TABLE `_rekey_map_00000000_0` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 8 of 13: Exchange the tables, all of them at once
RENAME TABLE `sc_mysql_values`.`thing` TO `sc_mysql_values`.`_rekey_old_00000000_1`, `sc_mysql_values`.`rk_00000000_1` TO `sc_mysql_values`.`thing`;
LOCK TABLES `sc_mysql_values`.`_rekey_old_00000000_1` WRITE, `sc_mysql_values`.`thing` WRITE;

-- Step 9 of 13: Free the names of the references of sc_mysql_values.thing
ALTER TABLE `sc_mysql_values`.`_rekey_old_00000000_1` DROP FOREIGN KEY `_rekey_old_00000000_1_ibfk_1`;

-- Step 10 of 13: Put the references of sc_mysql_values.thing back
ALTER TABLE `sc_mysql_values`.`thing` ADD CONSTRAINT `thing_ibfk_1` FOREIGN KEY (`parent_id`) REFERENCES `thing` (`id`);

-- Step 11 of 13: Renew the planner's statistics
ANALYZE TABLE `sc_mysql_values`.`thing`;

-- Step 12 of 13: Remove what only the run needed
DROP TABLE IF EXISTS `_rekey_slice_00000000`;

-- Step 13 of 13: Write the run into the journal
CREATE TABLE IF NOT EXISTS `_rekey_run` (`number` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, `run` VARCHAR(64) NOT NULL UNIQUE, `plan_fingerprint` VARCHAR(128) NOT NULL, `state` VARCHAR(32) NOT NULL, `tool_version` VARCHAR(64) NOT NULL, `started` VARCHAR(64) NOT NULL, `plan` LONGTEXT NOT NULL, `catalogue_before` LONGTEXT NOT NULL, `record` LONGTEXT NOT NULL, `progress` LONGTEXT, `taken` LONGTEXT) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `_rekey_run` (`run`, `plan_fingerprint`, `state`, `tool_version`, `started`, `plan`, `catalogue_before`, `record`) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

