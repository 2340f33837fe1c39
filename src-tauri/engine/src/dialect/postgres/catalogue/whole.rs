//! What belongs to the database as a whole: schemas, extensions, publications, foreign
//! servers, default rights, settings; and the comments on whatever has none of its own here.

/// The queries, in the shape described beside the relations.
pub const QUERIES: &[&str] = &[
    SCHEMAS,
    EXTENSIONS,
    EXTENSION_DEPENDENCIES,
    PUBLICATIONS,
    PUBLISHED_TABLES,
    PUBLICATION_MEMBERS,
    SUBSCRIPTIONS,
    FOREIGN_WRAPPERS,
    FOREIGN_SERVERS,
    USER_MAPPINGS,
    DEFAULT_RIGHTS,
    SECURITY_LABELS,
    SETTINGS,
    COMMENTS,
];

/// Queries that only later versions can answer, with the first `server_version_num`.
pub const LATER: &[(u32, &str)] = &[(150_000, PUBLISHED_SCHEMAS)];

const SCHEMAS: &str = "
SELECT 'schema', jsonb_build_array(n.nspname)::text,
       jsonb_build_object('owner', pg_get_userbyid(n.nspowner),
         'acl', (SELECT string_agg(i::text, ',' ORDER BY i::text) FROM unnest(coalesce(n.nspacl, acldefault('n', n.nspowner))) i),
         'comment', obj_description(n.oid, 'pg_namespace'))::text
FROM pg_namespace n WHERE {user}";

const EXTENSIONS: &str = "
SELECT 'extension', jsonb_build_array(o.extname)::text,
       jsonb_build_object('version', o.extversion, 'schema', n.nspname, 'owner', pg_get_userbyid(o.extowner), 'relocatable', o.extrelocatable,
         'tables', (SELECT to_jsonb(array_agg(i::regclass::text || coalesce(' ' || o.extcondition[p], '') ORDER BY p)) FROM unnest(o.extconfig) WITH ORDINALITY u(i, p)))::text
FROM pg_extension o JOIN pg_namespace n ON n.oid = o.extnamespace";

// ALTER ... DEPENDS ON EXTENSION: the object goes with the extension though it is not part of it.
const EXTENSION_DEPENDENCIES: &str = "
SELECT 'depends on extension', jsonb_build_array(e.extname, i.type, i.identity)::text, '{}'
FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid CROSS JOIN LATERAL pg_identify_object(d.classid, d.objid, d.objsubid) i
WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'x' AND i.schema IS DISTINCT FROM 'rekey'
GROUP BY e.extname, i.type, i.identity";

const PUBLICATIONS: &str = "
SELECT 'publication', jsonb_build_array(o.pubname)::text,
       (to_jsonb(o) - 'oid' - 'pubname' - 'pubowner' || jsonb_build_object('owner', pg_get_userbyid(o.pubowner)))::text
FROM pg_publication o";

const PUBLISHED_TABLES: &str = "
SELECT 'published table', jsonb_build_array(v.pubname, v.schemaname, v.tablename)::text,
       jsonb_build_object('columns', to_jsonb(v) ->> 'attnames', 'filter', to_jsonb(v) ->> 'rowfilter')::text
FROM pg_publication_tables v WHERE v.schemaname <> 'rekey'";

// Which tables are named, and not published through a schema or with all tables; and
// whether their columns are listed or all are meant.
const PUBLICATION_MEMBERS: &str = "
SELECT 'publication member', jsonb_build_array(o.pubname, n.nspname, c.relname)::text,
       jsonb_build_object('columns', (SELECT to_jsonb(array_agg(a.attname ORDER BY a.attnum)) FROM pg_attribute a
         WHERE a.attrelid = c.oid AND a.attnum::text = ANY (string_to_array(translate(to_jsonb(r) ->> 'prattrs', '[],', ''), ' '))), 'filtered', nullif(to_jsonb(r) ->> 'prqual' IS NOT NULL, false))::text
FROM pg_publication_rel r JOIN pg_publication o ON o.oid = r.prpubid JOIN pg_class c ON c.oid = r.prrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE {user}";

const PUBLISHED_SCHEMAS: &str = "
SELECT 'published schema', jsonb_build_array(o.pubname, n.nspname)::text, '{}'
FROM pg_publication_namespace r JOIN pg_publication o ON o.oid = r.pnpubid JOIN pg_namespace n ON n.oid = r.pnnspid";

// The connection text of a subscription is a secret. Not everybody may read the other columns.
const SUBSCRIPTIONS: &str = "
SELECT 'subscription', jsonb_build_array(o.subname)::text,
       jsonb_build_object('enabled', o.subenabled, 'owner', pg_get_userbyid(o.subowner), 'slot', o.subslotname, 'publications', o.subpublications::text)::text
FROM pg_subscription o WHERE o.subdbid = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())";

const FOREIGN_WRAPPERS: &str = "
SELECT 'foreign data wrapper', jsonb_build_array(o.fdwname)::text,
       jsonb_build_object('owner', pg_get_userbyid(o.fdwowner), 'handler', nullif(o.fdwhandler, 0)::regprocedure::text, 'validator', nullif(o.fdwvalidator, 0)::regprocedure::text,
         'options', (SELECT string_agg(i, ',' ORDER BY i) FROM unnest(o.fdwoptions) i),
         'acl', (SELECT string_agg(i::text, ',' ORDER BY i::text) FROM unnest(coalesce(o.fdwacl, acldefault('F', o.fdwowner))) i))::text
FROM pg_foreign_data_wrapper o WHERE {own pg_foreign_data_wrapper}";

const FOREIGN_SERVERS: &str = "
SELECT 'foreign server', jsonb_build_array(o.srvname)::text,
       jsonb_build_object('owner', pg_get_userbyid(o.srvowner), 'type', o.srvtype, 'version', o.srvversion,
         'wrapper', (SELECT w.fdwname FROM pg_foreign_data_wrapper w WHERE w.oid = o.srvfdw),
         'options', (SELECT string_agg(i, ',' ORDER BY i) FROM unnest(o.srvoptions) i),
         'acl', (SELECT string_agg(i::text, ',' ORDER BY i::text) FROM unnest(coalesce(o.srvacl, acldefault('S', o.srvowner))) i))::text
FROM pg_foreign_server o WHERE {own pg_foreign_server}";

// Their options are passwords; the names alone are kept.
const USER_MAPPINGS: &str = "
SELECT 'user mapping', jsonb_build_array(o.srvname, o.usename)::text,
       jsonb_build_object('options', (SELECT string_agg(split_part(i, '=', 1), ',' ORDER BY i) FROM unnest(o.umoptions) i))::text
FROM pg_user_mappings o";

const DEFAULT_RIGHTS: &str = "
SELECT 'default rights', jsonb_build_array(pg_get_userbyid(o.defaclrole), coalesce(n.nspname, ''), o.defaclobjtype)::text,
       jsonb_build_object('acl', to_jsonb(o.defaclacl::text[]))::text
FROM pg_default_acl o LEFT JOIN pg_namespace n ON n.oid = o.defaclnamespace WHERE n.oid IS NULL OR {user}";

const SECURITY_LABELS: &str = "
SELECT 'security label', jsonb_build_array(s.provider, s.objtype, s.objname)::text, jsonb_build_object('label', s.label)::text
FROM pg_seclabels s";

// Settings of an application's own may be secrets, and the catalogue is kept in the journal.
const SETTINGS: &str = "
SELECT 'setting', jsonb_build_array(coalesce(d.datname, ''), coalesce(r.rolname, ''))::text,
       jsonb_build_object('values', (SELECT to_jsonb(array_agg(CASE WHEN split_part(i, '=', 1) ~ '[.]' THEN split_part(i, '=', 1) || ' ' || md5(i) ELSE i END ORDER BY p))
                                     FROM unnest(s.setconfig) WITH ORDINALITY u(i, p)))::text
FROM pg_db_role_setting s LEFT JOIN pg_database d ON d.oid = s.setdatabase LEFT JOIN pg_roles r ON r.oid = s.setrole
WHERE d.datname = current_database()";

// Comments on what the other queries describe without one. Those of large objects belong to
// the data. What the server itself brought has low object ids.
const COMMENTS: &str = "
SELECT 'comment', jsonb_build_array(i.type, i.identity)::text, jsonb_build_object('text', o.description)::text
FROM pg_description o CROSS JOIN LATERAL pg_identify_object(o.classoid, o.objoid, o.objsubid) i
WHERE o.classoid NOT IN ('pg_class'::regclass, 'pg_constraint'::regclass, 'pg_type'::regclass, 'pg_proc'::regclass, 'pg_rewrite'::regclass, 'pg_trigger'::regclass,
        'pg_policy'::regclass, 'pg_statistic_ext'::regclass, 'pg_namespace'::regclass, 'pg_largeobject'::regclass)
  AND (o.objoid >= 16384 OR o.classoid = 'pg_extension'::regclass) AND i.schema IS DISTINCT FROM 'rekey'
  AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = o.classoid AND x.objid = o.objoid AND x.deptype = 'e')";
