-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- MySQL or MariaDB database sc_mysql_repoint

-- Step 1 of 32: Keep writers out
LOCK TABLES `sc_mysql_repoint`.`avatars` READ, `sc_mysql_repoint`.`messages` READ, `sc_mysql_repoint`.`profiles` READ, `sc_mysql_repoint`.`roles` READ, `sc_mysql_repoint`.`user_roles` READ, `sc_mysql_repoint`.`users` READ;

-- Step 2 of 32: Make the place for how far the tables are filled
DROP TABLE IF EXISTS `_rekey_slice_00000000`;
CREATE TABLE `_rekey_slice_00000000` (`table` VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, `part` INT NOT NULL, `upto` DECIMAL(30,0), `last` DECIMAL(30,0), `done` BIGINT UNSIGNED NOT NULL, `warnings` BIGINT UNSIGNED NOT NULL, PRIMARY KEY (`table`, `part`), CONSTRAINT `rk_00000000_no_warnings` CHECK (`warnings` = 0)) ENGINE=InnoDB;

-- Step 3 of 32: Give every id of sc_mysql_repoint.roles.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_0`;
CREATE TABLE `_rekey_map_00000000_0` (`old_id` BIGINT NOT NULL, `new_id` binary(16) NOT NULL PRIMARY KEY, KEY `old_id` (`old_id`)) ENGINE=InnoDB;
INSERT INTO `_rekey_map_00000000_0` (`old_id`, `new_id`) SELECT t.`id` AS k, t.`token` AS u FROM `sc_mysql_repoint`.`roles` t WHERE t.`id` IS NOT NULL AND t.`token` IS NOT NULL;

-- Step 4 of 32: Give every id of sc_mysql_repoint.users.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_1`;
CREATE TABLE `_rekey_map_00000000_1` (`old_id` BIGINT UNSIGNED NOT NULL, `new_id` char(36) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL PRIMARY KEY, KEY `old_id` (`old_id`)) ENGINE=InnoDB;
INSERT INTO `_rekey_map_00000000_1` (`old_id`, `new_id`) SELECT t.`id` AS k, t.`uuid` AS u FROM `sc_mysql_repoint`.`users` t WHERE t.`id` IS NOT NULL AND t.`uuid` IS NOT NULL;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
INSERT INTO `_rekey_map_00000000_1` (`old_id`, `new_id`) SELECT k.old_id, LOWER(INSERT(INSERT(INSERT(INSERT(INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 32), 13, 5, CONCAT('4', MID(SHA2(CONCAT(@rk_secret, k.old_id), 256), 40, 3), ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')) FROM (SELECT DISTINCT c.`user_id` AS old_id FROM `sc_mysql_repoint`.`messages` c LEFT JOIN `_rekey_map_00000000_1` m ON m.old_id = c.`user_id` WHERE c.`user_id` IS NOT NULL AND m.old_id IS NULL) k;
SET @rk_secret = NULL;

-- Step 5 of 32: Make the new table of sc_mysql_repoint.avatars beside it
DROP TABLE IF EXISTS `sc_mysql_repoint`.`rk_00000000_1`;
CREATE TABLE `sc_mysql_repoint`.`rk_00000000_1` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `profile_id` char(36) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `url` varchar(9) DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB AUTO_INCREMENT=64 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_repoint.avatars', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_repoint`.`avatars`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 6 of 32: Convert sc_mysql_repoint.avatars
INSERT INTO `sc_mysql_repoint`.`rk_00000000_1` (`id`, `profile_id`, `url`) SELECT o.`id`, m1.new_id, o.`url` FROM `sc_mysql_repoint`.`avatars` o LEFT JOIN `_rekey_map_00000000_1` m1 ON m1.old_id = o.`profile_id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_repoint.avatars' AND `part` = @rk_part;

-- Step 7 of 32: Build the indexes of sc_mysql_repoint.avatars
ALTER TABLE `sc_mysql_repoint`.`rk_00000000_1` ADD KEY `profile_id` (`profile_id`);

-- Step 8 of 32: Make the new table of sc_mysql_repoint.messages beside it
DROP TABLE IF EXISTS `sc_mysql_repoint`.`rk_00000000_2`;
CREATE TABLE `sc_mysql_repoint`.`rk_00000000_2` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `user_id` char(36) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `edited_by` char(36) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `body` varchar(60) DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB AUTO_INCREMENT=1027 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_repoint.messages', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_repoint`.`messages`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 9 of 32: Convert sc_mysql_repoint.messages
INSERT INTO `sc_mysql_repoint`.`rk_00000000_2` (`id`, `user_id`, `edited_by`, `body`) SELECT o.`id`, m1.new_id, m2.new_id, o.`body` FROM `sc_mysql_repoint`.`messages` o LEFT JOIN `_rekey_map_00000000_1` m1 ON m1.old_id = o.`user_id` LEFT JOIN `_rekey_map_00000000_1` m2 ON m2.old_id = o.`edited_by` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_repoint.messages' AND `part` = @rk_part;

-- Step 10 of 32: Build the indexes of sc_mysql_repoint.messages
ALTER TABLE `sc_mysql_repoint`.`rk_00000000_2` ADD UNIQUE KEY `edited_by` (`edited_by`,`body`), ADD KEY `chat_user` (`user_id`,`id`);

-- Step 11 of 32: Make the new table of sc_mysql_repoint.profiles beside it
DROP TABLE IF EXISTS `sc_mysql_repoint`.`rk_00000000_3`;
CREATE TABLE `sc_mysql_repoint`.`rk_00000000_3` (
  `user_id` char(36) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL,
  `bio` text DEFAULT NULL,
  PRIMARY KEY (`user_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_repoint.profiles', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`user_id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`user_id`) AS DECIMAL(30,0)) - CAST(MIN(`user_id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_repoint`.`profiles`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 12 of 32: Convert sc_mysql_repoint.profiles
INSERT INTO `sc_mysql_repoint`.`rk_00000000_3` (`user_id`, `bio`) SELECT m0.new_id, o.`bio` FROM `sc_mysql_repoint`.`profiles` o LEFT JOIN `_rekey_map_00000000_1` m0 ON m0.old_id = o.`user_id` WHERE o.`user_id` > @rk_from AND o.`user_id` <= @rk_upto ORDER BY o.`user_id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_repoint.profiles' AND `part` = @rk_part;

-- Step 13 of 32: Make the new table of sc_mysql_repoint.user_roles beside it
DROP TABLE IF EXISTS `sc_mysql_repoint`.`rk_00000000_4`;
CREATE TABLE `sc_mysql_repoint`.`rk_00000000_4` (
  `user_id` char(36) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL,
  `role_id` binary(16) NOT NULL,
  PRIMARY KEY (`user_id`,`role_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) VALUES ('sc_mysql_repoint.user_roles', 0, NULL, NULL, 0, 0);

-- Step 14 of 32: Convert sc_mysql_repoint.user_roles
TRUNCATE TABLE `sc_mysql_repoint`.`rk_00000000_4`;
INSERT INTO `sc_mysql_repoint`.`rk_00000000_4` (`user_id`, `role_id`) SELECT m0.new_id, m1.new_id FROM `sc_mysql_repoint`.`user_roles` o LEFT JOIN `_rekey_map_00000000_1` m0 ON m0.old_id = o.`user_id` LEFT JOIN `_rekey_map_00000000_0` m1 ON m1.old_id = o.`role_id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = NULL, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_repoint.user_roles' AND `part` = 0;

-- Step 15 of 32: Build the indexes of sc_mysql_repoint.user_roles
ALTER TABLE `sc_mysql_repoint`.`rk_00000000_4` ADD KEY `role_id` (`role_id`);

-- Step 16 of 32: Make the new table of sc_mysql_repoint.users beside it
DROP TABLE IF EXISTS `sc_mysql_repoint`.`rk_00000000_5`;
CREATE TABLE `sc_mysql_repoint`.`rk_00000000_5` (
  `id` int(10) unsigned NOT NULL AUTO_INCREMENT,
  `uuid` char(36) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL,
  `email` varchar(30) DEFAULT NULL,
  `manager_id` char(36) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `uuid_slug` varchar(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT (CONCAT(SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1), SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1), SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1), SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1), SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1), SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1), SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1), SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1), SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1), SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1), SUBSTR('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + CONV(HEX(RANDOM_BYTES(7 + FLOOR(RAND() * 0))), 16, 10) MOD 62, 1))),
  PRIMARY KEY (`id`)
) ENGINE=InnoDB AUTO_INCREMENT=512 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_repoint.users', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_repoint`.`users`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 17 of 32: Convert sc_mysql_repoint.users
INSERT INTO `sc_mysql_repoint`.`rk_00000000_5` (`id`, `uuid`, `email`, `manager_id`) SELECT o.`id`, o.`uuid`, o.`email`, m3.new_id FROM `sc_mysql_repoint`.`users` o LEFT JOIN `_rekey_map_00000000_1` m3 ON m3.old_id = o.`manager_id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_repoint.users' AND `part` = @rk_part;

-- Step 18 of 32: Build the indexes of sc_mysql_repoint.users
ALTER TABLE `sc_mysql_repoint`.`rk_00000000_5` ADD UNIQUE KEY `uuid` (`uuid`), ADD UNIQUE KEY `email` (`email`), ADD KEY `boss` (`manager_id`), ADD UNIQUE KEY `uuid_slug` (`uuid_slug`);

-- Step 19 of 32: Exchange the tables, all of them at once
RENAME TABLE `sc_mysql_repoint`.`avatars` TO `sc_mysql_repoint`.`_rekey_old_00000000_1`, `sc_mysql_repoint`.`rk_00000000_1` TO `sc_mysql_repoint`.`avatars`, `sc_mysql_repoint`.`messages` TO `sc_mysql_repoint`.`_rekey_old_00000000_2`, `sc_mysql_repoint`.`rk_00000000_2` TO `sc_mysql_repoint`.`messages`, `sc_mysql_repoint`.`profiles` TO `sc_mysql_repoint`.`_rekey_old_00000000_3`, `sc_mysql_repoint`.`rk_00000000_3` TO `sc_mysql_repoint`.`profiles`, `sc_mysql_repoint`.`user_roles` TO `sc_mysql_repoint`.`_rekey_old_00000000_4`, `sc_mysql_repoint`.`rk_00000000_4` TO `sc_mysql_repoint`.`user_roles`, `sc_mysql_repoint`.`users` TO `sc_mysql_repoint`.`_rekey_old_00000000_5`, `sc_mysql_repoint`.`rk_00000000_5` TO `sc_mysql_repoint`.`users`;
LOCK TABLES `sc_mysql_repoint`.`_rekey_old_00000000_1` WRITE, `sc_mysql_repoint`.`_rekey_old_00000000_2` WRITE, `sc_mysql_repoint`.`_rekey_old_00000000_3` WRITE, `sc_mysql_repoint`.`_rekey_old_00000000_4` WRITE, `sc_mysql_repoint`.`_rekey_old_00000000_5` WRITE, `sc_mysql_repoint`.`avatars` WRITE, `sc_mysql_repoint`.`messages` WRITE, `sc_mysql_repoint`.`profiles` WRITE, `sc_mysql_repoint`.`roles` WRITE, `sc_mysql_repoint`.`user_roles` WRITE, `sc_mysql_repoint`.`users` WRITE;

-- Step 20 of 32: Free the names of the references of sc_mysql_repoint.avatars
ALTER TABLE `sc_mysql_repoint`.`_rekey_old_00000000_1` DROP FOREIGN KEY `_rekey_old_00000000_1_ibfk_1`;

-- Step 21 of 32: Free the names of the references of sc_mysql_repoint.messages
ALTER TABLE `sc_mysql_repoint`.`_rekey_old_00000000_2` DROP FOREIGN KEY `edited (by)`;

-- Step 22 of 32: Free the names of the references of sc_mysql_repoint.profiles
ALTER TABLE `sc_mysql_repoint`.`_rekey_old_00000000_3` DROP FOREIGN KEY `_rekey_old_00000000_3_ibfk_1`;

-- Step 23 of 32: Free the names of the references of sc_mysql_repoint.user_roles
ALTER TABLE `sc_mysql_repoint`.`_rekey_old_00000000_4` DROP FOREIGN KEY `_rekey_old_00000000_4_ibfk_1`, DROP FOREIGN KEY `_rekey_old_00000000_4_ibfk_2`;

-- Step 24 of 32: Free the names of the references of sc_mysql_repoint.users
ALTER TABLE `sc_mysql_repoint`.`_rekey_old_00000000_5` DROP FOREIGN KEY `boss`;

-- Step 25 of 32: Put the references of sc_mysql_repoint.avatars back
ALTER TABLE `sc_mysql_repoint`.`avatars` ADD CONSTRAINT `avatars_ibfk_1` FOREIGN KEY (`profile_id`) REFERENCES `profiles` (`user_id`);

-- Step 26 of 32: Put the references of sc_mysql_repoint.messages back
ALTER TABLE `sc_mysql_repoint`.`messages` ADD CONSTRAINT `edited (by)` FOREIGN KEY (`edited_by`) REFERENCES `users` (`uuid`) ON DELETE SET NULL;

-- Step 27 of 32: Put the references of sc_mysql_repoint.profiles back
ALTER TABLE `sc_mysql_repoint`.`profiles` ADD CONSTRAINT `profiles_ibfk_1` FOREIGN KEY (`user_id`) REFERENCES `users` (`uuid`) ON UPDATE CASCADE;

-- Step 28 of 32: Put the references of sc_mysql_repoint.user_roles back
ALTER TABLE `sc_mysql_repoint`.`user_roles` ADD CONSTRAINT `user_roles_ibfk_1` FOREIGN KEY (`user_id`) REFERENCES `users` (`uuid`) ON DELETE CASCADE, ADD CONSTRAINT `user_roles_ibfk_2` FOREIGN KEY (`role_id`) REFERENCES `roles` (`token`);

-- Step 29 of 32: Put the references of sc_mysql_repoint.users back
ALTER TABLE `sc_mysql_repoint`.`users` ADD CONSTRAINT `boss` FOREIGN KEY (`manager_id`) REFERENCES `users` (`uuid`) ON DELETE SET NULL;

-- Step 30 of 32: Renew the planner's statistics
ANALYZE TABLE `sc_mysql_repoint`.`avatars`, `sc_mysql_repoint`.`messages`, `sc_mysql_repoint`.`profiles`, `sc_mysql_repoint`.`user_roles`, `sc_mysql_repoint`.`users`;

-- Step 31 of 32: Remove what only the run needed
DROP TABLE IF EXISTS `_rekey_slice_00000000`;

-- Step 32 of 32: Write the run into the journal
CREATE TABLE IF NOT EXISTS `_rekey_run` (`number` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, `run` VARCHAR(64) NOT NULL UNIQUE, `plan_fingerprint` VARCHAR(128) NOT NULL, `state` VARCHAR(32) NOT NULL, `tool_version` VARCHAR(64) NOT NULL, `started` VARCHAR(64) NOT NULL, `plan` LONGTEXT NOT NULL, `catalogue_before` LONGTEXT NOT NULL, `record` LONGTEXT NOT NULL, `progress` LONGTEXT, `taken` LONGTEXT) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `_rekey_run` (`run`, `plan_fingerprint`, `state`, `tool_version`, `started`, `plan`, `catalogue_before`, `record`) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

