//! SQLite: one file, rebuilt table by table in one transaction.
//!
//! The driver here is rusqlite, not sqlx as elsewhere: the backup API, an aggregate
//! function for the digests and an interrupt from outside need no unsafe code with it,
//! and digests are made where the rows are read. Both share the one bundled SQLite.

mod blockers;
mod blueprint;
mod catalogue;
mod checks;
mod client;
mod connection;
mod ddl;
mod digest;
mod error;
mod functions;
mod held;
mod helper;
mod inspect;
mod journal;
pub(crate) mod keeper;
mod lock;
mod obstacle;
pub(crate) mod open;
mod ordered;
mod part;
mod performance;
mod probe;
mod quote;
mod read;
#[cfg(test)]
mod tests;
mod uuid;
mod weight;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use async_trait::async_trait;

pub(crate) use self::connection::SqliteConnection;
use crate::backup::Content;
use crate::check::{Asked, Finding, Looked, Subject, Writes};
use crate::connect::Address;
use crate::dialect::{
    Access, Attendance, Capabilities, Client, Connection, Database, Explained, Figures, Journal, Keeper, Leftover,
    Login, MapIndex, RunLock, Weight,
};
use crate::execute::Size;
use crate::observer::Blocker;
use crate::plan::{Blueprint, Conversion, Step, Storage};
use crate::schema::{Catalogue, ColumnName, EngineKind, Schema, TableName};
use crate::{Error, Result};

/// The catalogue, and rows and digest of every table.
pub(crate) async fn content(connection: &mut dyn Connection) -> Result<Content> {
    let mut raw = read::read(connection).await?;
    // A copy that nobody else uses is opened without its log, and then tells another one.
    raw.settings.remove("journal_mode");
    let schema = inspect::schema(&raw, String::new());
    let mut digests = BTreeMap::new();
    for (name, sql) in blueprint::row_digests(&schema)? {
        let row = connection.query(&sql).await?.into_iter().next().unwrap_or_default();
        digests.insert(name, row.into_iter().flatten().collect::<Vec<_>>().join(" "));
    }
    Ok(Content { catalogue: schema.catalogue, digests })
}

/// Other processes with a lock on this file, as far as the system tells.
pub(crate) fn holders(path: &Path) -> Vec<Blocker> {
    blockers::holders(path)
}

/// A SQLite file.
#[derive(Debug, Clone)]
pub struct Sqlite {
    path: PathBuf,
}

impl Sqlite {
    /// The database in this file. Nothing is opened yet.
    pub fn new(path: &Path) -> Self {
        Sqlite { path: path.to_owned() }
    }

    async fn count_rows(&self, connection: &mut dyn Connection, schema: &mut Schema) -> Result<()> {
        for table in schema.tables.values_mut() {
            let sql = format!("SELECT CAST(count(*) AS TEXT) FROM {}", quote::name(&table.name.name));
            let rows = connection.query(&sql).await?;
            let count = rows.first().and_then(|row| row.first()?.as_ref()?.parse().ok());
            table.rows = count.unwrap_or_default();
        }
        Ok(())
    }
}

#[async_trait]
impl Database for Sqlite {
    fn engine(&self) -> EngineKind {
        EngineKind::Sqlite
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { transactional_ddl: true, native_uuid: false, side_by_side: false }
    }

    fn storages(&self, _schema: &Schema) -> Vec<Storage> {
        vec![Storage::Char36, Storage::Binary16]
    }

    fn id_text(&self, expression: &str) -> String {
        uuid::text(expression)
    }

    fn place(&self) -> String {
        self.path.display().to_string()
    }

    async fn login(&self) -> Result<Login> {
        Ok(Login { address: Address::Sqlite { path: self.path.clone() }, password: None, way: None })
    }

    fn again(&self) -> Box<dyn Database> {
        Box::new(self.clone())
    }

    fn sibling(&self, name: &str) -> Result<Box<dyn Database>> {
        Ok(Box::new(Sqlite::new(&keeper::place(&self.path, name))))
    }

    async fn identity(&self, _connection: &mut dyn Connection) -> Result<String> {
        open::identity(&self.path)
    }

    // With what lies beside the file. Of a file that is locked the connection could tell nothing.
    async fn bytes(&self, _connection: &mut dyn Connection) -> Result<u64> {
        let path = open::real_path(&self.path)?;
        let size = |ending: &str| open::beside(&path, ending).metadata().map_or(0, |found| found.len());
        Ok(["", "-wal", "-journal"].into_iter().map(size).sum())
    }

    async fn content(&self, connection: &mut dyn Connection) -> Result<Content> {
        content(connection).await
    }

    async fn settings(&self, _connection: &mut dyn Connection) -> Result<BTreeMap<String, String>> {
        Ok(BTreeMap::new())
    }

    async fn keeper(&self) -> Result<Box<dyn Keeper>> {
        Ok(Box::new(keeper::Held::beside(&self.path)))
    }

    async fn leftovers(&self, _connection: &mut dyn Connection) -> Result<Vec<Leftover>> {
        Ok(Vec::new())
    }

    async fn keep_only(&self, connection: &mut dyn Connection, tables: &[TableName]) -> Result<Vec<String>> {
        part::keep_only(connection, tables).await
    }

    async fn copy_back(
        &self,
        connection: &mut dyn Connection,
        schema: &Schema,
        tables: &[TableName],
        live: &str,
    ) -> Result<Vec<String>> {
        part::copy_back(&self.path, connection, schema, tables, live).await
    }

    // SQLite shows nobody a purpose.
    async fn connect(&self, access: Access, _purpose: &str) -> Result<Box<dyn Connection>> {
        let path = open::real_path(&self.path)?;
        match SqliteConnection::open(&path, &self.place(), access).await {
            Ok(connection) => Ok(Box::new(connection)),
            Err(failure) if self.is_lock_timeout(&failure) => {
                Err(Error::Locked { seconds: open::BUSY_SECONDS, blockers: self.blockers(&[]).await? })
            }
            Err(failure) => Err(failure),
        }
    }

    async fn inspect(&self, connection: &mut dyn Connection) -> Result<Schema> {
        let raw = read::read(connection).await?;
        let name = self.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut schema = inspect::schema(&raw, name);
        self.count_rows(connection, &mut schema).await?;
        Ok(schema)
    }

    async fn catalogue(&self, connection: &mut dyn Connection) -> Result<Catalogue> {
        Ok(catalogue::catalogue(&read::read(connection).await?))
    }

    async fn probe(
        &self,
        connection: &mut dyn Connection,
        schema: &Schema,
        conversions: &[Conversion],
    ) -> Result<Vec<(ColumnName, Finding)>> {
        probe::probe(connection, schema, conversions).await
    }

    fn blueprint(&self, schema: &Schema, conversions: &[Conversion]) -> Result<Blueprint> {
        blueprint::blueprint(schema, conversions)
    }

    fn blueprint_for_clients(&self, schema: &Schema, conversions: &[Conversion]) -> Result<Blueprint> {
        client::blueprint(schema, conversions)
    }

    fn client(&self, _schema: &Schema) -> Result<Client> {
        Ok(client::client(self.begin()))
    }

    fn literal(&self, text: &str) -> String {
        quote::text(text)
    }

    async fn run_lock(&self, run: &str) -> Result<Box<dyn RunLock>> {
        Ok(Box::new(lock::take(&open::real_path(&self.path)?, run)?))
    }

    // Exclusive from the start: otherwise a reader could hold up the COMMIT at the very
    // end. The first pragma would do nothing once the transaction has begun. By the other a
    // second thread helps to sort.
    fn begin(&self) -> Vec<String> {
        ["PRAGMA foreign_keys=OFF", "PRAGMA threads=1", "BEGIN EXCLUSIVE"].map(str::to_owned).into()
    }

    fn end(&self) -> Vec<String> {
        Vec::new()
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "no other error is one of locks")]
    fn is_lock_timeout(&self, error: &Error) -> bool {
        match error {
            Error::Locked { .. } => true,
            Error::Statement { code, .. } => code.parse().is_ok_and(error::is_lock),
            _ => false,
        }
    }

    async fn blockers(&self, _tables: &[TableName]) -> Result<Vec<Blocker>> {
        Ok(blockers::holders(&open::real_path(&self.path)?))
    }

    async fn attendance(&self, _connection: &mut dyn Connection) -> Result<Attendance> {
        Ok(checks::attendance(&open::real_path(&self.path)?))
    }

    fn journal(&self) -> Journal {
        journal::journal()
    }

    fn redis_map(&self, run: &str, conversion: usize) -> String {
        quote::name(&format!("{}_{run}_{conversion}", helper::REDIS))
    }

    fn map_table(&self, schema_fingerprint: &str, conversions: &[Conversion], conversion: usize) -> String {
        helper::Names::new(schema_fingerprint, conversions).map(conversion)
    }

    fn map_index(&self, schema_fingerprint: &str, conversions: &[Conversion], conversion: usize) -> Option<MapIndex> {
        Some(helper::Names::new(schema_fingerprint, conversions).map_index_of_redis(conversion))
    }

    fn forget(&self, schema_fingerprint: &str, conversions: &[Conversion]) -> Vec<String> {
        let names = helper::Names::new(schema_fingerprint, conversions);
        let mut kept = vec![names.sequences(), names.statistics("sqlite_stat1"), names.statistics("sqlite_stat4")];
        for (number, conversion) in conversions.iter().enumerate() {
            kept.extend((0..conversion.members.len()).map(|member| names.spellings(number, member)));
        }
        kept.into_iter().map(|table| format!("DROP TABLE IF EXISTS {table}")).collect()
    }

    async fn look(&self, asked: Asked, connection: &mut dyn Connection, subject: Subject<'_>) -> Result<Looked> {
        checks::look(&open::real_path(&self.path)?, asked, connection, subject).await
    }

    async fn index_sizes(&self, connection: &mut dyn Connection, tables: &[TableName]) -> Result<Figures> {
        performance::sizes(connection, tables).await
    }

    async fn table_sizes(
        &self,
        connection: &mut dyn Connection,
        tables: &[TableName],
    ) -> Result<BTreeMap<TableName, Size>> {
        performance::table_sizes(connection, tables).await
    }

    fn weigh(&self, _step: &Step, statement: &str) -> Weight {
        weight::weigh(statement)
    }

    async fn index_uses(&self, _connection: &mut dyn Connection, _tables: &[TableName]) -> Result<Figures> {
        Ok(performance::uses())
    }

    fn outline(&self, sql: &str) -> String {
        format!("EXPLAIN QUERY PLAN {sql}")
    }

    async fn explain(&self, connection: &mut dyn Connection, sql: &str) -> Result<Explained> {
        performance::explain(connection, sql).await
    }

    async fn writes(&self, connection: &mut dyn Connection, _subject: Subject<'_>) -> Result<Writes> {
        checks::writes(&open::real_path(&self.path)?, connection).await
    }
}
