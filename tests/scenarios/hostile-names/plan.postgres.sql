-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- PostgreSQL database sc_hostile_names

-- Step 1 of 20: Lock the tables
LOCK TABLE ONLY "public"." leading and trailing ", ONLY "public"."Order", ONLY "public"."a.b", ONLY "public"."nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__", ONLY "public"."nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_" IN ACCESS EXCLUSIVE MODE;

-- Step 2 of 20: Make room for maps and journal
CREATE SCHEMA IF NOT EXISTS "rekey";
CREATE OR REPLACE FUNCTION "rekey"."uuid_v7"() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $rekey$
SELECT (pg_catalog.lpad(pg_catalog.to_hex(t.us OPERATOR(pg_catalog./) 1000), 12, '0') OPERATOR(pg_catalog.||) '7'
OPERATOR(pg_catalog.||) pg_catalog.lpad(pg_catalog.to_hex((t.us OPERATOR(pg_catalog.%) 1000) OPERATOR(pg_catalog.*) 4096 OPERATOR(pg_catalog./) 1000), 3, '0')
OPERATOR(pg_catalog.||) pg_catalog."right"(pg_catalog.gen_random_uuid()::pg_catalog.text, 17))::pg_catalog.uuid
FROM (SELECT pg_catalog.floor(EXTRACT(epoch FROM pg_catalog.clock_timestamp()) OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8 AS us) t
$rekey$;
GRANT USAGE ON SCHEMA "rekey" TO PUBLIC;
GRANT EXECUTE ON FUNCTION "rekey"."uuid_v7"() TO PUBLIC;

-- Step 3 of 20: Give every id of public. leading and trailing .🔑 key its UUID
CREATE TABLE "rekey"."rk_00000000_0" (old_id bigint NOT NULL, new_id uuid NOT NULL);
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms)
INSERT INTO "rekey"."rk_00000000_0" (old_id, new_id)
SELECT k.old_id, (lpad(to_hex(((s.ms - k.later / 4096) << 16) | (28672 + 4095 - k.later % 4096)), 16, '0') || right(gen_random_uuid()::text, 17))::uuid
FROM start s, (SELECT v.old_id, count(*) OVER () - row_number() OVER (ORDER BY v.old_id) AS later FROM (
SELECT "🔑 key"::bigint AS old_id FROM ONLY "public"." leading and trailing "
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

-- Step 4 of 20: Give every id of public.Order.select its UUID
CREATE TABLE "rekey"."rk_00000000_1" (old_id bigint NOT NULL, new_id uuid NOT NULL);
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms)
INSERT INTO "rekey"."rk_00000000_1" (old_id, new_id)
SELECT k.old_id, (lpad(to_hex(((s.ms - k.later / 4096) << 16) | (28672 + 4095 - k.later % 4096)), 16, '0') || right(gen_random_uuid()::text, 17))::uuid
FROM start s, (SELECT v.old_id, count(*) OVER () - row_number() OVER (ORDER BY v.old_id) AS later FROM (
SELECT "select"::bigint AS old_id FROM ONLY "public"."Order"
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

-- Step 5 of 20: Give every id of public.a.b.id.x its UUID
CREATE TABLE "rekey"."rk_00000000_2" (old_id bigint NOT NULL, new_id uuid NOT NULL);
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms)
INSERT INTO "rekey"."rk_00000000_2" (old_id, new_id)
SELECT k.old_id, (lpad(to_hex(((s.ms - k.later / 4096) << 16) | (28672 + 4095 - k.later % 4096)), 16, '0') || right(gen_random_uuid()::text, 17))::uuid
FROM start s, (SELECT v.old_id, count(*) OVER () - row_number() OVER (ORDER BY v.old_id) AS later FROM (
SELECT "id.x"::bigint AS old_id FROM ONLY "public"."a.b"
) v WHERE v.old_id IS NOT NULL) k
ORDER BY k.old_id;
ALTER TABLE "rekey"."rk_00000000_2" ADD PRIMARY KEY (old_id);
ALTER TABLE "rekey"."rk_00000000_2" ADD UNIQUE (new_id);
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
CREATE FUNCTION "rekey"."rk_00000000_2_ids"() RETURNS bigint[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.point ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_2" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_2" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE (SELECT count(*) FROM "rekey"."rk_00000000_2") <= 4000000
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_2_uuids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.id ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_2" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_2" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE (SELECT count(*) FROM "rekey"."rk_00000000_2") <= 4000000
$rekey$;

-- Step 6 of 20: Give every id of public.nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__.id its UUID
CREATE TABLE "rekey"."rk_00000000_3" (old_id bigint NOT NULL, new_id uuid NOT NULL);
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms)
INSERT INTO "rekey"."rk_00000000_3" (old_id, new_id)
SELECT k.old_id, (lpad(to_hex(((s.ms - k.later / 4096) << 16) | (28672 + 4095 - k.later % 4096)), 16, '0') || right(gen_random_uuid()::text, 17))::uuid
FROM start s, (SELECT v.old_id, count(*) OVER () - row_number() OVER (ORDER BY v.old_id) AS later FROM (
SELECT "id"::bigint AS old_id FROM ONLY "public"."nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__"
) v WHERE v.old_id IS NOT NULL) k
ORDER BY k.old_id;
ALTER TABLE "rekey"."rk_00000000_3" ADD PRIMARY KEY (old_id);
ALTER TABLE "rekey"."rk_00000000_3" ADD UNIQUE (new_id);
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
CREATE FUNCTION "rekey"."rk_00000000_3_ids"() RETURNS bigint[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.point ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_3" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_3" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE (SELECT count(*) FROM "rekey"."rk_00000000_3") <= 4000000
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_3_uuids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.id ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_3" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_3" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE (SELECT count(*) FROM "rekey"."rk_00000000_3") <= 4000000
$rekey$;

-- Step 7 of 20: Give every id of public.nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_.id its UUID
CREATE TABLE "rekey"."rk_00000000_4" (old_id bigint NOT NULL, new_id uuid NOT NULL);
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms)
INSERT INTO "rekey"."rk_00000000_4" (old_id, new_id)
SELECT k.old_id, (lpad(to_hex(((s.ms - k.later / 4096) << 16) | (28672 + 4095 - k.later % 4096)), 16, '0') || right(gen_random_uuid()::text, 17))::uuid
FROM start s, (SELECT v.old_id, count(*) OVER () - row_number() OVER (ORDER BY v.old_id) AS later FROM (
SELECT "id"::bigint AS old_id FROM ONLY "public"."nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_"
) v WHERE v.old_id IS NOT NULL) k
ORDER BY k.old_id;
ALTER TABLE "rekey"."rk_00000000_4" ADD PRIMARY KEY (old_id);
ALTER TABLE "rekey"."rk_00000000_4" ADD UNIQUE (new_id);
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
CREATE FUNCTION "rekey"."rk_00000000_4_ids"() RETURNS bigint[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.point ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_4" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_4" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE (SELECT count(*) FROM "rekey"."rk_00000000_4") <= 4000000
$rekey$;
CREATE FUNCTION "rekey"."rk_00000000_4_uuids"() RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $rekey$
SELECT array_agg(p.id ORDER BY p.point)
FROM (SELECT m.old_id AS point, m.new_id AS id FROM "rekey"."rk_00000000_4" m UNION ALL
SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM
(SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM "rekey"."rk_00000000_4" m) g
WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p
WHERE (SELECT count(*) FROM "rekey"."rk_00000000_4") <= 4000000
$rekey$;

-- Step 8 of 20: Take away foreign keys, views and what else stands on the columns
DROP VIEW "public"."view ""of"" it";
ALTER TABLE ONLY "public"." leading and trailing " DROP CONSTRAINT " leading and trailing _ключ_fkey";
ALTER TABLE ONLY "public"."a.b" DROP CONSTRAINT "con ""straint";
ALTER TABLE ONLY "public"."nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_" DROP CONSTRAINT "nnnnnnnnnnnnnnnnnnnnnnnnnnnnn_nnnnnnnnnnnnnnnnnnnnnnnnnnnn_fkey";
ALTER TABLE ONLY "public"."nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_" DROP CONSTRAINT "nnnnnnnnnnnnnnnnnnnnnnnnnnnn_nnnnnnnnnnnnnnnnnnnnnnnnnnnn_fkey1";

-- Step 9 of 20: Convert public. leading and trailing 
ALTER TABLE ONLY "public"." leading and trailing "
  ALTER COLUMN "🔑 key" TYPE uuid USING coalesce(nullif(("rekey"."rk_00000000_0_uuids"())[width_bucket("🔑 key"::bigint, "rekey"."rk_00000000_0_ids"())], '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_0_new"("🔑 key")),
  ALTER COLUMN "ключ" TYPE uuid USING coalesce(nullif(("rekey"."rk_00000000_2_uuids"())[width_bucket("ключ"::bigint, "rekey"."rk_00000000_2_ids"())], '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_2_new"("ключ"));

-- Step 10 of 20: Convert public.Order
ALTER TABLE ONLY "public"."Order"
  ALTER COLUMN "select" TYPE uuid USING coalesce(nullif(("rekey"."rk_00000000_1_uuids"())[width_bucket("select"::bigint, "rekey"."rk_00000000_1_ids"())], '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("select"));

-- Step 11 of 20: Convert public.a.b
ALTER TABLE ONLY "public"."a.b"
  ALTER COLUMN "id.x" DROP DEFAULT,
  ALTER COLUMN "id.x" TYPE uuid USING coalesce(nullif(("rekey"."rk_00000000_2_uuids"())[width_bucket("id.x"::bigint, "rekey"."rk_00000000_2_ids"())], '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_2_new"("id.x")),
  ALTER COLUMN "it""s, 'quoted'" TYPE uuid USING coalesce(nullif(("rekey"."rk_00000000_1_uuids"())[width_bucket("it""s, 'quoted'"::bigint, "rekey"."rk_00000000_1_ids"())], '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_1_new"("it""s, 'quoted'")),
  ALTER COLUMN "id.x" SET DEFAULT rekey.uuid_v7();

-- Step 12 of 20: Convert public.nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__
ALTER TABLE ONLY "public"."nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__"
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(("rekey"."rk_00000000_3_uuids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_3_ids"())], '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_3_new"("id"));

-- Step 13 of 20: Convert public.nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_
ALTER TABLE ONLY "public"."nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_"
  ALTER COLUMN "id" TYPE uuid USING coalesce(nullif(("rekey"."rk_00000000_4_uuids"())[width_bucket("id"::bigint, "rekey"."rk_00000000_4_ids"())], '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_4_new"("id")),
  ALTER COLUMN "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__" TYPE uuid USING coalesce(nullif(("rekey"."rk_00000000_3_uuids"())[width_bucket("nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__"::bigint, "rekey"."rk_00000000_3_ids"())], '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_3_new"("nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__")),
  ALTER COLUMN "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_" TYPE uuid USING coalesce(nullif(("rekey"."rk_00000000_4_uuids"())[width_bucket("nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_"::bigint, "rekey"."rk_00000000_4_ids"())], '00000000-0000-0000-0000-000000000000'::uuid), "rekey"."rk_00000000_4_new"("nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_"));

-- Step 14 of 20: Put the references of public. leading and trailing  back and check them
ALTER TABLE ONLY "public"." leading and trailing " ADD CONSTRAINT " leading and trailing _ключ_fkey" FOREIGN KEY ("ключ") REFERENCES public."a.b"("id.x");

-- Step 15 of 20: Put the references of public.a.b back and check them
ALTER TABLE ONLY "public"."a.b" ADD CONSTRAINT "con ""straint" FOREIGN KEY ("it""s, 'quoted'") REFERENCES public."Order"("select");

-- Step 16 of 20: Put the references of public.nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_ back and check them
ALTER TABLE ONLY "public"."nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_" ADD CONSTRAINT "nnnnnnnnnnnnnnnnnnnnnnnnnnnnn_nnnnnnnnnnnnnnnnnnnnnnnnnnnn_fkey" FOREIGN KEY (nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__) REFERENCES public.nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__(id);
ALTER TABLE ONLY "public"."nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_" ADD CONSTRAINT "nnnnnnnnnnnnnnnnnnnnnnnnnnnn_nnnnnnnnnnnnnnnnnnnnnnnnnnnn_fkey1" FOREIGN KEY (nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_) REFERENCES public.nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_(id);

-- Step 17 of 20: Put views and what else stood on the columns back
CREATE VIEW "public"."view ""of"" it" AS
SELECT o."from",
    a."back\slash%s$1",
    l."line
break"
   FROM ((public."Order" o
     JOIN public."a.b" a ON ((a."it""s, 'quoted'" = o."select")))
     JOIN public." leading and trailing " l ON ((l."ключ" = a."id.x")));
ALTER VIEW "public"."view ""of"" it" OWNER TO "postgres";

-- Step 18 of 20: Renew the planner's statistics
ANALYZE "public"." leading and trailing ";
ANALYZE "public"."Order";
ANALYZE "public"."a.b";
ANALYZE "public"."nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_first__";
ANALYZE "public"."nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_second_";

-- Step 19 of 20: Remove what only the run needed
DROP FUNCTION "rekey"."rk_00000000_0_new"(bigint);
DROP FUNCTION "rekey"."rk_00000000_0_ids"();
DROP FUNCTION "rekey"."rk_00000000_0_uuids"();
DROP FUNCTION "rekey"."rk_00000000_1_new"(bigint);
DROP FUNCTION "rekey"."rk_00000000_1_ids"();
DROP FUNCTION "rekey"."rk_00000000_1_uuids"();
DROP FUNCTION "rekey"."rk_00000000_2_new"(bigint);
DROP FUNCTION "rekey"."rk_00000000_2_ids"();
DROP FUNCTION "rekey"."rk_00000000_2_uuids"();
DROP FUNCTION "rekey"."rk_00000000_3_new"(bigint);
DROP FUNCTION "rekey"."rk_00000000_3_ids"();
DROP FUNCTION "rekey"."rk_00000000_3_uuids"();
DROP FUNCTION "rekey"."rk_00000000_4_new"(bigint);
DROP FUNCTION "rekey"."rk_00000000_4_ids"();
DROP FUNCTION "rekey"."rk_00000000_4_uuids"();

-- Step 20 of 20: Write the journal
CREATE SCHEMA IF NOT EXISTS "rekey";
CREATE TABLE IF NOT EXISTS "rekey"."run" ("number" bigint GENERATED ALWAYS AS IDENTITY, "id" text PRIMARY KEY, "plan_fingerprint" text NOT NULL, "state" text NOT NULL, "tool_version" text NOT NULL, "started" text NOT NULL, "plan" text NOT NULL, "before" text NOT NULL, "record" text NOT NULL);
INSERT INTO "rekey"."run" ("id", "plan_fingerprint", "state", "tool_version", "started", "plan", "before", "record") VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

