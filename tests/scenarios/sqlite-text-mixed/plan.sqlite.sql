-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- SQLite database sqlite_text_mixed.db

-- Step 1 of 11: Lock the file

-- Step 2 of 11: Note the order of the schema and the sequences
CREATE TABLE "rk_00000000_0" (place INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL);
INSERT INTO "rk_00000000_0" (place, kind, name) SELECT rowid, type, name FROM sqlite_schema WHERE name <> 'rk_00000000_0';

-- Step 3 of 11: Give every id of main.items.id its UUID
CREATE TABLE "_rekey_map_00000000_0" (old_id TEXT PRIMARY KEY NOT NULL, new_id TEXT NOT NULL UNIQUE);
INSERT INTO "_rekey_map_00000000_0" (old_id, new_id) SELECT v.t, rekey_uuid_within(v.t) FROM (SELECT "id" AS t FROM main."items" WHERE "id" IS NOT NULL) v WHERE rekey_uuid_within(v.t) IS NOT NULL ORDER BY v.t;
INSERT INTO "_rekey_map_00000000_0" (old_id, new_id) SELECT min(v.t), rekey_uuid_within(v.t) FROM (SELECT "item_id" AS t FROM main."uses" WHERE "item_id" IS NOT NULL) v WHERE rekey_uuid_within(v.t) IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_0" m WHERE m.new_id = rekey_uuid_within(v.t)) GROUP BY 2;
WITH ids (id) AS MATERIALIZED (SELECT DISTINCT v.t FROM (SELECT "id" AS t FROM main."items" WHERE "id" IS NOT NULL UNION ALL SELECT "item_id" AS t FROM main."uses" WHERE "item_id" IS NOT NULL) v WHERE rekey_uuid_within(v.t) IS NULL), c (now, number) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), (SELECT count(*) FROM ids)) INSERT INTO "_rekey_map_00000000_0" (old_id, new_id) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', (c.now - (c.number - i.place) / 4096) >> 16, (c.now - (c.number - i.place) / 4096) & 65535, 4095 - (c.number - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655) FROM (SELECT id, row_number() OVER (ORDER BY length(id), id) AS place FROM ids) i CROSS JOIN c;

-- Step 4 of 11: Give every id of main.uses.id its UUID
CREATE TABLE "_rekey_map_00000000_1" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL);
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."uses" WHERE "id" IS NOT NULL)) INSERT INTO "_rekey_map_00000000_1" (old_id, new_id) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) & 65535, 4095 - ((SELECT high FROM c) - i.id) % 4096, 32768 | (random() & 16383), random() & 281474976710655) FROM (SELECT "id" AS id, NULL AS stray FROM main."uses" WHERE "id" IS NOT NULL) i WHERE (SELECT close FROM c) ORDER BY i.id;
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."uses" WHERE "id" IS NOT NULL)) INSERT INTO "_rekey_map_00000000_1" (old_id, new_id) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) & 65535, 4095 - ((SELECT number FROM c) - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655) FROM (SELECT id, stray, row_number() OVER (ORDER BY id) AS place FROM (SELECT "id" AS id, NULL AS stray FROM main."uses" WHERE "id" IS NOT NULL) WHERE NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_1")) i;

-- Step 5 of 11: Take views and triggers away

-- Step 6 of 11: Convert main.items
CREATE TABLE "rk_00000000_1" (id TEXT PRIMARY KEY NOT NULL, name TEXT);
INSERT OR ABORT INTO "rk_00000000_1" (rowid, "id", "name") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."id"), o."name" FROM "items" o ORDER BY o.rowid;
DROP TABLE "items";

-- Step 7 of 11: Convert main.uses
CREATE TABLE "rk_00000000_2" (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), item_id TEXT REFERENCES items);
INSERT OR ABORT INTO "rk_00000000_2" (rowid, "id", "item_id") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."id"), coalesce((SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."item_id"), rekey_uuid_within(o."item_id")) FROM "uses" o ORDER BY o.rowid;
DROP TABLE "uses";

-- Step 8 of 11: Give the new tables their names and texts
PRAGMA writable_schema=ON;
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'items' ELSE 'sqlite_autoindex_' || 'items' || substr(name, 31) END, tbl_name = 'items', sql = CASE type WHEN 'table' THEN 'CREATE TABLE items (id TEXT PRIMARY KEY NOT NULL, name TEXT)' END WHERE tbl_name = 'rk_00000000_1';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'uses' ELSE 'sqlite_autoindex_' || 'uses' || substr(name, 31) END, tbl_name = 'uses', sql = CASE type WHEN 'table' THEN 'CREATE TABLE uses (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-7%03x-%04x-%012x'', CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), item_id TEXT REFERENCES items)' END WHERE tbl_name = 'rk_00000000_2';
PRAGMA writable_schema=RESET;

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

