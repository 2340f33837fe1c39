-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- PostgreSQL database sc_text_to_uuid

-- Step 1 of 14: Lock the tables
LOCK TABLE ONLY "public"."settings", ONLY "public"."strategies", ONLY "public"."users" IN ACCESS EXCLUSIVE MODE;

-- Step 2 of 14: Make room for maps and journal
CREATE SCHEMA IF NOT EXISTS "rekey";
CREATE OR REPLACE FUNCTION "rekey"."uuid_v7"() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $rekey$
SELECT (pg_catalog.lpad(pg_catalog.to_hex(t.us OPERATOR(pg_catalog./) 1000), 12, '0') OPERATOR(pg_catalog.||) '7'
OPERATOR(pg_catalog.||) pg_catalog.lpad(pg_catalog.to_hex((t.us OPERATOR(pg_catalog.%) 1000) OPERATOR(pg_catalog.*) 4096 OPERATOR(pg_catalog./) 1000), 3, '0')
OPERATOR(pg_catalog.||) pg_catalog."right"(pg_catalog.gen_random_uuid()::pg_catalog.text, 17))::pg_catalog.uuid
FROM (SELECT pg_catalog.floor(EXTRACT(epoch FROM pg_catalog.clock_timestamp()) OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8 AS us) t
$rekey$;
GRANT USAGE ON SCHEMA "rekey" TO PUBLIC;
GRANT EXECUTE ON FUNCTION "rekey"."uuid_v7"() TO PUBLIC;

-- Step 3 of 14: Give every id of public.users.id its UUID
CREATE TABLE "rekey"."rk_00000000_0" (old_id text NOT NULL, new_id uuid NOT NULL);
INSERT INTO "rekey"."rk_00000000_0" (old_id, new_id) SELECT v.old_id, (v.old_id)::uuid FROM (SELECT "id"::text AS old_id FROM ONLY "public"."users") v WHERE v.old_id ~ E'^(\\{([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4}\\}|([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4})$' ORDER BY 2;
ALTER TABLE "rekey"."rk_00000000_0" ADD PRIMARY KEY (old_id);
ALTER TABLE "rekey"."rk_00000000_0" ADD UNIQUE (new_id);
ANALYZE "rekey"."rk_00000000_0";

-- Step 4 of 14: Take away foreign keys, views and what else stands on the columns
ALTER TABLE ONLY "public"."users" ALTER COLUMN "id" DROP DEFAULT;
ALTER TABLE ONLY "public"."settings" DROP CONSTRAINT "settings_user_id_fkey";
ALTER TABLE ONLY "public"."strategies" DROP CONSTRAINT "strategies_user_id_fkey";
ALTER TABLE ONLY "public"."users" DROP CONSTRAINT "users_invited_by_fkey";

-- Step 5 of 14: Convert public.settings
ALTER TABLE ONLY "public"."settings"
  ALTER COLUMN "user_id" TYPE uuid USING ("user_id"::text)::uuid;

-- Step 6 of 14: Convert public.strategies
ALTER TABLE ONLY "public"."strategies"
  ALTER COLUMN "user_id" TYPE uuid USING ("user_id"::text)::uuid;

-- Step 7 of 14: Convert public.users
ALTER TABLE ONLY "public"."users"
  ALTER COLUMN "id" TYPE uuid USING ("id"::text)::uuid,
  ALTER COLUMN "invited_by" TYPE uuid USING ("invited_by"::text)::uuid;

-- Step 8 of 14: Put the references of public.settings back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."users"'::regclass);
ALTER TABLE ONLY "public"."settings" ADD CONSTRAINT "settings_user_id_fkey" FOREIGN KEY (user_id) REFERENCES public.users(id);
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 9 of 14: Put the references of public.strategies back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."users"'::regclass);
ALTER TABLE ONLY "public"."strategies" ADD CONSTRAINT "strategies_user_id_fkey" FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 10 of 14: Put the references of public.users back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."users"'::regclass);
ALTER TABLE ONLY "public"."users" ADD CONSTRAINT "users_invited_by_fkey" FOREIGN KEY (invited_by) REFERENCES public.users(id);
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 11 of 14: Put views and what else stood on the columns back
ALTER TABLE ONLY "public"."users" ALTER COLUMN "id" SET DEFAULT gen_random_uuid();

-- Step 12 of 14: Renew the planner's statistics
ANALYZE "public"."settings";
ANALYZE "public"."strategies";
ANALYZE "public"."users";

-- Step 13 of 14: Remove what only the run needed
SET LOCAL parallel_leader_participation = on;

-- Step 14 of 14: Write the journal
CREATE SCHEMA IF NOT EXISTS "rekey";
CREATE TABLE IF NOT EXISTS "rekey"."run" ("number" bigint GENERATED ALWAYS AS IDENTITY, "id" text PRIMARY KEY, "plan_fingerprint" text NOT NULL, "state" text NOT NULL, "tool_version" text NOT NULL, "started" text NOT NULL, "plan" text NOT NULL, "before" text NOT NULL, "record" text NOT NULL);
INSERT INTO "rekey"."run" ("id", "plan_fingerprint", "state", "tool_version", "started", "plan", "before", "record") VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

