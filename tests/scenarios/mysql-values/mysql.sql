CREATE TABLE thing (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, latin varchar(20) CHARACTER SET latin1, three varchar(20) CHARACTER SET utf8mb3,
  four varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, raw varbinary(20), fixed binary(4), kind enum('a','','c'), marks set('x','y','z'), bits bit(10),
  born year, zero date, stamp timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6), at datetime(3), span time(6),
  small float, wide double, exact decimal(65,10), doc json, shape geometry, big longblob, note longtext, parent_id int, FOREIGN KEY (parent_id) REFERENCES thing (id));
SET SESSION sql_mode = '';
INSERT INTO thing (id, latin, three, four, raw, fixed, kind, marks, bits, born, zero, stamp, at, span, small, wide, exact, doc, shape, big, note, parent_id) VALUES
 (1, 'é', 'ü', '😀', 0x00ff27, 0x0102, 'a', 'x,z', b'1010101010', 1999, '0000-00-00', '2001-02-03 04:05:06.123456', '2020-02-30', '-838:59:59', 0.1, -0e0, 1234567890123456789012345678901234567890123456789012345.0123456789, '{"b": 1, "a": [1, 2.50, null]}', ST_GeomFromText('POLYGON((0 0,1 0,1 1,0 0))'), REPEAT(0x00, 3000), 'tab\there\nand\\there', NULL),
 (2, '', '', '', '', '', '', '', b'0', 0, '2000-00-01', '2001-02-03 04:05:06', '2020-01-01 00:00:00.999', '00:00:00.000001', 3.4e38, 1.7976931348623157e308, -0.0, 'null', NULL, '', '', 1),
 (3, NULL, NULL, 'a ', NULL, NULL, 'zzz', NULL, NULL, NULL, NULL, '2001-02-03 04:05:06', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'NULL', 2);
