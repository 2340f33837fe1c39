//! Tables, views, sequences and their columns. Each query gives kind, parts of the name
//! (JSON) and attributes (JSON).
//!
//! What not every version has is read through `to_jsonb` of the row where rows are few. For
//! columns and constraints, of which there are tens of thousands, that would take a tenth of
//! a second: there a name that the version lacks falls through to a column of an outer query.

/// The queries.
pub const QUERIES: &[&str] = &[RELATIONS, COLUMNS, SEQUENCES];

const RELATIONS: &str = "
SELECT CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
         WHEN 'f' THEN 'foreign table' ELSE 'relation' END,
       json_build_array(n.nspname, c.relname)::text,
       json_build_object(
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
         'detaching', (SELECT nullif(bool_or((to_jsonb(i) ->> 'inhdetachpending')::boolean), false) FROM pg_inherits i WHERE i.inhrelid = c.oid),
         'partition_bound', pg_get_expr(c.relpartbound, c.oid),
         'partition_key', CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END,
         'of_type', CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END,
         'definition', CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END,
         'server', (SELECT s.srvname FROM pg_foreign_table f JOIN pg_foreign_server s ON s.oid = f.ftserver WHERE f.ftrelid = c.oid),
         'foreign_options', (SELECT f.ftoptions::text FROM pg_foreign_table f WHERE f.ftrelid = c.oid),
         'comment', obj_description(c.oid, 'pg_class'))::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND {user} AND {own class}";

// The place is counted, since numbers of dropped columns are not seen from outside.
const COLUMNS: &str = "
SELECT q.* FROM (SELECT NULL::text AS attcompression) older CROSS JOIN LATERAL (
SELECT 'column', json_build_array(n.nspname, c.relname, a.attname)::text,
       json_build_object(
         'position', row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum),
         'type', format_type(a.atttypid, a.atttypmod),
         'not_null', a.attnotnull,
         'default', CASE WHEN a.atthasdef THEN (SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum) END,
         'identity', nullif(a.attidentity::text, ''),
         'generated', nullif(a.attgenerated::text, ''),
         'collation', CASE WHEN a.attcollation <> t.typcollation THEN (SELECT quote_ident(m.nspname) || '.' || quote_ident(o.collname)
                      FROM pg_collation o JOIN pg_namespace m ON m.oid = o.collnamespace WHERE o.oid = a.attcollation) END,
         'storage', a.attstorage,
         'compression', nullif((SELECT attcompression)::text, ''),
         'statistics', nullif(a.attstattarget, -1),
         'options', (SELECT string_agg(i, ',' ORDER BY i) FROM unnest(a.attoptions) i),
         'foreign_options', a.attfdwoptions::text,
         'local', a.attislocal,
         'inherited', a.attinhcount,
         'acl', to_jsonb(a.attacl::text[]),
         'comment', (SELECT d.description FROM pg_description d WHERE d.objoid = a.attrelid AND d.classoid = 'pg_class'::regclass AND d.objsubid = a.attnum))::text
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = a.atttypid
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND {user} AND {own class}) q";

// Where it stands belongs to the rows, not to the catalogue.
const SEQUENCES: &str = "
SELECT 'sequence', json_build_array(n.nspname, c.relname)::text,
       json_build_object(
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
