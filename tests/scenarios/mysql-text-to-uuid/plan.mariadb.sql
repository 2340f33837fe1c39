-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- MySQL or MariaDB database sc_mysql_text_to_uuid

-- Step 1 of 27: Keep writers out
LOCK TABLES `sc_mysql_text_to_uuid`.`apart` READ, `sc_mysql_text_to_uuid`.`bare` READ, `sc_mysql_text_to_uuid`.`notes` READ, `sc_mysql_text_to_uuid`.`settings` READ, `sc_mysql_text_to_uuid`.`users` READ;

-- Step 2 of 27: Make the place for how far the tables are filled
DROP TABLE IF EXISTS `_rekey_slice_00000000`;
CREATE TABLE `_rekey_slice_00000000` (`table` VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, `part` INT NOT NULL, `upto` DECIMAL(30,0), `last` DECIMAL(30,0), `done` BIGINT UNSIGNED NOT NULL, `warnings` BIGINT UNSIGNED NOT NULL, PRIMARY KEY (`table`, `part`), CONSTRAINT `rk_00000000_no_warnings` CHECK (`warnings` = 0)) ENGINE=InnoDB;

-- Step 3 of 27: Give every id of sc_mysql_text_to_uuid.notes.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_0`;
CREATE TABLE `_rekey_map_00000000_0` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_mysql_text_to_uuid`.`notes` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_0` (`old_id`, `new_id`) SELECT k.old_id, LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')) FROM (SELECT `id` AS old_id FROM `sc_mysql_text_to_uuid`.`notes` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 4 of 27: Give every id of sc_mysql_text_to_uuid.users.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_1`;
CREATE TABLE `_rekey_map_00000000_1` (`old_id` VARBINARY(3072) NOT NULL PRIMARY KEY, `new_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL) ENGINE=InnoDB;
INSERT INTO `_rekey_map_00000000_1` (`old_id`, `new_id`) SELECT v.t, LOWER(INSERT(INSERT(INSERT(INSERT(CASE WHEN CHAR_LENGTH(REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.t USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', '')) <= 41 AND REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.t USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', '') COLLATE utf8mb4_bin REGEXP '^([{]([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4}[}]|([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4})$' AND CHAR_LENGTH(UPPER(REPLACE(REPLACE(REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.t USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', ''), '-', ''), '{', ''), '}', ''))) = 32 THEN UPPER(REPLACE(REPLACE(REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.t USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', ''), '-', ''), '{', ''), '}', '')) END, 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')) FROM (SELECT CAST(CONVERT(c.`id` USING utf8mb4) AS BINARY) AS t FROM `sc_mysql_text_to_uuid`.`users` c WHERE c.`id` IS NOT NULL) v WHERE LOWER(INSERT(INSERT(INSERT(INSERT(CASE WHEN CHAR_LENGTH(REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.t USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', '')) <= 41 AND REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.t USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', '') COLLATE utf8mb4_bin REGEXP '^([{]([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4}[}]|([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4})$' AND CHAR_LENGTH(UPPER(REPLACE(REPLACE(REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.t USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', ''), '-', ''), '{', ''), '}', ''))) = 32 THEN UPPER(REPLACE(REPLACE(REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.t USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', ''), '-', ''), '{', ''), '}', '')) END, 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')) IS NOT NULL ORDER BY v.t;
ALTER TABLE `_rekey_map_00000000_1` ADD UNIQUE KEY `new_id` (`new_id`);
DROP TABLE IF EXISTS `_rekey_kept_00000000_1`;
CREATE TABLE `_rekey_kept_00000000_1` (`old_id` VARBINARY(3072) NOT NULL PRIMARY KEY, `new_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NULL, `same_as` VARBINARY(3072) NULL) ENGINE=InnoDB;
INSERT INTO `_rekey_kept_00000000_1` (`old_id`) SELECT DISTINCT v.t FROM (SELECT CAST(CONVERT(c.`user_id` USING utf8mb4) AS BINARY) AS t FROM `sc_mysql_text_to_uuid`.`notes` c WHERE c.`user_id` IS NOT NULL UNION ALL SELECT CAST(CONVERT(c.`invited_by` USING utf8mb4) AS BINARY) AS t FROM `sc_mysql_text_to_uuid`.`users` c WHERE c.`invited_by` IS NOT NULL UNION ALL SELECT CAST(CONVERT(c.`user_id` USING utf8mb4) AS BINARY) AS t FROM `sc_mysql_text_to_uuid`.`apart` c WHERE c.`user_id` IS NOT NULL UNION ALL SELECT CAST(CONVERT(c.`user_id` USING utf8mb4) AS BINARY) AS t FROM `sc_mysql_text_to_uuid`.`bare` c WHERE c.`user_id` IS NOT NULL UNION ALL SELECT CAST(CONVERT(c.`user_id` USING utf8mb4) AS BINARY) AS t FROM `sc_mysql_text_to_uuid`.`settings` c WHERE c.`user_id` IS NOT NULL) v LEFT JOIN `_rekey_map_00000000_1` m ON m.old_id = v.t WHERE m.old_id IS NULL;
UPDATE `_rekey_kept_00000000_1` v SET v.new_id = LOWER(INSERT(INSERT(INSERT(INSERT(CASE WHEN CHAR_LENGTH(REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.old_id USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', '')) <= 41 AND REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.old_id USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', '') COLLATE utf8mb4_bin REGEXP '^([{]([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4}[}]|([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4})$' AND CHAR_LENGTH(UPPER(REPLACE(REPLACE(REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.old_id USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', ''), '-', ''), '{', ''), '}', ''))) = 32 THEN UPPER(REPLACE(REPLACE(REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.old_id USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', ''), '-', ''), '{', ''), '}', '')) END, 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-'));
INSERT INTO `_rekey_map_00000000_1` (`old_id`, `new_id`) SELECT MIN(v.old_id), v.new_id FROM `_rekey_kept_00000000_1` v LEFT JOIN `_rekey_map_00000000_1` m ON m.new_id = v.new_id WHERE v.new_id IS NOT NULL AND m.new_id IS NULL GROUP BY v.new_id;
DELETE v FROM `_rekey_kept_00000000_1` v JOIN `_rekey_map_00000000_1` m ON m.old_id = v.old_id;

-- Step 5 of 27: Keep the spelling of references that differ from their keys
DROP TABLE IF EXISTS `_rekey_kept_00000000_1_1`;
CREATE TABLE `_rekey_kept_00000000_1_1` (`row_key` BINARY(32) NOT NULL PRIMARY KEY, `new_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, `old_id` VARBINARY(3072) NOT NULL) ENGINE=InnoDB;
INSERT INTO `_rekey_kept_00000000_1_1` (`row_key`, `new_id`, `old_id`) SELECT UNHEX(SHA2(CONCAT(COALESCE(LENGTH(UPPER(REPLACE(k0.new_id, '-', ''))), 'N'), ':', COALESCE(UPPER(REPLACE(k0.new_id, '-', '')), '')), 256)), d.new_id, d.old_id FROM `sc_mysql_text_to_uuid`.`notes` o JOIN `_rekey_kept_00000000_1` d ON d.old_id = CAST(CONVERT(o.`user_id` USING utf8mb4) AS BINARY) LEFT JOIN `_rekey_map_00000000_0` k0 ON k0.old_id = o.`id`;
DROP TABLE IF EXISTS `_rekey_kept_00000000_1_4`;
CREATE TABLE `_rekey_kept_00000000_1_4` (`row_key` BINARY(32) NOT NULL PRIMARY KEY, `new_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, `old_id` VARBINARY(3072) NOT NULL) ENGINE=InnoDB;
INSERT INTO `_rekey_kept_00000000_1_4` (`row_key`, `new_id`, `old_id`) SELECT UNHEX(SHA2(CONCAT(COALESCE((o.`a` + 0), 'N'), ',', COALESCE(LENGTH(CAST(o.`b` AS BINARY)), 'N'), ':', COALESCE(CAST(o.`b` AS BINARY), '')), 256)), d.new_id, d.old_id FROM `sc_mysql_text_to_uuid`.`bare` o JOIN `_rekey_kept_00000000_1` d ON d.old_id = CAST(CONVERT(o.`user_id` USING utf8mb4) AS BINARY);
DROP TABLE IF EXISTS `_rekey_kept_00000000_1_5`;
CREATE TABLE `_rekey_kept_00000000_1_5` (`row_key` BINARY(32) NOT NULL PRIMARY KEY, `new_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, `old_id` VARBINARY(3072) NOT NULL) ENGINE=InnoDB;
INSERT INTO `_rekey_kept_00000000_1_5` (`row_key`, `new_id`, `old_id`) SELECT UNHEX(SHA2(CONCAT(COALESCE(LENGTH(UPPER(REPLACE(COALESCE(k0.new_id, k0s.new_id), '-', ''))), 'N'), ':', COALESCE(UPPER(REPLACE(COALESCE(k0.new_id, k0s.new_id), '-', '')), ''), COALESCE(LENGTH(CAST(o.`theme` AS BINARY)), 'N'), ':', COALESCE(CAST(o.`theme` AS BINARY), '')), 256)), d.new_id, d.old_id FROM `sc_mysql_text_to_uuid`.`settings` o JOIN `_rekey_kept_00000000_1` d ON d.old_id = CAST(CONVERT(o.`user_id` USING utf8mb4) AS BINARY) LEFT JOIN `_rekey_map_00000000_1` k0 ON k0.old_id = CAST(CONVERT(o.`user_id` USING utf8mb4) AS BINARY) LEFT JOIN `_rekey_kept_00000000_1` k0s ON k0s.old_id = CAST(CONVERT(o.`user_id` USING utf8mb4) AS BINARY);

-- Step 6 of 27: Make the new table of sc_mysql_text_to_uuid.apart beside it
DROP TABLE IF EXISTS `sc_mysql_text_to_uuid`.`rk_00000000_1`;
CREATE TABLE `sc_mysql_text_to_uuid`.`rk_00000000_1` (
  `user_id` char(36) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `n` int(11) DEFAULT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) VALUES ('sc_mysql_text_to_uuid.apart', 0, NULL, NULL, 0, 0);

-- Step 7 of 27: Convert sc_mysql_text_to_uuid.apart
TRUNCATE TABLE `sc_mysql_text_to_uuid`.`rk_00000000_1`;
INSERT INTO `sc_mysql_text_to_uuid`.`rk_00000000_1` (`user_id`, `n`) SELECT COALESCE(m0.new_id, m0s.new_id), o.`n` FROM `sc_mysql_text_to_uuid`.`apart` o LEFT JOIN `_rekey_map_00000000_1` m0 ON m0.old_id = CAST(CONVERT(o.`user_id` USING utf8mb4) AS BINARY) LEFT JOIN `_rekey_kept_00000000_1` m0s ON m0s.old_id = CAST(CONVERT(o.`user_id` USING utf8mb4) AS BINARY);
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = NULL, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_text_to_uuid.apart' AND `part` = 0;

-- Step 8 of 27: Make the new table of sc_mysql_text_to_uuid.bare beside it
DROP TABLE IF EXISTS `sc_mysql_text_to_uuid`.`rk_00000000_2`;
CREATE TABLE `sc_mysql_text_to_uuid`.`rk_00000000_2` (
  `a` int(11) NOT NULL,
  `b` varchar(9) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL,
  `user_id` char(36) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  PRIMARY KEY (`a`,`b`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) VALUES ('sc_mysql_text_to_uuid.bare', 0, NULL, NULL, 0, 0);

-- Step 9 of 27: Convert sc_mysql_text_to_uuid.bare
TRUNCATE TABLE `sc_mysql_text_to_uuid`.`rk_00000000_2`;
INSERT INTO `sc_mysql_text_to_uuid`.`rk_00000000_2` (`a`, `b`, `user_id`) SELECT o.`a`, o.`b`, COALESCE(m2.new_id, m2s.new_id) FROM `sc_mysql_text_to_uuid`.`bare` o LEFT JOIN `_rekey_map_00000000_1` m2 ON m2.old_id = CAST(CONVERT(o.`user_id` USING utf8mb4) AS BINARY) LEFT JOIN `_rekey_kept_00000000_1` m2s ON m2s.old_id = CAST(CONVERT(o.`user_id` USING utf8mb4) AS BINARY);
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = NULL, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_text_to_uuid.bare' AND `part` = 0;

-- Step 10 of 27: Build the indexes of sc_mysql_text_to_uuid.bare
ALTER TABLE `sc_mysql_text_to_uuid`.`rk_00000000_2` ADD KEY `a` (`a`);

-- Step 11 of 27: Make the new table of sc_mysql_text_to_uuid.notes beside it
DROP TABLE IF EXISTS `sc_mysql_text_to_uuid`.`rk_00000000_3`;
CREATE TABLE `sc_mysql_text_to_uuid`.`rk_00000000_3` (
  `id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT (LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8 + FLOOR(RAND() * 0))), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-'))),
  `user_id` char(36) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `body` text DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_text_to_uuid.notes', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_text_to_uuid`.`notes`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 12 of 27: Convert sc_mysql_text_to_uuid.notes
INSERT INTO `sc_mysql_text_to_uuid`.`rk_00000000_3` (`id`, `user_id`, `body`) SELECT m0.new_id, COALESCE(m1.new_id, m1s.new_id), o.`body` FROM `sc_mysql_text_to_uuid`.`notes` o LEFT JOIN `_rekey_map_00000000_0` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_1` m1 ON m1.old_id = CAST(CONVERT(o.`user_id` USING utf8mb4) AS BINARY) LEFT JOIN `_rekey_kept_00000000_1` m1s ON m1s.old_id = CAST(CONVERT(o.`user_id` USING utf8mb4) AS BINARY) WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_text_to_uuid.notes' AND `part` = @rk_part;

-- Step 13 of 27: Build the indexes of sc_mysql_text_to_uuid.notes
ALTER TABLE `sc_mysql_text_to_uuid`.`rk_00000000_3` ADD KEY `by_user` (`user_id`);

-- Step 14 of 27: Make the new table of sc_mysql_text_to_uuid.settings beside it
DROP TABLE IF EXISTS `sc_mysql_text_to_uuid`.`rk_00000000_4`;
CREATE TABLE `sc_mysql_text_to_uuid`.`rk_00000000_4` (
  `user_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `theme` varchar(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NOT NULL,
  PRIMARY KEY (`user_id`,`theme`)
) ENGINE=InnoDB DEFAULT CHARSET=latin1 COLLATE=latin1_swedish_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) VALUES ('sc_mysql_text_to_uuid.settings', 0, NULL, NULL, 0, 0);

-- Step 15 of 27: Convert sc_mysql_text_to_uuid.settings
TRUNCATE TABLE `sc_mysql_text_to_uuid`.`rk_00000000_4`;
INSERT INTO `sc_mysql_text_to_uuid`.`rk_00000000_4` (`user_id`, `theme`) SELECT COALESCE(m0.new_id, m0s.new_id), o.`theme` FROM `sc_mysql_text_to_uuid`.`settings` o LEFT JOIN `_rekey_map_00000000_1` m0 ON m0.old_id = CAST(CONVERT(o.`user_id` USING utf8mb4) AS BINARY) LEFT JOIN `_rekey_kept_00000000_1` m0s ON m0s.old_id = CAST(CONVERT(o.`user_id` USING utf8mb4) AS BINARY);
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = NULL, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_text_to_uuid.settings' AND `part` = 0;

-- Step 16 of 27: Make the new table of sc_mysql_text_to_uuid.users beside it
DROP TABLE IF EXISTS `sc_mysql_text_to_uuid`.`rk_00000000_5`;
CREATE TABLE `sc_mysql_text_to_uuid`.`rk_00000000_5` (
  `id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT (uuid()),
  `email` varchar(50) DEFAULT NULL,
  `invited_by` char(36) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) VALUES ('sc_mysql_text_to_uuid.users', 0, NULL, NULL, 0, 0);

-- Step 17 of 27: Convert sc_mysql_text_to_uuid.users
TRUNCATE TABLE `sc_mysql_text_to_uuid`.`rk_00000000_5`;
INSERT INTO `sc_mysql_text_to_uuid`.`rk_00000000_5` (`id`, `email`, `invited_by`) SELECT m0.new_id, o.`email`, COALESCE(m2.new_id, m2s.new_id) FROM `sc_mysql_text_to_uuid`.`users` o LEFT JOIN `_rekey_map_00000000_1` m0 ON m0.old_id = CAST(CONVERT(o.`id` USING utf8mb4) AS BINARY) LEFT JOIN `_rekey_map_00000000_1` m2 ON m2.old_id = CAST(CONVERT(o.`invited_by` USING utf8mb4) AS BINARY) LEFT JOIN `_rekey_kept_00000000_1` m2s ON m2s.old_id = CAST(CONVERT(o.`invited_by` USING utf8mb4) AS BINARY);
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = NULL, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_text_to_uuid.users' AND `part` = 0;

-- Step 18 of 27: Build the indexes of sc_mysql_text_to_uuid.users
ALTER TABLE `sc_mysql_text_to_uuid`.`rk_00000000_5` ADD UNIQUE KEY `email` (`email`), ADD KEY `invited_by` (`invited_by`);

-- Step 19 of 27: Build the index over the new UUIDs of sc_mysql_text_to_uuid.notes.id
ALTER TABLE `_rekey_map_00000000_0` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 20 of 27: Exchange the tables, all of them at once
RENAME TABLE `sc_mysql_text_to_uuid`.`apart` TO `sc_mysql_text_to_uuid`.`_rekey_old_00000000_1`, `sc_mysql_text_to_uuid`.`rk_00000000_1` TO `sc_mysql_text_to_uuid`.`apart`, `sc_mysql_text_to_uuid`.`bare` TO `sc_mysql_text_to_uuid`.`_rekey_old_00000000_2`, `sc_mysql_text_to_uuid`.`rk_00000000_2` TO `sc_mysql_text_to_uuid`.`bare`, `sc_mysql_text_to_uuid`.`notes` TO `sc_mysql_text_to_uuid`.`_rekey_old_00000000_3`, `sc_mysql_text_to_uuid`.`rk_00000000_3` TO `sc_mysql_text_to_uuid`.`notes`, `sc_mysql_text_to_uuid`.`settings` TO `sc_mysql_text_to_uuid`.`_rekey_old_00000000_4`, `sc_mysql_text_to_uuid`.`rk_00000000_4` TO `sc_mysql_text_to_uuid`.`settings`, `sc_mysql_text_to_uuid`.`users` TO `sc_mysql_text_to_uuid`.`_rekey_old_00000000_5`, `sc_mysql_text_to_uuid`.`rk_00000000_5` TO `sc_mysql_text_to_uuid`.`users`;
LOCK TABLES `sc_mysql_text_to_uuid`.`_rekey_old_00000000_1` WRITE, `sc_mysql_text_to_uuid`.`_rekey_old_00000000_2` WRITE, `sc_mysql_text_to_uuid`.`_rekey_old_00000000_3` WRITE, `sc_mysql_text_to_uuid`.`_rekey_old_00000000_4` WRITE, `sc_mysql_text_to_uuid`.`_rekey_old_00000000_5` WRITE, `sc_mysql_text_to_uuid`.`apart` WRITE, `sc_mysql_text_to_uuid`.`bare` WRITE, `sc_mysql_text_to_uuid`.`notes` WRITE, `sc_mysql_text_to_uuid`.`settings` WRITE, `sc_mysql_text_to_uuid`.`users` WRITE;

-- Step 21 of 27: Free the names of the references of sc_mysql_text_to_uuid.notes
ALTER TABLE `sc_mysql_text_to_uuid`.`_rekey_old_00000000_3` DROP FOREIGN KEY `note_of`;

-- Step 22 of 27: Free the names of the references of sc_mysql_text_to_uuid.users
ALTER TABLE `sc_mysql_text_to_uuid`.`_rekey_old_00000000_5` DROP FOREIGN KEY `_rekey_old_00000000_5_ibfk_1`;

-- Step 23 of 27: Put the references of sc_mysql_text_to_uuid.notes back
ALTER TABLE `sc_mysql_text_to_uuid`.`notes` ADD CONSTRAINT `note_of` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- Step 24 of 27: Put the references of sc_mysql_text_to_uuid.users back
ALTER TABLE `sc_mysql_text_to_uuid`.`users` ADD CONSTRAINT `users_ibfk_1` FOREIGN KEY (`invited_by`) REFERENCES `users` (`id`);

-- Step 25 of 27: Renew the planner's statistics
ANALYZE TABLE `sc_mysql_text_to_uuid`.`apart`, `sc_mysql_text_to_uuid`.`bare`, `sc_mysql_text_to_uuid`.`notes`, `sc_mysql_text_to_uuid`.`settings`, `sc_mysql_text_to_uuid`.`users`;

-- Step 26 of 27: Remove what only the run needed
DROP TABLE IF EXISTS `_rekey_slice_00000000`, `_rekey_kept_00000000_1`;

-- Step 27 of 27: Write the run into the journal
CREATE TABLE IF NOT EXISTS `_rekey_run` (`number` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, `run` VARCHAR(64) NOT NULL UNIQUE, `plan_fingerprint` VARCHAR(128) NOT NULL, `state` VARCHAR(32) NOT NULL, `tool_version` VARCHAR(64) NOT NULL, `started` VARCHAR(64) NOT NULL, `plan` LONGTEXT NOT NULL, `catalogue_before` LONGTEXT NOT NULL, `record` LONGTEXT NOT NULL, `progress` LONGTEXT, `taken` LONGTEXT) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `_rekey_run` (`run`, `plan_fingerprint`, `state`, `tool_version`, `started`, `plan`, `catalogue_before`, `record`) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

