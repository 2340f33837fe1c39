-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- SQLite database reference_attributes.db

-- Step 1 of 11: Lock the file

-- Step 2 of 11: Note the order of the schema and the sequences
CREATE TABLE "rk_00000000_0" (place INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL);
INSERT INTO "rk_00000000_0" (place, kind, name) SELECT rowid, type, name FROM sqlite_schema WHERE name <> 'rk_00000000_0';

-- Step 3 of 11: Give every id of main.child.id its UUID
CREATE TABLE "_rekey_map_00000000_0" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL);
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."child" WHERE "id" IS NOT NULL)) INSERT INTO "_rekey_map_00000000_0" (old_id, new_id) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) & 65535, 4095 - ((SELECT high FROM c) - i.id) % 4096, 32768 | (random() & 16383), random() & 281474976710655) FROM (SELECT "id" AS id, NULL AS stray FROM main."child" WHERE "id" IS NOT NULL) i WHERE (SELECT close FROM c) ORDER BY i.id;
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."child" WHERE "id" IS NOT NULL)) INSERT INTO "_rekey_map_00000000_0" (old_id, new_id) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) & 65535, 4095 - ((SELECT number FROM c) - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655) FROM (SELECT id, stray, row_number() OVER (ORDER BY id) AS place FROM (SELECT "id" AS id, NULL AS stray FROM main."child" WHERE "id" IS NOT NULL) WHERE NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_0")) i;

-- Step 4 of 11: Give every id of main.parent.id its UUID
CREATE TABLE "_rekey_map_00000000_1" (old_id INTEGER PRIMARY KEY, new_id TEXT NOT NULL UNIQUE, stray INTEGER);
CREATE TABLE "rk_00000000_4" (id INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."later" FROM "child" c WHERE c."later" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."later");
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."maybe" FROM "child" c WHERE c."maybe" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."maybe");
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."p_id" FROM "child" c WHERE c."p_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."p_id");
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."q_id" FROM "child" c WHERE c."q_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."q_id");
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."r00" FROM "child" c WHERE c."r00" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."r00");
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."r01" FROM "child" c WHERE c."r01" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."r01");
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."r02" FROM "child" c WHERE c."r02" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."r02");
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."r03" FROM "child" c WHERE c."r03" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."r03");
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."r04" FROM "child" c WHERE c."r04" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."r04");
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."r10" FROM "child" c WHERE c."r10" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."r10");
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."r11" FROM "child" c WHERE c."r11" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."r11");
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."r12" FROM "child" c WHERE c."r12" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."r12");
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."r13" FROM "child" c WHERE c."r13" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."r13");
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."r14" FROM "child" c WHERE c."r14" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."r14");
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."r20" FROM "child" c WHERE c."r20" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."r20");
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."r21" FROM "child" c WHERE c."r21" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."r21");
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."r22" FROM "child" c WHERE c."r22" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."r22");
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."r23" FROM "child" c WHERE c."r23" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."r23");
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."r24" FROM "child" c WHERE c."r24" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."r24");
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."r30" FROM "child" c WHERE c."r30" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."r30");
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."r31" FROM "child" c WHERE c."r31" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."r31");
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."r32" FROM "child" c WHERE c."r32" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."r32");
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."r33" FROM "child" c WHERE c."r33" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."r33");
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."r34" FROM "child" c WHERE c."r34" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."r34");
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."r40" FROM "child" c WHERE c."r40" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."r40");
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."r41" FROM "child" c WHERE c."r41" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."r41");
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."r42" FROM "child" c WHERE c."r42" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."r42");
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."r43" FROM "child" c WHERE c."r43" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."r43");
INSERT OR IGNORE INTO "rk_00000000_4" (id) SELECT c."r44" FROM "child" c WHERE c."r44" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "parent" r WHERE r."id" = c."r44");
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."parent" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_4")) INSERT INTO "_rekey_map_00000000_1" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT high FROM c) - i.id) / 4096) & 65535, 4095 - ((SELECT high FROM c) - i.id) % 4096, 32768 | (random() & 16383), random() & 281474976710655), i.stray FROM (SELECT "id" AS id, NULL AS stray FROM main."parent" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_4") i WHERE (SELECT close FROM c) ORDER BY i.id;
WITH c (now, high, number, close) AS MATERIALIZED (SELECT CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER), max(id), count(*), max(id) - min(id) < 4 * count(*) FROM (SELECT "id" AS id, NULL AS stray FROM main."parent" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_4")) INSERT INTO "_rekey_map_00000000_1" (old_id, new_id, stray) SELECT i.id, printf('%08x-%04x-7%03x-%04x-%012x', ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) >> 16, ((SELECT now FROM c) - ((SELECT number FROM c) - i.place) / 4096) & 65535, 4095 - ((SELECT number FROM c) - i.place) % 4096, 32768 | (random() & 16383), random() & 281474976710655), i.stray FROM (SELECT id, stray, row_number() OVER (ORDER BY id) AS place FROM (SELECT "id" AS id, NULL AS stray FROM main."parent" WHERE "id" IS NOT NULL UNION ALL SELECT id, 1 FROM "rk_00000000_4") WHERE NOT EXISTS (SELECT 1 FROM "_rekey_map_00000000_1")) i;
DROP TABLE "rk_00000000_4";
SELECT rekey_hold(1, old_id, new_id) FROM (SELECT old_id, new_id FROM "_rekey_map_00000000_1" ORDER BY old_id);

-- Step 5 of 11: Take views and triggers away

-- Step 6 of 11: Convert main.parent
CREATE TABLE "rk_00000000_1" (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), half INTEGER NOT NULL, name TEXT, UNIQUE (id, half));
INSERT OR ABORT INTO "rk_00000000_1" (rowid, "id", "half", "name") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."id"), o."half", o."name" FROM "parent" o ORDER BY o.rowid;
DROP TABLE "parent";

-- Step 7 of 11: Convert main.child
CREATE TABLE "rk_00000000_2" (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf('%08x-%04x-7%03x-%04x-%012x', CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)),
  r00 TEXT CONSTRAINT "on delete no action on update no action" REFERENCES parent (id) ON DELETE NO ACTION ON UPDATE NO ACTION,
  r01 TEXT CONSTRAINT "on delete no action on update restrict" REFERENCES parent (id) ON DELETE NO ACTION ON UPDATE RESTRICT,
  r02 TEXT CONSTRAINT "on delete no action on update cascade" REFERENCES parent (id) ON DELETE NO ACTION ON UPDATE CASCADE,
  r03 TEXT CONSTRAINT "on delete no action on update set null" REFERENCES parent (id) ON DELETE NO ACTION ON UPDATE SET NULL,
  r04 TEXT CONSTRAINT "on delete no action on update set default" REFERENCES parent (id) ON DELETE NO ACTION ON UPDATE SET DEFAULT,
  r10 TEXT CONSTRAINT "on delete restrict on update no action" REFERENCES parent (id) ON DELETE RESTRICT ON UPDATE NO ACTION,
  r11 TEXT CONSTRAINT "on delete restrict on update restrict" REFERENCES parent (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  r12 TEXT CONSTRAINT "on delete restrict on update cascade" REFERENCES parent (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  r13 TEXT CONSTRAINT "on delete restrict on update set null" REFERENCES parent (id) ON DELETE RESTRICT ON UPDATE SET NULL,
  r14 TEXT CONSTRAINT "on delete restrict on update set default" REFERENCES parent (id) ON DELETE RESTRICT ON UPDATE SET DEFAULT,
  r20 TEXT CONSTRAINT "on delete cascade on update no action" REFERENCES parent (id) ON DELETE CASCADE ON UPDATE NO ACTION,
  r21 TEXT CONSTRAINT "on delete cascade on update restrict" REFERENCES parent (id) ON DELETE CASCADE ON UPDATE RESTRICT,
  r22 TEXT CONSTRAINT "on delete cascade on update cascade" REFERENCES parent (id) ON DELETE CASCADE ON UPDATE CASCADE,
  r23 TEXT CONSTRAINT "on delete cascade on update set null" REFERENCES parent (id) ON DELETE CASCADE ON UPDATE SET NULL,
  r24 TEXT CONSTRAINT "on delete cascade on update set default" REFERENCES parent (id) ON DELETE CASCADE ON UPDATE SET DEFAULT,
  r30 TEXT CONSTRAINT "on delete set null on update no action" REFERENCES parent (id) ON DELETE SET NULL ON UPDATE NO ACTION,
  r31 TEXT CONSTRAINT "on delete set null on update restrict" REFERENCES parent (id) ON DELETE SET NULL ON UPDATE RESTRICT,
  r32 TEXT CONSTRAINT "on delete set null on update cascade" REFERENCES parent (id) ON DELETE SET NULL ON UPDATE CASCADE,
  r33 TEXT CONSTRAINT "on delete set null on update set null" REFERENCES parent (id) ON DELETE SET NULL ON UPDATE SET NULL,
  r34 TEXT CONSTRAINT "on delete set null on update set default" REFERENCES parent (id) ON DELETE SET NULL ON UPDATE SET DEFAULT,
  r40 TEXT CONSTRAINT "on delete set default on update no action" REFERENCES parent (id) ON DELETE SET DEFAULT ON UPDATE NO ACTION,
  r41 TEXT CONSTRAINT "on delete set default on update restrict" REFERENCES parent (id) ON DELETE SET DEFAULT ON UPDATE RESTRICT,
  r42 TEXT CONSTRAINT "on delete set default on update cascade" REFERENCES parent (id) ON DELETE SET DEFAULT ON UPDATE CASCADE,
  r43 TEXT CONSTRAINT "on delete set default on update set null" REFERENCES parent (id) ON DELETE SET DEFAULT ON UPDATE SET NULL,
  r44 TEXT CONSTRAINT "on delete set default on update set default" REFERENCES parent (id) ON DELETE SET DEFAULT ON UPDATE SET DEFAULT,
  later TEXT CONSTRAINT child_later REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED,
  maybe TEXT CONSTRAINT child_maybe REFERENCES parent (id) NOT DEFERRABLE INITIALLY IMMEDIATE,
  p_id TEXT, p_half INTEGER, q_id TEXT, q_half INTEGER,
  CONSTRAINT child_full FOREIGN KEY (p_id, p_half) REFERENCES parent (id, half) MATCH FULL ON DELETE SET NULL,
  FOREIGN KEY (q_id, q_half) REFERENCES parent (id, half) ON DELETE CASCADE);
INSERT OR ABORT INTO "rk_00000000_2" (rowid, "id", "r00", "r01", "r02", "r03", "r04", "r10", "r11", "r12", "r13", "r14", "r20", "r21", "r22", "r23", "r24", "r30", "r31", "r32", "r33", "r34", "r40", "r41", "r42", "r43", "r44", "later", "maybe", "p_id", "p_half", "q_id", "q_half") SELECT o.rowid, (SELECT m.new_id FROM "_rekey_map_00000000_0" m WHERE m.old_id = o."id"), coalesce(rekey_held(1, o."r00"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."r00")), coalesce(rekey_held(1, o."r01"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."r01")), coalesce(rekey_held(1, o."r02"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."r02")), coalesce(rekey_held(1, o."r03"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."r03")), coalesce(rekey_held(1, o."r04"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."r04")), coalesce(rekey_held(1, o."r10"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."r10")), coalesce(rekey_held(1, o."r11"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."r11")), coalesce(rekey_held(1, o."r12"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."r12")), coalesce(rekey_held(1, o."r13"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."r13")), coalesce(rekey_held(1, o."r14"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."r14")), coalesce(rekey_held(1, o."r20"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."r20")), coalesce(rekey_held(1, o."r21"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."r21")), coalesce(rekey_held(1, o."r22"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."r22")), coalesce(rekey_held(1, o."r23"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."r23")), coalesce(rekey_held(1, o."r24"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."r24")), coalesce(rekey_held(1, o."r30"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."r30")), coalesce(rekey_held(1, o."r31"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."r31")), coalesce(rekey_held(1, o."r32"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."r32")), coalesce(rekey_held(1, o."r33"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."r33")), coalesce(rekey_held(1, o."r34"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."r34")), coalesce(rekey_held(1, o."r40"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."r40")), coalesce(rekey_held(1, o."r41"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."r41")), coalesce(rekey_held(1, o."r42"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."r42")), coalesce(rekey_held(1, o."r43"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."r43")), coalesce(rekey_held(1, o."r44"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."r44")), coalesce(rekey_held(1, o."later"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."later")), coalesce(rekey_held(1, o."maybe"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."maybe")), coalesce(rekey_held(1, o."p_id"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."p_id")), o."p_half", coalesce(rekey_held(1, o."q_id"), (SELECT m.new_id FROM "_rekey_map_00000000_1" m WHERE m.old_id = o."q_id")), o."q_half" FROM "child" o ORDER BY o.rowid;
DROP TABLE "child";

-- Step 8 of 11: Give the new tables their names and texts
PRAGMA writable_schema=ON;
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'parent' ELSE 'sqlite_autoindex_' || 'parent' || substr(name, 31) END, tbl_name = 'parent', sql = CASE type WHEN 'table' THEN 'CREATE TABLE parent (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-7%03x-%04x-%012x'', CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)), half INTEGER NOT NULL, name TEXT, UNIQUE (id, half))' END WHERE tbl_name = 'rk_00000000_1';
UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN 'child' ELSE 'sqlite_autoindex_' || 'child' || substr(name, 31) END, tbl_name = 'child', sql = CASE type WHEN 'table' THEN 'CREATE TABLE child (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (printf(''%08x-%04x-7%03x-%04x-%012x'', CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) >> 16, CAST((julianday(''now'') - 2440587.5) * 86400000 + 0.5 AS INTEGER) & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)),
  r00 TEXT CONSTRAINT "on delete no action on update no action" REFERENCES parent (id) ON DELETE NO ACTION ON UPDATE NO ACTION,
  r01 TEXT CONSTRAINT "on delete no action on update restrict" REFERENCES parent (id) ON DELETE NO ACTION ON UPDATE RESTRICT,
  r02 TEXT CONSTRAINT "on delete no action on update cascade" REFERENCES parent (id) ON DELETE NO ACTION ON UPDATE CASCADE,
  r03 TEXT CONSTRAINT "on delete no action on update set null" REFERENCES parent (id) ON DELETE NO ACTION ON UPDATE SET NULL,
  r04 TEXT CONSTRAINT "on delete no action on update set default" REFERENCES parent (id) ON DELETE NO ACTION ON UPDATE SET DEFAULT,
  r10 TEXT CONSTRAINT "on delete restrict on update no action" REFERENCES parent (id) ON DELETE RESTRICT ON UPDATE NO ACTION,
  r11 TEXT CONSTRAINT "on delete restrict on update restrict" REFERENCES parent (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  r12 TEXT CONSTRAINT "on delete restrict on update cascade" REFERENCES parent (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  r13 TEXT CONSTRAINT "on delete restrict on update set null" REFERENCES parent (id) ON DELETE RESTRICT ON UPDATE SET NULL,
  r14 TEXT CONSTRAINT "on delete restrict on update set default" REFERENCES parent (id) ON DELETE RESTRICT ON UPDATE SET DEFAULT,
  r20 TEXT CONSTRAINT "on delete cascade on update no action" REFERENCES parent (id) ON DELETE CASCADE ON UPDATE NO ACTION,
  r21 TEXT CONSTRAINT "on delete cascade on update restrict" REFERENCES parent (id) ON DELETE CASCADE ON UPDATE RESTRICT,
  r22 TEXT CONSTRAINT "on delete cascade on update cascade" REFERENCES parent (id) ON DELETE CASCADE ON UPDATE CASCADE,
  r23 TEXT CONSTRAINT "on delete cascade on update set null" REFERENCES parent (id) ON DELETE CASCADE ON UPDATE SET NULL,
  r24 TEXT CONSTRAINT "on delete cascade on update set default" REFERENCES parent (id) ON DELETE CASCADE ON UPDATE SET DEFAULT,
  r30 TEXT CONSTRAINT "on delete set null on update no action" REFERENCES parent (id) ON DELETE SET NULL ON UPDATE NO ACTION,
  r31 TEXT CONSTRAINT "on delete set null on update restrict" REFERENCES parent (id) ON DELETE SET NULL ON UPDATE RESTRICT,
  r32 TEXT CONSTRAINT "on delete set null on update cascade" REFERENCES parent (id) ON DELETE SET NULL ON UPDATE CASCADE,
  r33 TEXT CONSTRAINT "on delete set null on update set null" REFERENCES parent (id) ON DELETE SET NULL ON UPDATE SET NULL,
  r34 TEXT CONSTRAINT "on delete set null on update set default" REFERENCES parent (id) ON DELETE SET NULL ON UPDATE SET DEFAULT,
  r40 TEXT CONSTRAINT "on delete set default on update no action" REFERENCES parent (id) ON DELETE SET DEFAULT ON UPDATE NO ACTION,
  r41 TEXT CONSTRAINT "on delete set default on update restrict" REFERENCES parent (id) ON DELETE SET DEFAULT ON UPDATE RESTRICT,
  r42 TEXT CONSTRAINT "on delete set default on update cascade" REFERENCES parent (id) ON DELETE SET DEFAULT ON UPDATE CASCADE,
  r43 TEXT CONSTRAINT "on delete set default on update set null" REFERENCES parent (id) ON DELETE SET DEFAULT ON UPDATE SET NULL,
  r44 TEXT CONSTRAINT "on delete set default on update set default" REFERENCES parent (id) ON DELETE SET DEFAULT ON UPDATE SET DEFAULT,
  later TEXT CONSTRAINT child_later REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED,
  maybe TEXT CONSTRAINT child_maybe REFERENCES parent (id) NOT DEFERRABLE INITIALLY IMMEDIATE,
  p_id TEXT, p_half INTEGER, q_id TEXT, q_half INTEGER,
  CONSTRAINT child_full FOREIGN KEY (p_id, p_half) REFERENCES parent (id, half) MATCH FULL ON DELETE SET NULL,
  FOREIGN KEY (q_id, q_half) REFERENCES parent (id, half) ON DELETE CASCADE)' END WHERE tbl_name = 'rk_00000000_2';
PRAGMA writable_schema=RESET;
SELECT rekey_let_go();

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

