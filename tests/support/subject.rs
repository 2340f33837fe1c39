//! A database under test, whichever product it is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::postgres::{self, quoted};
use super::rows::{ColumnId, Content, Rows, TableId, is_integer};
use super::sqlite;

/// What the tests ask of a database.
pub trait Subject: Send + Sync {
    /// `postgres` or `sqlite`: the name of its files in a scenario.
    fn product(&self) -> &'static str;
    /// The schema that tables are in where nothing else is said.
    fn own_schema(&self) -> String {
        if self.product() == "postgres" { "public".to_owned() } else { "main".to_owned() }
    }
    /// What the command is given as TARGET.
    fn target(&self) -> String;
    /// The password to log in with.
    fn password(&self) -> Option<&str>;
    /// Sends statements.
    fn execute(&self, statements: &str);
    /// Loads a file of statements. Files that its statements write on the server go into
    /// the server's own folder.
    fn load(&self, file: &Path);
    /// Another one with the same content, for a test that will spoil it.
    fn duplicate(&self) -> Box<dyn Subject>;
    /// Catalogue and data as text, Rekey's own objects left out.
    fn dump(&self) -> String;
    /// The catalogue as text.
    fn schema_dump(&self) -> String;
    /// Every row of every table of the user.
    fn rows(&self) -> Rows;
    /// For each declared reference how many rows point nowhere.
    fn dangling(&self) -> BTreeMap<String, u64>;
    /// How many rows each view shows.
    fn view_counts(&self) -> BTreeMap<String, String>;
    /// Single-column primary keys that hold whole numbers.
    fn integer_keys(&self) -> BTreeSet<ColumnId>;
    /// Tables that inherit from another, with that other.
    fn parents(&self) -> BTreeMap<TableId, TableId>;
    /// Columns that the server computes, each with one that it is computed from.
    fn computed(&self) -> Vec<(ColumnId, ColumnId)> {
        Vec::new()
    }
    /// True where texts of the column that differ in case are one to the server.
    fn ignores_case(&self, _column: &ColumnId) -> bool {
        false
    }
    /// Fails where the product's own check of the files finds damage.
    fn assert_healthy(&self);
    /// Helper objects, sessions and locks of Rekey outside its own schema.
    fn leftovers(&self) -> Vec<String>;
    /// Everything that Rekey itself keeps inside the database, as bytes to search.
    fn journal(&self) -> Vec<u8>;
    /// The answer to a query, as text.
    fn answer(&self, query: &str) -> String;
    /// Runs the journal knows in that state.
    fn runs_in_state(&self, state: &str) -> u64;
}

/// A PostgreSQL database on the shared server.
#[derive(Debug)]
pub struct Postgres(pub postgres::Database);

/// A SQLite file.
#[derive(Debug)]
pub struct Sqlite(pub sqlite::File);

/// A PostgreSQL database of that name, empty.
pub fn new_postgres(name: &str) -> Box<dyn Subject> {
    Box::new(Postgres(postgres::Database::create(name)))
}

/// A PostgreSQL database of that name, empty, on a server of another version.
pub fn new_postgres_of(version: u32, name: &str) -> Box<dyn Subject> {
    Box::new(Postgres(postgres::Database::create_on(postgres::shared_of(version), name)))
}

/// A SQLite file of that name, empty.
pub fn new_sqlite(name: &str) -> Box<dyn Subject> {
    Box::new(Sqlite(sqlite::File::create(&format!("{name}.db"))))
}

const USER_TABLES: &str = "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
    WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'rekey') AND n.nspname !~ '^pg_'";

impl Postgres {
    // COPY writes every type in its own text, and tells NULL from empty.
    fn contents(&self, tables: &mut Rows) {
        let mut script = String::new();
        for (schema, table) in tables.keys() {
            script += &format!(
                "\\echo '\u{1e}'\nCOPY (SELECT * FROM ONLY {}.{}) TO STDOUT;\n",
                quoted(schema),
                quoted(table)
            );
        }
        let text = String::from_utf8_lossy(&self.0.script(&script)).into_owned();
        for (content, part) in tables.values_mut().zip(text.split("\u{1e}\n").skip(1)) {
            content.rows = part.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect();
            if content.columns.is_empty() {
                content.rows.clear();
            }
        }
    }
}

impl Subject for Postgres {
    fn product(&self) -> &'static str {
        "postgres"
    }

    fn target(&self) -> String {
        self.0.server().url(self.0.name())
    }

    fn password(&self) -> Option<&str> {
        Some(self.0.server().password())
    }

    fn execute(&self, statements: &str) {
        self.0.execute(statements);
    }

    fn load(&self, file: &Path) {
        self.0.load(file);
    }

    fn duplicate(&self) -> Box<dyn Subject> {
        let name = format!("copy_{}", postgres::random_word(12));
        Box::new(Postgres(postgres::Database::copy(&self.0, &name)))
    }

    fn dump(&self) -> String {
        self.0.dump(&[])
    }

    fn schema_dump(&self) -> String {
        self.0.dump(&["--schema-only"])
    }

    fn rows(&self) -> Rows {
        let mut tables = Rows::new();
        let columns = format!(
            "SELECT n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod) {} AND c.relkind = 'r'",
            USER_TABLES.replace(
                "WHERE",
                "LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped WHERE"
            )
        );
        for row in self.0.query(&(columns + " ORDER BY 1, 2, a.attnum")) {
            let [schema, table, column, kind] = <[Option<String>; 4]>::try_from(row).unwrap();
            let content = tables.entry((schema.unwrap(), table.unwrap())).or_default();
            if let (Some(column), Some(kind)) = (column, kind) {
                content.columns.push(column);
                content.types.push(kind);
            }
        }
        self.contents(&mut tables);
        tables
    }

    fn dangling(&self) -> BTreeMap<String, u64> {
        let keys = self.0.query(
            "SELECT n.nspname || '.' || c.relname || '.' || k.conname, k.conrelid::regclass::text, k.confrelid::regclass::text, \
             (SELECT string_agg(format('c.%I IS NOT NULL', a.attname), ' AND ') FROM unnest(k.conkey) u(n) \
              JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.n), \
             (SELECT string_agg(format('c.%I = p.%I', a.attname, b.attname), ' AND ') FROM unnest(k.conkey, k.confkey) u(n, m) \
              JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.n \
              JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = u.m) \
             FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace \
             WHERE k.contype = 'f' AND k.conparentid = 0 AND n.nspname <> 'rekey' ORDER BY 1",
        );
        let questions: Vec<String> = keys
            .iter()
            .map(|row| {
                let field = |at: usize| row[at].clone().unwrap_or_default();
                format!(
                    "SELECT {}, count(*) FROM {} c WHERE {} AND NOT EXISTS (SELECT 1 FROM {} p WHERE {})",
                    postgres::literal(&field(0)),
                    field(1),
                    field(3),
                    field(2),
                    field(4)
                )
            })
            .collect();
        if questions.is_empty() {
            return BTreeMap::new();
        }
        counts(
            self.0
                .query(&questions.join(" UNION ALL "))
                .into_iter()
                .map(|row| row.into_iter().map(Option::unwrap_or_default).collect()),
        )
    }

    fn view_counts(&self) -> BTreeMap<String, String> {
        let views = self.0.query(&format!(
            "SELECT format('%I.%I', n.nspname, c.relname) {USER_TABLES} AND c.relkind IN ('v', 'm') AND c.relispopulated \
             AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') ORDER BY 1"
        ));
        // One at a time: a view that cannot be read at all must be as unreadable afterwards.
        let mut script = "\\set ON_ERROR_STOP off\n".to_owned();
        let names: Vec<String> = views.into_iter().filter_map(|row| row[0].clone()).collect();
        for name in &names {
            script += &format!("\\echo '\u{1e}'\nSELECT count(*) FROM {name};\n");
        }
        let text = String::from_utf8_lossy(&self.0.script(&script)).into_owned();
        let answers = text.split("\u{1e}\n").skip(1).map(|part| part.trim().to_owned());
        names.into_iter().zip(answers).collect()
    }

    fn integer_keys(&self) -> BTreeSet<ColumnId> {
        let keys = self.0.query(&format!(
            "SELECT n.nspname, c.relname, a.attname {} AND array_length(k.conkey, 1) = 1 \
             AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)",
            USER_TABLES.replace(
                "WHERE",
                "JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p' \
                 JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1] WHERE"
            )
        ));
        keys.into_iter().map(|row| three(row.into_iter().map(Option::unwrap_or_default))).collect()
    }

    fn parents(&self) -> BTreeMap<TableId, TableId> {
        let rows = self.0.query(
            "SELECT n.nspname, c.relname, m.nspname, p.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid \
             JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace m ON m.oid = p.relnamespace \
             WHERE c.relkind IN ('r', 'p')",
        );
        rows.into_iter()
            .map(|row| {
                let [a, b, c, d] = <[Option<String>; 4]>::try_from(row).unwrap().map(Option::unwrap_or_default);
                ((a, b), (c, d))
            })
            .collect()
    }

    fn computed(&self) -> Vec<(ColumnId, ColumnId)> {
        let rows = self.0.query(
            "SELECT n.nspname, c.relname, g.attname, a.attname FROM pg_attribute g JOIN pg_attrdef f ON f.adrelid = g.attrelid AND f.adnum = g.attnum \
             JOIN pg_class c ON c.oid = g.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace \
             JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid \
             WHERE g.attgenerated <> '' AND a.attnum <> g.attnum AND (d.classid = 'pg_attrdef'::regclass AND d.objid = f.oid \
             OR d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = g.attnum)",
        );
        rows.into_iter()
            .map(|row| {
                let [a, b, c, d] = <[Option<String>; 4]>::try_from(row).unwrap().map(Option::unwrap_or_default);
                ((a.clone(), b.clone(), c), (a, b, d))
            })
            .collect()
    }

    fn assert_healthy(&self) {
        // Taken back at once: the extension must not show in any dump.
        self.execute(
            "BEGIN; CREATE SCHEMA rk_look; CREATE EXTENSION IF NOT EXISTS amcheck SCHEMA rk_look; \
             SELECT count(rk_look.bt_index_check(i.indexrelid, true)) FROM pg_index i \
             JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam \
             JOIN pg_namespace n ON n.oid = c.relnamespace \
             WHERE m.amname = 'btree' AND c.relkind = 'i' AND i.indisvalid AND n.nspname !~ '^pg_' \
             AND n.nspname <> 'information_schema'; ROLLBACK",
        );
    }

    fn leftovers(&self) -> Vec<String> {
        let rows = self.0.query(
            "SELECT 'relation ' || n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
               WHERE n.nspname <> 'rekey' AND n.nspname !~ '^pg_' AND c.relname ~ '^_?(rk|rekey)_' \
             UNION ALL SELECT 'function ' || n.nspname || '.' || p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace \
               WHERE n.nspname <> 'rekey' AND p.proname ~ '^_?(rk|rekey)_' \
             UNION ALL SELECT 'schema ' || nspname FROM pg_namespace WHERE nspname ~ '^(rk|rekey)_' \
             UNION ALL SELECT 'trigger ' || tgname FROM pg_trigger WHERE tgname ~ '^_?(rk|rekey)_' \
             UNION ALL SELECT 'session ' || application_name || ': ' || left(query, 80) FROM pg_stat_activity \
               WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name ~ '^rekey' \
             UNION ALL SELECT 'advisory lock' FROM pg_locks l JOIN pg_database d ON d.oid = l.database \
               WHERE l.locktype = 'advisory' AND d.datname = current_database()",
        );
        rows.into_iter().filter_map(|row| row.into_iter().next().flatten()).collect()
    }

    fn journal(&self) -> Vec<u8> {
        let mut command = self.0.server().client("pg_dump", self.0.name());
        super::process::finish(command.arg("--schema=rekey"), None).stdout
    }

    fn answer(&self, query: &str) -> String {
        String::from_utf8_lossy(&self.0.script(query)).into_owned()
    }

    fn runs_in_state(&self, state: &str) -> u64 {
        if self.0.value("SELECT count(*) FROM pg_namespace WHERE nspname = 'rekey'") == "0" {
            return 0;
        }
        let tables = self.0.query(
            "SELECT relname FROM pg_class WHERE relnamespace = 'rekey'::regnamespace AND relkind = 'r' \
            AND EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'state')",
        );
        tables
            .iter()
            .filter_map(|row| row[0].as_deref())
            .map(|table| {
                self.0
                    .value(&format!(
                        "SELECT count(*) FROM rekey.{} WHERE state = {}",
                        quoted(table),
                        postgres::literal(state)
                    ))
                    .parse::<u64>()
                    .unwrap()
            })
            .sum()
    }
}

impl Sqlite {
    fn tables(&self) -> Vec<String> {
        let query = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
            AND name NOT LIKE '\\_rekey\\_%' ESCAPE '\\' ORDER BY name";
        self.0.query(query).into_iter().map(|row| row[0].clone()).collect()
    }
}

impl Subject for Sqlite {
    fn product(&self) -> &'static str {
        "sqlite"
    }

    fn target(&self) -> String {
        self.0.path().display().to_string()
    }

    fn password(&self) -> Option<&str> {
        None
    }

    fn execute(&self, statements: &str) {
        self.0.execute(statements);
    }

    fn load(&self, file: &Path) {
        self.0.load(file);
    }

    fn duplicate(&self) -> Box<dyn Subject> {
        Box::new(Sqlite(sqlite::File::copy(&self.0)))
    }

    fn dump(&self) -> String {
        self.0.dump()
    }

    fn schema_dump(&self) -> String {
        let own = "SELECT sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL AND tbl_name NOT LIKE '\\_rekey\\_%' ESCAPE '\\'";
        self.0.query(own).into_iter().map(|row| row[0].clone() + "\n").collect()
    }

    fn rows(&self) -> Rows {
        let mut tables = Rows::new();
        for table in self.tables() {
            let mut content = Content::default();
            let pragma = format!(
                "SELECT name, type FROM pragma_table_xinfo({}) WHERE hidden <> 1 ORDER BY cid",
                postgres::literal(&table)
            );
            for row in self.0.query(&pragma) {
                content.columns.push(row[0].clone());
                content.types.push(row[1].clone());
            }
            let expressions: Vec<String> = content.columns.iter().map(|name| quoted(name)).collect();
            content.rows = self.0.literals(&expressions, &format!("FROM {}", quoted(&table)));
            tables.insert(("main".to_owned(), table), content);
        }
        tables
    }

    fn dangling(&self) -> BTreeMap<String, u64> {
        let mut found = BTreeMap::new();
        // Table by table: one reference to what is no key makes the global call fail.
        for table in self.tables() {
            let broken = format!(
                "SELECT {0} || '.' || f.fkid || ' -> ' || f.parent, count(*) FROM pragma_foreign_key_check({0}) f GROUP BY 1",
                postgres::literal(&table)
            );
            found.extend(counts(self.0.query(&broken).into_iter()));
        }
        found
    }

    fn view_counts(&self) -> BTreeMap<String, String> {
        let views = self.0.query("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name");
        views
            .into_iter()
            .map(|row| {
                let count = self.0.value(&format!("SELECT count(*) FROM {}", quoted(&row[0])));
                (row[0].clone(), count)
            })
            .collect()
    }

    fn integer_keys(&self) -> BTreeSet<ColumnId> {
        let mut keys = BTreeSet::new();
        for table in self.tables() {
            let columns = self.0.query(&format!(
                "SELECT name, type FROM pragma_table_xinfo({}) WHERE pk > 0",
                postgres::literal(&table)
            ));
            if let [only] = columns.as_slice()
                && is_integer(&only[1])
            {
                keys.insert(("main".to_owned(), table, only[0].clone()));
            }
        }
        keys
    }

    fn parents(&self) -> BTreeMap<TableId, TableId> {
        BTreeMap::new()
    }

    fn assert_healthy(&self) {
        assert_eq!(self.0.value("PRAGMA integrity_check"), "ok");
    }

    fn leftovers(&self) -> Vec<String> {
        let helpers = "SELECT type || ' ' || name FROM sqlite_schema WHERE name LIKE 'rk\\_%' ESCAPE '\\'";
        let mut found: Vec<String> = self.0.query(helpers).into_iter().map(|row| row[0].clone()).collect();
        for entry in std::fs::read_dir(self.0.folder()).unwrap().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.path() != self.0.path() && !name.ends_with("-wal") && !name.ends_with("-shm") {
                found.push(format!("file {name}"));
            }
        }
        found
    }

    fn journal(&self) -> Vec<u8> {
        std::fs::read(self.0.path()).unwrap()
    }

    fn answer(&self, query: &str) -> String {
        self.0.query(query).into_iter().map(|row| row.join("|") + "\n").collect()
    }

    fn runs_in_state(&self, state: &str) -> u64 {
        let tables = self.0.query(
            "SELECT m.name FROM sqlite_schema m WHERE m.type = 'table' AND m.name LIKE '\\_rekey\\_%' ESCAPE '\\' \
            AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = 'state')",
        );
        tables
            .iter()
            .map(|row| {
                self.0
                    .value(&format!(
                        "SELECT count(*) FROM {} WHERE state = {}",
                        quoted(&row[0]),
                        postgres::literal(state)
                    ))
                    .parse::<u64>()
                    .unwrap()
            })
            .sum()
    }
}

fn counts(rows: impl Iterator<Item = Vec<String>>) -> BTreeMap<String, u64> {
    rows.map(|row| (row[0].clone(), row[1].parse().unwrap())).collect()
}

fn three(mut parts: impl Iterator<Item = String>) -> ColumnId {
    let mut next = || parts.next().unwrap_or_default();
    (next(), next(), next())
}
