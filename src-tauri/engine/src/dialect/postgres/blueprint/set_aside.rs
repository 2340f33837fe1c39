//! References that nobody declared and that lose the values which the key does not have: the
//! column becomes NULL in those rows, and each value is set aside for the undo.

use super::super::quote;
use super::scope::Scope;
use super::{kept, lookup, text};
use crate::dialect::repoint::target;
use crate::plan::Assertion;
use crate::schema::{Column, ColumnName, Table};

/// A column that loses such values.
pub struct SetAside<'s> {
    /// The column.
    pub column: &'s ColumnName,
    /// Its table.
    pub table: &'s Table,
    /// The number of its conversion.
    pub number: usize,
    place: usize,
}

/// All of them.
pub fn all<'s>(scope: &'s Scope<'_>) -> Vec<SetAside<'s>> {
    (0..scope.conversions.len()).flat_map(|number| of_conversion(scope, number)).collect()
}

/// Those of one conversion.
pub fn of_conversion<'s>(scope: &'s Scope<'_>, number: usize) -> Vec<SetAside<'s>> {
    let found = kept::lost(scope, number).into_iter();
    found.map(|(place, column, table)| SetAside { column, table, number, place }).collect()
}

/// The one of a column, where it loses values.
pub fn of<'s>(scope: &'s Scope<'_>, column: &ColumnName) -> Option<SetAside<'s>> {
    let number = scope.columns.get(column)?.plain()?;
    of_conversion(scope, number).into_iter().find(|one| one.column == column)
}

impl SetAside<'_> {
    fn kept(&self, scope: &Scope<'_>) -> String {
        kept::values(scope, self.number, self.place)
    }

    fn function(&self, scope: &Scope<'_>, suffix: &str) -> String {
        scope.helper(&format!("{}_n{}_{suffix}", self.number, self.place))
    }

    /// Sets the values aside by the row's key as it will be, and gives them out as an array in
    /// their order, which the server computes once per statement.
    pub fn keep(&self, scope: &Scope<'_>) -> Vec<String> {
        let (kept, column) = (self.kept(scope), quote::ident(&self.column.column));
        let root = &scope.conversions[self.number].root;
        let (joins, cells) = kept::cells(scope, self.table);
        let mut sql = vec![format!(
            "CREATE TABLE {kept} AS SELECT {cells}, t.{column}::{} AS old_id FROM ONLY {} t{joins} WHERE t.{column} IS NOT NULL AND NOT EXISTS (SELECT FROM {} p WHERE p.{} = t.{column})",
            text::old_type(scope, self.number),
            quote::table(&self.column.table),
            scope.from(&root.table),
            quote::ident(&root.column)
        )];
        sql.extend(scope.close(&kept));
        let key: Vec<String> = (0..kept::key(self.table).len()).map(|place| format!("k{place}")).collect();
        sql.push(format!("ALTER TABLE {kept} ADD PRIMARY KEY ({})", key.join(", ")));
        sql.push(format!("ANALYZE {kept}"));
        sql.push(format!(
            "CREATE FUNCTION {}() RETURNS {}[] LANGUAGE sql IMMUTABLE AS $rekey$\nSELECT array_agg(DISTINCT s.old_id ORDER BY s.old_id) FROM {kept} s\n$rekey$",
            self.function(scope, "strays"),
            text::old_type(scope, self.number)
        ));
        sql
    }

    /// The new value of the column, from the one that it would have otherwise.
    pub fn new_value(&self, scope: &Scope<'_>, otherwise: &str) -> String {
        let (name, strays) = (quote::ident(&self.column.column), self.function(scope, "strays"));
        let old = text::old_type(scope, self.number);
        format!(
            "CASE WHEN ({strays}())[width_bucket({name}::{old}, {strays}())] = {name}::{old} THEN NULL ELSE {otherwise} END"
        )
    }

    /// Removes what only the way there needs.
    pub fn clean_up(&self, scope: &Scope<'_>) -> String {
        format!("DROP FUNCTION {}()", self.function(scope, "strays"))
    }

    /// What joins a row of the converted table to the value that was set aside.
    pub fn join(&self, scope: &Scope<'_>, row: &str) -> String {
        let alias = self.alias();
        format!("\nLEFT JOIN {} {alias} ON {}", self.kept(scope), kept::on(self.table, row, &alias))
    }

    fn alias(&self) -> String {
        format!("a{}_{}", self.number, self.place)
    }

    /// The old value of such a row, from the one that the map has for it.
    pub fn old(&self, row: &str, column: &Column, mapped: &str) -> String {
        let name = format!("{row}.{}", quote::ident(&self.column.column));
        format!("CASE WHEN {name} IS NULL THEN {}.old_id::{} ELSE {mapped} END", self.alias(), column.type_name)
    }

    /// True for such a row where it had no value before either.
    pub fn absent(&self, row: &str) -> String {
        format!("({row}.{} IS NULL AND {}.old_id IS NULL)", quote::ident(&self.column.column), self.alias())
    }

    /// The call that gives a row its value back.
    pub fn old_value(&self, scope: &Scope<'_>) -> String {
        format!("{}({})", self.function(scope, "old"), kept::arguments(self.table, &self.column.column))
    }

    /// The function behind that call. A row that has got another value since keeps that one.
    pub fn create(&self, scope: &Scope<'_>) -> String {
        format!(
            "CREATE FUNCTION {}({}) RETURNS {} LANGUAGE sql STABLE AS $rekey$\n\
             SELECT CASE WHEN $1 IS NULL THEN (SELECT d.old_id FROM {} d WHERE {}) ELSE {}($1) END\n\
             $rekey$",
            self.function(scope, "old"),
            kept::takes(scope, self.table),
            text::old_type(scope, self.number),
            self.kept(scope),
            kept::on_arguments(self.table, "d"),
            lookup::function(scope, self.number, "old")
        )
    }

    /// Removes function and values.
    pub fn remove(&self, scope: &Scope<'_>) -> Vec<String> {
        vec![
            format!("DROP FUNCTION {}({})", self.function(scope, "old"), kept::takes(scope, self.table)),
            format!("DROP TABLE {}", self.kept(scope)),
        ]
    }

    /// That no value was set aside which the key has.
    pub fn assertion(&self, scope: &Scope<'_>) -> Assertion {
        let conversion = &scope.conversions[self.number];
        let key = target(conversion).unwrap_or_else(|| conversion.root.clone());
        Assertion {
            id: format!("set_aside {}", self.column),
            title: format!("{} is NULL only where its value was none of {}", self.column, conversion.root),
            sql: format!(
                "SELECT count(*)::text FROM {} s JOIN {} m ON m.old_id = s.old_id JOIN {} p ON p.{} = m.new_id",
                self.kept(scope),
                scope.map(self.number),
                scope.from(&key.table),
                quote::ident(&key.column)
            ),
            expect: "0".to_owned(),
            lasting: false,
        }
    }
}
