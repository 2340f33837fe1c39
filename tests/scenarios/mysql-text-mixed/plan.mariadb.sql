-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- MySQL or MariaDB database sc_mysql_text_mixed

-- Step 1 of 17: Keep writers out
LOCK TABLES `sc_mysql_text_mixed`.`items` READ, `sc_mysql_text_mixed`.`uses` READ;

-- Step 2 of 17: Make the place for how far the tables are filled
DROP TABLE IF EXISTS `_rekey_slice_00000000`;
CREATE TABLE `_rekey_slice_00000000` (`table` VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, `part` INT NOT NULL, `upto` DECIMAL(30,0), `last` DECIMAL(30,0), `done` BIGINT UNSIGNED NOT NULL, `warnings` BIGINT UNSIGNED NOT NULL, PRIMARY KEY (`table`, `part`), CONSTRAINT `rk_00000000_no_warnings` CHECK (`warnings` = 0)) ENGINE=InnoDB;

-- Step 3 of 17: Give every id of sc_mysql_text_mixed.items.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_0`;
CREATE TABLE `_rekey_map_00000000_0` (`old_id` VARBINARY(256) NOT NULL PRIMARY KEY, `new_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL) ENGINE=InnoDB;
INSERT INTO `_rekey_map_00000000_0` (`old_id`, `new_id`) SELECT v.t, LOWER(INSERT(INSERT(INSERT(INSERT(CASE WHEN CHAR_LENGTH(REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.t USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', '')) <= 41 AND REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.t USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', '') COLLATE utf8mb4_bin REGEXP '^([{]([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4}[}]|([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4})$' AND CHAR_LENGTH(UPPER(REPLACE(REPLACE(REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.t USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', ''), '-', ''), '{', ''), '}', ''))) = 32 THEN UPPER(REPLACE(REPLACE(REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.t USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', ''), '-', ''), '{', ''), '}', '')) END, 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')) FROM (SELECT CAST(CONVERT(c.`id` USING utf8mb4) AS BINARY) AS t FROM `sc_mysql_text_mixed`.`items` c WHERE c.`id` IS NOT NULL) v WHERE LOWER(INSERT(INSERT(INSERT(INSERT(CASE WHEN CHAR_LENGTH(REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.t USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', '')) <= 41 AND REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.t USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', '') COLLATE utf8mb4_bin REGEXP '^([{]([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4}[}]|([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4})$' AND CHAR_LENGTH(UPPER(REPLACE(REPLACE(REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.t USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', ''), '-', ''), '{', ''), '}', ''))) = 32 THEN UPPER(REPLACE(REPLACE(REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.t USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', ''), '-', ''), '{', ''), '}', '')) END, 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')) IS NOT NULL ORDER BY v.t;
ALTER TABLE `_rekey_map_00000000_0` ADD UNIQUE KEY `new_id` (`new_id`);
DROP TABLE IF EXISTS `_rekey_kept_00000000_0`;
CREATE TABLE `_rekey_kept_00000000_0` (`old_id` VARBINARY(256) NOT NULL PRIMARY KEY, `new_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NULL, `same_as` VARBINARY(256) NULL) ENGINE=InnoDB;
INSERT INTO `_rekey_kept_00000000_0` (`old_id`) SELECT DISTINCT v.t FROM (SELECT CAST(CONVERT(c.`item_id` USING utf8mb4) AS BINARY) AS t FROM `sc_mysql_text_mixed`.`uses` c WHERE c.`item_id` IS NOT NULL) v LEFT JOIN `_rekey_map_00000000_0` m ON m.old_id = v.t WHERE m.old_id IS NULL;
UPDATE `_rekey_kept_00000000_0` v SET v.new_id = LOWER(INSERT(INSERT(INSERT(INSERT(CASE WHEN CHAR_LENGTH(REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.old_id USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', '')) <= 41 AND REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.old_id USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', '') COLLATE utf8mb4_bin REGEXP '^([{]([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4}[}]|([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4})$' AND CHAR_LENGTH(UPPER(REPLACE(REPLACE(REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.old_id USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', ''), '-', ''), '{', ''), '}', ''))) = 32 THEN UPPER(REPLACE(REPLACE(REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.old_id USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', ''), '-', ''), '{', ''), '}', '')) END, 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-'));
INSERT INTO `_rekey_map_00000000_0` (`old_id`, `new_id`) SELECT MIN(v.old_id), v.new_id FROM `_rekey_kept_00000000_0` v LEFT JOIN `_rekey_map_00000000_0` m ON m.new_id = v.new_id WHERE v.new_id IS NOT NULL AND m.new_id IS NULL GROUP BY v.new_id;
INSERT INTO `_rekey_kept_00000000_0` (`old_id`, `same_as`) SELECT q.old_id, q.key_id FROM (SELECT v.old_id, CAST(CONVERT(r.`id` USING utf8mb4) AS BINARY) AS key_id FROM `_rekey_kept_00000000_0` v JOIN `sc_mysql_text_mixed`.`items` r ON r.`id` = CONVERT(CONVERT(v.old_id USING utf8mb4) USING utf8mb4) COLLATE utf8mb4_general_ci WHERE v.new_id IS NULL AND CAST(CONVERT(CONVERT(CONVERT(v.old_id USING utf8mb4) USING utf8mb4) USING utf8mb4) AS BINARY) = CAST(CONVERT(v.old_id USING utf8mb4) AS BINARY)) q ON DUPLICATE KEY UPDATE `same_as` = q.key_id;
UPDATE `_rekey_kept_00000000_0` v JOIN (SELECT MIN(w.old_id) AS first_id, CONVERT(CONVERT(w.old_id USING utf8mb4) USING utf8mb4) COLLATE utf8mb4_general_ci AS alike FROM `_rekey_kept_00000000_0` w WHERE w.new_id IS NULL AND w.same_as IS NULL AND CAST(CONVERT(CONVERT(CONVERT(w.old_id USING utf8mb4) USING utf8mb4) USING utf8mb4) AS BINARY) = CAST(CONVERT(w.old_id USING utf8mb4) AS BINARY) GROUP BY CONVERT(CONVERT(w.old_id USING utf8mb4) USING utf8mb4) COLLATE utf8mb4_general_ci) g ON g.alike = CONVERT(CONVERT(v.old_id USING utf8mb4) USING utf8mb4) COLLATE utf8mb4_general_ci SET v.same_as = g.first_id WHERE v.same_as IS NULL AND v.new_id IS NULL AND CAST(CONVERT(CONVERT(CONVERT(v.old_id USING utf8mb4) USING utf8mb4) USING utf8mb4) AS BINARY) = CAST(CONVERT(v.old_id USING utf8mb4) AS BINARY);
UPDATE `_rekey_kept_00000000_0` v SET v.same_as = v.old_id WHERE v.new_id IS NULL AND v.same_as IS NULL;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT v.t AS old_id FROM (SELECT CAST(CONVERT(c.`id` USING utf8mb4) AS BINARY) AS t FROM `sc_mysql_text_mixed`.`items` c WHERE c.`id` IS NOT NULL) v WHERE CASE WHEN CHAR_LENGTH(REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.t USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', '')) <= 41 AND REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.t USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', '') COLLATE utf8mb4_bin REGEXP '^([{]([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4}[}]|([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4})$' AND CHAR_LENGTH(UPPER(REPLACE(REPLACE(REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.t USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', ''), '-', ''), '{', ''), '}', ''))) = 32 THEN UPPER(REPLACE(REPLACE(REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.t USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', ''), '-', ''), '{', ''), '}', '')) END IS NULL UNION SELECT w.same_as FROM `_rekey_kept_00000000_0` w WHERE w.new_id IS NULL) n);
INSERT INTO `_rekey_map_00000000_0` (`old_id`, `new_id`) SELECT k.old_id, LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')) FROM (SELECT n.old_id FROM (SELECT v.t AS old_id FROM (SELECT CAST(CONVERT(c.`id` USING utf8mb4) AS BINARY) AS t FROM `sc_mysql_text_mixed`.`items` c WHERE c.`id` IS NOT NULL) v WHERE CASE WHEN CHAR_LENGTH(REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.t USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', '')) <= 41 AND REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.t USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', '') COLLATE utf8mb4_bin REGEXP '^([{]([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4}[}]|([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4})$' AND CHAR_LENGTH(UPPER(REPLACE(REPLACE(REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.t USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', ''), '-', ''), '{', ''), '}', ''))) = 32 THEN UPPER(REPLACE(REPLACE(REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(CONVERT(v.t USING utf8mb4), '^[ \t\r\n ]*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '[ \t\r\n ]+$', ''), '-', ''), '{', ''), '}', '')) END IS NULL UNION SELECT w.same_as FROM `_rekey_kept_00000000_0` w WHERE w.new_id IS NULL) n ORDER BY LENGTH(n.old_id), n.old_id LIMIT 18446744073709551615) k;
SET @rk_secret = NULL;
UPDATE `_rekey_kept_00000000_0` v JOIN `_rekey_map_00000000_0` m ON m.old_id = v.same_as SET v.new_id = m.new_id WHERE v.new_id IS NULL;
DELETE v FROM `_rekey_kept_00000000_0` v JOIN `_rekey_map_00000000_0` m ON m.old_id = v.old_id;

-- Step 4 of 17: Give every id of sc_mysql_text_mixed.uses.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_1`;
CREATE TABLE `_rekey_map_00000000_1` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_mysql_text_mixed`.`uses` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_1` (`old_id`, `new_id`) SELECT k.old_id, LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')) FROM (SELECT `id` AS old_id FROM `sc_mysql_text_mixed`.`uses` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 5 of 17: Keep the spelling of references that differ from their keys
DROP TABLE IF EXISTS `_rekey_kept_00000000_0_1`;
CREATE TABLE `_rekey_kept_00000000_0_1` (`row_key` BINARY(32) NOT NULL PRIMARY KEY, `new_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, `old_id` VARBINARY(256) NOT NULL) ENGINE=InnoDB;
INSERT INTO `_rekey_kept_00000000_0_1` (`row_key`, `new_id`, `old_id`) SELECT UNHEX(SHA2(CONCAT(COALESCE(LENGTH(UPPER(REPLACE(k0.new_id, '-', ''))), 'N'), ':', COALESCE(UPPER(REPLACE(k0.new_id, '-', '')), '')), 256)), d.new_id, d.old_id FROM `sc_mysql_text_mixed`.`uses` o JOIN `_rekey_kept_00000000_0` d ON d.old_id = CAST(CONVERT(o.`item_id` USING utf8mb4) AS BINARY) LEFT JOIN `_rekey_map_00000000_1` k0 ON k0.old_id = o.`id`;

-- Step 6 of 17: Make the new table of sc_mysql_text_mixed.items beside it
DROP TABLE IF EXISTS `sc_mysql_text_mixed`.`rk_00000000_1`;
CREATE TABLE `sc_mysql_text_mixed`.`rk_00000000_1` (
  `id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `name` varchar(20) DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) VALUES ('sc_mysql_text_mixed.items', 0, NULL, NULL, 0, 0);

-- Step 7 of 17: Convert sc_mysql_text_mixed.items
TRUNCATE TABLE `sc_mysql_text_mixed`.`rk_00000000_1`;
INSERT INTO `sc_mysql_text_mixed`.`rk_00000000_1` (`id`, `name`) SELECT m0.new_id, o.`name` FROM `sc_mysql_text_mixed`.`items` o LEFT JOIN `_rekey_map_00000000_0` m0 ON m0.old_id = CAST(CONVERT(o.`id` USING utf8mb4) AS BINARY);
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = NULL, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_text_mixed.items' AND `part` = 0;

-- Step 8 of 17: Make the new table of sc_mysql_text_mixed.uses beside it
DROP TABLE IF EXISTS `sc_mysql_text_mixed`.`rk_00000000_2`;
CREATE TABLE `sc_mysql_text_mixed`.`rk_00000000_2` (
  `id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT (LOWER(INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8 + FLOOR(RAND() * 0))), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-'))),
  `item_id` char(36) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_text_mixed.uses', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_text_mixed`.`uses`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 9 of 17: Convert sc_mysql_text_mixed.uses
INSERT INTO `sc_mysql_text_mixed`.`rk_00000000_2` (`id`, `item_id`) SELECT m0.new_id, COALESCE(m1.new_id, m1s.new_id) FROM `sc_mysql_text_mixed`.`uses` o LEFT JOIN `_rekey_map_00000000_1` m0 ON m0.old_id = o.`id` LEFT JOIN `_rekey_map_00000000_0` m1 ON m1.old_id = CAST(CONVERT(o.`item_id` USING utf8mb4) AS BINARY) LEFT JOIN `_rekey_kept_00000000_0` m1s ON m1s.old_id = CAST(CONVERT(o.`item_id` USING utf8mb4) AS BINARY) WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_text_mixed.uses' AND `part` = @rk_part;

-- Step 10 of 17: Build the indexes of sc_mysql_text_mixed.uses
ALTER TABLE `sc_mysql_text_mixed`.`rk_00000000_2` ADD KEY `item_id` (`item_id`);

-- Step 11 of 17: Build the index over the new UUIDs of sc_mysql_text_mixed.uses.id
ALTER TABLE `_rekey_map_00000000_1` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 12 of 17: Exchange the tables, all of them at once
RENAME TABLE `sc_mysql_text_mixed`.`items` TO `sc_mysql_text_mixed`.`_rekey_old_00000000_1`, `sc_mysql_text_mixed`.`rk_00000000_1` TO `sc_mysql_text_mixed`.`items`, `sc_mysql_text_mixed`.`uses` TO `sc_mysql_text_mixed`.`_rekey_old_00000000_2`, `sc_mysql_text_mixed`.`rk_00000000_2` TO `sc_mysql_text_mixed`.`uses`;
LOCK TABLES `sc_mysql_text_mixed`.`_rekey_old_00000000_1` WRITE, `sc_mysql_text_mixed`.`_rekey_old_00000000_2` WRITE, `sc_mysql_text_mixed`.`items` WRITE, `sc_mysql_text_mixed`.`uses` WRITE;

-- Step 13 of 17: Free the names of the references of sc_mysql_text_mixed.uses
ALTER TABLE `sc_mysql_text_mixed`.`_rekey_old_00000000_2` DROP FOREIGN KEY `_rekey_old_00000000_2_ibfk_1`;

-- Step 14 of 17: Put the references of sc_mysql_text_mixed.uses back
ALTER TABLE `sc_mysql_text_mixed`.`uses` ADD CONSTRAINT `uses_ibfk_1` FOREIGN KEY (`item_id`) REFERENCES `items` (`id`);

-- Step 15 of 17: Renew the planner's statistics
ANALYZE TABLE `sc_mysql_text_mixed`.`items`, `sc_mysql_text_mixed`.`uses`;

-- Step 16 of 17: Remove what only the run needed
DROP TABLE IF EXISTS `_rekey_slice_00000000`, `_rekey_kept_00000000_0`;

-- Step 17 of 17: Write the run into the journal
CREATE TABLE IF NOT EXISTS `_rekey_run` (`number` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, `run` VARCHAR(64) NOT NULL UNIQUE, `plan_fingerprint` VARCHAR(128) NOT NULL, `state` VARCHAR(32) NOT NULL, `tool_version` VARCHAR(64) NOT NULL, `started` VARCHAR(64) NOT NULL, `plan` LONGTEXT NOT NULL, `catalogue_before` LONGTEXT NOT NULL, `record` LONGTEXT NOT NULL, `progress` LONGTEXT, `taken` LONGTEXT) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `_rekey_run` (`run`, `plan_fingerprint`, `state`, `tool_version`, `started`, `plan`, `catalogue_before`, `record`) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

