//! Generated columns before PostgreSQL 17, which cannot be given an expression again: where they
//! stand last in their table they are taken away and added again in the same order, and the
//! server computes their values. Anywhere else they would lose their place.

use serde::Deserialize;

use super::super::{acl, quote};
use crate::error::{Error, Result};
use crate::schema::{ColumnName, Dependent, DependentKind, TableName};

/// Such a column as the catalogue has it.
#[derive(Deserialize)]
pub struct RawTail {
    schema: String,
    table: String,
    name: String,
    // The generated column before it, which is taken away after it.
    before: Option<String>,
    #[serde(rename = "type")]
    type_name: String,
    collation: Option<String>,
    expression: String,
    not_null: bool,
    // Where they are other than the type's.
    storage: Option<char>,
    compression: Option<char>,
    statistics: i32,
    options: Option<Vec<String>>,
    owner: String,
    acl: Option<Vec<String>>,
    comment: Option<String>,
    uses: Option<Vec<String>>,
}

impl RawTail {
    /// Its name among what stands on columns.
    pub fn label(&self) -> String {
        label(&self.name, &self.schema, &self.table)
    }

    /// True for a column of that table with that name.
    pub fn is(&self, schema: &str, table: &str, column: &str) -> bool {
        (self.schema.as_str(), self.table.as_str(), self.name.as_str()) == (schema, table, column)
    }

    /// It with its statements.
    ///
    /// # Errors
    /// Where a right on it is of a kind that is not known.
    pub fn dependent(&self) -> Result<Dependent> {
        let table = TableName::new(&self.schema, &self.table);
        let column = |column: &String| ColumnName { table: table.clone(), column: column.clone() };
        let alter = format!("ALTER TABLE ONLY {}", quote::table(&table));
        let name = quote::ident(&self.name);
        Ok(Dependent {
            kind: DependentKind::Generated,
            name: self.label(),
            objects: vec![quote::column_key(&column(&self.name))],
            columns: self.uses.iter().flatten().map(column).collect(),
            requires: self.before.iter().map(|before| label(before, &self.schema, &self.table)).collect(),
            drop: vec![format!("{alter} DROP COLUMN {name}")],
            create: self.create(&alter, &name, &quote::table(&table))?,
            for_good: None,
            on: Some(table),
        })
    }

    fn create(&self, alter: &str, name: &str, table: &str) -> Result<Vec<String>> {
        let collation = self.collation.as_ref().map(|name| format!(" COLLATE {name}")).unwrap_or_default();
        let null = if self.not_null { " NOT NULL" } else { "" };
        let mut sql = vec![format!(
            "{alter} ADD COLUMN {name} {}{collation} GENERATED ALWAYS AS ({}) STORED{null}",
            self.type_name, self.expression
        )];
        let mut set = |what: String| sql.push(format!("{alter} ALTER COLUMN {name} SET {what}"));
        if let Some(storage) = self.storage {
            set(format!("STORAGE {}", word(storage)));
        }
        if let Some(method) = self.compression {
            set(format!("COMPRESSION {}", if method == 'l' { "lz4" } else { "pglz" }));
        }
        if self.statistics >= 0 {
            set(format!("STATISTICS {}", self.statistics));
        }
        if let Some(options) = &self.options {
            let options: Vec<String> = options.iter().map(|option| quote::setting(option)).collect();
            set(format!("({})", options.join(", ")));
        }
        if let Some(items) = &self.acl {
            let phrase = format!("TABLE {table}");
            let object = acl::Object { phrase: &phrase, column: Some(&self.name), owner: &self.owner };
            let rights = acl::statements(&object, items);
            sql.extend(rights.ok_or_else(|| Error::Internal {
                detail: format!("a right on {} is of a kind that is not known", self.label()),
            })?);
        }
        sql.extend(
            self.comment.as_ref().map(|text| format!("COMMENT ON COLUMN {table}.{name} IS {}", quote::literal(text))),
        );
        Ok(sql)
    }
}

fn label(column: &str, schema: &str, table: &str) -> String {
    quote::on("generated column", column, schema, table)
}

fn word(storage: char) -> &'static str {
    match storage {
        'p' => "PLAIN",
        'e' => "EXTERNAL",
        'm' => "MAIN",
        _ => "EXTENDED",
    }
}
