//! What partitions have of their own and the server would forget: indexes that are attached
//! to those of the partitioned table, and constraints beneath its foreign keys.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::super::quote;
use super::{documents, query};
use crate::dialect::Connection;
use crate::error::Result;
use crate::schema::{IndexTree, Partitioned, Table, TableName};

/// Adds to every partitioned table what belongs to it.
pub async fn add(connection: &mut dyn Connection, tables: &mut BTreeMap<TableName, Table>) -> Result<()> {
    if tables.values().all(|table| table.partitioned.is_none()) {
        return Ok(());
    }
    let indexes: Vec<RawIndex> = documents(connection, query::PARTITION_INDEXES).await?;
    let mut beneath = Beneath::new();
    for index in &indexes {
        if let Some((schema, name)) = &index.parent {
            beneath.entry((schema, name)).or_default().push(index);
        }
    }
    for index in indexes.iter().filter(|index| index.parent.is_none()) {
        if let Some(partitioned) = of(tables, &index.table) {
            partitioned.indexes.push(index.tree(&beneath));
        }
    }
    for reference in documents::<RawReference>(connection, query::PARTITION_REFERENCES).await? {
        if let Some(partitioned) = of(tables, &reference.table) {
            partitioned.references.entry(reference.top.clone()).or_default().extend(reference.create());
        }
    }
    Ok(())
}

fn of<'t>(tables: &'t mut BTreeMap<TableName, Table>, name: &TableName) -> Option<&'t mut Partitioned> {
    tables.get_mut(name)?.partitioned.as_mut()
}

/// The attached indexes of each index, by its schema and name.
type Beneath<'i> = BTreeMap<(&'i str, &'i str), Vec<&'i RawIndex>>;

#[derive(Deserialize)]
struct RawIndex {
    table: TableName,
    schema: String,
    name: String,
    parent: Option<(String, String)>,
    columns: Vec<String>,
    definition: String,
    options: Vec<String>,
    tablespace: Option<String>,
    clustered: bool,
    replica_identity: bool,
    comment: Option<String>,
    constraint: Option<RawConstraint>,
}

#[derive(Deserialize)]
struct RawConstraint {
    name: String,
    kind: char,
    definition: String,
    deferrable: bool,
    deferred: bool,
    comment: Option<String>,
}

impl RawIndex {
    fn tree(&self, beneath: &Beneath<'_>) -> IndexTree {
        let drop = match &self.constraint {
            Some(constraint) => {
                format!("ALTER TABLE {} DROP CONSTRAINT {}", quote::table(&self.table), quote::ident(&constraint.name))
            }
            None => format!("DROP INDEX {}", self.phrase()),
        };
        let mut create = Vec::new();
        self.create(beneath, &mut create);
        IndexTree { columns: self.columns.clone(), drop, create }
    }

    // Those of the partitions first: there the work is, and the table's own only gathers them.
    fn create(&self, beneath: &Beneath<'_>, sql: &mut Vec<String>) {
        let attached = beneath.get(&(self.schema.as_str(), self.name.as_str()));
        for index in attached.into_iter().flatten() {
            index.create(beneath, sql);
        }
        sql.push(self.definition());
        for index in attached.into_iter().flatten() {
            sql.push(format!("ALTER INDEX {} ATTACH PARTITION {}", self.phrase(), index.phrase()));
        }
        self.settings(sql);
    }

    fn definition(&self) -> String {
        let Some(constraint) = &self.constraint else {
            return self.definition.clone();
        };
        format!(
            "ALTER TABLE ONLY {} ADD CONSTRAINT {} {}",
            quote::table(&self.table),
            quote::ident(&constraint.name),
            constraint.with(&self.options)
        )
    }

    fn settings(&self, sql: &mut Vec<String>) {
        let (table, name) = (quote::table(&self.table), quote::ident(&self.name));
        let phrase = self.phrase();
        sql.extend(
            self.tablespace
                .as_ref()
                .map(|space| format!("ALTER INDEX {phrase} SET TABLESPACE {}", quote::ident(space))),
        );
        if self.clustered {
            sql.push(format!("ALTER TABLE {table} CLUSTER ON {name}"));
        }
        if self.replica_identity {
            sql.push(format!("ALTER TABLE {table} REPLICA IDENTITY USING INDEX {name}"));
        }
        sql.extend(self.comment.as_ref().map(|text| format!("COMMENT ON INDEX {phrase} IS {}", quote::literal(text))));
        if let Some(RawConstraint { name, comment: Some(text), .. }) = &self.constraint {
            sql.push(format!("COMMENT ON CONSTRAINT {} ON {table} IS {}", quote::ident(name), quote::literal(text)));
        }
    }

    fn phrase(&self) -> String {
        quote::qualified(&self.schema, &self.name)
    }
}

impl RawConstraint {
    // What the server writes leaves out the index's settings, whose place is before the words
    // about deferring. An exclusion constraint is written with them.
    fn with(&self, options: &[String]) -> String {
        if options.is_empty() || self.kind == 'x' {
            return self.definition.clone();
        }
        let suffix = match (self.deferrable, self.deferred) {
            (false, _) => "",
            (true, false) => " DEFERRABLE",
            (true, true) => " DEFERRABLE INITIALLY DEFERRED",
        };
        let body = self.definition.strip_suffix(suffix).unwrap_or(&self.definition);
        let options: Vec<String> = options.iter().map(|option| quote::setting(option)).collect();
        format!("{body} WITH ({}){suffix}", options.join(", "))
    }
}

#[derive(Deserialize)]
struct RawReference {
    table: TableName,
    top: String,
    partition: TableName,
    partitioned: bool,
    name: String,
    definition: String,
    comment: Option<String>,
}

impl RawReference {
    fn create(&self) -> Vec<String> {
        let (table, name) = (quote::table(&self.partition), quote::ident(&self.name));
        let only = if self.partitioned { "" } else { "ONLY " };
        let mut sql = vec![format!("ALTER TABLE {only}{table} ADD CONSTRAINT {name} {}", self.definition)];
        sql.extend(
            self.comment
                .as_ref()
                .map(|text| format!("COMMENT ON CONSTRAINT {name} ON {table} IS {}", quote::literal(text))),
        );
        sql
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_stand_before_the_words_about_deferring() {
        let mut constraint = RawConstraint {
            name: "k".into(),
            kind: 'u',
            definition: "UNIQUE (a) DEFERRABLE INITIALLY DEFERRED".into(),
            deferrable: true,
            deferred: true,
            comment: None,
        };
        let with = constraint.with(&["fillfactor=70".into()]);
        assert_eq!(with, "UNIQUE (a) WITH (\"fillfactor\" = '70') DEFERRABLE INITIALLY DEFERRED");
        constraint.deferrable = false;
        constraint.definition = "UNIQUE (a)".into();
        assert_eq!(constraint.with(&[]), "UNIQUE (a)");
        assert_eq!(constraint.with(&["fillfactor=70".into()]), "UNIQUE (a) WITH (\"fillfactor\" = '70')");
    }
}
