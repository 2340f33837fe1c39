-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- MySQL or MariaDB database sc_mysql_triggers

-- Step 1 of 19: Keep writers out
LOCK TABLES `sc_mysql_triggers`.`account` READ, `sc_mysql_triggers`.`log` READ;

-- Step 2 of 19: Make the place for how far the tables are filled
DROP TABLE IF EXISTS `_rekey_slice_00000000`;
CREATE TABLE `_rekey_slice_00000000` (`table` VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, `part` INT NOT NULL, `upto` DECIMAL(30,0), `last` DECIMAL(30,0), `done` BIGINT UNSIGNED NOT NULL, `warnings` BIGINT UNSIGNED NOT NULL, PRIMARY KEY (`table`, `part`), CONSTRAINT `rk_00000000_no_warnings` CHECK (`warnings` = 0)) ENGINE=InnoDB;

-- Step 3 of 19: Give every id of sc_mysql_triggers.account.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_0`;
CREATE TABLE `_rekey_map_00000000_0` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_mysql_triggers`.`account` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_0` (`old_id`, `new_id`) SELECT k.old_id, CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `id` AS old_id FROM `sc_mysql_triggers`.`account` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 4 of 19: Give every id of sc_mysql_triggers.log.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_1`;
CREATE TABLE `_rekey_map_00000000_1` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_mysql_triggers`.`log` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_1` (`old_id`, `new_id`) SELECT k.old_id, CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `id` AS old_id FROM `sc_mysql_triggers`.`log` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 5 of 19: Make the new table of sc_mysql_triggers.account beside it
DROP TABLE IF EXISTS `sc_mysql_triggers`.`rk_00000000_1`;
CREATE TABLE `sc_mysql_triggers`.`rk_00000000_1` (
  `id` uuid NOT NULL DEFAULT (INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8 + FLOOR(RAND() * 0))), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')),
  `name` varchar(40) NOT NULL,
  `changes` int(11) NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_triggers.account', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_triggers`.`account`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 6 of 19: Convert sc_mysql_triggers.account
INSERT INTO `sc_mysql_triggers`.`rk_00000000_1` (`id`, `name`, `changes`) SELECT m0.new_id, o.`name`, o.`changes` FROM `sc_mysql_triggers`.`account` o LEFT JOIN `_rekey_map_00000000_0` m0 ON m0.old_id = o.`id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_triggers.account' AND `part` = @rk_part;

-- Step 7 of 19: Make the new table of sc_mysql_triggers.log beside it
DROP TABLE IF EXISTS `sc_mysql_triggers`.`rk_00000000_2`;
CREATE TABLE `sc_mysql_triggers`.`rk_00000000_2` (
  `id` uuid NOT NULL DEFAULT (INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8 + FLOOR(RAND() * 0))), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')),
  `account_id` uuid DEFAULT NULL,
  `what` varchar(80) DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_triggers.log', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_triggers`.`log`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 8 of 19: Convert sc_mysql_triggers.log
INSERT INTO `sc_mysql_triggers`.`rk_00000000_2` (`id`, `account_id`, `what`) SELECT m0.new_id, m1.new_id, o.`what` FROM `sc_mysql_triggers`.`log` o LEFT JOIN `_rekey_map_00000000_1` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_0` m1 ON m1.old_id = o.`account_id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_triggers.log' AND `part` = @rk_part;

-- Step 9 of 19: Build the indexes of sc_mysql_triggers.log
ALTER TABLE `sc_mysql_triggers`.`rk_00000000_2` ADD KEY `account_id` (`account_id`);

-- Step 10 of 19: Build the index over the new UUIDs of sc_mysql_triggers.account.id
ALTER TABLE `_rekey_map_00000000_0` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 11 of 19: Build the index over the new UUIDs of sc_mysql_triggers.log.id
ALTER TABLE `_rekey_map_00000000_1` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 12 of 19: Exchange the tables, all of them at once
RENAME TABLE `sc_mysql_triggers`.`account` TO `sc_mysql_triggers`.`_rekey_old_00000000_1`, `sc_mysql_triggers`.`rk_00000000_1` TO `sc_mysql_triggers`.`account`, `sc_mysql_triggers`.`log` TO `sc_mysql_triggers`.`_rekey_old_00000000_2`, `sc_mysql_triggers`.`rk_00000000_2` TO `sc_mysql_triggers`.`log`;
LOCK TABLES `sc_mysql_triggers`.`_rekey_old_00000000_1` WRITE, `sc_mysql_triggers`.`_rekey_old_00000000_2` WRITE, `sc_mysql_triggers`.`account` WRITE, `sc_mysql_triggers`.`log` WRITE;

-- Step 13 of 19: Free the names of the references of sc_mysql_triggers.log
ALTER TABLE `sc_mysql_triggers`.`_rekey_old_00000000_2` DROP FOREIGN KEY `_rekey_old_00000000_2_ibfk_1`;

-- Step 14 of 19: Put the references of sc_mysql_triggers.log back
ALTER TABLE `sc_mysql_triggers`.`log` ADD CONSTRAINT `log_ibfk_1` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`);

-- Step 15 of 19: Move the triggers of sc_mysql_triggers.account
DROP TRIGGER IF EXISTS `sc_mysql_triggers`.`second_one`;
DROP TRIGGER IF EXISTS `sc_mysql_triggers`.`amid`;
DROP TRIGGER IF EXISTS `sc_mysql_triggers`.`first_one`;
DROP TRIGGER IF EXISTS `sc_mysql_triggers`.`told`;
SET SESSION sql_mode = 'PIPES_AS_CONCAT,ANSI_QUOTES', SESSION character_set_client = utf8mb4, SESSION collation_connection = utf8mb4_general_ci;
CREATE DEFINER="owner"@"127.0.0.1" TRIGGER told AFTER UPDATE ON account FOR EACH ROW INSERT INTO log (account_id, what) VALUES (NEW.id, 'was ' || OLD."name");
SET NAMES utf8mb4, SESSION sql_mode = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION,ALLOW_INVALID_DATES';
SET SESSION sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION', SESSION character_set_client = utf8mb4, SESSION collation_connection = utf8mb4_general_ci;
CREATE DEFINER=`owner`@`127.0.0.1` TRIGGER first_one BEFORE UPDATE ON account FOR EACH ROW SET NEW.changes = OLD.changes + 1;
SET NAMES utf8mb4, SESSION sql_mode = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION,ALLOW_INVALID_DATES';
SET SESSION sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION', SESSION character_set_client = utf8mb4, SESSION collation_connection = utf8mb4_general_ci;
CREATE DEFINER=`owner`@`127.0.0.1` TRIGGER amid BEFORE UPDATE ON account FOR EACH ROW SET NEW.name = TRIM(NEW.name);
SET NAMES utf8mb4, SESSION sql_mode = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION,ALLOW_INVALID_DATES';
SET SESSION sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION', SESSION character_set_client = utf8mb4, SESSION collation_connection = utf8mb4_general_ci;
CREATE DEFINER=`owner`@`127.0.0.1` TRIGGER second_one BEFORE UPDATE ON account FOR EACH ROW SET NEW.name = CONCAT(NEW.name, '*');
SET NAMES utf8mb4, SESSION sql_mode = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION,ALLOW_INVALID_DATES';

-- Step 16 of 19: Move the triggers of sc_mysql_triggers.log
DROP TRIGGER IF EXISTS `sc_mysql_triggers`.`noted`;
SET SESSION sql_mode = 'PIPES_AS_CONCAT,ANSI_QUOTES', SESSION character_set_client = utf8mb4, SESSION collation_connection = utf8mb4_general_ci;
CREATE DEFINER="owner"@"127.0.0.1" TRIGGER noted BEFORE INSERT ON log FOR EACH ROW SET NEW.what = UPPER(NEW.what);
SET NAMES utf8mb4, SESSION sql_mode = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION,ALLOW_INVALID_DATES';

-- Step 17 of 19: Renew the planner's statistics
ANALYZE TABLE `sc_mysql_triggers`.`account`, `sc_mysql_triggers`.`log`;

-- Step 18 of 19: Remove what only the run needed
DROP TABLE IF EXISTS `_rekey_slice_00000000`;

-- Step 19 of 19: Write the run into the journal
CREATE TABLE IF NOT EXISTS `_rekey_run` (`number` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, `run` VARCHAR(64) NOT NULL UNIQUE, `plan_fingerprint` VARCHAR(128) NOT NULL, `state` VARCHAR(32) NOT NULL, `tool_version` VARCHAR(64) NOT NULL, `started` VARCHAR(64) NOT NULL, `plan` LONGTEXT NOT NULL, `catalogue_before` LONGTEXT NOT NULL, `record` LONGTEXT NOT NULL, `progress` LONGTEXT, `taken` LONGTEXT) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `_rekey_run` (`run`, `plan_fingerprint`, `state`, `tool_version`, `started`, `plan`, `catalogue_before`, `record`) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

