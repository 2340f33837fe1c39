//! The kinds of obstacles that the catalogue can tell.

/// One kind of obstacle: its rule, the query that finds it, what it means and the way out.
/// The query gives object, schema, table and column; no column stands for all of them.
pub struct Kind {
    /// The stable rule.
    pub rule: &'static str,
    /// Finds them.
    pub query: &'static str,
    /// What it is and why it cannot be carried through.
    pub meaning: &'static str,
    /// The way out.
    pub remedy: &'static str,
}

/// The rule about generated columns.
pub const GENERATED: &str = "RK-102";

/// All of them.
pub const KINDS: &[Kind] = &[
    Kind {
        rule: GENERATED,
        query: "SELECT 'generated column ' || n.nspname || '.' || c.relname || '.' || g.attname, n.nspname, c.relname, a.attname
            FROM pg_attribute g JOIN pg_class c ON c.oid = g.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid > 0
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
            LEFT JOIN pg_attrdef f ON f.adrelid = c.oid AND f.adnum = g.attnum
            WHERE g.attgenerated <> '' AND NOT g.attisdropped AND {user}
              AND (d.objsubid = g.attnum OR a.attnum = g.attnum OR current_setting('server_version_num')::int < 170000 OR c.relkind <> 'r' OR g.attinhcount > 0
                OR EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = c.oid)
                OR EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p' AND g.attnum = ANY (k.conkey))
                OR (g.attgenerated = 'v' AND EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c')))
              AND ((d.classid = 'pg_attrdef'::regclass AND d.objid = f.oid) OR (d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = g.attnum)) ORDER BY 1, 4",
        meaning: "A generated column is computed from this column, or is the key itself. The server does not let the type change beneath it. From PostgreSQL 17 on a column that stands by itself can be given its expression again; before, it can only be added again behind the others, which keeps its place where nothing but generated columns follow it and nothing but indexes stand on them.",
        remedy: "Make it a plain column first (ALTER COLUMN ... DROP EXPRESSION keeps its values), or drop it and add it again afterwards.",
    },
    Kind {
        rule: "RK-103",
        query: "SELECT 'partition key of ' || n.nspname || '.' || c.relname, n.nspname, c.relname, a.attname
            FROM pg_partitioned_table q JOIN pg_class c ON c.oid = q.partrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND (a.attnum = ANY (q.partattrs::int2[]) OR EXISTS (SELECT FROM pg_depend d
              WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0 AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid = a.attnum))
            WHERE {user} ORDER BY 1, 4",
        meaning: "The table is partitioned by this column, and the server does not let the type of such a column change. The bounds are numbers that no UUID falls between, and by its hash a row would belong to another partition: all rows would have to be moved into a new table.",
        remedy: "Partition the table by another column first (CREATE TABLE ... PARTITION BY, INSERT ... SELECT, swap the names), or leave this key as it is.",
    },
    Kind {
        rule: "RK-107",
        query: "SELECT DISTINCT pg_describe_object(d.classid, d.objid, d.objsubid), n.nspname, c.relname, NULL
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = c.reltype
            JOIN pg_depend d ON d.refclassid = 'pg_type'::regclass AND d.refobjid IN (t.oid, t.typarray)
            LEFT JOIN pg_class h ON d.classid = 'pg_class'::regclass AND h.oid = d.objid
            WHERE c.relkind IN ('r', 'p') AND {user} AND (h.relkind IN ('r', 'p', 'm', 'c') OR (d.classid = 'pg_type'::regclass AND d.deptype = 'n')) ORDER BY 1",
        meaning: "A column or a type elsewhere is made of this table's row type, and the server does not let it change.",
        remedy: "Store the key instead of the row there.",
    },
    Kind {
        rule: "RK-108",
        query: "SELECT n.nspname || '.' || c.relname, n.nspname, c.relname, NULL
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.reloftype <> 0 AND {user} ORDER BY 1",
        meaning: "The table is made from a type (OF type), and its columns cannot change on their own.",
        remedy: "Detach it from the type with ALTER TABLE ... NOT OF first.",
    },
    Kind {
        rule: "RK-111",
        query: "SELECT 'extension ' || e.extname, n.nspname, c.relname, NULL
            FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid JOIN pg_class c ON c.oid = d.objid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND c.relkind IN ('r', 'p') AND {user} ORDER BY 1, 2, 3",
        meaning: "The table belongs to an extension, which relies on its columns.",
        remedy: "Tables of extensions are left alone, and so is what refers to them.",
    },
    Kind {
        rule: "RK-112",
        query: "SELECT n.nspname || '.' || f.relname, pn.nspname, c.relname, NULL
            FROM pg_class f JOIN pg_namespace n ON n.oid = f.relnamespace JOIN pg_inherits i ON i.inhrelid = f.oid JOIN pg_class c ON c.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = c.relnamespace
            WHERE f.relkind = 'f' AND {user} ORDER BY 1",
        meaning: "A foreign table inherits from this table; its rows live on another server and cannot be converted with it.",
        remedy: "Detach the foreign table with ALTER FOREIGN TABLE ... NO INHERIT first.",
    },
    Kind {
        rule: "RK-113",
        query: "SELECT pg_describe_object('pg_constraint'::regclass, k.oid, 0), n.nspname, c.relname, a.attname
            FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            CROSS JOIN LATERAL unnest(k.conkey, k.conexclop) u(num, op) JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.num JOIN pg_operator o ON o.oid = u.op JOIN pg_class i ON i.oid = k.conindid
            WHERE k.contype = 'x' AND NOT EXISTS (SELECT FROM pg_opclass y JOIN pg_amop m ON m.amopfamily = y.opcfamily JOIN pg_operator v ON v.oid = m.amopopr
                WHERE y.opcmethod = i.relam AND y.opcintype = 'uuid'::regtype AND y.opcdefault AND v.oprname = o.oprname AND m.amoplefttype = 'uuid'::regtype AND m.amoprighttype = 'uuid'::regtype) AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype) AND {user} ORDER BY 1, 4",
        meaning: "An exclusion constraint compares this column in a way that is made for numbers.",
        remedy: "Drop the constraint before the run; make one that fits UUIDs afterwards.",
    },
    Kind {
        rule: "RK-114",
        query: "SELECT pg_describe_object('pg_class'::regclass, i.oid, 0), n.nspname, c.relname, a.attname
            FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            CROSS JOIN LATERAL unnest(x.indkey::int2[], x.indclass::oid[]) u(num, class) JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.num
            JOIN pg_opclass o ON o.oid = u.class
            WHERE c.relkind IN ('r', 'p') AND (c.relkind = 'p' OR i.relispartition) AND {user}
              AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'numeric'::regtype, 'text'::regtype, 'varchar'::regtype, 'bpchar'::regtype)
              AND (NOT o.opcdefault OR NOT EXISTS (SELECT FROM pg_opclass y WHERE y.opcmethod = i.relam AND y.opcintype = 'uuid'::regtype AND y.opcdefault)) ORDER BY 1, 4",
        meaning: "An index of a partitioned table on this column is of a kind that the server does not have for UUIDs.",
        remedy: "Drop the index before the run; make one that fits UUIDs afterwards.",
    },
    Kind {
        rule: "RK-117",
        query: "SELECT 'subscription to ' || n.nspname || '.' || c.relname, n.nspname, c.relname, NULL
            FROM pg_subscription_rel s JOIN pg_class c ON c.oid = s.srrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {user} ORDER BY 1",
        meaning: "The table is filled by a subscription; the publisher would go on sending integers.",
        remedy: "Convert the publisher's database, and set the subscription up anew.",
    },
    Kind {
        rule: "RK-119",
        query: "SELECT pg_describe_object(d.classid, d.objid, d.objsubid), n.nspname, c.relname, a.attname
            FROM pg_depend d JOIN pg_class c ON c.oid = d.refobjid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
            LEFT JOIN pg_class h ON d.classid = 'pg_class'::regclass AND h.oid = d.objid
            WHERE d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND c.relkind IN ('r', 'p') AND {user}
              AND d.classid NOT IN ('pg_constraint'::regclass, 'pg_attrdef'::regclass, 'pg_rewrite'::regclass, 'pg_trigger'::regclass, 'pg_policy'::regclass,
                'pg_publication_rel'::regclass, 'pg_proc'::regclass, 'pg_statistic_ext'::regclass)
              AND NOT (d.classid = 'pg_class'::regclass AND (h.relkind IN ('i', 'I', 'S') OR h.oid = c.oid)) ORDER BY 1, 2, 3, 4",
        meaning: "Something of a kind that Rekey does not know stands on this column.",
        remedy: "Remove it before the run, and report it so that a later version can carry it.",
    },
    Kind {
        rule: "RK-121",
        query: "SELECT n.nspname || '.' || c.relname || '.' || a.attname, n.nspname, c.relname, a.attname
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE a.attinhcount > 1 AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND {user} ORDER BY 1",
        meaning: "The column is inherited from several tables at once, and the server cannot change it through one of them.",
        remedy: "Let the table inherit it from one table only.",
    },
    Kind {
        rule: "RK-122",
        query: "SELECT pg_describe_object('pg_class'::regclass, i.oid, 0), n.nspname, c.relname
            FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE NOT (x.indisvalid AND x.indisready) AND i.relkind <> 'I' AND {user} ORDER BY 1",
        meaning: "An index of this table is not valid, as a failed CREATE INDEX CONCURRENTLY leaves it. Every index of the table is built anew: this one would become valid, or stop the run at whatever made it fail.",
        remedy: "Drop the index, or repair it with REINDEX.",
    },
    Kind {
        rule: "RK-123",
        query: "SELECT DISTINCT pg_describe_object('pg_constraint'::regclass, k.oid, 0), n.nspname, c.relname, a.attname
            FROM pg_constraint k JOIN pg_trigger g ON g.tgconstraint = k.oid AND g.tgenabled <> 'O' JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (k.conkey)
            WHERE k.contype = 'f' AND {user} ORDER BY 1, 4",
        meaning: "The triggers that guard this foreign key were switched off, and would be on again afterwards.",
        remedy: "Switch them on with ALTER TABLE ... ENABLE TRIGGER ALL, or drop the foreign key.",
    },
    Kind {
        rule: "RK-190",
        query: "SELECT 'partition ' || pn.nspname || '.' || p.relname, n.nspname, c.relname, NULL
            FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhrelid JOIN pg_namespace pn ON pn.oid = p.relnamespace JOIN pg_class c ON c.oid = i.inhparent JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE to_jsonb(i) -> 'inhdetachpending' = 'true' AND {user} ORDER BY 1",
        meaning: "Detaching this partition was begun and not finished, so it belongs to the table for some and not for others.",
        remedy: "Finish it with ALTER TABLE ... DETACH PARTITION ... FINALIZE.",
    },
    Kind {
        rule: "RK-191",
        query: "SELECT pg_describe_object('pg_constraint'::regclass, k.oid, 0), n.nspname, c.relname, a.attname
            FROM pg_constraint k JOIN pg_class c ON c.oid = k.confrelid AND c.relkind = 'p' JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_index x ON x.indexrelid = k.conindid
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (x.indkey::int2[]) AND a.attnum <> ALL (k.confkey)
            WHERE k.contype = 'f' AND k.conparentid = 0 AND {user} ORDER BY 1, 4",
        meaning: "This foreign key rests on an index of a partitioned table that includes the column beside its own, so the index cannot be taken away and made again with its partitions' names and settings.",
        remedy: "Drop the foreign key for the run, or let the index leave the column out.",
    },
    // Asked of all versions: before PostgreSQL 18 the catalogue has no such constraints.
    Kind {
        rule: "RK-150",
        query: "SELECT 'not-null constraint ' || k.conname || ' of ' || n.nspname || '.' || c.relname, v.nspname, v.relname, a.attname
            FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
            JOIN pg_inherits i ON i.inhrelid = c.oid
            JOIN pg_constraint p ON p.conrelid = i.inhparent AND p.contype = 'n' AND p.conname <> k.conname
            JOIN pg_attribute b ON b.attrelid = p.conrelid AND b.attnum = p.conkey[1] AND b.attname = a.attname
            CROSS JOIN LATERAL (SELECT r.relname, m.nspname FROM pg_class r JOIN pg_namespace m ON m.oid = r.relnamespace WHERE r.oid IN (c.oid, i.inhparent)) v
            WHERE k.contype = 'n' AND k.coninhcount > 0 AND {user} ORDER BY 1, 2, 3, 4",
        meaning: "A table and the one it inherits from, or is a partition of, call the same NOT NULL by different names. PostgreSQL 18 cannot change such a column's type: it refuses, or gives the partition's constraint the other name for good.",
        remedy: "Give both the same name: take the table out (ALTER TABLE ... NO INHERIT, or DETACH PARTITION), ALTER TABLE ... RENAME CONSTRAINT, and put it back.",
    },
];
