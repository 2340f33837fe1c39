-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- MySQL or MariaDB database sc_mariadb_computed_letters

-- Step 1 of 13: Keep writers out
LOCK TABLES `sc_mariadb_computed_letters`.`fine` READ;

-- Step 2 of 13: Make the place for how far the tables are filled
DROP TABLE IF EXISTS `_rekey_slice_00000000`;
CREATE TABLE `_rekey_slice_00000000` (`table` VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, `part` INT NOT NULL, `upto` DECIMAL(30,0), `last` DECIMAL(30,0), `done` BIGINT UNSIGNED NOT NULL, `warnings` BIGINT UNSIGNED NOT NULL, PRIMARY KEY (`table`, `part`), CONSTRAINT `rk_00000000_no_warnings` CHECK (`warnings` = 0)) ENGINE=InnoDB;

-- Step 3 of 13: Give every id of sc_mariadb_computed_letters.fine.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_0`;
CREATE TABLE `_rekey_map_00000000_0` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_mariadb_computed_letters`.`fine` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_0` (`old_id`, `new_id`) SELECT k.old_id, LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')) FROM (SELECT `id` AS old_id FROM `sc_mariadb_computed_letters`.`fine` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 4 of 13: Make the new table of sc_mariadb_computed_letters.fine beside it
DROP TABLE IF EXISTS `sc_mariadb_computed_letters`.`rk_00000000_1`;
CREATE TABLE `sc_mariadb_computed_letters`.`rk_00000000_1` (
  `id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT (LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8 + FLOOR(RAND() * 0))), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-'))),
  `boss` char(36) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `has_boss` varchar(9) GENERATED ALWAYS AS (if(`boss` is null,'no','yes')) VIRTUAL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mariadb_computed_letters.fine', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mariadb_computed_letters`.`fine`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 5 of 13: Convert sc_mariadb_computed_letters.fine
INSERT INTO `sc_mariadb_computed_letters`.`rk_00000000_1` (`id`, `boss`) SELECT m0.new_id, m1.new_id FROM `sc_mariadb_computed_letters`.`fine` o LEFT JOIN `_rekey_map_00000000_0` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_0` m1 ON m1.old_id = o.`boss` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mariadb_computed_letters.fine' AND `part` = @rk_part;

-- Step 6 of 13: Build the indexes of sc_mariadb_computed_letters.fine
ALTER TABLE `sc_mariadb_computed_letters`.`rk_00000000_1` ADD KEY `boss` (`boss`);

-- Step 7 of 13: Build the index over the new UUIDs of sc_mariadb_computed_letters.fine.id
ALTER TABLE `_rekey_map_00000000_0` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 8 of 13: Exchange the tables, all of them at once
RENAME TABLE `sc_mariadb_computed_letters`.`fine` TO `sc_mariadb_computed_letters`.`_rekey_old_00000000_1`, `sc_mariadb_computed_letters`.`rk_00000000_1` TO `sc_mariadb_computed_letters`.`fine`;
LOCK TABLES `sc_mariadb_computed_letters`.`_rekey_old_00000000_1` WRITE, `sc_mariadb_computed_letters`.`fine` WRITE;

-- Step 9 of 13: Free the names of the references of sc_mariadb_computed_letters.fine
ALTER TABLE `sc_mariadb_computed_letters`.`_rekey_old_00000000_1` DROP FOREIGN KEY `_rekey_old_00000000_1_ibfk_1`;

-- Step 10 of 13: Put the references of sc_mariadb_computed_letters.fine back
ALTER TABLE `sc_mariadb_computed_letters`.`fine` ADD CONSTRAINT `fine_ibfk_1` FOREIGN KEY (`boss`) REFERENCES `fine` (`id`);

-- Step 11 of 13: Renew the planner's statistics
ANALYZE TABLE `sc_mariadb_computed_letters`.`fine`;

-- Step 12 of 13: Remove what only the run needed
DROP TABLE IF EXISTS `_rekey_slice_00000000`;

-- Step 13 of 13: Write the run into the journal
CREATE TABLE IF NOT EXISTS `_rekey_run` (`number` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, `run` VARCHAR(64) NOT NULL UNIQUE, `plan_fingerprint` VARCHAR(128) NOT NULL, `state` VARCHAR(32) NOT NULL, `tool_version` VARCHAR(64) NOT NULL, `started` VARCHAR(64) NOT NULL, `plan` LONGTEXT NOT NULL, `catalogue_before` LONGTEXT NOT NULL, `record` LONGTEXT NOT NULL, `progress` LONGTEXT, `taken` LONGTEXT) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `_rekey_run` (`run`, `plan_fingerprint`, `state`, `tool_version`, `started`, `plan`, `catalogue_before`, `record`) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

