-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- MySQL or MariaDB database sc_mariadb_odd_uuids

-- Step 1 of 9: Keep writers out
LOCK TABLES `sc_mariadb_odd_uuids`.`fine` READ;

-- Step 2 of 9: Make the place for how far the tables are filled
DROP TABLE IF EXISTS `_rekey_slice_00000000`;
CREATE TABLE `_rekey_slice_00000000` (`table` VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, `part` INT NOT NULL, `upto` DECIMAL(30,0), `last` DECIMAL(30,0), `done` BIGINT UNSIGNED NOT NULL, `warnings` BIGINT UNSIGNED NOT NULL, PRIMARY KEY (`table`, `part`), CONSTRAINT `rk_00000000_no_warnings` CHECK (`warnings` = 0)) ENGINE=InnoDB;

-- Step 3 of 9: Give every id of sc_mariadb_odd_uuids.fine.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_0`;
CREATE TABLE `_rekey_map_00000000_0` (`old_id` VARBINARY(144) NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
INSERT INTO `_rekey_map_00000000_0` (`old_id`, `new_id`) SELECT v.t, INSERT(INSERT(INSERT(INSERT(CASE WHEN CHAR_LENGTH(CONVERT(v.t USING utf8mb4)) <= 41 AND CONVERT(v.t USING utf8mb4) COLLATE utf8mb4_bin REGEXP '^([{]([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4}[}]|([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4})$' AND CHAR_LENGTH(UPPER(REPLACE(REPLACE(REPLACE(CONVERT(v.t USING utf8mb4), '-', ''), '{', ''), '}', ''))) = 32 THEN UPPER(REPLACE(REPLACE(REPLACE(CONVERT(v.t USING utf8mb4), '-', ''), '{', ''), '}', '')) END, 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-') FROM (SELECT CAST(CONVERT(c.`id` USING utf8mb4) AS BINARY) AS t FROM `sc_mariadb_odd_uuids`.`fine` c WHERE c.`id` IS NOT NULL) v WHERE INSERT(INSERT(INSERT(INSERT(CASE WHEN CHAR_LENGTH(CONVERT(v.t USING utf8mb4)) <= 41 AND CONVERT(v.t USING utf8mb4) COLLATE utf8mb4_bin REGEXP '^([{]([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4}[}]|([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4})$' AND CHAR_LENGTH(UPPER(REPLACE(REPLACE(REPLACE(CONVERT(v.t USING utf8mb4), '-', ''), '{', ''), '}', ''))) = 32 THEN UPPER(REPLACE(REPLACE(REPLACE(CONVERT(v.t USING utf8mb4), '-', ''), '{', ''), '}', '')) END, 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-') IS NOT NULL ORDER BY v.t;
ALTER TABLE `_rekey_map_00000000_0` ADD UNIQUE KEY `new_id` (`new_id`);
DROP TABLE IF EXISTS `_rekey_kept_00000000_0`;
CREATE TABLE `_rekey_kept_00000000_0` (`old_id` VARBINARY(144) NOT NULL PRIMARY KEY, `new_id` uuid NULL, `same_as` VARBINARY(144) NULL) ENGINE=InnoDB;
DELETE v FROM `_rekey_kept_00000000_0` v JOIN `_rekey_map_00000000_0` m ON m.old_id = v.old_id;

-- Step 4 of 9: Make the new table of sc_mariadb_odd_uuids.fine beside it
DROP TABLE IF EXISTS `sc_mariadb_odd_uuids`.`rk_00000000_1`;
CREATE TABLE `sc_mariadb_odd_uuids`.`rk_00000000_1` (
  `id` uuid NOT NULL,
  `name` varchar(9) DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) VALUES ('sc_mariadb_odd_uuids.fine', 0, NULL, NULL, 0, 0);

-- Step 5 of 9: Convert sc_mariadb_odd_uuids.fine
TRUNCATE TABLE `sc_mariadb_odd_uuids`.`rk_00000000_1`;
INSERT INTO `sc_mariadb_odd_uuids`.`rk_00000000_1` (`id`, `name`) SELECT m0.new_id, o.`name` FROM `sc_mariadb_odd_uuids`.`fine` o LEFT JOIN `_rekey_map_00000000_0` m0 ON m0.old_id = CAST(CONVERT(o.`id` USING utf8mb4) AS BINARY);
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = NULL, `warnings` = @rk_warnings WHERE `table` = 'sc_mariadb_odd_uuids.fine' AND `part` = 0;

-- Step 6 of 9: Exchange the tables, all of them at once
RENAME TABLE `sc_mariadb_odd_uuids`.`fine` TO `sc_mariadb_odd_uuids`.`_rekey_old_00000000_1`, `sc_mariadb_odd_uuids`.`rk_00000000_1` TO `sc_mariadb_odd_uuids`.`fine`;
LOCK TABLES `sc_mariadb_odd_uuids`.`_rekey_old_00000000_1` WRITE, `sc_mariadb_odd_uuids`.`fine` WRITE;

-- Step 7 of 9: Renew the planner's statistics
ANALYZE TABLE `sc_mariadb_odd_uuids`.`fine`;

-- Step 8 of 9: Remove what only the run needed
DROP TABLE IF EXISTS `_rekey_slice_00000000`, `_rekey_kept_00000000_0`;

-- Step 9 of 9: Write the run into the journal
CREATE TABLE IF NOT EXISTS `_rekey_run` (`number` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, `run` VARCHAR(64) NOT NULL UNIQUE, `plan_fingerprint` VARCHAR(128) NOT NULL, `state` VARCHAR(32) NOT NULL, `tool_version` VARCHAR(64) NOT NULL, `started` VARCHAR(64) NOT NULL, `plan` LONGTEXT NOT NULL, `catalogue_before` LONGTEXT NOT NULL, `record` LONGTEXT NOT NULL, `progress` LONGTEXT, `taken` LONGTEXT) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `_rekey_run` (`run`, `plan_fingerprint`, `state`, `tool_version`, `started`, `plan`, `catalogue_before`, `record`) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

