-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- MySQL or MariaDB database sc_inferred_without_index

-- Step 1 of 24: Keep writers out
LOCK TABLES `sc_inferred_without_index`.`author` READ, `sc_inferred_without_index`.`book` READ, `sc_inferred_without_index`.`note` READ, `sc_inferred_without_index`.`shelf` READ;

-- Step 2 of 24: Make the place for how far the tables are filled
DROP TABLE IF EXISTS `_rekey_slice_00000000`;
CREATE TABLE `_rekey_slice_00000000` (`table` VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, `part` INT NOT NULL, `upto` DECIMAL(30,0), `last` DECIMAL(30,0), `done` BIGINT UNSIGNED NOT NULL, `warnings` BIGINT UNSIGNED NOT NULL, PRIMARY KEY (`table`, `part`), CONSTRAINT `rk_00000000_no_warnings` CHECK (`warnings` = 0)) ENGINE=InnoDB;

-- Step 3 of 24: Give every id of sc_inferred_without_index.author.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_0`;
CREATE TABLE `_rekey_map_00000000_0` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` binary(16) NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_inferred_without_index`.`author` WHERE `id` IS NOT NULL UNION SELECT `author_id` FROM `sc_inferred_without_index`.`book` WHERE `author_id` IS NOT NULL UNION SELECT `author_id` FROM `sc_inferred_without_index`.`note` WHERE `author_id` IS NOT NULL UNION SELECT `author_id` FROM `sc_inferred_without_index`.`shelf` WHERE `author_id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_0` (`old_id`, `new_id`) SELECT k.old_id, UNHEX(CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B')))) FROM (SELECT `id` AS old_id FROM `sc_inferred_without_index`.`author` WHERE `id` IS NOT NULL UNION SELECT `author_id` FROM `sc_inferred_without_index`.`book` WHERE `author_id` IS NOT NULL UNION SELECT `author_id` FROM `sc_inferred_without_index`.`note` WHERE `author_id` IS NOT NULL UNION SELECT `author_id` FROM `sc_inferred_without_index`.`shelf` WHERE `author_id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 4 of 24: Give every id of sc_inferred_without_index.book.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_1`;
CREATE TABLE `_rekey_map_00000000_1` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` binary(16) NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_inferred_without_index`.`book` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_1` (`old_id`, `new_id`) SELECT k.old_id, UNHEX(CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B')))) FROM (SELECT `id` AS old_id FROM `sc_inferred_without_index`.`book` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 5 of 24: Give every id of sc_inferred_without_index.note.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_2`;
CREATE TABLE `_rekey_map_00000000_2` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` binary(16) NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_inferred_without_index`.`note` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_2` (`old_id`, `new_id`) SELECT k.old_id, UNHEX(CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B')))) FROM (SELECT `id` AS old_id FROM `sc_inferred_without_index`.`note` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 6 of 24: Give every id of sc_inferred_without_index.shelf.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_3`;
CREATE TABLE `_rekey_map_00000000_3` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` binary(16) NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_inferred_without_index`.`shelf` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_3` (`old_id`, `new_id`) SELECT k.old_id, UNHEX(CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B')))) FROM (SELECT `id` AS old_id FROM `sc_inferred_without_index`.`shelf` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 7 of 24: Make the new table of sc_inferred_without_index.author beside it
DROP TABLE IF EXISTS `sc_inferred_without_index`.`rk_00000000_1`;
CREATE TABLE `sc_inferred_without_index`.`rk_00000000_1` (
  `id` binary(16) NOT NULL,
  `name` varchar(20) DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_inferred_without_index.author', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_inferred_without_index`.`author`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 8 of 24: Convert sc_inferred_without_index.author
INSERT INTO `sc_inferred_without_index`.`rk_00000000_1` (`id`, `name`) SELECT m0.new_id, o.`name` FROM `sc_inferred_without_index`.`author` o LEFT JOIN `_rekey_map_00000000_0` m0 ON m0.old_id = o.`id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_inferred_without_index.author' AND `part` = @rk_part;

-- Step 9 of 24: Make the new table of sc_inferred_without_index.book beside it
DROP TABLE IF EXISTS `sc_inferred_without_index`.`rk_00000000_2`;
CREATE TABLE `sc_inferred_without_index`.`rk_00000000_2` (
  `id` binary(16) NOT NULL,
  `author_id` binary(16) DEFAULT NULL,
  `title` varchar(20) DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_inferred_without_index.book', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_inferred_without_index`.`book`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 10 of 24: Convert sc_inferred_without_index.book
INSERT INTO `sc_inferred_without_index`.`rk_00000000_2` (`id`, `author_id`, `title`) SELECT m0.new_id, m1.new_id, o.`title` FROM `sc_inferred_without_index`.`book` o LEFT JOIN `_rekey_map_00000000_1` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_0` m1 ON m1.old_id = o.`author_id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_inferred_without_index.book' AND `part` = @rk_part;

-- Step 11 of 24: Build the indexes of sc_inferred_without_index.book
ALTER TABLE `sc_inferred_without_index`.`rk_00000000_2` ADD KEY `IX_book_author_id` (`title`,`author_id`), ADD KEY `by_title` (`title`), ADD KEY `ix_book_author_id_1` (`author_id`);

-- Step 12 of 24: Make the new table of sc_inferred_without_index.note beside it
DROP TABLE IF EXISTS `sc_inferred_without_index`.`rk_00000000_3`;
CREATE TABLE `sc_inferred_without_index`.`rk_00000000_3` (
  `id` binary(16) NOT NULL,
  `author_id` binary(16) DEFAULT NULL,
  `text` varchar(20) DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_inferred_without_index.note', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_inferred_without_index`.`note`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 13 of 24: Convert sc_inferred_without_index.note
INSERT INTO `sc_inferred_without_index`.`rk_00000000_3` (`id`, `author_id`, `text`) SELECT m0.new_id, m1.new_id, o.`text` FROM `sc_inferred_without_index`.`note` o LEFT JOIN `_rekey_map_00000000_2` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_0` m1 ON m1.old_id = o.`author_id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_inferred_without_index.note' AND `part` = @rk_part;

-- Step 14 of 24: Make the new table of sc_inferred_without_index.shelf beside it
DROP TABLE IF EXISTS `sc_inferred_without_index`.`rk_00000000_4`;
CREATE TABLE `sc_inferred_without_index`.`rk_00000000_4` (
  `id` binary(16) NOT NULL,
  `author_id` binary(16) DEFAULT NULL,
  `place` varchar(20) DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_inferred_without_index.shelf', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_inferred_without_index`.`shelf`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 15 of 24: Convert sc_inferred_without_index.shelf
INSERT INTO `sc_inferred_without_index`.`rk_00000000_4` (`id`, `author_id`, `place`) SELECT m0.new_id, m1.new_id, o.`place` FROM `sc_inferred_without_index`.`shelf` o LEFT JOIN `_rekey_map_00000000_3` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_0` m1 ON m1.old_id = o.`author_id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_inferred_without_index.shelf' AND `part` = @rk_part;

-- Step 16 of 24: Build the indexes of sc_inferred_without_index.shelf
ALTER TABLE `sc_inferred_without_index`.`rk_00000000_4` ADD KEY `shelf_of` (`author_id`,`place`);

-- Step 17 of 24: Build the index over the new UUIDs of sc_inferred_without_index.author.id
ALTER TABLE `_rekey_map_00000000_0` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 18 of 24: Build the index over the new UUIDs of sc_inferred_without_index.book.id
ALTER TABLE `_rekey_map_00000000_1` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 19 of 24: Build the index over the new UUIDs of sc_inferred_without_index.note.id
ALTER TABLE `_rekey_map_00000000_2` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 20 of 24: Build the index over the new UUIDs of sc_inferred_without_index.shelf.id
ALTER TABLE `_rekey_map_00000000_3` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 21 of 24: Exchange the tables, all of them at once
LOCK TABLES `sc_inferred_without_index`.`author` WRITE, `sc_inferred_without_index`.`book` WRITE, `sc_inferred_without_index`.`note` WRITE, `sc_inferred_without_index`.`rk_00000000_1` WRITE, `sc_inferred_without_index`.`rk_00000000_2` WRITE, `sc_inferred_without_index`.`rk_00000000_3` WRITE, `sc_inferred_without_index`.`rk_00000000_4` WRITE, `sc_inferred_without_index`.`shelf` WRITE;
RENAME TABLE `sc_inferred_without_index`.`author` TO `sc_inferred_without_index`.`_rekey_old_00000000_1`, `sc_inferred_without_index`.`rk_00000000_1` TO `sc_inferred_without_index`.`author`, `sc_inferred_without_index`.`book` TO `sc_inferred_without_index`.`_rekey_old_00000000_2`, `sc_inferred_without_index`.`rk_00000000_2` TO `sc_inferred_without_index`.`book`, `sc_inferred_without_index`.`note` TO `sc_inferred_without_index`.`_rekey_old_00000000_3`, `sc_inferred_without_index`.`rk_00000000_3` TO `sc_inferred_without_index`.`note`, `sc_inferred_without_index`.`shelf` TO `sc_inferred_without_index`.`_rekey_old_00000000_4`, `sc_inferred_without_index`.`rk_00000000_4` TO `sc_inferred_without_index`.`shelf`;

-- Step 22 of 24: Renew the planner's statistics
ANALYZE TABLE `sc_inferred_without_index`.`author`, `sc_inferred_without_index`.`book`, `sc_inferred_without_index`.`note`, `sc_inferred_without_index`.`shelf`;

-- Step 23 of 24: Remove what only the run needed
DROP TABLE IF EXISTS `_rekey_slice_00000000`;

-- Step 24 of 24: Write the run into the journal
CREATE TABLE IF NOT EXISTS `_rekey_run` (`number` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, `run` VARCHAR(64) NOT NULL UNIQUE, `plan_fingerprint` VARCHAR(128) NOT NULL, `state` VARCHAR(32) NOT NULL, `tool_version` VARCHAR(64) NOT NULL, `started` VARCHAR(64) NOT NULL, `plan` LONGTEXT NOT NULL, `catalogue_before` LONGTEXT NOT NULL, `record` LONGTEXT NOT NULL, `progress` LONGTEXT, `taken` LONGTEXT) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `_rekey_run` (`run`, `plan_fingerprint`, `state`, `tool_version`, `started`, `plan`, `catalogue_before`, `record`) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

