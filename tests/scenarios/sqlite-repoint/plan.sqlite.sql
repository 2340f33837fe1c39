-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- SQLite database sqlite_repoint.db

-- Step 1 of 14: Lock the file

-- Step 2 of 14: Note the order of the schema and the sequences
CREATE TABLE "rk_00000000_0" (place INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL);
INSERT INTO "rk_00000000_0" (place, kind, name) SELECT rowid, type, name FROM sqlite_schema WHERE name <> 'rk_00000000_0';
CREATE TABLE "_rekey_seq_00000000" (place INTEGER PRIMARY KEY, name, seq);
INSERT INTO "_rekey_seq_00000000" (place, name, seq) SELECT rowid, name, seq FROM sqlite_sequence;

-- Step 3 of 14: Give every id of main.users.id its UUID
CREATE TABLE "_rekey_map_00000000_0" (old_id INTEGER NOT NULL, new_id TEXT NOT NULL UNIQUE);
INSERT INTO "_rekey_map_00000000_0" (old_id, new_id) SELECT t."id", t."uuid" FROM "users" t WHERE t."id" IS NOT NULL AND t."uuid" IS NOT NULL ORDER BY t."id";
CREATE INDEX "_rekey_map_00000000_0_old" ON "_rekey_map_00000000_0" (old_id);
INSERT INTO "_rekey_map_00000000_0" (old_id, new_id) SELECT v.id, printf('%08x-%04x-4%03x-%04x-%012x', random() & 4294967295, random() & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655) FROM (SELECT c."profile_id" AS id FROM "avatars" c WHERE c."profile_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_0" m WHERE m.old_id = c."profile_id") UNION SELECT c."edited_by" AS id FROM "messages" c WHERE c."edited_by" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_0" m WHERE m.old_id = c."edited_by") UNION SELECT c."user_id" AS id FROM "messages" c WHERE c."user_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_0" m WHERE m.old_id = c."user_id") UNION SELECT c."user_id" AS id FROM "profiles" c WHERE c."user_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_0" m WHERE m.old_id = c."user_id") UNION SELECT c."user_id" AS id FROM "user_roles" c WHERE c."user_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_0" m WHERE m.old_id = c."user_id") UNION SELECT c."manager_id" AS id FROM "users" c WHERE c."manager_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_0" m WHERE m.old_id = c."manager_id")) v;

-- Step 4 of 14: Take views and triggers away
DROP VIEW "chat";

-- Step 5 of 14: Convert main.users
CREATE TABLE "rk_00000000_1" (id INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT NOT NULL UNIQUE, email TEXT UNIQUE, manager_id TEXT REFERENCES users ("uuid"), "uuid_slug" TEXT NOT NULL DEFAULT (substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + (random() & 9223372036854775807) % 62, 1) || substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + (random() & 9223372036854775807) % 62, 1) || substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + (random() & 9223372036854775807) % 62, 1) || substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + (random() & 9223372036854775807) % 62, 1) || substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + (random() & 9223372036854775807) % 62, 1) || substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + (random() & 9223372036854775807) % 62, 1) || substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + (random() & 9223372036854775807) % 62, 1) || substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + (random() & 9223372036854775807) % 62, 1) || substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + (random() & 9223372036854775807) % 62, 1) || substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + (random() & 9223372036854775807) % 62, 1) || substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + (random() & 9223372036854775807) % 62, 1)) UNIQUE -- the boss
);
INSERT OR ABORT INTO "rk_00000000_1" ("id", "uuid", "email", "manager_id") SELECT o."id", o."uuid", o."email", (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."manager_id") FROM "users" o ORDER BY o.rowid;
DROP TABLE "users";

-- Step 6 of 14: Convert main.user_roles
CREATE TABLE "rk_00000000_2" (user_id TEXT NOT NULL REFERENCES "Users" ("uuid") ON DELETE CASCADE, role_id INTEGER NOT NULL REFERENCES roles (id), PRIMARY KEY (user_id, role_id)) WITHOUT ROWID;
INSERT OR ABORT INTO "rk_00000000_2" ("user_id", "role_id") SELECT (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."user_id"), o."role_id" FROM "user_roles" o;
DROP TABLE "user_roles";

-- Step 7 of 14: Convert main.profiles
CREATE TABLE "rk_00000000_3" (user_id TEXT PRIMARY KEY REFERENCES users ("uuid") ON UPDATE CASCADE NOT NULL, bio TEXT);
INSERT OR ABORT INTO "rk_00000000_3" (rowid, "user_id", "bio") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."user_id"), o."bio" FROM "profiles" o ORDER BY o.rowid;
DROP TABLE "profiles";

-- Step 8 of 14: Convert main.avatars
CREATE TABLE "rk_00000000_4" (id INTEGER PRIMARY KEY, profile_id TEXT REFERENCES profiles (user_id), url TEXT);
INSERT OR ABORT INTO "rk_00000000_4" ("id", "profile_id", "url") SELECT o."id", (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."profile_id"), o."url" FROM "avatars" o ORDER BY o.rowid;
DROP TABLE "avatars";

-- Step 9 of 14: Convert main.messages
CREATE TABLE "rk_00000000_5" (id INTEGER PRIMARY KEY, user_id TEXT, edited_by TEXT, body TEXT, CONSTRAINT a FOREIGN KEY (user_id) REFERENCES users ("uuid") ON DELETE CASCADE, FOREIGN KEY(edited_by) REFERENCES users ("uuid") ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED, UNIQUE (user_id, body));
INSERT OR ABORT INTO "rk_00000000_5" ("id", "user_id", "edited_by", "body") SELECT o."id", (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."user_id"), (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."edited_by"), o."body" FROM "messages" o ORDER BY o.rowid;
DROP TABLE "messages";

-- Step 10 of 14: Give the new tables their names and texts
PRAGMA writable_schema=ON;
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'users' ELSE 'sqlite_autoindex_' || 'users' || substr(name, 31) END, tbl_name = 'users', sql = CASE type WHEN 'table' THEN 'CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT NOT NULL UNIQUE, email TEXT UNIQUE, manager_id TEXT REFERENCES users ("uuid"), "uuid_slug" TEXT NOT NULL DEFAULT (substr(''0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'', 1 + (random() & 9223372036854775807) % 62, 1) || substr(''0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'', 1 + (random() & 9223372036854775807) % 62, 1) || substr(''0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'', 1 + (random() & 9223372036854775807) % 62, 1) || substr(''0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'', 1 + (random() & 9223372036854775807) % 62, 1) || substr(''0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'', 1 + (random() & 9223372036854775807) % 62, 1) || substr(''0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'', 1 + (random() & 9223372036854775807) % 62, 1) || substr(''0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'', 1 + (random() & 9223372036854775807) % 62, 1) || substr(''0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'', 1 + (random() & 9223372036854775807) % 62, 1) || substr(''0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'', 1 + (random() & 9223372036854775807) % 62, 1) || substr(''0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'', 1 + (random() & 9223372036854775807) % 62, 1) || substr(''0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'', 1 + (random() & 9223372036854775807) % 62, 1)) UNIQUE -- the boss
)' END WHERE tbl_name = 'rk_00000000_1';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'user_roles' ELSE 'sqlite_autoindex_' || 'user_roles' || substr(name, 31) END, tbl_name = 'user_roles', sql = CASE type WHEN 'table' THEN 'CREATE TABLE user_roles (user_id TEXT NOT NULL REFERENCES "Users" ("uuid") ON DELETE CASCADE, role_id INTEGER NOT NULL REFERENCES roles (id), PRIMARY KEY (user_id, role_id)) WITHOUT ROWID' END WHERE tbl_name = 'rk_00000000_2';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'profiles' ELSE 'sqlite_autoindex_' || 'profiles' || substr(name, 31) END, tbl_name = 'profiles', sql = CASE type WHEN 'table' THEN 'CREATE TABLE profiles (user_id TEXT PRIMARY KEY REFERENCES users ("uuid") ON UPDATE CASCADE NOT NULL, bio TEXT)' END WHERE tbl_name = 'rk_00000000_3';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'avatars' ELSE 'sqlite_autoindex_' || 'avatars' || substr(name, 31) END, tbl_name = 'avatars', sql = CASE type WHEN 'table' THEN 'CREATE TABLE avatars (id INTEGER PRIMARY KEY, profile_id TEXT REFERENCES profiles (user_id), url TEXT)' END WHERE tbl_name = 'rk_00000000_4';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'messages' ELSE 'sqlite_autoindex_' || 'messages' || substr(name, 31) END, tbl_name = 'messages', sql = CASE type WHEN 'table' THEN 'CREATE TABLE messages (id INTEGER PRIMARY KEY, user_id TEXT, edited_by TEXT, body TEXT, CONSTRAINT a FOREIGN KEY (user_id) REFERENCES users ("uuid") ON DELETE CASCADE, FOREIGN KEY(edited_by) REFERENCES users ("uuid") ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED, UNIQUE (user_id, body))' END WHERE tbl_name = 'rk_00000000_5';
PRAGMA writable_schema=RESET;

-- Step 11 of 14: Build the indexes of main.messages
CREATE INDEX chat_user ON messages (user_id, id);

-- Step 12 of 14: Put views and triggers back
CREATE VIEW chat AS SELECT id, body FROM messages;

-- Step 13 of 14: Put sequences and the schema's order back
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence (rowid, name, seq) SELECT place, name, seq FROM "_rekey_seq_00000000" WHERE name NOT IN () ORDER BY place;
PRAGMA writable_schema=ON;
UPDATE sqlite_schema AS s SET rowid = -n.place FROM (SELECT o.rowid AS id, row_number() OVER (ORDER BY w.place IS NULL, w.place, o.rowid) AS place FROM sqlite_schema o LEFT JOIN "rk_00000000_0" w ON w.kind = o.type AND w.name = o.name) AS n WHERE s.rowid = n.id;
UPDATE sqlite_schema SET rowid = -rowid;
PRAGMA writable_schema=RESET;
DROP TABLE "rk_00000000_0";

-- Step 14 of 14: Write the run into the journal
CREATE TABLE IF NOT EXISTS "_rekey_run" (number INTEGER PRIMARY KEY, run TEXT NOT NULL UNIQUE, plan_fingerprint TEXT NOT NULL, state TEXT NOT NULL, tool_version TEXT NOT NULL, started TEXT NOT NULL, plan TEXT NOT NULL, catalogue_before TEXT NOT NULL, record TEXT NOT NULL);
INSERT INTO "_rekey_run" (run, plan_fingerprint, state, tool_version, started, plan, catalogue_before, record) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

