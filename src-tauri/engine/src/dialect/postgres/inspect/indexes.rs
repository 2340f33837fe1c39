//! Indexes over expressions or some of the rows: how each is taken away where it takes the
//! key for a number, and put back by the undo with everything that is said about it.

use serde::Deserialize;

use super::super::quote;
use crate::schema::{ColumnName, Dependent, DependentKind, TableName};

/// An index as the catalogue has it.
#[derive(Deserialize)]
pub struct RawTableIndex {
    schema: String,
    table: String,
    name: String,
    definition: String,
    unique: bool,
    constraint: Option<String>,
    comment: Option<String>,
    constraint_comment: Option<String>,
    tablespace: Option<String>,
    clustered: bool,
    identity: bool,
    columns: Option<Vec<String>>,
}

impl RawTableIndex {
    /// It with its statements.
    pub fn dependent(&self) -> Dependent {
        let table = TableName::new(&self.schema, &self.table);
        let column = |column: &String| ColumnName { table: table.clone(), column: column.clone() };
        let mut objects = vec![quote::key("index", &[&self.schema, &self.name])];
        if self.constraint.is_some() {
            objects.push(quote::key("constraint", &[&self.schema, &self.table, &self.name]));
        }
        Dependent {
            kind: if self.unique { DependentKind::UniqueIndex } else { DependentKind::Index },
            name: quote::on("index", &self.name, &self.schema, &self.table),
            objects,
            columns: self.columns.iter().flatten().map(column).collect(),
            requires: Vec::new(),
            drop: vec![self.drop(&quote::table(&table))],
            create: self.create(&quote::table(&table)),
            for_good: None,
            on: Some(table),
        }
    }

    fn drop(&self, table: &str) -> String {
        if self.constraint.is_some() {
            return format!("ALTER TABLE ONLY {table} DROP CONSTRAINT {}", quote::ident(&self.name));
        }
        format!("DROP INDEX {}", quote::qualified(&self.schema, &self.name))
    }

    fn create(&self, table: &str) -> Vec<String> {
        let (name, full) = (quote::ident(&self.name), quote::qualified(&self.schema, &self.name));
        let mut sql = vec![match &self.constraint {
            Some(constraint) => format!("ALTER TABLE ONLY {table} ADD CONSTRAINT {name} {constraint}"),
            None => self.definition.clone(),
        }];
        sql.extend(
            self.tablespace.as_ref().map(|space| format!("ALTER INDEX {full} SET TABLESPACE {}", quote::ident(space))),
        );
        if self.clustered {
            sql.push(format!("ALTER TABLE ONLY {table} CLUSTER ON {name}"));
        }
        if self.identity {
            sql.push(format!("ALTER TABLE ONLY {table} REPLICA IDENTITY USING INDEX {name}"));
        }
        sql.extend(self.comment.as_ref().map(|text| format!("COMMENT ON INDEX {full} IS {}", quote::literal(text))));
        sql.extend(
            self.constraint_comment
                .as_ref()
                .map(|text| format!("COMMENT ON CONSTRAINT {name} ON {table} IS {}", quote::literal(text))),
        );
        sql
    }
}
