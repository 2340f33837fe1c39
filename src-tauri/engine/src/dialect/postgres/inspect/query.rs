//! The questions put to the catalogue. Each row is one JSON document.

/// Tables with their columns. Sequences and columns are gathered once for all tables: asked
/// for table by table they would take seconds where there are a thousand. As `json`, not
/// `jsonb`: nobody looks into it on the server, and to sort its keys costs a quarter more.
pub const TABLES: &str = "
WITH sequences AS MATERIALIZED (
  SELECT u.table_id, u.number, json_agg(json_build_object('schema', sn.nspname, 'name', sc.relname, 'start', s.seqstart, 'increment', s.seqincrement,
      'min', s.seqmin, 'max', s.seqmax, 'cache', s.seqcache, 'cycle', s.seqcycle) ORDER BY sn.nspname, sc.relname) -> 0 AS sequence
  FROM (SELECT e.objid AS sequence_id, e.refobjid AS table_id, e.refobjsubid AS number
        FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.refclassid = 'pg_class'::regclass AND e.deptype = 'i' AND e.refobjsubid > 0
        UNION ALL
        SELECT e.refobjid, d.adrelid, d.adnum
        FROM pg_depend e JOIN pg_attrdef d ON d.oid = e.objid WHERE e.classid = 'pg_attrdef'::regclass AND e.refclassid = 'pg_class'::regclass
        UNION ALL
        SELECT e.refobjid, a.attrelid, a.attnum
        FROM pg_depend e JOIN pg_attribute a ON a.atttypid = e.objid AND a.attnum > 0 AND NOT a.atthasdef
        WHERE e.classid = 'pg_type'::regclass AND e.refclassid = 'pg_class'::regclass) u
  JOIN pg_class sc ON sc.oid = u.sequence_id AND sc.relkind = 'S' JOIN pg_sequence s ON s.seqrelid = sc.oid JOIN pg_namespace sn ON sn.oid = sc.relnamespace
  GROUP BY u.table_id, u.number),
bases AS MATERIALIZED (
  WITH RECURSIVE below AS (
    SELECT t.oid AS domain, t.typbasetype AS base, t.typtypmod AS modifier FROM pg_type t WHERE t.typtype = 'd'
    UNION ALL
    SELECT b.domain, t.typbasetype, t.typtypmod FROM below b JOIN pg_type t ON t.oid = b.base WHERE t.typtype = 'd')
  SELECT b.domain, t.typname, format_type(b.base, b.modifier) AS whole FROM below b JOIN pg_type t ON t.oid = b.base WHERE t.typtype <> 'd'),
columns AS MATERIALIZED (
  SELECT a.attrelid, json_agg(json_build_object(
      'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'base', coalesce(b.typname, t.typname), 'domain_over', b.whole,
      'not_null', a.attnotnull, 'inherited', a.attinhcount > 0, 'identity', a.attidentity,
      'default', CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END, 'domain_default', CASE WHEN NOT a.atthasdef THEN t.typdefault END, 'sequence', s.sequence) ORDER BY a.attnum) AS columns
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN bases b ON b.domain = t.oid
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  LEFT JOIN sequences s ON s.table_id = a.attrelid AND s.number = a.attnum
  WHERE c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped AND {user}
  GROUP BY a.attrelid)
SELECT json_build_object(
  'name', json_build_object('schema', n.nspname, 'table', c.relname),
  'kind', c.relkind,
  'estimate', greatest(c.reltuples, -1)::bigint,
  'heap', pg_relation_size(c.oid),
  'bytes', pg_total_relation_size(c.oid),
  'readable', has_table_privilege(c.oid, 'SELECT') AND NOT row_security_active(c.oid),
  'parents', coalesce((SELECT json_agg(json_build_object('schema', pn.nspname, 'table', pc.relname) ORDER BY i.inhseqno)
     FROM pg_inherits i JOIN pg_class pc ON pc.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = pc.relnamespace WHERE i.inhrelid = c.oid), '[]'::json),
  'partition_key', CASE WHEN c.relkind = 'p' THEN coalesce((SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_partitioned_table q JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
     WHERE q.partrelid = c.oid AND (a.attnum = ANY (q.partattrs::int2[]) OR EXISTS (SELECT FROM pg_depend d
       WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0 AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid = a.attnum))), '[]'::json) END,
  'columns', coalesce(k.columns, '[]'::json))::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN columns k ON k.attrelid = c.oid
WHERE c.relkind IN ('r', 'p') AND {user}
ORDER BY n.nspname, c.relname";

/// Primary keys, unique constraints and foreign keys. What the server made on partitions for
/// a foreign key of the partitioned table comes and goes with that.
pub const KEYS: &str = "
WITH names AS MATERIALIZED (
  SELECT k.oid, json_agg(a.attname ORDER BY u.n) AS own, json_agg(p.attname ORDER BY u.n) FILTER (WHERE k.contype = 'f') AS parents
  FROM pg_constraint k CROSS JOIN LATERAL unnest(k.conkey, k.confkey) WITH ORDINALITY u(num, parent, n)
  JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.num LEFT JOIN pg_attribute p ON p.attrelid = k.confrelid AND p.attnum = u.parent
  WHERE k.contype IN ('p', 'u', 'f') GROUP BY k.oid)
SELECT json_build_object(
  'table', json_build_object('schema', n.nspname, 'table', c.relname), 'name', k.conname, 'kind', k.contype,
  'columns', m.own,
  'parent', CASE WHEN k.contype = 'f' THEN json_build_object('schema', fn.nspname, 'table', f.relname) END,
  'parent_columns', m.parents,
  'definition', pg_get_constraintdef(k.oid), 'validated', k.convalidated, 'comment', d.description)::text
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN names m ON m.oid = k.oid
LEFT JOIN pg_class f ON f.oid = k.confrelid LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
LEFT JOIN pg_description d ON d.objoid = k.oid AND d.classoid = 'pg_constraint'::regclass
WHERE k.contype IN ('p', 'u', 'f') AND c.relkind IN ('r', 'p') AND NOT (k.contype = 'f' AND k.conparentid <> 0) AND {user}
ORDER BY n.nspname, c.relname, k.contype, k.oid";

/// Unique indexes that no constraint owns, over plain columns and all rows.
pub const UNIQUE_INDEXES: &str = "
SELECT jsonb_build_object(
  'table', jsonb_build_object('schema', n.nspname, 'table', c.relname), 'name', i.relname, 'kind', 'u',
  'columns', (SELECT jsonb_agg(a.attname ORDER BY u.n) FROM unnest(x.indkey::int2[]) WITH ORDINALITY u(num, n)
     JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = u.num WHERE u.n <= x.indnkeyatts))::text
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE x.indisunique AND x.indisvalid AND x.indpred IS NULL AND x.indexprs IS NULL AND c.relkind IN ('r', 'p')
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x')) AND {user}
ORDER BY n.nspname, c.relname, i.relname";

/// Names of relations that begin as those of new indexes do.
pub const INDEX_NAMES: &str = "
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE left(c.relname, 3) = 'ix_'";

/// Indexes of partitioned tables and those of partitions that are attached to one.
pub const PARTITION_INDEXES: &str = "
SELECT jsonb_build_object(
  'table', jsonb_build_object('schema', n.nspname, 'table', c.relname), 'schema', n.nspname, 'name', i.relname,
  'parent', (SELECT jsonb_build_array(pn.nspname, p.relname) FROM pg_inherits h JOIN pg_class p ON p.oid = h.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace WHERE h.inhrelid = i.oid),
  'columns', coalesce((SELECT jsonb_agg(DISTINCT a.attname) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND (a.attnum = ANY (x.indkey::int2[]) OR EXISTS (SELECT FROM pg_depend d
     WHERE d.classid = 'pg_class'::regclass AND d.objid = i.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid = a.attnum))), '[]'),
  'definition', pg_get_indexdef(i.oid),
  'options', coalesce(to_jsonb(i.reloptions), '[]'), 'tablespace', (SELECT s.spcname FROM pg_tablespace s WHERE s.oid = i.reltablespace),
  'clustered', x.indisclustered, 'replica_identity', x.indisreplident, 'comment', obj_description(i.oid, 'pg_class'),
  'constraint', (SELECT jsonb_build_object('name', k.conname, 'kind', k.contype, 'definition', pg_get_constraintdef(k.oid), 'deferrable', k.condeferrable, 'deferred', k.condeferred,
       'comment', obj_description(k.oid, 'pg_constraint'))
     FROM pg_constraint k WHERE k.conindid = i.oid AND k.contype IN ('p', 'u', 'x')))::text
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND (c.relkind = 'p' OR i.relispartition) AND {user}
ORDER BY n.nspname, c.relname, i.relname";

/// Constraints of partitions that a foreign key of the partitioned table stands above, where
/// the server would give them another name or no comment.
pub const PARTITION_REFERENCES: &str = "
WITH RECURSIVE tree AS (
  SELECT k.oid, k.conrelid, k.conname AS top, k.conrelid AS owner, 0 AS depth, false AS own FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
  WHERE k.contype = 'f' AND k.conparentid = 0 AND c.relkind = 'p'
  UNION ALL
  SELECT k.oid, k.conrelid, t.top, t.owner, t.depth + 1, k.conname <> p.conname OR obj_description(k.oid, 'pg_constraint') IS NOT NULL
  FROM tree t JOIN pg_constraint p ON p.oid = t.oid JOIN pg_constraint k ON k.conparentid = t.oid AND k.conrelid <> t.conrelid)
SELECT jsonb_build_object(
  'table', jsonb_build_object('schema', n.nspname, 'table', c.relname), 'top', t.top,
  'partition', jsonb_build_object('schema', pn.nspname, 'table', p.relname), 'partitioned', p.relkind = 'p', 'name', k.conname,
  'definition', pg_get_constraintdef(k.oid), 'comment', obj_description(k.oid, 'pg_constraint'))::text
FROM tree t JOIN pg_constraint k ON k.oid = t.oid JOIN pg_class c ON c.oid = t.owner JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_class p ON p.oid = t.conrelid JOIN pg_namespace pn ON pn.oid = p.relnamespace
WHERE t.own AND {user}
ORDER BY n.nspname, c.relname, t.top, t.depth DESC, pn.nspname, p.relname";

/// Views with everything needed to make them again.
pub const VIEWS: &str = "
SELECT jsonb_build_object(
  'schema', n.nspname, 'name', c.relname, 'stored', c.relkind = 'm', 'definition', pg_get_viewdef(c.oid),
  'options', coalesce(to_jsonb(c.reloptions), '[]'), 'owner', pg_get_userbyid(c.relowner), 'acl', to_jsonb(nullif(c.relacl, acldefault('r', c.relowner))::text[]),
  'comment', obj_description(c.oid, 'pg_class'), 'populated', c.relispopulated,
  'tablespace', (SELECT s.spcname FROM pg_tablespace s WHERE s.oid = c.reltablespace),
  'method', (SELECT m.amname FROM pg_am m WHERE m.oid = c.relam),
  'columns', coalesce((SELECT jsonb_agg(jsonb_build_object('name', a.attname, 'default', pg_get_expr(d.adbin, d.adrelid), 'acl', to_jsonb(a.attacl::text[]),
       'comment', col_description(a.attrelid, a.attnum), 'statistics', nullif(a.attstattarget, -1)) ORDER BY a.attnum)
     FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '[]'),
  'indexes', coalesce((SELECT jsonb_agg(jsonb_build_object('name', i.relname, 'definition', pg_get_indexdef(i.oid), 'comment', obj_description(i.oid, 'pg_class'),
       'clustered', x.indisclustered, 'tablespace', (SELECT s.spcname FROM pg_tablespace s WHERE s.oid = i.reltablespace)) ORDER BY i.oid)
     FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid WHERE x.indrelid = c.oid), '[]'),
  'uses', coalesce((SELECT jsonb_agg(DISTINCT jsonb_build_object('schema', un.nspname, 'name', u.relname, 'kind', u.relkind, 'column', a.attname))
     FROM pg_rewrite r JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> c.oid
     JOIN pg_class u ON u.oid = d.refobjid JOIN pg_namespace un ON un.oid = u.relnamespace
     LEFT JOIN pg_attribute a ON a.attrelid = u.oid AND a.attnum = d.refobjsubid AND d.refobjsubid > 0
     WHERE r.ev_class = c.oid AND r.rulename = '_RETURN'), '[]'),
  'calls', coalesce((SELECT jsonb_agg(DISTINCT jsonb_build_object('schema', pn.nspname, 'name', p.proname, 'arguments', pg_get_function_identity_arguments(p.oid)))
     FROM pg_rewrite r JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_proc'::regclass
     JOIN pg_proc p ON p.oid = d.refobjid JOIN pg_namespace pn ON pn.oid = p.pronamespace
     WHERE r.ev_class = c.oid AND r.rulename = '_RETURN' ), '[]'),
  'blocked_by', (SELECT string_agg(DISTINCT pg_describe_object(d.classid, d.objid, d.objsubid), ', ' ORDER BY pg_describe_object(d.classid, d.objid, d.objsubid))
     FROM (SELECT * FROM pg_depend v WHERE v.refclassid = 'pg_class'::regclass AND v.refobjid = c.oid
           UNION ALL SELECT * FROM pg_depend v WHERE v.refclassid = 'pg_type'::regclass AND v.refobjid = c.reltype
           UNION ALL SELECT v.* FROM pg_type t JOIN pg_depend v ON v.refclassid = 'pg_type'::regclass AND v.refobjid = t.typarray WHERE t.oid = c.reltype) d
     WHERE d.classid NOT IN ('pg_rewrite'::regclass, 'pg_trigger'::regclass, 'pg_policy'::regclass)
       AND NOT (d.classid = 'pg_proc'::regclass AND EXISTS (SELECT FROM pg_proc p WHERE p.oid = d.objid AND p.prokind <> 'a'))
       AND NOT (d.classid = 'pg_type'::regclass AND d.deptype = 'i')
       AND NOT (d.classid = 'pg_attrdef'::regclass AND d.deptype = 'a')
       AND NOT (d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') AND EXISTS (SELECT FROM pg_index x WHERE x.indexrelid = d.objid AND x.indrelid = c.oid))
       AND NOT (d.classid = 'pg_class'::regclass AND d.objid = c.reltoastrelid)),
  'extension', NOT ({own class}),
  'labelled', EXISTS (SELECT FROM pg_seclabel l WHERE l.classoid = 'pg_class'::regclass AND l.objoid = c.oid))::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('v', 'm') AND {user}
ORDER BY n.nspname, c.relname";

/// Rewrite rules apart from those that make a view.
pub const RULES: &str = "
SELECT jsonb_build_object(
  'schema', n.nspname, 'table', c.relname, 'name', r.rulename, 'definition', pg_get_ruledef(r.oid), 'enabled', r.ev_enabled,
  'comment', obj_description(r.oid, 'pg_rewrite'), 'on_view', c.relkind IN ('v', 'm'),
  'uses', coalesce((SELECT jsonb_agg(DISTINCT jsonb_build_object('schema', un.nspname, 'name', u.relname, 'kind', u.relkind, 'column', a.attname))
     FROM pg_depend d JOIN pg_class u ON u.oid = d.refobjid JOIN pg_namespace un ON un.oid = u.relnamespace
     LEFT JOIN pg_attribute a ON a.attrelid = u.oid AND a.attnum = d.refobjsubid AND d.refobjsubid > 0
     WHERE d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass), '[]'))::text
FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE r.rulename <> '_RETURN' AND {user} AND {own class}
ORDER BY n.nspname, c.relname, r.rulename";

/// Triggers that people made.
pub const TRIGGERS: &str = "
SELECT jsonb_build_object(
  'schema', n.nspname, 'table', c.relname, 'name', g.tgname, 'definition', pg_get_triggerdef(g.oid), 'enabled', g.tgenabled,
  'comment', obj_description(g.oid, 'pg_trigger'), 'on_view', c.relkind IN ('v', 'm'),
  'clones', coalesce((SELECT jsonb_agg(jsonb_build_object('schema', t.nspname, 'table', t.relname, 'enabled', t.tgenabled, 'comment', t.comment) ORDER BY t.depth, t.nspname, t.relname)
     FROM (WITH RECURSIVE tree AS (
             SELECT g.oid, 0 AS depth UNION ALL
             SELECT q.oid, t.depth + 1 FROM tree t JOIN pg_trigger q ON (to_jsonb(q) ->> 'tgparentid')::oid = t.oid)
           SELECT tn.nspname, tc.relname, q.tgenabled, obj_description(q.oid, 'pg_trigger') AS comment, tree.depth
           FROM tree JOIN pg_trigger q ON q.oid = tree.oid JOIN pg_class tc ON tc.oid = q.tgrelid JOIN pg_namespace tn ON tn.oid = tc.relnamespace
           WHERE c.relkind = 'p' AND tree.depth > 0 AND (q.tgenabled <> g.tgenabled OR obj_description(q.oid, 'pg_trigger') IS NOT NULL)) t), '[]'),
  'uses', coalesce((SELECT jsonb_agg(DISTINCT jsonb_build_object('schema', un.nspname, 'name', u.relname, 'kind', u.relkind, 'column', a.attname))
     FROM pg_depend d JOIN pg_class u ON u.oid = d.refobjid JOIN pg_namespace un ON un.oid = u.relnamespace
     LEFT JOIN pg_attribute a ON a.attrelid = u.oid AND a.attnum = d.refobjsubid AND d.refobjsubid > 0
     WHERE d.classid = 'pg_trigger'::regclass AND d.objid = g.oid AND d.refclassid = 'pg_class'::regclass), '[]'))::text
FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE NOT g.tgisinternal AND coalesce(to_jsonb(g) ->> 'tgparentid', '0') = '0' AND {user} AND {own class}
ORDER BY n.nspname, c.relname, g.tgname";

/// Roles that get rights on new tables and views without being asked for.
pub const DEFAULT_GRANTEES: &str = "
SELECT DISTINCT CASE WHEN i.grantee = 0 THEN '' ELSE pg_get_userbyid(i.grantee)::text END
FROM pg_default_acl o, aclexplode(o.defaclacl) i WHERE o.defaclobjtype = 'r' ORDER BY 1";

/// Roles that get rights on new functions without being asked for.
pub const DEFAULT_CALLERS: &str = "
SELECT DISTINCT CASE WHEN i.grantee = 0 THEN '' ELSE pg_get_userbyid(i.grantee)::text END
FROM pg_default_acl o, aclexplode(o.defaclacl) i WHERE o.defaclobjtype = 'f' ORDER BY 1";

/// Row security policies.
pub const POLICIES: &str = "
SELECT jsonb_build_object(
  'schema', n.nspname, 'table', c.relname, 'name', y.polname, 'permissive', y.polpermissive, 'command', y.polcmd,
  'everybody', y.polroles = '{0}', 'roles', (SELECT jsonb_agg(pg_get_userbyid(i) ORDER BY k) FROM unnest(y.polroles) WITH ORDINALITY u(i, k)),
  'using', pg_get_expr(y.polqual, y.polrelid), 'check', pg_get_expr(y.polwithcheck, y.polrelid), 'comment', obj_description(y.oid, 'pg_policy'),
  'uses', coalesce((SELECT jsonb_agg(DISTINCT jsonb_build_object('schema', un.nspname, 'name', u.relname, 'kind', u.relkind, 'column', a.attname))
     FROM pg_depend d JOIN pg_class u ON u.oid = d.refobjid JOIN pg_namespace un ON un.oid = u.relnamespace
     LEFT JOIN pg_attribute a ON a.attrelid = u.oid AND a.attnum = d.refobjsubid AND d.refobjsubid > 0
     WHERE d.classid = 'pg_policy'::regclass AND d.objid = y.oid AND d.refclassid = 'pg_class'::regclass), '[]'))::text
FROM pg_policy y JOIN pg_class c ON c.oid = y.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE {user}
ORDER BY n.nspname, c.relname, y.polname";

/// Statistics targets of indexes and of extended statistics.
pub const STATISTICS_TARGETS: &str = "
SELECT jsonb_build_object(
  'schema', n.nspname, 'name', i.relname, 'kind', 'INDEX', 'table', jsonb_build_object('schema', cn.nspname, 'table', c.relname),
  'targets', (SELECT jsonb_agg(jsonb_build_object('column', a.attnum, 'target', a.attstattarget) ORDER BY a.attnum)
     FROM pg_attribute a WHERE a.attrelid = i.oid AND a.attstattarget >= 0),
  'uses', (SELECT jsonb_agg(DISTINCT jsonb_build_object('schema', cn.nspname, 'name', c.relname, 'kind', c.relkind, 'column', a.attname))
     FROM pg_depend d JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
     WHERE d.classid = 'pg_class'::regclass AND d.objid = i.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid > 0))::text
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_namespace n ON n.oid = i.relnamespace
JOIN pg_class c ON c.oid = x.indrelid JOIN pg_namespace cn ON cn.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND {user} AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = i.oid AND a.attstattarget >= 0)
  AND EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = i.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid > 0)
UNION ALL
SELECT jsonb_build_object(
  'schema', n.nspname, 'name', s.stxname, 'kind', 'STATISTICS',
  'targets', jsonb_build_array(jsonb_build_object('target', (to_jsonb(s) ->> 'stxstattarget')::int)),
  'uses', (SELECT jsonb_agg(DISTINCT jsonb_build_object('schema', cn.nspname, 'name', c.relname, 'kind', c.relkind, 'column', a.attname))
     FROM pg_depend d JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
     WHERE d.classid = 'pg_statistic_ext'::regclass AND d.objid = s.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid > 0))::text
FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace
JOIN pg_class c ON c.oid = s.stxrelid JOIN pg_namespace cn ON cn.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND {user} AND coalesce((to_jsonb(s) ->> 'stxstattarget')::int, -1) <> -1
  AND EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_statistic_ext'::regclass AND d.objid = s.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid > 0)
ORDER BY 1";

/// Check constraints; those that are inherited come with the one they are inherited from.
pub const CHECKS: &str = "
WITH RECURSIVE heirs AS (
  SELECT k.oid AS top, k.oid AS own, k.conrelid, k.conname FROM pg_constraint k WHERE k.contype = 'c' AND k.conrelid <> 0 AND k.coninhcount = 0
  UNION
  SELECT h.top, k.oid, k.conrelid, k.conname FROM heirs h JOIN pg_inherits i ON i.inhparent = h.conrelid
  JOIN pg_constraint k ON k.conrelid = i.inhrelid AND k.conname = h.conname AND k.contype = 'c' AND k.coninhcount > 0),
places AS MATERIALIZED (
  SELECT h.top, bool_or(l.coninhcount > 0 AND (l.conislocal OR l.coninhcount > 1)) AS apart,
    json_agg(json_build_object('schema', hn.nspname, 'table', hc.relname, 'comment', d.description) ORDER BY hn.nspname, hc.relname) AS places
  FROM heirs h JOIN pg_constraint l ON l.oid = h.own JOIN pg_class hc ON hc.oid = h.conrelid JOIN pg_namespace hn ON hn.oid = hc.relnamespace
  LEFT JOIN pg_description d ON d.objoid = h.own AND d.classoid = 'pg_constraint'::regclass
  GROUP BY h.top)
SELECT json_build_object(
  'schema', n.nspname, 'table', c.relname, 'name', k.conname, 'definition', pg_get_constraintdef(k.oid),
  'columns', coalesce((SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = ANY (k.conkey)), '[]'),
  'places', p.places)::text
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN places p ON p.top = k.oid AND NOT p.apart
WHERE k.contype = 'c' AND k.coninhcount = 0 AND c.relkind IN ('r', 'p') AND {user} AND {own class}
ORDER BY n.nspname, c.relname, k.conname";

/// Indexes over expressions or some of the rows, exclusion constraints, and indexes over
/// generated columns.
pub const INDEXES: &str = "
SELECT jsonb_build_object(
  'schema', n.nspname, 'table', c.relname, 'name', i.relname, 'definition', pg_get_indexdef(i.oid), 'unique', x.indisunique OR x.indisexclusion,
  'constraint', pg_get_constraintdef(k.oid), 'comment', obj_description(i.oid, 'pg_class'), 'constraint_comment', obj_description(k.oid, 'pg_constraint'),
  'tablespace', (SELECT s.spcname FROM pg_tablespace s WHERE s.oid = i.reltablespace), 'clustered', x.indisclustered, 'identity', x.indisreplident,
  'columns', (SELECT jsonb_agg(DISTINCT a.attname) FROM pg_attribute a WHERE a.attrelid = c.oid AND (a.attnum = ANY (x.indkey::int2[]) OR EXISTS (
     SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = i.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid = a.attnum)) AND a.attnum > 0),
  'unfit', u.columns)::text
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_constraint k ON k.conindid = i.oid AND k.contype = 'x'
CROSS JOIN LATERAL (SELECT jsonb_agg(DISTINCT a.attname) AS columns
  FROM unnest(x.indkey::int2[], x.indclass::oid[]) u(num, class) JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.num JOIN pg_opclass o ON o.oid = u.class
  WHERE NOT x.indisexclusion AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'numeric'::regtype, 'text'::regtype, 'varchar'::regtype, 'bpchar'::regtype)
    AND (NOT o.opcdefault OR NOT EXISTS (SELECT FROM pg_opclass y WHERE y.opcmethod = i.relam AND y.opcintype = 'uuid'::regtype AND y.opcdefault))
    OR NOT x.indisexclusion AND a.atttypid IN ('int2[]'::regtype, 'int4[]'::regtype, 'int8[]'::regtype) AND NOT o.opcdefault) u
WHERE c.relkind = 'r' AND i.relkind = 'i' AND NOT i.relispartition AND {user} AND {own class} AND x.indisvalid
  AND (x.indpred IS NOT NULL OR x.indexprs IS NOT NULL OR x.indisexclusion OR u.columns IS NOT NULL OR i.oid NOT IN (SELECT o.conindid FROM pg_constraint o)
    AND EXISTS (SELECT FROM pg_attribute g WHERE g.attrelid = c.oid AND g.attgenerated <> '' AND g.attnum = ANY (x.indkey::int2[])))
ORDER BY n.nspname, c.relname, i.relname";

/// Functions that are bound to what they use: by their body (`{bound}` and `{body}`, from
/// PostgreSQL 14), or by a view whose rows they take or give.
pub const FUNCTIONS: &str = "
WITH RECURSIVE callers AS (
  SELECT p.oid AS id, p.oid AS caller FROM pg_proc p WHERE {bound}
  UNION
  SELECT k.id, d.objid FROM callers k JOIN pg_depend d ON d.refclassid = 'pg_proc'::regclass AND d.refobjid = k.caller AND d.classid = 'pg_proc'::regclass)
SELECT jsonb_build_object(
  'schema', n.nspname, 'name', p.proname, 'arguments', pg_get_function_identity_arguments(p.oid), 'procedure', p.prokind = 'p',
  'definition', pg_get_functiondef(p.oid), 'body', {body}, 'rows_of', {rows of}, 'owner', pg_get_userbyid(p.proowner),
  'acl', to_jsonb(coalesce(p.proacl, acldefault('f', p.proowner))::text[]), 'own_rights', p.proacl IS NOT NULL, 'comment', obj_description(p.oid, 'pg_proc'), 'extension', NOT ({own proc}),
  'uses', coalesce((SELECT jsonb_agg(DISTINCT jsonb_build_object('schema', un.nspname, 'name', u.relname, 'kind', u.relkind, 'column', a.attname))
     FROM pg_depend d JOIN pg_class u ON u.oid = d.refobjid JOIN pg_namespace un ON un.oid = u.relnamespace
     LEFT JOIN pg_attribute a ON a.attrelid = u.oid AND a.attnum = d.refobjsubid AND d.refobjsubid > 0
     WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.refclassid = 'pg_class'::regclass), '[]'),
  'called_by', (SELECT string_agg(DISTINCT pg_describe_object(d.classid, d.objid, d.objsubid), ', ' ORDER BY pg_describe_object(d.classid, d.objid, d.objsubid))
     FROM callers k JOIN pg_depend d ON d.refclassid = 'pg_proc'::regclass AND d.refobjid = k.caller
     LEFT JOIN pg_attrdef f ON d.classid = 'pg_attrdef'::regclass AND f.oid = d.objid LEFT JOIN pg_attribute a ON a.attrelid = f.adrelid AND a.attnum = f.adnum
     WHERE k.id = p.oid AND (d.classid IN ('pg_constraint'::regclass, 'pg_class'::regclass) OR a.attgenerated <> '')),
  'used_by', (SELECT string_agg(DISTINCT pg_describe_object(d.classid, d.objid, d.objsubid), ', ' ORDER BY pg_describe_object(d.classid, d.objid, d.objsubid))
     FROM pg_depend d LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
     WHERE d.refclassid = 'pg_proc'::regclass AND d.refobjid = p.oid AND d.deptype <> 'i' AND coalesce(r.rulename, '') <> '_RETURN'))::text
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE p.prokind <> 'a' AND ({bound} OR {rows of} IS NOT NULL) AND {user}
ORDER BY n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)";

/// The views whose rows a function takes or gives.
pub const ROWS_OF: &str = "(SELECT jsonb_agg(DISTINCT jsonb_build_object('schema', vn.nspname, 'name', v.relname, 'kind', v.relkind, 'column', NULL))
     FROM pg_depend d JOIN pg_type t ON t.oid = d.refobjid JOIN pg_class v ON v.relkind IN ('v', 'm') AND v.reltype IN (t.oid, t.typelem) JOIN pg_namespace vn ON vn.oid = v.relnamespace
     WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.refclassid = 'pg_type'::regclass)";

/// Tables in publications that name columns, from PostgreSQL 15.
pub const PUBLISHED: &str = "
SELECT jsonb_build_object(
  'schema', n.nspname, 'table', c.relname, 'publication', b.pubname, 'filter', pg_get_expr(r.prqual, r.prrelid),
  'columns', (SELECT jsonb_agg(a.attname ORDER BY u.k) FROM unnest(r.prattrs::int2[]) WITH ORDINALITY u(num, k) JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.num),
  'uses', (SELECT jsonb_agg(DISTINCT a.attname) FROM pg_depend d JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
     WHERE d.classid = 'pg_publication_rel'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid > 0))::text
FROM pg_publication_rel r JOIN pg_publication b ON b.oid = r.prpubid JOIN pg_class c ON c.oid = r.prrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE {user} AND EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_publication_rel'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid > 0)
ORDER BY b.pubname, n.nspname, c.relname";

/// Generated columns that are computed from others and can be given another expression, from
/// PostgreSQL 17. Those that are inherited or part of the primary key stay as they are.
pub const GENERATED: &str = "
SELECT jsonb_build_object(
  'schema', n.nspname, 'table', c.relname, 'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
  'expression', pg_get_expr(f.adbin, f.adrelid), 'not_null', a.attnotnull,
  'constraint', (SELECT k.conname FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'n' AND k.conkey = ARRAY[a.attnum]),
  'uses', (SELECT jsonb_agg(DISTINCT u.attname) FROM pg_depend d JOIN pg_attribute u ON u.attrelid = c.oid AND u.attnum = d.refobjsubid
     WHERE d.classid = 'pg_attrdef'::regclass AND d.objid = f.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid NOT IN (0, a.attnum)))::text
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attrdef f ON f.adrelid = c.oid AND f.adnum = a.attnum
WHERE a.attgenerated <> '' AND NOT a.attisdropped AND c.relkind = 'r' AND {user} AND a.attinhcount = 0
  AND NOT EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = c.oid)
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p' AND a.attnum = ANY (k.conkey))
  AND NOT (a.attgenerated = 'v' AND EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c'))
  AND EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_attrdef'::regclass AND d.objid = f.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid NOT IN (0, a.attnum))
ORDER BY n.nspname, c.relname, a.attnum";

/// Generated columns that stand last in their table, before PostgreSQL 17: nothing stands on them
/// or on those behind them but indexes that can be made again.
pub const TAIL: &str = "
WITH generated AS MATERIALIZED (
  SELECT c.oid AS relation, n.nspname, c.relname, pg_get_userbyid(c.relowner) AS owner, to_jsonb(a) AS a, a.attnum, a.attname, f.oid AS expression,
    EXISTS (SELECT FROM pg_seclabel s WHERE s.objoid = c.oid AND s.objsubid = a.attnum)
    OR EXISTS (SELECT FROM pg_depend d WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid = a.attnum
      AND (d.classid, d.objid) <> ('pg_attrdef'::regclass, f.oid) AND (d.classid, d.objid, d.objsubid) <> ('pg_class'::regclass, c.oid, a.attnum)
      AND NOT (d.classid = 'pg_class'::regclass AND EXISTS (
        SELECT FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid WHERE i.oid = d.objid AND i.relkind = 'i' AND x.indisvalid
          AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.oid)
          AND NOT EXISTS (SELECT FROM pg_attribute t WHERE t.attrelid = i.oid AND t.attstattarget >= 0)
          AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = i.oid AND e.deptype IN ('e', 'x'))))) AS held
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attrdef f ON f.adrelid = c.oid AND f.adnum = a.attnum
  WHERE a.attgenerated = 's' AND NOT a.attisdropped AND c.relkind = 'r' AND NOT c.relispartition AND c.reloftype = 0 AND {user} AND {own class}
    AND NOT EXISTS (SELECT FROM pg_inherits i WHERE c.oid IN (i.inhparent, i.inhrelid))),
tail AS (
  SELECT g.* FROM generated g
  WHERE NOT EXISTS (SELECT FROM pg_attribute b WHERE b.attrelid = g.relation AND b.attnum > g.attnum AND NOT b.attisdropped AND b.attgenerated <> 's')
    AND NOT EXISTS (SELECT FROM generated b WHERE b.relation = g.relation AND b.attnum >= g.attnum AND b.held))
SELECT jsonb_build_object(
  'schema', g.nspname, 'table', g.relname, 'name', g.attname, 'before', lag(g.attname) OVER (PARTITION BY g.relation ORDER BY g.attnum),
  'type', format_type(t.oid, (g.a ->> 'atttypmod')::int), 'expression', pg_get_expr(f.adbin, f.adrelid), 'not_null', (g.a ->> 'attnotnull')::boolean,
  'collation', (SELECT quote_ident(m.nspname) || '.' || quote_ident(o.collname) FROM pg_collation o JOIN pg_namespace m ON m.oid = o.collnamespace
     WHERE o.oid = (g.a ->> 'attcollation')::oid AND o.oid <> t.typcollation),
  'storage', nullif(g.a ->> 'attstorage', t.typstorage::text), 'compression', nullif(g.a ->> 'attcompression', ''), 'statistics', (g.a ->> 'attstattarget')::int,
  'options', g.a -> 'attoptions', 'owner', g.owner, 'acl', (SELECT to_jsonb(b.attacl::text[]) FROM pg_attribute b WHERE b.attrelid = g.relation AND b.attnum = g.attnum),
  'comment', col_description(g.relation, g.attnum),
  'uses', (SELECT jsonb_agg(DISTINCT u.attname) FROM pg_depend d JOIN pg_attribute u ON u.attrelid = g.relation AND u.attnum = d.refobjsubid
     WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = g.relation AND d.refobjsubid NOT IN (0, g.attnum)
       AND ((d.classid = 'pg_attrdef'::regclass AND d.objid = g.expression) OR (d.classid = 'pg_class'::regclass AND d.objid = g.relation AND d.objsubid = g.attnum))))::text
FROM tail g JOIN pg_attrdef f ON f.oid = g.expression JOIN pg_type t ON t.oid = (g.a ->> 'atttypid')::oid
ORDER BY g.nspname, g.relname, g.attnum";
