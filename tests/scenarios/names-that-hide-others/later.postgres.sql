SET search_path = pg_catalog;
INSERT INTO "Select"."User" ("Id", name) VALUES (9, 'U3');
INSERT INTO "Select"."user" (name, "User_id") SELECT 'u4', id FROM "Select"."User" WHERE name = 'U3';
