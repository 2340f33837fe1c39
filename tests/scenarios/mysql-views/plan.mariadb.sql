-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- MySQL or MariaDB database sc_mysql_views

-- Step 1 of 17: Keep writers out
LOCK TABLES `sc_mysql_views`.`author` READ, `sc_mysql_views`.`book` READ;

-- Step 2 of 17: Make the place for how far the tables are filled
DROP TABLE IF EXISTS `_rekey_slice_00000000`;
CREATE TABLE `_rekey_slice_00000000` (`table` VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, `part` INT NOT NULL, `upto` DECIMAL(30,0), `last` DECIMAL(30,0), `done` BIGINT UNSIGNED NOT NULL, `warnings` BIGINT UNSIGNED NOT NULL, PRIMARY KEY (`table`, `part`), CONSTRAINT `rk_00000000_no_warnings` CHECK (`warnings` = 0)) ENGINE=InnoDB;

-- Step 3 of 17: Give every id of sc_mysql_views.author.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_0`;
CREATE TABLE `_rekey_map_00000000_0` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_mysql_views`.`author` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_0` (`old_id`, `new_id`) SELECT k.old_id, CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `id` AS old_id FROM `sc_mysql_views`.`author` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 4 of 17: Give every id of sc_mysql_views.book.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_1`;
CREATE TABLE `_rekey_map_00000000_1` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_mysql_views`.`book` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_1` (`old_id`, `new_id`) SELECT k.old_id, CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `id` AS old_id FROM `sc_mysql_views`.`book` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 5 of 17: Make the new table of sc_mysql_views.author beside it
DROP TABLE IF EXISTS `sc_mysql_views`.`rk_00000000_1`;
CREATE TABLE `sc_mysql_views`.`rk_00000000_1` (
  `id` uuid NOT NULL DEFAULT (INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8 + FLOOR(RAND() * 0))), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')),
  `name` varchar(20) DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_views.author', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_views`.`author`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 6 of 17: Convert sc_mysql_views.author
INSERT INTO `sc_mysql_views`.`rk_00000000_1` (`id`, `name`) SELECT m0.new_id, o.`name` FROM `sc_mysql_views`.`author` o LEFT JOIN `_rekey_map_00000000_0` m0 ON m0.old_id = o.`id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_views.author' AND `part` = @rk_part;

-- Step 7 of 17: Make the new table of sc_mysql_views.book beside it
DROP TABLE IF EXISTS `sc_mysql_views`.`rk_00000000_2`;
CREATE TABLE `sc_mysql_views`.`rk_00000000_2` (
  `id` uuid NOT NULL DEFAULT (INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8 + FLOOR(RAND() * 0))), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')),
  `author_id` uuid NOT NULL,
  `title` varchar(20) DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_views.book', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_views`.`book`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 8 of 17: Convert sc_mysql_views.book
SET STATEMENT join_cache_level = 4, join_buffer_size = 134217728, join_buffer_space_limit = 268435456, optimizer_switch = 'outer_join_with_cache=off,subquery_cache=off' FOR INSERT INTO `sc_mysql_views`.`rk_00000000_2` (`id`, `author_id`, `title`) SELECT m0.new_id, m1.new_id, o.`title` FROM `_rekey_map_00000000_0` m1 STRAIGHT_JOIN `sc_mysql_views`.`book` o FORCE INDEX (PRIMARY) ON m1.old_id = o.`author_id` LEFT JOIN `_rekey_map_00000000_1` m0 ON m0.old_id = o.`id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_views.book' AND `part` = @rk_part;

-- Step 9 of 17: Build the indexes of sc_mysql_views.book
ALTER TABLE `sc_mysql_views`.`rk_00000000_2` ADD KEY `author_id` (`author_id`);

-- Step 10 of 17: Build the index over the new UUIDs of sc_mysql_views.author.id
ALTER TABLE `_rekey_map_00000000_0` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 11 of 17: Build the index over the new UUIDs of sc_mysql_views.book.id
ALTER TABLE `_rekey_map_00000000_1` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 12 of 17: Exchange the tables, all of them at once
RENAME TABLE `sc_mysql_views`.`author` TO `sc_mysql_views`.`_rekey_old_00000000_1`, `sc_mysql_views`.`rk_00000000_1` TO `sc_mysql_views`.`author`, `sc_mysql_views`.`book` TO `sc_mysql_views`.`_rekey_old_00000000_2`, `sc_mysql_views`.`rk_00000000_2` TO `sc_mysql_views`.`book`;
LOCK TABLES `sc_mysql_views`.`_rekey_old_00000000_1` WRITE, `sc_mysql_views`.`_rekey_old_00000000_2` WRITE, `sc_mysql_views`.`author` WRITE, `sc_mysql_views`.`book` WRITE;

-- Step 13 of 17: Free the names of the references of sc_mysql_views.book
ALTER TABLE `sc_mysql_views`.`_rekey_old_00000000_2` DROP FOREIGN KEY `_rekey_old_00000000_2_ibfk_1`;

-- Step 14 of 17: Put the references of sc_mysql_views.book back
ALTER TABLE `sc_mysql_views`.`book` ADD CONSTRAINT `book_ibfk_1` FOREIGN KEY (`author_id`) REFERENCES `author` (`id`);

-- Step 15 of 17: Renew the planner's statistics
ANALYZE TABLE `sc_mysql_views`.`author`, `sc_mysql_views`.`book`;

-- Step 16 of 17: Remove what only the run needed
DROP TABLE IF EXISTS `_rekey_slice_00000000`;

-- Step 17 of 17: Write the run into the journal
CREATE TABLE IF NOT EXISTS `_rekey_run` (`number` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, `run` VARCHAR(64) NOT NULL UNIQUE, `plan_fingerprint` VARCHAR(128) NOT NULL, `state` VARCHAR(32) NOT NULL, `tool_version` VARCHAR(64) NOT NULL, `started` VARCHAR(64) NOT NULL, `plan` LONGTEXT NOT NULL, `catalogue_before` LONGTEXT NOT NULL, `record` LONGTEXT NOT NULL, `progress` LONGTEXT, `taken` LONGTEXT) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `_rekey_run` (`run`, `plan_fingerprint`, `state`, `tool_version`, `started`, `plan`, `catalogue_before`, `record`) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

