-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- PostgreSQL database sc_slug

-- Step 1 of 14: Lock the tables
LOCK TABLE ONLY "public"."orders", ONLY "public"."users_customuser", ONLY "public"."users_profile" IN ACCESS EXCLUSIVE MODE;

-- Step 2 of 14: Make room for maps and journal
CREATE SCHEMA IF NOT EXISTS "rekey";
GRANT USAGE ON SCHEMA "rekey" TO PUBLIC;
CREATE OR REPLACE FUNCTION "rekey"."uuid_v6"() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $rekey$
SELECT (pg_catalog.regexp_replace(pg_catalog.lpad(pg_catalog.to_hex(pg_catalog.floor(EXTRACT(epoch FROM pg_catalog.clock_timestamp()) OPERATOR(pg_catalog.*) 10000000)::pg_catalog.int8 OPERATOR(pg_catalog.+) 122192928000000000::pg_catalog.int8), 15, '0'), '(.{12})', '\16')OPERATOR(pg_catalog.||) pg_catalog.overlay(pg_catalog."right"(pg_catalog.gen_random_uuid()::pg_catalog.text, 17), 'b', 7, 1))::pg_catalog.uuid
$rekey$;
GRANT EXECUTE ON FUNCTION "rekey"."uuid_v6"() TO PUBLIC;
CREATE OR REPLACE FUNCTION "rekey"."slug"() RETURNS text LANGUAGE sql VOLATILE PARALLEL SAFE SET search_path = pg_catalog AS $rekey$
SELECT string_agg(substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + (get_byte(b.r, o.n) * 256 + get_byte(b.r, o.n + 1)) % 62, 1), '')
FROM (SELECT uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS r) b, unnest('{0,2,4,9,11,13,16,18,20,25,27}'::int[]) o(n)
$rekey$;
GRANT EXECUTE ON FUNCTION "rekey"."slug"() TO PUBLIC;

-- Step 3 of 14: Give every id of public.orders.id its UUID
CREATE TABLE "rekey"."rk_00000000_0" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, CASE WHEN r.high::numeric - r.low < 4 * r.ids + 1000 THEN least(r.high - r.low + 1, 16000000) END AS drawn, r.low, r.high
FROM (SELECT min(t."id")::bigint AS low, max(t."id")::bigint AS high, count(t."id") AS ids FROM ONLY "public"."orders" t) r)
SELECT t.id::bigint AS old_id, (regexp_replace(lpad(to_hex((t.id - (SELECT s.high FROM start s) + (SELECT (s.ms + 1) * 10000 - 1 FROM start s)) + 122192928000000000::int8), 15, '0'), '(.{12})', '\16')|| pg_catalog.overlay("right"(pg_catalog.gen_random_uuid()::text, 17), 'b', 7, 1))::uuid AS new_id
FROM (SELECT t."id" AS id FROM ONLY "public"."orders" t WHERE t."id" IS NOT NULL OFFSET '0') t WHERE (SELECT s.drawn FROM start s) > 0;
INSERT INTO "rekey"."rk_00000000_0" (old_id, new_id)
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM ONLY "public"."orders"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, (regexp_replace(lpad(to_hex(k.tick + 122192928000000000::int8), 15, '0'), '(.{12})', '\16')|| pg_catalog.overlay("right"(pg_catalog.gen_random_uuid()::text, 17), 'b', 7, 1))::uuid AS new_id FROM (
SELECT o.old_id, o.n, (s.ms + 1) * 10000 - count(*) OVER () + o.n - 1 AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n FROM (
SELECT t."id" AS old_id FROM ONLY "public"."orders" t WHERE t."id" IS NOT NULL AND NOT EXISTS (SELECT FROM "rekey"."rk_00000000_0")
) v) o
) k ORDER BY k.old_id;
ALTER TABLE "rekey"."rk_00000000_0" ALTER COLUMN old_id SET STATISTICS 10, ALTER COLUMN new_id SET STATISTICS 10, ALTER COLUMN new_id SET NOT NULL, ADD PRIMARY KEY (old_id);
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

-- Step 4 of 14: Give every id of public.users_customuser.id its UUID
CREATE TABLE "rekey"."rk_00000000_1" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, CASE WHEN r.high::numeric - r.low < least(4 * r.ids + 1000, 268435456) THEN least(r.high - r.low + 1, 16000000) END AS drawn, r.low, r.high
FROM (SELECT min(t."id")::bigint AS low, max(t."id")::bigint AS high, count(t."id") AS ids FROM ONLY "public"."users_customuser" t) r)
SELECT t.id::bigint AS old_id, (regexp_replace(lpad(to_hex((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 10 + (t.id - (SELECT s.low FROM start s))) + 122192928000000000::int8), 15, '0'), '(.{12})', '\16')|| pg_catalog.overlay("right"(pg_catalog.gen_random_uuid()::text, 17), 'b', 7, 1))::uuid AS new_id
FROM (SELECT t."id" AS id, greatest(date_part('epoch', t."date_joined") * 1000000, 0) AS at FROM ONLY "public"."users_customuser" t WHERE t."id" IS NOT NULL OFFSET '0') t WHERE (SELECT s.drawn FROM start s) > 0;
ALTER TABLE "rekey"."rk_00000000_1" ALTER COLUMN old_id SET STATISTICS 10, ALTER COLUMN new_id SET STATISTICS 10, ALTER COLUMN new_id SET NOT NULL, ADD PRIMARY KEY (old_id);
DELETE FROM "rekey"."rk_00000000_1" WHERE EXISTS (SELECT FROM (SELECT m.new_id, lag(m.new_id) OVER (ORDER BY m.old_id) AS new_before FROM "rekey"."rk_00000000_1" m) o WHERE o.new_before >= o.new_id);
INSERT INTO "rekey"."rk_00000000_1" (old_id, new_id)
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM ONLY "public"."users_customuser"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, (regexp_replace(lpad(to_hex(k.tick + 122192928000000000::int8), 15, '0'), '(.{12})', '\16')|| pg_catalog.overlay("right"(pg_catalog.gen_random_uuid()::text, 17), 'b', 7, 1))::uuid AS new_id FROM (
SELECT o.old_id, o.n, max(o.at - o.n) OVER (ORDER BY o.old_id ROWS UNBOUNDED PRECEDING) + o.n AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n, v.at FROM (
SELECT t."id" AS old_id, least(greatest(date_part('epoch', t."date_joined") * 1000000, 0), (SELECT s.ms FROM start s) * 1000::float8)::bigint * 10 AS at FROM ONLY "public"."users_customuser" t WHERE t."id" IS NOT NULL AND NOT EXISTS (SELECT FROM "rekey"."rk_00000000_1")
) v) o
) k ORDER BY k.old_id;
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
CREATE FUNCTION "rekey"."rk_00000000_1_first"() RETURNS bigint LANGUAGE sql IMMUTABLE AS $rekey$
SELECT s.low FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_1" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_1"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_1_last"() RETURNS bigint LANGUAGE sql IMMUTABLE AS $rekey$
SELECT s.high FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_1" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_1"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_1_uuids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT CASE WHEN s.high - s.low + 1 = (SELECT count(*) FROM "rekey"."rk_00000000_1")
THEN ARRAY(SELECT m.new_id FROM "rekey"."rk_00000000_1" m ORDER BY m.old_id)
ELSE ARRAY(SELECT coalesce(m.new_id, '00000000-0000-0000-0000-000000000000'::uuid)
FROM (SELECT generate_series(s.low, s.high) AS id ORDER BY 1 OFFSET 0) g
LEFT JOIN (SELECT o.old_id, o.new_id FROM "rekey"."rk_00000000_1" o ORDER BY o.old_id OFFSET 0) m ON m.old_id = g.id ORDER BY g.id) END
FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_1" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_1"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_1_points"() RETURNS bigint[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.point ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_1" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_1" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE NOT EXISTS (SELECT FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_1" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_1"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)) AND (SELECT count(*) FROM "rekey"."rk_00000000_1") <= 8000000
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_1_ids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.id ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_1" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_1" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE NOT EXISTS (SELECT FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_1" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_1"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)) AND (SELECT count(*) FROM "rekey"."rk_00000000_1") <= 8000000
$rekey$;

-- Step 5 of 14: Take away foreign keys, views and what else stands on the columns
ALTER TABLE ONLY "public"."orders" DROP CONSTRAINT "orders_user_id_fkey";
ALTER TABLE ONLY "public"."users_profile" DROP CONSTRAINT "users_profile_user_id_fkey";

-- Step 6 of 14: Convert public.orders
ALTER TABLE ONLY "public"."orders"
  ALTER COLUMN "id" DROP DEFAULT,
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_0_first"() AND "rekey"."rk_00000000_0_last"() THEN ("rekey"."rk_00000000_0_uuids"())[("id" - "rekey"."rk_00000000_0_first"())::int + 1] ELSE ("rekey"."rk_00000000_0_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_0_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_0_new"("id")),
  ALTER COLUMN "user_id" TYPE uuid USING coalesce(nullif(CASE WHEN "user_id" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("user_id" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("user_id"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("user_id")),
  ALTER COLUMN "id" SET DEFAULT rekey.uuid_v6(),
  ADD COLUMN "nano" character varying(22) DEFAULT rekey.slug() NOT NULL CONSTRAINT "orders_nano_key" UNIQUE;

-- Step 7 of 14: Convert public.users_customuser
ALTER TABLE ONLY "public"."users_customuser"
  ALTER COLUMN "id" DROP DEFAULT,
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("id" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("id")),
  ALTER COLUMN "id" SET DEFAULT rekey.uuid_v6(),
  ADD COLUMN "uuid_slug" character varying(22) DEFAULT rekey.slug() NOT NULL CONSTRAINT "users_customuser_uuid_slug_key" UNIQUE;

-- Step 8 of 14: Convert public.users_profile
ALTER TABLE ONLY "public"."users_profile"
  ALTER COLUMN "user_id" TYPE uuid USING coalesce(nullif(CASE WHEN "user_id" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("user_id" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("user_id"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("user_id"));

-- Step 9 of 14: Put the references of public.orders back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."users_customuser"'::regclass);
ALTER TABLE ONLY "public"."orders" ADD CONSTRAINT "orders_user_id_fkey" FOREIGN KEY (user_id) REFERENCES public.users_customuser(id);
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 10 of 14: Put the references of public.users_profile back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."users_customuser"'::regclass);
ALTER TABLE ONLY "public"."users_profile" ADD CONSTRAINT "users_profile_user_id_fkey" FOREIGN KEY (user_id) REFERENCES public.users_customuser(id);
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 11 of 14: Put views and what else stood on the columns back

-- Step 12 of 14: Renew the planner's statistics
ANALYZE "public"."orders";
ANALYZE "public"."users_customuser";
ANALYZE "public"."users_profile";

-- Step 13 of 14: Remove what only the run needed
DROP FUNCTION "rekey"."rk_00000000_0_new"(bigint);
DROP FUNCTION "rekey"."rk_00000000_0_first"();
DROP FUNCTION "rekey"."rk_00000000_0_last"();
DROP FUNCTION "rekey"."rk_00000000_0_uuids"();
DROP FUNCTION "rekey"."rk_00000000_0_points"();
DROP FUNCTION "rekey"."rk_00000000_0_ids"();
DROP FUNCTION "rekey"."rk_00000000_1_new"(bigint);
DROP FUNCTION "rekey"."rk_00000000_1_first"();
DROP FUNCTION "rekey"."rk_00000000_1_last"();
DROP FUNCTION "rekey"."rk_00000000_1_uuids"();
DROP FUNCTION "rekey"."rk_00000000_1_points"();
DROP FUNCTION "rekey"."rk_00000000_1_ids"();
SET LOCAL parallel_leader_participation = on;
SELECT set_config('work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 96 / 1024))::int::text, true) FROM pg_class c WHERE c.relnamespace = '"rekey"'::regnamespace AND c.relname ~ '^rk_00000000_[0-9]+$';

-- Step 14 of 14: Write the journal
CREATE SCHEMA IF NOT EXISTS "rekey";
CREATE TABLE IF NOT EXISTS "rekey"."run" ("number" bigint GENERATED ALWAYS AS IDENTITY, "id" text PRIMARY KEY, "plan_fingerprint" text NOT NULL, "state" text NOT NULL, "tool_version" text NOT NULL, "started" text NOT NULL, "plan" text NOT NULL, "before" text NOT NULL, "record" text NOT NULL);
INSERT INTO "rekey"."run" ("id", "plan_fingerprint", "state", "tool_version", "started", "plan", "before", "record") VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

