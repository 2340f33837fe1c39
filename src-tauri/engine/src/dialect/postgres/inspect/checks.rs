//! Check constraints: how each is taken away where it compares the key with numbers, and put
//! back by the undo, in the table that declares it and in those that inherit it.

use serde::Deserialize;

use super::super::quote;
use crate::schema::{ColumnName, Dependent, DependentKind, TableName};

/// A check constraint as the catalogue has it.
#[derive(Deserialize)]
pub struct RawCheck {
    schema: String,
    table: String,
    name: String,
    definition: String,
    columns: Vec<String>,
    places: Vec<Place>,
}

#[derive(Deserialize)]
struct Place {
    schema: String,
    table: String,
    comment: Option<String>,
}

impl RawCheck {
    /// It with its statements.
    pub fn dependent(&self) -> Dependent {
        let table = TableName::new(&self.schema, &self.table);
        let (name, on) = (quote::ident(&self.name), quote::table(&table));
        let mut create = vec![format!("ALTER TABLE {on} ADD CONSTRAINT {name} {}", self.definition)];
        create.extend(self.places.iter().filter_map(|place| {
            let text = quote::literal(place.comment.as_ref()?);
            Some(format!("COMMENT ON CONSTRAINT {name} ON {} IS {text}", quote::qualified(&place.schema, &place.table)))
        }));
        let objects =
            self.places.iter().map(|place| quote::key("constraint", &[&place.schema, &place.table, &self.name]));
        let column = |column: &String| ColumnName { table: table.clone(), column: column.clone() };
        Dependent {
            kind: DependentKind::Check,
            name: quote::on("check constraint", &self.name, &self.schema, &self.table),
            objects: objects.collect(),
            columns: self.columns.iter().map(column).collect(),
            requires: Vec::new(),
            drop: vec![format!("ALTER TABLE {on} DROP CONSTRAINT {name}")],
            create,
            for_good: None,
            on: Some(table),
        }
    }
}
