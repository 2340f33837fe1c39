-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- PostgreSQL database sc_inferred_without_index

-- Step 1 of 16: Lock the tables
LOCK TABLE ONLY "public"."author", ONLY "public"."book", ONLY "public"."note", ONLY "public"."shelf" IN ACCESS EXCLUSIVE MODE;

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

-- Step 3 of 16: Give every id of public.author.id its UUID
CREATE TABLE "rekey"."rk_00000000_0" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM ONLY "public"."author") + (SELECT count("author_id") FROM ONLY "public"."book") + (SELECT count("author_id") FROM ONLY "public"."note") + (SELECT count("author_id") FROM ONLY "public"."shelf"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || set_bit(set_bit(CASE WHEN k.n <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((k.n) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(k.n)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id FROM (
SELECT o.old_id, o.n, (s.ms + 1) * 4096 - count(*) OVER () + o.n - 1 AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n FROM (
SELECT w.old_id FROM (
SELECT "id"::bigint AS old_id FROM ONLY "public"."author"
UNION
SELECT "author_id"::bigint AS old_id FROM ONLY "public"."book"
UNION
SELECT "author_id"::bigint AS old_id FROM ONLY "public"."note"
UNION
SELECT "author_id"::bigint AS old_id FROM ONLY "public"."shelf"
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

-- Step 4 of 16: Give every id of public.book.id its UUID
CREATE TABLE "rekey"."rk_00000000_1" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, CASE WHEN r.high::numeric - r.low < 4 * r.ids + 1000 THEN least(r.high - r.low + 1, 16000000) END AS drawn, r.low, r.high
FROM (SELECT min(t."id")::bigint AS low, max(t."id")::bigint AS high, count(t."id") AS ids FROM ONLY "public"."book" t) r)
SELECT t.id::bigint AS old_id, encode(int8send((((t.id - (SELECT s.high FROM start s) + (SELECT (s.ms + 1) * 4096 - 1 FROM start s)) >> 12) << 16) | 28672 | ((t.id - (SELECT s.high FROM start s) + (SELECT (s.ms + 1) * 4096 - 1 FROM start s)) & 4095)) || set_bit(set_bit(CASE WHEN t.id - (SELECT s.low FROM start s) + 1 <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((t.id - (SELECT s.low FROM start s) + 1) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(t.id - (SELECT s.low FROM start s) + 1)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id
FROM (SELECT t."id" AS id FROM ONLY "public"."book" t WHERE t."id" IS NOT NULL OFFSET '0') t WHERE (SELECT s.drawn FROM start s) > 0;
INSERT INTO "rekey"."rk_00000000_1" (old_id, new_id)
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM ONLY "public"."book"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || set_bit(set_bit(CASE WHEN k.n <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((k.n) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(k.n)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id FROM (
SELECT o.old_id, o.n, (s.ms + 1) * 4096 - count(*) OVER () + o.n - 1 AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n FROM (
SELECT t."id" AS old_id FROM ONLY "public"."book" t WHERE t."id" IS NOT NULL AND NOT EXISTS (SELECT FROM "rekey"."rk_00000000_1")
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

-- Step 5 of 16: Give every id of public.note.id its UUID
CREATE TABLE "rekey"."rk_00000000_2" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, CASE WHEN r.high::numeric - r.low < 4 * r.ids + 1000 THEN least(r.high - r.low + 1, 16000000) END AS drawn, r.low, r.high
FROM (SELECT min(t."id")::bigint AS low, max(t."id")::bigint AS high, count(t."id") AS ids FROM ONLY "public"."note" t) r)
SELECT t.id::bigint AS old_id, encode(int8send((((t.id - (SELECT s.high FROM start s) + (SELECT (s.ms + 1) * 4096 - 1 FROM start s)) >> 12) << 16) | 28672 | ((t.id - (SELECT s.high FROM start s) + (SELECT (s.ms + 1) * 4096 - 1 FROM start s)) & 4095)) || set_bit(set_bit(CASE WHEN t.id - (SELECT s.low FROM start s) + 1 <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((t.id - (SELECT s.low FROM start s) + 1) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(t.id - (SELECT s.low FROM start s) + 1)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id
FROM (SELECT t."id" AS id FROM ONLY "public"."note" t WHERE t."id" IS NOT NULL OFFSET '0') t WHERE (SELECT s.drawn FROM start s) > 0;
INSERT INTO "rekey"."rk_00000000_2" (old_id, new_id)
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM ONLY "public"."note"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || set_bit(set_bit(CASE WHEN k.n <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((k.n) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(k.n)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id FROM (
SELECT o.old_id, o.n, (s.ms + 1) * 4096 - count(*) OVER () + o.n - 1 AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n FROM (
SELECT t."id" AS old_id FROM ONLY "public"."note" t WHERE t."id" IS NOT NULL AND NOT EXISTS (SELECT FROM "rekey"."rk_00000000_2")
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

-- Step 6 of 16: Give every id of public.shelf.id its UUID
CREATE TABLE "rekey"."rk_00000000_3" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, CASE WHEN r.high::numeric - r.low < 4 * r.ids + 1000 THEN least(r.high - r.low + 1, 16000000) END AS drawn, r.low, r.high
FROM (SELECT min(t."id")::bigint AS low, max(t."id")::bigint AS high, count(t."id") AS ids FROM ONLY "public"."shelf" t) r)
SELECT t.id::bigint AS old_id, encode(int8send((((t.id - (SELECT s.high FROM start s) + (SELECT (s.ms + 1) * 4096 - 1 FROM start s)) >> 12) << 16) | 28672 | ((t.id - (SELECT s.high FROM start s) + (SELECT (s.ms + 1) * 4096 - 1 FROM start s)) & 4095)) || set_bit(set_bit(CASE WHEN t.id - (SELECT s.low FROM start s) + 1 <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((t.id - (SELECT s.low FROM start s) + 1) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(t.id - (SELECT s.low FROM start s) + 1)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id
FROM (SELECT t."id" AS id FROM ONLY "public"."shelf" t WHERE t."id" IS NOT NULL OFFSET '0') t WHERE (SELECT s.drawn FROM start s) > 0;
INSERT INTO "rekey"."rk_00000000_3" (old_id, new_id)
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM ONLY "public"."shelf"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || set_bit(set_bit(CASE WHEN k.n <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((k.n) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(k.n)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id FROM (
SELECT o.old_id, o.n, (s.ms + 1) * 4096 - count(*) OVER () + o.n - 1 AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n FROM (
SELECT t."id" AS old_id FROM ONLY "public"."shelf" t WHERE t."id" IS NOT NULL AND NOT EXISTS (SELECT FROM "rekey"."rk_00000000_3")
) v) o
) k ORDER BY k.old_id;
ALTER TABLE "rekey"."rk_00000000_3" ALTER COLUMN old_id SET STATISTICS 10, ALTER COLUMN new_id SET STATISTICS 10, ALTER COLUMN new_id SET NOT NULL, ADD PRIMARY KEY (old_id);
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

-- Step 7 of 16: Take away foreign keys, views and what else stands on the columns

-- Step 8 of 16: Convert public.author
ALTER TABLE ONLY "public"."author"
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_0_first"() AND "rekey"."rk_00000000_0_last"() THEN ("rekey"."rk_00000000_0_uuids"())[("id" - "rekey"."rk_00000000_0_first"())::int + 1] ELSE ("rekey"."rk_00000000_0_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_0_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_0_new"("id"));

-- Step 9 of 16: Convert public.book
ALTER TABLE ONLY "public"."book"
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("id" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("id")),
  ALTER COLUMN "author_id" TYPE uuid USING coalesce(nullif(CASE WHEN "author_id" BETWEEN "rekey"."rk_00000000_0_first"() AND "rekey"."rk_00000000_0_last"() THEN ("rekey"."rk_00000000_0_uuids"())[("author_id" - "rekey"."rk_00000000_0_first"())::int + 1] ELSE ("rekey"."rk_00000000_0_ids"())[width_bucket("author_id"::bigint, "rekey"."rk_00000000_0_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_0_new"("author_id"));

-- Step 10 of 16: Convert public.note
ALTER TABLE ONLY "public"."note"
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_2_first"() AND "rekey"."rk_00000000_2_last"() THEN ("rekey"."rk_00000000_2_uuids"())[("id" - "rekey"."rk_00000000_2_first"())::int + 1] ELSE ("rekey"."rk_00000000_2_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_2_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_2_new"("id")),
  ALTER COLUMN "author_id" TYPE uuid USING coalesce(nullif(CASE WHEN "author_id" BETWEEN "rekey"."rk_00000000_0_first"() AND "rekey"."rk_00000000_0_last"() THEN ("rekey"."rk_00000000_0_uuids"())[("author_id" - "rekey"."rk_00000000_0_first"())::int + 1] ELSE ("rekey"."rk_00000000_0_ids"())[width_bucket("author_id"::bigint, "rekey"."rk_00000000_0_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_0_new"("author_id"));

-- Step 11 of 16: Convert public.shelf
ALTER TABLE ONLY "public"."shelf"
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_3_first"() AND "rekey"."rk_00000000_3_last"() THEN ("rekey"."rk_00000000_3_uuids"())[("id" - "rekey"."rk_00000000_3_first"())::int + 1] ELSE ("rekey"."rk_00000000_3_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_3_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_3_new"("id")),
  ALTER COLUMN "author_id" TYPE uuid USING coalesce(nullif(CASE WHEN "author_id" BETWEEN "rekey"."rk_00000000_0_first"() AND "rekey"."rk_00000000_0_last"() THEN ("rekey"."rk_00000000_0_uuids"())[("author_id" - "rekey"."rk_00000000_0_first"())::int + 1] ELSE ("rekey"."rk_00000000_0_ids"())[width_bucket("author_id"::bigint, "rekey"."rk_00000000_0_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_0_new"("author_id"));

-- Step 12 of 16: Make the indexes that references lacked
CREATE INDEX "ix_book_author_id_1" ON "public"."book" ("author_id");

-- Step 13 of 16: Put views and what else stood on the columns back

-- Step 14 of 16: Renew the planner's statistics
ANALYZE "public"."author";
ANALYZE "public"."book";
ANALYZE "public"."note";
ANALYZE "public"."shelf";

-- Step 15 of 16: Remove what only the run needed
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
SET LOCAL parallel_leader_participation = on;
SELECT set_config('work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 96 / 1024))::int::text, true) FROM pg_class c WHERE c.relnamespace = '"rekey"'::regnamespace AND c.relname ~ '^rk_00000000_[0-9]+$';

-- Step 16 of 16: Write the journal
CREATE SCHEMA IF NOT EXISTS "rekey";
CREATE TABLE IF NOT EXISTS "rekey"."run" ("number" bigint GENERATED ALWAYS AS IDENTITY, "id" text PRIMARY KEY, "plan_fingerprint" text NOT NULL, "state" text NOT NULL, "tool_version" text NOT NULL, "started" text NOT NULL, "plan" text NOT NULL, "before" text NOT NULL, "record" text NOT NULL);
INSERT INTO "rekey"."run" ("id", "plan_fingerprint", "state", "tool_version", "started", "plan", "before", "record") VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

