-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- PostgreSQL database sc_partitioned_by_hash

-- Step 1 of 18: Lock the tables
LOCK TABLE ONLY "public"."Papers other", ONLY "public"."later", ONLY "public"."pages", ONLY "public"."pages_high", ONLY "public"."pages_low", ONLY "public"."papers", ONLY "public"."papers_a", ONLY "public"."papers_m", ONLY "public"."people", ONLY "public"."people_0", ONLY "public"."people_1", ONLY "public"."people_2" IN ACCESS EXCLUSIVE MODE;

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
CREATE TABLE "rekey"."rk_00000000_3" (sequence text PRIMARY KEY, last_value bigint NOT NULL, is_called boolean NOT NULL);

-- Step 3 of 18: Give every id of public.later.id its UUID
CREATE TABLE "rekey"."rk_00000000_0" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM "public"."later"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || set_bit(set_bit(CASE WHEN k.n <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((k.n) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(k.n)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id FROM (
SELECT o.old_id, o.n, (s.ms + 1) * 4096 - count(*) OVER () + o.n - 1 AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n FROM (
SELECT w.old_id FROM (
SELECT DISTINCT "id"::bigint AS old_id FROM "public"."later"
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

-- Step 4 of 18: Give every id of public.papers.id its UUID
CREATE TABLE "rekey"."rk_00000000_1" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM "public"."papers") + (SELECT count("paper") FROM "public"."pages"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || set_bit(set_bit(CASE WHEN k.n <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((k.n) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(k.n)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id FROM (
SELECT o.old_id, o.n, (s.ms + 1) * 4096 - count(*) OVER () + o.n - 1 AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n FROM (
SELECT w.old_id FROM (
SELECT "id"::bigint AS old_id FROM "public"."papers"
UNION
SELECT "paper"::bigint AS old_id FROM "public"."pages"
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

-- Step 5 of 18: Give every id of public.people.id its UUID
CREATE TABLE "rekey"."rk_00000000_2" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM "public"."people") + (SELECT count("author") FROM "public"."later") + (SELECT count("author") FROM "public"."papers") + (SELECT count("boss") FROM "public"."people"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || set_bit(set_bit(CASE WHEN k.n <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((k.n) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(k.n)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id FROM (
SELECT o.old_id, o.n, (s.ms + 1) * 4096 - count(*) OVER () + o.n - 1 AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n FROM (
SELECT w.old_id FROM (
SELECT "id"::bigint AS old_id FROM "public"."people"
UNION
SELECT "author"::bigint AS old_id FROM "public"."later"
UNION
SELECT "author"::bigint AS old_id FROM "public"."papers"
UNION
SELECT "boss"::bigint AS old_id FROM "public"."people"
) w WHERE w.old_id IS NOT NULL
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

-- Step 6 of 18: Take away foreign keys, views and what else stands on the columns
ALTER TABLE "public"."later" DROP CONSTRAINT "later_tenant_author_fkey";
ALTER TABLE "public"."pages" DROP CONSTRAINT "pages_paper_kind_paper_fkey";
ALTER TABLE "public"."papers" DROP CONSTRAINT "papers_tenant_author_fkey";
ALTER TABLE "public"."people" DROP CONSTRAINT "people_boss";

-- Step 7 of 18: Convert public.later
ALTER TABLE "public"."later" DROP CONSTRAINT "later_pkey";
ALTER TABLE ONLY "public"."later"
  ALTER COLUMN "id" DROP DEFAULT,
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_0_first"() AND "rekey"."rk_00000000_0_last"() THEN ("rekey"."rk_00000000_0_uuids"())[("id" - "rekey"."rk_00000000_0_first"())::int + 1] ELSE ("rekey"."rk_00000000_0_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_0_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_0_new"("id")),
  ALTER COLUMN "author" TYPE uuid USING coalesce(nullif(CASE WHEN "author" BETWEEN "rekey"."rk_00000000_2_first"() AND "rekey"."rk_00000000_2_last"() THEN ("rekey"."rk_00000000_2_uuids"())[("author" - "rekey"."rk_00000000_2_first"())::int + 1] ELSE ("rekey"."rk_00000000_2_ids"())[width_bucket("author"::bigint, "rekey"."rk_00000000_2_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_2_new"("author")),
  ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();
ALTER TABLE ONLY "public"."later" ADD CONSTRAINT "later_pkey" PRIMARY KEY (at, id);

-- Step 8 of 18: Convert public.pages
ALTER TABLE "public"."pages" DROP CONSTRAINT "pages_pkey";
ALTER TABLE "public"."pages"
  ALTER COLUMN "paper" TYPE uuid USING coalesce(nullif(CASE WHEN "paper" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("paper" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("paper"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("paper"));
ALTER TABLE ONLY "public"."pages_high" ADD CONSTRAINT "pages_high_pkey" PRIMARY KEY (paper_kind, paper, number);
ALTER TABLE ONLY "public"."pages_low" ADD CONSTRAINT "pages_low_pkey" PRIMARY KEY (paper_kind, paper, number);
ALTER TABLE ONLY "public"."pages" ADD CONSTRAINT "pages_pkey" PRIMARY KEY (paper_kind, paper, number);
ALTER INDEX "public"."pages_pkey" ATTACH PARTITION "public"."pages_high_pkey";
ALTER INDEX "public"."pages_pkey" ATTACH PARTITION "public"."pages_low_pkey";

-- Step 9 of 18: Convert public.papers
ALTER TABLE "public"."papers" DROP CONSTRAINT "papers_pkey";
ALTER TABLE ONLY "public"."papers"
  ALTER COLUMN "id" DROP DEFAULT;
ALTER TABLE ONLY "public"."Papers other" ALTER COLUMN "id" DROP DEFAULT;
ALTER TABLE ONLY "public"."papers_a" ALTER COLUMN "id" DROP DEFAULT;
ALTER TABLE ONLY "public"."papers_m" ALTER COLUMN "id" DROP DEFAULT;
ALTER TABLE "public"."papers"
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("id" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("id")),
  ALTER COLUMN "author" TYPE uuid USING coalesce(nullif(CASE WHEN "author" BETWEEN "rekey"."rk_00000000_2_first"() AND "rekey"."rk_00000000_2_last"() THEN ("rekey"."rk_00000000_2_uuids"())[("author" - "rekey"."rk_00000000_2_first"())::int + 1] ELSE ("rekey"."rk_00000000_2_ids"())[width_bucket("author"::bigint, "rekey"."rk_00000000_2_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_2_new"("author"));
ALTER TABLE ONLY "public"."papers"
  ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();
ALTER TABLE ONLY "public"."Papers other" ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();
ALTER TABLE ONLY "public"."papers_a" ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();
ALTER TABLE ONLY "public"."papers_m" ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();
ALTER TABLE ONLY "public"."papers_m" ADD CONSTRAINT "papers_m_pkey" PRIMARY KEY (kind, id);
ALTER TABLE ONLY "public"."Papers other" ADD CONSTRAINT "Papers other_pkey" PRIMARY KEY (kind, id);
ALTER INDEX "public"."Papers other_pkey" ATTACH PARTITION "public"."papers_m_pkey";
ALTER TABLE ONLY "public"."papers_a" ADD CONSTRAINT "papers_a_pkey" PRIMARY KEY (kind, id);
ALTER TABLE ONLY "public"."papers" ADD CONSTRAINT "papers_pkey" PRIMARY KEY (kind, id);
ALTER INDEX "public"."papers_pkey" ATTACH PARTITION "public"."Papers other_pkey";
ALTER INDEX "public"."papers_pkey" ATTACH PARTITION "public"."papers_a_pkey";

-- Step 10 of 18: Convert public.people
ALTER TABLE "public"."people" DROP CONSTRAINT "people_key";
INSERT INTO "rekey"."rk_00000000_3" (sequence, last_value, is_called) SELECT '"public"."people_id_seq"', s.last_value, s.is_called FROM "public"."people_id_seq" s;
ALTER TABLE "public"."people" ALTER COLUMN "id" DROP IDENTITY;
ALTER TABLE "public"."people"
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_2_first"() AND "rekey"."rk_00000000_2_last"() THEN ("rekey"."rk_00000000_2_uuids"())[("id" - "rekey"."rk_00000000_2_first"())::int + 1] ELSE ("rekey"."rk_00000000_2_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_2_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_2_new"("id")),
  ALTER COLUMN "boss" TYPE uuid USING coalesce(nullif(CASE WHEN "boss" BETWEEN "rekey"."rk_00000000_2_first"() AND "rekey"."rk_00000000_2_last"() THEN ("rekey"."rk_00000000_2_uuids"())[("boss" - "rekey"."rk_00000000_2_first"())::int + 1] ELSE ("rekey"."rk_00000000_2_ids"())[width_bucket("boss"::bigint, "rekey"."rk_00000000_2_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_2_new"("boss"));
ALTER TABLE ONLY "public"."people"
  ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();
ALTER TABLE ONLY "public"."people_0" ADD CONSTRAINT "people_0_pkey" PRIMARY KEY (tenant, id);
ALTER TABLE ONLY "public"."people_1" ADD CONSTRAINT "people_1_pkey" PRIMARY KEY (tenant, id);
ALTER TABLE ONLY "public"."people_2" ADD CONSTRAINT "people_2_pkey" PRIMARY KEY (tenant, id);
ALTER TABLE ONLY "public"."people" ADD CONSTRAINT "people_key" PRIMARY KEY (tenant, id);
ALTER INDEX "public"."people_key" ATTACH PARTITION "public"."people_0_pkey";
ALTER INDEX "public"."people_key" ATTACH PARTITION "public"."people_1_pkey";
ALTER INDEX "public"."people_key" ATTACH PARTITION "public"."people_2_pkey";

-- Step 11 of 18: Put the references of public.later back and check them
ALTER TABLE "public"."later" ADD CONSTRAINT "later_tenant_author_fkey" FOREIGN KEY (tenant, author) REFERENCES public.people(tenant, id);

-- Step 12 of 18: Put the references of public.pages back and check them
ALTER TABLE "public"."pages" ADD CONSTRAINT "pages_paper_kind_paper_fkey" FOREIGN KEY (paper_kind, paper) REFERENCES public.papers(kind, id) ON DELETE CASCADE;

-- Step 13 of 18: Put the references of public.papers back and check them
ALTER TABLE "public"."papers" ADD CONSTRAINT "papers_tenant_author_fkey" FOREIGN KEY (tenant, author) REFERENCES public.people(tenant, id) MATCH FULL ON UPDATE CASCADE ON DELETE SET NULL;

-- Step 14 of 18: Put the references of public.people back and check them
ALTER TABLE "public"."people" ADD CONSTRAINT "people_boss" FOREIGN KEY (tenant, boss) REFERENCES public.people(tenant, id);

-- Step 15 of 18: Put views and what else stood on the columns back

-- Step 16 of 18: Renew the planner's statistics
ANALYZE "public"."later";
ANALYZE "public"."pages";
ANALYZE "public"."papers";
ANALYZE "public"."people";

-- Step 17 of 18: Remove what only the run needed
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

-- Step 18 of 18: Write the journal
CREATE SCHEMA IF NOT EXISTS "rekey";
CREATE TABLE IF NOT EXISTS "rekey"."run" ("number" bigint GENERATED ALWAYS AS IDENTITY, "id" text PRIMARY KEY, "plan_fingerprint" text NOT NULL, "state" text NOT NULL, "tool_version" text NOT NULL, "started" text NOT NULL, "plan" text NOT NULL, "before" text NOT NULL, "record" text NOT NULL);
INSERT INTO "rekey"."run" ("id", "plan_fingerprint", "state", "tool_version", "started", "plan", "before", "record") VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

