//! Types and everything that computes: functions, operators, casts, languages.

/// The queries, in the shape described beside the relations.
pub const QUERIES: &[&str] = &[
    FUNCTIONS,
    AGGREGATES,
    TYPES,
    OPERATORS,
    OPERATOR_CLASSES,
    OPERATOR_FAMILIES,
    CASTS,
    TRANSFORMS,
    COLLATIONS,
    CONVERSIONS,
    TEXT_SEARCH_CONFIGURATIONS,
    TEXT_SEARCH_PARTS,
    EVENT_TRIGGERS,
    LANGUAGES,
    ACCESS_METHODS,
];

// The definition has the body, the language, the settings and every other attribute.
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
       (to_jsonb(g) - 'aggfnoid' - 'aggtranstype' - 'aggmtranstype' - 'aggsortop' || jsonb_build_object(
         'state_type', format_type(g.aggtranstype, NULL),
         'moving_state_type', CASE WHEN g.aggmtranstype <> 0 THEN format_type(g.aggmtranstype, NULL) END,
         'sort_operator', CASE WHEN g.aggsortop <> 0 THEN g.aggsortop::regoperator::text END,
         'returns', pg_get_function_result(p.oid), 'parallel', p.proparallel,
         'owner', pg_get_userbyid(p.proowner),
         'acl', (SELECT string_agg(i::text, ',' ORDER BY i::text) FROM unnest(coalesce(p.proacl, acldefault('f', p.proowner))) i),
         'comment', obj_description(p.oid, 'pg_proc')))::text
FROM pg_aggregate g JOIN pg_proc p ON p.oid = g.aggfnoid JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE {user} AND {own proc}";

// Row types of relations and array types come with what they belong to. What a domain
// inherits from its base type is told by the base type's name.
const TYPES: &str = "
SELECT 'type', jsonb_build_array(n.nspname, t.typname)::text,
       jsonb_build_object('kind', t.typtype, 'owner', pg_get_userbyid(t.typowner),
         'acl', (SELECT string_agg(i::text, ',' ORDER BY i::text) FROM unnest(coalesce(t.typacl, acldefault('T', t.typowner))) i),
         'base', CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END,
         'not_null', CASE WHEN t.typtype = 'd' THEN t.typnotnull END,
         'default', t.typdefault,
         'collation', (SELECT quote_ident(m.nspname) || '.' || quote_ident(o.collname) FROM pg_collation o JOIN pg_namespace m ON m.oid = o.collnamespace WHERE o.oid = t.typcollation),
         'labels', (SELECT to_jsonb(array_agg(e.enumlabel ORDER BY e.enumsortorder)) FROM pg_enum e WHERE e.enumtypid = t.oid),
         'range', (SELECT jsonb_build_object('of', format_type(r.rngsubtype, NULL), 'canonical', r.rngcanonical::text, 'difference', r.rngsubdiff::text,
                          'class', (SELECT quote_ident(m.nspname) || '.' || quote_ident(o.opcname) FROM pg_opclass o JOIN pg_namespace m ON m.oid = o.opcnamespace WHERE o.oid = r.rngsubopc))
                   FROM pg_range r WHERE r.rngtypid = t.oid),
         'made_by', CASE WHEN t.typtype = 'b' THEN to_jsonb(t) - 'oid' - 'typname' - 'typnamespace' - 'typowner' - 'typrelid' - 'typelem' - 'typarray' - 'typbasetype' - 'typcollation' - 'typacl' - 'typdefaultbin'
                    || jsonb_build_object('element', CASE WHEN t.typelem <> 0 THEN format_type(t.typelem, NULL) END) END,
         'comment', obj_description(t.oid, 'pg_type'))::text
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid)
  AND (t.typrelid = 0 OR EXISTS (SELECT FROM pg_class k WHERE k.oid = t.typrelid AND k.relkind = 'c')) AND {user} AND {own type}";

const OPERATORS: &str = "
SELECT 'operator', jsonb_build_array(n.nspname, o.oprname || '(' || format_type(o.oprleft, NULL) || ', ' || format_type(o.oprright, NULL) || ')')::text,
       jsonb_build_object('function', o.oprcode::text, 'returns', format_type(o.oprresult, NULL), 'commutator', o.oprcom::regoperator::text,
         'negator', o.oprnegate::regoperator::text, 'restrict', o.oprrest::text, 'join', o.oprjoin::text, 'merges', o.oprcanmerge, 'hashes', o.oprcanhash,
         'owner', pg_get_userbyid(o.oprowner))::text
FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace WHERE {user} AND {own pg_operator}";

const OPERATOR_CLASSES: &str = "
SELECT 'operator class', jsonb_build_array(n.nspname, o.opcname, m.amname)::text,
       jsonb_build_object('type', format_type(o.opcintype, NULL), 'default', o.opcdefault, 'owner', pg_get_userbyid(o.opcowner),
         'family', (SELECT quote_ident(s.nspname) || '.' || quote_ident(f.opfname) FROM pg_opfamily f JOIN pg_namespace s ON s.oid = f.opfnamespace WHERE f.oid = o.opcfamily),
         'stored', CASE WHEN o.opckeytype <> 0 THEN format_type(o.opckeytype, NULL) END)::text
FROM pg_opclass o JOIN pg_am m ON m.oid = o.opcmethod JOIN pg_namespace n ON n.oid = o.opcnamespace WHERE {user} AND {own pg_opclass}";

const OPERATOR_FAMILIES: &str = "
SELECT 'operator family', jsonb_build_array(n.nspname, o.opfname, m.amname)::text,
       jsonb_build_object('owner', pg_get_userbyid(o.opfowner),
         'operators', (SELECT to_jsonb(array_agg(e.entry ORDER BY e.entry)) FROM (
                        SELECT (x.amopstrategy || ' ' || x.amopopr::regoperator::text || ' ' || x.amoppurpose::text) COLLATE \"C\" AS entry FROM pg_amop x WHERE x.amopfamily = o.oid) e),
         'functions', (SELECT to_jsonb(array_agg(e.entry ORDER BY e.entry)) FROM (
                        SELECT (x.amprocnum || ' ' || format_type(x.amproclefttype, NULL) || ' ' || format_type(x.amprocrighttype, NULL) || ' ' || x.amproc::regprocedure::text) COLLATE \"C\" AS entry
                        FROM pg_amproc x WHERE x.amprocfamily = o.oid) e))::text
FROM pg_opfamily o JOIN pg_am m ON m.oid = o.opfmethod JOIN pg_namespace n ON n.oid = o.opfnamespace WHERE {user} AND {own pg_opfamily}";

// Casts, transforms and access methods have no schema; those beyond the server's own have
// high object ids.
const CASTS: &str = "
SELECT 'cast', jsonb_build_array(format_type(o.castsource, NULL), format_type(o.casttarget, NULL))::text,
       jsonb_build_object('function', CASE WHEN o.castfunc <> 0 THEN o.castfunc::regprocedure::text END, 'context', o.castcontext, 'method', o.castmethod)::text
FROM pg_cast o WHERE o.oid >= 16384 AND {own pg_cast}";

const TRANSFORMS: &str = "
SELECT 'transform', jsonb_build_array(format_type(o.trftype, NULL), l.lanname)::text,
       jsonb_build_object('from', o.trffromsql::text, 'to', o.trftosql::text)::text
FROM pg_transform o JOIN pg_language l ON l.oid = o.trflang WHERE {own pg_transform}";

const COLLATIONS: &str = "
SELECT 'collation', jsonb_build_array(n.nspname, o.collname, o.collencoding::text)::text,
       (to_jsonb(o) - 'oid' - 'collnamespace' - 'collowner' || jsonb_build_object('owner', pg_get_userbyid(o.collowner)))::text
FROM pg_collation o JOIN pg_namespace n ON n.oid = o.collnamespace WHERE {user} AND {own pg_collation}";

const CONVERSIONS: &str = "
SELECT 'conversion', jsonb_build_array(n.nspname, o.conname)::text,
       jsonb_build_object('function', o.conproc::text, 'from', pg_encoding_to_char(o.conforencoding), 'to', pg_encoding_to_char(o.contoencoding),
         'default', o.condefault, 'owner', pg_get_userbyid(o.conowner))::text
FROM pg_conversion o JOIN pg_namespace n ON n.oid = o.connamespace WHERE {user} AND {own pg_conversion}";

const TEXT_SEARCH_CONFIGURATIONS: &str = "
SELECT 'text search configuration', jsonb_build_array(n.nspname, o.cfgname)::text,
       jsonb_build_object('owner', pg_get_userbyid(o.cfgowner), 'parser', (SELECT p.prsname FROM pg_ts_parser p WHERE p.oid = o.cfgparser),
         'mappings', (SELECT string_agg(m.maptokentype || ':' || m.mapseqno || ':' || m.mapdict::regdictionary::text, ',' ORDER BY m.maptokentype, m.mapseqno)
                      FROM pg_ts_config_map m WHERE m.mapcfg = o.oid))::text
FROM pg_ts_config o JOIN pg_namespace n ON n.oid = o.cfgnamespace WHERE {user} AND {own pg_ts_config}";

const TEXT_SEARCH_PARTS: &str = "
SELECT 'text search dictionary', jsonb_build_array(n.nspname, o.dictname)::text,
       jsonb_build_object('owner', pg_get_userbyid(o.dictowner), 'options', o.dictinitoption, 'template', (SELECT t.tmplname FROM pg_ts_template t WHERE t.oid = o.dicttemplate))::text
FROM pg_ts_dict o JOIN pg_namespace n ON n.oid = o.dictnamespace WHERE {user} AND {own pg_ts_dict}
UNION ALL
SELECT 'text search parser', jsonb_build_array(n.nspname, o.prsname)::text, (to_jsonb(o) - 'oid' - 'prsname' - 'prsnamespace')::text
FROM pg_ts_parser o JOIN pg_namespace n ON n.oid = o.prsnamespace WHERE {user} AND {own pg_ts_parser}
UNION ALL
SELECT 'text search template', jsonb_build_array(n.nspname, o.tmplname)::text, (to_jsonb(o) - 'oid' - 'tmplname' - 'tmplnamespace')::text
FROM pg_ts_template o JOIN pg_namespace n ON n.oid = o.tmplnamespace WHERE {user} AND {own pg_ts_template}";

const EVENT_TRIGGERS: &str = "
SELECT 'event trigger', jsonb_build_array(o.evtname)::text,
       jsonb_build_object('event', o.evtevent, 'function', o.evtfoid::regprocedure::text, 'enabled', o.evtenabled, 'tags', o.evttags::text,
         'owner', pg_get_userbyid(o.evtowner))::text
FROM pg_event_trigger o WHERE {own pg_event_trigger}";

const LANGUAGES: &str = "
SELECT 'language', jsonb_build_array(o.lanname)::text,
       jsonb_build_object('owner', pg_get_userbyid(o.lanowner), 'trusted', o.lanpltrusted,
         'handler', nullif(o.lanplcallfoid, 0)::regprocedure::text, 'inline', nullif(o.laninline, 0)::regprocedure::text, 'validator', nullif(o.lanvalidator, 0)::regprocedure::text,
         'acl', (SELECT string_agg(i::text, ',' ORDER BY i::text) FROM unnest(coalesce(o.lanacl, acldefault('l', o.lanowner))) i))::text
FROM pg_language o";

const ACCESS_METHODS: &str = "
SELECT 'access method', jsonb_build_array(o.amname)::text, jsonb_build_object('handler', o.amhandler::text, 'kind', o.amtype)::text
FROM pg_am o WHERE o.oid >= 16384 AND {own pg_am}";
