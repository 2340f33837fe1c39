-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- PostgreSQL database sc_s4_string_36_users

-- Step 1 of 18: Lock the tables
LOCK TABLE ONLY "public"."journal_entries", ONLY "public"."reminders", ONLY "public"."secret_tags", ONLY "public"."tags", ONLY "public"."users" IN ACCESS EXCLUSIVE MODE;

-- Step 2 of 18: Make room for maps and journal
CREATE SCHEMA IF NOT EXISTS "rekey";
CREATE OR REPLACE FUNCTION "rekey"."uuid_v7"() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $rekey$
SELECT (pg_catalog.lpad(pg_catalog.to_hex(t.us OPERATOR(pg_catalog./) 1000), 12, '0') OPERATOR(pg_catalog.||) '7'
OPERATOR(pg_catalog.||) pg_catalog.lpad(pg_catalog.to_hex((t.us OPERATOR(pg_catalog.%) 1000) OPERATOR(pg_catalog.*) 4096 OPERATOR(pg_catalog./) 1000), 3, '0')
OPERATOR(pg_catalog.||) pg_catalog."right"(pg_catalog.gen_random_uuid()::pg_catalog.text, 17))::pg_catalog.uuid
FROM (SELECT pg_catalog.floor(EXTRACT(epoch FROM pg_catalog.clock_timestamp()) OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8 AS us) t
$rekey$;
GRANT USAGE ON SCHEMA "rekey" TO PUBLIC;
GRANT EXECUTE ON FUNCTION "rekey"."uuid_v7"() TO PUBLIC;

-- Step 3 of 18: Give every id of public.users.id its UUID
CREATE TABLE "rekey"."rk_00000000_0" (old_id text NOT NULL, new_id uuid NOT NULL);
INSERT INTO "rekey"."rk_00000000_0" (old_id, new_id) SELECT v.old_id, (v.old_id)::uuid FROM (SELECT "id"::text AS old_id FROM ONLY "public"."users") v WHERE v.old_id ~ E'^(\\{([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4}\\}|([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4})$' ORDER BY 2;
ALTER TABLE "rekey"."rk_00000000_0" ADD PRIMARY KEY (old_id);
ALTER TABLE "rekey"."rk_00000000_0" ADD UNIQUE (new_id);
ANALYZE "rekey"."rk_00000000_0";

-- Step 4 of 18: Take away foreign keys, views and what else stands on the columns
ALTER TABLE ONLY "public"."journal_entries" DROP CONSTRAINT "journal_entries_user_id_fkey";
ALTER TABLE ONLY "public"."reminders" DROP CONSTRAINT "reminders_user_id_fkey";
ALTER TABLE ONLY "public"."secret_tags" DROP CONSTRAINT "secret_tags_user_id_fkey";
ALTER TABLE ONLY "public"."tags" DROP CONSTRAINT "tags_user_id_fkey";

-- Step 5 of 18: Convert public.journal_entries
ALTER TABLE ONLY "public"."journal_entries"
  ALTER COLUMN "user_id" TYPE uuid USING ("user_id"::text)::uuid;

-- Step 6 of 18: Convert public.reminders
ALTER TABLE ONLY "public"."reminders"
  ALTER COLUMN "user_id" TYPE uuid USING ("user_id"::text)::uuid;

-- Step 7 of 18: Convert public.secret_tags
ALTER TABLE ONLY "public"."secret_tags"
  ALTER COLUMN "user_id" TYPE uuid USING ("user_id"::text)::uuid;

-- Step 8 of 18: Convert public.tags
ALTER TABLE ONLY "public"."tags"
  ALTER COLUMN "user_id" TYPE uuid USING ("user_id"::text)::uuid;

-- Step 9 of 18: Convert public.users
ALTER TABLE ONLY "public"."users"
  ALTER COLUMN "id" TYPE uuid USING ("id"::text)::uuid;

-- Step 10 of 18: Put the references of public.journal_entries back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."users"'::regclass);
ALTER TABLE ONLY "public"."journal_entries" ADD CONSTRAINT "journal_entries_user_id_fkey" FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 11 of 18: Put the references of public.reminders back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."users"'::regclass);
ALTER TABLE ONLY "public"."reminders" ADD CONSTRAINT "reminders_user_id_fkey" FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE SET NULL;
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 12 of 18: Put the references of public.secret_tags back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."users"'::regclass);
ALTER TABLE ONLY "public"."secret_tags" ADD CONSTRAINT "secret_tags_user_id_fkey" FOREIGN KEY (user_id) REFERENCES public.users(id);
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 13 of 18: Put the references of public.tags back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."users"'::regclass);
ALTER TABLE ONLY "public"."tags" ADD CONSTRAINT "tags_user_id_fkey" FOREIGN KEY (user_id) REFERENCES public.users(id);
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 14 of 18: Make the indexes that references lacked
CREATE INDEX "ix_reminders_user_id" ON "public"."reminders" ("user_id");

-- Step 15 of 18: Put views and what else stood on the columns back

-- Step 16 of 18: Renew the planner's statistics
ANALYZE "public"."journal_entries";
ANALYZE "public"."reminders";
ANALYZE "public"."secret_tags";
ANALYZE "public"."tags";
ANALYZE "public"."users";

-- Step 17 of 18: Remove what only the run needed
SET LOCAL parallel_leader_participation = on;

-- Step 18 of 18: Write the journal
CREATE SCHEMA IF NOT EXISTS "rekey";
CREATE TABLE IF NOT EXISTS "rekey"."run" ("number" bigint GENERATED ALWAYS AS IDENTITY, "id" text PRIMARY KEY, "plan_fingerprint" text NOT NULL, "state" text NOT NULL, "tool_version" text NOT NULL, "started" text NOT NULL, "plan" text NOT NULL, "before" text NOT NULL, "record" text NOT NULL);
INSERT INTO "rekey"."run" ("id", "plan_fingerprint", "state", "tool_version", "started", "plan", "before", "record") VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

