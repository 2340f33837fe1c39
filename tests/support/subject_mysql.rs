//! A MariaDB or MySQL database under test.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::mysql::{Database, Product, quoted};
use super::postgres::random_word;
use super::rows::{ColumnId, Content, Rows, TableId, is_integer};
use super::subject::Subject;

/// A database on the shared server of its product.
#[derive(Debug)]
pub struct Mysql(pub Database);

/// A database of that name, empty.
pub fn new_mysql(product: Product, name: &str) -> Box<dyn Subject> {
    Box::new(Mysql(Database::create(product, name)))
}

fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "''"))
}

const OWN: &str = "(table_name LIKE '\\_rekey\\_%' OR table_name LIKE 'rk\\_%')";

impl Mysql {
    fn query(&self, query: &str) -> Vec<Vec<String>> {
        // The client writes what would part a line in two as letters behind a backslash.
        let text = self.0.sql(query);
        text.lines().map(|line| line.split('\t').map(unescaped).collect()).collect()
    }

    fn names(&self, condition: &str) -> Vec<String> {
        let query = format!(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND {condition} ORDER BY 1"
        );
        self.query(&query).into_iter().map(|row| row[0].clone()).collect()
    }

    fn tables(&self) -> Vec<String> {
        self.names(&format!("table_type IN ('BASE TABLE', 'SYSTEM VERSIONED') AND NOT {OWN}"))
    }

    fn dumped(&self, more: &[&str]) -> String {
        let own = self.names(OWN);
        let ignored: Vec<String> = own.iter().map(|name| format!("--ignore-table={}.{name}", self.0.name())).collect();
        let all: Vec<&str> = more.iter().copied().chain(ignored.iter().map(String::as_str)).collect();
        self.0.server().dump_with(self.0.name(), &all)
    }
}

fn unescaped(cell: &str) -> String {
    let mut text = String::new();
    let mut letters = cell.chars();
    while let Some(letter) = letters.next() {
        text.push(match letter {
            '\\' => match letters.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some('0') => '\0',
                other => other.unwrap_or('\\'),
            },
            letter => letter,
        });
    }
    text
}

// The product's own literal: numbers and texts as such, everything else as digits.
fn expression(column: &str, type_name: &str) -> String {
    let own = quoted(column);
    let name = type_name.to_ascii_lowercase();
    let is = |words: &[&str]| words.iter().any(|word| name.starts_with(word));
    if is(&["blob", "tinyblob", "mediumblob", "longblob", "binary", "varbinary", "bit", "geometry", "point"])
        || is(&["linestring", "polygon", "multi", "geomcollection", "vector"])
    {
        format!("IFNULL(CONCAT('X''', HEX({own}), ''''), 'NULL')")
    } else if name.contains("zerofill") {
        format!("QUOTE(CAST({own} + 0 AS CHAR))")
    } else {
        format!("QUOTE(CAST({own} AS CHAR))")
    }
}

impl Subject for Mysql {
    fn product(&self) -> &'static str {
        self.0.server().product().name()
    }

    fn own_schema(&self) -> String {
        self.0.name().to_owned()
    }

    fn target(&self) -> String {
        self.0.url()
    }

    fn password(&self) -> Option<&str> {
        Some(self.0.server().password())
    }

    fn execute(&self, statements: &str) {
        self.0.sql(statements);
    }

    fn load(&self, file: &Path) {
        self.0.server().load(self.0.name(), file);
    }

    fn duplicate(&self) -> Box<dyn Subject> {
        let copy = Database::create(self.0.server().product(), &format!("copy_{}", random_word(12)));
        copy.server().restore(copy.name(), &self.0.server().dump(self.0.name()));
        Box::new(Mysql(copy))
    }

    fn dump(&self) -> String {
        self.dumped(&[])
    }

    fn schema_dump(&self) -> String {
        self.dumped(&["--no-data"])
    }

    fn rows(&self) -> Rows {
        let mut tables = Rows::new();
        for table in self.tables() {
            let mut content = Content::default();
            let columns = format!(
                "SELECT column_name, column_type FROM information_schema.columns WHERE table_schema = DATABASE() \
                 AND table_name = {} ORDER BY ordinal_position",
                literal(&table)
            );
            for row in self.query(&columns) {
                content.columns.push(row[0].clone());
                content.types.push(row[1].clone());
            }
            let values: Vec<String> =
                content.columns.iter().zip(&content.types).map(|(name, kind)| expression(name, kind)).collect();
            content.rows = self.query(&format!("SELECT {} FROM {}", values.join(", "), quoted(&table)));
            tables.insert((self.0.name().to_owned(), table), content);
        }
        tables
    }

    fn dangling(&self) -> BTreeMap<String, u64> {
        let keys = self.query(
            "SET SESSION group_concat_max_len = 1000000; SELECT CONCAT(table_name, '.', constraint_name), table_schema, table_name, referenced_table_schema, referenced_table_name, \
             GROUP_CONCAT(CONCAT('c.`', REPLACE(column_name, '`', '``'), '` IS NOT NULL') SEPARATOR ' AND '), \
             GROUP_CONCAT(CONCAT('c.`', REPLACE(column_name, '`', '``'), '` = p.`', REPLACE(referenced_column_name, '`', '``'), '`') SEPARATOR ' AND ') \
             FROM information_schema.key_column_usage WHERE table_schema = DATABASE() AND referenced_table_name IS NOT NULL \
             AND table_name NOT LIKE '\\_rekey\\_%' GROUP BY 1, 2, 3, 4, 5 ORDER BY 1",
        );
        keys.into_iter()
            .map(|key| {
                let count = self.0.sql(&format!(
                    "SELECT COUNT(*) FROM {}.{} c WHERE {} AND NOT EXISTS (SELECT 1 FROM {}.{} p WHERE {})",
                    quoted(&key[1]),
                    quoted(&key[2]),
                    key[5],
                    quoted(&key[3]),
                    quoted(&key[4]),
                    key[6]
                ));
                (key[0].clone(), count.trim().parse().unwrap())
            })
            .collect()
    }

    fn view_counts(&self) -> BTreeMap<String, String> {
        let views = self.names("table_type = 'VIEW'");
        views
            .into_iter()
            .map(|view| {
                let answer = self.0.server().try_sql(self.0.name(), &format!("SELECT COUNT(*) FROM {}", quoted(&view)));
                (view, answer.text().trim().to_owned())
            })
            .collect()
    }

    fn integer_keys(&self) -> BTreeSet<ColumnId> {
        let keys = self.query(&format!(
            "SELECT k.table_name, MIN(k.column_name), MIN(c.column_type) FROM information_schema.statistics k \
             JOIN information_schema.columns c ON c.table_schema = k.table_schema AND c.table_name = k.table_name \
             AND c.column_name = k.column_name WHERE k.table_schema = DATABASE() AND k.index_name = 'PRIMARY' \
             AND NOT k.{} GROUP BY k.table_name HAVING COUNT(*) = 1",
            OWN.trim_start_matches('(').trim_end_matches(')').replace(" OR ", " AND NOT k.")
        ));
        keys.into_iter()
            .filter(|row| is_integer(&row[2]))
            .map(|row| (self.0.name().to_owned(), row[0].clone(), row[1].clone()))
            .collect()
    }

    fn parents(&self) -> BTreeMap<TableId, TableId> {
        BTreeMap::new()
    }

    fn ignores_case(&self, column: &ColumnId) -> bool {
        let collation = format!(
            "SELECT collation_name FROM information_schema.columns WHERE table_schema = {} AND table_name = {} AND column_name = {}",
            literal(&column.0),
            literal(&column.1),
            literal(&column.2)
        );
        self.0.sql(&collation).trim().ends_with("_ci")
    }

    fn assert_healthy(&self) {
        for table in self.tables() {
            let told = self.0.sql(&format!("CHECK TABLE {}", quoted(&table)));
            assert!(told.lines().all(|line| line.ends_with("OK")), "{told}");
        }
    }

    fn leftovers(&self) -> Vec<String> {
        let mut found: Vec<String> =
            self.names("table_name LIKE 'rk\\_%'").into_iter().map(|name| format!("table {name}")).collect();
        let sessions = format!(
            "SELECT CONCAT('session ', id, ': ', COALESCE(LEFT(info, 80), '')) FROM information_schema.processlist \
             WHERE db = {} AND id <> CONNECTION_ID()",
            literal(self.0.name())
        );
        found.extend(self.query(&sessions).into_iter().map(|row| row[0].clone()));
        found
    }

    fn journal(&self) -> Vec<u8> {
        let own = self.names("table_name LIKE '\\_rekey\\_%'");
        if own.is_empty() { Vec::new() } else { self.0.server().dump_tables(self.0.name(), &own).into_bytes() }
    }

    fn answer(&self, query: &str) -> String {
        self.0.sql(query).replace('\t', "|")
    }

    fn runs_in_state(&self, state: &str) -> u64 {
        if self.names("table_name = '_rekey_run'").is_empty() {
            return 0;
        }
        let count = self.0.sql(&format!("SELECT COUNT(*) FROM _rekey_run WHERE state = {}", literal(state)));
        count.trim().parse().unwrap()
    }
}
