//! Statistics targets of indexes and of extended statistics: the server forgets them when a
//! column's type changes, so they are set again. Nothing is taken away for them.

use serde::Deserialize;

use super::super::quote;
use super::dependents::{Use, edges};
use crate::schema::{Dependent, DependentKind, TableName};

/// Targets of one object as the catalogue has them.
#[derive(Deserialize)]
pub struct RawSetting {
    schema: String,
    name: String,
    kind: String,
    table: Option<TableName>,
    targets: Vec<Target>,
    uses: Vec<Use>,
}

#[derive(Deserialize)]
struct Target {
    // The number of an index's column; none for extended statistics.
    column: Option<i64>,
    target: i64,
}

impl RawSetting {
    /// It with its statements.
    pub fn dependent(&self) -> Dependent {
        let object = format!("{} {}", self.kind, quote::qualified(&self.schema, &self.name));
        let create = self.targets.iter().map(|one| {
            let column = one.column.map(|number| format!(" ALTER COLUMN {number}")).unwrap_or_default();
            format!("ALTER {object}{column} SET STATISTICS {}", one.target)
        });
        Dependent {
            kind: DependentKind::Setting,
            name: format!("target of {} {}", self.kind.to_lowercase(), quote::label(&[&self.schema, &self.name])),
            on: None,
            objects: Vec::new(),
            columns: edges(&self.uses).0,
            // An index that is taken away for good has no targets either.
            requires: self
                .table
                .iter()
                .map(|table| quote::on("index", &self.name, &table.schema, &table.name))
                .collect(),
            drop: Vec::new(),
            create: create.collect(),
            for_good: None,
        }
    }
}
