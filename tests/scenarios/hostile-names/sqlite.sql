CREATE TABLE "Order" ("select" INTEGER PRIMARY KEY, "from" TEXT);
CREATE TABLE [a.b] (`id.x` INTEGER PRIMARY KEY, "it""s, 'quoted'" INTEGER CONSTRAINT "con ""straint" REFERENCES "Order" ("select"), 'single' TEXT, [br acket] TEXT /* a , comment ) */ DEFAULT ')');
CREATE TABLE " leading and trailing " ("🔑 key" INTEGER PRIMARY KEY, "ключ" INTEGER REFERENCES [a.b] ([id.x]), "line
break" TEXT -- ends ( here
);
CREATE TABLE nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__ (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_ (id INTEGER PRIMARY KEY, nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__ INTEGER REFERENCES nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__ (id), nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_ INTEGER REFERENCES nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_ (id));
CREATE INDEX "idx ""with"" dots.and spaces" ON [a.b] ("it""s, 'quoted'", `id.x`);
CREATE VIEW "view ""of"" it" AS SELECT o."from", a.single, l."line
break" FROM "Order" o JOIN [a.b] a ON a."it""s, 'quoted'" = o."select" JOIN " leading and trailing " l ON l."ключ" = a.`id.x`;
INSERT INTO "Order" VALUES (1, 'one'), (2, 'two');
INSERT INTO "a.b" VALUES (1, 1, 'x', 'y'), (2, 2, 'p', NULL), (3, NULL, '', '');
INSERT INTO " leading and trailing " VALUES (1, 2, 'l1'), (2, 1, NULL);
INSERT INTO nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__ VALUES (1, 'a'), (2, 'b');
INSERT INTO nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_ VALUES (1, 2, NULL), (2, 1, 1);
