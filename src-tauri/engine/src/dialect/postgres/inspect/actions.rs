//! Rules and triggers: how each is taken away and put back with state and comment.

use serde::Deserialize;

use super::super::quote;
use super::dependents::{Use, edges};
use crate::schema::{Dependent, DependentKind, TableName};

/// A rule or a trigger as the catalogue has it.
#[derive(Deserialize)]
pub struct RawAction {
    schema: String,
    table: String,
    name: String,
    definition: String,
    enabled: char,
    comment: Option<String>,
    on_view: bool,
    uses: Vec<Use>,
    #[serde(default)]
    clones: Vec<Clone>,
}

/// What the server made on a partition for a trigger of the partitioned table, where it is
/// not as that is.
#[derive(Deserialize)]
struct Clone {
    schema: String,
    table: String,
    enabled: char,
    comment: Option<String>,
}

impl RawAction {
    /// It with its statements.
    pub fn dependent(&self, kind: DependentKind) -> Dependent {
        let table = quote::qualified(&self.schema, &self.table);
        let word = if kind == DependentKind::Rule { "RULE" } else { "TRIGGER" };
        let label = quote::on(&word.to_lowercase(), &self.name, &self.schema, &self.table);
        let name = quote::ident(&self.name);
        let (columns, requires) = edges(&self.uses);
        let mut create = vec![self.definition.trim().trim_end_matches(';').to_owned()];
        create.extend(state(self.enabled).map(|state| {
            // ALTER TABLE works on views as well.
            format!("ALTER TABLE {table} {state} {word} {name}")
        }));
        create.extend(
            self.comment
                .as_ref()
                .map(|text| format!("COMMENT ON {word} {name} ON {table} IS {}", quote::literal(text))),
        );
        create.extend(self.clones.iter().flat_map(|clone| clone.state(self.enabled, &name)));
        let mut requires = requires;
        if self.on_view {
            requires.push(quote::label(&[&self.schema, &self.table]));
            requires.dedup();
        }
        Dependent {
            kind,
            name: label,
            on: Some(TableName::new(&self.schema, &self.table)),
            objects: vec![quote::key(&word.to_lowercase(), &[&self.schema, &self.table, &self.name])],
            columns,
            requires,
            drop: vec![format!("DROP {word} {name} ON {table}")],
            create,
            for_good: None,
        }
    }
}

impl Clone {
    // Only this partition's: what stands beneath it has an entry of its own.
    fn state(&self, usual: char, name: &str) -> Vec<String> {
        let table = quote::qualified(&self.schema, &self.table);
        let word = if self.enabled == usual { None } else { Some(state(self.enabled).unwrap_or("ENABLE")) };
        let mut sql: Vec<String> =
            word.map(|word| format!("ALTER TABLE ONLY {table} {word} TRIGGER {name}")).into_iter().collect();
        sql.extend(
            self.comment
                .as_ref()
                .map(|text| format!("COMMENT ON TRIGGER {name} ON {table} IS {}", quote::literal(text))),
        );
        sql
    }
}

fn state(letter: char) -> Option<&'static str> {
    match letter {
        'D' => Some("DISABLE"),
        'R' => Some("ENABLE REPLICA"),
        'A' => Some("ENABLE ALWAYS"),
        _ => None,
    }
}
