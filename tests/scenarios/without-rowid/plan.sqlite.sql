-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- SQLite database without_rowid.db

-- Step 1 of 10: Lock the file

-- Step 2 of 10: Note the order of the schema and the sequences
CREATE TABLE "rk_00000000_0" (place INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL);
INSERT INTO "rk_00000000_0" (place, kind, name) SELECT rowid, type, name FROM sqlite_schema WHERE name <> 'rk_00000000_0';

-- Step 3 of 10: Give every id of main.unit.id its UUID
CREATE TABLE "_rekey_map_00000000_0" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL UNIQUE, stray INTEGER);
CREATE TABLE "rk_00000000_3" (id INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO "rk_00000000_3" (id) SELECT c."unit_id" FROM "part" c WHERE c."unit_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "unit" r WHERE r."id" = c."unit_id");
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."unit" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_3")) INSERT INTO "_rekey_map_00000000_0" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) & 65535, 4095 - ((SELECT high FROM c) - i.id) % 4096, 32768 | (random() & 16383), random() & 281474976710655), i.stray FROM (SELECT "id" AS id, NULL AS stray FROM main."unit" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_3") i WHERE (SELECT close FROM c) ORDER BY i.id;
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."unit" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_3")) INSERT INTO "_rekey_map_00000000_0" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) & 65535, 4095 - ((SELECT number FROM c) - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655), i.stray FROM (SELECT id, stray, row_number() OVER (ORDER BY id) AS place FROM (SELECT "id" AS id, NULL AS stray FROM main."unit" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_3") WHERE NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_0")) i;
DROP TABLE "rk_00000000_3";
SELECT rekey_hold(0, old_id, new_id) FROM (SELECT old_id, new_id FROM "_rekey_map_00000000_0" ORDER BY old_id);

-- Step 4 of 10: Take views and triggers away

-- Step 5 of 10: Convert main.unit
CREATE TABLE "rk_00000000_1" (id TEXT PRIMARY KEY NOT NULL, name TEXT) WITHOUT ROWID;
INSERT OR ABORT INTO "rk_00000000_1" ("id", "name") SELECT (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."id"), o."name" FROM "unit" o;
DROP TABLE "unit";

-- Step 6 of 10: Convert main.part
CREATE TABLE "rk_00000000_2" (unit_id TEXT NOT NULL REFERENCES unit (id), no INTEGER NOT NULL, name TEXT, PRIMARY KEY (unit_id, no DESC)) WITHOUT ROWID;
INSERT OR ABORT INTO "rk_00000000_2" ("unit_id", "no", "name") SELECT coalesce(rekey_held(0, o."unit_id"), (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."unit_id")), o."no", o."name" FROM "part" o;
DROP TABLE "part";

-- Step 7 of 10: Give the new tables their names and texts
PRAGMA writable_schema=ON;
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'unit' ELSE 'sqlite_autoindex_' || 'unit' || substr(name, 31) END, tbl_name = 'unit', sql = CASE type WHEN 'table' THEN 'CREATE TABLE unit (id TEXT PRIMARY KEY NOT NULL, name TEXT) WITHOUT ROWID' END WHERE tbl_name = 'rk_00000000_1';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'part' ELSE 'sqlite_autoindex_' || 'part' || substr(name, 31) END, tbl_name = 'part', sql = CASE type WHEN 'table' THEN 'CREATE TABLE part (unit_id TEXT NOT NULL REFERENCES unit (id), no INTEGER NOT NULL, name TEXT, PRIMARY KEY (unit_id, no DESC)) WITHOUT ROWID' END WHERE tbl_name = 'rk_00000000_2';
PRAGMA writable_schema=RESET;
SELECT rekey_let_go();

-- Step 8 of 10: Put views and triggers back

-- Step 9 of 10: Put sequences and the schema's order back
PRAGMA writable_schema=ON;
UPDATE sqlite_schema AS s SET rowid = -n.place FROM (SELECT o.rowid AS id, row_number() OVER (ORDER BY w.place IS NULL, w.place, o.rowid) AS place FROM sqlite_schema o LEFT JOIN "rk_00000000_0" w ON w.kind = o.type AND w.name = o.name) AS n WHERE s.rowid = n.id;
UPDATE sqlite_schema SET rowid = -rowid;
PRAGMA writable_schema=RESET;
DROP TABLE "rk_00000000_0";

-- Step 10 of 10: Write the run into the journal
CREATE TABLE IF NOT EXISTS "_rekey_run" (number INTEGER PRIMARY KEY, run TEXT NOT NULL UNIQUE, plan_fingerprint TEXT NOT NULL, state TEXT NOT NULL, tool_version TEXT NOT NULL, started TEXT NOT NULL, plan TEXT NOT NULL, catalogue_before TEXT NOT NULL, record TEXT NOT NULL);
INSERT INTO "_rekey_run" (run, plan_fingerprint, state, tool_version, started, plan, catalogue_before, record) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

