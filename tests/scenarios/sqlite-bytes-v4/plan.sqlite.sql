-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- SQLite database sqlite_bytes_v4.db

-- Step 1 of 11: Lock the file

-- Step 2 of 11: Note the order of the schema and the sequences
CREATE TABLE "rk_00000000_0" (place INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL);
INSERT INTO "rk_00000000_0" (place, kind, name) SELECT rowid, type, name FROM sqlite_schema WHERE name <> 'rk_00000000_0';

-- Step 3 of 11: Give every id of main.street.id its UUID
CREATE TABLE "_rekey_map_00000000_0" (old_id INTEGER PRIMARY KEY, new_id BLOB NOT NULL UNIQUE);
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."street" WHERE "id" IS NOT NULL)) INSERT INTO "_rekey_map_00000000_0" (old_id, new_id) SELECT i.id, unhex(printf('%08x-%04x-4%03x-%04x-%012x', random() & 4294967295, random() & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655), '-') FROM (SELECT "id" AS id, NULL AS stray FROM main."street" WHERE "id" IS NOT NULL) i ORDER BY i.id;

-- Step 4 of 11: Give every id of main.town.id its UUID
CREATE TABLE "_rekey_map_00000000_1" (old_id INTEGER PRIMARY KEY, new_id BLOB NOT NULL UNIQUE, stray INTEGER);
CREATE TABLE "rk_00000000_4" (id INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."town_id" FROM "street" c WHERE c."town_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "town" r WHERE r."id" = c."town_id");
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."town" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_4")) INSERT INTO "_rekey_map_00000000_1" (old_id, new_id, stray) SELECT i.id, unhex(printf('%08x-%04x-4%03x-%04x-%012x', random() & 4294967295, random() & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655), '-'), i.stray FROM (SELECT "id" AS id, NULL AS stray FROM main."town" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_4") i ORDER BY i.id;
DROP TABLE "rk_00000000_4";
SELECT rekey_hold(1, old_id, new_id) FROM (SELECT old_id, new_id FROM "_rekey_map_00000000_1" ORDER BY old_id);

-- Step 5 of 11: Take views and triggers away

-- Step 6 of 11: Convert main.town
CREATE TABLE "rk_00000000_1" (id BLOB PRIMARY KEY NOT NULL, name TEXT);
INSERT OR ABORT INTO "rk_00000000_1" (rowid, "id", "name") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."id"), o."name" FROM "town" o ORDER BY o.rowid;
DROP TABLE "town";

-- Step 7 of 11: Convert main.street
CREATE TABLE "rk_00000000_2" (id BLOB PRIMARY KEY NOT NULL, town_id BLOB REFERENCES town (id) ON DELETE CASCADE, name TEXT) STRICT;
INSERT OR ABORT INTO "rk_00000000_2" (rowid, "id", "town_id", "name") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."id"), coalesce(rekey_held(1, o."town_id"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."town_id")), o."name" FROM "street" o ORDER BY o.rowid;
DROP TABLE "street";

-- Step 8 of 11: Give the new tables their names and texts
PRAGMA writable_schema=ON;
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'town' ELSE 'sqlite_autoindex_' || 'town' || substr(name, 31) END, tbl_name = 'town', sql = CASE type WHEN 'table' THEN 'CREATE TABLE town (id BLOB PRIMARY KEY NOT NULL, name TEXT)' END WHERE tbl_name = 'rk_00000000_1';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'street' ELSE 'sqlite_autoindex_' || 'street' || substr(name, 31) END, tbl_name = 'street', sql = CASE type WHEN 'table' THEN 'CREATE TABLE street (id BLOB PRIMARY KEY NOT NULL, town_id BLOB REFERENCES town (id) ON DELETE CASCADE, name TEXT) STRICT' END WHERE tbl_name = 'rk_00000000_2';
PRAGMA writable_schema=RESET;
SELECT rekey_let_go();

-- Step 9 of 11: Put views and triggers back

-- Step 10 of 11: Put sequences and the schema's order back
PRAGMA writable_schema=ON;
UPDATE sqlite_schema AS s SET rowid = -n.place FROM (SELECT o.rowid AS id, row_number() OVER (ORDER BY w.place IS NULL, w.place, o.rowid) AS place FROM sqlite_schema o LEFT JOIN "rk_00000000_0" w ON w.kind = o.type AND w.name = o.name) AS n WHERE s.rowid = n.id;
UPDATE sqlite_schema SET rowid = -rowid;
PRAGMA writable_schema=RESET;
DROP TABLE "rk_00000000_0";

-- Step 11 of 11: Write the run into the journal
CREATE TABLE IF NOT EXISTS "_rekey_run" (number INTEGER PRIMARY KEY, run TEXT NOT NULL UNIQUE, plan_fingerprint TEXT NOT NULL, state TEXT NOT NULL, tool_version TEXT NOT NULL, started TEXT NOT NULL, plan TEXT NOT NULL, catalogue_before TEXT NOT NULL, record TEXT NOT NULL);
INSERT INTO "_rekey_run" (run, plan_fingerprint, state, tool_version, started, plan, catalogue_before, record) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

