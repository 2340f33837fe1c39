-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- PostgreSQL database sc_texts_that_name_ids

-- Step 1 of 11: Lock the tables
LOCK TABLE ONLY "public"."job", ONLY "public"."report" IN ACCESS EXCLUSIVE MODE;

-- Step 2 of 11: Make room for maps and journal
CREATE SCHEMA IF NOT EXISTS "rekey";
CREATE OR REPLACE FUNCTION "rekey"."uuid_v7"() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $rekey$
SELECT (pg_catalog.lpad(pg_catalog.to_hex(t.us OPERATOR(pg_catalog./) 1000), 12, '0') OPERATOR(pg_catalog.||) '7'
OPERATOR(pg_catalog.||) pg_catalog.lpad(pg_catalog.to_hex((t.us OPERATOR(pg_catalog.%) 1000) OPERATOR(pg_catalog.*) 4096 OPERATOR(pg_catalog./) 1000), 3, '0')
OPERATOR(pg_catalog.||) pg_catalog."right"(pg_catalog.gen_random_uuid()::pg_catalog.text, 17))::pg_catalog.uuid
FROM (SELECT pg_catalog.floor(EXTRACT(epoch FROM pg_catalog.clock_timestamp()) OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8 AS us) t
$rekey$;
GRANT USAGE ON SCHEMA "rekey" TO PUBLIC;
GRANT EXECUTE ON FUNCTION "rekey"."uuid_v7"() TO PUBLIC;

-- Step 3 of 11: Give every id of public.job.id its UUID
CREATE TABLE "rekey"."rk_00000000_0" (old_id bigint NOT NULL, new_id uuid NOT NULL);
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms)
INSERT INTO "rekey"."rk_00000000_0" (old_id, new_id)
SELECT k.old_id, (lpad(to_hex(((s.ms - k.later / 4096) << 16) | (28672 + 4095 - k.later % 4096)), 16, '0') || right(pg_catalog.gen_random_uuid()::text, 17))::uuid
FROM start s, (SELECT v.old_id, count(*) OVER () - row_number() OVER (ORDER BY v.old_id) AS later FROM (
SELECT "id"::bigint AS old_id FROM ONLY "public"."job"
) v WHERE v.old_id IS NOT NULL) k
ORDER BY k.old_id;
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
CREATE FUNCTION "rekey"."rk_00000000_0_ids"() RETURNS bigint[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.point ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_0" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_0" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE (SELECT count(*) FROM "rekey"."rk_00000000_0") <= 4000000
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_0_uuids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.id ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_0" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_0" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE (SELECT count(*) FROM "rekey"."rk_00000000_0") <= 4000000
$rekey$;

-- Step 4 of 11: Give every id of public.report.id its UUID
CREATE TABLE "rekey"."rk_00000000_1" (old_id bigint NOT NULL, new_id uuid NOT NULL);
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms)
INSERT INTO "rekey"."rk_00000000_1" (old_id, new_id)
SELECT k.old_id, (lpad(to_hex(((s.ms - k.later / 4096) << 16) | (28672 + 4095 - k.later % 4096)), 16, '0') || right(pg_catalog.gen_random_uuid()::text, 17))::uuid
FROM start s, (SELECT v.old_id, count(*) OVER () - row_number() OVER (ORDER BY v.old_id) AS later FROM (
SELECT "id"::bigint AS old_id FROM ONLY "public"."report"
) v WHERE v.old_id IS NOT NULL) k
ORDER BY k.old_id;
ALTER TABLE "rekey"."rk_00000000_1" ADD PRIMARY KEY (old_id);
ALTER TABLE "rekey"."rk_00000000_1" ADD UNIQUE (new_id);
ANALYZE "rekey"."rk_00000000_1";
CREATE FUNCTION "rekey"."rk_00000000_1_new"(bigint) RETURNS uuid LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $rekey$
DECLARE found_id uuid;
BEGIN
SELECT m.new_id INTO found_id FROM "rekey"."rk_00000000_1" m WHERE m.old_id = $1;
IF NOT FOUND THEN
RAISE EXCEPTION 'the value % belongs to no row, though a foreign key says that it does', $1 USING ERRCODE = 'foreign_key_violation';
END IF;
RETURN found_id;
END
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_1_ids"() RETURNS bigint[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.point ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_1" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_1" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE (SELECT count(*) FROM "rekey"."rk_00000000_1") <= 4000000
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_1_uuids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.id ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_1" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_1" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE (SELECT count(*) FROM "rekey"."rk_00000000_1") <= 4000000
$rekey$;

-- Step 5 of 11: Take away foreign keys, views and what else stands on the columns
DROP VIEW "public"."all_reports";

-- Step 6 of 11: Convert public.job
ALTER TABLE ONLY "public"."job"
  ALTER COLUMN "id" DROP DEFAULT,
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(("rekey"."rk_00000000_0_uuids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_0_ids"())], '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_0_new"("id")),
  ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();

-- Step 7 of 11: Convert public.report
ALTER TABLE ONLY "public"."report"
  ALTER COLUMN "id" DROP DEFAULT,
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(("rekey"."rk_00000000_1_uuids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_1_ids"())], '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("id")),
  ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();

-- Step 8 of 11: Put views and what else stood on the columns back
CREATE VIEW "public"."all_reports" WITH ("security_invoker" = 'false') AS
SELECT report.id,
    report.name
   FROM public.report;
ALTER VIEW "public"."all_reports" OWNER TO "texts_owner";

-- Step 9 of 11: Renew the planner's statistics
ANALYZE "public"."job";
ANALYZE "public"."report";

-- Step 10 of 11: Remove what only the run needed
DROP FUNCTION "rekey"."rk_00000000_0_new"(bigint);
DROP FUNCTION "rekey"."rk_00000000_0_ids"();
DROP FUNCTION "rekey"."rk_00000000_0_uuids"();
DROP FUNCTION "rekey"."rk_00000000_1_new"(bigint);
DROP FUNCTION "rekey"."rk_00000000_1_ids"();
DROP FUNCTION "rekey"."rk_00000000_1_uuids"();

-- Step 11 of 11: Write the journal
CREATE SCHEMA IF NOT EXISTS "rekey";
CREATE TABLE IF NOT EXISTS "rekey"."run" ("number" bigint GENERATED ALWAYS AS IDENTITY, "id" text PRIMARY KEY, "plan_fingerprint" text NOT NULL, "state" text NOT NULL, "tool_version" text NOT NULL, "started" text NOT NULL, "plan" text NOT NULL, "before" text NOT NULL, "record" text NOT NULL);
INSERT INTO "rekey"."run" ("id", "plan_fingerprint", "state", "tool_version", "started", "plan", "before", "record") VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

