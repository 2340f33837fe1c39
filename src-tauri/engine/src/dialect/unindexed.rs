//! References that no index serves, and the indexes that they are offered: the question, and
//! names that are free.

use crate::check::{AnswerOption, Finding, Severity};
use crate::plan::{Conversion, LEAVE};
use crate::schema::{ColumnName, ForeignKey, INFERRED, Table, TableName};

/// The rule that such a reference falls under.
const RULE: &str = "RK-139";
/// The answer that asks for the index.
const CREATE: &str = "create";

/// A reference that may get an index.
#[derive(Debug, Clone, Copy)]
pub struct Reference<'a> {
    /// The table that it is in.
    pub table: &'a Table,
    /// Its first column.
    pub column: &'a str,
    kind: Kind<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Kind<'a> {
    Declared(&'a ForeignKey),
    Inferred(&'a TableName),
}

impl<'a> Reference<'a> {
    /// A foreign key.
    pub fn declared(table: &'a Table, key: &'a ForeignKey) -> Option<Self> {
        Some(Reference { table, column: key.columns.first()?, kind: Kind::Declared(key) })
    }

    /// A column that was found to hold the ids of that table, and that no foreign key declares.
    pub fn inferred(table: &'a Table, column: &'a ColumnName, parent: &'a TableName) -> Self {
        Reference { table, column: &column.column, kind: Kind::Inferred(parent) }
    }

    /// Its columns in order.
    pub fn columns(&self) -> Vec<&'a str> {
        match self.kind {
            Kind::Declared(key) => key.columns.iter().map(String::as_str).collect(),
            Kind::Inferred(_) => vec![self.column],
        }
    }

    /// Its foreign key, where one declares it.
    pub fn key(&self) -> Option<&'a ForeignKey> {
        match self.kind {
            Kind::Declared(key) => Some(key),
            Kind::Inferred(_) => None,
        }
    }

    /// The name that people would give the index: table and columns.
    pub fn plain_name(&self) -> String {
        format!("ix_{}_{}", self.table.name.name, self.columns().join("_"))
    }

    /// True where an answer asks for the index.
    pub fn is_wanted(&self, conversions: &[Conversion]) -> bool {
        let id = format!("{RULE} {}", self.object());
        conversions.iter().any(|conversion| conversion.answers.get(&id).is_some_and(|answer| answer == CREATE))
    }

    fn object(&self) -> String {
        let table = &self.table.name;
        match self.kind {
            Kind::Declared(key) => format!("reference {table}.{}", key.name),
            Kind::Inferred(_) => format!("column {table}.{}", self.column),
        }
    }

    /// That it has no index, with the offer of one under that name.
    pub fn finding(&self, index: &str) -> Finding {
        let (table, object) = (&self.table.name, self.object());
        let meaning = match self.kind {
            Kind::Declared(key) => format!(
                "No index begins with the columns of the reference {} of {table}: each row of {} that is deleted reads the whole table.",
                key.name, key.parent
            ),
            Kind::Inferred(parent) => format!(
                "No index begins with {table}.{}: whoever asks for the rows that belong to one of {parent} reads the whole table.",
                self.column
            ),
        };
        let remedy =
            format!("An index can be made together with the conversion: answer '{RULE} {object}' with '{CREATE}'.");
        let options = vec![
            AnswerOption::new(CREATE, format!("The index {index} is made; the way back removes it.")),
            AnswerOption::new(LEAVE, "Nothing is added."),
        ];
        Finding::new(Severity::Info, RULE, object, meaning, remedy).asking(options, Some(LEAVE))
    }
}

/// The members that no foreign key declares and that hold one id in each row, with their tables
/// and the tables whose ids they hold.
pub fn inferred<'a>(
    conversions: &'a [Conversion],
    table: impl Fn(&TableName) -> Option<&'a Table>,
) -> Vec<Reference<'a>> {
    let of = |conversion: &'a Conversion| conversion.members.iter().map(move |member| (conversion, member));
    let members = conversions.iter().flat_map(of);
    let plain = members.filter(|(_, member)| member.via == INFERRED && member.shape.is_plain());
    plain
        .filter_map(|(conversion, member)| {
            let found = table(&member.column.table)?;
            Some(Reference::inferred(found, &member.column, &conversion.root.table))
        })
        .collect()
}

/// A free name for the index of each, in their order: as people give it, as long as it is not
/// taken, and numbered otherwise. References over the same columns share theirs. `longest` is how
/// many letters the server keeps, `taken` is asked with names in lower case.
pub fn names<'a>(
    references: &[Reference<'a>],
    longest: usize,
    taken: impl Fn(&Table, &str) -> bool,
) -> Vec<(Reference<'a>, String)> {
    let mut given: Vec<(Reference<'a>, String)> = Vec::new();
    for one in references {
        let alike = |(other, _): &&(Reference<'_>, String)| {
            other.table.name == one.table.name && other.columns() == one.columns()
        };
        let known = given.iter().find(alike).map(|(_, name)| name.clone());
        let name = known.unwrap_or_else(|| {
            let free = |name: &String| {
                let lower = name.to_lowercase();
                !taken(one.table, &lower) && given.iter().all(|(_, other)| other.to_lowercase() != lower)
            };
            let plain = one.plain_name();
            let numbered = (1..).map(|number| cut(&plain, longest, &format!("_{number}")));
            std::iter::once(cut(&plain, longest, "")).chain(numbered).find(free).unwrap_or_default()
        });
        given.push((*one, name));
    }
    given
}

fn cut(name: &str, longest: usize, suffix: &str) -> String {
    name.chars().take(longest - suffix.len()).chain(suffix.chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(name: &str) -> Table {
        Table {
            name: TableName::new("s", name),
            columns: Vec::new(),
            primary_key: None,
            unique_keys: Vec::new(),
            foreign_keys: Vec::new(),
            parents: Vec::new(),
            rows: 0,
            rows_estimated: false,
            bytes: 0,
            definition: None,
            partitioned: None,
        }
    }

    fn named(tables: &[(&str, &str)], longest: usize, taken: &str) -> Vec<String> {
        let parent = TableName::new("s", "p");
        let made: Vec<(Table, ColumnName)> =
            tables.iter().map(|&(name, column)| (table(name), ColumnName::new("s", name, column))).collect();
        let references: Vec<Reference<'_>> =
            made.iter().map(|(table, column)| Reference::inferred(table, column, &parent)).collect();
        names(&references, longest, |_, name| name == taken).into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn a_name_is_free_and_no_longer_than_the_server_keeps() {
        assert_eq!(named(&[("a", "b")], 64, ""), ["ix_a_b"]);
        assert_eq!(named(&[("A", "b")], 64, "ix_a_b"), ["ix_A_b_1"]);
        assert_eq!(named(&[("a_b", "c"), ("a", "b_c"), ("a_b", "c")], 64, ""), ["ix_a_b_c", "ix_a_b_c_1", "ix_a_b_c"]);
        assert_eq!(named(&[("ééé", "x"), ("ééé", "y")], 6, ""), ["ix_ééé", "ix_é_1"]);
    }
}
