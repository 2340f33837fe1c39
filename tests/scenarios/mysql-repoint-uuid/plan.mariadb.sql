-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- MySQL or MariaDB database sc_mysql_repoint_uuid

-- Step 1 of 12: Keep writers out
LOCK TABLES `sc_mysql_repoint_uuid`.`orders` READ, `sc_mysql_repoint_uuid`.`users` READ;

-- Step 2 of 12: Make the place for how far the tables are filled
DROP TABLE IF EXISTS `_rekey_slice_00000000`;
CREATE TABLE `_rekey_slice_00000000` (`table` VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, `part` INT NOT NULL, `upto` DECIMAL(30,0), `last` DECIMAL(30,0), `done` BIGINT UNSIGNED NOT NULL, `warnings` BIGINT UNSIGNED NOT NULL, PRIMARY KEY (`table`, `part`), CONSTRAINT `rk_00000000_no_warnings` CHECK (`warnings` = 0)) ENGINE=InnoDB;

-- Step 3 of 12: Give every id of sc_mysql_repoint_uuid.users.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_0`;
CREATE TABLE `_rekey_map_00000000_0` (`old_id` BIGINT NOT NULL, `new_id` uuid NOT NULL PRIMARY KEY, KEY `old_id` (`old_id`)) ENGINE=InnoDB;
INSERT INTO `_rekey_map_00000000_0` (`old_id`, `new_id`) SELECT t.`id` AS k, t.`public_id` AS u FROM `sc_mysql_repoint_uuid`.`users` t WHERE t.`id` IS NOT NULL AND t.`public_id` IS NOT NULL;

-- Step 4 of 12: Make the new table of sc_mysql_repoint_uuid.orders beside it
DROP TABLE IF EXISTS `sc_mysql_repoint_uuid`.`rk_00000000_1`;
CREATE TABLE `sc_mysql_repoint_uuid`.`rk_00000000_1` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `user_id` uuid NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB AUTO_INCREMENT=4 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_repoint_uuid.orders', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_repoint_uuid`.`orders`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 5 of 12: Convert sc_mysql_repoint_uuid.orders
INSERT INTO `sc_mysql_repoint_uuid`.`rk_00000000_1` (`id`, `user_id`) SELECT o.`id`, m1.new_id FROM `sc_mysql_repoint_uuid`.`orders` o LEFT JOIN `_rekey_map_00000000_0` m1 ON m1.old_id = o.`user_id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_repoint_uuid.orders' AND `part` = @rk_part;

-- Step 6 of 12: Build the indexes of sc_mysql_repoint_uuid.orders
ALTER TABLE `sc_mysql_repoint_uuid`.`rk_00000000_1` ADD KEY `of_user` (`user_id`);

-- Step 7 of 12: Exchange the tables, all of them at once
RENAME TABLE `sc_mysql_repoint_uuid`.`orders` TO `sc_mysql_repoint_uuid`.`_rekey_old_00000000_1`, `sc_mysql_repoint_uuid`.`rk_00000000_1` TO `sc_mysql_repoint_uuid`.`orders`;
LOCK TABLES `sc_mysql_repoint_uuid`.`_rekey_old_00000000_1` WRITE, `sc_mysql_repoint_uuid`.`orders` WRITE, `sc_mysql_repoint_uuid`.`users` WRITE;

-- Step 8 of 12: Free the names of the references of sc_mysql_repoint_uuid.orders
ALTER TABLE `sc_mysql_repoint_uuid`.`_rekey_old_00000000_1` DROP FOREIGN KEY `of_user`;

-- Step 9 of 12: Put the references of sc_mysql_repoint_uuid.orders back
ALTER TABLE `sc_mysql_repoint_uuid`.`orders` ADD CONSTRAINT `of_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`public_id`);

-- Step 10 of 12: Renew the planner's statistics
ANALYZE TABLE `sc_mysql_repoint_uuid`.`orders`;

-- Step 11 of 12: Remove what only the run needed
DROP TABLE IF EXISTS `_rekey_slice_00000000`;

-- Step 12 of 12: Write the run into the journal
CREATE TABLE IF NOT EXISTS `_rekey_run` (`number` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, `run` VARCHAR(64) NOT NULL UNIQUE, `plan_fingerprint` VARCHAR(128) NOT NULL, `state` VARCHAR(32) NOT NULL, `tool_version` VARCHAR(64) NOT NULL, `started` VARCHAR(64) NOT NULL, `plan` LONGTEXT NOT NULL, `catalogue_before` LONGTEXT NOT NULL, `record` LONGTEXT NOT NULL, `progress` LONGTEXT, `taken` LONGTEXT) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `_rekey_run` (`run`, `plan_fingerprint`, `state`, `tool_version`, `started`, `plan`, `catalogue_before`, `record`) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

