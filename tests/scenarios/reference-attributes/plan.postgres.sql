-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- PostgreSQL database sc_reference_attributes

-- Step 1 of 12: Lock the tables
LOCK TABLE ONLY "public"."child", ONLY "public"."parent" IN ACCESS EXCLUSIVE MODE;

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

-- Step 3 of 12: Give every id of public.child.id its UUID
CREATE TABLE "rekey"."rk_00000000_0" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, CASE WHEN r.high::numeric - r.low < 4 * r.ids + 1000 THEN least(r.high - r.low + 1, 16000000) END AS drawn, r.low, r.high
FROM (SELECT min(t."id")::bigint AS low, max(t."id")::bigint AS high, count(t."id") AS ids FROM ONLY "public"."child" t) r)
SELECT t.id::bigint AS old_id, encode(int8send((((t.id - (SELECT s.high FROM start s) + (SELECT (s.ms + 1) * 4096 - 1 FROM start s)) >> 12) << 16) | 28672 | ((t.id - (SELECT s.high FROM start s) + (SELECT (s.ms + 1) * 4096 - 1 FROM start s)) & 4095)) || set_bit(set_bit(CASE WHEN t.id - (SELECT s.low FROM start s) + 1 <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((t.id - (SELECT s.low FROM start s) + 1) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(t.id - (SELECT s.low FROM start s) + 1)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id
FROM (SELECT t."id" AS id FROM ONLY "public"."child" t WHERE t."id" IS NOT NULL OFFSET '0') t WHERE (SELECT s.drawn FROM start s) > 0;
INSERT INTO "rekey"."rk_00000000_0" (old_id, new_id)
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM ONLY "public"."child"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || set_bit(set_bit(CASE WHEN k.n <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((k.n) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(k.n)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id FROM (
SELECT o.old_id, o.n, (s.ms + 1) * 4096 - count(*) OVER () + o.n - 1 AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n FROM (
SELECT t."id" AS old_id FROM ONLY "public"."child" t WHERE t."id" IS NOT NULL AND NOT EXISTS (SELECT FROM "rekey"."rk_00000000_0")
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

-- Step 4 of 12: Give every id of public.parent.id its UUID
CREATE TABLE "rekey"."rk_00000000_1" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM ONLY "public"."parent") + (SELECT count("p_id") FROM ONLY "public"."child") + (SELECT count("q_id") FROM ONLY "public"."child"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || set_bit(set_bit(CASE WHEN k.n <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((k.n) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(k.n)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id FROM (
SELECT o.old_id, o.n, (s.ms + 1) * 4096 - count(*) OVER () + o.n - 1 AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n FROM (
SELECT w.old_id FROM (
SELECT "id"::bigint AS old_id FROM ONLY "public"."parent"
UNION
SELECT "p_id"::bigint AS old_id FROM ONLY "public"."child"
UNION
SELECT "q_id"::bigint AS old_id FROM ONLY "public"."child"
) w WHERE w.old_id IS NOT NULL
) v) o
) k ORDER BY k.old_id;
ALTER TABLE "rekey"."rk_00000000_1" ALTER COLUMN old_id SET STATISTICS 10, ALTER COLUMN new_id SET STATISTICS 10, ALTER COLUMN new_id SET NOT NULL, ADD PRIMARY KEY (old_id);
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

-- Step 5 of 12: Take away foreign keys, views and what else stands on the columns
ALTER TABLE ONLY "public"."child" DROP CONSTRAINT "on delete no action on update no action";
ALTER TABLE ONLY "public"."child" DROP CONSTRAINT "on delete no action on update restrict";
ALTER TABLE ONLY "public"."child" DROP CONSTRAINT "on delete no action on update cascade";
ALTER TABLE ONLY "public"."child" DROP CONSTRAINT "on delete no action on update set null";
ALTER TABLE ONLY "public"."child" DROP CONSTRAINT "on delete no action on update set default";
ALTER TABLE ONLY "public"."child" DROP CONSTRAINT "on delete restrict on update no action";
ALTER TABLE ONLY "public"."child" DROP CONSTRAINT "on delete restrict on update restrict";
ALTER TABLE ONLY "public"."child" DROP CONSTRAINT "on delete restrict on update cascade";
ALTER TABLE ONLY "public"."child" DROP CONSTRAINT "on delete restrict on update set null";
ALTER TABLE ONLY "public"."child" DROP CONSTRAINT "on delete restrict on update set default";
ALTER TABLE ONLY "public"."child" DROP CONSTRAINT "on delete cascade on update no action";
ALTER TABLE ONLY "public"."child" DROP CONSTRAINT "on delete cascade on update restrict";
ALTER TABLE ONLY "public"."child" DROP CONSTRAINT "on delete cascade on update cascade";
ALTER TABLE ONLY "public"."child" DROP CONSTRAINT "on delete cascade on update set null";
ALTER TABLE ONLY "public"."child" DROP CONSTRAINT "on delete cascade on update set default";
ALTER TABLE ONLY "public"."child" DROP CONSTRAINT "on delete set null on update no action";
ALTER TABLE ONLY "public"."child" DROP CONSTRAINT "on delete set null on update restrict";
ALTER TABLE ONLY "public"."child" DROP CONSTRAINT "on delete set null on update cascade";
ALTER TABLE ONLY "public"."child" DROP CONSTRAINT "on delete set null on update set null";
ALTER TABLE ONLY "public"."child" DROP CONSTRAINT "on delete set null on update set default";
ALTER TABLE ONLY "public"."child" DROP CONSTRAINT "on delete set default on update no action";
ALTER TABLE ONLY "public"."child" DROP CONSTRAINT "on delete set default on update restrict";
ALTER TABLE ONLY "public"."child" DROP CONSTRAINT "on delete set default on update cascade";
ALTER TABLE ONLY "public"."child" DROP CONSTRAINT "on delete set default on update set null";
ALTER TABLE ONLY "public"."child" DROP CONSTRAINT "on delete set default on update set default";
ALTER TABLE ONLY "public"."child" DROP CONSTRAINT "child_later";
ALTER TABLE ONLY "public"."child" DROP CONSTRAINT "child_maybe";
ALTER TABLE ONLY "public"."child" DROP CONSTRAINT "child_full";
ALTER TABLE ONLY "public"."child" DROP CONSTRAINT "child_part";

-- Step 6 of 12: Convert public.child
ALTER TABLE ONLY "public"."child"
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_0_first"() AND "rekey"."rk_00000000_0_last"() THEN ("rekey"."rk_00000000_0_uuids"())[("id" - "rekey"."rk_00000000_0_first"())::int + 1] ELSE ("rekey"."rk_00000000_0_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_0_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_0_new"("id")),
  ALTER COLUMN "r00" TYPE uuid USING coalesce(nullif(CASE WHEN "r00" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("r00" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("r00"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("r00")),
  ALTER COLUMN "r01" TYPE uuid USING coalesce(nullif(CASE WHEN "r01" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("r01" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("r01"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("r01")),
  ALTER COLUMN "r02" TYPE uuid USING coalesce(nullif(CASE WHEN "r02" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("r02" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("r02"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("r02")),
  ALTER COLUMN "r03" TYPE uuid USING coalesce(nullif(CASE WHEN "r03" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("r03" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("r03"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("r03")),
  ALTER COLUMN "r04" TYPE uuid USING coalesce(nullif(CASE WHEN "r04" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("r04" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("r04"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("r04")),
  ALTER COLUMN "r10" TYPE uuid USING coalesce(nullif(CASE WHEN "r10" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("r10" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("r10"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("r10")),
  ALTER COLUMN "r11" TYPE uuid USING coalesce(nullif(CASE WHEN "r11" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("r11" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("r11"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("r11")),
  ALTER COLUMN "r12" TYPE uuid USING coalesce(nullif(CASE WHEN "r12" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("r12" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("r12"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("r12")),
  ALTER COLUMN "r13" TYPE uuid USING coalesce(nullif(CASE WHEN "r13" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("r13" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("r13"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("r13")),
  ALTER COLUMN "r14" TYPE uuid USING coalesce(nullif(CASE WHEN "r14" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("r14" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("r14"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("r14")),
  ALTER COLUMN "r20" TYPE uuid USING coalesce(nullif(CASE WHEN "r20" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("r20" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("r20"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("r20")),
  ALTER COLUMN "r21" TYPE uuid USING coalesce(nullif(CASE WHEN "r21" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("r21" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("r21"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("r21")),
  ALTER COLUMN "r22" TYPE uuid USING coalesce(nullif(CASE WHEN "r22" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("r22" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("r22"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("r22")),
  ALTER COLUMN "r23" TYPE uuid USING coalesce(nullif(CASE WHEN "r23" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("r23" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("r23"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("r23")),
  ALTER COLUMN "r24" TYPE uuid USING coalesce(nullif(CASE WHEN "r24" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("r24" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("r24"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("r24")),
  ALTER COLUMN "r30" TYPE uuid USING coalesce(nullif(CASE WHEN "r30" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("r30" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("r30"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("r30")),
  ALTER COLUMN "r31" TYPE uuid USING coalesce(nullif(CASE WHEN "r31" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("r31" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("r31"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("r31")),
  ALTER COLUMN "r32" TYPE uuid USING coalesce(nullif(CASE WHEN "r32" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("r32" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("r32"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("r32")),
  ALTER COLUMN "r33" TYPE uuid USING coalesce(nullif(CASE WHEN "r33" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("r33" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("r33"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("r33")),
  ALTER COLUMN "r34" TYPE uuid USING coalesce(nullif(CASE WHEN "r34" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("r34" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("r34"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("r34")),
  ALTER COLUMN "r40" TYPE uuid USING coalesce(nullif(CASE WHEN "r40" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("r40" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("r40"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("r40")),
  ALTER COLUMN "r41" TYPE uuid USING coalesce(nullif(CASE WHEN "r41" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("r41" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("r41"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("r41")),
  ALTER COLUMN "r42" TYPE uuid USING coalesce(nullif(CASE WHEN "r42" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("r42" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("r42"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("r42")),
  ALTER COLUMN "r43" TYPE uuid USING coalesce(nullif(CASE WHEN "r43" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("r43" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("r43"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("r43")),
  ALTER COLUMN "r44" TYPE uuid USING coalesce(nullif(CASE WHEN "r44" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("r44" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("r44"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("r44")),
  ALTER COLUMN "later" TYPE uuid USING coalesce(nullif(CASE WHEN "later" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("later" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("later"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("later")),
  ALTER COLUMN "maybe" TYPE uuid USING coalesce(nullif(CASE WHEN "maybe" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("maybe" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("maybe"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("maybe")),
  ALTER COLUMN "p_id" TYPE uuid USING coalesce(nullif(CASE WHEN "p_id" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("p_id" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("p_id"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("p_id")),
  ALTER COLUMN "q_id" TYPE uuid USING coalesce(nullif(CASE WHEN "q_id" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("q_id" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("q_id"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("q_id"));

-- Step 7 of 12: Convert public.parent
ALTER TABLE ONLY "public"."parent"
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("id" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("id"));

-- Step 8 of 12: Put the references of public.child back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."parent"'::regclass);
ALTER TABLE ONLY "public"."child" ADD CONSTRAINT "on delete no action on update no action" FOREIGN KEY (r00) REFERENCES public.parent(id);
ALTER TABLE ONLY "public"."child" ADD CONSTRAINT "on delete no action on update restrict" FOREIGN KEY (r01) REFERENCES public.parent(id) ON UPDATE RESTRICT;
ALTER TABLE ONLY "public"."child" ADD CONSTRAINT "on delete no action on update cascade" FOREIGN KEY (r02) REFERENCES public.parent(id) ON UPDATE CASCADE;
ALTER TABLE ONLY "public"."child" ADD CONSTRAINT "on delete no action on update set null" FOREIGN KEY (r03) REFERENCES public.parent(id) ON UPDATE SET NULL;
ALTER TABLE ONLY "public"."child" ADD CONSTRAINT "on delete no action on update set default" FOREIGN KEY (r04) REFERENCES public.parent(id) ON UPDATE SET DEFAULT;
ALTER TABLE ONLY "public"."child" ADD CONSTRAINT "on delete restrict on update no action" FOREIGN KEY (r10) REFERENCES public.parent(id) ON DELETE RESTRICT;
ALTER TABLE ONLY "public"."child" ADD CONSTRAINT "on delete restrict on update restrict" FOREIGN KEY (r11) REFERENCES public.parent(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
ALTER TABLE ONLY "public"."child" ADD CONSTRAINT "on delete restrict on update cascade" FOREIGN KEY (r12) REFERENCES public.parent(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY "public"."child" ADD CONSTRAINT "on delete restrict on update set null" FOREIGN KEY (r13) REFERENCES public.parent(id) ON UPDATE SET NULL ON DELETE RESTRICT;
ALTER TABLE ONLY "public"."child" ADD CONSTRAINT "on delete restrict on update set default" FOREIGN KEY (r14) REFERENCES public.parent(id) ON UPDATE SET DEFAULT ON DELETE RESTRICT;
ALTER TABLE ONLY "public"."child" ADD CONSTRAINT "on delete cascade on update no action" FOREIGN KEY (r20) REFERENCES public.parent(id) ON DELETE CASCADE;
ALTER TABLE ONLY "public"."child" ADD CONSTRAINT "on delete cascade on update restrict" FOREIGN KEY (r21) REFERENCES public.parent(id) ON UPDATE RESTRICT ON DELETE CASCADE;
ALTER TABLE ONLY "public"."child" ADD CONSTRAINT "on delete cascade on update cascade" FOREIGN KEY (r22) REFERENCES public.parent(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY "public"."child" ADD CONSTRAINT "on delete cascade on update set null" FOREIGN KEY (r23) REFERENCES public.parent(id) ON UPDATE SET NULL ON DELETE CASCADE;
ALTER TABLE ONLY "public"."child" ADD CONSTRAINT "on delete cascade on update set default" FOREIGN KEY (r24) REFERENCES public.parent(id) ON UPDATE SET DEFAULT ON DELETE CASCADE;
ALTER TABLE ONLY "public"."child" ADD CONSTRAINT "on delete set null on update no action" FOREIGN KEY (r30) REFERENCES public.parent(id) ON DELETE SET NULL;
ALTER TABLE ONLY "public"."child" ADD CONSTRAINT "on delete set null on update restrict" FOREIGN KEY (r31) REFERENCES public.parent(id) ON UPDATE RESTRICT ON DELETE SET NULL;
ALTER TABLE ONLY "public"."child" ADD CONSTRAINT "on delete set null on update cascade" FOREIGN KEY (r32) REFERENCES public.parent(id) ON UPDATE CASCADE ON DELETE SET NULL;
ALTER TABLE ONLY "public"."child" ADD CONSTRAINT "on delete set null on update set null" FOREIGN KEY (r33) REFERENCES public.parent(id) ON UPDATE SET NULL ON DELETE SET NULL;
ALTER TABLE ONLY "public"."child" ADD CONSTRAINT "on delete set null on update set default" FOREIGN KEY (r34) REFERENCES public.parent(id) ON UPDATE SET DEFAULT ON DELETE SET NULL;
ALTER TABLE ONLY "public"."child" ADD CONSTRAINT "on delete set default on update no action" FOREIGN KEY (r40) REFERENCES public.parent(id) ON DELETE SET DEFAULT;
ALTER TABLE ONLY "public"."child" ADD CONSTRAINT "on delete set default on update restrict" FOREIGN KEY (r41) REFERENCES public.parent(id) ON UPDATE RESTRICT ON DELETE SET DEFAULT;
ALTER TABLE ONLY "public"."child" ADD CONSTRAINT "on delete set default on update cascade" FOREIGN KEY (r42) REFERENCES public.parent(id) ON UPDATE CASCADE ON DELETE SET DEFAULT;
ALTER TABLE ONLY "public"."child" ADD CONSTRAINT "on delete set default on update set null" FOREIGN KEY (r43) REFERENCES public.parent(id) ON UPDATE SET NULL ON DELETE SET DEFAULT;
ALTER TABLE ONLY "public"."child" ADD CONSTRAINT "on delete set default on update set default" FOREIGN KEY (r44) REFERENCES public.parent(id) ON UPDATE SET DEFAULT ON DELETE SET DEFAULT;
ALTER TABLE ONLY "public"."child" ADD CONSTRAINT "child_later" FOREIGN KEY (later) REFERENCES public.parent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY "public"."child" ADD CONSTRAINT "child_maybe" FOREIGN KEY (maybe) REFERENCES public.parent(id) DEFERRABLE;
ALTER TABLE ONLY "public"."child" ADD CONSTRAINT "child_full" FOREIGN KEY (p_id, p_half) REFERENCES public.parent(id, half) MATCH FULL ON DELETE SET NULL;
COMMENT ON CONSTRAINT "child_full" ON "public"."child" IS 'both or none';
ALTER TABLE ONLY "public"."child" ADD CONSTRAINT "child_part" FOREIGN KEY (q_id, q_half) REFERENCES public.parent(id, half) ON DELETE SET NULL (q_id);
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 9 of 12: Put views and what else stood on the columns back

-- Step 10 of 12: Renew the planner's statistics
ANALYZE "public"."child";
ANALYZE "public"."parent";

-- Step 11 of 12: Remove what only the run needed
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

-- Step 12 of 12: Write the journal
CREATE SCHEMA IF NOT EXISTS "rekey";
CREATE TABLE IF NOT EXISTS "rekey"."run" ("number" bigint GENERATED ALWAYS AS IDENTITY, "id" text PRIMARY KEY, "plan_fingerprint" text NOT NULL, "state" text NOT NULL, "tool_version" text NOT NULL, "started" text NOT NULL, "plan" text NOT NULL, "before" text NOT NULL, "record" text NOT NULL);
INSERT INTO "rekey"."run" ("id", "plan_fingerprint", "state", "tool_version", "started", "plan", "before", "record") VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

