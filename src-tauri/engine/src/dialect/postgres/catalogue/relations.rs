//! Relations and what belongs to them. Each query gives kind, parts of the name (JSON) and
//! attributes (JSON). What not every version has is read through `to_jsonb` of the row.

/// The queries.
pub const QUERIES: &[&str] =
    &[RELATIONS, COLUMNS, CONSTRAINTS, INDEXES, SEQUENCES, RULES, TRIGGERS, POLICIES, STATISTICS];

const RELATIONS: &str = "
SELECT CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
         WHEN 'f' THEN 'foreign table' ELSE 'relation' END,
       jsonb_build_array(n.nspname, c.relname)::text,
       jsonb_build_object(
         'kind', c.relkind,
         'owner', pg_get_userbyid(c.relowner),
         'acl', to_jsonb(coalesce(c.relacl, acldefault('r', c.relowner))::text[]),
         'persistence', c.relpersistence,
         'options', (SELECT string_agg(i, ',' ORDER BY i) FROM unnest(c.reloptions) i),
         'toast_options', (SELECT string_agg(i, ',' ORDER BY i) FROM pg_class toast, unnest(toast.reloptions) i WHERE toast.oid = c.reltoastrelid),
         'row_security', c.relrowsecurity,
         'force_row_security', c.relforcerowsecurity,
         'replica_identity', c.relreplident,
         'populated', c.relispopulated,
         'tablespace', (SELECT s.spcname FROM pg_tablespace s WHERE s.oid = c.reltablespace),
         'access_method', (SELECT m.amname FROM pg_am m WHERE m.oid = c.relam),
         'inherits', (SELECT string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno) FROM pg_inherits i WHERE i.inhrelid = c.oid),
         'partition_bound', pg_get_expr(c.relpartbound, c.oid),
         'partition_key', CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END,
         'of_type', CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END,
         'definition', CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END,
         'server', (SELECT s.srvname FROM pg_foreign_table f JOIN pg_foreign_server s ON s.oid = f.ftserver WHERE f.ftrelid = c.oid),
         'foreign_options', (SELECT f.ftoptions::text FROM pg_foreign_table f WHERE f.ftrelid = c.oid),
         'comment', obj_description(c.oid, 'pg_class'))::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND {user} AND {own class}";

const COLUMNS: &str = "
SELECT 'column', jsonb_build_array(n.nspname, c.relname, a.attname)::text,
       jsonb_build_object(
         'position', row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum),
         'type', format_type(a.atttypid, a.atttypmod),
         'not_null', a.attnotnull,
         'default', CASE WHEN a.atthasdef THEN (SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum) END,
         'identity', nullif(a.attidentity::text, ''),
         'generated', nullif(a.attgenerated::text, ''),
         'collation', CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation::text END,
         'storage', a.attstorage,
         'compression', nullif(to_jsonb(a) ->> 'attcompression', ''),
         'statistics', nullif(a.attstattarget, -1),
         'options', a.attoptions::text,
         'foreign_options', a.attfdwoptions::text,
         'local', a.attislocal,
         'inherited', a.attinhcount,
         'acl', to_jsonb(a.attacl::text[]),
         'comment', col_description(a.attrelid, a.attnum))::text
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = a.atttypid
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND {user} AND {own class}";

const CONSTRAINTS: &str = "
SELECT 'constraint', jsonb_build_array(n.nspname, coalesce(c.relname, t.typname), k.conname)::text,
       jsonb_build_object(
         'kind', k.contype,
         'on', CASE WHEN c.oid IS NULL THEN 'domain' ELSE 'table' END,
         'definition', pg_get_constraintdef(k.oid),
         'validated', k.convalidated,
         'deferrable', k.condeferrable,
         'deferred', k.condeferred,
         'local', k.conislocal,
         'inherited', k.coninhcount,
         'no_inherit', k.connoinherit,
         'enforced', to_jsonb(k) -> 'conenforced',
         'parent', (SELECT p.conname FROM pg_constraint p WHERE p.oid = k.conparentid),
         'index', (SELECT i.relname FROM pg_class i WHERE i.oid = k.conindid AND k.contype IN ('p', 'u', 'x')),
         'triggers', CASE WHEN k.contype = 'f' THEN (SELECT string_agg(DISTINCT g.tgenabled::text, ',') FROM pg_trigger g WHERE g.tgconstraint = k.oid) END,
         'comment', obj_description(k.oid, 'pg_constraint'))::text
FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace
LEFT JOIN pg_class c ON c.oid = k.conrelid LEFT JOIN pg_type t ON t.oid = k.contypid
WHERE {user} AND k.contype <> 't' AND (c.oid IS NULL OR {own class}) AND (t.oid IS NULL OR {own type})";

const INDEXES: &str = "
SELECT 'index', jsonb_build_array(n.nspname, c.relname)::text,
       jsonb_build_object(
         'table', x.indrelid::regclass::text,
         'definition', pg_get_indexdef(c.oid),
         'owner', pg_get_userbyid(c.relowner),
         'primary', x.indisprimary,
         'valid', x.indisvalid,
         'ready', x.indisready,
         'clustered', x.indisclustered,
         'replica_identity', x.indisreplident,
         'immediate', x.indimmediate,
         'persistence', c.relpersistence,
         'tablespace', (SELECT s.spcname FROM pg_tablespace s WHERE s.oid = c.reltablespace),
         'constraint', k.names,
         'parent', (SELECT i.inhparent::regclass::text FROM pg_inherits i WHERE i.inhrelid = c.oid),
         'statistics', (SELECT string_agg(a.attnum || ':' || a.attstattarget, ',' ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attstattarget >= 0),
         'comment', obj_description(c.oid, 'pg_class'))::text
FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN (SELECT o.conindid, string_agg(o.conname, ', ' ORDER BY o.conname) AS names FROM pg_constraint o WHERE o.contype IN ('p', 'u', 'x') GROUP BY o.conindid) k ON k.conindid = c.oid
WHERE {user} AND {own class}";

const SEQUENCES: &str = "
SELECT 'sequence', jsonb_build_array(n.nspname, c.relname)::text,
       jsonb_build_object(
         'type', format_type(s.seqtypid, NULL),
         'start', s.seqstart, 'increment', s.seqincrement, 'min', s.seqmin, 'max', s.seqmax, 'cache', s.seqcache, 'cycle', s.seqcycle,
         'owned_by', (SELECT d.deptype::text || ' ' || d.refobjid::regclass::text || '.' || a.attname
                      FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                      WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')),
         'owner', pg_get_userbyid(c.relowner),
         'persistence', c.relpersistence,
         'acl', to_jsonb(coalesce(c.relacl, acldefault('s', c.relowner))::text[]),
         'comment', obj_description(c.oid, 'pg_class'))::text
FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE {user} AND {own class}";

const RULES: &str = "
SELECT 'rule', jsonb_build_array(n.nspname, c.relname, r.rulename)::text,
       jsonb_build_object('definition', pg_get_ruledef(r.oid), 'enabled', r.ev_enabled, 'comment', obj_description(r.oid, 'pg_rewrite'))::text
FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE r.rulename <> '_RETURN' AND {user} AND {own class}";

const TRIGGERS: &str = "
SELECT 'trigger', jsonb_build_array(n.nspname, c.relname, g.tgname)::text,
       jsonb_build_object('definition', pg_get_triggerdef(g.oid), 'enabled', g.tgenabled,
         'parent', (to_jsonb(g) ->> 'tgparentid') <> '0',
         'extension', (SELECT string_agg(e.extname, ',' ORDER BY e.extname) FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
                       WHERE d.classid = 'pg_trigger'::regclass AND d.objid = g.oid AND d.refclassid = 'pg_extension'::regclass),
         'comment', obj_description(g.oid, 'pg_trigger'))::text
FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE NOT g.tgisinternal AND {user} AND {own class}";

const POLICIES: &str = "
SELECT 'policy', jsonb_build_array(n.nspname, c.relname, y.polname)::text,
       jsonb_build_object('command', y.polcmd, 'permissive', y.polpermissive,
         'roles', (SELECT string_agg(CASE WHEN i = 0 THEN 'public' ELSE pg_get_userbyid(i)::text END, ',' ORDER BY i) FROM unnest(y.polroles) i),
         'using', pg_get_expr(y.polqual, y.polrelid), 'check', pg_get_expr(y.polwithcheck, y.polrelid),
         'comment', obj_description(y.oid, 'pg_policy'))::text
FROM pg_policy y JOIN pg_class c ON c.oid = y.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE {user} AND {own class}";

const STATISTICS: &str = "
SELECT 'statistics', jsonb_build_array(n.nspname, o.stxname)::text,
       jsonb_build_object('definition', pg_get_statisticsobjdef(o.oid), 'owner', pg_get_userbyid(o.stxowner),
         'target', nullif((to_jsonb(o) ->> 'stxstattarget')::int, -1),
         'comment', obj_description(o.oid, 'pg_statistic_ext'))::text
FROM pg_statistic_ext o JOIN pg_namespace n ON n.oid = o.stxnamespace
WHERE {user}";
