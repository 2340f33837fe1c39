-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- PostgreSQL database sc_partitioned_by_range

-- Step 1 of 17: Lock the tables
LOCK TABLE ONLY "public"."events", ONLY "public"."events_2023", ONLY "public"."events_2024", ONLY "public"."events_rest", ONLY "public"."events_rest_a", ONLY "public"."events_rest_b", ONLY "public"."notes", ONLY "public"."replies", ONLY "public"."users" IN ACCESS EXCLUSIVE MODE;

-- Step 2 of 17: Make room for maps and journal
CREATE SCHEMA IF NOT EXISTS "rekey";
CREATE OR REPLACE FUNCTION "rekey"."uuid_v7"() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $rekey$
SELECT (pg_catalog.lpad(pg_catalog.to_hex(t.us OPERATOR(pg_catalog./) 1000), 12, '0') OPERATOR(pg_catalog.||) '7'
OPERATOR(pg_catalog.||) pg_catalog.lpad(pg_catalog.to_hex((t.us OPERATOR(pg_catalog.%) 1000) OPERATOR(pg_catalog.*) 4096 OPERATOR(pg_catalog./) 1000), 3, '0')
OPERATOR(pg_catalog.||) pg_catalog."right"(pg_catalog.gen_random_uuid()::pg_catalog.text, 17))::pg_catalog.uuid
FROM (SELECT pg_catalog.floor(EXTRACT(epoch FROM pg_catalog.clock_timestamp()) OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8 AS us) t
$rekey$;
GRANT USAGE ON SCHEMA "rekey" TO PUBLIC;
GRANT EXECUTE ON FUNCTION "rekey"."uuid_v7"() TO PUBLIC;

-- Step 3 of 17: Give every id of public.events.id its UUID
CREATE TABLE "rekey"."rk_00000000_0" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM "public"."events") + (SELECT count("event_id") FROM ONLY "public"."notes") + (SELECT count("event_id") FROM ONLY "public"."replies"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || set_bit(set_bit(CASE WHEN k.n <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((k.n) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(k.n)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id FROM (
SELECT o.old_id, o.n, (s.ms + 1) * 4096 - count(*) OVER () + o.n - 1 AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n FROM (
SELECT w.old_id FROM (
SELECT "id"::bigint AS old_id FROM "public"."events"
UNION
SELECT "event_id"::bigint AS old_id FROM ONLY "public"."notes"
UNION
SELECT "event_id"::bigint AS old_id FROM ONLY "public"."replies"
) w WHERE w.old_id IS NOT NULL
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

-- Step 4 of 17: Give every id of public.replies.id its UUID
CREATE TABLE "rekey"."rk_00000000_1" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, CASE WHEN r.high::numeric - r.low < 4 * r.ids + 1000 THEN least(r.high - r.low + 1, 16000000) END AS drawn, r.low, r.high
FROM (SELECT min(t."id")::bigint AS low, max(t."id")::bigint AS high, count(t."id") AS ids FROM ONLY "public"."replies" t) r)
SELECT t.id::bigint AS old_id, encode(int8send((((t.id - (SELECT s.high FROM start s) + (SELECT (s.ms + 1) * 4096 - 1 FROM start s)) >> 12) << 16) | 28672 | ((t.id - (SELECT s.high FROM start s) + (SELECT (s.ms + 1) * 4096 - 1 FROM start s)) & 4095)) || set_bit(set_bit(CASE WHEN t.id - (SELECT s.low FROM start s) + 1 <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((t.id - (SELECT s.low FROM start s) + 1) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(t.id - (SELECT s.low FROM start s) + 1)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id
FROM (SELECT t."id" AS id FROM ONLY "public"."replies" t WHERE t."id" IS NOT NULL OFFSET '0') t WHERE (SELECT s.drawn FROM start s) > 0;
INSERT INTO "rekey"."rk_00000000_1" (old_id, new_id)
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM ONLY "public"."replies"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || set_bit(set_bit(CASE WHEN k.n <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((k.n) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(k.n)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id FROM (
SELECT o.old_id, o.n, (s.ms + 1) * 4096 - count(*) OVER () + o.n - 1 AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n FROM (
SELECT t."id" AS old_id FROM ONLY "public"."replies" t WHERE t."id" IS NOT NULL AND NOT EXISTS (SELECT FROM "rekey"."rk_00000000_1")
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

-- Step 5 of 17: Give every id of public.users.id its UUID
CREATE TABLE "rekey"."rk_00000000_2" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, CASE WHEN r.high::numeric - r.low < 4 * r.ids + 1000 THEN least(r.high - r.low + 1, 16000000) END AS drawn, r.low, r.high
FROM (SELECT min(t."id")::bigint AS low, max(t."id")::bigint AS high, count(t."id") AS ids FROM ONLY "public"."users" t) r)
SELECT t.id::bigint AS old_id, encode(int8send((((t.id - (SELECT s.high FROM start s) + (SELECT (s.ms + 1) * 4096 - 1 FROM start s)) >> 12) << 16) | 28672 | ((t.id - (SELECT s.high FROM start s) + (SELECT (s.ms + 1) * 4096 - 1 FROM start s)) & 4095)) || set_bit(set_bit(CASE WHEN t.id - (SELECT s.low FROM start s) + 1 <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((t.id - (SELECT s.low FROM start s) + 1) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(t.id - (SELECT s.low FROM start s) + 1)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id
FROM (SELECT t."id" AS id FROM ONLY "public"."users" t WHERE t."id" IS NOT NULL OFFSET '0') t WHERE (SELECT s.drawn FROM start s) > 0;
INSERT INTO "rekey"."rk_00000000_2" (old_id, new_id)
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM ONLY "public"."users"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || set_bit(set_bit(CASE WHEN k.n <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((k.n) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(k.n)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id FROM (
SELECT o.old_id, o.n, (s.ms + 1) * 4096 - count(*) OVER () + o.n - 1 AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n FROM (
SELECT t."id" AS old_id FROM ONLY "public"."users" t WHERE t."id" IS NOT NULL AND NOT EXISTS (SELECT FROM "rekey"."rk_00000000_2")
) v) o
) k ORDER BY k.old_id;
ALTER TABLE "rekey"."rk_00000000_2" ALTER COLUMN old_id SET STATISTICS 10, ALTER COLUMN new_id SET STATISTICS 10, ALTER COLUMN new_id SET NOT NULL, ADD PRIMARY KEY (old_id);
ANALYZE "rekey"."rk_00000000_2";
CREATE FUNCTION "rekey"."rk_00000000_2_new"(bigint) RETURNS uuid LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $rekey$
DECLARE found_id uuid;
BEGIN
SELECT m.new_id INTO found_id FROM "rekey"."rk_00000000_2" m WHERE m.old_id = $1;
IF NOT FOUND THEN
RAISE EXCEPTION 'the value % belongs to no row, though a foreign key says that it does', $1 USING ERRCODE = 'foreign_key_violation';
END IF;
RETURN found_id;
END
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_2_first"() RETURNS bigint LANGUAGE sql IMMUTABLE AS $rekey$
SELECT s.low FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_2" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_2"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_2_last"() RETURNS bigint LANGUAGE sql IMMUTABLE AS $rekey$
SELECT s.high FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_2" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_2"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_2_uuids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT CASE WHEN s.high - s.low + 1 = (SELECT count(*) FROM "rekey"."rk_00000000_2")
THEN ARRAY(SELECT m.new_id FROM "rekey"."rk_00000000_2" m ORDER BY m.old_id)
ELSE ARRAY(SELECT coalesce(m.new_id, '00000000-0000-0000-0000-000000000000'::uuid)
FROM (SELECT generate_series(s.low, s.high) AS id ORDER BY 1 OFFSET 0) g
LEFT JOIN (SELECT o.old_id, o.new_id FROM "rekey"."rk_00000000_2" o ORDER BY o.old_id OFFSET 0) m ON m.old_id = g.id ORDER BY g.id) END
FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_2" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_2"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_2_points"() RETURNS bigint[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.point ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_2" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_2" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE NOT EXISTS (SELECT FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_2" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_2"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)) AND (SELECT count(*) FROM "rekey"."rk_00000000_2") <= 8000000
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_2_ids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.id ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_2" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_2" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE NOT EXISTS (SELECT FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_2" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_2"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)) AND (SELECT count(*) FROM "rekey"."rk_00000000_2") <= 8000000
$rekey$;

-- Step 6 of 17: Take away foreign keys, views and what else stands on the columns
DROP TRIGGER "touched" ON "public"."events";
DROP VIEW "public"."busy";
ALTER TABLE "public"."events" DROP CONSTRAINT "events_user_id_fkey";
ALTER TABLE ONLY "public"."notes" DROP CONSTRAINT "notes_event_id_event_at_fkey";
ALTER TABLE ONLY "public"."replies" DROP CONSTRAINT "reply_event";

-- Step 7 of 17: Convert public.events
DROP INDEX "public"."events_once";
ALTER TABLE "public"."events" DROP CONSTRAINT "events_pkey";
DROP INDEX "public"."events_recent";
DROP INDEX "public"."events_text";
DROP INDEX "public"."events_user";
DROP INDEX "public"."beneath";
ALTER TABLE ONLY "public"."events"
  ALTER COLUMN "id" DROP DEFAULT;
ALTER TABLE ONLY "public"."events_2023" ALTER COLUMN "id" DROP DEFAULT;
ALTER TABLE ONLY "public"."events_rest" ALTER COLUMN "id" DROP DEFAULT;
ALTER TABLE ONLY "public"."events_rest_a" ALTER COLUMN "id" DROP DEFAULT;
ALTER TABLE ONLY "public"."events_rest_b" ALTER COLUMN "id" DROP DEFAULT;
ALTER TABLE "public"."events"
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_0_first"() AND "rekey"."rk_00000000_0_last"() THEN ("rekey"."rk_00000000_0_uuids"())[("id" - "rekey"."rk_00000000_0_first"())::int + 1] ELSE ("rekey"."rk_00000000_0_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_0_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_0_new"("id")),
  ALTER COLUMN "user_id" TYPE uuid USING coalesce(nullif(CASE WHEN "user_id" BETWEEN "rekey"."rk_00000000_2_first"() AND "rekey"."rk_00000000_2_last"() THEN ("rekey"."rk_00000000_2_uuids"())[("user_id" - "rekey"."rk_00000000_2_first"())::int + 1] ELSE ("rekey"."rk_00000000_2_ids"())[width_bucket("user_id"::bigint, "rekey"."rk_00000000_2_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_2_new"("user_id"));
ALTER TABLE ONLY "public"."events"
  ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();
ALTER TABLE ONLY "public"."events_2023" ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();
ALTER TABLE ONLY "public"."events_rest" ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();
ALTER TABLE ONLY "public"."events_rest_a" ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();
ALTER TABLE ONLY "public"."events_rest_b" ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();
CREATE UNIQUE INDEX events_2023_at_user_id_id_note_idx ON public.events_2023 USING btree (at, user_id, id) INCLUDE (note);
CREATE UNIQUE INDEX events_2024_at_user_id_id_note_idx ON public.events_2024 USING btree (at, user_id, id) INCLUDE (note);
CREATE UNIQUE INDEX events_rest_a_at_user_id_id_note_idx ON public.events_rest_a USING btree (at, user_id, id) INCLUDE (note);
CREATE UNIQUE INDEX events_rest_b_at_user_id_id_note_idx ON public.events_rest_b USING btree (at, user_id, id) INCLUDE (note);
CREATE UNIQUE INDEX events_rest_at_user_id_id_note_idx ON ONLY public.events_rest USING btree (at, user_id, id) INCLUDE (note);
ALTER INDEX "public"."events_rest_at_user_id_id_note_idx" ATTACH PARTITION "public"."events_rest_a_at_user_id_id_note_idx";
ALTER INDEX "public"."events_rest_at_user_id_id_note_idx" ATTACH PARTITION "public"."events_rest_b_at_user_id_id_note_idx";
CREATE UNIQUE INDEX events_once ON ONLY public.events USING btree (at, user_id, id) INCLUDE (note);
ALTER INDEX "public"."events_once" ATTACH PARTITION "public"."events_2023_at_user_id_id_note_idx";
ALTER INDEX "public"."events_once" ATTACH PARTITION "public"."events_2024_at_user_id_id_note_idx";
ALTER INDEX "public"."events_once" ATTACH PARTITION "public"."events_rest_at_user_id_id_note_idx";
ALTER TABLE ONLY "public"."events_2023" ADD CONSTRAINT "events_2023_pkey" PRIMARY KEY (id, at);
ALTER TABLE ONLY "public"."events_2024" ADD CONSTRAINT "own_pk" PRIMARY KEY (id, at) WITH ("fillfactor" = '80');
ALTER TABLE "public"."events_2024" REPLICA IDENTITY USING INDEX "own_pk";
COMMENT ON CONSTRAINT "own_pk" ON "public"."events_2024" IS 'its own';
ALTER TABLE ONLY "public"."events_rest_a" ADD CONSTRAINT "events_rest_a_pkey" PRIMARY KEY (id, at);
ALTER TABLE ONLY "public"."events_rest_b" ADD CONSTRAINT "events_rest_b_pkey" PRIMARY KEY (id, at);
ALTER TABLE ONLY "public"."events_rest" ADD CONSTRAINT "events_rest_pkey" PRIMARY KEY (id, at);
ALTER INDEX "public"."events_rest_pkey" ATTACH PARTITION "public"."events_rest_a_pkey";
ALTER INDEX "public"."events_rest_pkey" ATTACH PARTITION "public"."events_rest_b_pkey";
ALTER TABLE ONLY "public"."events" ADD CONSTRAINT "events_pkey" PRIMARY KEY (id, at);
ALTER INDEX "public"."events_pkey" ATTACH PARTITION "public"."events_2023_pkey";
ALTER INDEX "public"."events_pkey" ATTACH PARTITION "public"."own_pk";
ALTER INDEX "public"."events_pkey" ATTACH PARTITION "public"."events_rest_pkey";
COMMENT ON CONSTRAINT "events_pkey" ON "public"."events" IS 'both, because of the partitions';
CREATE INDEX events_2023_user_id_idx1 ON public.events_2023 USING btree (user_id DESC NULLS LAST) WHERE (at > '2023-06-01'::date);
CREATE INDEX events_2024_user_id_idx ON public.events_2024 USING btree (user_id DESC NULLS LAST) WHERE (at > '2023-06-01'::date);
CREATE INDEX events_rest_a_user_id_idx1 ON public.events_rest_a USING btree (user_id DESC NULLS LAST) WHERE (at > '2023-06-01'::date);
CREATE INDEX events_rest_b_user_id_idx1 ON public.events_rest_b USING btree (user_id DESC NULLS LAST) WHERE (at > '2023-06-01'::date);
CREATE INDEX events_rest_user_id_idx1 ON ONLY public.events_rest USING btree (user_id DESC NULLS LAST) WHERE (at > '2023-06-01'::date);
ALTER INDEX "public"."events_rest_user_id_idx1" ATTACH PARTITION "public"."events_rest_a_user_id_idx1";
ALTER INDEX "public"."events_rest_user_id_idx1" ATTACH PARTITION "public"."events_rest_b_user_id_idx1";
CREATE INDEX events_recent ON ONLY public.events USING btree (user_id DESC NULLS LAST) WHERE (at > '2023-06-01'::date);
ALTER INDEX "public"."events_recent" ATTACH PARTITION "public"."events_2023_user_id_idx1";
ALTER INDEX "public"."events_recent" ATTACH PARTITION "public"."events_2024_user_id_idx";
ALTER INDEX "public"."events_recent" ATTACH PARTITION "public"."events_rest_user_id_idx1";
CREATE INDEX events_2023_id_idx ON public.events_2023 USING btree (((id)::text));
CREATE INDEX events_2024_id_idx ON public.events_2024 USING btree (((id)::text));
CREATE INDEX events_rest_a_id_idx ON public.events_rest_a USING btree (((id)::text));
CREATE INDEX events_rest_b_id_idx ON public.events_rest_b USING btree (((id)::text));
CREATE INDEX events_rest_id_idx ON ONLY public.events_rest USING btree (((id)::text));
ALTER INDEX "public"."events_rest_id_idx" ATTACH PARTITION "public"."events_rest_a_id_idx";
ALTER INDEX "public"."events_rest_id_idx" ATTACH PARTITION "public"."events_rest_b_id_idx";
CREATE INDEX events_text ON ONLY public.events USING btree (((id)::text));
ALTER INDEX "public"."events_text" ATTACH PARTITION "public"."events_2023_id_idx";
ALTER INDEX "public"."events_text" ATTACH PARTITION "public"."events_2024_id_idx";
ALTER INDEX "public"."events_text" ATTACH PARTITION "public"."events_rest_id_idx";
CREATE INDEX events_2023_user_id_idx ON public.events_2023 USING btree (user_id) WITH (fillfactor='70');
CREATE INDEX own_index ON public.events_2024 USING btree (user_id) WITH (fillfactor='60');
ALTER TABLE "public"."events_2024" CLUSTER ON "own_index";
COMMENT ON INDEX "public"."own_index" IS 'my own';
CREATE INDEX "Renamed ""index""" ON public.events_rest_a USING btree (user_id) WITH (fillfactor='70');
CREATE INDEX events_rest_b_user_id_idx ON public.events_rest_b USING btree (user_id) WITH (fillfactor='70');
CREATE INDEX events_rest_user_id_idx ON ONLY public.events_rest USING btree (user_id) WITH (fillfactor='70');
ALTER INDEX "public"."events_rest_user_id_idx" ATTACH PARTITION "public"."Renamed ""index""";
ALTER INDEX "public"."events_rest_user_id_idx" ATTACH PARTITION "public"."events_rest_b_user_id_idx";
CREATE INDEX events_user ON ONLY public.events USING btree (user_id) WITH (fillfactor='70');
ALTER INDEX "public"."events_user" ATTACH PARTITION "public"."events_2023_user_id_idx";
ALTER INDEX "public"."events_user" ATTACH PARTITION "public"."own_index";
ALTER INDEX "public"."events_user" ATTACH PARTITION "public"."events_rest_user_id_idx";
COMMENT ON INDEX "public"."events_user" IS 'of the whole table';
CREATE INDEX events_rest_a_user_id_note_idx ON public.events_rest_a USING btree (user_id, note);
CREATE INDEX events_rest_b_user_id_note_idx ON public.events_rest_b USING btree (user_id, note);
CREATE INDEX beneath ON ONLY public.events_rest USING btree (user_id, note);
ALTER INDEX "public"."beneath" ATTACH PARTITION "public"."events_rest_a_user_id_note_idx";
ALTER INDEX "public"."beneath" ATTACH PARTITION "public"."events_rest_b_user_id_note_idx";

-- Step 8 of 17: Convert public.notes
ALTER TABLE ONLY "public"."notes"
  ALTER COLUMN "event_id" TYPE uuid USING coalesce(nullif(CASE WHEN "event_id" BETWEEN "rekey"."rk_00000000_0_first"() AND "rekey"."rk_00000000_0_last"() THEN ("rekey"."rk_00000000_0_uuids"())[("event_id" - "rekey"."rk_00000000_0_first"())::int + 1] ELSE ("rekey"."rk_00000000_0_ids"())[width_bucket("event_id"::bigint, "rekey"."rk_00000000_0_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_0_new"("event_id"));

-- Step 9 of 17: Convert public.replies
ALTER TABLE ONLY "public"."replies"
  ALTER COLUMN "id" DROP DEFAULT,
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("id" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("id")),
  ALTER COLUMN "event_id" TYPE uuid USING coalesce(nullif(CASE WHEN "event_id" BETWEEN "rekey"."rk_00000000_0_first"() AND "rekey"."rk_00000000_0_last"() THEN ("rekey"."rk_00000000_0_uuids"())[("event_id" - "rekey"."rk_00000000_0_first"())::int + 1] ELSE ("rekey"."rk_00000000_0_ids"())[width_bucket("event_id"::bigint, "rekey"."rk_00000000_0_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_0_new"("event_id")),
  ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();

-- Step 10 of 17: Convert public.users
ALTER TABLE ONLY "public"."users"
  ALTER COLUMN "id" DROP DEFAULT,
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_2_first"() AND "rekey"."rk_00000000_2_last"() THEN ("rekey"."rk_00000000_2_uuids"())[("id" - "rekey"."rk_00000000_2_first"())::int + 1] ELSE ("rekey"."rk_00000000_2_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_2_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_2_new"("id")),
  ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();

-- Step 11 of 17: Put the references of public.events back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."users"'::regclass);
ALTER TABLE ONLY "public"."events_rest_b" ADD CONSTRAINT "events_user_id_fkey" FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
COMMENT ON CONSTRAINT "events_user_id_fkey" ON "public"."events_rest_b" IS 'the server made it';
ALTER TABLE ONLY "public"."events_2024" ADD CONSTRAINT "own_fk" FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
COMMENT ON CONSTRAINT "own_fk" ON "public"."events_2024" IS 'mine';
ALTER TABLE "public"."events" ADD CONSTRAINT "events_user_id_fkey" FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 12 of 17: Put the references of public.notes back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."events_2024"'::regclass);
ALTER TABLE ONLY "public"."notes" ADD CONSTRAINT "notes_event_id_event_at_fkey" FOREIGN KEY (event_id, event_at) REFERENCES public.events_2024(id, at);
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 13 of 17: Put the references of public.replies back and check them
ALTER TABLE ONLY "public"."replies" ADD CONSTRAINT "reply_event" FOREIGN KEY (event_id, event_at) REFERENCES public.events(id, at) DEFERRABLE INITIALLY DEFERRED;

-- Step 14 of 17: Put views and what else stood on the columns back
CREATE VIEW "public"."busy" AS
SELECT events.user_id,
    count(*) AS events
   FROM public.events
  GROUP BY events.user_id;
ALTER VIEW "public"."busy" OWNER TO "postgres";
CREATE TRIGGER touched BEFORE UPDATE OF user_id ON public.events FOR EACH ROW EXECUTE FUNCTION public.touch();
ALTER TABLE ONLY "public"."events_2023" DISABLE TRIGGER "touched";

-- Step 15 of 17: Renew the planner's statistics
ANALYZE "public"."events";
ANALYZE "public"."notes";
ANALYZE "public"."replies";
ANALYZE "public"."users";

-- Step 16 of 17: Remove what only the run needed
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
DROP FUNCTION "rekey"."rk_00000000_2_new"(bigint);
DROP FUNCTION "rekey"."rk_00000000_2_first"();
DROP FUNCTION "rekey"."rk_00000000_2_last"();
DROP FUNCTION "rekey"."rk_00000000_2_uuids"();
DROP FUNCTION "rekey"."rk_00000000_2_points"();
DROP FUNCTION "rekey"."rk_00000000_2_ids"();
SET LOCAL parallel_leader_participation = on;
SELECT set_config('work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 96 / 1024))::int::text, true) FROM pg_class c WHERE c.relnamespace = '"rekey"'::regnamespace AND c.relname ~ '^rk_00000000_[0-9]+$';

-- Step 17 of 17: Write the journal
CREATE SCHEMA IF NOT EXISTS "rekey";
CREATE TABLE IF NOT EXISTS "rekey"."run" ("number" bigint GENERATED ALWAYS AS IDENTITY, "id" text PRIMARY KEY, "plan_fingerprint" text NOT NULL, "state" text NOT NULL, "tool_version" text NOT NULL, "started" text NOT NULL, "plan" text NOT NULL, "before" text NOT NULL, "record" text NOT NULL);
INSERT INTO "rekey"."run" ("id", "plan_fingerprint", "state", "tool_version", "started", "plan", "before", "record") VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

