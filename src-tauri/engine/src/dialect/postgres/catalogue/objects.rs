//! Everything else: schemas, code, types, publications and what is set for the whole database.

/// The queries, in the shape described beside the relations.
pub const QUERIES: &[&str] = &[
    SCHEMAS,
    FUNCTIONS,
    AGGREGATES,
    TYPES,
    OPERATORS,
    OPERATOR_CLASSES,
    OPERATOR_FAMILIES,
    CASTS,
    COLLATIONS,
    CONVERSIONS,
    TEXT_SEARCH,
    PUBLICATIONS,
    PUBLISHED_TABLES,
    SUBSCRIPTIONS,
    EVENT_TRIGGERS,
    EXTENSIONS,
    LANGUAGES,
    FOREIGN_SERVERS,
    FOREIGN_WRAPPERS,
    DEFAULT_RIGHTS,
    SECURITY_LABELS,
    SETTINGS,
];

const SCHEMAS: &str = "
SELECT 'schema', jsonb_build_array(n.nspname)::text,
       jsonb_build_object('owner', pg_get_userbyid(n.nspowner),
         'acl', (SELECT string_agg(i::text, ',' ORDER BY i::text) FROM unnest(coalesce(n.nspacl, acldefault('n', n.nspowner))) i),
         'comment', obj_description(n.oid, 'pg_namespace'))::text
FROM pg_namespace n WHERE {user}";

const FUNCTIONS: &str = "
SELECT CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END,
       jsonb_build_array(n.nspname, p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')')::text,
       jsonb_build_object('definition', pg_get_functiondef(p.oid), 'owner', pg_get_userbyid(p.proowner),
         'acl', (SELECT string_agg(i::text, ',' ORDER BY i::text) FROM unnest(coalesce(p.proacl, acldefault('f', p.proowner))) i),
         'comment', obj_description(p.oid, 'pg_proc'))::text
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE p.prokind <> 'a' AND {user} AND {own proc}";

const AGGREGATES: &str = "
SELECT 'aggregate', jsonb_build_array(n.nspname, p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')')::text,
       jsonb_build_object('kind', g.aggkind, 'state_function', g.aggtransfn::text, 'final_function', g.aggfinalfn::text,
         'combine_function', g.aggcombinefn::text, 'moving_function', g.aggmtransfn::text, 'state_type', format_type(g.aggtranstype, NULL),
         'initial', g.agginitval, 'sort_operator', g.aggsortop::regoperator::text, 'returns', pg_get_function_result(p.oid), 'parallel', p.proparallel,
         'owner', pg_get_userbyid(p.proowner),
         'acl', (SELECT string_agg(i::text, ',' ORDER BY i::text) FROM unnest(coalesce(p.proacl, acldefault('f', p.proowner))) i),
         'comment', obj_description(p.oid, 'pg_proc'))::text
FROM pg_aggregate g JOIN pg_proc p ON p.oid = g.aggfnoid JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE {user} AND {own proc}";

// Row types of relations and array types come with what they belong to.
const TYPES: &str = "
SELECT 'type', jsonb_build_array(n.nspname, t.typname)::text,
       jsonb_build_object('kind', t.typtype, 'owner', pg_get_userbyid(t.typowner),
         'acl', (SELECT string_agg(i::text, ',' ORDER BY i::text) FROM unnest(coalesce(t.typacl, acldefault('T', t.typowner))) i),
         'base', CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END,
         'not_null', CASE WHEN t.typtype = 'd' THEN t.typnotnull END,
         'default', t.typdefault,
         'labels', (SELECT string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid),
         'range', (SELECT format_type(r.rngsubtype, NULL) FROM pg_range r WHERE r.rngtypid = t.oid),
         'input', t.typinput::text, 'output', t.typoutput::text,
         'comment', obj_description(t.oid, 'pg_type'))::text
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE t.typelem = 0 AND (t.typrelid = 0 OR EXISTS (SELECT FROM pg_class k WHERE k.oid = t.typrelid AND k.relkind = 'c')) AND {user} AND {own type}";

const OPERATORS: &str = "
SELECT 'operator', jsonb_build_array(n.nspname, o.oprname || '(' || format_type(o.oprleft, NULL) || ', ' || format_type(o.oprright, NULL) || ')')::text,
       jsonb_build_object('function', o.oprcode::text, 'returns', format_type(o.oprresult, NULL), 'commutator', o.oprcom::regoperator::text,
         'negator', o.oprnegate::regoperator::text, 'owner', pg_get_userbyid(o.oprowner), 'comment', obj_description(o.oid, 'pg_operator'))::text
FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace WHERE {user}";

const OPERATOR_CLASSES: &str = "
SELECT 'operator class', jsonb_build_array(n.nspname, o.opcname, m.amname)::text,
       jsonb_build_object('type', format_type(o.opcintype, NULL), 'default', o.opcdefault, 'owner', pg_get_userbyid(o.opcowner))::text
FROM pg_opclass o JOIN pg_am m ON m.oid = o.opcmethod JOIN pg_namespace n ON n.oid = o.opcnamespace WHERE {user}";

const OPERATOR_FAMILIES: &str = "
SELECT 'operator family', jsonb_build_array(n.nspname, o.opfname, m.amname)::text,
       jsonb_build_object('owner', pg_get_userbyid(o.opfowner),
         'members', (SELECT count(*) FROM pg_amop x WHERE x.amopfamily = o.oid))::text
FROM pg_opfamily o JOIN pg_am m ON m.oid = o.opfmethod JOIN pg_namespace n ON n.oid = o.opfnamespace WHERE {user}";

// Casts have no schema; those beyond the server's own have high object ids.
const CASTS: &str = "
SELECT 'cast', jsonb_build_array(format_type(k.castsource, NULL), format_type(k.casttarget, NULL))::text,
       jsonb_build_object('function', CASE WHEN k.castfunc <> 0 THEN k.castfunc::regprocedure::text END, 'context', k.castcontext, 'method', k.castmethod)::text
FROM pg_cast k WHERE k.oid >= 16384";

const COLLATIONS: &str = "
SELECT 'collation', jsonb_build_array(n.nspname, o.collname, o.collencoding::text)::text,
       (to_jsonb(o) - 'oid' - 'collnamespace' - 'collowner' || jsonb_build_object('owner', pg_get_userbyid(o.collowner)))::text
FROM pg_collation o JOIN pg_namespace n ON n.oid = o.collnamespace WHERE {user}";

const CONVERSIONS: &str = "
SELECT 'conversion', jsonb_build_array(n.nspname, o.conname)::text, jsonb_build_object('function', o.conproc::text, 'owner', pg_get_userbyid(o.conowner))::text
FROM pg_conversion o JOIN pg_namespace n ON n.oid = o.connamespace WHERE {user}";

const TEXT_SEARCH: &str = "
SELECT 'text search configuration', jsonb_build_array(n.nspname, o.cfgname)::text,
       jsonb_build_object('owner', pg_get_userbyid(o.cfgowner),
         'mappings', (SELECT string_agg(m.maptokentype || ':' || m.mapseqno || ':' || m.mapdict::regdictionary::text, ',' ORDER BY m.maptokentype, m.mapseqno)
                      FROM pg_ts_config_map m WHERE m.mapcfg = o.oid))::text
FROM pg_ts_config o JOIN pg_namespace n ON n.oid = o.cfgnamespace WHERE {user}
UNION ALL
SELECT 'text search dictionary', jsonb_build_array(n.nspname, o.dictname)::text, jsonb_build_object('owner', pg_get_userbyid(o.dictowner), 'options', o.dictinitoption)::text
FROM pg_ts_dict o JOIN pg_namespace n ON n.oid = o.dictnamespace WHERE {user}";

const PUBLICATIONS: &str = "
SELECT 'publication', jsonb_build_array(o.pubname)::text,
       (to_jsonb(o) - 'oid' - 'pubname' - 'pubowner' || jsonb_build_object('owner', pg_get_userbyid(o.pubowner), 'comment', obj_description(o.oid, 'pg_publication')))::text
FROM pg_publication o";

const PUBLISHED_TABLES: &str = "
SELECT 'published table', jsonb_build_array(v.pubname, v.schemaname, v.tablename)::text,
       jsonb_build_object('columns', to_jsonb(v) ->> 'attnames', 'filter', to_jsonb(v) ->> 'rowfilter')::text
FROM pg_publication_tables v WHERE v.schemaname <> 'rekey'";

// The connection text of a subscription is a secret; its name and state are not.
const SUBSCRIPTIONS: &str = "
SELECT 'subscription', jsonb_build_array(o.subname)::text, jsonb_build_object('enabled', o.subenabled, 'owner', pg_get_userbyid(o.subowner))::text
FROM pg_subscription o WHERE o.subdbid = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())";

const EVENT_TRIGGERS: &str = "
SELECT 'event trigger', jsonb_build_array(o.evtname)::text,
       jsonb_build_object('event', o.evtevent, 'function', o.evtfoid::regprocedure::text, 'enabled', o.evtenabled, 'tags', o.evttags::text,
         'owner', pg_get_userbyid(o.evtowner), 'comment', obj_description(o.oid, 'pg_event_trigger'))::text
FROM pg_event_trigger o";

const EXTENSIONS: &str = "
SELECT 'extension', jsonb_build_array(o.extname)::text, jsonb_build_object('version', o.extversion, 'schema', n.nspname, 'owner', pg_get_userbyid(o.extowner))::text
FROM pg_extension o JOIN pg_namespace n ON n.oid = o.extnamespace";

const LANGUAGES: &str = "
SELECT 'language', jsonb_build_array(o.lanname)::text, jsonb_build_object('owner', pg_get_userbyid(o.lanowner), 'trusted', o.lanpltrusted)::text
FROM pg_language o";

const FOREIGN_SERVERS: &str = "
SELECT 'foreign server', jsonb_build_array(o.srvname)::text, jsonb_build_object('owner', pg_get_userbyid(o.srvowner), 'type', o.srvtype, 'version', o.srvversion)::text
FROM pg_foreign_server o";

const FOREIGN_WRAPPERS: &str = "
SELECT 'foreign data wrapper', jsonb_build_array(o.fdwname)::text, jsonb_build_object('owner', pg_get_userbyid(o.fdwowner))::text
FROM pg_foreign_data_wrapper o";

const DEFAULT_RIGHTS: &str = "
SELECT 'default rights', jsonb_build_array(pg_get_userbyid(o.defaclrole), coalesce(n.nspname, ''), o.defaclobjtype)::text,
       jsonb_build_object('acl', to_jsonb(o.defaclacl::text[]))::text
FROM pg_default_acl o LEFT JOIN pg_namespace n ON n.oid = o.defaclnamespace WHERE n.oid IS NULL OR {user}";

const SECURITY_LABELS: &str = "
SELECT 'security label', jsonb_build_array(s.provider, s.objtype, s.objname)::text, jsonb_build_object('label', s.label)::text
FROM pg_seclabels s";

const SETTINGS: &str = "
SELECT 'setting', jsonb_build_array(coalesce(d.datname, ''), coalesce(r.rolname, ''))::text, jsonb_build_object('values', s.setconfig::text)::text
FROM pg_db_role_setting s LEFT JOIN pg_database d ON d.oid = s.setdatabase LEFT JOIN pg_roles r ON r.oid = s.setrole
WHERE d.datname = current_database()";
