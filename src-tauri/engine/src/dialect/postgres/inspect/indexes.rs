//! Indexes over expressions, over some of the rows, or of a kind that UUIDs have not: how each
//! is taken away where it does not fit, and put back by the undo with all that is said about it.

use serde::Deserialize;

use super::super::quote;
use super::tail::RawTail;
use crate::check::AnswerOption;
use crate::schema::{ColumnName, Dependent, DependentKind, Obstacle, TableName};

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
    // Columns that it orders or looks up in a way for which the server has nothing for UUIDs.
    unfit: Option<Vec<String>>,
}

impl RawTableIndex {
    /// It with its statements. Columns that are added again come before it.
    pub fn dependent(&self, tail: &[RawTail]) -> Dependent {
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
            requires: tail.iter().filter(|one| self.is_over(one)).map(RawTail::label).collect(),
            drop: vec![self.drop(&quote::table(&table))],
            create: self.create(&quote::table(&table)),
            for_good: None,
            on: Some(table),
        }
    }

    fn is_over(&self, column: &RawTail) -> bool {
        self.columns.iter().flatten().any(|name| column.is(&self.schema, &self.table, name))
    }

    /// The question what becomes of it, where it cannot be built over UUIDs.
    pub fn obstacle(&self) -> Option<Obstacle> {
        let table = TableName::new(&self.schema, &self.table);
        let column = |column: &String| ColumnName { table: table.clone(), column: column.clone() };
        let consequence = if self.unique {
            "The index is taken away, and with it the promise that no two rows are alike in it. The undo puts it back."
        } else {
            "The index is taken away; queries that used it read more. The undo puts it back."
        };
        Some(Obstacle {
            rule: "RK-114".to_owned(),
            object: quote::on("index", &self.name, &self.schema, &self.table),
            columns: self.unfit.as_ref()?.iter().map(column).collect(),
            meaning: "This index orders or looks up the key in a way that the server does not have for UUIDs, such as by the beginning of a text.".to_owned(),
            remedy: "Let it be taken away, or drop it before the run; make one that fits UUIDs afterwards if queries need it.".to_owned(),
            options: vec![AnswerOption::new("drop", consequence)],
            default: (!self.unique).then(|| "drop".to_owned()),
        })
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
