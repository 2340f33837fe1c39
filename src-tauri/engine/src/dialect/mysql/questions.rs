//! The questions about the catalogue, as data: where each is asked and which columns it has
//! on which product.

use super::read::Record;
use super::version::Flavour;

/// One question.
pub struct Question {
    /// What it is about, and under which its answer is kept.
    pub name: &'static str,
    /// The table of the server's that knows.
    pub from: &'static str,
    /// Which rows; `{database}` stands for the database's name as a text. Where `{other}` is
    /// in it, the question is asked of every other database by itself, see [`OTHERS`].
    pub condition: &'static str,
    /// The column with the database's name; empty where it needs no second look.
    pub schema: &'static str,
    /// The column with the name of the table, or of the object itself.
    pub table: &'static str,
    /// Columns that both products have.
    pub columns: &'static [&'static str],
    /// Columns that MariaDB has.
    pub mariadb: &'static [&'static str],
    /// Columns that MySQL has.
    pub mysql: &'static [&'static str],
    /// True where a server or a user may be without it.
    pub optional: bool,
    /// The product that has it, where it is one alone.
    pub only: Option<Flavour>,
    /// True where it describes tables, also those of other databases that are tied to ours.
    pub of_tables: bool,
}

impl Question {
    /// True where the row is of that very database, and not of one whose name differs in case.
    pub fn belongs(&self, row: &Record, database: &str) -> bool {
        self.schema.is_empty() || row.text(self.schema) == database
    }
}

/// Settings that decide what can be done, and what a table may hold.
pub const SERVER: &str = "SHOW VARIABLES WHERE Variable_name IN ('version', 'version_comment', 'lower_case_table_names', \
    'innodb_page_size', 'wsrep_on', 'wsrep_provider', 'group_replication_group_name', \
    'log_bin', 'binlog_format')";

/// The databases beside ours that people made.
///
/// Each of them is asked by itself. Asked of all at once, MariaDB opens the views of `sys` too,
/// which stand on tables that it makes up as they are read; where it fails to make one, the
/// whole server goes down (10.11.19, in `ha_maria::drop_table`).
pub const OTHERS: &str = "SELECT CAST(SCHEMA_NAME AS CHAR) FROM information_schema.SCHEMATA \
    WHERE SCHEMA_NAME NOT IN ('information_schema', 'performance_schema', 'mysql', 'sys', {database}) ORDER BY 1";

const BASE: Question = Question {
    name: "",
    from: "",
    condition: "",
    schema: "",
    table: "",
    columns: &[],
    mariadb: &[],
    mysql: &[],
    optional: false,
    only: None,
    of_tables: false,
};

/// All of them.
pub const ALL: &[Question] = &[
    Question {
        name: "database",
        from: "information_schema.SCHEMATA",
        condition: "SCHEMA_NAME = {database}",
        schema: "SCHEMA_NAME",
        columns: &["SCHEMA_NAME", "DEFAULT_CHARACTER_SET_NAME", "DEFAULT_COLLATION_NAME"],
        mariadb: &["SCHEMA_COMMENT"],
        mysql: &["DEFAULT_ENCRYPTION"],
        ..BASE
    },
    Question {
        name: "tables",
        from: "information_schema.TABLES",
        condition: "TABLE_SCHEMA = {database}",
        schema: "TABLE_SCHEMA",
        table: "TABLE_NAME",
        columns: &[
            "TABLE_SCHEMA",
            "TABLE_NAME",
            "TABLE_TYPE",
            "ENGINE",
            "ROW_FORMAT",
            "TABLE_ROWS",
            "DATA_LENGTH",
            "INDEX_LENGTH",
            "AUTO_INCREMENT",
            "TABLE_COLLATION",
            "CREATE_OPTIONS",
            "TABLE_COMMENT",
        ],
        of_tables: true,
        ..BASE
    },
    Question {
        name: "columns",
        from: "information_schema.COLUMNS",
        condition: "TABLE_SCHEMA = {database} ORDER BY TABLE_NAME, ORDINAL_POSITION",
        schema: "TABLE_SCHEMA",
        table: "TABLE_NAME",
        columns: &[
            "TABLE_SCHEMA",
            "TABLE_NAME",
            "COLUMN_NAME",
            "ORDINAL_POSITION",
            "COLUMN_DEFAULT",
            "IS_NULLABLE",
            "DATA_TYPE",
            "COLUMN_TYPE",
            "CHARACTER_OCTET_LENGTH",
            "CHARACTER_SET_NAME",
            "COLLATION_NAME",
            "EXTRA",
            "COLUMN_COMMENT",
            "GENERATION_EXPRESSION",
        ],
        mysql: &["SRS_ID"],
        of_tables: true,
        ..BASE
    },
    Question {
        name: "indexes",
        from: "information_schema.STATISTICS",
        condition: "TABLE_SCHEMA = {database} ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX",
        schema: "TABLE_SCHEMA",
        table: "TABLE_NAME",
        columns: &[
            "TABLE_SCHEMA",
            "TABLE_NAME",
            "INDEX_NAME",
            "NON_UNIQUE",
            "SEQ_IN_INDEX",
            "COLUMN_NAME",
            "COLLATION",
            "SUB_PART",
            "INDEX_TYPE",
        ],
        mariadb: &["IGNORED"],
        mysql: &["IS_VISIBLE", "EXPRESSION"],
        of_tables: true,
        ..BASE
    },
    Question {
        name: "references",
        from: "information_schema.KEY_COLUMN_USAGE",
        condition: "TABLE_SCHEMA = {database} AND REFERENCED_TABLE_NAME IS NOT NULL ORDER BY TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION",
        schema: "TABLE_SCHEMA",
        table: "TABLE_NAME",
        columns: REFERENCE,
        of_tables: true,
        ..BASE
    },
    Question {
        name: "references from elsewhere",
        from: "information_schema.KEY_COLUMN_USAGE",
        condition: "TABLE_SCHEMA = {other} AND REFERENCED_TABLE_SCHEMA = {database}",
        columns: REFERENCE,
        ..BASE
    },
    Question {
        name: "triggers",
        from: "information_schema.TRIGGERS",
        condition: "TRIGGER_SCHEMA = {database} ORDER BY EVENT_OBJECT_TABLE, ACTION_TIMING, EVENT_MANIPULATION, ACTION_ORDER",
        schema: "TRIGGER_SCHEMA",
        table: "EVENT_OBJECT_TABLE",
        columns: &[
            "TRIGGER_SCHEMA",
            "TRIGGER_NAME",
            "EVENT_OBJECT_SCHEMA",
            "EVENT_OBJECT_TABLE",
            "EVENT_MANIPULATION",
            "ACTION_ORDER",
            "ACTION_TIMING",
            "ACTION_STATEMENT",
            "SQL_MODE",
            "DEFINER",
            "CHARACTER_SET_CLIENT",
            "COLLATION_CONNECTION",
            "DATABASE_COLLATION",
        ],
        of_tables: true,
        ..BASE
    },
    Question {
        name: "views",
        from: "information_schema.VIEWS",
        condition: "TABLE_SCHEMA = {database}",
        schema: "TABLE_SCHEMA",
        table: "TABLE_NAME",
        columns: &[
            "TABLE_SCHEMA",
            "TABLE_NAME",
            "VIEW_DEFINITION",
            "CHECK_OPTION",
            "DEFINER",
            "SECURITY_TYPE",
            "CHARACTER_SET_CLIENT",
            "COLLATION_CONNECTION",
        ],
        mariadb: &["ALGORITHM"],
        ..BASE
    },
    Question {
        name: "routines",
        from: "information_schema.ROUTINES",
        condition: "ROUTINE_SCHEMA = {database}",
        schema: "ROUTINE_SCHEMA",
        table: "ROUTINE_NAME",
        columns: &[
            "ROUTINE_SCHEMA",
            "ROUTINE_NAME",
            "ROUTINE_TYPE",
            "DTD_IDENTIFIER",
            "ROUTINE_BODY",
            "ROUTINE_DEFINITION",
            "IS_DETERMINISTIC",
            "SQL_DATA_ACCESS",
            "SECURITY_TYPE",
            "SQL_MODE",
            "ROUTINE_COMMENT",
            "DEFINER",
            "CHARACTER_SET_CLIENT",
            "COLLATION_CONNECTION",
            "DATABASE_COLLATION",
        ],
        mysql: &["EXTERNAL_LANGUAGE"],
        ..BASE
    },
    Question {
        name: "parameters",
        from: "information_schema.PARAMETERS",
        condition: "SPECIFIC_SCHEMA = {database}",
        schema: "SPECIFIC_SCHEMA",
        table: "SPECIFIC_NAME",
        columns: &[
            "SPECIFIC_SCHEMA",
            "SPECIFIC_NAME",
            "ROUTINE_TYPE",
            "ORDINAL_POSITION",
            "PARAMETER_MODE",
            "PARAMETER_NAME",
            "DTD_IDENTIFIER",
            "COLLATION_NAME",
        ],
        ..BASE
    },
    Question {
        name: "events",
        from: "information_schema.EVENTS",
        condition: "EVENT_SCHEMA = {database}",
        schema: "EVENT_SCHEMA",
        table: "EVENT_NAME",
        columns: &[
            "EVENT_SCHEMA",
            "EVENT_NAME",
            "DEFINER",
            "TIME_ZONE",
            "EVENT_DEFINITION",
            "EVENT_TYPE",
            "EXECUTE_AT",
            "INTERVAL_VALUE",
            "INTERVAL_FIELD",
            "SQL_MODE",
            "STARTS",
            "ENDS",
            "STATUS",
            "ON_COMPLETION",
            "EVENT_COMMENT",
            "CHARACTER_SET_CLIENT",
            "COLLATION_CONNECTION",
            "DATABASE_COLLATION",
        ],
        ..BASE
    },
    Question {
        name: "rights on the database",
        from: "information_schema.SCHEMA_PRIVILEGES",
        condition: "{database} LIKE TABLE_SCHEMA",
        columns: &["GRANTEE", "TABLE_SCHEMA", "PRIVILEGE_TYPE", "IS_GRANTABLE"],
        ..BASE
    },
    Question {
        name: "rights on tables",
        from: "information_schema.TABLE_PRIVILEGES",
        condition: "TABLE_SCHEMA = {database}",
        schema: "TABLE_SCHEMA",
        table: "TABLE_NAME",
        columns: &["GRANTEE", "TABLE_SCHEMA", "TABLE_NAME", "PRIVILEGE_TYPE", "IS_GRANTABLE"],
        of_tables: true,
        ..BASE
    },
    Question {
        name: "rights on columns",
        from: "information_schema.COLUMN_PRIVILEGES",
        condition: "TABLE_SCHEMA = {database}",
        schema: "TABLE_SCHEMA",
        table: "TABLE_NAME",
        columns: &["GRANTEE", "TABLE_SCHEMA", "TABLE_NAME", "COLUMN_NAME", "PRIVILEGE_TYPE", "IS_GRANTABLE"],
        of_tables: true,
        ..BASE
    },
    // Only whoever may read the server's own tables is told what others were granted.
    Question {
        name: "rights on routines",
        from: "mysql.procs_priv",
        condition: "Db = {database}",
        columns: &["Host", "User", "Db", "Routine_name", "Routine_type", "Proc_priv"],
        optional: true,
        ..BASE
    },
    Question {
        name: "histograms",
        from: "information_schema.COLUMN_STATISTICS",
        condition: "SCHEMA_NAME = {database}",
        schema: "SCHEMA_NAME",
        table: "TABLE_NAME",
        columns: &["SCHEMA_NAME", "TABLE_NAME", "COLUMN_NAME"],
        only: Some(Flavour::MySql),
        optional: true,
        ..BASE
    },
    Question {
        name: "libraries",
        from: "information_schema.LIBRARIES",
        condition: "LIBRARY_SCHEMA = {database}",
        schema: "LIBRARY_SCHEMA",
        table: "LIBRARY_NAME",
        columns: &["LIBRARY_SCHEMA", "LIBRARY_NAME", "LIBRARY_DEFINITION", "LANGUAGE", "SQL_MODE", "CREATOR"],
        only: Some(Flavour::MySql),
        optional: true,
        ..BASE
    },
];

const REFERENCE: &[&str] = &[
    "TABLE_SCHEMA",
    "TABLE_NAME",
    "CONSTRAINT_NAME",
    "COLUMN_NAME",
    "ORDINAL_POSITION",
    "REFERENCED_TABLE_SCHEMA",
    "REFERENCED_TABLE_NAME",
    "REFERENCED_COLUMN_NAME",
];
