//! Generated columns that are computed from others: from PostgreSQL 17 an existing column can
//! be given another expression, so it is computed from nothing during the change and from its
//! own expression again afterwards, in its place, with its indexes, rights and comments.

use serde::Deserialize;

use super::super::quote;
use crate::schema::{ColumnName, Dependent, DependentKind, TableName};

/// A generated column as the catalogue has it.
#[derive(Deserialize)]
pub struct RawGenerated {
    schema: String,
    table: String,
    name: String,
    #[serde(rename = "type")]
    type_name: String,
    expression: String,
    not_null: bool,
    // The name of the constraint behind NOT NULL, where the server has one (18).
    constraint: Option<String>,
    uses: Vec<String>,
}

impl RawGenerated {
    /// It with its statements.
    pub fn dependent(&self) -> Dependent {
        let table = TableName::new(&self.schema, &self.table);
        let column = |column: &String| ColumnName { table: table.clone(), column: column.clone() };
        let alter = format!("ALTER TABLE ONLY {}", quote::table(&table));
        let name = quote::ident(&self.name);
        let at = format!("{alter} ALTER COLUMN {name}");
        let mut drop = vec![format!("{at} SET EXPRESSION AS (NULL::{})", self.type_name)];
        let mut create = vec![format!("{at} SET EXPRESSION AS ({})", self.expression)];
        if self.not_null {
            // A column that is computed from nothing holds nothing.
            let (open, close) = match &self.constraint {
                Some(constraint) => {
                    let constraint = quote::ident(constraint);
                    (
                        format!("{alter} DROP CONSTRAINT {constraint}"),
                        format!("{alter} ADD CONSTRAINT {constraint} NOT NULL {name}"),
                    )
                }
                None => (format!("{at} DROP NOT NULL"), format!("{at} SET NOT NULL")),
            };
            drop.insert(0, open);
            create.push(close);
        }
        Dependent {
            kind: DependentKind::Generated,
            name: quote::on("generated column", &self.name, &self.schema, &self.table),
            objects: vec![quote::column_key(&column(&self.name))],
            columns: self.uses.iter().map(column).collect(),
            requires: Vec::new(),
            drop,
            create,
            for_good: None,
            on: Some(table),
        }
    }
}
