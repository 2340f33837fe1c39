-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- SQLite database sqlite_references_without_index.db

-- Step 1 of 14: Lock the file

-- Step 2 of 14: Note the order of the schema and the sequences
CREATE TABLE "rk_00000000_0" (place INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL);
INSERT INTO "rk_00000000_0" (place, kind, name) SELECT rowid, type, name FROM sqlite_schema WHERE name <> 'rk_00000000_0';

-- Step 3 of 14: Give every id of main.child.id its UUID
CREATE TABLE "_rekey_map_00000000_0" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL UNIQUE, stray INTEGER);
CREATE TABLE "rk_00000000_4" (id INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."child_id" FROM "line" c WHERE c."child_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "child" r WHERE r."id" = c."child_id");
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."child" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_4")) INSERT INTO "_rekey_map_00000000_0" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) & 65535, 4095 - ((SELECT high FROM c) - i.id) % 4096, 32768 | (random() & 16383), random() & 281474976710655), i.stray FROM (SELECT "id" AS id, NULL AS stray FROM main."child" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_4") i WHERE (SELECT close FROM c) ORDER BY i.id;
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."child" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_4")) INSERT INTO "_rekey_map_00000000_0" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) & 65535, 4095 - ((SELECT number FROM c) - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655), i.stray FROM (SELECT id, stray, row_number() OVER (ORDER BY id) AS place FROM (SELECT "id" AS id, NULL AS stray FROM main."child" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_4") WHERE NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_0")) i;
DROP TABLE "rk_00000000_4";
SELECT rekey_hold(0, old_id, new_id) FROM (SELECT old_id, new_id FROM "_rekey_map_00000000_0" ORDER BY old_id);

-- Step 4 of 14: Give every id of main.parent.id its UUID
CREATE TABLE "_rekey_map_00000000_1" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL, stray INTEGER);
CREATE TABLE "rk_00000000_5" (id INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO "rk_00000000_5" (id) SELECT c."indexed_id" FROM "child" c WHERE c."indexed_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."indexed_id");
INSERT OR IGNORE INTO "rk_00000000_5" (id) SELECT c."parent_id" FROM "child" c WHERE c."parent_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."parent_id");
INSERT OR IGNORE INTO "rk_00000000_5" (id) SELECT c."second, id" FROM "child" c WHERE c."second, id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."second, id");
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."parent" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_5")) INSERT INTO "_rekey_map_00000000_1" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) & 65535, 4095 - ((SELECT high FROM c) - i.id) % 4096, 32768 | (random() & 16383), random() & 281474976710655), i.stray FROM (SELECT "id" AS id, NULL AS stray FROM main."parent" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_5") i WHERE (SELECT close FROM c) ORDER BY i.id;
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."parent" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_5")) INSERT INTO "_rekey_map_00000000_1" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) & 65535, 4095 - ((SELECT number FROM c) - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655), i.stray FROM (SELECT id, stray, row_number() OVER (ORDER BY id) AS place FROM (SELECT "id" AS id, NULL AS stray FROM main."parent" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_5") WHERE NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_1")) i;
DROP TABLE "rk_00000000_5";
CREATE UNIQUE INDEX "_rekey_map_00000000_1_strays" ON "_rekey_map_00000000_1" (new_id) WHERE stray IS NOT NULL;
SELECT rekey_hold(1, old_id, new_id) FROM (SELECT old_id, new_id FROM "_rekey_map_00000000_1" ORDER BY old_id);

-- Step 5 of 14: Take views and triggers away
DROP VIEW "ix_child_parent_id";

-- Step 6 of 14: Convert main.parent
CREATE TABLE "rk_00000000_1" (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), name text NOT NULL);
INSERT OR ABORT INTO "rk_00000000_1" (rowid, "id", "name") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."id"), o."name" FROM "parent" o ORDER BY o.rowid;
DROP TABLE "parent";

-- Step 7 of 14: Convert main.child
CREATE TABLE "rk_00000000_2" (
  id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)),
  kind text NOT NULL,
  parent_id TEXT NOT NULL REFERENCES parent (id),
  "second, id" TEXT REFERENCES parent (id),
  indexed_id TEXT REFERENCES parent (id),
  UNIQUE (id, kind)
);
INSERT OR ABORT INTO "rk_00000000_2" (rowid, "id", "kind", "parent_id", "second, id", "indexed_id") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."id"), o."kind", coalesce(rekey_held(1, o."parent_id"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."parent_id")), coalesce(rekey_held(1, o."second, id"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."second, id")), coalesce(rekey_held(1, o."indexed_id"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."indexed_id")) FROM "child" o ORDER BY o.rowid;
DROP TABLE "child";

-- Step 8 of 14: Convert main.line
CREATE TABLE "rk_00000000_3" (child_id TEXT, kind text COLLATE NOCASE, FOREIGN KEY (child_id, kind) REFERENCES child (id, kind));
INSERT OR ABORT INTO "rk_00000000_3" (rowid, "child_id", "kind") SELECT o.rowid, coalesce(rekey_held(0, o."child_id"), (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."child_id")), o."kind" FROM "line" o ORDER BY o.rowid;
DROP TABLE "line";

-- Step 9 of 14: Give the new tables their names and texts
PRAGMA writable_schema=ON;
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'parent' ELSE 'sqlite_autoindex_' || 'parent' || substr(name, 31) END, tbl_name = 'parent', sql = CASE type WHEN 'table' THEN 'CREATE TABLE parent (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-7%03x-%04x-%012x'', CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), name text NOT NULL)' END WHERE tbl_name = 'rk_00000000_1';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'child' ELSE 'sqlite_autoindex_' || 'child' || substr(name, 31) END, tbl_name = 'child', sql = CASE type WHEN 'table' THEN 'CREATE TABLE child (
  id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-7%03x-%04x-%012x'', CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)),
  kind text NOT NULL,
  parent_id TEXT NOT NULL REFERENCES parent (id),
  "second, id" TEXT REFERENCES parent (id),
  indexed_id TEXT REFERENCES parent (id),
  UNIQUE (id, kind)
)' END WHERE tbl_name = 'rk_00000000_2';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'line' ELSE 'sqlite_autoindex_' || 'line' || substr(name, 31) END, tbl_name = 'line', sql = CASE type WHEN 'table' THEN 'CREATE TABLE line (child_id TEXT, kind text COLLATE NOCASE, FOREIGN KEY (child_id, kind) REFERENCES child (id, kind))' END WHERE tbl_name = 'rk_00000000_3';
PRAGMA writable_schema=RESET;
SELECT rekey_let_go();

-- Step 10 of 14: Build the indexes of main.child
CREATE INDEX indexed ON child (indexed_id DESC, "second, id");
CREATE INDEX later ON child (kind, parent_id);

-- Step 11 of 14: Make the indexes that references lacked
CREATE INDEX "ix_child_parent_id_1" ON "child" ("parent_id");
CREATE INDEX "ix_line_child_id_kind" ON "line" ("child_id", "kind");

-- Step 12 of 14: Put views and triggers back
CREATE VIEW ix_child_parent_id AS SELECT parent_id FROM child;

-- Step 13 of 14: Put sequences and the schema's order back
PRAGMA writable_schema=ON;
UPDATE sqlite_schema AS s SET rowid = -n.place FROM (SELECT o.rowid AS id, row_number() OVER (ORDER BY w.place IS NULL, w.place, o.rowid) AS place FROM sqlite_schema o LEFT JOIN "rk_00000000_0" w ON w.kind = o.type AND w.name = o.name) AS n WHERE s.rowid = n.id;
UPDATE sqlite_schema SET rowid = -rowid;
PRAGMA writable_schema=RESET;
DROP TABLE "rk_00000000_0";

-- Step 14 of 14: Write the run into the journal
CREATE TABLE IF NOT EXISTS "_rekey_run" (number INTEGER PRIMARY KEY, run TEXT NOT NULL UNIQUE, plan_fingerprint TEXT NOT NULL, state TEXT NOT NULL, tool_version TEXT NOT NULL, started TEXT NOT NULL, plan TEXT NOT NULL, catalogue_before TEXT NOT NULL, record TEXT NOT NULL);
INSERT INTO "_rekey_run" (run, plan_fingerprint, state, tool_version, started, plan, catalogue_before, record) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

