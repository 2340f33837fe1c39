-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- SQLite database empty_and_keyless.db

-- Step 1 of 12: Lock the file

-- Step 2 of 12: Note the order of the schema and the sequences
CREATE TABLE "rk_00000000_0" (place INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL);
INSERT INTO "rk_00000000_0" (place, kind, name) SELECT rowid, type, name FROM sqlite_schema WHERE name <> 'rk_00000000_0';

-- Step 3 of 12: Give every id of main.empty_child.id its UUID
CREATE TABLE "_rekey_map_00000000_0" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL);
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."empty_child" WHERE "id" IS NOT NULL)) INSERT INTO "_rekey_map_00000000_0" (old_id, new_id) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) & 65535, 4095 - ((SELECT high FROM c) - i.id) % 4096, 32768 | (random() & 16383), random() & 281474976710655) FROM (SELECT "id" AS id, NULL AS stray FROM main."empty_child" WHERE "id" IS NOT NULL) i WHERE (SELECT close FROM c) ORDER BY i.id;
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."empty_child" WHERE "id" IS NOT NULL)) INSERT INTO "_rekey_map_00000000_0" (old_id, new_id) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) & 65535, 4095 - ((SELECT number FROM c) - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655) FROM (SELECT id, stray, row_number() OVER (ORDER BY id) AS place FROM (SELECT "id" AS id, NULL AS stray FROM main."empty_child" WHERE "id" IS NOT NULL) WHERE NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_0")) i;

-- Step 4 of 12: Give every id of main.empty_parent.id its UUID
CREATE TABLE "_rekey_map_00000000_1" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL, stray INTEGER);
CREATE TABLE "rk_00000000_5" (id INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO "rk_00000000_5" (id) SELECT c."parent_id" FROM "empty_child" c WHERE c."parent_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "empty_parent" r WHERE r."id" = c."parent_id");
INSERT OR IGNORE INTO "rk_00000000_5" (id) SELECT c."parent_id" FROM "no_key" c WHERE c."parent_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "empty_parent" r WHERE r."id" = c."parent_id");
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."empty_parent" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_5")) INSERT INTO "_rekey_map_00000000_1" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) & 65535, 4095 - ((SELECT high FROM c) - i.id) % 4096, 32768 | (random() & 16383), random() & 281474976710655), i.stray FROM (SELECT "id" AS id, NULL AS stray FROM main."empty_parent" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_5") i WHERE (SELECT close FROM c) ORDER BY i.id;
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."empty_parent" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_5")) INSERT INTO "_rekey_map_00000000_1" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) & 65535, 4095 - ((SELECT number FROM c) - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655), i.stray FROM (SELECT id, stray, row_number() OVER (ORDER BY id) AS place FROM (SELECT "id" AS id, NULL AS stray FROM main."empty_parent" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_5") WHERE NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_1")) i;
DROP TABLE "rk_00000000_5";
CREATE UNIQUE INDEX "_rekey_map_00000000_1_strays" ON "_rekey_map_00000000_1" (new_id) WHERE stray IS NOT NULL;
SELECT rekey_hold(1, old_id, new_id) FROM (SELECT old_id, new_id FROM "_rekey_map_00000000_1" ORDER BY old_id);

-- Step 5 of 12: Take views and triggers away

-- Step 6 of 12: Convert main.empty_parent
CREATE TABLE "rk_00000000_1" (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), name text);
INSERT OR ABORT INTO "rk_00000000_1" (rowid, "id", "name") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."id"), o."name" FROM "empty_parent" o ORDER BY o.rowid;
DROP TABLE "empty_parent";

-- Step 7 of 12: Convert main.empty_child
CREATE TABLE "rk_00000000_2" (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), parent_id TEXT REFERENCES empty_parent (id));
INSERT OR ABORT INTO "rk_00000000_2" (rowid, "id", "parent_id") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."id"), coalesce(rekey_held(1, o."parent_id"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."parent_id")) FROM "empty_child" o ORDER BY o.rowid;
DROP TABLE "empty_child";

-- Step 8 of 12: Convert main.no_key
CREATE TABLE "rk_00000000_3" (parent_id TEXT REFERENCES empty_parent (id), note text);
INSERT OR ABORT INTO "rk_00000000_3" (rowid, "parent_id", "note") SELECT o.rowid, coalesce(rekey_held(1, o."parent_id"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."parent_id")), o."note" FROM "no_key" o ORDER BY o.rowid;
DROP TABLE "no_key";

-- Step 9 of 12: Give the new tables their names and texts
PRAGMA writable_schema=ON;
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'empty_parent' ELSE 'sqlite_autoindex_' || 'empty_parent' || substr(name, 31) END, tbl_name = 'empty_parent', sql = CASE type WHEN 'table' THEN 'CREATE TABLE empty_parent (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-7%03x-%04x-%012x'', CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), name text)' END WHERE tbl_name = 'rk_00000000_1';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'empty_child' ELSE 'sqlite_autoindex_' || 'empty_child' || substr(name, 31) END, tbl_name = 'empty_child', sql = CASE type WHEN 'table' THEN 'CREATE TABLE empty_child (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-7%03x-%04x-%012x'', CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), parent_id TEXT REFERENCES empty_parent (id))' END WHERE tbl_name = 'rk_00000000_2';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'no_key' ELSE 'sqlite_autoindex_' || 'no_key' || substr(name, 31) END, tbl_name = 'no_key', sql = CASE type WHEN 'table' THEN 'CREATE TABLE no_key (parent_id TEXT REFERENCES empty_parent (id), note text)' END WHERE tbl_name = 'rk_00000000_3';
PRAGMA writable_schema=RESET;
SELECT rekey_let_go();

-- Step 10 of 12: Put views and triggers back

-- Step 11 of 12: Put sequences and the schema's order back
PRAGMA writable_schema=ON;
UPDATE sqlite_schema AS s SET rowid = -n.place FROM (SELECT o.rowid AS id, row_number() OVER (ORDER BY w.place IS NULL, w.place, o.rowid) AS place FROM sqlite_schema o LEFT JOIN "rk_00000000_0" w ON w.kind = o.type AND w.name = o.name) AS n WHERE s.rowid = n.id;
UPDATE sqlite_schema SET rowid = -rowid;
PRAGMA writable_schema=RESET;
DROP TABLE "rk_00000000_0";

-- Step 12 of 12: Write the run into the journal
CREATE TABLE IF NOT EXISTS "_rekey_run" (number INTEGER PRIMARY KEY, run TEXT NOT NULL UNIQUE, plan_fingerprint TEXT NOT NULL, state TEXT NOT NULL, tool_version TEXT NOT NULL, started TEXT NOT NULL, plan TEXT NOT NULL, catalogue_before TEXT NOT NULL, record TEXT NOT NULL);
INSERT INTO "_rekey_run" (run, plan_fingerprint, state, tool_version, started, plan, catalogue_before, record) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

