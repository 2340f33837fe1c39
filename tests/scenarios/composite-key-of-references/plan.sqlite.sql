-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- SQLite database composite_key_of_references.db

-- Step 1 of 14: Lock the file

-- Step 2 of 14: Note the order of the schema and the sequences
CREATE TABLE "rk_00000000_0" (place INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL);
INSERT INTO "rk_00000000_0" (place, kind, name) SELECT rowid, type, name FROM sqlite_schema WHERE name <> 'rk_00000000_0';

-- Step 3 of 14: Give every id of main.course.id its UUID
CREATE TABLE "_rekey_map_00000000_0" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL UNIQUE, stray INTEGER);
CREATE TABLE "rk_00000000_5" (id INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO "rk_00000000_5" (id) SELECT c."course_id" FROM "absence" c WHERE c."course_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "course" r WHERE r."id" = c."course_id");
INSERT OR IGNORE INTO "rk_00000000_5" (id) SELECT c."course_id" FROM "enrolment" c WHERE c."course_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "course" r WHERE r."id" = c."course_id");
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."course" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_5")) INSERT INTO "_rekey_map_00000000_0" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) & 65535, 4095 - ((SELECT high FROM c) - i.id) % 4096, 32768 | (random() & 16383), random() & 281474976710655), i.stray FROM (SELECT "id" AS id, NULL AS stray FROM main."course" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_5") i WHERE (SELECT close FROM c) ORDER BY i.id;
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."course" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_5")) INSERT INTO "_rekey_map_00000000_0" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) & 65535, 4095 - ((SELECT number FROM c) - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655), i.stray FROM (SELECT id, stray, row_number() OVER (ORDER BY id) AS place FROM (SELECT "id" AS id, NULL AS stray FROM main."course" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_5") WHERE NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_0")) i;
DROP TABLE "rk_00000000_5";
SELECT rekey_hold(0, old_id, new_id) FROM (SELECT old_id, new_id FROM "_rekey_map_00000000_0" ORDER BY old_id);

-- Step 4 of 14: Give every id of main.student.id its UUID
CREATE TABLE "_rekey_map_00000000_1" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL UNIQUE, stray INTEGER);
CREATE TABLE "rk_00000000_6" (id INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO "rk_00000000_6" (id) SELECT c."student_id" FROM "absence" c WHERE c."student_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "student" r WHERE r."id" = c."student_id");
INSERT OR IGNORE INTO "rk_00000000_6" (id) SELECT c."student_id" FROM "enrolment" c WHERE c."student_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "student" r WHERE r."id" = c."student_id");
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."student" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_6")) INSERT INTO "_rekey_map_00000000_1" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) & 65535, 4095 - ((SELECT high FROM c) - i.id) % 4096, 32768 | (random() & 16383), random() & 281474976710655), i.stray FROM (SELECT "id" AS id, NULL AS stray FROM main."student" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_6") i WHERE (SELECT close FROM c) ORDER BY i.id;
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."student" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_6")) INSERT INTO "_rekey_map_00000000_1" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) & 65535, 4095 - ((SELECT number FROM c) - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655), i.stray FROM (SELECT id, stray, row_number() OVER (ORDER BY id) AS place FROM (SELECT "id" AS id, NULL AS stray FROM main."student" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_6") WHERE NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_1")) i;
DROP TABLE "rk_00000000_6";
SELECT rekey_hold(1, old_id, new_id) FROM (SELECT old_id, new_id FROM "_rekey_map_00000000_1" ORDER BY old_id);

-- Step 5 of 14: Take views and triggers away

-- Step 6 of 14: Convert main.student
CREATE TABLE "rk_00000000_1" (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), name text);
INSERT OR ABORT INTO "rk_00000000_1" (rowid, "id", "name") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."id"), o."name" FROM "student" o ORDER BY o.rowid;
DROP TABLE "student";

-- Step 7 of 14: Convert main.course
CREATE TABLE "rk_00000000_2" (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), title text);
INSERT OR ABORT INTO "rk_00000000_2" (rowid, "id", "title") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."id"), o."title" FROM "course" o ORDER BY o.rowid;
DROP TABLE "course";

-- Step 8 of 14: Convert main.enrolment
CREATE TABLE "rk_00000000_3" (course_id TEXT NOT NULL REFERENCES course (id), student_id TEXT NOT NULL REFERENCES student (id) ON DELETE CASCADE, mark integer, PRIMARY KEY (student_id, course_id));
INSERT OR ABORT INTO "rk_00000000_3" (rowid, "course_id", "student_id", "mark") SELECT o.rowid, coalesce(rekey_held(0, o."course_id"), (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."course_id")), coalesce(rekey_held(1, o."student_id"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."student_id")), o."mark" FROM "enrolment" o ORDER BY o.rowid;
DROP TABLE "enrolment";

-- Step 9 of 14: Convert main.absence
CREATE TABLE "rk_00000000_4" (course_id TEXT NOT NULL, student_id TEXT NOT NULL, day date NOT NULL, PRIMARY KEY (student_id, course_id, day),
  CONSTRAINT absence_of_enrolment FOREIGN KEY (student_id, course_id) REFERENCES enrolment (student_id, course_id) ON UPDATE CASCADE);
INSERT OR ABORT INTO "rk_00000000_4" (rowid, "course_id", "student_id", "day") SELECT o.rowid, coalesce(rekey_held(0, o."course_id"), (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."course_id")), coalesce(rekey_held(1, o."student_id"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."student_id")), o."day" FROM "absence" o ORDER BY o.rowid;
DROP TABLE "absence";

-- Step 10 of 14: Give the new tables their names and texts
PRAGMA writable_schema=ON;
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'student' ELSE 'sqlite_autoindex_' || 'student' || substr(name, 31) END, tbl_name = 'student', sql = CASE type WHEN 'table' THEN 'CREATE TABLE student (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-7%03x-%04x-%012x'', CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), name text)' END WHERE tbl_name = 'rk_00000000_1';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'course' ELSE 'sqlite_autoindex_' || 'course' || substr(name, 31) END, tbl_name = 'course', sql = CASE type WHEN 'table' THEN 'CREATE TABLE course (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-7%03x-%04x-%012x'', CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), title text)' END WHERE tbl_name = 'rk_00000000_2';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'enrolment' ELSE 'sqlite_autoindex_' || 'enrolment' || substr(name, 31) END, tbl_name = 'enrolment', sql = CASE type WHEN 'table' THEN 'CREATE TABLE enrolment (course_id TEXT NOT NULL REFERENCES course (id), student_id TEXT NOT NULL REFERENCES student (id) ON DELETE CASCADE, mark integer, PRIMARY KEY (student_id, course_id))' END WHERE tbl_name = 'rk_00000000_3';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'absence' ELSE 'sqlite_autoindex_' || 'absence' || substr(name, 31) END, tbl_name = 'absence', sql = CASE type WHEN 'table' THEN 'CREATE TABLE absence (course_id TEXT NOT NULL, student_id TEXT NOT NULL, day date NOT NULL, PRIMARY KEY (student_id, course_id, day),
  CONSTRAINT absence_of_enrolment FOREIGN KEY (student_id, course_id) REFERENCES enrolment (student_id, course_id) ON UPDATE CASCADE)' END WHERE tbl_name = 'rk_00000000_4';
PRAGMA writable_schema=RESET;
SELECT rekey_let_go();

-- Step 11 of 14: Build the indexes of main.enrolment
CREATE INDEX enrolment_course ON enrolment (course_id, student_id);

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

