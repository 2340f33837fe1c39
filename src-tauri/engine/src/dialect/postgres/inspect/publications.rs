//! A table's place in a publication that names columns, in a list or in a filter.

use serde::Deserialize;

use super::super::quote;
use crate::schema::{ColumnName, Dependent, DependentKind, TableName};

/// A table in a publication as the catalogue has it.
#[derive(Deserialize)]
pub struct RawPublished {
    schema: String,
    table: String,
    publication: String,
    columns: Option<Vec<String>>,
    filter: Option<String>,
    uses: Vec<String>,
}

impl RawPublished {
    fn columns(&self) -> Vec<ColumnName> {
        self.uses.iter().map(|column| ColumnName::new(&self.schema, &self.table, column)).collect()
    }

    fn label(&self) -> String {
        quote::on("publication", &self.publication, &self.schema, &self.table)
    }

    /// It with its statements.
    pub fn dependent(&self) -> Dependent {
        let (name, table) = (quote::ident(&self.publication), quote::qualified(&self.schema, &self.table));
        let mut add = format!("ALTER PUBLICATION {name} ADD TABLE ONLY {table}");
        if let Some(columns) = &self.columns {
            let columns: Vec<String> = columns.iter().map(|column| quote::ident(column)).collect();
            add.push_str(&format!(" ({})", columns.join(", ")));
        }
        add.extend(self.filter.as_ref().map(|filter| format!(" WHERE ({filter})")));
        Dependent {
            kind: DependentKind::Publication,
            name: self.label(),
            on: Some(TableName::new(&self.schema, &self.table)),
            objects: ["published table", "publication member"]
                .map(|kind| quote::key(kind, &[&self.publication, &self.schema, &self.table]))
                .into(),
            columns: self.columns(),
            requires: Vec::new(),
            drop: vec![format!("ALTER PUBLICATION {name} DROP TABLE ONLY {table}")],
            create: vec![add],
            for_good: None,
        }
    }
}
