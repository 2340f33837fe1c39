-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- SQLite database sqlite_text_to_uuid.db

-- Step 1 of 14: Lock the file

-- Step 2 of 14: Note the order of the schema and the sequences
CREATE TABLE "rk_00000000_0" (place INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL);
INSERT INTO "rk_00000000_0" (place, kind, name) SELECT rowid, type, name FROM sqlite_schema WHERE name <> 'rk_00000000_0';

-- Step 3 of 14: Give every id of main.notes.id its UUID
CREATE TABLE "_rekey_map_00000000_0" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL);
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."notes" WHERE "id" IS NOT NULL)) INSERT INTO "_rekey_map_00000000_0" (old_id, new_id) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) & 65535, 4095 - ((SELECT high FROM c) - i.id) % 4096, 32768 | (random() & 16383), random() & 281474976710655) FROM (SELECT "id" AS id, NULL AS stray FROM main."notes" WHERE "id" IS NOT NULL) i WHERE (SELECT close FROM c) ORDER BY i.id;
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."notes" WHERE "id" IS NOT NULL)) INSERT INTO "_rekey_map_00000000_0" (old_id, new_id) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) & 65535, 4095 - ((SELECT number FROM c) - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655) FROM (SELECT id, stray, row_number() OVER (ORDER BY id) AS place FROM (SELECT "id" AS id, NULL AS stray FROM main."notes" WHERE "id" IS NOT NULL) WHERE NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_0")) i;

-- Step 4 of 14: Give every id of main.users.id its UUID
CREATE TABLE "_rekey_map_00000000_1" (old_id TEXT PRIMARY KEY NOT NULL, new_id TEXT NOT NULL UNIQUE);
INSERT INTO "_rekey_map_00000000_1" (old_id, new_id) SELECT v.t, rekey_uuid(v.t) FROM (SELECT "id" AS t FROM main."users" WHERE "id" IS NOT NULL) v WHERE rekey_uuid(v.t) IS NOT NULL ORDER BY v.t;
INSERT INTO "_rekey_map_00000000_1" (old_id, new_id) SELECT min(v.t), rekey_uuid(v.t) FROM (SELECT "user_id" AS t FROM main."notes" WHERE "user_id" IS NOT NULL UNION ALL SELECT "user_id" AS t FROM main."settings" WHERE "user_id" IS NOT NULL UNION ALL SELECT "invited_by" AS t FROM main."users" WHERE "invited_by" IS NOT NULL UNION ALL SELECT "user_id" AS t FROM main."bare" WHERE "user_id" IS NOT NULL) v WHERE rekey_uuid(v.t) IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_1" m WHERE m.new_id = rekey_uuid(v.t)) GROUP BY 2;

-- Step 5 of 14: Keep the spelling of references that differ from their keys
CREATE TABLE "_rekey_own_00000000_1_1" (new_id TEXT NOT NULL, old_id TEXT NOT NULL, k0, PRIMARY KEY (k0));
INSERT INTO "_rekey_own_00000000_1_1" (new_id, old_id, k0) SELECT r.new_id, r.old_id, k0 FROM (SELECT coalesce((SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = t."user_id"), rekey_uuid(t."user_id")) AS new_id, t."user_id" AS old_id, (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = t."id") AS k0 FROM main."notes" t WHERE t."user_id" IS NOT NULL) r WHERE NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_1" m WHERE m.old_id = r.old_id);
CREATE TABLE "_rekey_own_00000000_1_2" (new_id TEXT NOT NULL, old_id TEXT NOT NULL, k0, k1, PRIMARY KEY (k0, k1));
INSERT INTO "_rekey_own_00000000_1_2" (new_id, old_id, k0, k1) SELECT r.new_id, r.old_id, k0, k1 FROM (SELECT coalesce((SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = t."user_id"), rekey_uuid(t."user_id")) AS new_id, t."user_id" AS old_id, coalesce((SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = t."user_id"), rekey_uuid(t."user_id")) AS k0, t."theme" AS k1 FROM main."settings" t WHERE t."user_id" IS NOT NULL) r WHERE NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_1" m WHERE m.old_id = r.old_id);
CREATE TABLE "_rekey_own_00000000_1_4" (new_id TEXT NOT NULL, old_id TEXT NOT NULL, k0, k1, PRIMARY KEY (k0, k1));
INSERT INTO "_rekey_own_00000000_1_4" (new_id, old_id, k0, k1) SELECT r.new_id, r.old_id, k0, k1 FROM (SELECT coalesce((SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = t."user_id"), rekey_uuid(t."user_id")) AS new_id, t."user_id" AS old_id, t."a" AS k0, t."b" AS k1 FROM main."bare" t WHERE t."user_id" IS NOT NULL) r WHERE NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_1" m WHERE m.old_id = r.old_id);

-- Step 6 of 14: Take views and triggers away

-- Step 7 of 14: Convert main.users
CREATE TABLE "rk_00000000_1" (id TEXT PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))) NOT NULL, email TEXT UNIQUE, invited_by TEXT REFERENCES users (id));
INSERT OR ABORT INTO "rk_00000000_1" (rowid, "id", "email", "invited_by") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."id"), o."email", coalesce((SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."invited_by"), rekey_uuid(o."invited_by")) FROM "users" o ORDER BY o.rowid;
DROP TABLE "users";

-- Step 8 of 14: Convert main.notes
CREATE TABLE "rk_00000000_2" (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), user_id TEXT REFERENCES users, body TEXT);
INSERT OR ABORT INTO "rk_00000000_2" (rowid, "id", "user_id", "body") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."id"), coalesce((SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."user_id"), rekey_uuid(o."user_id")), o."body" FROM "notes" o ORDER BY o.rowid;
DROP TABLE "notes";

-- Step 9 of 14: Convert main.settings
CREATE TABLE "rk_00000000_3" (user_id TEXT REFERENCES users, theme TEXT, PRIMARY KEY (user_id, theme)) WITHOUT ROWID;
INSERT OR ABORT INTO "rk_00000000_3" ("user_id", "theme") SELECT coalesce((SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."user_id"), rekey_uuid(o."user_id")), o."theme" FROM "settings" o;
DROP TABLE "settings";

-- Step 10 of 14: Convert main.bare
CREATE TABLE "rk_00000000_4" (a INTEGER, b TEXT, user_id TEXT, PRIMARY KEY (a, b));
INSERT OR ABORT INTO "rk_00000000_4" (rowid, "a", "b", "user_id") SELECT o.rowid, o."a", o."b", coalesce((SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."user_id"), rekey_uuid(o."user_id")) FROM "bare" o ORDER BY o.rowid;
DROP TABLE "bare";

-- Step 11 of 14: Give the new tables their names and texts
PRAGMA writable_schema=ON;
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'users' ELSE 'sqlite_autoindex_' || 'users' || substr(name, 31) END, tbl_name = 'users', sql = CASE type WHEN 'table' THEN 'CREATE TABLE users (id TEXT PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || ''-'' || hex(randomblob(2)) || ''-4'' || substr(hex(randomblob(2)), 2) || ''-a'' || substr(hex(randomblob(2)), 2) || ''-'' || hex(randomblob(6)))) NOT NULL, email TEXT UNIQUE, invited_by TEXT REFERENCES users (id))' END WHERE tbl_name = 'rk_00000000_1';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'notes' ELSE 'sqlite_autoindex_' || 'notes' || substr(name, 31) END, tbl_name = 'notes', sql = CASE type WHEN 'table' THEN 'CREATE TABLE notes (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-7%03x-%04x-%012x'', CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), user_id TEXT REFERENCES users, body TEXT)' END WHERE tbl_name = 'rk_00000000_2';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'settings' ELSE 'sqlite_autoindex_' || 'settings' || substr(name, 31) END, tbl_name = 'settings', sql = CASE type WHEN 'table' THEN 'CREATE TABLE settings (user_id TEXT REFERENCES users, theme TEXT, PRIMARY KEY (user_id, theme)) WITHOUT ROWID' END WHERE tbl_name = 'rk_00000000_3';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'bare' ELSE 'sqlite_autoindex_' || 'bare' || substr(name, 31) END, tbl_name = 'bare', sql = CASE type WHEN 'table' THEN 'CREATE TABLE bare (a INTEGER, b TEXT, user_id TEXT, PRIMARY KEY (a, b))' END WHERE tbl_name = 'rk_00000000_4';
PRAGMA writable_schema=RESET;

-- Step 12 of 14: Put views and triggers back

-- Step 13 of 14: Put sequences and the schema's order back
PRAGMA writable_schema=ON;
UPDATE sqlite_schema AS s SET rowid = -n.place FROM (SELECT o.rowid AS id, row_number() OVER (ORDER BY w.place IS NULL, w.place, o.rowid) AS place FROM sqlite_schema o LEFT JOIN "rk_00000000_0" w ON w.kind = o.type AND w.name = o.name) AS n WHERE s.rowid = n.id;
UPDATE sqlite_schema SET rowid = -rowid;
PRAGMA writable_schema=RESET;
DROP TABLE "rk_00000000_0";

-- Step 14 of 14: Write the run into the journal
CREATE TABLE IF NOT EXISTS "_rekey_run" (number INTEGER PRIMARY KEY, run TEXT NOT NULL UNIQUE, plan_fingerprint TEXT NOT NULL, state TEXT NOT NULL, tool_version TEXT NOT NULL, started TEXT NOT NULL, plan TEXT NOT NULL, catalogue_before TEXT NOT NULL, record TEXT NOT NULL);
INSERT INTO "_rekey_run" (run, plan_fingerprint, state, tool_version, started, plan, catalogue_before, record) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

