-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- SQLite database inferred_without_index.db

-- Step 1 of 18: Lock the file

-- Step 2 of 18: Note the order of the schema and the sequences
CREATE TABLE "rk_00000000_0" (place INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL);
INSERT INTO "rk_00000000_0" (place, kind, name) SELECT rowid, type, name FROM sqlite_schema WHERE name <> 'rk_00000000_0';

-- Step 3 of 18: Give every id of main.author.id its UUID
CREATE TABLE "_rekey_map_00000000_0" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL UNIQUE, stray INTEGER);
CREATE TABLE "rk_00000000_5" (id INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO "rk_00000000_5" (id) SELECT c."author_id" FROM "book" c WHERE c."author_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "author" r WHERE r."id" = c."author_id");
INSERT OR IGNORE INTO "rk_00000000_5" (id) SELECT c."author_id" FROM "note" c WHERE c."author_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "author" r WHERE r."id" = c."author_id");
INSERT OR IGNORE INTO "rk_00000000_5" (id) SELECT c."author_id" FROM "shelf" c WHERE c."author_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "author" r WHERE r."id" = c."author_id");
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."author" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_5")) INSERT INTO "_rekey_map_00000000_0" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) & 65535, 4095 - ((SELECT high FROM c) - i.id) % 4096, 32768 | (random() & 16383), random() & 281474976710655), i.stray FROM (SELECT "id" AS id, NULL AS stray FROM main."author" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_5") i WHERE (SELECT close FROM c) ORDER BY i.id;
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."author" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_5")) INSERT INTO "_rekey_map_00000000_0" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) & 65535, 4095 - ((SELECT number FROM c) - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655), i.stray FROM (SELECT id, stray, row_number() OVER (ORDER BY id) AS place FROM (SELECT "id" AS id, NULL AS stray FROM main."author" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_5") WHERE NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_0")) i;
DROP TABLE "rk_00000000_5";
SELECT rekey_hold(0, old_id, new_id) FROM (SELECT old_id, new_id FROM "_rekey_map_00000000_0" ORDER BY old_id);

-- Step 4 of 18: Give every id of main.book.id its UUID
CREATE TABLE "_rekey_map_00000000_1" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL);
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."book" WHERE "id" IS NOT NULL)) INSERT INTO "_rekey_map_00000000_1" (old_id, new_id) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) & 65535, 4095 - ((SELECT high FROM c) - i.id) % 4096, 32768 | (random() & 16383), random() & 281474976710655) FROM (SELECT "id" AS id, NULL AS stray FROM main."book" WHERE "id" IS NOT NULL) i WHERE (SELECT close FROM c) ORDER BY i.id;
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."book" WHERE "id" IS NOT NULL)) INSERT INTO "_rekey_map_00000000_1" (old_id, new_id) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) & 65535, 4095 - ((SELECT number FROM c) - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655) FROM (SELECT id, stray, row_number() OVER (ORDER BY id) AS place FROM (SELECT "id" AS id, NULL AS stray FROM main."book" WHERE "id" IS NOT NULL) WHERE NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_1")) i;

-- Step 5 of 18: Give every id of main.note.id its UUID
CREATE TABLE "_rekey_map_00000000_2" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL);
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."note" WHERE "id" IS NOT NULL)) INSERT INTO "_rekey_map_00000000_2" (old_id, new_id) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) & 65535, 4095 - ((SELECT high FROM c) - i.id) % 4096, 32768 | (random() & 16383), random() & 281474976710655) FROM (SELECT "id" AS id, NULL AS stray FROM main."note" WHERE "id" IS NOT NULL) i WHERE (SELECT close FROM c) ORDER BY i.id;
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."note" WHERE "id" IS NOT NULL)) INSERT INTO "_rekey_map_00000000_2" (old_id, new_id) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) & 65535, 4095 - ((SELECT number FROM c) - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655) FROM (SELECT id, stray, row_number() OVER (ORDER BY id) AS place FROM (SELECT "id" AS id, NULL AS stray FROM main."note" WHERE "id" IS NOT NULL) WHERE NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_2")) i;

-- Step 6 of 18: Give every id of main.shelf.id its UUID
CREATE TABLE "_rekey_map_00000000_3" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL);
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."shelf" WHERE "id" IS NOT NULL)) INSERT INTO "_rekey_map_00000000_3" (old_id, new_id) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) & 65535, 4095 - ((SELECT high FROM c) - i.id) % 4096, 32768 | (random() & 16383), random() & 281474976710655) FROM (SELECT "id" AS id, NULL AS stray FROM main."shelf" WHERE "id" IS NOT NULL) i WHERE (SELECT close FROM c) ORDER BY i.id;
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."shelf" WHERE "id" IS NOT NULL)) INSERT INTO "_rekey_map_00000000_3" (old_id, new_id) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) & 65535, 4095 - ((SELECT number FROM c) - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655) FROM (SELECT id, stray, row_number() OVER (ORDER BY id) AS place FROM (SELECT "id" AS id, NULL AS stray FROM main."shelf" WHERE "id" IS NOT NULL) WHERE NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_3")) i;

-- Step 7 of 18: Take views and triggers away

-- Step 8 of 18: Convert main.author
CREATE TABLE "rk_00000000_1" (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), name text);
INSERT OR ABORT INTO "rk_00000000_1" (rowid, "id", "name") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."id"), o."name" FROM "author" o ORDER BY o.rowid;
DROP TABLE "author";

-- Step 9 of 18: Convert main.book
CREATE TABLE "rk_00000000_2" (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), author_id TEXT, title text);
INSERT OR ABORT INTO "rk_00000000_2" (rowid, "id", "author_id", "title") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."id"), coalesce(rekey_held(0, o."author_id"), (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."author_id")), o."title" FROM "book" o ORDER BY o.rowid;
DROP TABLE "book";

-- Step 10 of 18: Convert main.note
CREATE TABLE "rk_00000000_3" (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), author_id TEXT, text text);
INSERT OR ABORT INTO "rk_00000000_3" (rowid, "id", "author_id", "text") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_2" m WHERE m.old_id = o."id"), coalesce(rekey_held(0, o."author_id"), (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."author_id")), o."text" FROM "note" o ORDER BY o.rowid;
DROP TABLE "note";

-- Step 11 of 18: Convert main.shelf
CREATE TABLE "rk_00000000_4" (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), author_id TEXT, place text);
INSERT OR ABORT INTO "rk_00000000_4" (rowid, "id", "author_id", "place") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_3" m WHERE m.old_id = o."id"), coalesce(rekey_held(0, o."author_id"), (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."author_id")), o."place" FROM "shelf" o ORDER BY o.rowid;
DROP TABLE "shelf";

-- Step 12 of 18: Give the new tables their names and texts
PRAGMA writable_schema=ON;
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'author' ELSE 'sqlite_autoindex_' || 'author' || substr(name, 31) END, tbl_name = 'author', sql = CASE type WHEN 'table' THEN 'CREATE TABLE author (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-7%03x-%04x-%012x'', CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), name text)' END WHERE tbl_name = 'rk_00000000_1';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'book' ELSE 'sqlite_autoindex_' || 'book' || substr(name, 31) END, tbl_name = 'book', sql = CASE type WHEN 'table' THEN 'CREATE TABLE book (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-7%03x-%04x-%012x'', CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), author_id TEXT, title text)' END WHERE tbl_name = 'rk_00000000_2';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'note' ELSE 'sqlite_autoindex_' || 'note' || substr(name, 31) END, tbl_name = 'note', sql = CASE type WHEN 'table' THEN 'CREATE TABLE note (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-7%03x-%04x-%012x'', CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), author_id TEXT, text text)' END WHERE tbl_name = 'rk_00000000_3';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'shelf' ELSE 'sqlite_autoindex_' || 'shelf' || substr(name, 31) END, tbl_name = 'shelf', sql = CASE type WHEN 'table' THEN 'CREATE TABLE shelf (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-7%03x-%04x-%012x'', CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), author_id TEXT, place text)' END WHERE tbl_name = 'rk_00000000_4';
PRAGMA writable_schema=RESET;
SELECT rekey_let_go();

-- Step 13 of 18: Build the indexes of main.book
CREATE INDEX ix_book_author_id ON book (title, author_id);

-- Step 14 of 18: Build the indexes of main.shelf
CREATE INDEX shelf_of ON shelf (author_id, place);

-- Step 15 of 18: Make the indexes that references lacked
CREATE INDEX "ix_book_author_id_1" ON "book" ("author_id");

-- Step 16 of 18: Put views and triggers back

-- Step 17 of 18: Put sequences and the schema's order back
PRAGMA writable_schema=ON;
UPDATE sqlite_schema AS s SET rowid = -n.place FROM (SELECT o.rowid AS id, row_number() OVER (ORDER BY w.place IS NULL, w.place, o.rowid) AS place FROM sqlite_schema o LEFT JOIN "rk_00000000_0" w ON w.kind = o.type AND w.name = o.name) AS n WHERE s.rowid = n.id;
UPDATE sqlite_schema SET rowid = -rowid;
PRAGMA writable_schema=RESET;
DROP TABLE "rk_00000000_0";

-- Step 18 of 18: Write the run into the journal
CREATE TABLE IF NOT EXISTS "_rekey_run" (number INTEGER PRIMARY KEY, run TEXT NOT NULL UNIQUE, plan_fingerprint TEXT NOT NULL, state TEXT NOT NULL, tool_version TEXT NOT NULL, started TEXT NOT NULL, plan TEXT NOT NULL, catalogue_before TEXT NOT NULL, record TEXT NOT NULL);
INSERT INTO "_rekey_run" (run, plan_fingerprint, state, tool_version, started, plan, catalogue_before, record) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

