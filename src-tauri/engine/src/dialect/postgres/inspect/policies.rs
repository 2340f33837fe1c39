//! Row security policies: how each is taken away and put back exactly. Row security itself
//! stays on all the while: without its policies a table shows no rows to those it applies to.

use serde::Deserialize;

use super::super::quote;
use super::dependents::{Use, edges};
use crate::schema::{Dependent, DependentKind, TableName};

/// A policy as the catalogue has it.
#[derive(Deserialize)]
pub struct RawPolicy {
    schema: String,
    table: String,
    name: String,
    permissive: bool,
    command: char,
    everybody: bool,
    roles: Vec<String>,
    using: Option<String>,
    check: Option<String>,
    comment: Option<String>,
    uses: Vec<Use>,
}

impl RawPolicy {
    /// It with its statements.
    pub fn dependent(&self) -> Dependent {
        let (name, table) = (quote::ident(&self.name), quote::qualified(&self.schema, &self.table));
        let (columns, requires) = edges(&self.uses);
        let mut create = vec![self.definition(&name, &table)];
        create.extend(
            self.comment
                .as_ref()
                .map(|text| format!("COMMENT ON POLICY {name} ON {table} IS {}", quote::literal(text))),
        );
        Dependent {
            kind: DependentKind::Policy,
            name: quote::on("policy", &self.name, &self.schema, &self.table),
            on: Some(TableName::new(&self.schema, &self.table)),
            objects: vec![quote::key("policy", &[&self.schema, &self.table, &self.name])],
            columns,
            requires,
            drop: vec![format!("DROP POLICY {name} ON {table}")],
            create,
            for_good: None,
        }
    }

    fn definition(&self, name: &str, table: &str) -> String {
        let kind = if self.permissive { "PERMISSIVE" } else { "RESTRICTIVE" };
        let mut sql = format!("CREATE POLICY {name} ON {table} AS {kind} FOR {} TO {}", self.command(), self.roles());
        sql.extend(self.using.as_ref().map(|using| format!("\n  USING ({using})")));
        sql.extend(self.check.as_ref().map(|check| format!("\n  WITH CHECK ({check})")));
        sql
    }

    fn command(&self) -> &'static str {
        match self.command {
            'r' => "SELECT",
            'a' => "INSERT",
            'w' => "UPDATE",
            'd' => "DELETE",
            _ => "ALL",
        }
    }

    fn roles(&self) -> String {
        if self.everybody {
            return "PUBLIC".to_owned();
        }
        self.roles.iter().map(|role| quote::ident(role)).collect::<Vec<_>>().join(", ")
    }
}
