-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- SQLite database sqlite_dependents.db

-- Step 1 of 12: Lock the file

-- Step 2 of 12: Note the order of the schema and the sequences
CREATE TABLE "rk_00000000_0" (place INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL);
INSERT INTO "rk_00000000_0" (place, kind, name) SELECT rowid, type, name FROM sqlite_schema WHERE name <> 'rk_00000000_0';
CREATE TABLE "_rekey_stat1_00000000" (place INTEGER PRIMARY KEY, tbl, idx, stat);
INSERT INTO "_rekey_stat1_00000000" (place, tbl, idx, stat) SELECT rowid, tbl, idx, stat FROM sqlite_stat1;

-- Step 3 of 12: Give every id of main.log.id its UUID
CREATE TABLE "_rekey_map_00000000_0" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL);
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."log" WHERE "id" IS NOT NULL)) INSERT INTO "_rekey_map_00000000_0" (old_id, new_id) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) & 65535, 4095 - ((SELECT high FROM c) - i.id) % 4096, 32768 | (random() & 16383), random() & 281474976710655) FROM (SELECT "id" AS id, NULL AS stray FROM main."log" WHERE "id" IS NOT NULL) i WHERE (SELECT close FROM c) ORDER BY i.id;
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."log" WHERE "id" IS NOT NULL)) INSERT INTO "_rekey_map_00000000_0" (old_id, new_id) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) & 65535, 4095 - ((SELECT number FROM c) - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655) FROM (SELECT id, stray, row_number() OVER (ORDER BY id) AS place FROM (SELECT "id" AS id, NULL AS stray FROM main."log" WHERE "id" IS NOT NULL) WHERE NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_0")) i;

-- Step 4 of 12: Give every id of main.node.id its UUID
CREATE TABLE "_rekey_map_00000000_1" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL, stray INTEGER);
CREATE TABLE "rk_00000000_4" (id INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."parent_id" FROM "node" c WHERE c."parent_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "node" r WHERE r."id" = c."parent_id");
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."node" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_4")) INSERT INTO "_rekey_map_00000000_1" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) & 65535, 4095 - ((SELECT high FROM c) - i.id) % 4096, 32768 | (random() & 16383), random() & 281474976710655), i.stray FROM (SELECT "id" AS id, NULL AS stray FROM main."node" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_4") i WHERE (SELECT close FROM c) ORDER BY i.id;
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."node" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_4")) INSERT INTO "_rekey_map_00000000_1" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) & 65535, 4095 - ((SELECT number FROM c) - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655), i.stray FROM (SELECT id, stray, row_number() OVER (ORDER BY id) AS place FROM (SELECT "id" AS id, NULL AS stray FROM main."node" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_4") WHERE NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_1")) i;
DROP TABLE "rk_00000000_4";
CREATE UNIQUE INDEX "_rekey_map_00000000_1_strays" ON "_rekey_map_00000000_1" (new_id) WHERE stray IS NOT NULL;
SELECT rekey_hold(1, old_id, new_id) FROM (SELECT old_id, new_id FROM "_rekey_map_00000000_1" ORDER BY old_id);

-- Step 5 of 12: Take views and triggers away
DROP TRIGGER "node_closed";
DROP TRIGGER "node_moved";
DROP TRIGGER "few_new";
DROP VIEW "few";
DROP VIEW "named";

-- Step 6 of 12: Convert main.node
CREATE TABLE "rk_00000000_1" (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), parent_id TEXT REFERENCES node (id) ON DELETE CASCADE, name TEXT COLLATE NOCASE, open INTEGER DEFAULT 1);
INSERT OR ABORT INTO "rk_00000000_1" (rowid, "id", "parent_id", "name", "open") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."id"), coalesce(rekey_held(1, o."parent_id"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."parent_id")), o."name", o."open" FROM "node" o ORDER BY o.rowid;
DROP TABLE "node";

-- Step 7 of 12: Convert main.log
CREATE TABLE "rk_00000000_2" (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), what TEXT);
INSERT OR ABORT INTO "rk_00000000_2" (rowid, "id", "what") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."id"), o."what" FROM "log" o ORDER BY o.rowid;
DROP TABLE "log";

-- Step 8 of 12: Give the new tables their names and texts
PRAGMA writable_schema=ON;
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'node' ELSE 'sqlite_autoindex_' || 'node' || substr(name, 31) END, tbl_name = 'node', sql = CASE type WHEN 'table' THEN 'CREATE TABLE node (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-7%03x-%04x-%012x'', CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), parent_id TEXT REFERENCES node (id) ON DELETE CASCADE, name TEXT COLLATE NOCASE, open INTEGER DEFAULT 1)' END WHERE tbl_name = 'rk_00000000_1';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'log' ELSE 'sqlite_autoindex_' || 'log' || substr(name, 31) END, tbl_name = 'log', sql = CASE type WHEN 'table' THEN 'CREATE TABLE log (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-7%03x-%04x-%012x'', CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), what TEXT)' END WHERE tbl_name = 'rk_00000000_2';
PRAGMA writable_schema=RESET;
SELECT rekey_let_go();

-- Step 9 of 12: Build the indexes of main.node
CREATE INDEX node_open ON node (parent_id, name) WHERE open = 1 AND parent_id IS NOT NULL;
CREATE INDEX node_lower ON node (lower(name), id);
CREATE INDEX node_down ON node (parent_id DESC, name COLLATE RTRIM);
CREATE INDEX node_text ON node (name COLLATE BINARY);

-- Step 10 of 12: Put views and triggers back
CREATE VIEW named AS SELECT n.name, p.name AS parent FROM node n LEFT JOIN node p ON p.id = n.parent_id;
CREATE VIEW few AS SELECT * FROM named WHERE parent IS NOT NULL;
CREATE TRIGGER few_new INSTEAD OF INSERT ON few BEGIN INSERT INTO node (name, parent_id) SELECT NEW.name, id FROM node WHERE name = NEW.parent; END;
CREATE TRIGGER node_moved AFTER UPDATE OF parent_id ON node WHEN NEW.parent_id IS NOT OLD.parent_id BEGIN INSERT INTO log (what) VALUES ('moved ' || NEW.name); END;
CREATE TRIGGER node_closed AFTER UPDATE OF open ON node BEGIN UPDATE node SET open = NEW.open WHERE parent_id = NEW.id AND open <> NEW.open; END;

-- Step 11 of 12: Put sequences and the schema's order back
DELETE FROM sqlite_stat1;
INSERT INTO sqlite_stat1 (rowid, tbl, idx, stat) SELECT place, tbl, idx, stat FROM "_rekey_stat1_00000000" WHERE NOT (tbl IN ('node', 'log') AND idx GLOB 'sqlite_autoindex_*') ORDER BY place;
PRAGMA writable_schema=ON;
UPDATE sqlite_schema AS s SET rowid = -n.place FROM (SELECT o.rowid AS id, row_number() OVER (ORDER BY w.place IS NULL, w.place, o.rowid) AS place FROM sqlite_schema o LEFT JOIN "rk_00000000_0" w ON w.kind = o.type AND w.name = o.name) AS n WHERE s.rowid = n.id;
UPDATE sqlite_schema SET rowid = -rowid;
PRAGMA writable_schema=RESET;
DROP TABLE "rk_00000000_0";

-- Step 12 of 12: Write the run into the journal
CREATE TABLE IF NOT EXISTS "_rekey_run" (number INTEGER PRIMARY KEY, run TEXT NOT NULL UNIQUE, plan_fingerprint TEXT NOT NULL, state TEXT NOT NULL, tool_version TEXT NOT NULL, started TEXT NOT NULL, plan TEXT NOT NULL, catalogue_before TEXT NOT NULL, record TEXT NOT NULL);
INSERT INTO "_rekey_run" (run, plan_fingerprint, state, tool_version, started, plan, catalogue_before, record) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

