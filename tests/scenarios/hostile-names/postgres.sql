CREATE TABLE "Order" ("select" integer PRIMARY KEY, "from" text);
CREATE TABLE "a.b" ("id.x" serial PRIMARY KEY, "it""s, 'quoted'" integer CONSTRAINT "con ""straint" REFERENCES "Order" ("select"), "back\slash%s$1" text);
CREATE TABLE " leading and trailing " ("🔑 key" integer PRIMARY KEY, "ключ" integer REFERENCES "a.b" ("id.x"), "line
break" text);
CREATE TABLE "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__" (id integer PRIMARY KEY, name text);
CREATE TABLE "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_" (id integer PRIMARY KEY, "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__" integer REFERENCES "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__" (id), "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_" integer REFERENCES "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_" (id));
CREATE INDEX "idx ""with"" dots.and spaces" ON "a.b" ("it""s, 'quoted'", "id.x");
CREATE INDEX "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_firstix" ON "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_" ("nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__");
CREATE VIEW "view ""of"" it" AS SELECT o."from", a."back\slash%s$1", l."line
break" FROM "Order" o JOIN "a.b" a ON a."it""s, 'quoted'" = o."select" JOIN " leading and trailing " l ON l."ключ" = a."id.x";
COMMENT ON COLUMN "a.b"."id.x" IS 'it''s a "comment" with \ and $$ and -- in it';
INSERT INTO "Order" VALUES (1, 'one'), (2, 'two');
INSERT INTO "a.b" ("it""s, 'quoted'", "back\slash%s$1") VALUES (1, 'x\y'), (2, E'tab\tand\nline'), (NULL, '');
INSERT INTO " leading and trailing " VALUES (1, 2, 'l1'), (2, 1, NULL);
INSERT INTO "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__" VALUES (1, 'a'), (2, 'b');
INSERT INTO "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_" VALUES (1, 2, NULL), (2, 1, 1);
