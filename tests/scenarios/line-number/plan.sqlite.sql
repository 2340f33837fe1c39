-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- SQLite database line_number.db

-- Step 1 of 12: Lock the file

-- Step 2 of 12: Note the order of the schema and the sequences
CREATE TABLE "rk_00000000_0" (place INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL);
INSERT INTO "rk_00000000_0" (place, kind, name) SELECT rowid, type, name FROM sqlite_schema WHERE name <> 'rk_00000000_0';

-- Step 3 of 12: Give every id of main.invoice.id its UUID
CREATE TABLE "_rekey_map_00000000_0" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL UNIQUE, stray INTEGER);
CREATE TABLE "rk_00000000_4" (id INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."invoice_id" FROM "line" c WHERE c."invoice_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "invoice" r WHERE r."id" = c."invoice_id");
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."invoice_id" FROM "remark" c WHERE c."invoice_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "invoice" r WHERE r."id" = c."invoice_id");
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."invoice" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_4")) INSERT INTO "_rekey_map_00000000_0" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) & 65535, 4095 - ((SELECT high FROM c) - i.id) % 4096, 32768 | (random() & 16383), random() & 281474976710655), i.stray FROM (SELECT "id" AS id, NULL AS stray FROM main."invoice" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_4") i WHERE (SELECT close FROM c) ORDER BY i.id;
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."invoice" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_4")) INSERT INTO "_rekey_map_00000000_0" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) & 65535, 4095 - ((SELECT number FROM c) - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655), i.stray FROM (SELECT id, stray, row_number() OVER (ORDER BY id) AS place FROM (SELECT "id" AS id, NULL AS stray FROM main."invoice" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_4") WHERE NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_0")) i;
DROP TABLE "rk_00000000_4";
SELECT rekey_hold(0, old_id, new_id) FROM (SELECT old_id, new_id FROM "_rekey_map_00000000_0" ORDER BY old_id);

-- Step 4 of 12: Give every id of main.remark.id its UUID
CREATE TABLE "_rekey_map_00000000_1" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL);
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."remark" WHERE "id" IS NOT NULL)) INSERT INTO "_rekey_map_00000000_1" (old_id, new_id) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) & 65535, 4095 - ((SELECT high FROM c) - i.id) % 4096, 32768 | (random() & 16383), random() & 281474976710655) FROM (SELECT "id" AS id, NULL AS stray FROM main."remark" WHERE "id" IS NOT NULL) i WHERE (SELECT close FROM c) ORDER BY i.id;
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."remark" WHERE "id" IS NOT NULL)) INSERT INTO "_rekey_map_00000000_1" (old_id, new_id) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) & 65535, 4095 - ((SELECT number FROM c) - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655) FROM (SELECT id, stray, row_number() OVER (ORDER BY id) AS place FROM (SELECT "id" AS id, NULL AS stray FROM main."remark" WHERE "id" IS NOT NULL) WHERE NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_1")) i;

-- Step 5 of 12: Take views and triggers away

-- Step 6 of 12: Convert main.invoice
CREATE TABLE "rk_00000000_1" (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), customer text);
INSERT OR ABORT INTO "rk_00000000_1" (rowid, "id", "customer") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."id"), o."customer" FROM "invoice" o ORDER BY o.rowid;
DROP TABLE "invoice";

-- Step 7 of 12: Convert main.line
CREATE TABLE "rk_00000000_2" (invoice_id TEXT NOT NULL REFERENCES invoice (id), line_no integer NOT NULL, text text, PRIMARY KEY (invoice_id, line_no));
INSERT OR ABORT INTO "rk_00000000_2" (rowid, "invoice_id", "line_no", "text") SELECT o.rowid, coalesce(rekey_held(0, o."invoice_id"), (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."invoice_id")), o."line_no", o."text" FROM "line" o ORDER BY o.rowid;
DROP TABLE "line";

-- Step 8 of 12: Convert main.remark
CREATE TABLE "rk_00000000_3" (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), invoice_id TEXT, line_no integer, said text, CONSTRAINT remark_on_line FOREIGN KEY (invoice_id, line_no) REFERENCES line (invoice_id, line_no));
INSERT OR ABORT INTO "rk_00000000_3" (rowid, "id", "invoice_id", "line_no", "said") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."id"), coalesce(rekey_held(0, o."invoice_id"), (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."invoice_id")), o."line_no", o."said" FROM "remark" o ORDER BY o.rowid;
DROP TABLE "remark";

-- Step 9 of 12: Give the new tables their names and texts
PRAGMA writable_schema=ON;
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'invoice' ELSE 'sqlite_autoindex_' || 'invoice' || substr(name, 31) END, tbl_name = 'invoice', sql = CASE type WHEN 'table' THEN 'CREATE TABLE invoice (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-7%03x-%04x-%012x'', CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), customer text)' END WHERE tbl_name = 'rk_00000000_1';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'line' ELSE 'sqlite_autoindex_' || 'line' || substr(name, 31) END, tbl_name = 'line', sql = CASE type WHEN 'table' THEN 'CREATE TABLE line (invoice_id TEXT NOT NULL REFERENCES invoice (id), line_no integer NOT NULL, text text, PRIMARY KEY (invoice_id, line_no))' END WHERE tbl_name = 'rk_00000000_2';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'remark' ELSE 'sqlite_autoindex_' || 'remark' || substr(name, 31) END, tbl_name = 'remark', sql = CASE type WHEN 'table' THEN 'CREATE TABLE remark (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-7%03x-%04x-%012x'', CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), invoice_id TEXT, line_no integer, said text, CONSTRAINT remark_on_line FOREIGN KEY (invoice_id, line_no) REFERENCES line (invoice_id, line_no))' END WHERE tbl_name = 'rk_00000000_3';
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

