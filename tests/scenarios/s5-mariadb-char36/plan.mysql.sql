-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- MySQL or MariaDB database sc_s5_mariadb_char36

-- Step 1 of 99: Keep writers out
LOCK TABLES `sc_s5_mariadb_char36`.`dashboard_pages` READ, `sc_s5_mariadb_char36`.`dashboard_shares` READ, `sc_s5_mariadb_char36`.`dashboard_snapshots` READ, `sc_s5_mariadb_char36`.`dashboard_widgets` READ, `sc_s5_mariadb_char36`.`dashboards` READ, `sc_s5_mariadb_char36`.`report_cache` READ, `sc_s5_mariadb_char36`.`report_definitions` READ, `sc_s5_mariadb_char36`.`report_executions` READ, `sc_s5_mariadb_char36`.`report_schedules` READ, `sc_s5_mariadb_char36`.`report_templates` READ, `sc_s5_mariadb_char36`.`scheduler_configs` READ, `sc_s5_mariadb_char36`.`scheduler_job_executions` READ, `sc_s5_mariadb_char36`.`scheduler_job_logs` READ, `sc_s5_mariadb_char36`.`scheduler_jobs` READ, `sc_s5_mariadb_char36`.`widget_data_cache` READ;

-- Step 2 of 99: Make the place for how far the tables are filled
DROP TABLE IF EXISTS `_rekey_slice_00000000`;
CREATE TABLE `_rekey_slice_00000000` (`table` VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, `part` INT NOT NULL, `upto` DECIMAL(30,0), `last` DECIMAL(30,0), `done` BIGINT UNSIGNED NOT NULL, `warnings` BIGINT UNSIGNED NOT NULL, PRIMARY KEY (`table`, `part`), CONSTRAINT `rk_00000000_no_warnings` CHECK (`warnings` = 0)) ENGINE=InnoDB;

-- Step 3 of 99: Give every id of sc_s5_mariadb_char36.dashboard_pages.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_0`;
CREATE TABLE `_rekey_map_00000000_0` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_s5_mariadb_char36`.`dashboard_pages` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_0` (`old_id`, `new_id`) SELECT k.old_id, LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')) FROM (SELECT `id` AS old_id FROM `sc_s5_mariadb_char36`.`dashboard_pages` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 4 of 99: Give every id of sc_s5_mariadb_char36.dashboard_shares.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_1`;
CREATE TABLE `_rekey_map_00000000_1` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_s5_mariadb_char36`.`dashboard_shares` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_1` (`old_id`, `new_id`) SELECT k.old_id, LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')) FROM (SELECT `id` AS old_id FROM `sc_s5_mariadb_char36`.`dashboard_shares` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 5 of 99: Give every id of sc_s5_mariadb_char36.dashboard_snapshots.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_2`;
CREATE TABLE `_rekey_map_00000000_2` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_s5_mariadb_char36`.`dashboard_snapshots` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_2` (`old_id`, `new_id`) SELECT k.old_id, LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')) FROM (SELECT `id` AS old_id FROM `sc_s5_mariadb_char36`.`dashboard_snapshots` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 6 of 99: Give every id of sc_s5_mariadb_char36.dashboard_widgets.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_3`;
CREATE TABLE `_rekey_map_00000000_3` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_s5_mariadb_char36`.`dashboard_widgets` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_3` (`old_id`, `new_id`) SELECT k.old_id, LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')) FROM (SELECT `id` AS old_id FROM `sc_s5_mariadb_char36`.`dashboard_widgets` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 7 of 99: Give every id of sc_s5_mariadb_char36.dashboards.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_4`;
CREATE TABLE `_rekey_map_00000000_4` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_s5_mariadb_char36`.`dashboards` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_4` (`old_id`, `new_id`) SELECT k.old_id, LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')) FROM (SELECT `id` AS old_id FROM `sc_s5_mariadb_char36`.`dashboards` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 8 of 99: Give every id of sc_s5_mariadb_char36.report_cache.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_5`;
CREATE TABLE `_rekey_map_00000000_5` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_s5_mariadb_char36`.`report_cache` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_5` (`old_id`, `new_id`) SELECT k.old_id, LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')) FROM (SELECT `id` AS old_id FROM `sc_s5_mariadb_char36`.`report_cache` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 9 of 99: Give every id of sc_s5_mariadb_char36.report_definitions.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_6`;
CREATE TABLE `_rekey_map_00000000_6` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_s5_mariadb_char36`.`report_definitions` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_6` (`old_id`, `new_id`) SELECT k.old_id, LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')) FROM (SELECT `id` AS old_id FROM `sc_s5_mariadb_char36`.`report_definitions` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 10 of 99: Give every id of sc_s5_mariadb_char36.report_executions.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_7`;
CREATE TABLE `_rekey_map_00000000_7` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_s5_mariadb_char36`.`report_executions` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_7` (`old_id`, `new_id`) SELECT k.old_id, LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')) FROM (SELECT `id` AS old_id FROM `sc_s5_mariadb_char36`.`report_executions` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 11 of 99: Give every id of sc_s5_mariadb_char36.report_schedules.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_8`;
CREATE TABLE `_rekey_map_00000000_8` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_s5_mariadb_char36`.`report_schedules` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_8` (`old_id`, `new_id`) SELECT k.old_id, LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')) FROM (SELECT `id` AS old_id FROM `sc_s5_mariadb_char36`.`report_schedules` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 12 of 99: Give every id of sc_s5_mariadb_char36.report_templates.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_9`;
CREATE TABLE `_rekey_map_00000000_9` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_s5_mariadb_char36`.`report_templates` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_9` (`old_id`, `new_id`) SELECT k.old_id, LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')) FROM (SELECT `id` AS old_id FROM `sc_s5_mariadb_char36`.`report_templates` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 13 of 99: Give every id of sc_s5_mariadb_char36.scheduler_configs.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_10`;
CREATE TABLE `_rekey_map_00000000_10` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_s5_mariadb_char36`.`scheduler_configs` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_10` (`old_id`, `new_id`) SELECT k.old_id, LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')) FROM (SELECT `id` AS old_id FROM `sc_s5_mariadb_char36`.`scheduler_configs` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 14 of 99: Give every id of sc_s5_mariadb_char36.scheduler_job_executions.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_11`;
CREATE TABLE `_rekey_map_00000000_11` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_s5_mariadb_char36`.`scheduler_job_executions` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_11` (`old_id`, `new_id`) SELECT k.old_id, LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')) FROM (SELECT `id` AS old_id FROM `sc_s5_mariadb_char36`.`scheduler_job_executions` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 15 of 99: Give every id of sc_s5_mariadb_char36.scheduler_job_logs.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_12`;
CREATE TABLE `_rekey_map_00000000_12` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_s5_mariadb_char36`.`scheduler_job_logs` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_12` (`old_id`, `new_id`) SELECT k.old_id, LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')) FROM (SELECT `id` AS old_id FROM `sc_s5_mariadb_char36`.`scheduler_job_logs` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 16 of 99: Give every id of sc_s5_mariadb_char36.scheduler_jobs.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_13`;
CREATE TABLE `_rekey_map_00000000_13` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_s5_mariadb_char36`.`scheduler_jobs` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_13` (`old_id`, `new_id`) SELECT k.old_id, LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')) FROM (SELECT `id` AS old_id FROM `sc_s5_mariadb_char36`.`scheduler_jobs` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 17 of 99: Give every id of sc_s5_mariadb_char36.widget_data_cache.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_14`;
CREATE TABLE `_rekey_map_00000000_14` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_s5_mariadb_char36`.`widget_data_cache` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_14` (`old_id`, `new_id`) SELECT k.old_id, LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')) FROM (SELECT `id` AS old_id FROM `sc_s5_mariadb_char36`.`widget_data_cache` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 18 of 99: Make the new table of sc_s5_mariadb_char36.dashboard_pages beside it
DROP TABLE IF EXISTS `sc_s5_mariadb_char36`.`rk_00000000_1`;
CREATE TABLE `sc_s5_mariadb_char36`.`rk_00000000_1` (
  `id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT (LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8)), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-'))),
  `tenant` varchar(64) NOT NULL DEFAULT 'main',
  `dashboard_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `name` varchar(255) DEFAULT NULL,
  `config` json DEFAULT NULL,
  `is_active` tinyint(1) DEFAULT '1',
  `created_at` datetime NOT NULL,
  `updated_at` datetime DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_s5_mariadb_char36.dashboard_pages', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_s5_mariadb_char36`.`dashboard_pages`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 19 of 99: Convert sc_s5_mariadb_char36.dashboard_pages
INSERT INTO `sc_s5_mariadb_char36`.`rk_00000000_1` (`id`, `tenant`, `dashboard_id`, `name`, `config`, `is_active`, `created_at`, `updated_at`) SELECT m0.new_id, o.`tenant`, m2.new_id, o.`name`, o.`config`, o.`is_active`, o.`created_at`, o.`updated_at` FROM `sc_s5_mariadb_char36`.`dashboard_pages` o LEFT JOIN `_rekey_map_00000000_0` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_4` m2 ON m2.old_id = o.`dashboard_id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_s5_mariadb_char36.dashboard_pages' AND `part` = @rk_part;

-- Step 20 of 99: Build the indexes of sc_s5_mariadb_char36.dashboard_pages
ALTER TABLE `sc_s5_mariadb_char36`.`rk_00000000_1` ADD KEY `ix_dashboard_pages_dashboard_id` (`dashboard_id`);

-- Step 21 of 99: Make the new table of sc_s5_mariadb_char36.dashboard_shares beside it
DROP TABLE IF EXISTS `sc_s5_mariadb_char36`.`rk_00000000_2`;
CREATE TABLE `sc_s5_mariadb_char36`.`rk_00000000_2` (
  `id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT (LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8)), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-'))),
  `tenant` varchar(64) NOT NULL DEFAULT 'main',
  `dashboard_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `name` varchar(255) DEFAULT NULL,
  `config` json DEFAULT NULL,
  `is_active` tinyint(1) DEFAULT '1',
  `created_at` datetime NOT NULL,
  `updated_at` datetime DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_s5_mariadb_char36.dashboard_shares', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_s5_mariadb_char36`.`dashboard_shares`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 22 of 99: Convert sc_s5_mariadb_char36.dashboard_shares
INSERT INTO `sc_s5_mariadb_char36`.`rk_00000000_2` (`id`, `tenant`, `dashboard_id`, `name`, `config`, `is_active`, `created_at`, `updated_at`) SELECT m0.new_id, o.`tenant`, m2.new_id, o.`name`, o.`config`, o.`is_active`, o.`created_at`, o.`updated_at` FROM `sc_s5_mariadb_char36`.`dashboard_shares` o LEFT JOIN `_rekey_map_00000000_1` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_4` m2 ON m2.old_id = o.`dashboard_id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_s5_mariadb_char36.dashboard_shares' AND `part` = @rk_part;

-- Step 23 of 99: Build the indexes of sc_s5_mariadb_char36.dashboard_shares
ALTER TABLE `sc_s5_mariadb_char36`.`rk_00000000_2` ADD KEY `ix_dashboard_shares_dashboard_id` (`dashboard_id`);

-- Step 24 of 99: Make the new table of sc_s5_mariadb_char36.dashboard_snapshots beside it
DROP TABLE IF EXISTS `sc_s5_mariadb_char36`.`rk_00000000_3`;
CREATE TABLE `sc_s5_mariadb_char36`.`rk_00000000_3` (
  `id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT (LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8)), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-'))),
  `tenant` varchar(64) NOT NULL DEFAULT 'main',
  `dashboard_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `name` varchar(255) DEFAULT NULL,
  `config` json DEFAULT NULL,
  `is_active` tinyint(1) DEFAULT '1',
  `created_at` datetime NOT NULL,
  `updated_at` datetime DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_s5_mariadb_char36.dashboard_snapshots', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_s5_mariadb_char36`.`dashboard_snapshots`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 25 of 99: Convert sc_s5_mariadb_char36.dashboard_snapshots
INSERT INTO `sc_s5_mariadb_char36`.`rk_00000000_3` (`id`, `tenant`, `dashboard_id`, `name`, `config`, `is_active`, `created_at`, `updated_at`) SELECT m0.new_id, o.`tenant`, m2.new_id, o.`name`, o.`config`, o.`is_active`, o.`created_at`, o.`updated_at` FROM `sc_s5_mariadb_char36`.`dashboard_snapshots` o LEFT JOIN `_rekey_map_00000000_2` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_4` m2 ON m2.old_id = o.`dashboard_id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_s5_mariadb_char36.dashboard_snapshots' AND `part` = @rk_part;

-- Step 26 of 99: Build the indexes of sc_s5_mariadb_char36.dashboard_snapshots
ALTER TABLE `sc_s5_mariadb_char36`.`rk_00000000_3` ADD KEY `ix_dashboard_snapshots_dashboard_id` (`dashboard_id`);

-- Step 27 of 99: Make the new table of sc_s5_mariadb_char36.dashboard_widgets beside it
DROP TABLE IF EXISTS `sc_s5_mariadb_char36`.`rk_00000000_4`;
CREATE TABLE `sc_s5_mariadb_char36`.`rk_00000000_4` (
  `id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT (LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8)), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-'))),
  `tenant` varchar(64) NOT NULL DEFAULT 'main',
  `page_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `report_definition_id` char(36) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `name` varchar(255) DEFAULT NULL,
  `config` json DEFAULT NULL,
  `is_active` tinyint(1) DEFAULT '1',
  `created_at` datetime NOT NULL,
  `updated_at` datetime DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_s5_mariadb_char36.dashboard_widgets', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_s5_mariadb_char36`.`dashboard_widgets`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 28 of 99: Convert sc_s5_mariadb_char36.dashboard_widgets
INSERT INTO `sc_s5_mariadb_char36`.`rk_00000000_4` (`id`, `tenant`, `page_id`, `report_definition_id`, `name`, `config`, `is_active`, `created_at`, `updated_at`) SELECT m0.new_id, o.`tenant`, m2.new_id, m3.new_id, o.`name`, o.`config`, o.`is_active`, o.`created_at`, o.`updated_at` FROM `sc_s5_mariadb_char36`.`dashboard_widgets` o LEFT JOIN `_rekey_map_00000000_3` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_0` m2 ON m2.old_id = o.`page_id` LEFT JOIN `_rekey_map_00000000_6` m3 ON m3.old_id = o.`report_definition_id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_s5_mariadb_char36.dashboard_widgets' AND `part` = @rk_part;

-- Step 29 of 99: Build the indexes of sc_s5_mariadb_char36.dashboard_widgets
ALTER TABLE `sc_s5_mariadb_char36`.`rk_00000000_4` ADD KEY `ix_dashboard_widgets_page_id` (`page_id`), ADD KEY `ix_dashboard_widgets_report_definition_id` (`report_definition_id`);

-- Step 30 of 99: Make the new table of sc_s5_mariadb_char36.dashboards beside it
DROP TABLE IF EXISTS `sc_s5_mariadb_char36`.`rk_00000000_5`;
CREATE TABLE `sc_s5_mariadb_char36`.`rk_00000000_5` (
  `id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT (LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8)), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-'))),
  `tenant` varchar(64) NOT NULL DEFAULT 'main',
  `name` varchar(255) DEFAULT NULL,
  `config` json DEFAULT NULL,
  `is_active` tinyint(1) DEFAULT '1',
  `created_at` datetime NOT NULL,
  `updated_at` datetime DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_s5_mariadb_char36.dashboards', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_s5_mariadb_char36`.`dashboards`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 31 of 99: Convert sc_s5_mariadb_char36.dashboards
INSERT INTO `sc_s5_mariadb_char36`.`rk_00000000_5` (`id`, `tenant`, `name`, `config`, `is_active`, `created_at`, `updated_at`) SELECT m0.new_id, o.`tenant`, o.`name`, o.`config`, o.`is_active`, o.`created_at`, o.`updated_at` FROM `sc_s5_mariadb_char36`.`dashboards` o LEFT JOIN `_rekey_map_00000000_4` m0 ON m0.old_id = o.`id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_s5_mariadb_char36.dashboards' AND `part` = @rk_part;

-- Step 32 of 99: Make the new table of sc_s5_mariadb_char36.report_cache beside it
DROP TABLE IF EXISTS `sc_s5_mariadb_char36`.`rk_00000000_6`;
CREATE TABLE `sc_s5_mariadb_char36`.`rk_00000000_6` (
  `id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT (LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8)), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-'))),
  `tenant` varchar(64) NOT NULL DEFAULT 'main',
  `report_definition_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `name` varchar(255) DEFAULT NULL,
  `config` json DEFAULT NULL,
  `is_active` tinyint(1) DEFAULT '1',
  `created_at` datetime NOT NULL,
  `updated_at` datetime DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_s5_mariadb_char36.report_cache', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_s5_mariadb_char36`.`report_cache`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 33 of 99: Convert sc_s5_mariadb_char36.report_cache
INSERT INTO `sc_s5_mariadb_char36`.`rk_00000000_6` (`id`, `tenant`, `report_definition_id`, `name`, `config`, `is_active`, `created_at`, `updated_at`) SELECT m0.new_id, o.`tenant`, m2.new_id, o.`name`, o.`config`, o.`is_active`, o.`created_at`, o.`updated_at` FROM `sc_s5_mariadb_char36`.`report_cache` o LEFT JOIN `_rekey_map_00000000_5` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_6` m2 ON m2.old_id = o.`report_definition_id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_s5_mariadb_char36.report_cache' AND `part` = @rk_part;

-- Step 34 of 99: Build the indexes of sc_s5_mariadb_char36.report_cache
ALTER TABLE `sc_s5_mariadb_char36`.`rk_00000000_6` ADD UNIQUE KEY `report_definition_id` (`report_definition_id`);

-- Step 35 of 99: Make the new table of sc_s5_mariadb_char36.report_definitions beside it
DROP TABLE IF EXISTS `sc_s5_mariadb_char36`.`rk_00000000_7`;
CREATE TABLE `sc_s5_mariadb_char36`.`rk_00000000_7` (
  `id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT (LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8)), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-'))),
  `tenant` varchar(64) NOT NULL DEFAULT 'main',
  `name` varchar(255) DEFAULT NULL,
  `config` json DEFAULT NULL,
  `is_active` tinyint(1) DEFAULT '1',
  `created_at` datetime NOT NULL,
  `updated_at` datetime DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_s5_mariadb_char36.report_definitions', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_s5_mariadb_char36`.`report_definitions`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 36 of 99: Convert sc_s5_mariadb_char36.report_definitions
INSERT INTO `sc_s5_mariadb_char36`.`rk_00000000_7` (`id`, `tenant`, `name`, `config`, `is_active`, `created_at`, `updated_at`) SELECT m0.new_id, o.`tenant`, o.`name`, o.`config`, o.`is_active`, o.`created_at`, o.`updated_at` FROM `sc_s5_mariadb_char36`.`report_definitions` o LEFT JOIN `_rekey_map_00000000_6` m0 ON m0.old_id = o.`id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_s5_mariadb_char36.report_definitions' AND `part` = @rk_part;

-- Step 37 of 99: Make the new table of sc_s5_mariadb_char36.report_executions beside it
DROP TABLE IF EXISTS `sc_s5_mariadb_char36`.`rk_00000000_8`;
CREATE TABLE `sc_s5_mariadb_char36`.`rk_00000000_8` (
  `id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT (LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8)), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-'))),
  `tenant` varchar(64) NOT NULL DEFAULT 'main',
  `report_definition_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `name` varchar(255) DEFAULT NULL,
  `config` json DEFAULT NULL,
  `is_active` tinyint(1) DEFAULT '1',
  `created_at` datetime NOT NULL,
  `updated_at` datetime DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_s5_mariadb_char36.report_executions', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_s5_mariadb_char36`.`report_executions`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 38 of 99: Convert sc_s5_mariadb_char36.report_executions
INSERT INTO `sc_s5_mariadb_char36`.`rk_00000000_8` (`id`, `tenant`, `report_definition_id`, `name`, `config`, `is_active`, `created_at`, `updated_at`) SELECT m0.new_id, o.`tenant`, m2.new_id, o.`name`, o.`config`, o.`is_active`, o.`created_at`, o.`updated_at` FROM `sc_s5_mariadb_char36`.`report_executions` o LEFT JOIN `_rekey_map_00000000_7` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_6` m2 ON m2.old_id = o.`report_definition_id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_s5_mariadb_char36.report_executions' AND `part` = @rk_part;

-- Step 39 of 99: Build the indexes of sc_s5_mariadb_char36.report_executions
ALTER TABLE `sc_s5_mariadb_char36`.`rk_00000000_8` ADD KEY `ix_report_executions_report_definition_id` (`report_definition_id`);

-- Step 40 of 99: Make the new table of sc_s5_mariadb_char36.report_schedules beside it
DROP TABLE IF EXISTS `sc_s5_mariadb_char36`.`rk_00000000_9`;
CREATE TABLE `sc_s5_mariadb_char36`.`rk_00000000_9` (
  `id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT (LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8)), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-'))),
  `tenant` varchar(64) NOT NULL DEFAULT 'main',
  `report_definition_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `name` varchar(255) DEFAULT NULL,
  `config` json DEFAULT NULL,
  `is_active` tinyint(1) DEFAULT '1',
  `created_at` datetime NOT NULL,
  `updated_at` datetime DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_s5_mariadb_char36.report_schedules', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_s5_mariadb_char36`.`report_schedules`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 41 of 99: Convert sc_s5_mariadb_char36.report_schedules
INSERT INTO `sc_s5_mariadb_char36`.`rk_00000000_9` (`id`, `tenant`, `report_definition_id`, `name`, `config`, `is_active`, `created_at`, `updated_at`) SELECT m0.new_id, o.`tenant`, m2.new_id, o.`name`, o.`config`, o.`is_active`, o.`created_at`, o.`updated_at` FROM `sc_s5_mariadb_char36`.`report_schedules` o LEFT JOIN `_rekey_map_00000000_8` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_6` m2 ON m2.old_id = o.`report_definition_id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_s5_mariadb_char36.report_schedules' AND `part` = @rk_part;

-- Step 42 of 99: Build the indexes of sc_s5_mariadb_char36.report_schedules
ALTER TABLE `sc_s5_mariadb_char36`.`rk_00000000_9` ADD KEY `ix_report_schedules_report_definition_id` (`report_definition_id`);

-- Step 43 of 99: Make the new table of sc_s5_mariadb_char36.report_templates beside it
DROP TABLE IF EXISTS `sc_s5_mariadb_char36`.`rk_00000000_10`;
CREATE TABLE `sc_s5_mariadb_char36`.`rk_00000000_10` (
  `id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT (LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8)), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-'))),
  `tenant` varchar(64) NOT NULL DEFAULT 'main',
  `name` varchar(255) DEFAULT NULL,
  `config` json DEFAULT NULL,
  `is_active` tinyint(1) DEFAULT '1',
  `created_at` datetime NOT NULL,
  `updated_at` datetime DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_s5_mariadb_char36.report_templates', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_s5_mariadb_char36`.`report_templates`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 44 of 99: Convert sc_s5_mariadb_char36.report_templates
INSERT INTO `sc_s5_mariadb_char36`.`rk_00000000_10` (`id`, `tenant`, `name`, `config`, `is_active`, `created_at`, `updated_at`) SELECT m0.new_id, o.`tenant`, o.`name`, o.`config`, o.`is_active`, o.`created_at`, o.`updated_at` FROM `sc_s5_mariadb_char36`.`report_templates` o LEFT JOIN `_rekey_map_00000000_9` m0 ON m0.old_id = o.`id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_s5_mariadb_char36.report_templates' AND `part` = @rk_part;

-- Step 45 of 99: Make the new table of sc_s5_mariadb_char36.scheduler_configs beside it
DROP TABLE IF EXISTS `sc_s5_mariadb_char36`.`rk_00000000_11`;
CREATE TABLE `sc_s5_mariadb_char36`.`rk_00000000_11` (
  `id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT (LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8)), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-'))),
  `tenant` varchar(64) NOT NULL DEFAULT 'main',
  `name` varchar(255) DEFAULT NULL,
  `config` json DEFAULT NULL,
  `is_active` tinyint(1) DEFAULT '1',
  `created_at` datetime NOT NULL,
  `updated_at` datetime DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_s5_mariadb_char36.scheduler_configs', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_s5_mariadb_char36`.`scheduler_configs`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 46 of 99: Convert sc_s5_mariadb_char36.scheduler_configs
INSERT INTO `sc_s5_mariadb_char36`.`rk_00000000_11` (`id`, `tenant`, `name`, `config`, `is_active`, `created_at`, `updated_at`) SELECT m0.new_id, o.`tenant`, o.`name`, o.`config`, o.`is_active`, o.`created_at`, o.`updated_at` FROM `sc_s5_mariadb_char36`.`scheduler_configs` o LEFT JOIN `_rekey_map_00000000_10` m0 ON m0.old_id = o.`id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_s5_mariadb_char36.scheduler_configs' AND `part` = @rk_part;

-- Step 47 of 99: Make the new table of sc_s5_mariadb_char36.scheduler_job_executions beside it
DROP TABLE IF EXISTS `sc_s5_mariadb_char36`.`rk_00000000_12`;
CREATE TABLE `sc_s5_mariadb_char36`.`rk_00000000_12` (
  `id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT (LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8)), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-'))),
  `tenant` varchar(64) NOT NULL DEFAULT 'main',
  `job_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `name` varchar(255) DEFAULT NULL,
  `config` json DEFAULT NULL,
  `is_active` tinyint(1) DEFAULT '1',
  `created_at` datetime NOT NULL,
  `updated_at` datetime DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_s5_mariadb_char36.scheduler_job_executions', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_s5_mariadb_char36`.`scheduler_job_executions`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 48 of 99: Convert sc_s5_mariadb_char36.scheduler_job_executions
INSERT INTO `sc_s5_mariadb_char36`.`rk_00000000_12` (`id`, `tenant`, `job_id`, `name`, `config`, `is_active`, `created_at`, `updated_at`) SELECT m0.new_id, o.`tenant`, m2.new_id, o.`name`, o.`config`, o.`is_active`, o.`created_at`, o.`updated_at` FROM `sc_s5_mariadb_char36`.`scheduler_job_executions` o LEFT JOIN `_rekey_map_00000000_11` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_13` m2 ON m2.old_id = o.`job_id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_s5_mariadb_char36.scheduler_job_executions' AND `part` = @rk_part;

-- Step 49 of 99: Build the indexes of sc_s5_mariadb_char36.scheduler_job_executions
ALTER TABLE `sc_s5_mariadb_char36`.`rk_00000000_12` ADD KEY `ix_scheduler_job_executions_job_id` (`job_id`);

-- Step 50 of 99: Make the new table of sc_s5_mariadb_char36.scheduler_job_logs beside it
DROP TABLE IF EXISTS `sc_s5_mariadb_char36`.`rk_00000000_13`;
CREATE TABLE `sc_s5_mariadb_char36`.`rk_00000000_13` (
  `id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT (LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8)), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-'))),
  `tenant` varchar(64) NOT NULL DEFAULT 'main',
  `execution_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `name` varchar(255) DEFAULT NULL,
  `config` json DEFAULT NULL,
  `is_active` tinyint(1) DEFAULT '1',
  `created_at` datetime NOT NULL,
  `updated_at` datetime DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_s5_mariadb_char36.scheduler_job_logs', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_s5_mariadb_char36`.`scheduler_job_logs`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 51 of 99: Convert sc_s5_mariadb_char36.scheduler_job_logs
INSERT INTO `sc_s5_mariadb_char36`.`rk_00000000_13` (`id`, `tenant`, `execution_id`, `name`, `config`, `is_active`, `created_at`, `updated_at`) SELECT m0.new_id, o.`tenant`, m2.new_id, o.`name`, o.`config`, o.`is_active`, o.`created_at`, o.`updated_at` FROM `sc_s5_mariadb_char36`.`scheduler_job_logs` o LEFT JOIN `_rekey_map_00000000_12` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_11` m2 ON m2.old_id = o.`execution_id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_s5_mariadb_char36.scheduler_job_logs' AND `part` = @rk_part;

-- Step 52 of 99: Build the indexes of sc_s5_mariadb_char36.scheduler_job_logs
ALTER TABLE `sc_s5_mariadb_char36`.`rk_00000000_13` ADD KEY `ix_scheduler_job_logs_execution_id` (`execution_id`);

-- Step 53 of 99: Make the new table of sc_s5_mariadb_char36.scheduler_jobs beside it
DROP TABLE IF EXISTS `sc_s5_mariadb_char36`.`rk_00000000_14`;
CREATE TABLE `sc_s5_mariadb_char36`.`rk_00000000_14` (
  `id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT (LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8)), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-'))),
  `tenant` varchar(64) NOT NULL DEFAULT 'main',
  `config_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `name` varchar(255) DEFAULT NULL,
  `config` json DEFAULT NULL,
  `is_active` tinyint(1) DEFAULT '1',
  `created_at` datetime NOT NULL,
  `updated_at` datetime DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_s5_mariadb_char36.scheduler_jobs', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_s5_mariadb_char36`.`scheduler_jobs`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 54 of 99: Convert sc_s5_mariadb_char36.scheduler_jobs
INSERT INTO `sc_s5_mariadb_char36`.`rk_00000000_14` (`id`, `tenant`, `config_id`, `name`, `config`, `is_active`, `created_at`, `updated_at`) SELECT m0.new_id, o.`tenant`, m2.new_id, o.`name`, o.`config`, o.`is_active`, o.`created_at`, o.`updated_at` FROM `sc_s5_mariadb_char36`.`scheduler_jobs` o LEFT JOIN `_rekey_map_00000000_13` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_10` m2 ON m2.old_id = o.`config_id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_s5_mariadb_char36.scheduler_jobs' AND `part` = @rk_part;

-- Step 55 of 99: Build the indexes of sc_s5_mariadb_char36.scheduler_jobs
ALTER TABLE `sc_s5_mariadb_char36`.`rk_00000000_14` ADD KEY `ix_scheduler_jobs_config_id` (`config_id`);

-- Step 56 of 99: Make the new table of sc_s5_mariadb_char36.widget_data_cache beside it
DROP TABLE IF EXISTS `sc_s5_mariadb_char36`.`rk_00000000_15`;
CREATE TABLE `sc_s5_mariadb_char36`.`rk_00000000_15` (
  `id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT (LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8)), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-'))),
  `tenant` varchar(64) NOT NULL DEFAULT 'main',
  `widget_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `name` varchar(255) DEFAULT NULL,
  `config` json DEFAULT NULL,
  `is_active` tinyint(1) DEFAULT '1',
  `created_at` datetime NOT NULL,
  `updated_at` datetime DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_s5_mariadb_char36.widget_data_cache', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_s5_mariadb_char36`.`widget_data_cache`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 57 of 99: Convert sc_s5_mariadb_char36.widget_data_cache
INSERT INTO `sc_s5_mariadb_char36`.`rk_00000000_15` (`id`, `tenant`, `widget_id`, `name`, `config`, `is_active`, `created_at`, `updated_at`) SELECT m0.new_id, o.`tenant`, m2.new_id, o.`name`, o.`config`, o.`is_active`, o.`created_at`, o.`updated_at` FROM `sc_s5_mariadb_char36`.`widget_data_cache` o LEFT JOIN `_rekey_map_00000000_14` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_3` m2 ON m2.old_id = o.`widget_id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_s5_mariadb_char36.widget_data_cache' AND `part` = @rk_part;

-- Step 58 of 99: Build the indexes of sc_s5_mariadb_char36.widget_data_cache
ALTER TABLE `sc_s5_mariadb_char36`.`rk_00000000_15` ADD KEY `ix_widget_data_cache_widget_id` (`widget_id`);

-- Step 59 of 99: Build the index over the new UUIDs of sc_s5_mariadb_char36.dashboard_pages.id
ALTER TABLE `_rekey_map_00000000_0` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 60 of 99: Build the index over the new UUIDs of sc_s5_mariadb_char36.dashboard_shares.id
ALTER TABLE `_rekey_map_00000000_1` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 61 of 99: Build the index over the new UUIDs of sc_s5_mariadb_char36.dashboard_snapshots.id
ALTER TABLE `_rekey_map_00000000_2` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 62 of 99: Build the index over the new UUIDs of sc_s5_mariadb_char36.dashboard_widgets.id
ALTER TABLE `_rekey_map_00000000_3` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 63 of 99: Build the index over the new UUIDs of sc_s5_mariadb_char36.dashboards.id
ALTER TABLE `_rekey_map_00000000_4` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 64 of 99: Build the index over the new UUIDs of sc_s5_mariadb_char36.report_cache.id
ALTER TABLE `_rekey_map_00000000_5` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 65 of 99: Build the index over the new UUIDs of sc_s5_mariadb_char36.report_definitions.id
ALTER TABLE `_rekey_map_00000000_6` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 66 of 99: Build the index over the new UUIDs of sc_s5_mariadb_char36.report_executions.id
ALTER TABLE `_rekey_map_00000000_7` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 67 of 99: Build the index over the new UUIDs of sc_s5_mariadb_char36.report_schedules.id
ALTER TABLE `_rekey_map_00000000_8` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 68 of 99: Build the index over the new UUIDs of sc_s5_mariadb_char36.report_templates.id
ALTER TABLE `_rekey_map_00000000_9` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 69 of 99: Build the index over the new UUIDs of sc_s5_mariadb_char36.scheduler_configs.id
ALTER TABLE `_rekey_map_00000000_10` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 70 of 99: Build the index over the new UUIDs of sc_s5_mariadb_char36.scheduler_job_executions.id
ALTER TABLE `_rekey_map_00000000_11` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 71 of 99: Build the index over the new UUIDs of sc_s5_mariadb_char36.scheduler_job_logs.id
ALTER TABLE `_rekey_map_00000000_12` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 72 of 99: Build the index over the new UUIDs of sc_s5_mariadb_char36.scheduler_jobs.id
ALTER TABLE `_rekey_map_00000000_13` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 73 of 99: Build the index over the new UUIDs of sc_s5_mariadb_char36.widget_data_cache.id
ALTER TABLE `_rekey_map_00000000_14` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 74 of 99: Exchange the tables, all of them at once
LOCK TABLES `sc_s5_mariadb_char36`.`dashboard_pages` WRITE, `sc_s5_mariadb_char36`.`dashboard_shares` WRITE, `sc_s5_mariadb_char36`.`dashboard_snapshots` WRITE, `sc_s5_mariadb_char36`.`dashboard_widgets` WRITE, `sc_s5_mariadb_char36`.`dashboards` WRITE, `sc_s5_mariadb_char36`.`report_cache` WRITE, `sc_s5_mariadb_char36`.`report_definitions` WRITE, `sc_s5_mariadb_char36`.`report_executions` WRITE, `sc_s5_mariadb_char36`.`report_schedules` WRITE, `sc_s5_mariadb_char36`.`report_templates` WRITE, `sc_s5_mariadb_char36`.`rk_00000000_10` WRITE, `sc_s5_mariadb_char36`.`rk_00000000_11` WRITE, `sc_s5_mariadb_char36`.`rk_00000000_12` WRITE, `sc_s5_mariadb_char36`.`rk_00000000_13` WRITE, `sc_s5_mariadb_char36`.`rk_00000000_14` WRITE, `sc_s5_mariadb_char36`.`rk_00000000_15` WRITE, `sc_s5_mariadb_char36`.`rk_00000000_1` WRITE, `sc_s5_mariadb_char36`.`rk_00000000_2` WRITE, `sc_s5_mariadb_char36`.`rk_00000000_3` WRITE, `sc_s5_mariadb_char36`.`rk_00000000_4` WRITE, `sc_s5_mariadb_char36`.`rk_00000000_5` WRITE, `sc_s5_mariadb_char36`.`rk_00000000_6` WRITE, `sc_s5_mariadb_char36`.`rk_00000000_7` WRITE, `sc_s5_mariadb_char36`.`rk_00000000_8` WRITE, `sc_s5_mariadb_char36`.`rk_00000000_9` WRITE, `sc_s5_mariadb_char36`.`scheduler_configs` WRITE, `sc_s5_mariadb_char36`.`scheduler_job_executions` WRITE, `sc_s5_mariadb_char36`.`scheduler_job_logs` WRITE, `sc_s5_mariadb_char36`.`scheduler_jobs` WRITE, `sc_s5_mariadb_char36`.`widget_data_cache` WRITE;
RENAME TABLE `sc_s5_mariadb_char36`.`dashboard_pages` TO `sc_s5_mariadb_char36`.`_rekey_old_00000000_1`, `sc_s5_mariadb_char36`.`rk_00000000_1` TO `sc_s5_mariadb_char36`.`dashboard_pages`, `sc_s5_mariadb_char36`.`dashboard_shares` TO `sc_s5_mariadb_char36`.`_rekey_old_00000000_2`, `sc_s5_mariadb_char36`.`rk_00000000_2` TO `sc_s5_mariadb_char36`.`dashboard_shares`, `sc_s5_mariadb_char36`.`dashboard_snapshots` TO `sc_s5_mariadb_char36`.`_rekey_old_00000000_3`, `sc_s5_mariadb_char36`.`rk_00000000_3` TO `sc_s5_mariadb_char36`.`dashboard_snapshots`, `sc_s5_mariadb_char36`.`dashboard_widgets` TO `sc_s5_mariadb_char36`.`_rekey_old_00000000_4`, `sc_s5_mariadb_char36`.`rk_00000000_4` TO `sc_s5_mariadb_char36`.`dashboard_widgets`, `sc_s5_mariadb_char36`.`dashboards` TO `sc_s5_mariadb_char36`.`_rekey_old_00000000_5`, `sc_s5_mariadb_char36`.`rk_00000000_5` TO `sc_s5_mariadb_char36`.`dashboards`, `sc_s5_mariadb_char36`.`report_cache` TO `sc_s5_mariadb_char36`.`_rekey_old_00000000_6`, `sc_s5_mariadb_char36`.`rk_00000000_6` TO `sc_s5_mariadb_char36`.`report_cache`, `sc_s5_mariadb_char36`.`report_definitions` TO `sc_s5_mariadb_char36`.`_rekey_old_00000000_7`, `sc_s5_mariadb_char36`.`rk_00000000_7` TO `sc_s5_mariadb_char36`.`report_definitions`, `sc_s5_mariadb_char36`.`report_executions` TO `sc_s5_mariadb_char36`.`_rekey_old_00000000_8`, `sc_s5_mariadb_char36`.`rk_00000000_8` TO `sc_s5_mariadb_char36`.`report_executions`, `sc_s5_mariadb_char36`.`report_schedules` TO `sc_s5_mariadb_char36`.`_rekey_old_00000000_9`, `sc_s5_mariadb_char36`.`rk_00000000_9` TO `sc_s5_mariadb_char36`.`report_schedules`, `sc_s5_mariadb_char36`.`report_templates` TO `sc_s5_mariadb_char36`.`_rekey_old_00000000_10`, `sc_s5_mariadb_char36`.`rk_00000000_10` TO `sc_s5_mariadb_char36`.`report_templates`, `sc_s5_mariadb_char36`.`scheduler_configs` TO `sc_s5_mariadb_char36`.`_rekey_old_00000000_11`, `sc_s5_mariadb_char36`.`rk_00000000_11` TO `sc_s5_mariadb_char36`.`scheduler_configs`, `sc_s5_mariadb_char36`.`scheduler_job_executions` TO `sc_s5_mariadb_char36`.`_rekey_old_00000000_12`, `sc_s5_mariadb_char36`.`rk_00000000_12` TO `sc_s5_mariadb_char36`.`scheduler_job_executions`, `sc_s5_mariadb_char36`.`scheduler_job_logs` TO `sc_s5_mariadb_char36`.`_rekey_old_00000000_13`, `sc_s5_mariadb_char36`.`rk_00000000_13` TO `sc_s5_mariadb_char36`.`scheduler_job_logs`, `sc_s5_mariadb_char36`.`scheduler_jobs` TO `sc_s5_mariadb_char36`.`_rekey_old_00000000_14`, `sc_s5_mariadb_char36`.`rk_00000000_14` TO `sc_s5_mariadb_char36`.`scheduler_jobs`, `sc_s5_mariadb_char36`.`widget_data_cache` TO `sc_s5_mariadb_char36`.`_rekey_old_00000000_15`, `sc_s5_mariadb_char36`.`rk_00000000_15` TO `sc_s5_mariadb_char36`.`widget_data_cache`;

-- Step 75 of 99: Free the names of the references of sc_s5_mariadb_char36.dashboard_pages
ALTER TABLE `sc_s5_mariadb_char36`.`_rekey_old_00000000_1` DROP FOREIGN KEY `fk_dashboard__dashboard_id_1dc6`;

-- Step 76 of 99: Free the names of the references of sc_s5_mariadb_char36.dashboard_shares
ALTER TABLE `sc_s5_mariadb_char36`.`_rekey_old_00000000_2` DROP FOREIGN KEY `fk_dashboard__dashboard_id_dba`;

-- Step 77 of 99: Free the names of the references of sc_s5_mariadb_char36.dashboard_snapshots
ALTER TABLE `sc_s5_mariadb_char36`.`_rekey_old_00000000_3` DROP FOREIGN KEY `fk_dashboard__dashboard_id_5b4`;

-- Step 78 of 99: Free the names of the references of sc_s5_mariadb_char36.dashboard_widgets
ALTER TABLE `sc_s5_mariadb_char36`.`_rekey_old_00000000_4` DROP FOREIGN KEY `fk_dashboard__page_id_15c0`, DROP FOREIGN KEY `fk_dashboard__report_definition_id_15c0`;

-- Step 79 of 99: Free the names of the references of sc_s5_mariadb_char36.report_cache
ALTER TABLE `sc_s5_mariadb_char36`.`_rekey_old_00000000_6` DROP FOREIGN KEY `fk_report_cac_report_definition_id_6dd`;

-- Step 80 of 99: Free the names of the references of sc_s5_mariadb_char36.report_executions
ALTER TABLE `sc_s5_mariadb_char36`.`_rekey_old_00000000_8` DROP FOREIGN KEY `fk_report_exe_report_definition_id_1eef`;

-- Step 81 of 99: Free the names of the references of sc_s5_mariadb_char36.report_schedules
ALTER TABLE `sc_s5_mariadb_char36`.`_rekey_old_00000000_9` DROP FOREIGN KEY `fk_report_sch_report_definition_id_16e9`;

-- Step 82 of 99: Free the names of the references of sc_s5_mariadb_char36.scheduler_job_executions
ALTER TABLE `sc_s5_mariadb_char36`.`_rekey_old_00000000_12` DROP FOREIGN KEY `fk_scheduler__job_id_c91`;

-- Step 83 of 99: Free the names of the references of sc_s5_mariadb_char36.scheduler_job_logs
ALTER TABLE `sc_s5_mariadb_char36`.`_rekey_old_00000000_13` DROP FOREIGN KEY `fk_scheduler__execution_id_48b`;

-- Step 84 of 99: Free the names of the references of sc_s5_mariadb_char36.scheduler_jobs
ALTER TABLE `sc_s5_mariadb_char36`.`_rekey_old_00000000_14` DROP FOREIGN KEY `fk_scheduler__config_id_1497`;

-- Step 85 of 99: Free the names of the references of sc_s5_mariadb_char36.widget_data_cache
ALTER TABLE `sc_s5_mariadb_char36`.`_rekey_old_00000000_15` DROP FOREIGN KEY `fk_widget_dat_widget_id_24a3`;

-- Step 86 of 99: Put the references of sc_s5_mariadb_char36.dashboard_pages back
ALTER TABLE `sc_s5_mariadb_char36`.`dashboard_pages` ADD CONSTRAINT `fk_dashboard__dashboard_id_1dc6` FOREIGN KEY (`dashboard_id`) REFERENCES `dashboards` (`id`) ON DELETE CASCADE;

-- Step 87 of 99: Put the references of sc_s5_mariadb_char36.dashboard_shares back
ALTER TABLE `sc_s5_mariadb_char36`.`dashboard_shares` ADD CONSTRAINT `fk_dashboard__dashboard_id_dba` FOREIGN KEY (`dashboard_id`) REFERENCES `dashboards` (`id`) ON DELETE CASCADE;

-- Step 88 of 99: Put the references of sc_s5_mariadb_char36.dashboard_snapshots back
ALTER TABLE `sc_s5_mariadb_char36`.`dashboard_snapshots` ADD CONSTRAINT `fk_dashboard__dashboard_id_5b4` FOREIGN KEY (`dashboard_id`) REFERENCES `dashboards` (`id`);

-- Step 89 of 99: Put the references of sc_s5_mariadb_char36.dashboard_widgets back
ALTER TABLE `sc_s5_mariadb_char36`.`dashboard_widgets` ADD CONSTRAINT `fk_dashboard__page_id_15c0` FOREIGN KEY (`page_id`) REFERENCES `dashboard_pages` (`id`) ON DELETE CASCADE, ADD CONSTRAINT `fk_dashboard__report_definition_id_15c0` FOREIGN KEY (`report_definition_id`) REFERENCES `report_definitions` (`id`) ON DELETE SET NULL;

-- Step 90 of 99: Put the references of sc_s5_mariadb_char36.report_cache back
ALTER TABLE `sc_s5_mariadb_char36`.`report_cache` ADD CONSTRAINT `fk_report_cac_report_definition_id_6dd` FOREIGN KEY (`report_definition_id`) REFERENCES `report_definitions` (`id`) ON DELETE CASCADE;

-- Step 91 of 99: Put the references of sc_s5_mariadb_char36.report_executions back
ALTER TABLE `sc_s5_mariadb_char36`.`report_executions` ADD CONSTRAINT `fk_report_exe_report_definition_id_1eef` FOREIGN KEY (`report_definition_id`) REFERENCES `report_definitions` (`id`) ON DELETE CASCADE;

-- Step 92 of 99: Put the references of sc_s5_mariadb_char36.report_schedules back
ALTER TABLE `sc_s5_mariadb_char36`.`report_schedules` ADD CONSTRAINT `fk_report_sch_report_definition_id_16e9` FOREIGN KEY (`report_definition_id`) REFERENCES `report_definitions` (`id`);

-- Step 93 of 99: Put the references of sc_s5_mariadb_char36.scheduler_job_executions back
ALTER TABLE `sc_s5_mariadb_char36`.`scheduler_job_executions` ADD CONSTRAINT `fk_scheduler__job_id_c91` FOREIGN KEY (`job_id`) REFERENCES `scheduler_jobs` (`id`) ON DELETE CASCADE;

-- Step 94 of 99: Put the references of sc_s5_mariadb_char36.scheduler_job_logs back
ALTER TABLE `sc_s5_mariadb_char36`.`scheduler_job_logs` ADD CONSTRAINT `fk_scheduler__execution_id_48b` FOREIGN KEY (`execution_id`) REFERENCES `scheduler_job_executions` (`id`) ON DELETE CASCADE;

-- Step 95 of 99: Put the references of sc_s5_mariadb_char36.scheduler_jobs back
ALTER TABLE `sc_s5_mariadb_char36`.`scheduler_jobs` ADD CONSTRAINT `fk_scheduler__config_id_1497` FOREIGN KEY (`config_id`) REFERENCES `scheduler_configs` (`id`);

-- Step 96 of 99: Put the references of sc_s5_mariadb_char36.widget_data_cache back
ALTER TABLE `sc_s5_mariadb_char36`.`widget_data_cache` ADD CONSTRAINT `fk_widget_dat_widget_id_24a3` FOREIGN KEY (`widget_id`) REFERENCES `dashboard_widgets` (`id`) ON DELETE CASCADE;

-- Step 97 of 99: Renew the planner's statistics
ANALYZE TABLE `sc_s5_mariadb_char36`.`dashboard_pages`, `sc_s5_mariadb_char36`.`dashboard_shares`, `sc_s5_mariadb_char36`.`dashboard_snapshots`, `sc_s5_mariadb_char36`.`dashboard_widgets`, `sc_s5_mariadb_char36`.`dashboards`, `sc_s5_mariadb_char36`.`report_cache`, `sc_s5_mariadb_char36`.`report_definitions`, `sc_s5_mariadb_char36`.`report_executions`, `sc_s5_mariadb_char36`.`report_schedules`, `sc_s5_mariadb_char36`.`report_templates`, `sc_s5_mariadb_char36`.`scheduler_configs`, `sc_s5_mariadb_char36`.`scheduler_job_executions`, `sc_s5_mariadb_char36`.`scheduler_job_logs`, `sc_s5_mariadb_char36`.`scheduler_jobs`, `sc_s5_mariadb_char36`.`widget_data_cache`;

-- Step 98 of 99: Remove what only the run needed
DROP TABLE IF EXISTS `_rekey_slice_00000000`;

-- Step 99 of 99: Write the run into the journal
CREATE TABLE IF NOT EXISTS `_rekey_run` (`number` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, `run` VARCHAR(64) NOT NULL UNIQUE, `plan_fingerprint` VARCHAR(128) NOT NULL, `state` VARCHAR(32) NOT NULL, `tool_version` VARCHAR(64) NOT NULL, `started` VARCHAR(64) NOT NULL, `plan` LONGTEXT NOT NULL, `catalogue_before` LONGTEXT NOT NULL, `record` LONGTEXT NOT NULL, `progress` LONGTEXT, `taken` LONGTEXT) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `_rekey_run` (`run`, `plan_fingerprint`, `state`, `tool_version`, `started`, `plan`, `catalogue_before`, `record`) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

