-- Rekey plan 0000000000000000000000000000000000000000000000000000000000000000
-- PostgreSQL database sc_views_over_text_keys

-- Step 1 of 15: Lock the tables
LOCK TABLE ONLY "public"."maker", ONLY "public"."price", ONLY "public"."thing" IN ACCESS EXCLUSIVE MODE;

-- Step 2 of 15: Make room for maps and journal
CREATE SCHEMA IF NOT EXISTS "rekey";
CREATE OR REPLACE FUNCTION "rekey"."uuid_v7"() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $rekey$
SELECT (pg_catalog.lpad(pg_catalog.to_hex(t.us OPERATOR(pg_catalog./) 1000), 12, '0') OPERATOR(pg_catalog.||) '7'
OPERATOR(pg_catalog.||) pg_catalog.lpad(pg_catalog.to_hex((t.us OPERATOR(pg_catalog.%) 1000) OPERATOR(pg_catalog.*) 4096 OPERATOR(pg_catalog./) 1000), 3, '0')
OPERATOR(pg_catalog.||) pg_catalog."right"(pg_catalog.gen_random_uuid()::pg_catalog.text, 17))::pg_catalog.uuid
FROM (SELECT pg_catalog.floor(EXTRACT(epoch FROM pg_catalog.clock_timestamp()) OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8 AS us) t
$rekey$;
GRANT USAGE ON SCHEMA "rekey" TO PUBLIC;
GRANT EXECUTE ON FUNCTION "rekey"."uuid_v7"() TO PUBLIC;

-- Step 3 of 15: Give every id of public.maker.id its UUID
CREATE TABLE "rekey"."rk_00000000_0" (old_id text NOT NULL, new_id uuid NOT NULL);
INSERT INTO "rekey"."rk_00000000_0" (old_id, new_id) SELECT v.old_id, (v.old_id)::uuid FROM (SELECT "id"::text AS old_id FROM ONLY "public"."maker") v WHERE v.old_id ~ E'^(\\{([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4}\\}|([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4})$' ORDER BY 2;
ALTER TABLE "rekey"."rk_00000000_0" ADD PRIMARY KEY (old_id);
ALTER TABLE "rekey"."rk_00000000_0" ADD UNIQUE (new_id);
ANALYZE "rekey"."rk_00000000_0";

-- Step 4 of 15: Give every id of public.price.id its UUID
CREATE TABLE "rekey"."rk_00000000_1" AS
WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid()) AS secret, least((SELECT count("id") FROM ONLY "public"."price"), 16000000) AS drawn)
SELECT k.old_id::numeric AS old_id, encode(int8send(((k.tick >> 12) << 16) | 28672 | (k.tick & 4095)) || set_bit(set_bit(CASE WHEN k.n <= (SELECT s.drawn FROM start s) THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM ((k.n) * 8 - 7)::int FOR 8) ELSE substring(sha512((SELECT s.secret FROM start s) || int8send(k.n)) FROM 1 FOR 8) END, 6, 0), 7, 1), 'hex')::uuid AS new_id FROM (
SELECT o.old_id, o.n, (s.ms + 1) * 4096 - count(*) OVER () + o.n - 1 AS tick
FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n FROM (
SELECT t."id" AS old_id FROM ONLY "public"."price" t WHERE t."id" IS NOT NULL
) v) o
) k ORDER BY k.old_id;
ALTER TABLE "rekey"."rk_00000000_1" ALTER COLUMN old_id SET STATISTICS 10, ALTER COLUMN new_id SET STATISTICS 10, ALTER COLUMN new_id SET NOT NULL, ADD PRIMARY KEY (old_id);
ANALYZE "rekey"."rk_00000000_1";
CREATE FUNCTION "rekey"."rk_00000000_1_new"(numeric) RETURNS uuid LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $rekey$
DECLARE found_id uuid;
BEGIN
SELECT m.new_id INTO found_id FROM "rekey"."rk_00000000_1" m WHERE m.old_id = $1;
IF NOT FOUND THEN
RAISE EXCEPTION 'the value % belongs to no row, though a foreign key says that it does', $1 USING ERRCODE = 'foreign_key_violation';
END IF;
RETURN found_id;
END
$rekey$;

-- Step 5 of 15: Give every id of public.thing.id its UUID
CREATE TABLE "rekey"."rk_00000000_2" (old_id text NOT NULL, new_id uuid NOT NULL);
INSERT INTO "rekey"."rk_00000000_2" (old_id, new_id) SELECT v.old_id, (v.old_id)::uuid FROM (SELECT "id"::text AS old_id FROM ONLY "public"."thing") v WHERE v.old_id ~ E'^(\\{([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4}\\}|([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4})$' ORDER BY 2;
ALTER TABLE "rekey"."rk_00000000_2" ADD PRIMARY KEY (old_id);
ALTER TABLE "rekey"."rk_00000000_2" ADD UNIQUE (new_id);
ANALYZE "rekey"."rk_00000000_2";

-- Step 6 of 15: Take away foreign keys, views and what else stands on the columns
DROP VIEW "public"."over_them";
DROP VIEW "public"."things";
DROP MATERIALIZED VIEW "public"."stored";
DROP VIEW "public"."prices";
DROP VIEW "public"."everything";
ALTER TABLE ONLY "public"."price" DROP CONSTRAINT "price_thing_id_fkey";
ALTER TABLE ONLY "public"."thing" DROP CONSTRAINT "thing_maker_id_fkey";

-- Step 7 of 15: Convert public.maker
ALTER TABLE ONLY "public"."maker"
  ALTER COLUMN "id" TYPE uuid USING ("id"::text)::uuid;

-- Step 8 of 15: Convert public.price
ALTER TABLE ONLY "public"."price"
  ALTER COLUMN "id" TYPE uuid USING "rekey"."rk_00000000_1_new"("id"::numeric),
  ALTER COLUMN "thing_id" TYPE uuid USING ("thing_id"::text)::uuid;

-- Step 9 of 15: Convert public.thing
ALTER TABLE ONLY "public"."thing"
  ALTER COLUMN "id" TYPE uuid USING ("id"::text)::uuid,
  ALTER COLUMN "maker_id" TYPE uuid USING ("maker_id"::text)::uuid;

-- Step 10 of 15: Put the references of public.price back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."thing"'::regclass);
ALTER TABLE ONLY "public"."price" ADD CONSTRAINT "price_thing_id_fkey" FOREIGN KEY (thing_id) REFERENCES public.thing(id);
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 11 of 15: Put the references of public.thing back and check them
SELECT set_config('maintenance_work_mem', greatest(1024, least(131072, max(c.reltuples) * 64 / 32 / 1024))::int::text, true) FROM pg_class c WHERE c.oid IN ('"public"."maker"'::regclass);
ALTER TABLE ONLY "public"."thing" ADD CONSTRAINT "thing_maker_id_fkey" FOREIGN KEY (maker_id) REFERENCES public.maker(id);
SELECT set_config('maintenance_work_mem', current_setting('rekey.maintenance_work_mem', true), true);

-- Step 12 of 15: Put views and what else stood on the columns back
CREATE VIEW "public"."everything" AS
SELECT thing.id AS key
   FROM public.thing
UNION ALL
 SELECT price.thing_id AS key
   FROM public.price;
ALTER VIEW "public"."everything" OWNER TO "postgres";
CREATE VIEW "public"."prices" AS
SELECT price.id,
    NULLIF(price.amount, (0)::numeric) AS amount
   FROM public.price;
ALTER VIEW "public"."prices" OWNER TO "postgres";
CREATE MATERIALIZED VIEW "public"."stored" USING "heap" AS
SELECT thing.maker_id,
    count(*) AS things
   FROM public.thing
  GROUP BY thing.maker_id;
CREATE INDEX stored_maker_id_idx ON public.stored USING btree (maker_id);
ALTER MATERIALIZED VIEW "public"."stored" OWNER TO "postgres";
CREATE VIEW "public"."things" AS
SELECT t.id,
    t.maker_id,
    m.name
   FROM (public.thing t
     JOIN public.maker m ON (((m.id)::text = (t.maker_id)::text)));
ALTER VIEW "public"."things" OWNER TO "postgres";
CREATE VIEW "public"."over_them" AS
SELECT v.id AS thing,
    v.maker_id
   FROM public.things v;
ALTER VIEW "public"."over_them" OWNER TO "postgres";

-- Step 13 of 15: Renew the planner's statistics
ANALYZE "public"."maker";
ANALYZE "public"."price";
ANALYZE "public"."thing";

-- Step 14 of 15: Remove what only the run needed
DROP FUNCTION "rekey"."rk_00000000_1_new"(numeric);
SET LOCAL parallel_leader_participation = on;

-- Step 15 of 15: Write the journal
CREATE SCHEMA IF NOT EXISTS "rekey";
CREATE TABLE IF NOT EXISTS "rekey"."run" ("number" bigint GENERATED ALWAYS AS IDENTITY, "id" text PRIMARY KEY, "plan_fingerprint" text NOT NULL, "state" text NOT NULL, "tool_version" text NOT NULL, "started" text NOT NULL, "plan" text NOT NULL, "before" text NOT NULL, "record" text NOT NULL);
INSERT INTO "rekey"."run" ("id", "plan_fingerprint", "state", "tool_version", "started", "plan", "before", "record") VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

