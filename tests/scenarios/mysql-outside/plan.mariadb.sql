-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- MySQL or MariaDB database sc_mysql_outside

-- Step 1 of 15: Keep writers out
LOCK TABLES `sc_mysql_outside`.`purchase` READ;

-- Step 2 of 15: Make the place for how far the tables are filled
DROP TABLE IF EXISTS `_rekey_slice_00000000`;
CREATE TABLE `_rekey_slice_00000000` (`table` VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, `part` INT NOT NULL, `upto` DECIMAL(30,0), `last` DECIMAL(30,0), `done` BIGINT UNSIGNED NOT NULL, `warnings` BIGINT UNSIGNED NOT NULL, PRIMARY KEY (`table`, `part`), CONSTRAINT `rk_00000000_no_warnings` CHECK (`warnings` = 0)) ENGINE=InnoDB;

-- Step 3 of 15: Give every id of sc_mysql_outside.purchase.id its UUID
DROP TABLE IF EXISTS `_rekey_map_00000000_0`;
CREATE TABLE `_rekey_map_00000000_0` (`old_id` BIGINT NOT NULL PRIMARY KEY, `new_id` uuid NOT NULL) ENGINE=InnoDB;
SET @rk_secret = SHA2(RANDOM_BYTES(64), 512);
SET @rk_place = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED) * 4096 - (SELECT COUNT(*) FROM (SELECT `id` AS old_id FROM `sc_mysql_outside`.`purchase` WHERE `id` IS NOT NULL) n);
INSERT INTO `_rekey_map_00000000_0` (`old_id`, `new_id`) SELECT k.old_id, CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + 0x7000 + (@rk_place & 4095)), 16, '0'), INSERT(LEFT(SHA2(CONCAT(@rk_secret, k.old_id), 256), 16), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))) FROM (SELECT `id` AS old_id FROM `sc_mysql_outside`.`purchase` WHERE `id` IS NOT NULL) k ORDER BY k.old_id;
SET @rk_secret = NULL;

-- Step 4 of 15: Make the new table of sc_mysql_outside.purchase beside it
DROP TABLE IF EXISTS `sc_mysql_outside`.`rk_00000000_1`;
CREATE TABLE `sc_mysql_outside`.`rk_00000000_1` (
  `id` uuid NOT NULL DEFAULT (INSERT(INSERT(INSERT(INSERT(CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), INSERT(HEX(RANDOM_BYTES(8 + FLOOR(RAND() * 0))), 1, 1, ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'))), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')),
  `number` int(11) NOT NULL,
  `account_id` int(11) NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
REPLACE INTO `_rekey_slice_00000000` (`table`, `part`, `upto`, `last`, `done`, `warnings`) SELECT 'sc_mysql_outside.purchase', p.part, FLOOR(k.before_all + k.span * p.part / 4), FLOOR(k.before_all + k.span * (p.part + 1) / 4), 0, 0 FROM (SELECT CAST(MIN(`id`) AS DECIMAL(30,0)) - 1 AS before_all, CAST(MAX(`id`) AS DECIMAL(30,0)) - CAST(MIN(`id`) AS DECIMAL(30,0)) + 1 AS span FROM `sc_mysql_outside`.`purchase`) k JOIN (SELECT 0 AS part UNION ALL SELECT 1 AS part UNION ALL SELECT 2 AS part UNION ALL SELECT 3 AS part) p;

-- Step 5 of 15: Convert sc_mysql_outside.purchase
INSERT INTO `sc_mysql_outside`.`rk_00000000_1` (`id`, `number`, `account_id`) SELECT m0.new_id, o.`number`, o.`account_id` FROM `sc_mysql_outside`.`purchase` o LEFT JOIN `_rekey_map_00000000_0` m0 ON m0.old_id = o.`id` WHERE o.`id` > @rk_from AND o.`id` <= @rk_upto ORDER BY o.`id`;
SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings;
UPDATE `_rekey_slice_00000000` SET `done` = `done` + @rk_rows, `upto` = @rk_upto, `warnings` = @rk_warnings WHERE `table` = 'sc_mysql_outside.purchase' AND `part` = @rk_part;

-- Step 6 of 15: Build the indexes of sc_mysql_outside.purchase
ALTER TABLE `sc_mysql_outside`.`rk_00000000_1` ADD UNIQUE KEY `number` (`number`), ADD KEY `account_id` (`account_id`);

-- Step 7 of 15: Build the index over the new UUIDs of sc_mysql_outside.purchase.id
ALTER TABLE `_rekey_map_00000000_0` ADD UNIQUE KEY `new_id` (`new_id`);

-- Step 8 of 15: Exchange the tables, all of them at once
RENAME TABLE `sc_mysql_outside`.`purchase` TO `sc_mysql_outside`.`_rekey_old_00000000_1`, `sc_mysql_outside`.`rk_00000000_1` TO `sc_mysql_outside`.`purchase`;
LOCK TABLES `sc_mysql_outside`.`Account` WRITE, `sc_mysql_outside`.`Bill` WRITE, `sc_mysql_outside`.`_rekey_old_00000000_1` WRITE, `sc_mysql_outside`.`purchase` WRITE;

-- Step 9 of 15: Free the names of the references of sc_mysql_outside.purchase
ALTER TABLE `sc_mysql_outside`.`_rekey_old_00000000_1` DROP FOREIGN KEY `_rekey_old_00000000_1_ibfk_1`;

-- Step 10 of 15: Put the references of sc_mysql_outside.purchase back
ALTER TABLE `sc_mysql_outside`.`purchase` ADD CONSTRAINT `purchase_ibfk_1` FOREIGN KEY (`account_id`) REFERENCES `Account` (`id`) ON UPDATE CASCADE;

-- Step 11 of 15: Take the reference Bill_ibfk_1 of sc_mysql_outside.Bill away
ALTER TABLE `sc_mysql_outside`.`Bill` DROP FOREIGN KEY `Bill_ibfk_1`;

-- Step 12 of 15: Lead the reference Bill_ibfk_1 of sc_mysql_outside.Bill to the new table
ALTER TABLE `sc_mysql_outside`.`Bill` DROP KEY `purchase_number`, DROP KEY `of_account`, DROP KEY `wide`, ADD KEY `purchase_number` (`purchase_number`), ADD KEY `of_account` (`account_id`), ADD KEY `wide` (`n`,`account_id`);
ALTER TABLE `sc_mysql_outside`.`Bill` ADD CONSTRAINT `Bill_ibfk_1` FOREIGN KEY (`purchase_number`) REFERENCES `purchase` (`number`) ON DELETE SET NULL;

-- Step 13 of 15: Renew the planner's statistics
ANALYZE TABLE `sc_mysql_outside`.`purchase`;

-- Step 14 of 15: Remove what only the run needed
DROP TABLE IF EXISTS `_rekey_slice_00000000`;

-- Step 15 of 15: Write the run into the journal
CREATE TABLE IF NOT EXISTS `_rekey_run` (`number` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, `run` VARCHAR(64) NOT NULL UNIQUE, `plan_fingerprint` VARCHAR(128) NOT NULL, `state` VARCHAR(32) NOT NULL, `tool_version` VARCHAR(64) NOT NULL, `started` VARCHAR(64) NOT NULL, `plan` LONGTEXT NOT NULL, `catalogue_before` LONGTEXT NOT NULL, `record` LONGTEXT NOT NULL, `progress` LONGTEXT, `taken` LONGTEXT) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `_rekey_run` (`run`, `plan_fingerprint`, `state`, `tool_version`, `started`, `plan`, `catalogue_before`, `record`) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

