//! PostgreSQL: in-place conversion in one transaction.

mod acl;
mod blueprint;
mod catalogue;
mod checks;
mod client;
mod connection;
mod copy;
mod error;
mod inspect;
mod journal;
mod keeper;
mod lock;
mod part;
mod performance;
mod probe;
mod quote;
mod sibling;
#[cfg(test)]
mod tests;
mod weight;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use secrecy::SecretString;

use super::{
    Access, Attendance, Capabilities, Client, Connection, Database, Explained, Extent, Figures, Journal, Keeper,
    Leftover, Login, MapIndex, RunLock, Weight,
};
use crate::backup::Content;
use crate::check::{Asked, Finding, Looked, Subject, Writes};
use crate::connect::Address;
use crate::connect::tunnel::Tunnel;
use crate::error::{Error, Result};
use crate::execute::Size;
use crate::observer::Blocker;
use crate::plan::{Blueprint, Conversion, Step};
use crate::schema::{Catalogue, ColumnName, EngineKind, Schema, TableName};
use connection::Profile;

// For this transaction alone. Sorts and joins of whole tables are what it consists of, and
// it is one session. Memory is only ever raised: who allows more by default has it to give.
// Compiling expressions costs more than it saves where each runs for seconds.
const SETTINGS: [&str; 5] = [
    "SELECT set_config(name, '131072', true) FROM pg_settings WHERE name = 'work_mem' AND setting::bigint < 131072",
    "SELECT set_config(name, '524288', true) FROM pg_settings WHERE name = 'maintenance_work_mem' AND setting::bigint < 524288",
    "SET LOCAL jit = off",
    // Handing a row over costs little beside computing an id.
    "SET LOCAL parallel_tuple_cost = 0.001",
    // Whoever gathers the rows has its hands full with writing them.
    "SET LOCAL parallel_leader_participation = off",
];

// What the server shows for the second connection of somebody who looks.
const BESIDE: &str = "rekey";
// How long it may take to come: without it everything is read over the first.
const PATIENCE: Duration = Duration::from_secs(2);

/// A PostgreSQL database.
pub struct Postgres {
    profile: Arc<Profile>,
}

impl Postgres {
    /// Takes address and password. Connects to nothing yet.
    ///
    /// # Errors
    /// [`Error::Address`] where a part of the address is missing.
    pub fn new(address: &Address, password: Option<SecretString>) -> Result<Self> {
        Ok(Postgres { profile: Arc::new(Profile::new(address, password)?) })
    }
}

#[async_trait]
impl Database for Postgres {
    fn engine(&self) -> EngineKind {
        EngineKind::Postgres
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { transactional_ddl: true, native_uuid: true, side_by_side: false }
    }

    fn place(&self) -> String {
        self.profile.place()
    }

    async fn login(&self) -> Result<Login> {
        self.profile.login().await
    }

    fn tunnel(&self) -> Option<Arc<Tunnel>> {
        self.profile.tunnel()
    }

    fn again(&self) -> Box<dyn Database> {
        Box::new(Postgres { profile: Arc::clone(&self.profile) })
    }

    fn sibling(&self, name: &str) -> Result<Box<dyn Database>> {
        Ok(Box::new(Postgres { profile: Arc::new(self.profile.beside(name)?) }))
    }

    async fn identity(&self, connection: &mut dyn Connection) -> Result<String> {
        sibling::identity(connection).await
    }

    async fn bytes(&self, connection: &mut dyn Connection) -> Result<u64> {
        sibling::bytes(connection).await
    }

    async fn content(&self, connection: &mut dyn Connection) -> Result<Content> {
        copy::content(connection).await
    }

    async fn settings(&self, connection: &mut dyn Connection) -> Result<BTreeMap<String, String>> {
        sibling::settings(connection).await
    }

    async fn keeper(&self) -> Result<Box<dyn Keeper>> {
        Ok(Box::new(keeper::Held::open(&self.profile).await?))
    }

    async fn leftovers(&self, connection: &mut dyn Connection) -> Result<Vec<Leftover>> {
        keeper::leftovers(connection).await
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
        part::copy_back(&self.profile, connection, schema, tables, live).await
    }

    async fn connect(&self, access: Access, purpose: &str) -> Result<Box<dyn Connection>> {
        Ok(Box::new(self.profile.connect(access, purpose).await?))
    }

    async fn inspect(&self, connection: &mut dyn Connection) -> Result<Schema> {
        let mut schema = inspect::read(connection).await?;
        schema.catalogue = catalogue::read(connection).await?;
        Ok(schema)
    }

    async fn structure(&self, connection: &mut dyn Connection) -> Result<Schema> {
        inspect::read(connection).await
    }

    async fn survey(&self, connection: &mut dyn Connection, extent: Extent) -> Result<Schema> {
        match tokio::time::timeout(PATIENCE, self.profile.connect(Access::Read, BESIDE)).await {
            Ok(Ok(mut beside)) => inspect::by_two(connection, &mut beside, extent).await,
            // A server that is full, or a pooler that has no second connection to give.
            Ok(Err(_)) | Err(_) => self.read(connection, extent).await,
        }
    }

    async fn catalogue(&self, connection: &mut dyn Connection) -> Result<Catalogue> {
        catalogue::read(connection).await
    }

    async fn probe(
        &self,
        connection: &mut dyn Connection,
        schema: &Schema,
        conversions: &[Conversion],
    ) -> Result<Vec<(ColumnName, Finding)>> {
        probe::look(connection, schema, conversions).await
    }

    fn blueprint(&self, schema: &Schema, conversions: &[Conversion]) -> Result<Blueprint> {
        blueprint::write(schema, conversions)
    }

    fn client(&self, schema: &Schema) -> Result<Client> {
        client::client(&schema.server_version, self.begin())
    }

    fn literal(&self, text: &str) -> String {
        quote::literal(text)
    }

    async fn run_lock(&self, run: &str) -> Result<Box<dyn RunLock>> {
        lock::take(&self.profile, run).await
    }

    fn begin(&self) -> Vec<String> {
        // Each statement must see what was committed before the locks were had.
        let mut statements = vec!["BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", "SET CONSTRAINTS ALL IMMEDIATE"];
        statements.extend(SETTINGS);
        let mut statements: Vec<String> = statements.into_iter().map(str::to_owned).collect();
        statements.push(format!(
            "SELECT set_config('{}', current_setting('maintenance_work_mem'), true)",
            blueprint::MAINTENANCE
        ));
        statements
    }

    fn end(&self) -> Vec<String> {
        Vec::new()
    }

    fn is_lock_timeout(&self, error: &Error) -> bool {
        lock::is_lock_timeout(error)
    }

    async fn blockers(&self, tables: &[TableName]) -> Result<Vec<Blocker>> {
        lock::blockers(&self.profile, tables).await
    }

    async fn attendance(&self, connection: &mut dyn Connection) -> Result<Attendance> {
        checks::attendance(connection).await
    }

    fn journal(&self) -> Journal {
        journal::statements()
    }

    fn redis_map(&self, run: &str, conversion: usize) -> String {
        quote::qualified("rekey", &format!("redis_{run}_{conversion}"))
    }

    fn map_table(&self, schema_fingerprint: &str, conversions: &[Conversion], conversion: usize) -> String {
        blueprint::map_table(schema_fingerprint, conversions, conversion)
    }

    fn map_index(&self, schema_fingerprint: &str, conversions: &[Conversion], conversion: usize) -> Option<MapIndex> {
        Some(blueprint::map_index(schema_fingerprint, conversions, conversion))
    }

    fn forget(&self, schema_fingerprint: &str, conversions: &[Conversion]) -> Vec<String> {
        // Where sequences of identity columns stood is kept under the number after the last map's.
        let kept = blueprint::map_table(schema_fingerprint, conversions, conversions.len());
        let rows = blueprint::kept_tables(schema_fingerprint, conversions);
        std::iter::once(kept).chain(rows).map(|table| format!("DROP TABLE IF EXISTS {table}")).collect()
    }

    async fn look(&self, asked: Asked, connection: &mut dyn Connection, subject: Subject<'_>) -> Result<Looked> {
        checks::look(&self.profile, asked, connection, subject).await
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

    async fn index_uses(&self, connection: &mut dyn Connection, tables: &[TableName]) -> Result<Figures> {
        performance::uses(connection, tables).await
    }

    fn as_application(&self) -> Vec<String> {
        vec![performance::AS_APPLICATION.to_owned()]
    }

    async fn explain(&self, connection: &mut dyn Connection, sql: &str) -> Result<Explained> {
        performance::explain(connection, sql).await
    }

    async fn writes(&self, connection: &mut dyn Connection, subject: Subject<'_>) -> Result<Writes> {
        checks::writes(connection, subject).await
    }
}
