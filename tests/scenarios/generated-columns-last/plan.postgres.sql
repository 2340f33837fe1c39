-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- PostgreSQL database sc_generated_columns_last

-- Step 1 of 16: Lock the tables
LOCK TABLE ONLY "public"."code", ONLY "public"."label", ONLY "public"."part" IN ACCESS EXCLUSIVE MODE;

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
GRANT USAGE ON SCHEMA "rekey" TO PUBLIC;
CREATE OR REPLACE FUNCTION "rekey"."slug"() RETURNS text LANGUAGE sql VOLATILE PARALLEL SAFE SET search_path = pg_catalog AS $rekey$
SELECT string_agg(substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + (get_byte(b.r, o.n) * 256 + get_byte(b.r, o.n + 1)) % 62, 1), '')
FROM (SELECT uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS r) b, unnest('{0,2,4,9,11,13,16,18,20,25,27}'::int[]) o(n)
$rekey$;
GRANT EXECUTE ON FUNCTION "rekey"."slug"() TO PUBLIC;

-- Step 3 of 16: Give every id of public.code.id its UUID
CREATE TABLE "rekey"."rk_00000000_0" (old_id text NOT NULL, new_id uuid NOT NULL);
INSERT INTO "rekey"."rk_00000000_0" (old_id, new_id) SELECT v.old_id, (v.old_id)::uuid FROM (SELECT "id"::text AS old_id FROM ONLY "public"."code") v WHERE v.old_id ~ E'^(\\{([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4}\\}|([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4})$' ORDER BY 2;
ALTER TABLE "rekey"."rk_00000000_0" ADD PRIMARY KEY (old_id);
ALTER TABLE "rekey"."rk_00000000_0" ADD UNIQUE (new_id);
ANALYZE "rekey"."rk_00000000_0";

-- Step 4 of 16: Give every id of public.label.id its UUID
CREATE TABLE "rekey"."rk_00000000_1" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, CASE WHEN r.high::numeric - r.low < 4 * r.ids + 1000 THEN least(r.high - r.low + 1, 16000000) END AS drawn, r.low, r.high
FROM (SELECT min(t."id")::bigint AS low, max(t."id")::bigint AS high, count(t."id") AS ids FROM ONLY "public"."label" t) r)
SELECT t.id::bigint AS old_id, encode(int8send((((t.id - (SELECT s.high FROM start s) + (SELECT (s.ms + 1) * 4096 - 1 FROM start s)) >> 12) << 16) | 28672 | ((t.id - (SELECT s.high FROM start s) + (SELECT (s.ms + 1) * 4096 - 1 FROM start s)) & 4095)) || set_bit(set_bit(CASE WHEN t.id - (SELECT s.low FROM start s) + 1 <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((t.id - (SELECT s.low FROM start s) + 1) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(t.id - (SELECT s.low FROM start s) + 1)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id
FROM (SELECT t."id" AS id FROM ONLY "public"."label" t WHERE t."id" IS NOT NULL OFFSET '0') t WHERE (SELECT s.drawn FROM start s) > 0;
INSERT INTO "rekey"."rk_00000000_1" (old_id, new_id)
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM ONLY "public"."label"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || set_bit(set_bit(CASE WHEN k.n <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((k.n) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(k.n)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id FROM (
SELECT o.old_id, o.n, (s.ms + 1) * 4096 - count(*) OVER () + o.n - 1 AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n FROM (
SELECT t."id" AS old_id FROM ONLY "public"."label" t WHERE t."id" IS NOT NULL AND NOT EXISTS (SELECT FROM "rekey"."rk_00000000_1")
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

-- Step 5 of 16: Give every id of public.part.id its UUID
CREATE TABLE "rekey"."rk_00000000_2" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, CASE WHEN r.high::numeric - r.low < 4 * r.ids + 1000 THEN least(r.high - r.low + 1, 16000000) END AS drawn, r.low, r.high
FROM (SELECT min(t."id")::bigint AS low, max(t."id")::bigint AS high, count(t."id") AS ids FROM ONLY "public"."part" t) r)
SELECT t.id::bigint AS old_id, encode(int8send((((t.id - (SELECT s.high FROM start s) + (SELECT (s.ms + 1) * 4096 - 1 FROM start s)) >> 12) << 16) | 28672 | ((t.id - (SELECT s.high FROM start s) + (SELECT (s.ms + 1) * 4096 - 1 FROM start s)) & 4095)) || set_bit(set_bit(CASE WHEN t.id - (SELECT s.low FROM start s) + 1 <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((t.id - (SELECT s.low FROM start s) + 1) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(t.id - (SELECT s.low FROM start s) + 1)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id
FROM (SELECT t."id" AS id FROM ONLY "public"."part" t WHERE t."id" IS NOT NULL OFFSET '0') t WHERE (SELECT s.drawn FROM start s) > 0;
INSERT INTO "rekey"."rk_00000000_2" (old_id, new_id)
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM ONLY "public"."part"), 16000000) AS drawn)
SELECT k.old_id::bigint AS old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || set_bit(set_bit(CASE WHEN k.n <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((k.n) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(k.n)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id FROM (
SELECT o.old_id, o.n, (s.ms + 1) * 4096 - count(*) OVER () + o.n - 1 AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n FROM (
SELECT t."id" AS old_id FROM ONLY "public"."part" t WHERE t."id" IS NOT NULL AND NOT EXISTS (SELECT FROM "rekey"."rk_00000000_2")
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

-- Step 6 of 16: Take away foreign keys, views and what else stands on the columns
DROP INDEX "public"."part_long";
DROP INDEX "public"."part_level";
DROP INDEX "public"."part alone";
DROP INDEX "public"."label_said";
ALTER TABLE ONLY "public"."part" DROP COLUMN "long";
ALTER TABLE ONLY "public"."part" DROP COLUMN "alone";
ALTER TABLE ONLY "public"."label" DROP COLUMN "said";
ALTER TABLE ONLY "public"."part" DROP COLUMN "Level ""1"".x";
ALTER TABLE ONLY "public"."label" DROP COLUMN "told";
ALTER TABLE ONLY "public"."code" DROP COLUMN "short";
ALTER TABLE ONLY "public"."label" DROP CONSTRAINT "label_part_id_fkey";
ALTER TABLE ONLY "public"."part" DROP CONSTRAINT "part_of_id_fkey";

-- Step 7 of 16: Convert public.code
ALTER TABLE ONLY "public"."code"
  ALTER COLUMN "id" TYPE uuid USING ("id"::text)::uuid;

-- Step 8 of 16: Convert public.label
ALTER TABLE ONLY "public"."label"
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_1_first"() AND "rekey"."rk_00000000_1_last"() THEN ("rekey"."rk_00000000_1_uuids"())[("id" - "rekey"."rk_00000000_1_first"())::int + 1] ELSE ("rekey"."rk_00000000_1_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_1_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("id")),
  ALTER COLUMN "part_id" TYPE uuid USING coalesce(nullif(CASE WHEN "part_id" BETWEEN "rekey"."rk_00000000_2_first"() AND "rekey"."rk_00000000_2_last"() THEN ("rekey"."rk_00000000_2_uuids"())[("part_id" - "rekey"."rk_00000000_2_first"())::int + 1] ELSE ("rekey"."rk_00000000_2_ids"())[width_bucket("part_id"::bigint, "rekey"."rk_00000000_2_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_2_new"("part_id"));

-- Step 9 of 16: Convert public.part
ALTER TABLE ONLY "public"."part"
  ALTER COLUMN "id" DROP DEFAULT,
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(CASE WHEN "id" BETWEEN "rekey"."rk_00000000_2_first"() AND "rekey"."rk_00000000_2_last"() THEN ("rekey"."rk_00000000_2_uuids"())[("id" - "rekey"."rk_00000000_2_first"())::int + 1] ELSE ("rekey"."rk_00000000_2_ids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_2_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_2_new"("id")),
  ALTER COLUMN "of_id" TYPE uuid USING coalesce(nullif(CASE WHEN "of_id" BETWEEN "rekey"."rk_00000000_2_first"() AND "rekey"."rk_00000000_2_last"() THEN ("rekey"."rk_00000000_2_uuids"())[("of_id" - "rekey"."rk_00000000_2_first"())::int + 1] ELSE ("rekey"."rk_00000000_2_ids"())[width_bucket("of_id"::bigint, "rekey"."rk_00000000_2_points"())] END, '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_2_new"("of_id")),
  ALTER COLUMN "id" SET DEFAULT rekey.uuid_v7();

-- Step 10 of 16: Put the references of public.label back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."part"'::regclass);
ALTER TABLE ONLY "public"."label" ADD CONSTRAINT "label_part_id_fkey" FOREIGN KEY (part_id) REFERENCES public.part(id) ON DELETE SET NULL;
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 11 of 16: Put the references of public.part back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."part"'::regclass);
ALTER TABLE ONLY "public"."part" ADD CONSTRAINT "part_of_id_fkey" FOREIGN KEY (of_id) REFERENCES public.part(id);
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 12 of 16: Put views and what else stood on the columns back
ALTER TABLE ONLY "public"."code" ADD COLUMN "short" text GENERATED ALWAYS AS (('c'::text || substr((id)::text, 1, 8))) STORED;
ALTER TABLE ONLY "public"."label" ADD COLUMN "told" text GENERATED ALWAYS AS (('part '::text ||
CASE
    WHEN (part_id IS NULL) THEN '-'::text
    ELSE 'x'::text
END)) STORED;
ALTER TABLE ONLY "public"."part" ADD COLUMN "Level ""1"".x" text GENERATED ALWAYS AS (
CASE
    WHEN (of_id IS NULL) THEN 'top'::text
    WHEN (id = of_id) THEN 'self'::text
    ELSE 'part'::text
END) STORED NOT NULL;
ALTER TABLE ONLY "public"."part" ALTER COLUMN "Level ""1"".x" SET STORAGE EXTERNAL;
ALTER TABLE ONLY "public"."part" ALTER COLUMN "Level ""1"".x" SET STATISTICS 77;
ALTER TABLE ONLY "public"."part" ALTER COLUMN "Level ""1"".x" SET ("n_distinct" = '-0.5', "n_distinct_inherited" = '3');
GRANT SELECT ("Level ""1"".x"), UPDATE ("Level ""1"".x") ON TABLE "public"."part" TO "generated_reader" WITH GRANT OPTION;
COMMENT ON COLUMN "public"."part"."Level ""1"".x" IS 'it''s computed';
ALTER TABLE ONLY "public"."label" ADD COLUMN "said" text GENERATED ALWAYS AS (('no. '::text || (part_id)::text)) STORED;
ALTER TABLE ONLY "public"."part" ADD COLUMN "alone" boolean GENERATED ALWAYS AS ((of_id IS NULL)) STORED;
GRANT SELECT ("alone") ON TABLE "public"."part" TO PUBLIC;
ALTER TABLE ONLY "public"."part" ADD COLUMN "long" character varying(80) COLLATE pg_catalog."C" GENERATED ALWAYS AS (((name)::text || (name)::text)) STORED;
COMMENT ON COLUMN "public"."part"."long" IS 'computed from no key';
CREATE UNIQUE INDEX label_said ON public.label USING btree (said);
CREATE INDEX "part alone" ON public.part USING btree (alone);
ALTER TABLE ONLY "public"."part" CLUSTER ON "part alone";
COMMENT ON INDEX "public"."part alone" IS 'an index''s comment';
CREATE INDEX part_level ON public.part USING btree ("Level ""1"".x" DESC, id) INCLUDE (name) WITH (fillfactor='70') WHERE alone;
CREATE UNIQUE INDEX part_long ON public.part USING btree (lower((long)::text), id) WHERE (long IS NOT NULL);

-- Step 13 of 16: Add short ids behind generated columns
ALTER TABLE ONLY "public"."label" ADD COLUMN "uuid_slug" character varying(22) DEFAULT rekey.slug() NOT NULL CONSTRAINT "label_uuid_slug_key" UNIQUE;

-- Step 14 of 16: Renew the planner's statistics
ANALYZE "public"."code";
ANALYZE "public"."label";
ANALYZE "public"."part";

-- Step 15 of 16: Remove what only the run needed
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

-- Step 16 of 16: Write the journal
CREATE SCHEMA IF NOT EXISTS "rekey";
CREATE TABLE IF NOT EXISTS "rekey"."run" ("number" bigint GENERATED ALWAYS AS IDENTITY, "id" text PRIMARY KEY, "plan_fingerprint" text NOT NULL, "state" text NOT NULL, "tool_version" text NOT NULL, "started" text NOT NULL, "plan" text NOT NULL, "before" text NOT NULL, "record" text NOT NULL);
INSERT INTO "rekey"."run" ("id", "plan_fingerprint", "state", "tool_version", "started", "plan", "before", "record") VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

