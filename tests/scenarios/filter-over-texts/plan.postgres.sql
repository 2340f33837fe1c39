-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- PostgreSQL database sc_filter_over_texts

-- Step 1 of 12: Lock the tables
LOCK TABLE ONLY "public"."author", ONLY "public"."story" IN ACCESS EXCLUSIVE MODE;

-- Step 2 of 12: Make room for maps and journal
CREATE SCHEMA IF NOT EXISTS "rekey";
CREATE OR REPLACE FUNCTION "rekey"."uuid_v7"() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $rekey$
SELECT (pg_catalog.lpad(pg_catalog.to_hex(t.us OPERATOR(pg_catalog./) 1000), 12, '0') OPERATOR(pg_catalog.||) '7'
OPERATOR(pg_catalog.||) pg_catalog.lpad(pg_catalog.to_hex((t.us OPERATOR(pg_catalog.%) 1000) OPERATOR(pg_catalog.*) 4096 OPERATOR(pg_catalog./) 1000), 3, '0')
OPERATOR(pg_catalog.||) pg_catalog."right"(pg_catalog.gen_random_uuid()::pg_catalog.text, 17))::pg_catalog.uuid
FROM (SELECT pg_catalog.floor(EXTRACT(epoch FROM pg_catalog.clock_timestamp()) OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8 AS us) t
$rekey$;
GRANT USAGE ON SCHEMA "rekey" TO PUBLIC;
GRANT EXECUTE ON FUNCTION "rekey"."uuid_v7"() TO PUBLIC;

-- Step 3 of 12: Give every id of public.author.id its UUID
CREATE TABLE "rekey"."rk_00000000_0" (old_id text NOT NULL, new_id uuid NOT NULL);
INSERT INTO "rekey"."rk_00000000_0" (old_id, new_id) SELECT v.old_id, (v.old_id)::uuid FROM (SELECT "id"::text AS old_id FROM ONLY "public"."author") v WHERE v.old_id ~ E'^(\\{([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4}\\}|([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4})$' ORDER BY 2;
ALTER TABLE "rekey"."rk_00000000_0" ADD PRIMARY KEY (old_id);
ALTER TABLE "rekey"."rk_00000000_0" ADD UNIQUE (new_id);
ANALYZE "rekey"."rk_00000000_0";

-- Step 4 of 12: Give every id of public.story.id its UUID
CREATE TABLE "rekey"."rk_00000000_1" (old_id text NOT NULL, new_id uuid NOT NULL);
INSERT INTO "rekey"."rk_00000000_1" (old_id, new_id) SELECT v.old_id, (v.old_id)::uuid FROM (SELECT "id"::text AS old_id FROM ONLY "public"."story") v WHERE v.old_id ~ E'^(\\{([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4}\\}|([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4})$' ORDER BY 2;
ALTER TABLE "rekey"."rk_00000000_1" ADD PRIMARY KEY (old_id);
ALTER TABLE "rekey"."rk_00000000_1" ADD UNIQUE (new_id);
ANALYZE "rekey"."rk_00000000_1";

-- Step 5 of 12: Take away foreign keys, views and what else stands on the columns
ALTER PUBLICATION "told" DROP TABLE ONLY "public"."story";
ALTER PUBLICATION "told" DROP TABLE ONLY "public"."author";
ALTER PUBLICATION "compared" DROP TABLE ONLY "public"."author";
ALTER TABLE ONLY "public"."story" DROP CONSTRAINT "story_author_id_fkey";

-- Step 6 of 12: Convert public.author
ALTER TABLE ONLY "public"."author"
  ALTER COLUMN "id" TYPE uuid USING ("id"::text)::uuid;

-- Step 7 of 12: Convert public.story
ALTER TABLE ONLY "public"."story"
  ALTER COLUMN "id" TYPE uuid USING ("id"::text)::uuid,
  ALTER COLUMN "author_id" TYPE uuid USING ("author_id"::text)::uuid;

-- Step 8 of 12: Put the references of public.story back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."author"'::regclass);
ALTER TABLE ONLY "public"."story" ADD CONSTRAINT "story_author_id_fkey" FOREIGN KEY (author_id) REFERENCES public.author(id);
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 9 of 12: Put views and what else stood on the columns back
ALTER PUBLICATION "told" ADD TABLE ONLY "public"."author" WHERE ((id IS NOT NULL));

-- Step 10 of 12: Renew the planner's statistics
ANALYZE "public"."author";
ANALYZE "public"."story";

-- Step 11 of 12: Remove what only the run needed
SET LOCAL parallel_leader_participation = on;

-- Step 12 of 12: Write the journal
CREATE SCHEMA IF NOT EXISTS "rekey";
CREATE TABLE IF NOT EXISTS "rekey"."run" ("number" bigint GENERATED ALWAYS AS IDENTITY, "id" text PRIMARY KEY, "plan_fingerprint" text NOT NULL, "state" text NOT NULL, "tool_version" text NOT NULL, "started" text NOT NULL, "plan" text NOT NULL, "before" text NOT NULL, "record" text NOT NULL);
INSERT INTO "rekey"."run" ("id", "plan_fingerprint", "state", "tool_version", "started", "plan", "before", "record") VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

