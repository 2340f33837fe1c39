-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- PostgreSQL database sc_s2_service_catalog

-- Step 1 of 26: Lock the tables
LOCK TABLE ONLY "public"."chat_messages", ONLY "public"."chat_read_monitors", ONLY "public"."message_read_states", ONLY "public"."region_user_assigns", ONLY "public"."service_request_notes", ONLY "public"."service_requests", ONLY "public"."user_request_assigns", ONLY "public"."user_roles", ONLY "public"."user_sessions", ONLY "public"."users" IN ACCESS EXCLUSIVE MODE;

-- Step 2 of 26: Make room for maps and journal
CREATE SCHEMA IF NOT EXISTS "rekey";
CREATE OR REPLACE FUNCTION "rekey"."uuid_v7"() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $rekey$
SELECT (pg_catalog.lpad(pg_catalog.to_hex(t.us OPERATOR(pg_catalog./) 1000), 12, '0') OPERATOR(pg_catalog.||) '7'
OPERATOR(pg_catalog.||) pg_catalog.lpad(pg_catalog.to_hex((t.us OPERATOR(pg_catalog.%) 1000) OPERATOR(pg_catalog.*) 4096 OPERATOR(pg_catalog./) 1000), 3, '0')
OPERATOR(pg_catalog.||) pg_catalog."right"(pg_catalog.gen_random_uuid()::pg_catalog.text, 17))::pg_catalog.uuid
FROM (SELECT pg_catalog.floor(EXTRACT(epoch FROM pg_catalog.clock_timestamp()) OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8 AS us) t
$rekey$;
GRANT USAGE ON SCHEMA "rekey" TO PUBLIC;
GRANT EXECUTE ON FUNCTION "rekey"."uuid_v7"() TO PUBLIC;

-- Step 3 of 26: Give every id of public.users.id its UUID
CREATE TABLE "rekey"."rk_00000000_0" (old_id bigint NOT NULL, new_id uuid NOT NULL);
INSERT INTO "rekey"."rk_00000000_0" (old_id, new_id) SELECT t."id", t."uuid" FROM ONLY "public"."users" t WHERE t."id" IS NOT NULL AND t."uuid" IS NOT NULL ORDER BY t."id";
INSERT INTO "rekey"."rk_00000000_0" (old_id, new_id) SELECT v.old_id, pg_catalog.gen_random_uuid() FROM (
SELECT DISTINCT "user_id"::bigint AS old_id FROM ONLY "public"."chat_read_monitors"
) v WHERE v.old_id IS NOT NULL AND NOT EXISTS (SELECT FROM "rekey"."rk_00000000_0" m WHERE m.old_id = v.old_id);
ALTER TABLE "rekey"."rk_00000000_0" ADD PRIMARY KEY (old_id);
ALTER TABLE "rekey"."rk_00000000_0" ADD UNIQUE (new_id);
ANALYZE "rekey"."rk_00000000_0";
CREATE FUNCTION "rekey"."rk_00000000_0_new"(bigint) RETURNS uuid LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $rekey$
DECLARE found_id uuid;
BEGIN
SELECT m.new_id INTO found_id FROM "rekey"."rk_00000000_0" m WHERE m.old_id = $1;
IF NOT FOUND THEN
RAISE EXCEPTION 'the value % belongs to no row, though a foreign key says that it does', $1 USING ERRCODE = 'foreign_key_violation';
END IF;
RETURN found_id;
END
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_0_first"() RETURNS bigint LANGUAGE sql IMMUTABLE AS $rekey$
SELECT s.low FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_0" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_0"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_0_last"() RETURNS bigint LANGUAGE sql IMMUTABLE AS $rekey$
SELECT s.high FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_0" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_0"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_0_uuids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT CASE WHEN s.high - s.low + 1 = (SELECT count(*) FROM "rekey"."rk_00000000_0")
THEN ARRAY(SELECT m.new_id FROM "rekey"."rk_00000000_0" m ORDER BY m.old_id)
ELSE ARRAY(SELECT coalesce(m.new_id, '00000000-0000-0000-0000-000000000000'::uuid)
FROM (SELECT generate_series(s.low, s.high) AS id ORDER BY 1 OFFSET 0) g
LEFT JOIN (SELECT o.old_id, o.new_id FROM "rekey"."rk_00000000_0" o ORDER BY o.old_id OFFSET 0) m ON m.old_id = g.id ORDER BY g.id) END
FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_0" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_0"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_0_points"() RETURNS bigint[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.point ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_0" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_0" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE NOT EXISTS (SELECT FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_0" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_0"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)) AND (SELECT count(*) FROM "rekey"."rk_00000000_0") <= 8000000
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_0_ids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.id ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_0" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_0" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE NOT EXISTS (SELECT FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_0" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_0"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)) AND (SELECT count(*) FROM "rekey"."rk_00000000_0") <= 8000000
$rekey$;

-- Step 4 of 26: Take away foreign keys, views and what else stands on the columns
ALTER TABLE ONLY "public"."chat_messages" DROP CONSTRAINT "chat_messages_sender_id_fkey";
ALTER TABLE ONLY "public"."chat_read_monitors" DROP CONSTRAINT "fk_monitor_user";
ALTER TABLE ONLY "public"."message_read_states" DROP CONSTRAINT "message_read_states_user_id_fkey";
ALTER TABLE ONLY "public"."region_user_assigns" DROP CONSTRAINT "region_user_assigns_user_id_fkey";
ALTER TABLE ONLY "public"."service_request_notes" DROP CONSTRAINT "service_request_notes_created_by_fkey";
ALTER TABLE ONLY "public"."service_requests" DROP CONSTRAINT "service_requests_requester_id_fkey";
ALTER TABLE ONLY "public"."user_request_assigns" DROP CONSTRAINT "fk_assigned_user";
ALTER TABLE ONLY "public"."user_roles" DROP CONSTRAINT "user_roles_user_id_fkey";
ALTER TABLE ONLY "public"."user_sessions" DROP CONSTRAINT "user_sessions_user_id_fkey";

-- Step 5 of 26: Convert public.chat_messages
ALTER TABLE ONLY "public"."chat_messages"
  ALTER COLUMN "sender_id" TYPE uuid USING coalesce(nullif(CASE WHEN "sender_id" BETWEEN "rekey"."rk_00000000_0_first"() AND "rekey"."rk_00000000_0_last"() THEN ("rekey"."rk_00000000_0_uuids"())[("sender_id" - "rekey"."rk_00000000_0_first"())::int + 1] ELSE ("rekey"."rk_00000000_0_ids"())[width_bucket("sender_id"::bigint, "rekey"."rk_00000000_0_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_0_new"("sender_id"));

-- Step 6 of 26: Convert public.chat_read_monitors
ALTER TABLE ONLY "public"."chat_read_monitors"
  ALTER COLUMN "user_id" TYPE uuid USING coalesce(nullif(CASE WHEN "user_id" BETWEEN "rekey"."rk_00000000_0_first"() AND "rekey"."rk_00000000_0_last"() THEN ("rekey"."rk_00000000_0_uuids"())[("user_id" - "rekey"."rk_00000000_0_first"())::int + 1] ELSE ("rekey"."rk_00000000_0_ids"())[width_bucket("user_id"::bigint, "rekey"."rk_00000000_0_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_0_new"("user_id"));

-- Step 7 of 26: Convert public.message_read_states
ALTER TABLE ONLY "public"."message_read_states"
  ALTER COLUMN "user_id" TYPE uuid USING coalesce(nullif(CASE WHEN "user_id" BETWEEN "rekey"."rk_00000000_0_first"() AND "rekey"."rk_00000000_0_last"() THEN ("rekey"."rk_00000000_0_uuids"())[("user_id" - "rekey"."rk_00000000_0_first"())::int + 1] ELSE ("rekey"."rk_00000000_0_ids"())[width_bucket("user_id"::bigint, "rekey"."rk_00000000_0_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_0_new"("user_id"));

-- Step 8 of 26: Convert public.region_user_assigns
ALTER TABLE ONLY "public"."region_user_assigns"
  ALTER COLUMN "user_id" TYPE uuid USING coalesce(nullif(CASE WHEN "user_id" BETWEEN "rekey"."rk_00000000_0_first"() AND "rekey"."rk_00000000_0_last"() THEN ("rekey"."rk_00000000_0_uuids"())[("user_id" - "rekey"."rk_00000000_0_first"())::int + 1] ELSE ("rekey"."rk_00000000_0_ids"())[width_bucket("user_id"::bigint, "rekey"."rk_00000000_0_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_0_new"("user_id"));

-- Step 9 of 26: Convert public.service_request_notes
ALTER TABLE ONLY "public"."service_request_notes"
  ALTER COLUMN "created_by" TYPE uuid USING coalesce(nullif(CASE WHEN "created_by" BETWEEN "rekey"."rk_00000000_0_first"() AND "rekey"."rk_00000000_0_last"() THEN ("rekey"."rk_00000000_0_uuids"())[("created_by" - "rekey"."rk_00000000_0_first"())::int + 1] ELSE ("rekey"."rk_00000000_0_ids"())[width_bucket("created_by"::bigint, "rekey"."rk_00000000_0_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_0_new"("created_by"));

-- Step 10 of 26: Convert public.service_requests
ALTER TABLE ONLY "public"."service_requests"
  ALTER COLUMN "requester_id" TYPE uuid USING coalesce(nullif(CASE WHEN "requester_id" BETWEEN "rekey"."rk_00000000_0_first"() AND "rekey"."rk_00000000_0_last"() THEN ("rekey"."rk_00000000_0_uuids"())[("requester_id" - "rekey"."rk_00000000_0_first"())::int + 1] ELSE ("rekey"."rk_00000000_0_ids"())[width_bucket("requester_id"::bigint, "rekey"."rk_00000000_0_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_0_new"("requester_id"));

-- Step 11 of 26: Convert public.user_request_assigns
ALTER TABLE ONLY "public"."user_request_assigns"
  ALTER COLUMN "user_id" TYPE uuid USING coalesce(nullif(CASE WHEN "user_id" BETWEEN "rekey"."rk_00000000_0_first"() AND "rekey"."rk_00000000_0_last"() THEN ("rekey"."rk_00000000_0_uuids"())[("user_id" - "rekey"."rk_00000000_0_first"())::int + 1] ELSE ("rekey"."rk_00000000_0_ids"())[width_bucket("user_id"::bigint, "rekey"."rk_00000000_0_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_0_new"("user_id"));

-- Step 12 of 26: Convert public.user_roles
ALTER TABLE ONLY "public"."user_roles"
  ALTER COLUMN "user_id" TYPE uuid USING coalesce(nullif(CASE WHEN "user_id" BETWEEN "rekey"."rk_00000000_0_first"() AND "rekey"."rk_00000000_0_last"() THEN ("rekey"."rk_00000000_0_uuids"())[("user_id" - "rekey"."rk_00000000_0_first"())::int + 1] ELSE ("rekey"."rk_00000000_0_ids"())[width_bucket("user_id"::bigint, "rekey"."rk_00000000_0_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_0_new"("user_id"));

-- Step 13 of 26: Convert public.user_sessions
ALTER TABLE ONLY "public"."user_sessions"
  ALTER COLUMN "user_id" TYPE uuid USING coalesce(nullif(CASE WHEN "user_id" BETWEEN "rekey"."rk_00000000_0_first"() AND "rekey"."rk_00000000_0_last"() THEN ("rekey"."rk_00000000_0_uuids"())[("user_id" - "rekey"."rk_00000000_0_first"())::int + 1] ELSE ("rekey"."rk_00000000_0_ids"())[width_bucket("user_id"::bigint, "rekey"."rk_00000000_0_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_0_new"("user_id"));

-- Step 14 of 26: Put the references of public.chat_messages back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."users"'::regclass);
ALTER TABLE ONLY "public"."chat_messages" ADD CONSTRAINT "chat_messages_sender_id_fkey" FOREIGN KEY (sender_id) REFERENCES public.users("uuid");
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 15 of 26: Put the references of public.chat_read_monitors back and check them
ALTER TABLE ONLY "public"."chat_read_monitors" ADD CONSTRAINT "fk_monitor_user" FOREIGN KEY (user_id) REFERENCES public.users("uuid") NOT VALID;

-- Step 16 of 26: Put the references of public.message_read_states back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."users"'::regclass);
ALTER TABLE ONLY "public"."message_read_states" ADD CONSTRAINT "message_read_states_user_id_fkey" FOREIGN KEY (user_id) REFERENCES public.users("uuid") ON DELETE CASCADE;
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 17 of 26: Put the references of public.region_user_assigns back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."users"'::regclass);
ALTER TABLE ONLY "public"."region_user_assigns" ADD CONSTRAINT "region_user_assigns_user_id_fkey" FOREIGN KEY (user_id) REFERENCES public.users("uuid");
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 18 of 26: Put the references of public.service_request_notes back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."users"'::regclass);
ALTER TABLE ONLY "public"."service_request_notes" ADD CONSTRAINT "service_request_notes_created_by_fkey" FOREIGN KEY (created_by) REFERENCES public.users("uuid") ON DELETE SET NULL;
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 19 of 26: Put the references of public.service_requests back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."users"'::regclass);
ALTER TABLE ONLY "public"."service_requests" ADD CONSTRAINT "service_requests_requester_id_fkey" FOREIGN KEY (requester_id) REFERENCES public.users("uuid");
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 20 of 26: Put the references of public.user_request_assigns back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."users"'::regclass);
ALTER TABLE ONLY "public"."user_request_assigns" ADD CONSTRAINT "fk_assigned_user" FOREIGN KEY (user_id) REFERENCES public.users("uuid") ON UPDATE CASCADE;
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 21 of 26: Put the references of public.user_roles back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."users"'::regclass);
ALTER TABLE ONLY "public"."user_roles" ADD CONSTRAINT "user_roles_user_id_fkey" FOREIGN KEY (user_id) REFERENCES public.users("uuid") ON DELETE CASCADE;
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 22 of 26: Put the references of public.user_sessions back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."users"'::regclass);
ALTER TABLE ONLY "public"."user_sessions" ADD CONSTRAINT "user_sessions_user_id_fkey" FOREIGN KEY (user_id) REFERENCES public.users("uuid") ON DELETE CASCADE;
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 23 of 26: Put views and what else stood on the columns back

-- Step 24 of 26: Renew the planner's statistics
ANALYZE "public"."chat_messages";
ANALYZE "public"."chat_read_monitors";
ANALYZE "public"."message_read_states";
ANALYZE "public"."region_user_assigns";
ANALYZE "public"."service_request_notes";
ANALYZE "public"."service_requests";
ANALYZE "public"."user_request_assigns";
ANALYZE "public"."user_roles";
ANALYZE "public"."user_sessions";

-- Step 25 of 26: Remove what only the run needed
DROP FUNCTION "rekey"."rk_00000000_0_new"(bigint);
DROP FUNCTION "rekey"."rk_00000000_0_first"();
DROP FUNCTION "rekey"."rk_00000000_0_last"();
DROP FUNCTION "rekey"."rk_00000000_0_uuids"();
DROP FUNCTION "rekey"."rk_00000000_0_points"();
DROP FUNCTION "rekey"."rk_00000000_0_ids"();
SET LOCAL parallel_leader_participation = on;

-- Step 26 of 26: Write the journal
CREATE SCHEMA IF NOT EXISTS "rekey";
CREATE TABLE IF NOT EXISTS "rekey"."run" ("number" bigint GENERATED ALWAYS AS IDENTITY, "id" text PRIMARY KEY, "plan_fingerprint" text NOT NULL, "state" text NOT NULL, "tool_version" text NOT NULL, "started" text NOT NULL, "plan" text NOT NULL, "before" text NOT NULL, "record" text NOT NULL);
INSERT INTO "rekey"."run" ("id", "plan_fingerprint", "state", "tool_version", "started", "plan", "before", "record") VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

