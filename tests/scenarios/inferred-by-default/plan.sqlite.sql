-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- SQLite database inferred_by_default.db

-- Step 1 of 11: Lock the file

-- Step 2 of 11: Note the order of the schema and the sequences
CREATE TABLE "rk_00000000_0" (place INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL);
INSERT INTO "rk_00000000_0" (place, kind, name) SELECT rowid, type, name FROM sqlite_schema WHERE name <> 'rk_00000000_0';

-- Step 3 of 11: Give every id of main.author.id its UUID
CREATE TABLE "_rekey_map_00000000_0" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL UNIQUE);
CREATE TABLE "rk_00000000_3" (id INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO "rk_00000000_3" (id) SELECT c."author_id" FROM "book" c WHERE c."author_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "author" r WHERE r."id" = c."author_id");
WITH c (now, number) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), (SELECT count("id") FROM main."author") + (SELECT count(*) FROM "rk_00000000_3")), ids (id) AS (SELECT "id" FROM main."author" WHERE "id" IS NOT NULL UNION ALL SELECT id FROM "rk_00000000_3" ORDER BY 1) INSERT INTO "_rekey_map_00000000_0" (old_id, new_id) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', (c.now - (c.number - i.place) / 4096) >> 16, (c.now - (c.number - i.place) / 4096) & 65535, 4095 - (c.number - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655) FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM ids) i CROSS JOIN c ORDER BY i.id;
DROP TABLE "rk_00000000_3";

-- Step 4 of 11: Give every id of main.book.id its UUID
CREATE TABLE "_rekey_map_00000000_1" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL UNIQUE);
WITH c (now, number) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), (SELECT count("id") FROM main."book")), ids (id) AS (SELECT "id" FROM main."book" WHERE "id" IS NOT NULL) INSERT INTO "_rekey_map_00000000_1" (old_id, new_id) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', (c.now - (c.number - i.place) / 4096) >> 16, (c.now - (c.number - i.place) / 4096) & 65535, 4095 - (c.number - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655) FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM ids) i CROSS JOIN c ORDER BY i.id;

-- Step 5 of 11: Take views and triggers away

-- Step 6 of 11: Convert main.author
CREATE TABLE "rk_00000000_1" (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), name text);
INSERT OR ABORT INTO "rk_00000000_1" (rowid, "id", "name") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."id"), o."name" FROM "author" o ORDER BY o.rowid;
DROP TABLE "author";

-- Step 7 of 11: Convert main.book
CREATE TABLE "rk_00000000_2" (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), author_id TEXT, title text);
INSERT OR ABORT INTO "rk_00000000_2" (rowid, "id", "author_id", "title") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."id"), (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."author_id"), o."title" FROM "book" o ORDER BY o.rowid;
DROP TABLE "book";

-- Step 8 of 11: Give the new tables their names and texts
PRAGMA writable_schema=ON;
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'author' ELSE 'sqlite_autoindex_' || 'author' || substr(name, 31) END, tbl_name = 'author', sql = CASE type WHEN 'table' THEN 'CREATE TABLE author (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-7%03x-%04x-%012x'', CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), name text)' END WHERE tbl_name = 'rk_00000000_1';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'book' ELSE 'sqlite_autoindex_' || 'book' || substr(name, 31) END, tbl_name = 'book', sql = CASE type WHEN 'table' THEN 'CREATE TABLE book (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-7%03x-%04x-%012x'', CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), author_id TEXT, title text)' END WHERE tbl_name = 'rk_00000000_2';
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

