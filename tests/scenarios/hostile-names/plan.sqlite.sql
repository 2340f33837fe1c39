-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- SQLite database hostile_names.db

-- Step 1 of 18: Lock the file

-- Step 2 of 18: Note the order of the schema and the sequences
CREATE TABLE "rk_00000000_0" (place INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL);
INSERT INTO "rk_00000000_0" (place, kind, name) SELECT rowid, type, name FROM sqlite_schema WHERE name <> 'rk_00000000_0';

-- Step 3 of 18: Give every id of main. leading and trailing .🔑 key its UUID
CREATE TABLE "_rekey_map_00000000_0" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL UNIQUE);
WITH c (now, number) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), (SELECT count("🔑 key") FROM main." leading and trailing ")), ids (id) AS (SELECT "🔑 key" FROM main." leading and trailing " WHERE "🔑 key" IS NOT NULL) INSERT INTO "_rekey_map_00000000_0" (old_id, new_id) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', (c.now - (c.number - i.place) / 4096) >> 16, (c.now - (c.number - i.place) / 4096) & 65535, 4095 - (c.number - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655) FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM ids) i CROSS JOIN c ORDER BY i.id;

-- Step 4 of 18: Give every id of main.Order.select its UUID
CREATE TABLE "_rekey_map_00000000_1" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL UNIQUE);
CREATE TABLE "rk_00000000_7" (id INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO "rk_00000000_7" (id) SELECT c."it""s, 'quoted'" FROM "a.b" c WHERE c."it""s, 'quoted'" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "Order" r WHERE r."select" = c."it""s, 'quoted'");
WITH c (now, number) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), (SELECT count("select") FROM main."Order") + (SELECT count(*) FROM "rk_00000000_7")), ids (id) AS (SELECT "select" FROM main."Order" WHERE "select" IS NOT NULL UNION ALL SELECT id FROM "rk_00000000_7" ORDER BY 1) INSERT INTO "_rekey_map_00000000_1" (old_id, new_id) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', (c.now - (c.number - i.place) / 4096) >> 16, (c.now - (c.number - i.place) / 4096) & 65535, 4095 - (c.number - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655) FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM ids) i CROSS JOIN c ORDER BY i.id;
DROP TABLE "rk_00000000_7";

-- Step 5 of 18: Give every id of main.a.b.id.x its UUID
CREATE TABLE "_rekey_map_00000000_2" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL UNIQUE);
CREATE TABLE "rk_00000000_8" (id INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO "rk_00000000_8" (id) SELECT c."ключ" FROM " leading and trailing " c WHERE c."ключ" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "a.b" r WHERE r."id.x" = c."ключ");
WITH c (now, number) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), (SELECT count("id.x") FROM main."a.b") + (SELECT count(*) FROM "rk_00000000_8")), ids (id) AS (SELECT "id.x" FROM main."a.b" WHERE "id.x" IS NOT NULL UNION ALL SELECT id FROM "rk_00000000_8" ORDER BY 1) INSERT INTO "_rekey_map_00000000_2" (old_id, new_id) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', (c.now - (c.number - i.place) / 4096) >> 16, (c.now - (c.number - i.place) / 4096) & 65535, 4095 - (c.number - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655) FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM ids) i CROSS JOIN c ORDER BY i.id;
DROP TABLE "rk_00000000_8";

-- Step 6 of 18: Give every id of main.nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__.id its UUID
CREATE TABLE "_rekey_map_00000000_3" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL UNIQUE);
CREATE TABLE "rk_00000000_9" (id INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO "rk_00000000_9" (id) SELECT c."nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__" FROM "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_" c WHERE c."nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__" r WHERE r."id" = c."nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__");
WITH c (now, number) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), (SELECT count("id") FROM main."nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__") + (SELECT count(*) FROM "rk_00000000_9")), ids (id) AS (SELECT "id" FROM main."nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__" WHERE "id" IS NOT NULL UNION ALL SELECT id FROM "rk_00000000_9" ORDER BY 1) INSERT INTO "_rekey_map_00000000_3" (old_id, new_id) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', (c.now - (c.number - i.place) / 4096) >> 16, (c.now - (c.number - i.place) / 4096) & 65535, 4095 - (c.number - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655) FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM ids) i CROSS JOIN c ORDER BY i.id;
DROP TABLE "rk_00000000_9";

-- Step 7 of 18: Give every id of main.nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_.id its UUID
CREATE TABLE "_rekey_map_00000000_4" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL UNIQUE);
CREATE TABLE "rk_00000000_10" (id INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO "rk_00000000_10" (id) SELECT c."nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_" FROM "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_" c WHERE c."nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_" r WHERE r."id" = c."nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_");
WITH c (now, number) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), (SELECT count("id") FROM main."nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_") + (SELECT count(*) FROM "rk_00000000_10")), ids (id) AS (SELECT "id" FROM main."nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_" WHERE "id" IS NOT NULL UNION ALL SELECT id FROM "rk_00000000_10" ORDER BY 1) INSERT INTO "_rekey_map_00000000_4" (old_id, new_id) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', (c.now - (c.number - i.place) / 4096) >> 16, (c.now - (c.number - i.place) / 4096) & 65535, 4095 - (c.number - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655) FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM ids) i CROSS JOIN c ORDER BY i.id;
DROP TABLE "rk_00000000_10";

-- Step 8 of 18: Take views and triggers away
DROP VIEW "view ""of"" it";

-- Step 9 of 18: Convert main.Order
CREATE TABLE "rk_00000000_1" ("select" TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), "from" TEXT);
INSERT OR ABORT INTO "rk_00000000_1" (rowid, "select", "from") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."select"), o."from" FROM "Order" o ORDER BY o.rowid;
DROP TABLE "Order";

-- Step 10 of 18: Convert main.a.b
CREATE TABLE "rk_00000000_2" (`id.x` TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), "it""s, 'quoted'" TEXT CONSTRAINT "con ""straint" REFERENCES "Order" ("select"), 'single' TEXT, [br acket] TEXT /* a , comment ) */ DEFAULT ')');
INSERT OR ABORT INTO "rk_00000000_2" (rowid, "id.x", "it""s, 'quoted'", "single", "br acket") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_2" m WHERE m.old_id = o."id.x"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."it""s, 'quoted'"), o."single", o."br acket" FROM "a.b" o ORDER BY o.rowid;
DROP TABLE "a.b";

-- Step 11 of 18: Convert main. leading and trailing 
CREATE TABLE "rk_00000000_3" ("🔑 key" TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), "ключ" TEXT REFERENCES [a.b] ([id.x]), "line
break" TEXT -- ends ( here
);
INSERT OR ABORT INTO "rk_00000000_3" (rowid, "🔑 key", "ключ", "line
break") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."🔑 key"), (SELECT m.new_id FROM "_rekey_map_00000000_2" m WHERE m.old_id = o."ключ"), o."line
break" FROM " leading and trailing " o ORDER BY o.rowid;
DROP TABLE " leading and trailing ";

-- Step 12 of 18: Convert main.nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__
CREATE TABLE "rk_00000000_4" (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), name TEXT);
INSERT OR ABORT INTO "rk_00000000_4" (rowid, "id", "name") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_3" m WHERE m.old_id = o."id"), o."name" FROM "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__" o ORDER BY o.rowid;
DROP TABLE "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__";

-- Step 13 of 18: Convert main.nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_
CREATE TABLE "rk_00000000_5" (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__ TEXT REFERENCES nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__ (id), nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_ TEXT REFERENCES nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_ (id));
INSERT OR ABORT INTO "rk_00000000_5" (rowid, "id", "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__", "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_4" m WHERE m.old_id = o."id"), (SELECT m.new_id FROM "_rekey_map_00000000_3" m WHERE m.old_id = o."nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__"), (SELECT m.new_id FROM "_rekey_map_00000000_4" m WHERE m.old_id = o."nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_") FROM "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_" o ORDER BY o.rowid;
DROP TABLE "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_";

-- Step 14 of 18: Give the new tables their names and texts
PRAGMA writable_schema=ON;
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'Order' ELSE 'sqlite_autoindex_' || 'Order' || substr(name, 31) END, tbl_name = 'Order', sql = CASE type WHEN 'table' THEN 'CREATE TABLE "Order" ("select" TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-7%03x-%04x-%012x'', CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), "from" TEXT)' END WHERE tbl_name = 'rk_00000000_1';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'a.b' ELSE 'sqlite_autoindex_' || 'a.b' || substr(name, 31) END, tbl_name = 'a.b', sql = CASE type WHEN 'table' THEN 'CREATE TABLE [a.b] (`id.x` TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-7%03x-%04x-%012x'', CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), "it""s, ''quoted''" TEXT CONSTRAINT "con ""straint" REFERENCES "Order" ("select"), ''single'' TEXT, [br acket] TEXT /* a , comment ) */ DEFAULT '')'')' END WHERE tbl_name = 'rk_00000000_2';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN ' leading and trailing ' ELSE 'sqlite_autoindex_' || ' leading and trailing ' || substr(name, 31) END, tbl_name = ' leading and trailing ', sql = CASE type WHEN 'table' THEN 'CREATE TABLE " leading and trailing " ("🔑 key" TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-7%03x-%04x-%012x'', CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), "ключ" TEXT REFERENCES [a.b] ([id.x]), "line
break" TEXT -- ends ( here
)' END WHERE tbl_name = 'rk_00000000_3';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__' ELSE 'sqlite_autoindex_' || 'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__' || substr(name, 31) END, tbl_name = 'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__', sql = CASE type WHEN 'table' THEN 'CREATE TABLE nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__ (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-7%03x-%04x-%012x'', CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), name TEXT)' END WHERE tbl_name = 'rk_00000000_4';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_' ELSE 'sqlite_autoindex_' || 'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_' || substr(name, 31) END, tbl_name = 'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_', sql = CASE type WHEN 'table' THEN 'CREATE TABLE nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_ (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-7%03x-%04x-%012x'', CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__ TEXT REFERENCES nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__ (id), nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_ TEXT REFERENCES nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_ (id))' END WHERE tbl_name = 'rk_00000000_5';
PRAGMA writable_schema=RESET;

-- Step 15 of 18: Build the indexes of main.a.b
CREATE INDEX "idx ""with"" dots.and spaces" ON [a.b] ("it""s, 'quoted'", `id.x`);

-- Step 16 of 18: Put views and triggers back
CREATE VIEW "view ""of"" it" AS SELECT o."from", a.single, l."line
break" FROM "Order" o JOIN [a.b] a ON a."it""s, 'quoted'" = o."select" JOIN " leading and trailing " l ON l."ключ" = a.`id.x`;

-- Step 17 of 18: Put sequences and the schema's order back
PRAGMA writable_schema=ON;
UPDATE sqlite_schema AS s SET rowid = -n.place FROM (SELECT o.rowid AS id, row_number() OVER (ORDER BY w.place IS NULL, w.place, o.rowid) AS place FROM sqlite_schema o LEFT JOIN "rk_00000000_0" w ON w.kind = o.type AND w.name = o.name) AS n WHERE s.rowid = n.id;
UPDATE sqlite_schema SET rowid = -rowid;
PRAGMA writable_schema=RESET;
DROP TABLE "rk_00000000_0";

-- Step 18 of 18: Write the run into the journal
CREATE TABLE IF NOT EXISTS "_rekey_run" (number INTEGER PRIMARY KEY, run TEXT NOT NULL UNIQUE, plan_fingerprint TEXT NOT NULL, state TEXT NOT NULL, tool_version TEXT NOT NULL, started TEXT NOT NULL, plan TEXT NOT NULL, catalogue_before TEXT NOT NULL, record TEXT NOT NULL);
INSERT INTO "_rekey_run" (run, plan_fingerprint, state, tool_version, started, plan, catalogue_before, record) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

