-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- PostgreSQL database sc_s5_app_buildify

-- Step 1 of 48: Lock the tables
LOCK TABLE ONLY "public"."dashboard_pages", ONLY "public"."dashboard_shares", ONLY "public"."dashboard_snapshots", ONLY "public"."dashboard_widgets", ONLY "public"."dashboards", ONLY "public"."report_cache", ONLY "public"."report_definitions", ONLY "public"."report_executions", ONLY "public"."report_schedules", ONLY "public"."report_templates", ONLY "public"."scheduler_configs", ONLY "public"."scheduler_job_executions", ONLY "public"."scheduler_job_logs", ONLY "public"."scheduler_jobs", ONLY "public"."widget_data_cache" IN ACCESS EXCLUSIVE MODE;

-- Step 2 of 48: Make room for maps and journal
CREATE SCHEMA IF NOT EXISTS "rekey";
CREATE OR REPLACE FUNCTION "rekey"."uuid_v7"() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $rekey$
SELECT (pg_catalog.lpad(pg_catalog.to_hex(t.us OPERATOR(pg_catalog./) 1000), 12, '0') OPERATOR(pg_catalog.||) '7'
OPERATOR(pg_catalog.||) pg_catalog.lpad(pg_catalog.to_hex((t.us OPERATOR(pg_catalog.%) 1000) OPERATOR(pg_catalog.*) 4096 OPERATOR(pg_catalog./) 1000), 3, '0')
OPERATOR(pg_catalog.||) pg_catalog."right"(pg_catalog.gen_random_uuid()::pg_catalog.text, 17))::pg_catalog.uuid
FROM (SELECT pg_catalog.floor(EXTRACT(epoch FROM pg_catalog.clock_timestamp()) OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8 AS us) t
$rekey$;
GRANT USAGE ON SCHEMA "rekey" TO PUBLIC;
GRANT EXECUTE ON FUNCTION "rekey"."uuid_v7"() TO PUBLIC;

-- Step 3 of 48: Give every id of public.dashboard_pages.id its UUID
CREATE TABLE "rekey"."rk_00000000_0" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, CASE WHEN r.high::numeric - r.low < least(4 * r.ids + 1000, 268435456) THEN least(r.high - r.low + 1, 16000000) END AS drawn, r.low, r.high
FROM (SELECT min(t."id")::bigint AS low, max(t."id")::bigint AS high, count(t."id") AS ids FROM ONLY "public"."dashboard_pages" t) r)
SELECT t.id::bigint AS old_id, encode(int8send((((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 + (t.id - (SELECT s.low FROM start s))) >> 12) << 16) | 28672 | ((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 + (t.id - (SELECT s.low FROM start s))) & 4095)) || set_bit(set_bit(CASE WHEN t.id - (SELECT s.low FROM start s) + 1 <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((t.id - (SELECT s.low FROM start s) + 1) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(t.id - (SELECT s.low FROM start s) + 1)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id
FROM (SELECT t."id" AS id, greatest(date_part('epoch', t."created_at") * 1000000, 0) AS at FROM ONLY "public"."dashboard_pages" t WHERE t."id" IS NOT NULL OFFSET '0') t WHERE (SELECT s.drawn FROM start s) > 0;
ALTER TABLE "rekey"."rk_00000000_0" ALTER COLUMN old_id SET STATISTICS 10, ALTER COLUMN new_id SET STATISTICS 10, ALTER COLUMN new_id SET NOT NULL, ADD PRIMARY KEY (old_id);
DELETE FROM "rekey"."rk_00000000_0" WHERE EXISTS (SELECT FROM (SELECT m.new_id, lag(m.new_id) OVER (ORDER BY m.old_id) AS new_before FROM "rekey"."rk_00000000_0" m) o WHERE o.new_before >= o.new_id);
INSERT INTO "rekey"."rk_00000000_0" (old_id, new_id)
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM ONLY "public"."dashboard_pages"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || set_bit(set_bit(CASE WHEN k.n <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((k.n) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(k.n)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id FROM (
SELECT o.old_id, o.n, max(o.at - o.n) OVER (ORDER BY o.old_id ROWS UNBOUNDED PRECEDING) + o.n AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n, v.at FROM (
SELECT t."id" AS old_id, least(greatest(date_part('epoch', t."created_at") * 1000000, 0), (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 AS at FROM ONLY "public"."dashboard_pages" t WHERE t."id" IS NOT NULL AND NOT EXISTS (SELECT FROM "rekey"."rk_00000000_0")
) v) o
) k ORDER BY k.old_id;
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

-- Step 4 of 48: Give every id of public.dashboard_shares.id its UUID
CREATE TABLE "rekey"."rk_00000000_1" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, CASE WHEN r.high::numeric - r.low < least(4 * r.ids + 1000, 268435456) THEN least(r.high - r.low + 1, 16000000) END AS drawn, r.low, r.high
FROM (SELECT min(t."id")::bigint AS low, max(t."id")::bigint AS high, count(t."id") AS ids FROM ONLY "public"."dashboard_shares" t) r)
SELECT t.id::bigint AS old_id, encode(int8send((((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 + (t.id - (SELECT s.low FROM start s))) >> 12) << 16) | 28672 | ((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 + (t.id - (SELECT s.low FROM start s))) & 4095)) || set_bit(set_bit(CASE WHEN t.id - (SELECT s.low FROM start s) + 1 <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((t.id - (SELECT s.low FROM start s) + 1) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(t.id - (SELECT s.low FROM start s) + 1)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id
FROM (SELECT t."id" AS id, greatest(date_part('epoch', t."created_at") * 1000000, 0) AS at FROM ONLY "public"."dashboard_shares" t WHERE t."id" IS NOT NULL OFFSET '0') t WHERE (SELECT s.drawn FROM start s) > 0;
ALTER TABLE "rekey"."rk_00000000_1" ALTER COLUMN old_id SET STATISTICS 10, ALTER COLUMN new_id SET STATISTICS 10, ALTER COLUMN new_id SET NOT NULL, ADD PRIMARY KEY (old_id);
DELETE FROM "rekey"."rk_00000000_1" WHERE EXISTS (SELECT FROM (SELECT m.new_id, lag(m.new_id) OVER (ORDER BY m.old_id) AS new_before FROM "rekey"."rk_00000000_1" m) o WHERE o.new_before >= o.new_id);
INSERT INTO "rekey"."rk_00000000_1" (old_id, new_id)
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM ONLY "public"."dashboard_shares"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || set_bit(set_bit(CASE WHEN k.n <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((k.n) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(k.n)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id FROM (
SELECT o.old_id, o.n, max(o.at - o.n) OVER (ORDER BY o.old_id ROWS UNBOUNDED PRECEDING) + o.n AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n, v.at FROM (
SELECT t."id" AS old_id, least(greatest(date_part('epoch', t."created_at") * 1000000, 0), (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 AS at FROM ONLY "public"."dashboard_shares" t WHERE t."id" IS NOT NULL AND NOT EXISTS (SELECT FROM "rekey"."rk_00000000_1")
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

-- Step 5 of 48: Give every id of public.dashboard_snapshots.id its UUID
CREATE TABLE "rekey"."rk_00000000_2" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, CASE WHEN r.high::numeric - r.low < least(4 * r.ids + 1000, 268435456) THEN least(r.high - r.low + 1, 16000000) END AS drawn, r.low, r.high
FROM (SELECT min(t."id")::bigint AS low, max(t."id")::bigint AS high, count(t."id") AS ids FROM ONLY "public"."dashboard_snapshots" t) r)
SELECT t.id::bigint AS old_id, encode(int8send((((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 + (t.id - (SELECT s.low FROM start s))) >> 12) << 16) | 28672 | ((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 + (t.id - (SELECT s.low FROM start s))) & 4095)) || set_bit(set_bit(CASE WHEN t.id - (SELECT s.low FROM start s) + 1 <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((t.id - (SELECT s.low FROM start s) + 1) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(t.id - (SELECT s.low FROM start s) + 1)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id
FROM (SELECT t."id" AS id, greatest(date_part('epoch', t."created_at") * 1000000, 0) AS at FROM ONLY "public"."dashboard_snapshots" t WHERE t."id" IS NOT NULL OFFSET '0') t WHERE (SELECT s.drawn FROM start s) > 0;
ALTER TABLE "rekey"."rk_00000000_2" ALTER COLUMN old_id SET STATISTICS 10, ALTER COLUMN new_id SET STATISTICS 10, ALTER COLUMN new_id SET NOT NULL, ADD PRIMARY KEY (old_id);
DELETE FROM "rekey"."rk_00000000_2" WHERE EXISTS (SELECT FROM (SELECT m.new_id, lag(m.new_id) OVER (ORDER BY m.old_id) AS new_before FROM "rekey"."rk_00000000_2" m) o WHERE o.new_before >= o.new_id);
INSERT INTO "rekey"."rk_00000000_2" (old_id, new_id)
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM ONLY "public"."dashboard_snapshots"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || set_bit(set_bit(CASE WHEN k.n <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((k.n) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(k.n)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id FROM (
SELECT o.old_id, o.n, max(o.at - o.n) OVER (ORDER BY o.old_id ROWS UNBOUNDED PRECEDING) + o.n AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n, v.at FROM (
SELECT t."id" AS old_id, least(greatest(date_part('epoch', t."created_at") * 1000000, 0), (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 AS at FROM ONLY "public"."dashboard_snapshots" t WHERE t."id" IS NOT NULL AND NOT EXISTS (SELECT FROM "rekey"."rk_00000000_2")
) v) o
) k ORDER BY k.old_id;
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

-- Step 6 of 48: Give every id of public.dashboard_widgets.id its UUID
CREATE TABLE "rekey"."rk_00000000_3" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, CASE WHEN r.high::numeric - r.low < least(4 * r.ids + 1000, 268435456) THEN least(r.high - r.low + 1, 16000000) END AS drawn, r.low, r.high
FROM (SELECT min(t."id")::bigint AS low, max(t."id")::bigint AS high, count(t."id") AS ids FROM ONLY "public"."dashboard_widgets" t) r)
SELECT t.id::bigint AS old_id, encode(int8send((((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 + (t.id - (SELECT s.low FROM start s))) >> 12) << 16) | 28672 | ((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 + (t.id - (SELECT s.low FROM start s))) & 4095)) || set_bit(set_bit(CASE WHEN t.id - (SELECT s.low FROM start s) + 1 <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((t.id - (SELECT s.low FROM start s) + 1) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(t.id - (SELECT s.low FROM start s) + 1)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id
FROM (SELECT t."id" AS id, greatest(date_part('epoch', t."created_at") * 1000000, 0) AS at FROM ONLY "public"."dashboard_widgets" t WHERE t."id" IS NOT NULL OFFSET '0') t WHERE (SELECT s.drawn FROM start s) > 0;
ALTER TABLE "rekey"."rk_00000000_3" ALTER COLUMN old_id SET STATISTICS 10, ALTER COLUMN new_id SET STATISTICS 10, ALTER COLUMN new_id SET NOT NULL, ADD PRIMARY KEY (old_id);
DELETE FROM "rekey"."rk_00000000_3" WHERE EXISTS (SELECT FROM (SELECT m.new_id, lag(m.new_id) OVER (ORDER BY m.old_id) AS new_before FROM "rekey"."rk_00000000_3" m) o WHERE o.new_before >= o.new_id);
INSERT INTO "rekey"."rk_00000000_3" (old_id, new_id)
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM ONLY "public"."dashboard_widgets"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || set_bit(set_bit(CASE WHEN k.n <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((k.n) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(k.n)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id FROM (
SELECT o.old_id, o.n, max(o.at - o.n) OVER (ORDER BY o.old_id ROWS UNBOUNDED PRECEDING) + o.n AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n, v.at FROM (
SELECT t."id" AS old_id, least(greatest(date_part('epoch', t."created_at") * 1000000, 0), (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 AS at FROM ONLY "public"."dashboard_widgets" t WHERE t."id" IS NOT NULL AND NOT EXISTS (SELECT FROM "rekey"."rk_00000000_3")
) v) o
) k ORDER BY k.old_id;
ANALYZE "rekey"."rk_00000000_3";
CREATE FUNCTION "rekey"."rk_00000000_3_new"(bigint) RETURNS uuid LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $rekey$
DECLARE found_id uuid;
BEGIN
SELECT m.new_id INTO found_id FROM "rekey"."rk_00000000_3" m WHERE m.old_id = $1;
IF NOT FOUND THEN
RAISE EXCEPTION 'the value % belongs to no row, though a foreign key says that it does', $1 USING ERRCODE = 'foreign_key_violation';
END IF;
RETURN found_id;
END
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_3_first"() RETURNS bigint LANGUAGE sql IMMUTABLE AS $rekey$
SELECT s.low FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_3" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_3"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_3_last"() RETURNS bigint LANGUAGE sql IMMUTABLE AS $rekey$
SELECT s.high FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_3" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_3"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_3_uuids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT CASE WHEN s.high - s.low + 1 = (SELECT count(*) FROM "rekey"."rk_00000000_3")
THEN ARRAY(SELECT m.new_id FROM "rekey"."rk_00000000_3" m ORDER BY m.old_id)
ELSE ARRAY(SELECT coalesce(m.new_id, '00000000-0000-0000-0000-000000000000'::uuid)
FROM (SELECT generate_series(s.low, s.high) AS id ORDER BY 1 OFFSET 0) g
LEFT JOIN (SELECT o.old_id, o.new_id FROM "rekey"."rk_00000000_3" o ORDER BY o.old_id OFFSET 0) m ON m.old_id = g.id ORDER BY g.id) END
FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_3" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_3"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_3_points"() RETURNS bigint[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.point ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_3" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_3" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE NOT EXISTS (SELECT FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_3" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_3"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)) AND (SELECT count(*) FROM "rekey"."rk_00000000_3") <= 8000000
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_3_ids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.id ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_3" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_3" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE NOT EXISTS (SELECT FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_3" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_3"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)) AND (SELECT count(*) FROM "rekey"."rk_00000000_3") <= 8000000
$rekey$;

-- Step 7 of 48: Give every id of public.dashboards.id its UUID
CREATE TABLE "rekey"."rk_00000000_4" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, CASE WHEN r.high::numeric - r.low < least(4 * r.ids + 1000, 268435456) THEN least(r.high - r.low + 1, 16000000) END AS drawn, r.low, r.high
FROM (SELECT min(t."id")::bigint AS low, max(t."id")::bigint AS high, count(t."id") AS ids FROM ONLY "public"."dashboards" t) r)
SELECT t.id::bigint AS old_id, encode(int8send((((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 + (t.id - (SELECT s.low FROM start s))) >> 12) << 16) | 28672 | ((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 + (t.id - (SELECT s.low FROM start s))) & 4095)) || set_bit(set_bit(CASE WHEN t.id - (SELECT s.low FROM start s) + 1 <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((t.id - (SELECT s.low FROM start s) + 1) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(t.id - (SELECT s.low FROM start s) + 1)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id
FROM (SELECT t."id" AS id, greatest(date_part('epoch', t."created_at") * 1000000, 0) AS at FROM ONLY "public"."dashboards" t WHERE t."id" IS NOT NULL OFFSET '0') t WHERE (SELECT s.drawn FROM start s) > 0;
ALTER TABLE "rekey"."rk_00000000_4" ALTER COLUMN old_id SET STATISTICS 10, ALTER COLUMN new_id SET STATISTICS 10, ALTER COLUMN new_id SET NOT NULL, ADD PRIMARY KEY (old_id);
DELETE FROM "rekey"."rk_00000000_4" WHERE EXISTS (SELECT FROM (SELECT m.new_id, lag(m.new_id) OVER (ORDER BY m.old_id) AS new_before FROM "rekey"."rk_00000000_4" m) o WHERE o.new_before >= o.new_id);
INSERT INTO "rekey"."rk_00000000_4" (old_id, new_id)
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM ONLY "public"."dashboards"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || set_bit(set_bit(CASE WHEN k.n <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((k.n) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(k.n)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id FROM (
SELECT o.old_id, o.n, max(o.at - o.n) OVER (ORDER BY o.old_id ROWS UNBOUNDED PRECEDING) + o.n AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n, v.at FROM (
SELECT t."id" AS old_id, least(greatest(date_part('epoch', t."created_at") * 1000000, 0), (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 AS at FROM ONLY "public"."dashboards" t WHERE t."id" IS NOT NULL AND NOT EXISTS (SELECT FROM "rekey"."rk_00000000_4")
) v) o
) k ORDER BY k.old_id;
ANALYZE "rekey"."rk_00000000_4";
CREATE FUNCTION "rekey"."rk_00000000_4_new"(bigint) RETURNS uuid LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $rekey$
DECLARE found_id uuid;
BEGIN
SELECT m.new_id INTO found_id FROM "rekey"."rk_00000000_4" m WHERE m.old_id = $1;
IF NOT FOUND THEN
RAISE EXCEPTION 'the value % belongs to no row, though a foreign key says that it does', $1 USING ERRCODE = 'foreign_key_violation';
END IF;
RETURN found_id;
END
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_4_first"() RETURNS bigint LANGUAGE sql IMMUTABLE AS $rekey$
SELECT s.low FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_4" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_4"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_4_last"() RETURNS bigint LANGUAGE sql IMMUTABLE AS $rekey$
SELECT s.high FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_4" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_4"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_4_uuids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT CASE WHEN s.high - s.low + 1 = (SELECT count(*) FROM "rekey"."rk_00000000_4")
THEN ARRAY(SELECT m.new_id FROM "rekey"."rk_00000000_4" m ORDER BY m.old_id)
ELSE ARRAY(SELECT coalesce(m.new_id, '00000000-0000-0000-0000-000000000000'::uuid)
FROM (SELECT generate_series(s.low, s.high) AS id ORDER BY 1 OFFSET 0) g
LEFT JOIN (SELECT o.old_id, o.new_id FROM "rekey"."rk_00000000_4" o ORDER BY o.old_id OFFSET 0) m ON m.old_id = g.id ORDER BY g.id) END
FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_4" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_4"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_4_points"() RETURNS bigint[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.point ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_4" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_4" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE NOT EXISTS (SELECT FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_4" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_4"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)) AND (SELECT count(*) FROM "rekey"."rk_00000000_4") <= 8000000
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_4_ids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.id ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_4" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_4" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE NOT EXISTS (SELECT FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_4" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_4"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)) AND (SELECT count(*) FROM "rekey"."rk_00000000_4") <= 8000000
$rekey$;

-- Step 8 of 48: Give every id of public.report_cache.id its UUID
CREATE TABLE "rekey"."rk_00000000_5" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, CASE WHEN r.high::numeric - r.low < least(4 * r.ids + 1000, 268435456) THEN least(r.high - r.low + 1, 16000000) END AS drawn, r.low, r.high
FROM (SELECT min(t."id")::bigint AS low, max(t."id")::bigint AS high, count(t."id") AS ids FROM ONLY "public"."report_cache" t) r)
SELECT t.id::bigint AS old_id, encode(int8send((((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 + (t.id - (SELECT s.low FROM start s))) >> 12) << 16) | 28672 | ((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 + (t.id - (SELECT s.low FROM start s))) & 4095)) || set_bit(set_bit(CASE WHEN t.id - (SELECT s.low FROM start s) + 1 <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((t.id - (SELECT s.low FROM start s) + 1) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(t.id - (SELECT s.low FROM start s) + 1)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id
FROM (SELECT t."id" AS id, greatest(date_part('epoch', t."created_at") * 1000000, 0) AS at FROM ONLY "public"."report_cache" t WHERE t."id" IS NOT NULL OFFSET '0') t WHERE (SELECT s.drawn FROM start s) > 0;
ALTER TABLE "rekey"."rk_00000000_5" ALTER COLUMN old_id SET STATISTICS 10, ALTER COLUMN new_id SET STATISTICS 10, ALTER COLUMN new_id SET NOT NULL, ADD PRIMARY KEY (old_id);
DELETE FROM "rekey"."rk_00000000_5" WHERE EXISTS (SELECT FROM (SELECT m.new_id, lag(m.new_id) OVER (ORDER BY m.old_id) AS new_before FROM "rekey"."rk_00000000_5" m) o WHERE o.new_before >= o.new_id);
INSERT INTO "rekey"."rk_00000000_5" (old_id, new_id)
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM ONLY "public"."report_cache"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || set_bit(set_bit(CASE WHEN k.n <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((k.n) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(k.n)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id FROM (
SELECT o.old_id, o.n, max(o.at - o.n) OVER (ORDER BY o.old_id ROWS UNBOUNDED PRECEDING) + o.n AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n, v.at FROM (
SELECT t."id" AS old_id, least(greatest(date_part('epoch', t."created_at") * 1000000, 0), (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 AS at FROM ONLY "public"."report_cache" t WHERE t."id" IS NOT NULL AND NOT EXISTS (SELECT FROM "rekey"."rk_00000000_5")
) v) o
) k ORDER BY k.old_id;
ANALYZE "rekey"."rk_00000000_5";
CREATE FUNCTION "rekey"."rk_00000000_5_new"(bigint) RETURNS uuid LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $rekey$
DECLARE found_id uuid;
BEGIN
SELECT m.new_id INTO found_id FROM "rekey"."rk_00000000_5" m WHERE m.old_id = $1;
IF NOT FOUND THEN
RAISE EXCEPTION 'the value % belongs to no row, though a foreign key says that it does', $1 USING ERRCODE = 'foreign_key_violation';
END IF;
RETURN found_id;
END
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_5_first"() RETURNS bigint LANGUAGE sql IMMUTABLE AS $rekey$
SELECT s.low FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_5" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_5"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_5_last"() RETURNS bigint LANGUAGE sql IMMUTABLE AS $rekey$
SELECT s.high FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_5" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_5"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_5_uuids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT CASE WHEN s.high - s.low + 1 = (SELECT count(*) FROM "rekey"."rk_00000000_5")
THEN ARRAY(SELECT m.new_id FROM "rekey"."rk_00000000_5" m ORDER BY m.old_id)
ELSE ARRAY(SELECT coalesce(m.new_id, '00000000-0000-0000-0000-000000000000'::uuid)
FROM (SELECT generate_series(s.low, s.high) AS id ORDER BY 1 OFFSET 0) g
LEFT JOIN (SELECT o.old_id, o.new_id FROM "rekey"."rk_00000000_5" o ORDER BY o.old_id OFFSET 0) m ON m.old_id = g.id ORDER BY g.id) END
FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_5" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_5"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_5_points"() RETURNS bigint[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.point ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_5" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_5" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE NOT EXISTS (SELECT FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_5" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_5"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)) AND (SELECT count(*) FROM "rekey"."rk_00000000_5") <= 8000000
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_5_ids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.id ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_5" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_5" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE NOT EXISTS (SELECT FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_5" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_5"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)) AND (SELECT count(*) FROM "rekey"."rk_00000000_5") <= 8000000
$rekey$;

-- Step 9 of 48: Give every id of public.report_definitions.id its UUID
CREATE TABLE "rekey"."rk_00000000_6" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, CASE WHEN r.high::numeric - r.low < least(4 * r.ids + 1000, 268435456) THEN least(r.high - r.low + 1, 16000000) END AS drawn, r.low, r.high
FROM (SELECT min(t."id")::bigint AS low, max(t."id")::bigint AS high, count(t."id") AS ids FROM ONLY "public"."report_definitions" t) r)
SELECT t.id::bigint AS old_id, encode(int8send((((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 + (t.id - (SELECT s.low FROM start s))) >> 12) << 16) | 28672 | ((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 + (t.id - (SELECT s.low FROM start s))) & 4095)) || set_bit(set_bit(CASE WHEN t.id - (SELECT s.low FROM start s) + 1 <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((t.id - (SELECT s.low FROM start s) + 1) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(t.id - (SELECT s.low FROM start s) + 1)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id
FROM (SELECT t."id" AS id, greatest(date_part('epoch', t."created_at") * 1000000, 0) AS at FROM ONLY "public"."report_definitions" t WHERE t."id" IS NOT NULL OFFSET '0') t WHERE (SELECT s.drawn FROM start s) > 0;
ALTER TABLE "rekey"."rk_00000000_6" ALTER COLUMN old_id SET STATISTICS 10, ALTER COLUMN new_id SET STATISTICS 10, ALTER COLUMN new_id SET NOT NULL, ADD PRIMARY KEY (old_id);
DELETE FROM "rekey"."rk_00000000_6" WHERE EXISTS (SELECT FROM (SELECT m.new_id, lag(m.new_id) OVER (ORDER BY m.old_id) AS new_before FROM "rekey"."rk_00000000_6" m) o WHERE o.new_before >= o.new_id);
INSERT INTO "rekey"."rk_00000000_6" (old_id, new_id)
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM ONLY "public"."report_definitions"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || set_bit(set_bit(CASE WHEN k.n <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((k.n) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(k.n)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id FROM (
SELECT o.old_id, o.n, max(o.at - o.n) OVER (ORDER BY o.old_id ROWS UNBOUNDED PRECEDING) + o.n AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n, v.at FROM (
SELECT t."id" AS old_id, least(greatest(date_part('epoch', t."created_at") * 1000000, 0), (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 AS at FROM ONLY "public"."report_definitions" t WHERE t."id" IS NOT NULL AND NOT EXISTS (SELECT FROM "rekey"."rk_00000000_6")
) v) o
) k ORDER BY k.old_id;
ANALYZE "rekey"."rk_00000000_6";
CREATE FUNCTION "rekey"."rk_00000000_6_new"(bigint) RETURNS uuid LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $rekey$
DECLARE found_id uuid;
BEGIN
SELECT m.new_id INTO found_id FROM "rekey"."rk_00000000_6" m WHERE m.old_id = $1;
IF NOT FOUND THEN
RAISE EXCEPTION 'the value % belongs to no row, though a foreign key says that it does', $1 USING ERRCODE = 'foreign_key_violation';
END IF;
RETURN found_id;
END
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_6_first"() RETURNS bigint LANGUAGE sql IMMUTABLE AS $rekey$
SELECT s.low FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_6" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_6"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_6_last"() RETURNS bigint LANGUAGE sql IMMUTABLE AS $rekey$
SELECT s.high FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_6" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_6"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_6_uuids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT CASE WHEN s.high - s.low + 1 = (SELECT count(*) FROM "rekey"."rk_00000000_6")
THEN ARRAY(SELECT m.new_id FROM "rekey"."rk_00000000_6" m ORDER BY m.old_id)
ELSE ARRAY(SELECT coalesce(m.new_id, '00000000-0000-0000-0000-000000000000'::uuid)
FROM (SELECT generate_series(s.low, s.high) AS id ORDER BY 1 OFFSET 0) g
LEFT JOIN (SELECT o.old_id, o.new_id FROM "rekey"."rk_00000000_6" o ORDER BY o.old_id OFFSET 0) m ON m.old_id = g.id ORDER BY g.id) END
FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_6" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_6"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_6_points"() RETURNS bigint[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.point ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_6" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_6" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE NOT EXISTS (SELECT FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_6" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_6"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)) AND (SELECT count(*) FROM "rekey"."rk_00000000_6") <= 8000000
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_6_ids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.id ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_6" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_6" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE NOT EXISTS (SELECT FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_6" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_6"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)) AND (SELECT count(*) FROM "rekey"."rk_00000000_6") <= 8000000
$rekey$;

-- Step 10 of 48: Give every id of public.report_executions.id its UUID
CREATE TABLE "rekey"."rk_00000000_7" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, CASE WHEN r.high::numeric - r.low < least(4 * r.ids + 1000, 268435456) THEN least(r.high - r.low + 1, 16000000) END AS drawn, r.low, r.high
FROM (SELECT min(t."id")::bigint AS low, max(t."id")::bigint AS high, count(t."id") AS ids FROM ONLY "public"."report_executions" t) r)
SELECT t.id::bigint AS old_id, encode(int8send((((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 + (t.id - (SELECT s.low FROM start s))) >> 12) << 16) | 28672 | ((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 + (t.id - (SELECT s.low FROM start s))) & 4095)) || set_bit(set_bit(CASE WHEN t.id - (SELECT s.low FROM start s) + 1 <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((t.id - (SELECT s.low FROM start s) + 1) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(t.id - (SELECT s.low FROM start s) + 1)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id
FROM (SELECT t."id" AS id, greatest(date_part('epoch', t."created_at") * 1000000, 0) AS at FROM ONLY "public"."report_executions" t WHERE t."id" IS NOT NULL OFFSET '0') t WHERE (SELECT s.drawn FROM start s) > 0;
ALTER TABLE "rekey"."rk_00000000_7" ALTER COLUMN old_id SET STATISTICS 10, ALTER COLUMN new_id SET STATISTICS 10, ALTER COLUMN new_id SET NOT NULL, ADD PRIMARY KEY (old_id);
DELETE FROM "rekey"."rk_00000000_7" WHERE EXISTS (SELECT FROM (SELECT m.new_id, lag(m.new_id) OVER (ORDER BY m.old_id) AS new_before FROM "rekey"."rk_00000000_7" m) o WHERE o.new_before >= o.new_id);
INSERT INTO "rekey"."rk_00000000_7" (old_id, new_id)
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM ONLY "public"."report_executions"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || set_bit(set_bit(CASE WHEN k.n <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((k.n) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(k.n)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id FROM (
SELECT o.old_id, o.n, max(o.at - o.n) OVER (ORDER BY o.old_id ROWS UNBOUNDED PRECEDING) + o.n AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n, v.at FROM (
SELECT t."id" AS old_id, least(greatest(date_part('epoch', t."created_at") * 1000000, 0), (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 AS at FROM ONLY "public"."report_executions" t WHERE t."id" IS NOT NULL AND NOT EXISTS (SELECT FROM "rekey"."rk_00000000_7")
) v) o
) k ORDER BY k.old_id;
ANALYZE "rekey"."rk_00000000_7";
CREATE FUNCTION "rekey"."rk_00000000_7_new"(bigint) RETURNS uuid LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $rekey$
DECLARE found_id uuid;
BEGIN
SELECT m.new_id INTO found_id FROM "rekey"."rk_00000000_7" m WHERE m.old_id = $1;
IF NOT FOUND THEN
RAISE EXCEPTION 'the value % belongs to no row, though a foreign key says that it does', $1 USING ERRCODE = 'foreign_key_violation';
END IF;
RETURN found_id;
END
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_7_first"() RETURNS bigint LANGUAGE sql IMMUTABLE AS $rekey$
SELECT s.low FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_7" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_7"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_7_last"() RETURNS bigint LANGUAGE sql IMMUTABLE AS $rekey$
SELECT s.high FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_7" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_7"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_7_uuids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT CASE WHEN s.high - s.low + 1 = (SELECT count(*) FROM "rekey"."rk_00000000_7")
THEN ARRAY(SELECT m.new_id FROM "rekey"."rk_00000000_7" m ORDER BY m.old_id)
ELSE ARRAY(SELECT coalesce(m.new_id, '00000000-0000-0000-0000-000000000000'::uuid)
FROM (SELECT generate_series(s.low, s.high) AS id ORDER BY 1 OFFSET 0) g
LEFT JOIN (SELECT o.old_id, o.new_id FROM "rekey"."rk_00000000_7" o ORDER BY o.old_id OFFSET 0) m ON m.old_id = g.id ORDER BY g.id) END
FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_7" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_7"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_7_points"() RETURNS bigint[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.point ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_7" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_7" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE NOT EXISTS (SELECT FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_7" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_7"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)) AND (SELECT count(*) FROM "rekey"."rk_00000000_7") <= 8000000
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_7_ids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.id ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_7" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_7" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE NOT EXISTS (SELECT FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_7" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_7"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)) AND (SELECT count(*) FROM "rekey"."rk_00000000_7") <= 8000000
$rekey$;

-- Step 11 of 48: Give every id of public.report_schedules.id its UUID
CREATE TABLE "rekey"."rk_00000000_8" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, CASE WHEN r.high::numeric - r.low < least(4 * r.ids + 1000, 268435456) THEN least(r.high - r.low + 1, 16000000) END AS drawn, r.low, r.high
FROM (SELECT min(t."id")::bigint AS low, max(t."id")::bigint AS high, count(t."id") AS ids FROM ONLY "public"."report_schedules" t) r)
SELECT t.id::bigint AS old_id, encode(int8send((((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 + (t.id - (SELECT s.low FROM start s))) >> 12) << 16) | 28672 | ((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 + (t.id - (SELECT s.low FROM start s))) & 4095)) || set_bit(set_bit(CASE WHEN t.id - (SELECT s.low FROM start s) + 1 <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((t.id - (SELECT s.low FROM start s) + 1) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(t.id - (SELECT s.low FROM start s) + 1)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id
FROM (SELECT t."id" AS id, greatest(date_part('epoch', t."created_at") * 1000000, 0) AS at FROM ONLY "public"."report_schedules" t WHERE t."id" IS NOT NULL OFFSET '0') t WHERE (SELECT s.drawn FROM start s) > 0;
ALTER TABLE "rekey"."rk_00000000_8" ALTER COLUMN old_id SET STATISTICS 10, ALTER COLUMN new_id SET STATISTICS 10, ALTER COLUMN new_id SET NOT NULL, ADD PRIMARY KEY (old_id);
DELETE FROM "rekey"."rk_00000000_8" WHERE EXISTS (SELECT FROM (SELECT m.new_id, lag(m.new_id) OVER (ORDER BY m.old_id) AS new_before FROM "rekey"."rk_00000000_8" m) o WHERE o.new_before >= o.new_id);
INSERT INTO "rekey"."rk_00000000_8" (old_id, new_id)
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM ONLY "public"."report_schedules"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || set_bit(set_bit(CASE WHEN k.n <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((k.n) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(k.n)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id FROM (
SELECT o.old_id, o.n, max(o.at - o.n) OVER (ORDER BY o.old_id ROWS UNBOUNDED PRECEDING) + o.n AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n, v.at FROM (
SELECT t."id" AS old_id, least(greatest(date_part('epoch', t."created_at") * 1000000, 0), (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 AS at FROM ONLY "public"."report_schedules" t WHERE t."id" IS NOT NULL AND NOT EXISTS (SELECT FROM "rekey"."rk_00000000_8")
) v) o
) k ORDER BY k.old_id;
ANALYZE "rekey"."rk_00000000_8";
CREATE FUNCTION "rekey"."rk_00000000_8_new"(bigint) RETURNS uuid LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $rekey$
DECLARE found_id uuid;
BEGIN
SELECT m.new_id INTO found_id FROM "rekey"."rk_00000000_8" m WHERE m.old_id = $1;
IF NOT FOUND THEN
RAISE EXCEPTION 'the value % belongs to no row, though a foreign key says that it does', $1 USING ERRCODE = 'foreign_key_violation';
END IF;
RETURN found_id;
END
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_8_first"() RETURNS bigint LANGUAGE sql IMMUTABLE AS $rekey$
SELECT s.low FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_8" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_8"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_8_last"() RETURNS bigint LANGUAGE sql IMMUTABLE AS $rekey$
SELECT s.high FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_8" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_8"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_8_uuids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT CASE WHEN s.high - s.low + 1 = (SELECT count(*) FROM "rekey"."rk_00000000_8")
THEN ARRAY(SELECT m.new_id FROM "rekey"."rk_00000000_8" m ORDER BY m.old_id)
ELSE ARRAY(SELECT coalesce(m.new_id, '00000000-0000-0000-0000-000000000000'::uuid)
FROM (SELECT generate_series(s.low, s.high) AS id ORDER BY 1 OFFSET 0) g
LEFT JOIN (SELECT o.old_id, o.new_id FROM "rekey"."rk_00000000_8" o ORDER BY o.old_id OFFSET 0) m ON m.old_id = g.id ORDER BY g.id) END
FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_8" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_8"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_8_points"() RETURNS bigint[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.point ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_8" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_8" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE NOT EXISTS (SELECT FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_8" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_8"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)) AND (SELECT count(*) FROM "rekey"."rk_00000000_8") <= 8000000
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_8_ids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.id ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_8" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_8" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE NOT EXISTS (SELECT FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_8" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_8"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)) AND (SELECT count(*) FROM "rekey"."rk_00000000_8") <= 8000000
$rekey$;

-- Step 12 of 48: Give every id of public.report_templates.id its UUID
CREATE TABLE "rekey"."rk_00000000_9" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, CASE WHEN r.high::numeric - r.low < least(4 * r.ids + 1000, 268435456) THEN least(r.high - r.low + 1, 16000000) END AS drawn, r.low, r.high
FROM (SELECT min(t."id")::bigint AS low, max(t."id")::bigint AS high, count(t."id") AS ids FROM ONLY "public"."report_templates" t) r)
SELECT t.id::bigint AS old_id, encode(int8send((((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 + (t.id - (SELECT s.low FROM start s))) >> 12) << 16) | 28672 | ((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 + (t.id - (SELECT s.low FROM start s))) & 4095)) || set_bit(set_bit(CASE WHEN t.id - (SELECT s.low FROM start s) + 1 <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((t.id - (SELECT s.low FROM start s) + 1) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(t.id - (SELECT s.low FROM start s) + 1)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id
FROM (SELECT t."id" AS id, greatest(date_part('epoch', t."created_at") * 1000000, 0) AS at FROM ONLY "public"."report_templates" t WHERE t."id" IS NOT NULL OFFSET '0') t WHERE (SELECT s.drawn FROM start s) > 0;
ALTER TABLE "rekey"."rk_00000000_9" ALTER COLUMN old_id SET STATISTICS 10, ALTER COLUMN new_id SET STATISTICS 10, ALTER COLUMN new_id SET NOT NULL, ADD PRIMARY KEY (old_id);
DELETE FROM "rekey"."rk_00000000_9" WHERE EXISTS (SELECT FROM (SELECT m.new_id, lag(m.new_id) OVER (ORDER BY m.old_id) AS new_before FROM "rekey"."rk_00000000_9" m) o WHERE o.new_before >= o.new_id);
INSERT INTO "rekey"."rk_00000000_9" (old_id, new_id)
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM ONLY "public"."report_templates"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || set_bit(set_bit(CASE WHEN k.n <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((k.n) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(k.n)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id FROM (
SELECT o.old_id, o.n, max(o.at - o.n) OVER (ORDER BY o.old_id ROWS UNBOUNDED PRECEDING) + o.n AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n, v.at FROM (
SELECT t."id" AS old_id, least(greatest(date_part('epoch', t."created_at") * 1000000, 0), (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 AS at FROM ONLY "public"."report_templates" t WHERE t."id" IS NOT NULL AND NOT EXISTS (SELECT FROM "rekey"."rk_00000000_9")
) v) o
) k ORDER BY k.old_id;
ANALYZE "rekey"."rk_00000000_9";
CREATE FUNCTION "rekey"."rk_00000000_9_new"(bigint) RETURNS uuid LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $rekey$
DECLARE found_id uuid;
BEGIN
SELECT m.new_id INTO found_id FROM "rekey"."rk_00000000_9" m WHERE m.old_id = $1;
IF NOT FOUND THEN
RAISE EXCEPTION 'the value % belongs to no row, though a foreign key says that it does', $1 USING ERRCODE = 'foreign_key_violation';
END IF;
RETURN found_id;
END
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_9_first"() RETURNS bigint LANGUAGE sql IMMUTABLE AS $rekey$
SELECT s.low FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_9" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_9"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_9_last"() RETURNS bigint LANGUAGE sql IMMUTABLE AS $rekey$
SELECT s.high FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_9" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_9"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_9_uuids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT CASE WHEN s.high - s.low + 1 = (SELECT count(*) FROM "rekey"."rk_00000000_9")
THEN ARRAY(SELECT m.new_id FROM "rekey"."rk_00000000_9" m ORDER BY m.old_id)
ELSE ARRAY(SELECT coalesce(m.new_id, '00000000-0000-0000-0000-000000000000'::uuid)
FROM (SELECT generate_series(s.low, s.high) AS id ORDER BY 1 OFFSET 0) g
LEFT JOIN (SELECT o.old_id, o.new_id FROM "rekey"."rk_00000000_9" o ORDER BY o.old_id OFFSET 0) m ON m.old_id = g.id ORDER BY g.id) END
FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_9" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_9"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_9_points"() RETURNS bigint[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.point ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_9" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_9" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE NOT EXISTS (SELECT FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_9" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_9"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)) AND (SELECT count(*) FROM "rekey"."rk_00000000_9") <= 8000000
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_9_ids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.id ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_9" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_9" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE NOT EXISTS (SELECT FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_9" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_9"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)) AND (SELECT count(*) FROM "rekey"."rk_00000000_9") <= 8000000
$rekey$;

-- Step 13 of 48: Give every id of public.scheduler_configs.id its UUID
CREATE TABLE "rekey"."rk_00000000_10" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, CASE WHEN r.high::numeric - r.low < least(4 * r.ids + 1000, 268435456) THEN least(r.high - r.low + 1, 16000000) END AS drawn, r.low, r.high
FROM (SELECT min(t."id")::bigint AS low, max(t."id")::bigint AS high, count(t."id") AS ids FROM ONLY "public"."scheduler_configs" t) r)
SELECT t.id::bigint AS old_id, encode(int8send((((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 + (t.id - (SELECT s.low FROM start s))) >> 12) << 16) | 28672 | ((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 + (t.id - (SELECT s.low FROM start s))) & 4095)) || set_bit(set_bit(CASE WHEN t.id - (SELECT s.low FROM start s) + 1 <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((t.id - (SELECT s.low FROM start s) + 1) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(t.id - (SELECT s.low FROM start s) + 1)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id
FROM (SELECT t."id" AS id, greatest(date_part('epoch', t."created_at") * 1000000, 0) AS at FROM ONLY "public"."scheduler_configs" t WHERE t."id" IS NOT NULL OFFSET '0') t WHERE (SELECT s.drawn FROM start s) > 0;
ALTER TABLE "rekey"."rk_00000000_10" ALTER COLUMN old_id SET STATISTICS 10, ALTER COLUMN new_id SET STATISTICS 10, ALTER COLUMN new_id SET NOT NULL, ADD PRIMARY KEY (old_id);
DELETE FROM "rekey"."rk_00000000_10" WHERE EXISTS (SELECT FROM (SELECT m.new_id, lag(m.new_id) OVER (ORDER BY m.old_id) AS new_before FROM "rekey"."rk_00000000_10" m) o WHERE o.new_before >= o.new_id);
INSERT INTO "rekey"."rk_00000000_10" (old_id, new_id)
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM ONLY "public"."scheduler_configs"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || set_bit(set_bit(CASE WHEN k.n <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((k.n) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(k.n)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id FROM (
SELECT o.old_id, o.n, max(o.at - o.n) OVER (ORDER BY o.old_id ROWS UNBOUNDED PRECEDING) + o.n AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n, v.at FROM (
SELECT t."id" AS old_id, least(greatest(date_part('epoch', t."created_at") * 1000000, 0), (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 AS at FROM ONLY "public"."scheduler_configs" t WHERE t."id" IS NOT NULL AND NOT EXISTS (SELECT FROM "rekey"."rk_00000000_10")
) v) o
) k ORDER BY k.old_id;
ANALYZE "rekey"."rk_00000000_10";
CREATE FUNCTION "rekey"."rk_00000000_10_new"(bigint) RETURNS uuid LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $rekey$
DECLARE found_id uuid;
BEGIN
SELECT m.new_id INTO found_id FROM "rekey"."rk_00000000_10" m WHERE m.old_id = $1;
IF NOT FOUND THEN
RAISE EXCEPTION 'the value % belongs to no row, though a foreign key says that it does', $1 USING ERRCODE = 'foreign_key_violation';
END IF;
RETURN found_id;
END
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_10_first"() RETURNS bigint LANGUAGE sql IMMUTABLE AS $rekey$
SELECT s.low FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_10" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_10"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_10_last"() RETURNS bigint LANGUAGE sql IMMUTABLE AS $rekey$
SELECT s.high FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_10" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_10"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_10_uuids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT CASE WHEN s.high - s.low + 1 = (SELECT count(*) FROM "rekey"."rk_00000000_10")
THEN ARRAY(SELECT m.new_id FROM "rekey"."rk_00000000_10" m ORDER BY m.old_id)
ELSE ARRAY(SELECT coalesce(m.new_id, '00000000-0000-0000-0000-000000000000'::uuid)
FROM (SELECT generate_series(s.low, s.high) AS id ORDER BY 1 OFFSET 0) g
LEFT JOIN (SELECT o.old_id, o.new_id FROM "rekey"."rk_00000000_10" o ORDER BY o.old_id OFFSET 0) m ON m.old_id = g.id ORDER BY g.id) END
FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_10" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_10"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_10_points"() RETURNS bigint[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.point ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_10" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_10" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE NOT EXISTS (SELECT FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_10" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_10"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)) AND (SELECT count(*) FROM "rekey"."rk_00000000_10") <= 8000000
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_10_ids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.id ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_10" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_10" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE NOT EXISTS (SELECT FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_10" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_10"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)) AND (SELECT count(*) FROM "rekey"."rk_00000000_10") <= 8000000
$rekey$;

-- Step 14 of 48: Give every id of public.scheduler_job_executions.id its UUID
CREATE TABLE "rekey"."rk_00000000_11" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, CASE WHEN r.high::numeric - r.low < least(4 * r.ids + 1000, 268435456) THEN least(r.high - r.low + 1, 16000000) END AS drawn, r.low, r.high
FROM (SELECT min(t."id")::bigint AS low, max(t."id")::bigint AS high, count(t."id") AS ids FROM ONLY "public"."scheduler_job_executions" t) r)
SELECT t.id::bigint AS old_id, encode(int8send((((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 + (t.id - (SELECT s.low FROM start s))) >> 12) << 16) | 28672 | ((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 + (t.id - (SELECT s.low FROM start s))) & 4095)) || set_bit(set_bit(CASE WHEN t.id - (SELECT s.low FROM start s) + 1 <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((t.id - (SELECT s.low FROM start s) + 1) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(t.id - (SELECT s.low FROM start s) + 1)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id
FROM (SELECT t."id" AS id, greatest(date_part('epoch', t."created_at") * 1000000, 0) AS at FROM ONLY "public"."scheduler_job_executions" t WHERE t."id" IS NOT NULL OFFSET '0') t WHERE (SELECT s.drawn FROM start s) > 0;
ALTER TABLE "rekey"."rk_00000000_11" ALTER COLUMN old_id SET STATISTICS 10, ALTER COLUMN new_id SET STATISTICS 10, ALTER COLUMN new_id SET NOT NULL, ADD PRIMARY KEY (old_id);
DELETE FROM "rekey"."rk_00000000_11" WHERE EXISTS (SELECT FROM (SELECT m.new_id, lag(m.new_id) OVER (ORDER BY m.old_id) AS new_before FROM "rekey"."rk_00000000_11" m) o WHERE o.new_before >= o.new_id);
INSERT INTO "rekey"."rk_00000000_11" (old_id, new_id)
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM ONLY "public"."scheduler_job_executions"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || set_bit(set_bit(CASE WHEN k.n <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((k.n) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(k.n)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id FROM (
SELECT o.old_id, o.n, max(o.at - o.n) OVER (ORDER BY o.old_id ROWS UNBOUNDED PRECEDING) + o.n AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n, v.at FROM (
SELECT t."id" AS old_id, least(greatest(date_part('epoch', t."created_at") * 1000000, 0), (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 AS at FROM ONLY "public"."scheduler_job_executions" t WHERE t."id" IS NOT NULL AND NOT EXISTS (SELECT FROM "rekey"."rk_00000000_11")
) v) o
) k ORDER BY k.old_id;
ANALYZE "rekey"."rk_00000000_11";
CREATE FUNCTION "rekey"."rk_00000000_11_new"(bigint) RETURNS uuid LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $rekey$
DECLARE found_id uuid;
BEGIN
SELECT m.new_id INTO found_id FROM "rekey"."rk_00000000_11" m WHERE m.old_id = $1;
IF NOT FOUND THEN
RAISE EXCEPTION 'the value % belongs to no row, though a foreign key says that it does', $1 USING ERRCODE = 'foreign_key_violation';
END IF;
RETURN found_id;
END
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_11_first"() RETURNS bigint LANGUAGE sql IMMUTABLE AS $rekey$
SELECT s.low FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_11" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_11"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_11_last"() RETURNS bigint LANGUAGE sql IMMUTABLE AS $rekey$
SELECT s.high FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_11" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_11"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_11_uuids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT CASE WHEN s.high - s.low + 1 = (SELECT count(*) FROM "rekey"."rk_00000000_11")
THEN ARRAY(SELECT m.new_id FROM "rekey"."rk_00000000_11" m ORDER BY m.old_id)
ELSE ARRAY(SELECT coalesce(m.new_id, '00000000-0000-0000-0000-000000000000'::uuid)
FROM (SELECT generate_series(s.low, s.high) AS id ORDER BY 1 OFFSET 0) g
LEFT JOIN (SELECT o.old_id, o.new_id FROM "rekey"."rk_00000000_11" o ORDER BY o.old_id OFFSET 0) m ON m.old_id = g.id ORDER BY g.id) END
FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_11" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_11"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_11_points"() RETURNS bigint[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.point ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_11" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_11" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE NOT EXISTS (SELECT FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_11" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_11"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)) AND (SELECT count(*) FROM "rekey"."rk_00000000_11") <= 8000000
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_11_ids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.id ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_11" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_11" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE NOT EXISTS (SELECT FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_11" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_11"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)) AND (SELECT count(*) FROM "rekey"."rk_00000000_11") <= 8000000
$rekey$;

-- Step 15 of 48: Give every id of public.scheduler_job_logs.id its UUID
CREATE TABLE "rekey"."rk_00000000_12" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, CASE WHEN r.high::numeric - r.low < least(4 * r.ids + 1000, 268435456) THEN least(r.high - r.low + 1, 16000000) END AS drawn, r.low, r.high
FROM (SELECT min(t."id")::bigint AS low, max(t."id")::bigint AS high, count(t."id") AS ids FROM ONLY "public"."scheduler_job_logs" t) r)
SELECT t.id::bigint AS old_id, encode(int8send((((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 + (t.id - (SELECT s.low FROM start s))) >> 12) << 16) | 28672 | ((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 + (t.id - (SELECT s.low FROM start s))) & 4095)) || set_bit(set_bit(CASE WHEN t.id - (SELECT s.low FROM start s) + 1 <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((t.id - (SELECT s.low FROM start s) + 1) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(t.id - (SELECT s.low FROM start s) + 1)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id
FROM (SELECT t."id" AS id, greatest(date_part('epoch', t."created_at") * 1000000, 0) AS at FROM ONLY "public"."scheduler_job_logs" t WHERE t."id" IS NOT NULL OFFSET '0') t WHERE (SELECT s.drawn FROM start s) > 0;
ALTER TABLE "rekey"."rk_00000000_12" ALTER COLUMN old_id SET STATISTICS 10, ALTER COLUMN new_id SET STATISTICS 10, ALTER COLUMN new_id SET NOT NULL, ADD PRIMARY KEY (old_id);
DELETE FROM "rekey"."rk_00000000_12" WHERE EXISTS (SELECT FROM (SELECT m.new_id, lag(m.new_id) OVER (ORDER BY m.old_id) AS new_before FROM "rekey"."rk_00000000_12" m) o WHERE o.new_before >= o.new_id);
INSERT INTO "rekey"."rk_00000000_12" (old_id, new_id)
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM ONLY "public"."scheduler_job_logs"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || set_bit(set_bit(CASE WHEN k.n <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((k.n) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(k.n)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id FROM (
SELECT o.old_id, o.n, max(o.at - o.n) OVER (ORDER BY o.old_id ROWS UNBOUNDED PRECEDING) + o.n AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n, v.at FROM (
SELECT t."id" AS old_id, least(greatest(date_part('epoch', t."created_at") * 1000000, 0), (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 AS at FROM ONLY "public"."scheduler_job_logs" t WHERE t."id" IS NOT NULL AND NOT EXISTS (SELECT FROM "rekey"."rk_00000000_12")
) v) o
) k ORDER BY k.old_id;
ANALYZE "rekey"."rk_00000000_12";
CREATE FUNCTION "rekey"."rk_00000000_12_new"(bigint) RETURNS uuid LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $rekey$
DECLARE found_id uuid;
BEGIN
SELECT m.new_id INTO found_id FROM "rekey"."rk_00000000_12" m WHERE m.old_id = $1;
IF NOT FOUND THEN
RAISE EXCEPTION 'the value % belongs to no row, though a foreign key says that it does', $1 USING ERRCODE = 'foreign_key_violation';
END IF;
RETURN found_id;
END
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_12_first"() RETURNS bigint LANGUAGE sql IMMUTABLE AS $rekey$
SELECT s.low FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_12" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_12"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_12_last"() RETURNS bigint LANGUAGE sql IMMUTABLE AS $rekey$
SELECT s.high FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_12" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_12"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_12_uuids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT CASE WHEN s.high - s.low + 1 = (SELECT count(*) FROM "rekey"."rk_00000000_12")
THEN ARRAY(SELECT m.new_id FROM "rekey"."rk_00000000_12" m ORDER BY m.old_id)
ELSE ARRAY(SELECT coalesce(m.new_id, '00000000-0000-0000-0000-000000000000'::uuid)
FROM (SELECT generate_series(s.low, s.high) AS id ORDER BY 1 OFFSET 0) g
LEFT JOIN (SELECT o.old_id, o.new_id FROM "rekey"."rk_00000000_12" o ORDER BY o.old_id OFFSET 0) m ON m.old_id = g.id ORDER BY g.id) END
FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_12" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_12"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_12_points"() RETURNS bigint[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.point ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_12" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_12" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE NOT EXISTS (SELECT FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_12" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_12"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)) AND (SELECT count(*) FROM "rekey"."rk_00000000_12") <= 8000000
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_12_ids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.id ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_12" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_12" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE NOT EXISTS (SELECT FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_12" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_12"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)) AND (SELECT count(*) FROM "rekey"."rk_00000000_12") <= 8000000
$rekey$;

-- Step 16 of 48: Give every id of public.scheduler_jobs.id its UUID
CREATE TABLE "rekey"."rk_00000000_13" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, CASE WHEN r.high::numeric - r.low < least(4 * r.ids + 1000, 268435456) THEN least(r.high - r.low + 1, 16000000) END AS drawn, r.low, r.high
FROM (SELECT min(t."id")::bigint AS low, max(t."id")::bigint AS high, count(t."id") AS ids FROM ONLY "public"."scheduler_jobs" t) r)
SELECT t.id::bigint AS old_id, encode(int8send((((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 + (t.id - (SELECT s.low FROM start s))) >> 12) << 16) | 28672 | ((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 + (t.id - (SELECT s.low FROM start s))) & 4095)) || set_bit(set_bit(CASE WHEN t.id - (SELECT s.low FROM start s) + 1 <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((t.id - (SELECT s.low FROM start s) + 1) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(t.id - (SELECT s.low FROM start s) + 1)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id
FROM (SELECT t."id" AS id, greatest(date_part('epoch', t."created_at") * 1000000, 0) AS at FROM ONLY "public"."scheduler_jobs" t WHERE t."id" IS NOT NULL OFFSET '0') t WHERE (SELECT s.drawn FROM start s) > 0;
ALTER TABLE "rekey"."rk_00000000_13" ALTER COLUMN old_id SET STATISTICS 10, ALTER COLUMN new_id SET STATISTICS 10, ALTER COLUMN new_id SET NOT NULL, ADD PRIMARY KEY (old_id);
DELETE FROM "rekey"."rk_00000000_13" WHERE EXISTS (SELECT FROM (SELECT m.new_id, lag(m.new_id) OVER (ORDER BY m.old_id) AS new_before FROM "rekey"."rk_00000000_13" m) o WHERE o.new_before >= o.new_id);
INSERT INTO "rekey"."rk_00000000_13" (old_id, new_id)
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM ONLY "public"."scheduler_jobs"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || set_bit(set_bit(CASE WHEN k.n <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((k.n) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(k.n)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id FROM (
SELECT o.old_id, o.n, max(o.at - o.n) OVER (ORDER BY o.old_id ROWS UNBOUNDED PRECEDING) + o.n AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n, v.at FROM (
SELECT t."id" AS old_id, least(greatest(date_part('epoch', t."created_at") * 1000000, 0), (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 AS at FROM ONLY "public"."scheduler_jobs" t WHERE t."id" IS NOT NULL AND NOT EXISTS (SELECT FROM "rekey"."rk_00000000_13")
) v) o
) k ORDER BY k.old_id;
ANALYZE "rekey"."rk_00000000_13";
CREATE FUNCTION "rekey"."rk_00000000_13_new"(bigint) RETURNS uuid LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $rekey$
DECLARE found_id uuid;
BEGIN
SELECT m.new_id INTO found_id FROM "rekey"."rk_00000000_13" m WHERE m.old_id = $1;
IF NOT FOUND THEN
RAISE EXCEPTION 'the value % belongs to no row, though a foreign key says that it does', $1 USING ERRCODE = 'foreign_key_violation';
END IF;
RETURN found_id;
END
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_13_first"() RETURNS bigint LANGUAGE sql IMMUTABLE AS $rekey$
SELECT s.low FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_13" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_13"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_13_last"() RETURNS bigint LANGUAGE sql IMMUTABLE AS $rekey$
SELECT s.high FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_13" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_13"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_13_uuids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT CASE WHEN s.high - s.low + 1 = (SELECT count(*) FROM "rekey"."rk_00000000_13")
THEN ARRAY(SELECT m.new_id FROM "rekey"."rk_00000000_13" m ORDER BY m.old_id)
ELSE ARRAY(SELECT coalesce(m.new_id, '00000000-0000-0000-0000-000000000000'::uuid)
FROM (SELECT generate_series(s.low, s.high) AS id ORDER BY 1 OFFSET 0) g
LEFT JOIN (SELECT o.old_id, o.new_id FROM "rekey"."rk_00000000_13" o ORDER BY o.old_id OFFSET 0) m ON m.old_id = g.id ORDER BY g.id) END
FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_13" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_13"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_13_points"() RETURNS bigint[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.point ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_13" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_13" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE NOT EXISTS (SELECT FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_13" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_13"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)) AND (SELECT count(*) FROM "rekey"."rk_00000000_13") <= 8000000
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_13_ids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.id ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_13" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_13" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE NOT EXISTS (SELECT FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_13" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_13"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)) AND (SELECT count(*) FROM "rekey"."rk_00000000_13") <= 8000000
$rekey$;

-- Step 17 of 48: Give every id of public.widget_data_cache.id its UUID
CREATE TABLE "rekey"."rk_00000000_14" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, CASE WHEN r.high::numeric - r.low < least(4 * r.ids + 1000, 268435456) THEN least(r.high - r.low + 1, 16000000) END AS drawn, r.low, r.high
FROM (SELECT min(t."id")::bigint AS low, max(t."id")::bigint AS high, count(t."id") AS ids FROM ONLY "public"."widget_data_cache" t) r)
SELECT t.id::bigint AS old_id, encode(int8send((((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 + (t.id - (SELECT s.low FROM start s))) >> 12) << 16) | 28672 | ((least(t.at, (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 + (t.id - (SELECT s.low FROM start s))) & 4095)) || set_bit(set_bit(CASE WHEN t.id - (SELECT s.low FROM start s) + 1 <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((t.id - (SELECT s.low FROM start s) + 1) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(t.id - (SELECT s.low FROM start s) + 1)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id
FROM (SELECT t."id" AS id, greatest(date_part('epoch', t."created_at") * 1000000, 0) AS at FROM ONLY "public"."widget_data_cache" t WHERE t."id" IS NOT NULL OFFSET '0') t WHERE (SELECT s.drawn FROM start s) > 0;
ALTER TABLE "rekey"."rk_00000000_14" ALTER COLUMN old_id SET STATISTICS 10, ALTER COLUMN new_id SET STATISTICS 10, ALTER COLUMN new_id SET NOT NULL, ADD PRIMARY KEY (old_id);
DELETE FROM "rekey"."rk_00000000_14" WHERE EXISTS (SELECT FROM (SELECT m.new_id, lag(m.new_id) OVER (ORDER BY m.old_id) AS new_before FROM "rekey"."rk_00000000_14" m) o WHERE o.new_before >= o.new_id);
INSERT INTO "rekey"."rk_00000000_14" (old_id, new_id)
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM ONLY "public"."widget_data_cache"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || set_bit(set_bit(CASE WHEN k.n <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((k.n) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(k.n)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id FROM (
SELECT o.old_id, o.n, max(o.at - o.n) OVER (ORDER BY o.old_id ROWS UNBOUNDED PRECEDING) + o.n AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n, v.at FROM (
SELECT t."id" AS old_id, least(greatest(date_part('epoch', t."created_at") * 1000000, 0), (SELECT s.ms FROM start s) * 1000::float8)::bigint * 512 / 125 AS at FROM ONLY "public"."widget_data_cache" t WHERE t."id" IS NOT NULL AND NOT EXISTS (SELECT FROM "rekey"."rk_00000000_14")
) v) o
) k ORDER BY k.old_id;
ANALYZE "rekey"."rk_00000000_14";
CREATE FUNCTION "rekey"."rk_00000000_14_new"(bigint) RETURNS uuid LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $rekey$
DECLARE found_id uuid;
BEGIN
SELECT m.new_id INTO found_id FROM "rekey"."rk_00000000_14" m WHERE m.old_id = $1;
IF NOT FOUND THEN
RAISE EXCEPTION 'the value % belongs to no row, though a foreign key says that it does', $1 USING ERRCODE = 'foreign_key_violation';
END IF;
RETURN found_id;
END
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_14_first"() RETURNS bigint LANGUAGE sql IMMUTABLE AS $rekey$
SELECT s.low FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_14" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_14"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_14_last"() RETURNS bigint LANGUAGE sql IMMUTABLE AS $rekey$
SELECT s.high FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_14" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_14"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_14_uuids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT CASE WHEN s.high - s.low + 1 = (SELECT count(*) FROM "rekey"."rk_00000000_14")
THEN ARRAY(SELECT m.new_id FROM "rekey"."rk_00000000_14" m ORDER BY m.old_id)
ELSE ARRAY(SELECT coalesce(m.new_id, '00000000-0000-0000-0000-000000000000'::uuid)
FROM (SELECT generate_series(s.low, s.high) AS id ORDER BY 1 OFFSET 0) g
LEFT JOIN (SELECT o.old_id, o.new_id FROM "rekey"."rk_00000000_14" o ORDER BY o.old_id OFFSET 0) m ON m.old_id = g.id ORDER BY g.id) END
FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_14" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_14"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_14_points"() RETURNS bigint[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.point ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_14" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_14" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE NOT EXISTS (SELECT FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_14" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_14"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)) AND (SELECT count(*) FROM "rekey"."rk_00000000_14") <= 8000000
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_14_ids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.id ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_14" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_14" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE NOT EXISTS (SELECT FROM (SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM "rekey"."rk_00000000_14" m) s, pg_class c
WHERE c.oid = '"rekey"."rk_00000000_14"'::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, 32000000)) AND (SELECT count(*) FROM "rekey"."rk_00000000_14") <= 8000000
$rekey$;

-- Step 18 of 48: Take away foreign keys, views and what else stands on the columns
DROP VIEW "public"."failed_jobs";
ALTER TABLE ONLY "public"."dashboard_pages" DROP CONSTRAINT "fk_dashboard__dashboard_id_1dc6";
ALTER TABLE ONLY "public"."dashboard_shares" DROP CONSTRAINT "fk_dashboard__dashboard_id_dba";
ALTER TABLE ONLY "public"."dashboard_snapshots" DROP CONSTRAINT "fk_dashboard__dashboard_id_5b4";
ALTER TABLE ONLY "public"."dashboard_widgets" DROP CONSTRAINT "fk_dashboard__page_id_15c0";
ALTER TABLE ONLY "public"."dashboard_widgets" DROP CONSTRAINT "fk_dashboard__report_definition_id_15c0";
ALTER TABLE ONLY "public"."report_cache" DROP CONSTRAINT "fk_report_cac_report_definition_id_6dd";
ALTER TABLE ONLY "public"."report_executions" DROP CONSTRAINT "fk_report_exe_report_definition_id_1eef";
ALTER TABLE ONLY "public"."report_schedules" DROP CONSTRAINT "fk_report_sch_report_definition_id_16e9";
ALTER TABLE ONLY "public"."scheduler_job_executions" DROP CONSTRAINT "fk_scheduler__job_id_c91";
ALTER TABLE ONLY "public"."scheduler_job_logs" DROP CONSTRAINT "fk_scheduler__execution_id_48b";
ALTER TABLE ONLY "public"."scheduler_jobs" DROP CONSTRAINT "fk_scheduler__config_id_1497";
ALTER TABLE ONLY "public"."widget_data_cache" DROP CONSTRAINT "fk_widget_dat_widget_id_24a3";

-- Step 19 of 48: Convert public.dashboard_pages
ALTER TABLE ONLY "public"."dashboard_pages"
  ALTER COLUMN "id" DROP DEFAULT,
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_0_first"() AND "rekey"."rk_00000000_0_last"() THEN ("rekey"."rk_00000000_0_uuids"())[("id" - "rekey"."rk_00000000_0_first"())::int + 1] ELSE ("rekey"."rk_00000000_0_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_0_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_0_new"("id")),
  ALTER COLUMN "dashboard_id" TYPE uuid USING coalesce(nullif(CASE WHEN "dashboard_id" BETWEEN "rekey"."rk_00000000_4_first"() AND "rekey"."rk_00000000_4_last"() THEN ("rekey"."rk_00000000_4_uuids"())[("dashboard_id" - "rekey"."rk_00000000_4_first"())::int + 1] ELSE ("rekey"."rk_00000000_4_ids"())[width_bucket("dashboard_id"::bigint, "rekey"."rk_00000000_4_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_4_new"("dashboard_id")),
  ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();

-- Step 20 of 48: Convert public.dashboard_shares
ALTER TABLE ONLY "public"."dashboard_shares"
  ALTER COLUMN "id" DROP DEFAULT,
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("id" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("id")),
  ALTER COLUMN "dashboard_id" TYPE uuid USING coalesce(nullif(CASE WHEN "dashboard_id" BETWEEN "rekey"."rk_00000000_4_first"() AND "rekey"."rk_00000000_4_last"() THEN ("rekey"."rk_00000000_4_uuids"())[("dashboard_id" - "rekey"."rk_00000000_4_first"())::int + 1] ELSE ("rekey"."rk_00000000_4_ids"())[width_bucket("dashboard_id"::bigint, "rekey"."rk_00000000_4_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_4_new"("dashboard_id")),
  ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();

-- Step 21 of 48: Convert public.dashboard_snapshots
ALTER TABLE ONLY "public"."dashboard_snapshots"
  ALTER COLUMN "id" DROP DEFAULT,
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_2_first"() AND "rekey"."rk_00000000_2_last"() THEN ("rekey"."rk_00000000_2_uuids"())[("id" - "rekey"."rk_00000000_2_first"())::int + 1] ELSE ("rekey"."rk_00000000_2_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_2_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_2_new"("id")),
  ALTER COLUMN "dashboard_id" TYPE uuid USING coalesce(nullif(CASE WHEN "dashboard_id" BETWEEN "rekey"."rk_00000000_4_first"() AND "rekey"."rk_00000000_4_last"() THEN ("rekey"."rk_00000000_4_uuids"())[("dashboard_id" - "rekey"."rk_00000000_4_first"())::int + 1] ELSE ("rekey"."rk_00000000_4_ids"())[width_bucket("dashboard_id"::bigint, "rekey"."rk_00000000_4_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_4_new"("dashboard_id")),
  ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();

-- Step 22 of 48: Convert public.dashboard_widgets
ALTER TABLE ONLY "public"."dashboard_widgets"
  ALTER COLUMN "id" DROP DEFAULT,
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_3_first"() AND "rekey"."rk_00000000_3_last"() THEN ("rekey"."rk_00000000_3_uuids"())[("id" - "rekey"."rk_00000000_3_first"())::int + 1] ELSE ("rekey"."rk_00000000_3_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_3_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_3_new"("id")),
  ALTER COLUMN "page_id" TYPE uuid USING coalesce(nullif(CASE WHEN "page_id" BETWEEN "rekey"."rk_00000000_0_first"() AND "rekey"."rk_00000000_0_last"() THEN ("rekey"."rk_00000000_0_uuids"())[("page_id" - "rekey"."rk_00000000_0_first"())::int + 1] ELSE ("rekey"."rk_00000000_0_ids"())[width_bucket("page_id"::bigint, "rekey"."rk_00000000_0_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_0_new"("page_id")),
  ALTER COLUMN "report_definition_id" TYPE uuid USING coalesce(nullif(CASE WHEN "report_definition_id" BETWEEN "rekey"."rk_00000000_6_first"() AND "rekey"."rk_00000000_6_last"() THEN ("rekey"."rk_00000000_6_uuids"())[("report_definition_id" - "rekey"."rk_00000000_6_first"())::int + 1] ELSE ("rekey"."rk_00000000_6_ids"())[width_bucket("report_definition_id"::bigint, "rekey"."rk_00000000_6_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_6_new"("report_definition_id")),
  ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();

-- Step 23 of 48: Convert public.dashboards
ALTER TABLE ONLY "public"."dashboards"
  ALTER COLUMN "id" DROP DEFAULT,
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_4_first"() AND "rekey"."rk_00000000_4_last"() THEN ("rekey"."rk_00000000_4_uuids"())[("id" - "rekey"."rk_00000000_4_first"())::int + 1] ELSE ("rekey"."rk_00000000_4_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_4_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_4_new"("id")),
  ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();

-- Step 24 of 48: Convert public.report_cache
ALTER TABLE ONLY "public"."report_cache"
  ALTER COLUMN "id" DROP DEFAULT,
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_5_first"() AND "rekey"."rk_00000000_5_last"() THEN ("rekey"."rk_00000000_5_uuids"())[("id" - "rekey"."rk_00000000_5_first"())::int + 1] ELSE ("rekey"."rk_00000000_5_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_5_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_5_new"("id")),
  ALTER COLUMN "report_definition_id" TYPE uuid USING coalesce(nullif(CASE WHEN "report_definition_id" BETWEEN "rekey"."rk_00000000_6_first"() AND "rekey"."rk_00000000_6_last"() THEN ("rekey"."rk_00000000_6_uuids"())[("report_definition_id" - "rekey"."rk_00000000_6_first"())::int + 1] ELSE ("rekey"."rk_00000000_6_ids"())[width_bucket("report_definition_id"::bigint, "rekey"."rk_00000000_6_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_6_new"("report_definition_id")),
  ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();

-- Step 25 of 48: Convert public.report_definitions
ALTER TABLE ONLY "public"."report_definitions"
  ALTER COLUMN "id" DROP DEFAULT,
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_6_first"() AND "rekey"."rk_00000000_6_last"() THEN ("rekey"."rk_00000000_6_uuids"())[("id" - "rekey"."rk_00000000_6_first"())::int + 1] ELSE ("rekey"."rk_00000000_6_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_6_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_6_new"("id")),
  ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();

-- Step 26 of 48: Convert public.report_executions
ALTER TABLE ONLY "public"."report_executions"
  ALTER COLUMN "id" DROP DEFAULT,
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_7_first"() AND "rekey"."rk_00000000_7_last"() THEN ("rekey"."rk_00000000_7_uuids"())[("id" - "rekey"."rk_00000000_7_first"())::int + 1] ELSE ("rekey"."rk_00000000_7_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_7_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_7_new"("id")),
  ALTER COLUMN "report_definition_id" TYPE uuid USING coalesce(nullif(CASE WHEN "report_definition_id" BETWEEN "rekey"."rk_00000000_6_first"() AND "rekey"."rk_00000000_6_last"() THEN ("rekey"."rk_00000000_6_uuids"())[("report_definition_id" - "rekey"."rk_00000000_6_first"())::int + 1] ELSE ("rekey"."rk_00000000_6_ids"())[width_bucket("report_definition_id"::bigint, "rekey"."rk_00000000_6_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_6_new"("report_definition_id")),
  ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();

-- Step 27 of 48: Convert public.report_schedules
ALTER TABLE ONLY "public"."report_schedules"
  ALTER COLUMN "id" DROP DEFAULT,
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_8_first"() AND "rekey"."rk_00000000_8_last"() THEN ("rekey"."rk_00000000_8_uuids"())[("id" - "rekey"."rk_00000000_8_first"())::int + 1] ELSE ("rekey"."rk_00000000_8_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_8_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_8_new"("id")),
  ALTER COLUMN "report_definition_id" TYPE uuid USING coalesce(nullif(CASE WHEN "report_definition_id" BETWEEN "rekey"."rk_00000000_6_first"() AND "rekey"."rk_00000000_6_last"() THEN ("rekey"."rk_00000000_6_uuids"())[("report_definition_id" - "rekey"."rk_00000000_6_first"())::int + 1] ELSE ("rekey"."rk_00000000_6_ids"())[width_bucket("report_definition_id"::bigint, "rekey"."rk_00000000_6_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_6_new"("report_definition_id")),
  ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();

-- Step 28 of 48: Convert public.report_templates
ALTER TABLE ONLY "public"."report_templates"
  ALTER COLUMN "id" DROP DEFAULT,
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_9_first"() AND "rekey"."rk_00000000_9_last"() THEN ("rekey"."rk_00000000_9_uuids"())[("id" - "rekey"."rk_00000000_9_first"())::int + 1] ELSE ("rekey"."rk_00000000_9_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_9_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_9_new"("id")),
  ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();

-- Step 29 of 48: Convert public.scheduler_configs
ALTER TABLE ONLY "public"."scheduler_configs"
  ALTER COLUMN "id" DROP DEFAULT,
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_10_first"() AND "rekey"."rk_00000000_10_last"() THEN ("rekey"."rk_00000000_10_uuids"())[("id" - "rekey"."rk_00000000_10_first"())::int + 1] ELSE ("rekey"."rk_00000000_10_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_10_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_10_new"("id")),
  ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();

-- Step 30 of 48: Convert public.scheduler_job_executions
ALTER TABLE ONLY "public"."scheduler_job_executions"
  ALTER COLUMN "id" DROP DEFAULT,
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_11_first"() AND "rekey"."rk_00000000_11_last"() THEN ("rekey"."rk_00000000_11_uuids"())[("id" - "rekey"."rk_00000000_11_first"())::int + 1] ELSE ("rekey"."rk_00000000_11_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_11_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_11_new"("id")),
  ALTER COLUMN "job_id" TYPE uuid USING coalesce(nullif(CASE WHEN "job_id" BETWEEN "rekey"."rk_00000000_13_first"() AND "rekey"."rk_00000000_13_last"() THEN ("rekey"."rk_00000000_13_uuids"())[("job_id" - "rekey"."rk_00000000_13_first"())::int + 1] ELSE ("rekey"."rk_00000000_13_ids"())[width_bucket("job_id"::bigint, "rekey"."rk_00000000_13_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_13_new"("job_id")),
  ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();

-- Step 31 of 48: Convert public.scheduler_job_logs
ALTER TABLE ONLY "public"."scheduler_job_logs"
  ALTER COLUMN "id" DROP DEFAULT,
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_12_first"() AND "rekey"."rk_00000000_12_last"() THEN ("rekey"."rk_00000000_12_uuids"())[("id" - "rekey"."rk_00000000_12_first"())::int + 1] ELSE ("rekey"."rk_00000000_12_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_12_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_12_new"("id")),
  ALTER COLUMN "execution_id" TYPE uuid USING coalesce(nullif(CASE WHEN "execution_id" BETWEEN "rekey"."rk_00000000_11_first"() AND "rekey"."rk_00000000_11_last"() THEN ("rekey"."rk_00000000_11_uuids"())[("execution_id" - "rekey"."rk_00000000_11_first"())::int + 1] ELSE ("rekey"."rk_00000000_11_ids"())[width_bucket("execution_id"::bigint, "rekey"."rk_00000000_11_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_11_new"("execution_id")),
  ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();

-- Step 32 of 48: Convert public.scheduler_jobs
ALTER TABLE ONLY "public"."scheduler_jobs"
  ALTER COLUMN "id" DROP DEFAULT,
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_13_first"() AND "rekey"."rk_00000000_13_last"() THEN ("rekey"."rk_00000000_13_uuids"())[("id" - "rekey"."rk_00000000_13_first"())::int + 1] ELSE ("rekey"."rk_00000000_13_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_13_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_13_new"("id")),
  ALTER COLUMN "config_id" TYPE uuid USING coalesce(nullif(CASE WHEN "config_id" BETWEEN "rekey"."rk_00000000_10_first"() AND "rekey"."rk_00000000_10_last"() THEN ("rekey"."rk_00000000_10_uuids"())[("config_id" - "rekey"."rk_00000000_10_first"())::int + 1] ELSE ("rekey"."rk_00000000_10_ids"())[width_bucket("config_id"::bigint, "rekey"."rk_00000000_10_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_10_new"("config_id")),
  ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();

-- Step 33 of 48: Convert public.widget_data_cache
ALTER TABLE ONLY "public"."widget_data_cache"
  ALTER COLUMN "id" DROP DEFAULT,
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_14_first"() AND "rekey"."rk_00000000_14_last"() THEN ("rekey"."rk_00000000_14_uuids"())[("id" - "rekey"."rk_00000000_14_first"())::int + 1] ELSE ("rekey"."rk_00000000_14_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_14_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_14_new"("id")),
  ALTER COLUMN "widget_id" TYPE uuid USING coalesce(nullif(CASE WHEN "widget_id" BETWEEN "rekey"."rk_00000000_3_first"() AND "rekey"."rk_00000000_3_last"() THEN ("rekey"."rk_00000000_3_uuids"())[("widget_id" - "rekey"."rk_00000000_3_first"())::int + 1] ELSE ("rekey"."rk_00000000_3_ids"())[width_bucket("widget_id"::bigint, "rekey"."rk_00000000_3_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_3_new"("widget_id")),
  ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();

-- Step 34 of 48: Put the references of public.dashboard_pages back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."dashboards"'::regclass);
ALTER TABLE ONLY "public"."dashboard_pages" ADD CONSTRAINT "fk_dashboard__dashboard_id_1dc6" FOREIGN KEY (dashboard_id) REFERENCES public.dashboards(id) ON DELETE CASCADE;
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 35 of 48: Put the references of public.dashboard_shares back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."dashboards"'::regclass);
ALTER TABLE ONLY "public"."dashboard_shares" ADD CONSTRAINT "fk_dashboard__dashboard_id_dba" FOREIGN KEY (dashboard_id) REFERENCES public.dashboards(id) ON DELETE CASCADE;
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 36 of 48: Put the references of public.dashboard_snapshots back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."dashboards"'::regclass);
ALTER TABLE ONLY "public"."dashboard_snapshots" ADD CONSTRAINT "fk_dashboard__dashboard_id_5b4" FOREIGN KEY (dashboard_id) REFERENCES public.dashboards(id);
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 37 of 48: Put the references of public.dashboard_widgets back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."dashboard_pages"'::regclass, '"public"."report_definitions"'::regclass);
ALTER TABLE ONLY "public"."dashboard_widgets" ADD CONSTRAINT "fk_dashboard__page_id_15c0" FOREIGN KEY (page_id) REFERENCES public.dashboard_pages(id) ON DELETE CASCADE;
ALTER TABLE ONLY "public"."dashboard_widgets" ADD CONSTRAINT "fk_dashboard__report_definition_id_15c0" FOREIGN KEY (report_definition_id) REFERENCES public.report_definitions(id) ON DELETE SET NULL;
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 38 of 48: Put the references of public.report_cache back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."report_definitions"'::regclass);
ALTER TABLE ONLY "public"."report_cache" ADD CONSTRAINT "fk_report_cac_report_definition_id_6dd" FOREIGN KEY (report_definition_id) REFERENCES public.report_definitions(id) ON DELETE CASCADE;
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 39 of 48: Put the references of public.report_executions back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."report_definitions"'::regclass);
ALTER TABLE ONLY "public"."report_executions" ADD CONSTRAINT "fk_report_exe_report_definition_id_1eef" FOREIGN KEY (report_definition_id) REFERENCES public.report_definitions(id) ON DELETE CASCADE;
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 40 of 48: Put the references of public.report_schedules back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."report_definitions"'::regclass);
ALTER TABLE ONLY "public"."report_schedules" ADD CONSTRAINT "fk_report_sch_report_definition_id_16e9" FOREIGN KEY (report_definition_id) REFERENCES public.report_definitions(id);
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 41 of 48: Put the references of public.scheduler_job_executions back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."scheduler_jobs"'::regclass);
ALTER TABLE ONLY "public"."scheduler_job_executions" ADD CONSTRAINT "fk_scheduler__job_id_c91" FOREIGN KEY (job_id) REFERENCES public.scheduler_jobs(id) ON DELETE CASCADE;
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 42 of 48: Put the references of public.scheduler_job_logs back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."scheduler_job_executions"'::regclass);
ALTER TABLE ONLY "public"."scheduler_job_logs" ADD CONSTRAINT "fk_scheduler__execution_id_48b" FOREIGN KEY (execution_id) REFERENCES public.scheduler_job_executions(id) ON DELETE CASCADE;
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 43 of 48: Put the references of public.scheduler_jobs back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."scheduler_configs"'::regclass);
ALTER TABLE ONLY "public"."scheduler_jobs" ADD CONSTRAINT "fk_scheduler__config_id_1497" FOREIGN KEY (config_id) REFERENCES public.scheduler_configs(id);
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 44 of 48: Put the references of public.widget_data_cache back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."dashboard_widgets"'::regclass);
ALTER TABLE ONLY "public"."widget_data_cache" ADD CONSTRAINT "fk_widget_dat_widget_id_24a3" FOREIGN KEY (widget_id) REFERENCES public.dashboard_widgets(id) ON DELETE CASCADE;
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 45 of 48: Put views and what else stood on the columns back
CREATE VIEW "public"."failed_jobs" AS
SELECT j.id,
    j.name,
    e.id AS execution_id,
    e.created_at
   FROM (public.scheduler_jobs j
     JOIN public.scheduler_job_executions e ON ((e.job_id = j.id)))
  WHERE (NOT e.is_active);
ALTER VIEW "public"."failed_jobs" OWNER TO "postgres";

-- Step 46 of 48: Renew the planner's statistics
ANALYZE "public"."dashboard_pages";
ANALYZE "public"."dashboard_shares";
ANALYZE "public"."dashboard_snapshots";
ANALYZE "public"."dashboard_widgets";
ANALYZE "public"."dashboards";
ANALYZE "public"."report_cache";
ANALYZE "public"."report_definitions";
ANALYZE "public"."report_executions";
ANALYZE "public"."report_schedules";
ANALYZE "public"."report_templates";
ANALYZE "public"."scheduler_configs";
ANALYZE "public"."scheduler_job_executions";
ANALYZE "public"."scheduler_job_logs";
ANALYZE "public"."scheduler_jobs";
ANALYZE "public"."widget_data_cache";

-- Step 47 of 48: Remove what only the run needed
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
DROP FUNCTION "rekey"."rk_00000000_3_new"(bigint);
DROP FUNCTION "rekey"."rk_00000000_3_first"();
DROP FUNCTION "rekey"."rk_00000000_3_last"();
DROP FUNCTION "rekey"."rk_00000000_3_uuids"();
DROP FUNCTION "rekey"."rk_00000000_3_points"();
DROP FUNCTION "rekey"."rk_00000000_3_ids"();
DROP FUNCTION "rekey"."rk_00000000_4_new"(bigint);
DROP FUNCTION "rekey"."rk_00000000_4_first"();
DROP FUNCTION "rekey"."rk_00000000_4_last"();
DROP FUNCTION "rekey"."rk_00000000_4_uuids"();
DROP FUNCTION "rekey"."rk_00000000_4_points"();
DROP FUNCTION "rekey"."rk_00000000_4_ids"();
DROP FUNCTION "rekey"."rk_00000000_5_new"(bigint);
DROP FUNCTION "rekey"."rk_00000000_5_first"();
DROP FUNCTION "rekey"."rk_00000000_5_last"();
DROP FUNCTION "rekey"."rk_00000000_5_uuids"();
DROP FUNCTION "rekey"."rk_00000000_5_points"();
DROP FUNCTION "rekey"."rk_00000000_5_ids"();
DROP FUNCTION "rekey"."rk_00000000_6_new"(bigint);
DROP FUNCTION "rekey"."rk_00000000_6_first"();
DROP FUNCTION "rekey"."rk_00000000_6_last"();
DROP FUNCTION "rekey"."rk_00000000_6_uuids"();
DROP FUNCTION "rekey"."rk_00000000_6_points"();
DROP FUNCTION "rekey"."rk_00000000_6_ids"();
DROP FUNCTION "rekey"."rk_00000000_7_new"(bigint);
DROP FUNCTION "rekey"."rk_00000000_7_first"();
DROP FUNCTION "rekey"."rk_00000000_7_last"();
DROP FUNCTION "rekey"."rk_00000000_7_uuids"();
DROP FUNCTION "rekey"."rk_00000000_7_points"();
DROP FUNCTION "rekey"."rk_00000000_7_ids"();
DROP FUNCTION "rekey"."rk_00000000_8_new"(bigint);
DROP FUNCTION "rekey"."rk_00000000_8_first"();
DROP FUNCTION "rekey"."rk_00000000_8_last"();
DROP FUNCTION "rekey"."rk_00000000_8_uuids"();
DROP FUNCTION "rekey"."rk_00000000_8_points"();
DROP FUNCTION "rekey"."rk_00000000_8_ids"();
DROP FUNCTION "rekey"."rk_00000000_9_new"(bigint);
DROP FUNCTION "rekey"."rk_00000000_9_first"();
DROP FUNCTION "rekey"."rk_00000000_9_last"();
DROP FUNCTION "rekey"."rk_00000000_9_uuids"();
DROP FUNCTION "rekey"."rk_00000000_9_points"();
DROP FUNCTION "rekey"."rk_00000000_9_ids"();
DROP FUNCTION "rekey"."rk_00000000_10_new"(bigint);
DROP FUNCTION "rekey"."rk_00000000_10_first"();
DROP FUNCTION "rekey"."rk_00000000_10_last"();
DROP FUNCTION "rekey"."rk_00000000_10_uuids"();
DROP FUNCTION "rekey"."rk_00000000_10_points"();
DROP FUNCTION "rekey"."rk_00000000_10_ids"();
DROP FUNCTION "rekey"."rk_00000000_11_new"(bigint);
DROP FUNCTION "rekey"."rk_00000000_11_first"();
DROP FUNCTION "rekey"."rk_00000000_11_last"();
DROP FUNCTION "rekey"."rk_00000000_11_uuids"();
DROP FUNCTION "rekey"."rk_00000000_11_points"();
DROP FUNCTION "rekey"."rk_00000000_11_ids"();
DROP FUNCTION "rekey"."rk_00000000_12_new"(bigint);
DROP FUNCTION "rekey"."rk_00000000_12_first"();
DROP FUNCTION "rekey"."rk_00000000_12_last"();
DROP FUNCTION "rekey"."rk_00000000_12_uuids"();
DROP FUNCTION "rekey"."rk_00000000_12_points"();
DROP FUNCTION "rekey"."rk_00000000_12_ids"();
DROP FUNCTION "rekey"."rk_00000000_13_new"(bigint);
DROP FUNCTION "rekey"."rk_00000000_13_first"();
DROP FUNCTION "rekey"."rk_00000000_13_last"();
DROP FUNCTION "rekey"."rk_00000000_13_uuids"();
DROP FUNCTION "rekey"."rk_00000000_13_points"();
DROP FUNCTION "rekey"."rk_00000000_13_ids"();
DROP FUNCTION "rekey"."rk_00000000_14_new"(bigint);
DROP FUNCTION "rekey"."rk_00000000_14_first"();
DROP FUNCTION "rekey"."rk_00000000_14_last"();
DROP FUNCTION "rekey"."rk_00000000_14_uuids"();
DROP FUNCTION "rekey"."rk_00000000_14_points"();
DROP FUNCTION "rekey"."rk_00000000_14_ids"();
SET LOCAL parallel_leader_participation = on;
SELECT set_config('work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 96 / 1024))::int::text, true) FROM pg_class c WHERE c.relnamespace = '"rekey"'::regnamespace AND c.relname ~ '^rk_00000000_[0-9]+$';

-- Step 48 of 48: Write the journal
CREATE SCHEMA IF NOT EXISTS "rekey";
CREATE TABLE IF NOT EXISTS "rekey"."run" ("number" bigint GENERATED ALWAYS AS IDENTITY, "id" text PRIMARY KEY, "plan_fingerprint" text NOT NULL, "state" text NOT NULL, "tool_version" text NOT NULL, "started" text NOT NULL, "plan" text NOT NULL, "before" text NOT NULL, "record" text NOT NULL);
INSERT INTO "rekey"."run" ("id", "plan_fingerprint", "state", "tool_version", "started", "plan", "before", "record") VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

