//! MySQL and MariaDB: tables built anew beside the old ones and exchanged at one stroke,
//! since each statement that defines something commits on its own.
//!
//! One dialect for both: which of the two answers, and its version, is known once connected.

mod blockers;
mod blueprint;
mod catalogue;
mod checks;
mod client;
mod conditions;
mod connection;
pub(crate) mod content;
mod cut_over;
mod ddl;
mod definition;
mod error;
pub(crate) mod header;
mod helper;
mod inspect;
mod journal;
mod keeper;
mod lock;
mod part;
mod performance;
mod probe;
mod questions;
pub(crate) mod quote;
mod read;
mod settings;
pub(crate) mod sibling;
mod text;
mod unindexed;
mod uuid;
pub(crate) mod version;
mod views;
mod weight;

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;

use super::{
    Access, Attendance, Capabilities, Client, Connection, Database, Explained, Figures, Journal, Keeper, Leftover,
    Login, RunLock, Weight,
};
use crate::backup::Content;
use crate::check::{Asked, Finding, Looked, Subject, Writes};
use crate::connect::Address;
use crate::connect::tunnel::Tunnel;
use crate::error::{Error, Result};
use crate::execute::Size;
use crate::observer::Blocker;
use crate::plan::{Blueprint, Conversion, Step, Storage};
use crate::schema::{Catalogue, ColumnName, EngineKind, Schema, TableName};
use connection::Profile;

/// A MySQL or MariaDB database.
pub struct Mysql {
    profile: Arc<Profile>,
}

impl Mysql {
    /// Takes address and password. Connects to nothing yet.
    ///
    /// # Errors
    /// [`Error::Address`] where a part of the address is missing.
    pub fn new(address: &Address, password: Option<SecretString>) -> Result<Self> {
        Ok(Mysql { profile: Arc::new(Profile::new(address, password)?) })
    }
}

/// The version as Rekey shows it: what packagers add to it is left out.
pub fn version_told(version: &str) -> String {
    version::Version::parse(version).map_or_else(|| version.to_owned(), |version| version.to_string())
}

#[async_trait]
impl Database for Mysql {
    fn engine(&self) -> EngineKind {
        EngineKind::Mysql
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { transactional_ddl: false, native_uuid: false, side_by_side: true }
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
        Box::new(Mysql { profile: Arc::clone(&self.profile) })
    }

    fn sibling(&self, name: &str) -> Result<Box<dyn Database>> {
        Ok(Box::new(Mysql { profile: Arc::new(self.profile.beside(name)?) }))
    }

    async fn identity(&self, connection: &mut dyn Connection) -> Result<String> {
        sibling::identity(connection).await
    }

    async fn bytes(&self, connection: &mut dyn Connection) -> Result<u64> {
        sibling::bytes(connection).await
    }

    async fn content(&self, connection: &mut dyn Connection) -> Result<Content> {
        content::content(connection).await
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
        part::copy_back(connection, schema, tables, live).await
    }

    // A session has no name here: the lock tells the run, see `lock`.
    async fn connect(&self, access: Access, _purpose: &str) -> Result<Box<dyn Connection>> {
        Ok(Box::new(self.profile.connect(access).await?))
    }

    async fn inspect(&self, connection: &mut dyn Connection) -> Result<Schema> {
        inspect::read(connection).await
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

    fn client(&self, schema: &Schema) -> Result<Client> {
        client::client(&schema.server_version)
    }

    fn literal(&self, text: &str) -> String {
        quote::literal(text)
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

    fn weigh(&self, step: &Step, statement: &str) -> Weight {
        weight::weigh(step, statement)
    }

    async fn index_uses(&self, connection: &mut dyn Connection, tables: &[TableName]) -> Result<Figures> {
        performance::uses(connection, tables).await
    }

    async fn explain(&self, connection: &mut dyn Connection, sql: &str) -> Result<Explained> {
        performance::explain(connection, sql).await
    }

    async fn writes(&self, connection: &mut dyn Connection, _subject: Subject<'_>) -> Result<Writes> {
        checks::writes(&self.profile, connection).await
    }

    async fn run_lock(&self, run: &str) -> Result<Box<dyn RunLock>> {
        lock::take(&self.profile, run).await
    }

    fn begin(&self) -> Vec<String> {
        settings::worker()
    }

    async fn cut_over(
        &self,
        worker: &mut dyn Connection,
        guard: Box<dyn Connection>,
        statements: &[String],
    ) -> Result<Option<Box<dyn Connection>>> {
        let mut holder = cut_over::holder(self).await?;
        for statement in settings::worker() {
            holder.execute(&statement).await?;
        }
        let told = holder.query("SELECT VERSION()").await?.into_iter().flatten().flatten().next();
        if told.and_then(|text| version::Version::parse(&text)).is_some_and(|version| version.renames_what_it_locks()) {
            cut_over::lock_and_exchange(guard, holder.as_mut(), statements).await?;
        } else {
            cut_over::cut_over(worker, guard, holder.as_mut(), statements).await?;
        }
        Ok(Some(holder))
    }

    fn check_references(&self, on: bool) -> Vec<String> {
        vec![format!("SET SESSION foreign_key_checks = {}", u8::from(on))]
    }

    fn storages(&self, schema: &Schema) -> Vec<Storage> {
        let native = version::Version::parse(&schema.server_version).is_some_and(|version| version.has_uuid());
        let own = native.then_some(Storage::Uuid);
        own.into_iter().chain([Storage::Binary16, Storage::Char36]).collect()
    }

    fn forget(&self, schema_fingerprint: &str, conversions: &[Conversion]) -> Vec<String> {
        blueprint::kept(schema_fingerprint, conversions)
    }

    fn end(&self) -> Vec<String> {
        Vec::new()
    }

    fn is_lock_timeout(&self, error: &Error) -> bool {
        error::is_lock_timeout(error)
    }

    async fn blockers(&self, tables: &[TableName]) -> Result<Vec<Blocker>> {
        blockers::blockers(&self.profile, tables).await
    }

    async fn attendance(&self, connection: &mut dyn Connection) -> Result<Attendance> {
        checks::attendance(&self.profile, connection).await
    }

    fn journal(&self) -> Journal {
        journal::statements()
    }

    fn redis_map(&self, run: &str, conversion: usize) -> String {
        quote::ident(&format!("{}_{run}_{conversion}", helper::REDIS))
    }

    fn make_redis_map(&self, run: &str, conversion: usize) -> String {
        // Of no alphabet of the database's: ids are compared as they are spelt.
        format!(
            "CREATE TABLE {} (`new_id` CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY, \
             `old_id` TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL) ENGINE=InnoDB",
            self.redis_map(run, conversion)
        )
    }

    fn map_table(&self, schema_fingerprint: &str, conversions: &[Conversion], conversion: usize) -> String {
        helper::Names::new(schema_fingerprint, conversions).map(conversion)
    }

    fn uuid_text(&self, storage: Storage, expression: &str) -> String {
        uuid::told(storage, expression)
    }

    fn quote(&self, name: &str) -> String {
        quote::ident(name)
    }

    fn comparable(&self, schema: &Schema, root: &ColumnName, column: &ColumnName, expression: &str) -> String {
        text::comparable(schema, root, column, expression)
    }

    fn text(&self, expression: &str) -> String {
        format!("CAST({expression} AS CHAR)")
    }
}
