-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- PostgreSQL database sc_uuids_in_other_clothes

-- Step 1 of 16: Lock the tables
LOCK TABLE ONLY "public"."nano", ONLY "public"."padded", ONLY "public"."ulid", ONLY "public"."undashed" IN ACCESS EXCLUSIVE MODE;

-- Step 2 of 16: Make room for maps and journal
CREATE SCHEMA IF NOT EXISTS "rekey";
CREATE OR REPLACE FUNCTION "rekey"."uuid_v7"() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $rekey$
SELECT (pg_catalog.lpad(pg_catalog.to_hex(t.us OPERATOR(pg_catalog./) 1000), 12, '0') OPERATOR(pg_catalog.||) '7'
OPERATOR(pg_catalog.||) pg_catalog.lpad(pg_catalog.to_hex((t.us OPERATOR(pg_catalog.%) 1000) OPERATOR(pg_catalog.*) 4096 OPERATOR(pg_catalog./) 1000), 3, '0')
OPERATOR(pg_catalog.||) pg_catalog."right"(pg_catalog.gen_random_uuid()::pg_catalog.text, 17))::pg_catalog.uuid
FROM (SELECT pg_catalog.floor(EXTRACT(epoch FROM pg_catalog.clock_timestamp()) OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8 AS us) t
$rekey$;
GRANT USAGE ON SCHEMA "rekey" TO PUBLIC;
GRANT EXECUTE ON FUNCTION "rekey"."uuid_v7"() TO PUBLIC;

-- Step 3 of 16: Give every id of public.padded.id its UUID
CREATE TABLE "rekey"."rk_00000000_0" (old_id text NOT NULL, new_id uuid NOT NULL);
INSERT INTO "rekey"."rk_00000000_0" (old_id, new_id) SELECT v.old_id, (v.old_id)::uuid FROM (SELECT "id"::text AS old_id FROM ONLY "public"."padded") v WHERE v.old_id ~ E'^(\\{([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4}\\}|([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4})$' ORDER BY 2;
ALTER TABLE "rekey"."rk_00000000_0" ADD PRIMARY KEY (old_id);
ALTER TABLE "rekey"."rk_00000000_0" ADD UNIQUE (new_id);
ANALYZE "rekey"."rk_00000000_0";

-- Step 4 of 16: Give every id of public.ulid.id its UUID
CREATE TABLE "rekey"."rk_00000000_1" (old_id text NOT NULL, new_id uuid NOT NULL);
INSERT INTO "rekey"."rk_00000000_1" (old_id, new_id) SELECT v.old_id, (v.old_id)::uuid FROM (SELECT "id"::text AS old_id FROM ONLY "public"."ulid") v WHERE v.old_id ~ E'^(\\{([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4}\\}|([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4})$' ORDER BY 2;
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, 0 AS drawn)
INSERT INTO "rekey"."rk_00000000_1" (old_id, new_id)
SELECT k.old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || substring(uuid_send(pg_catalog.gen_random_uuid()) FROM 9), 'hex')::uuid FROM (SELECT v.old_id, (s.ms + 1) * 4096 - (count(*) OVER () - row_number() OVER (ORDER BY length(v.old_id), v.old_id COLLATE "C")) - 1 AS tick
FROM start s, (
SELECT "id"::text AS old_id FROM ONLY "public"."ulid"
) v WHERE v.old_id IS NOT NULL AND NOT (v.old_id ~ E'^(\\{([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4}\\}|([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4})$')) k;
ALTER TABLE "rekey"."rk_00000000_1" ADD PRIMARY KEY (old_id);
ALTER TABLE "rekey"."rk_00000000_1" ADD UNIQUE (new_id);
ANALYZE "rekey"."rk_00000000_1";
CREATE FUNCTION "rekey"."rk_00000000_1_new"(text) RETURNS uuid LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $rekey$
DECLARE found_id uuid;
BEGIN
SELECT m.new_id INTO found_id FROM "rekey"."rk_00000000_1" m WHERE m.old_id = $1;
IF NOT FOUND THEN
RAISE EXCEPTION 'the value % belongs to no row, though a foreign key says that it does', $1 USING ERRCODE = 'foreign_key_violation';
END IF;
RETURN found_id;
END
$rekey$;

-- Step 5 of 16: Give every id of public.undashed.id its UUID
CREATE TABLE "rekey"."rk_00000000_2" (old_id text NOT NULL, new_id uuid NOT NULL);
INSERT INTO "rekey"."rk_00000000_2" (old_id, new_id) SELECT v.old_id, (v.old_id)::uuid FROM (SELECT "id"::text AS old_id FROM ONLY "public"."undashed") v WHERE v.old_id ~ E'^(\\{([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4}\\}|([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4})$' ORDER BY 2;
ALTER TABLE "rekey"."rk_00000000_2" ADD PRIMARY KEY (old_id);
ALTER TABLE "rekey"."rk_00000000_2" ADD UNIQUE (new_id);
ANALYZE "rekey"."rk_00000000_2";

-- Step 6 of 16: Take away foreign keys, views and what else stands on the columns
ALTER TABLE ONLY "public"."nano" DROP CONSTRAINT "nano_ulid_id_fkey";
ALTER TABLE ONLY "public"."undashed" DROP CONSTRAINT "undashed_padded_id_fkey";

-- Step 7 of 16: Convert public.nano
ALTER TABLE ONLY "public"."nano"
  ALTER COLUMN "ulid_id" TYPE uuid USING CASE WHEN "ulid_id"::text ~ E'^(\\{([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4}\\}|([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4})$' THEN ("ulid_id"::text)::uuid ELSE "rekey"."rk_00000000_1_new"("ulid_id"::text) END;

-- Step 8 of 16: Convert public.padded
ALTER TABLE ONLY "public"."padded"
  ALTER COLUMN "id" TYPE uuid USING ("id"::text)::uuid;

-- Step 9 of 16: Convert public.ulid
ALTER TABLE ONLY "public"."ulid"
  ALTER COLUMN "id" TYPE uuid USING CASE WHEN "id"::text ~ E'^(\\{([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4}\\}|([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4})$' THEN ("id"::text)::uuid ELSE "rekey"."rk_00000000_1_new"("id"::text) END;

-- Step 10 of 16: Convert public.undashed
ALTER TABLE ONLY "public"."undashed"
  ALTER COLUMN "id" TYPE uuid USING ("id"::text)::uuid,
  ALTER COLUMN "padded_id" TYPE uuid USING ("padded_id"::text)::uuid;

-- Step 11 of 16: Put the references of public.nano back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."ulid"'::regclass);
ALTER TABLE ONLY "public"."nano" ADD CONSTRAINT "nano_ulid_id_fkey" FOREIGN KEY (ulid_id) REFERENCES public.ulid(id);
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 12 of 16: Put the references of public.undashed back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."padded"'::regclass);
ALTER TABLE ONLY "public"."undashed" ADD CONSTRAINT "undashed_padded_id_fkey" FOREIGN KEY (padded_id) REFERENCES public.padded(id);
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 13 of 16: Put views and what else stood on the columns back

-- Step 14 of 16: Renew the planner's statistics
ANALYZE "public"."nano";
ANALYZE "public"."padded";
ANALYZE "public"."ulid";
ANALYZE "public"."undashed";

-- Step 15 of 16: Remove what only the run needed
DROP FUNCTION "rekey"."rk_00000000_1_new"(text);
SET LOCAL parallel_leader_participation = on;

-- Step 16 of 16: Write the journal
CREATE SCHEMA IF NOT EXISTS "rekey";
CREATE TABLE IF NOT EXISTS "rekey"."run" ("number" bigint GENERATED ALWAYS AS IDENTITY, "id" text PRIMARY KEY, "plan_fingerprint" text NOT NULL, "state" text NOT NULL, "tool_version" text NOT NULL, "started" text NOT NULL, "plan" text NOT NULL, "before" text NOT NULL, "record" text NOT NULL);
INSERT INTO "rekey"."run" ("id", "plan_fingerprint", "state", "tool_version", "started", "plan", "before", "record") VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

