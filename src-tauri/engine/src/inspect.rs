//! What a person is shown of a database before anything is planned.

use std::collections::BTreeMap;
use std::time::Instant;

use serde::Serialize;
use ts_rs::TS;

use crate::application::versions::{self, VersionTable};
use crate::check::{Finding, Severity};
use crate::dialect::{Connection, Database, Extent, tell_holder};
use crate::error::Result;
use crate::plan::{Conversion, Question, UuidVersion, undeclared, weigh};
use crate::schema::{
    ColumnName, Domain, EngineKind, ForeignKey, Obstacle, Schema, Table, TableName, Verdict, domains, hand_out,
};

/// The server as it describes itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ServerInfo {
    /// Which product.
    pub engine: EngineKind,
    /// Its version.
    pub version: String,
    /// The database's name.
    pub database: String,
    /// Host, port and database, or the path.
    pub place: String,
}

/// One table, as a row of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct TableInfo {
    /// Its name.
    #[serde(flatten)]
    pub name: TableName,
    /// Rows.
    #[ts(type = "number")]
    pub rows: u64,
    /// True where `rows` is an estimate.
    pub rows_estimated: bool,
    /// Bytes on disk with indexes; 0 where the server does not say.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Columns of the primary key with their types, such as `actor_id integer`.
    pub key: Vec<String>,
    /// Foreign keys that point to it.
    pub references_in: u32,
    /// Foreign keys that it declares.
    pub references_out: u32,
    /// The domain whose root it holds, where it holds one.
    pub domain: Option<ColumnName>,
    /// What can be done with that domain.
    pub verdict: Option<Verdict>,
}

/// A foreign key, as a line between two tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ReferenceInfo {
    /// The table that declares it.
    #[serde(flatten)]
    pub table: TableName,
    /// Name of the constraint.
    pub name: String,
    /// The referencing columns in order.
    pub columns: Vec<String>,
    /// The referenced table.
    pub parent: TableName,
    /// The referenced columns in the same order.
    pub parent_columns: Vec<String>,
}

/// A database as it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Inspection {
    /// The server.
    pub server: ServerInfo,
    /// Every table, in order of name.
    pub tables: Vec<TableInfo>,
    /// Every domain, in order of name.
    pub domains: Vec<Domain>,
    /// Every foreign key, in order of table and then as the table has them.
    pub references: Vec<ReferenceInfo>,
    /// About each reference that no foreign key declares, the very question that a plan asks.
    pub questions: Vec<Question>,
    /// What concerns the whole database.
    pub findings: Vec<Finding>,
    /// What migration tools have written down; left out where it may not be read.
    #[ts(optional, as = "Option<Vec<VersionTable>>")]
    pub version_tables: Vec<VersionTable>,
}

/// Looks at a database, read-only.
///
/// # Errors
/// When the catalogue cannot be read; a lock in the way is told with its holder.
pub async fn inspect(database: &dyn Database, connection: &mut dyn Connection) -> Result<Inspection> {
    let began = Instant::now();
    let found = look(database, connection).await;
    tell_holder(database, &[], began, found).await
}

async fn look(database: &dyn Database, connection: &mut dyn Connection) -> Result<Inspection> {
    let schema = database.survey(connection, Extent::Structure).await?;
    let mut domains = domains(&schema);
    weigh(database, connection, &schema, &mut domains).await?;
    probe(database, connection, &schema, &mut domains).await?;
    Ok(Inspection {
        server: ServerInfo {
            engine: schema.engine,
            version: schema.server_version.clone(),
            database: schema.database.clone(),
            place: database.place(),
        },
        tables: tables(&schema, &domains),
        references: references(&schema),
        questions: domains.iter().flat_map(undeclared).collect(),
        findings: findings(&schema),
        version_tables: versions::read(database, connection, &schema).await.unwrap_or_default(),
        domains,
    })
}

// Declared members only: guesses are probed once a plan takes them in.
async fn probe(
    database: &dyn Database,
    connection: &mut dyn Connection,
    schema: &Schema,
    domains: &mut [Domain],
) -> Result<()> {
    let Some(storage) = database.storages(schema).first().copied() else { return Ok(()) };
    let possible = domains.iter().filter(|domain| domain.verdict != Verdict::Refuse);
    let conversions: Vec<Conversion> =
        possible.map(|domain| Conversion::of(schema, domain, UuidVersion::V7, storage)).collect();
    hand_out(domains, database.probe(connection, schema, &conversions).await?);
    Ok(())
}

fn tables(schema: &Schema, domains: &[Domain]) -> Vec<TableInfo> {
    let mut incoming: BTreeMap<&TableName, u32> = BTreeMap::new();
    for key in schema.tables.values().flat_map(|table| &table.foreign_keys) {
        *incoming.entry(&key.parent).or_default() += 1;
    }
    // A table with several keys of its own stands with the first.
    let roots: BTreeMap<&TableName, &Domain> =
        domains.iter().rev().map(|domain| (&domain.root.table, domain)).collect();
    let row = |table: &Table| {
        let domain = roots.get(&table.name);
        TableInfo {
            name: table.name.clone(),
            rows: table.rows,
            rows_estimated: table.rows_estimated,
            bytes: table.bytes,
            key: key_columns(table),
            references_in: incoming.get(&table.name).copied().unwrap_or_default(),
            references_out: u32::try_from(table.foreign_keys.len()).unwrap_or(u32::MAX),
            domain: domain.map(|domain| domain.root.clone()),
            verdict: domain.map(|domain| domain.verdict),
        }
    };
    schema.tables.values().map(row).collect()
}

fn references(schema: &Schema) -> Vec<ReferenceInfo> {
    let of = |table: &Table| {
        let line = |key: &ForeignKey| ReferenceInfo {
            table: table.name.clone(),
            name: key.name.clone(),
            columns: key.columns.clone(),
            parent: key.parent.clone(),
            parent_columns: key.parent_columns.clone(),
        };
        table.foreign_keys.iter().map(line).collect::<Vec<_>>()
    };
    schema.tables.values().flat_map(of).collect()
}

fn key_columns(table: &Table) -> Vec<String> {
    let columns = table.primary_key.iter().flat_map(|key| &key.columns);
    columns
        .map(|name| {
            let type_name = table.column(name).map_or("", |column| column.type_name.as_str());
            format!("{name} {type_name}").trim_end().to_owned()
        })
        .collect()
}

fn findings(schema: &Schema) -> Vec<Finding> {
    let general = schema.obstacles.iter().filter(|obstacle| obstacle.columns.is_empty());
    let mut found: Vec<Finding> = general
        .map(|obstacle| {
            let Obstacle { rule, object, meaning, remedy, .. } = obstacle;
            Finding::new(Severity::Warn, rule, object.clone(), meaning.clone(), remedy.clone())
        })
        .collect();
    found.extend(crate::plan::keyless(schema));
    found
}
