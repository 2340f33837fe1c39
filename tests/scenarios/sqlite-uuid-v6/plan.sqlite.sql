-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- SQLite database sqlite_uuid_v6.db

-- Step 1 of 12: Lock the file

-- Step 2 of 12: Note the order of the schema and the sequences
CREATE TABLE "rk_00000000_0" (place INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL);
INSERT INTO "rk_00000000_0" (place, kind, name) SELECT rowid, type, name FROM sqlite_schema WHERE name <> 'rk_00000000_0';
CREATE TABLE "_rekey_seq_00000000" (place INTEGER PRIMARY KEY, name, seq);
INSERT INTO "_rekey_seq_00000000" (place, name, seq) SELECT rowid, name, seq FROM sqlite_sequence;

-- Step 3 of 12: Give every id of main.city.id its UUID
CREATE TABLE "_rekey_map_00000000_0" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL, stray INTEGER);
CREATE TABLE "rk_00000000_4" (id INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."city_id" FROM "person" c WHERE c."city_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "city" r WHERE r."id" = c."city_id");
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."city" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_4")) INSERT INTO "_rekey_map_00000000_0" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-6%03x-%04x-%012x', ((SELECT now FROM c) * 10000 + 122192928000000000 + 9999 - ((SELECT high FROM c) - i.id)) >> 28, (((SELECT now FROM c) * 10000 + 122192928000000000 + 9999 - ((SELECT high FROM c) - i.id)) >> 12) & 65535, ((SELECT now FROM c) * 10000 + 122192928000000000 + 9999 - ((SELECT high FROM c) - i.id)) & 4095, 32768 | (random() & 16383), random() & 281474976710655 | 1099511627776), i.stray FROM (SELECT "id" AS id, NULL AS stray FROM main."city" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_4") i WHERE (SELECT close FROM c) ORDER BY i.id;
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."city" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_4")) INSERT INTO "_rekey_map_00000000_0" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-6%03x-%04x-%012x', ((SELECT now FROM c) * 10000 + 122192928000000000 + 9999 - ((SELECT number FROM c) - i.place)) >> 28, (((SELECT now FROM c) * 10000 + 122192928000000000 + 9999 - ((SELECT number FROM c) - i.place)) >> 12) & 65535, ((SELECT now FROM c) * 10000 + 122192928000000000 + 9999 - ((SELECT number FROM c) - i.place)) & 4095, 32768 | (random() & 16383), random() & 281474976710655 | 1099511627776), i.stray FROM (SELECT id, stray, row_number() OVER (ORDER BY id) AS place FROM (SELECT "id" AS id, NULL AS stray FROM main."city" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_4") WHERE NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_0")) i;
DROP TABLE "rk_00000000_4";
CREATE UNIQUE INDEX "_rekey_map_00000000_0_strays" ON "_rekey_map_00000000_0" (new_id) WHERE stray IS NOT NULL;
SELECT rekey_hold(0, old_id, new_id) FROM (SELECT old_id, new_id FROM "_rekey_map_00000000_0" ORDER BY old_id);

-- Step 4 of 12: Give every id of main.person.id its UUID
CREATE TABLE "_rekey_map_00000000_1" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL, stray INTEGER);
CREATE TABLE "rk_00000000_5" (id INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO "rk_00000000_5" (id) SELECT c."person_id" FROM "badge" c WHERE c."person_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "person" r WHERE r."id" = c."person_id");
INSERT OR IGNORE INTO "rk_00000000_5" (id) SELECT c."boss" FROM "person" c WHERE c."boss" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "person" r WHERE r."id" = c."boss");
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."person" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_5")) INSERT INTO "_rekey_map_00000000_1" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-6%03x-%04x-%012x', ((SELECT now FROM c) * 10000 + 122192928000000000 + 9999 - ((SELECT high FROM c) - i.id)) >> 28, (((SELECT now FROM c) * 10000 + 122192928000000000 + 9999 - ((SELECT high FROM c) - i.id)) >> 12) & 65535, ((SELECT now FROM c) * 10000 + 122192928000000000 + 9999 - ((SELECT high FROM c) - i.id)) & 4095, 32768 | (random() & 16383), random() & 281474976710655 | 1099511627776), i.stray FROM (SELECT "id" AS id, NULL AS stray FROM main."person" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_5") i WHERE (SELECT close FROM c) ORDER BY i.id;
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."person" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_5")) INSERT INTO "_rekey_map_00000000_1" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-6%03x-%04x-%012x', ((SELECT now FROM c) * 10000 + 122192928000000000 + 9999 - ((SELECT number FROM c) - i.place)) >> 28, (((SELECT now FROM c) * 10000 + 122192928000000000 + 9999 - ((SELECT number FROM c) - i.place)) >> 12) & 65535, ((SELECT now FROM c) * 10000 + 122192928000000000 + 9999 - ((SELECT number FROM c) - i.place)) & 4095, 32768 | (random() & 16383), random() & 281474976710655 | 1099511627776), i.stray FROM (SELECT id, stray, row_number() OVER (ORDER BY id) AS place FROM (SELECT "id" AS id, NULL AS stray FROM main."person" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_5") WHERE NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_1")) i;
DROP TABLE "rk_00000000_5";
CREATE UNIQUE INDEX "_rekey_map_00000000_1_strays" ON "_rekey_map_00000000_1" (new_id) WHERE stray IS NOT NULL;
SELECT rekey_hold(1, old_id, new_id) FROM (SELECT old_id, new_id FROM "_rekey_map_00000000_1" ORDER BY old_id);

-- Step 5 of 12: Take views and triggers away

-- Step 6 of 12: Convert main.city
CREATE TABLE "rk_00000000_1" (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-6%03x-%04x-%012x', (CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) * 10000 + 122192928000000000) >> 28, ((CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) * 10000 + 122192928000000000) >> 12) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655 | 1099511627776)), name TEXT);
INSERT OR ABORT INTO "rk_00000000_1" (rowid, "id", "name") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."id"), o."name" FROM "city" o ORDER BY o.rowid;
DROP TABLE "city";

-- Step 7 of 12: Convert main.person
CREATE TABLE "rk_00000000_2" (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-6%03x-%04x-%012x', (CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) * 10000 + 122192928000000000) >> 28, ((CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) * 10000 + 122192928000000000) >> 12) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655 | 1099511627776)), name TEXT, city_id TEXT REFERENCES city (id), boss TEXT REFERENCES person (id));
INSERT OR ABORT INTO "rk_00000000_2" (rowid, "id", "name", "city_id", "boss") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."id"), o."name", coalesce(rekey_held(0, o."city_id"), (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."city_id")), coalesce(rekey_held(1, o."boss"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."boss")) FROM "person" o ORDER BY o.rowid;
DROP TABLE "person";

-- Step 8 of 12: Convert main.badge
CREATE TABLE "rk_00000000_3" (person_id TEXT PRIMARY KEY REFERENCES person (id) NOT NULL, code TEXT);
INSERT OR ABORT INTO "rk_00000000_3" (rowid, "person_id", "code") SELECT o.rowid, coalesce(rekey_held(1, o."person_id"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."person_id")), o."code" FROM "badge" o ORDER BY o.rowid;
DROP TABLE "badge";

-- Step 9 of 12: Give the new tables their names and texts
PRAGMA writable_schema=ON;
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'city' ELSE 'sqlite_autoindex_' || 'city' || substr(name, 31) END, tbl_name = 'city', sql = CASE type WHEN 'table' THEN 'CREATE TABLE city (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-6%03x-%04x-%012x'', (CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) * 10000 + 122192928000000000) >> 28, ((CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) * 10000 + 122192928000000000) >> 12) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655 | 1099511627776)), name TEXT)' END WHERE tbl_name = 'rk_00000000_1';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'person' ELSE 'sqlite_autoindex_' || 'person' || substr(name, 31) END, tbl_name = 'person', sql = CASE type WHEN 'table' THEN 'CREATE TABLE person (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-6%03x-%04x-%012x'', (CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) * 10000 + 122192928000000000) >> 28, ((CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) * 10000 + 122192928000000000) >> 12) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655 | 1099511627776)), name TEXT, city_id TEXT REFERENCES city (id), boss TEXT REFERENCES person (id))' END WHERE tbl_name = 'rk_00000000_2';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'badge' ELSE 'sqlite_autoindex_' || 'badge' || substr(name, 31) END, tbl_name = 'badge', sql = CASE type WHEN 'table' THEN 'CREATE TABLE badge (person_id TEXT PRIMARY KEY REFERENCES person (id) NOT NULL, code TEXT)' END WHERE tbl_name = 'rk_00000000_3';
PRAGMA writable_schema=RESET;
SELECT rekey_let_go();

-- Step 10 of 12: Put views and triggers back

-- Step 11 of 12: Put sequences and the schema's order back
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence (rowid, name, seq) SELECT place, name, seq FROM "_rekey_seq_00000000" WHERE name NOT IN ('city') ORDER BY place;
PRAGMA writable_schema=ON;
UPDATE sqlite_schema AS s SET rowid = -n.place FROM (SELECT o.rowid AS id, row_number() OVER (ORDER BY w.place IS NULL, w.place, o.rowid) AS place FROM sqlite_schema o LEFT JOIN "rk_00000000_0" w ON w.kind = o.type AND w.name = o.name) AS n WHERE s.rowid = n.id;
UPDATE sqlite_schema SET rowid = -rowid;
PRAGMA writable_schema=RESET;
DROP TABLE "rk_00000000_0";

-- Step 12 of 12: Write the run into the journal
CREATE TABLE IF NOT EXISTS "_rekey_run" (number INTEGER PRIMARY KEY, run TEXT NOT NULL UNIQUE, plan_fingerprint TEXT NOT NULL, state TEXT NOT NULL, tool_version TEXT NOT NULL, started TEXT NOT NULL, plan TEXT NOT NULL, catalogue_before TEXT NOT NULL, record TEXT NOT NULL);
INSERT INTO "_rekey_run" (run, plan_fingerprint, state, tool_version, started, plan, catalogue_before, record) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

