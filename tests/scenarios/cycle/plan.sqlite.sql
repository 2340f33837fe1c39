-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- SQLite database cycle.db

-- Step 1 of 15: Lock the file

-- Step 2 of 15: Note the order of the schema and the sequences
CREATE TABLE "rk_00000000_0" (place INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL);
INSERT INTO "rk_00000000_0" (place, kind, name) SELECT rowid, type, name FROM sqlite_schema WHERE name <> 'rk_00000000_0';

-- Step 3 of 15: Give every id of main.egg.id its UUID
CREATE TABLE "_rekey_map_00000000_0" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL, stray INTEGER);
CREATE TABLE "rk_00000000_5" (id INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO "rk_00000000_5" (id) SELECT c."egg_id" FROM "hen" c WHERE c."egg_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "egg" r WHERE r."id" = c."egg_id");
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."egg" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_5")) INSERT INTO "_rekey_map_00000000_0" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) & 65535, 4095 - ((SELECT high FROM c) - i.id) % 4096, 32768 | (random() & 16383), random() & 281474976710655), i.stray FROM (SELECT "id" AS id, NULL AS stray FROM main."egg" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_5") i WHERE (SELECT close FROM c) ORDER BY i.id;
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."egg" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_5")) INSERT INTO "_rekey_map_00000000_0" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) & 65535, 4095 - ((SELECT number FROM c) - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655), i.stray FROM (SELECT id, stray, row_number() OVER (ORDER BY id) AS place FROM (SELECT "id" AS id, NULL AS stray FROM main."egg" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_5") WHERE NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_0")) i;
DROP TABLE "rk_00000000_5";
CREATE UNIQUE INDEX "_rekey_map_00000000_0_strays" ON "_rekey_map_00000000_0" (new_id) WHERE stray IS NOT NULL;
SELECT rekey_hold(0, old_id, new_id) FROM (SELECT old_id, new_id FROM "_rekey_map_00000000_0" ORDER BY old_id);

-- Step 4 of 15: Give every id of main.hen.id its UUID
CREATE TABLE "_rekey_map_00000000_1" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL, stray INTEGER);
CREATE TABLE "rk_00000000_6" (id INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO "rk_00000000_6" (id) SELECT c."hen_id" FROM "egg" c WHERE c."hen_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "hen" r WHERE r."id" = c."hen_id");
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."hen" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_6")) INSERT INTO "_rekey_map_00000000_1" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) & 65535, 4095 - ((SELECT high FROM c) - i.id) % 4096, 32768 | (random() & 16383), random() & 281474976710655), i.stray FROM (SELECT "id" AS id, NULL AS stray FROM main."hen" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_6") i WHERE (SELECT close FROM c) ORDER BY i.id;
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."hen" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_6")) INSERT INTO "_rekey_map_00000000_1" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) & 65535, 4095 - ((SELECT number FROM c) - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655), i.stray FROM (SELECT id, stray, row_number() OVER (ORDER BY id) AS place FROM (SELECT "id" AS id, NULL AS stray FROM main."hen" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_6") WHERE NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_1")) i;
DROP TABLE "rk_00000000_6";
CREATE UNIQUE INDEX "_rekey_map_00000000_1_strays" ON "_rekey_map_00000000_1" (new_id) WHERE stray IS NOT NULL;
SELECT rekey_hold(1, old_id, new_id) FROM (SELECT old_id, new_id FROM "_rekey_map_00000000_1" ORDER BY old_id);

-- Step 5 of 15: Give every id of main.shop.id its UUID
CREATE TABLE "_rekey_map_00000000_2" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL, stray INTEGER);
CREATE TABLE "rk_00000000_7" (id INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO "rk_00000000_7" (id) SELECT c."shop_id" FROM "worker" c WHERE c."shop_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "shop" r WHERE r."id" = c."shop_id");
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."shop" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_7")) INSERT INTO "_rekey_map_00000000_2" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) & 65535, 4095 - ((SELECT high FROM c) - i.id) % 4096, 32768 | (random() & 16383), random() & 281474976710655), i.stray FROM (SELECT "id" AS id, NULL AS stray FROM main."shop" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_7") i WHERE (SELECT close FROM c) ORDER BY i.id;
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."shop" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_7")) INSERT INTO "_rekey_map_00000000_2" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) & 65535, 4095 - ((SELECT number FROM c) - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655), i.stray FROM (SELECT id, stray, row_number() OVER (ORDER BY id) AS place FROM (SELECT "id" AS id, NULL AS stray FROM main."shop" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_7") WHERE NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_2")) i;
DROP TABLE "rk_00000000_7";
CREATE UNIQUE INDEX "_rekey_map_00000000_2_strays" ON "_rekey_map_00000000_2" (new_id) WHERE stray IS NOT NULL;
SELECT rekey_hold(2, old_id, new_id) FROM (SELECT old_id, new_id FROM "_rekey_map_00000000_2" ORDER BY old_id);

-- Step 6 of 15: Give every id of main.worker.id its UUID
CREATE TABLE "_rekey_map_00000000_3" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL, stray INTEGER);
CREATE TABLE "rk_00000000_8" (id INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO "rk_00000000_8" (id) SELECT c."manager_id" FROM "shop" c WHERE c."manager_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "worker" r WHERE r."id" = c."manager_id");
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."worker" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_8")) INSERT INTO "_rekey_map_00000000_3" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) & 65535, 4095 - ((SELECT high FROM c) - i.id) % 4096, 32768 | (random() & 16383), random() & 281474976710655), i.stray FROM (SELECT "id" AS id, NULL AS stray FROM main."worker" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_8") i WHERE (SELECT close FROM c) ORDER BY i.id;
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."worker" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_8")) INSERT INTO "_rekey_map_00000000_3" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) & 65535, 4095 - ((SELECT number FROM c) - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655), i.stray FROM (SELECT id, stray, row_number() OVER (ORDER BY id) AS place FROM (SELECT "id" AS id, NULL AS stray FROM main."worker" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_8") WHERE NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_3")) i;
DROP TABLE "rk_00000000_8";
CREATE UNIQUE INDEX "_rekey_map_00000000_3_strays" ON "_rekey_map_00000000_3" (new_id) WHERE stray IS NOT NULL;
SELECT rekey_hold(3, old_id, new_id) FROM (SELECT old_id, new_id FROM "_rekey_map_00000000_3" ORDER BY old_id);

-- Step 7 of 15: Take views and triggers away

-- Step 8 of 15: Convert main.hen
CREATE TABLE "rk_00000000_1" (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), egg_id TEXT NOT NULL REFERENCES egg (id) DEFERRABLE INITIALLY DEFERRED, name TEXT);
INSERT OR ABORT INTO "rk_00000000_1" (rowid, "id", "egg_id", "name") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."id"), coalesce(rekey_held(0, o."egg_id"), (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."egg_id")), o."name" FROM "hen" o ORDER BY o.rowid;
DROP TABLE "hen";

-- Step 9 of 15: Convert main.egg
CREATE TABLE "rk_00000000_2" (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), hen_id TEXT NOT NULL CONSTRAINT egg_from_hen REFERENCES hen DEFERRABLE INITIALLY IMMEDIATE, name TEXT);
INSERT OR ABORT INTO "rk_00000000_2" (rowid, "id", "hen_id", "name") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."id"), coalesce(rekey_held(1, o."hen_id"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."hen_id")), o."name" FROM "egg" o ORDER BY o.rowid;
DROP TABLE "egg";

-- Step 10 of 15: Convert main.shop
CREATE TABLE "rk_00000000_3" (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), manager_id TEXT NOT NULL, name TEXT, FOREIGN KEY (manager_id) REFERENCES worker (id));
INSERT OR ABORT INTO "rk_00000000_3" (rowid, "id", "manager_id", "name") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_2" m WHERE m.old_id = o."id"), coalesce(rekey_held(3, o."manager_id"), (SELECT m.new_id FROM "_rekey_map_00000000_3" m WHERE m.old_id = o."manager_id")), o."name" FROM "shop" o ORDER BY o.rowid;
DROP TABLE "shop";

-- Step 11 of 15: Convert main.worker
CREATE TABLE "rk_00000000_4" (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), shop_id TEXT NOT NULL, name TEXT, CONSTRAINT worker_shop FOREIGN KEY (shop_id) REFERENCES shop (id));
INSERT OR ABORT INTO "rk_00000000_4" (rowid, "id", "shop_id", "name") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_3" m WHERE m.old_id = o."id"), coalesce(rekey_held(2, o."shop_id"), (SELECT m.new_id FROM "_rekey_map_00000000_2" m WHERE m.old_id = o."shop_id")), o."name" FROM "worker" o ORDER BY o.rowid;
DROP TABLE "worker";

-- Step 12 of 15: Give the new tables their names and texts
PRAGMA writable_schema=ON;
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'hen' ELSE 'sqlite_autoindex_' || 'hen' || substr(name, 31) END, tbl_name = 'hen', sql = CASE type WHEN 'table' THEN 'CREATE TABLE hen (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-7%03x-%04x-%012x'', CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), egg_id TEXT NOT NULL REFERENCES egg (id) DEFERRABLE INITIALLY DEFERRED, name TEXT)' END WHERE tbl_name = 'rk_00000000_1';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'egg' ELSE 'sqlite_autoindex_' || 'egg' || substr(name, 31) END, tbl_name = 'egg', sql = CASE type WHEN 'table' THEN 'CREATE TABLE egg (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-7%03x-%04x-%012x'', CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), hen_id TEXT NOT NULL CONSTRAINT egg_from_hen REFERENCES hen DEFERRABLE INITIALLY IMMEDIATE, name TEXT)' END WHERE tbl_name = 'rk_00000000_2';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'shop' ELSE 'sqlite_autoindex_' || 'shop' || substr(name, 31) END, tbl_name = 'shop', sql = CASE type WHEN 'table' THEN 'CREATE TABLE shop (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-7%03x-%04x-%012x'', CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), manager_id TEXT NOT NULL, name TEXT, FOREIGN KEY (manager_id) REFERENCES worker (id))' END WHERE tbl_name = 'rk_00000000_3';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'worker' ELSE 'sqlite_autoindex_' || 'worker' || substr(name, 31) END, tbl_name = 'worker', sql = CASE type WHEN 'table' THEN 'CREATE TABLE worker (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-7%03x-%04x-%012x'', CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), shop_id TEXT NOT NULL, name TEXT, CONSTRAINT worker_shop FOREIGN KEY (shop_id) REFERENCES shop (id))' END WHERE tbl_name = 'rk_00000000_4';
PRAGMA writable_schema=RESET;
SELECT rekey_let_go();

-- Step 13 of 15: Put views and triggers back

-- Step 14 of 15: Put sequences and the schema's order back
PRAGMA writable_schema=ON;
UPDATE sqlite_schema AS s SET rowid = -n.place FROM (SELECT o.rowid AS id, row_number() OVER (ORDER BY w.place IS NULL, w.place, o.rowid) AS place FROM sqlite_schema o LEFT JOIN "rk_00000000_0" w ON w.kind = o.type AND w.name = o.name) AS n WHERE s.rowid = n.id;
UPDATE sqlite_schema SET rowid = -rowid;
PRAGMA writable_schema=RESET;
DROP TABLE "rk_00000000_0";

-- Step 15 of 15: Write the run into the journal
CREATE TABLE IF NOT EXISTS "_rekey_run" (number INTEGER PRIMARY KEY, run TEXT NOT NULL UNIQUE, plan_fingerprint TEXT NOT NULL, state TEXT NOT NULL, tool_version TEXT NOT NULL, started TEXT NOT NULL, plan TEXT NOT NULL, catalogue_before TEXT NOT NULL, record TEXT NOT NULL);
INSERT INTO "_rekey_run" (run, plan_fingerprint, state, tool_version, started, plan, catalogue_before, record) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

