-- The whole catalogue as text, for servers that no installed pg_dump can read (PostgreSQL 14 on).
--
-- One SELECT per table of the catalogue, written by the server from what it says about its own
-- columns, so that a column of a newer version is compared without being known here. Object
-- numbers become names. Left out is what a rewrite may change without anybody seeing it:
-- files, statistics, flags that are only hints, and column numbers, which the definitions
-- tell as names. Rekey's own schema is left out as well.
\set ON_ERROR_STOP on
\pset format unaligned
\pset tuples_only on
SET search_path = pg_catalog;
SET extra_float_digits = 1;
WITH skipped (catalogue, columns) AS (VALUES
  ('pg_class', '{relfilenode,relpages,reltuples,relallvisible,relallfrozen,relfrozenxid,relminmxid,reltoastrelid,reltype,relrewrite,relnatts,relhasindex,relhasrules,relhastriggers,relhassubclass}'::text[]),
  ('pg_attribute', '{attnum,attcacheoff,attndims,atthasmissing,attmissingval}'),
  ('pg_constraint', '{conkey,confkey,conbin,confdelsetcols}'),
  ('pg_index', '{indkey,indcheckxmin,indexprs,indpred}'),
  ('pg_attrdef', '{adnum,adbin}'),
  ('pg_trigger', '{tgattr,tgqual}'),
  ('pg_policy', '{polqual,polwithcheck}'),
  ('pg_rewrite', '{ev_qual,ev_action}'),
  ('pg_statistic_ext', '{stxkeys,stxexprs}'),
  ('pg_partitioned_table', '{partattrs,partexprs}'),
  ('pg_publication_rel', '{prattrs,prqual}'),
  ('pg_type', '{typdefaultbin}'),
  ('pg_proc', '{proargdefaults,prosqlbody}'),
  ('pg_database', NULL), ('pg_statistic', NULL), ('pg_statistic_ext_data', NULL), ('pg_depend', NULL), ('pg_shdepend', NULL),
  ('pg_largeobject', NULL), ('pg_tablespace', NULL), ('pg_authid', NULL), ('pg_auth_members', NULL), ('pg_replication_origin', NULL),
  ('pg_subscription', NULL), ('pg_subscription_rel', NULL), ('pg_parameter_acl', NULL), ('pg_init_privs', NULL), ('pg_shdescription', NULL), ('pg_shseclabel', NULL), ('pg_db_role_setting', NULL)),
definitions (catalogue, definition) AS (VALUES
  ('pg_class', $$CASE WHEN t.relkind IN ('v', 'm') THEN pg_get_viewdef(t.oid) WHEN t.relkind = 'S' THEN (SELECT string_agg(concat(d.deptype, ' ', pg_describe_object(d.refclassid, d.refobjid, d.refobjsubid)), ', ') FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = t.oid AND d.deptype IN ('a', 'i')) ELSE concat(pg_get_expr(t.relpartbound, t.oid), (SELECT o.reloptions::text FROM pg_class o WHERE o.oid = t.reltoastrelid)) END$$),
  ('pg_constraint', 'pg_get_constraintdef(t.oid)'),
  ('pg_index', 'pg_get_indexdef(t.indexrelid)'),
  ('pg_attrdef', 'pg_get_expr(t.adbin, t.adrelid)'),
  ('pg_trigger', 'pg_get_triggerdef(t.oid)'),
  ('pg_policy', $$concat(pg_get_expr(t.polqual, t.polrelid), ' CHECK ', pg_get_expr(t.polwithcheck, t.polrelid))$$),
  ('pg_rewrite', 'pg_get_ruledef(t.oid)'),
  ('pg_statistic_ext', 'pg_get_statisticsobjdef(t.oid)'),
  ('pg_partitioned_table', 'pg_get_partkeydef(t.partrelid)'),
  ('pg_proc', $$CASE WHEN t.prokind <> 'a' THEN pg_get_functiondef(t.oid) END$$),
  ('pg_attribute', '(SELECT count(*) FROM pg_attribute b WHERE b.attrelid = t.attrelid AND b.attnum > 0 AND NOT b.attisdropped AND b.attnum <= t.attnum)'),
  ('pg_publication_rel', $$(SELECT to_jsonb(p) FROM pg_publication_tables p JOIN pg_publication q ON q.pubname = p.pubname WHERE q.oid = t.prpubid AND format('%I.%I', p.schemaname, p.tablename)::regclass = t.prrelid)$$),
  ('pg_type', $$concat(t.typdefault)$$)),
filters (catalogue, condition) AS (VALUES
  ('pg_attribute', 't.attnum > 0 AND NOT t.attisdropped'),
  ('pg_trigger', 'NOT t.tgisinternal'),
  ('pg_class', $$t.relkind <> 't'$$)),
catalogues AS (
  SELECT c.oid, c.relname::text AS name, s.columns AS skipped
  FROM pg_class c LEFT JOIN skipped s ON s.catalogue = c.relname
  WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r' AND NOT EXISTS (SELECT FROM skipped x WHERE x.catalogue = c.relname AND x.columns IS NULL)),
columns AS (
  SELECT c.name, string_agg(format('%L, %s', a.attname, CASE
      -- Means nothing for an index, and follows whether it was made with its partition or later.
      WHEN a.attname = 'connoinherit' THEN 't.connoinherit AND t.contype NOT IN (''p'', ''u'', ''x'')'
      -- Rights that were never spelled out are the usual ones, and their order means nothing.
      WHEN a.attname = 'relacl' THEN $$(SELECT array_agg(i::text ORDER BY i::text) FROM unnest(coalesce(t.relacl, acldefault((CASE t.relkind WHEN 'S' THEN 's' ELSE 'r' END)::"char", t.relowner))) i)$$
      WHEN k.pktable IS NULL THEN format('t.%I', a.attname)
      WHEN k.pktable = 'pg_authid'::regclass AND k.is_array THEN format($$(SELECT string_agg(CASE u WHEN 0 THEN 'public' ELSE pg_get_userbyid(u)::text END, ',' ORDER BY u) FROM unnest(t.%I) u)$$, a.attname)
      WHEN k.pktable = 'pg_authid'::regclass THEN format('pg_get_userbyid(t.%I)', a.attname)
      WHEN k.is_array THEN format($$(SELECT string_agg(CASE u WHEN 0 THEN '-' ELSE pg_describe_object(%s, u, 0) END, ', ' ORDER BY n) FROM unnest(t.%I) WITH ORDINALITY v (u, n))$$, k.pktable::oid, a.attname)
      ELSE format($$CASE t.%I WHEN 0 THEN '-' ELSE pg_describe_object(%s, t.%1$I, 0) END$$, a.attname, k.pktable::oid) END), ', ' ORDER BY a.attnum) AS pairs
  FROM catalogues c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN LATERAL (SELECT f.pktable, f.is_array FROM pg_get_catalog_foreign_keys() f WHERE f.fktable = c.oid AND f.fkcols = ARRAY[a.attname::text] AND f.pkcols = '{oid}' LIMIT 1) k ON true
  WHERE a.attname NOT IN ('oid') AND a.attname <> ALL (coalesce(c.skipped, '{}'))
    AND NOT (c.name IN ('pg_description', 'pg_seclabel') AND a.attname IN ('objoid', 'classoid', 'objsubid'))
  GROUP BY c.name)
SELECT format($$SELECT * FROM (SELECT %L || ' ' || %s || ' ' || jsonb_build_object('=', %s, %s)::text AS line FROM %I t WHERE %s AND %s >= 16384) l WHERE split_part(l.line, ' {"=": ', 1) !~ '\mrekey\.|\mpg_toast|schema rekey\M' ORDER BY line COLLATE "C"$$,
  c.name,
  CASE WHEN c.name IN ('pg_description', 'pg_seclabel') THEN 'pg_describe_object(t.classoid, t.objoid, t.objsubid)' WHEN c.name = 'pg_enum' THEN 't.enumtypid::regtype' WHEN o.oid THEN format('pg_describe_object(%s, t.oid, 0)', c.oid) ELSE format('t.%I::regclass', o.first) END,
  coalesce(d.definition, 'NULL'), k.pairs, c.name, coalesce(f.condition, 'true'),
  CASE WHEN c.name IN ('pg_description', 'pg_seclabel') THEN 't.objoid' WHEN o.oid THEN 't.oid' ELSE format('t.%I', o.first) END)
FROM catalogues c JOIN columns k ON k.name = c.name
CROSS JOIN LATERAL (SELECT bool_or(a.attname = 'oid') AS oid, (array_agg(a.attname ORDER BY a.attnum) FILTER (WHERE a.atttypid IN ('oid'::regtype, 'regclass'::regtype)))[1] AS first FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0) o
LEFT JOIN definitions d ON d.catalogue = c.name LEFT JOIN filters f ON f.catalogue = c.name
ORDER BY c.name
\gexec
