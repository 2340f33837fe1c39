//! What stands on a table: constraints, indexes, rules, triggers, policies, statistics.

/// The queries, in the shape described beside the relations.
pub const QUERIES: &[&str] = &[CONSTRAINTS, INDEXES, RULES, TRIGGERS, POLICIES, STATISTICS];

// The server's own triggers behind a constraint can be switched off one by one.
const CONSTRAINTS: &str = "
SELECT q.* FROM (SELECT NULL::boolean AS conenforced, NULL::boolean AS conperiod) older CROSS JOIN LATERAL (
SELECT 'constraint', json_build_array(n.nspname, coalesce(c.relname, t.typname), k.conname)::text,
       json_build_object(
         'kind', k.contype,
         'on', CASE WHEN c.oid IS NULL THEN 'domain' ELSE 'table' END,
         'definition', pg_get_constraintdef(k.oid),
         'validated', k.convalidated,
         'deferrable', k.condeferrable,
         'deferred', k.condeferred,
         'local', k.conislocal,
         'inherited', k.coninhcount,
         -- Of keys and references it only tells in which order things were made.
         'no_inherit', CASE WHEN k.contype IN ('c', 'n') THEN k.connoinherit END,
         'enforced', (SELECT conenforced),
         'period', (SELECT conperiod),
         'parent', (SELECT p.conname FROM pg_constraint p WHERE p.oid = k.conparentid),
         'index', (SELECT i.relname FROM pg_class i WHERE i.oid = k.conindid AND k.contype IN ('p', 'u', 'x')),
         'triggers', guards.names,
         'comment', (SELECT d.description FROM pg_description d WHERE d.objoid = k.oid AND d.classoid = 'pg_constraint'::regclass))::text
FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace
LEFT JOIN pg_class c ON c.oid = k.conrelid LEFT JOIN pg_type t ON t.oid = k.contypid
LEFT JOIN (SELECT w.tgconstraint, string_agg(w.name, ', ' ORDER BY w.name) AS names
  FROM (SELECT DISTINCT g.tgconstraint, f.proname || ' ' || g.tgenabled::text AS name FROM pg_trigger g JOIN pg_proc f ON f.oid = g.tgfoid WHERE g.tgconstraint <> 0) w
  GROUP BY w.tgconstraint) guards ON guards.tgconstraint = k.oid
WHERE {user} AND k.contype <> 't'
  -- What stands on a table for each partition of the table that it references has a name that nobody chose.
  AND NOT (k.contype = 'f' AND EXISTS (SELECT FROM pg_constraint p WHERE p.oid = k.conparentid AND p.conrelid = k.conrelid))
  AND (c.oid IS NULL OR {own class}) AND (t.oid IS NULL OR {own type})) q";

// The definition has operator classes with their options, collations, order of values and of
// nulls, included columns, the predicate and the storage parameters.
const INDEXES: &str = "
SELECT 'index', json_build_array(n.nspname, c.relname)::text,
       json_build_object(
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
         'comment', (SELECT d.description FROM pg_description d WHERE d.objoid = c.oid AND d.classoid = 'pg_class'::regclass AND d.objsubid = 0))::text
FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN (SELECT o.conindid, string_agg(o.conname, ', ' ORDER BY o.conname) AS names FROM pg_constraint o WHERE o.contype IN ('p', 'u', 'x') GROUP BY o.conindid) k ON k.conindid = c.oid
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
         'comment', obj_description(g.oid, 'pg_trigger'))::text
FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE NOT g.tgisinternal AND {user} AND {own class}";

// Roles by name: their numbers differ from server to server.
const POLICIES: &str = "
SELECT 'policy', jsonb_build_array(n.nspname, c.relname, y.polname)::text,
       jsonb_build_object('command', y.polcmd, 'permissive', y.polpermissive,
         'roles', (SELECT to_jsonb(array_agg(r.name ORDER BY r.name))
                   FROM (SELECT CASE WHEN i = 0 THEN 'public' ELSE quote_ident(pg_get_userbyid(i)) END COLLATE \"C\" AS name FROM unnest(y.polroles) i) r),
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
