//! What a database product must bring: a connection that speaks text, its catalogue, its
//! statements and its capabilities. Planner, runner, gate, journal and undo are written
//! once and never ask which product this is.

mod attached;
mod driver;
mod figures;
mod held;
mod keeper;
pub mod mysql;
pub mod postgres;
pub(crate) mod repoint;
pub mod sqlite;
mod tag;
pub(crate) mod text;
mod unindexed;
mod weight;

pub use attached::{Attached, Attendance};
pub use figures::{Explained, Figure, Figures};
pub use held::tell_holder;
pub use keeper::{Keeper, Leftover};
pub use weight::{Reach, Reversal, Weight};

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;

use crate::backup::Content;
use crate::check::{Asked, Finding, Looked, Subject, Writes};
use crate::connect::Address;
use crate::connect::tunnel::{Entrance, Tunnel};
use crate::error::Result;
use crate::execute::Size;
use crate::observer::Blocker;
use crate::plan::{Blueprint, Conversion, Step, Storage};
use crate::schema::{Catalogue, EngineKind, Schema, TableName};

/// What differs between products in ways the runner must know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// DDL takes part in transactions: a failed run leaves nothing behind.
    pub transactional_ddl: bool,
    /// The server has a UUID type of its own.
    pub native_uuid: bool,
    /// One run may be at work over several sessions at a time: what is done is final for all
    /// of them, and none waits for the locks of another.
    pub side_by_side: bool,
}

/// One row of a query; every column is selected as text.
pub type Row = Vec<Option<String>>;

/// What a connection may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Read only, by the server's own setting.
    Read,
    /// Everything the user may do.
    Write,
}

/// Where a database is and how to log in there.
#[derive(Debug, Clone)]
pub struct Login {
    /// The address.
    pub address: Address,
    /// The password, where one is needed.
    pub password: Option<SecretString>,
    /// The way through SSH, where one is needed; open for as long as this value is there.
    pub way: Option<Entrance>,
}

/// One open connection.
#[async_trait]
pub trait Connection: Send {
    /// Sends one statement without parameters.
    ///
    /// # Errors
    /// [`crate::Error::Statement`], [`crate::Error::ConnectionLost`] and their like.
    async fn execute(&mut self, sql: &str) -> Result<()>;

    /// Sends one statement with text parameters.
    ///
    /// # Errors
    /// As [`Connection::execute`].
    async fn execute_with(&mut self, sql: &str, parameters: &[Option<String>]) -> Result<()>;

    /// Sends one query whose columns are all text.
    ///
    /// # Errors
    /// As [`Connection::execute`].
    async fn query(&mut self, sql: &str) -> Result<Vec<Row>>;

    /// Sends one query and hands each row on as it arrives, so that memory stays flat.
    ///
    /// # Errors
    /// As [`Connection::execute`].
    async fn stream(&mut self, sql: &str, sink: &mut (dyn FnMut(Row) + Send)) -> Result<()> {
        for row in self.query(sql).await? {
            sink(row);
        }
        Ok(())
    }

    /// Something that ends the statement in flight from outside.
    fn interrupter(&self) -> Box<dyn Interrupter>;
}

/// Ends the statement that a connection is busy with.
#[async_trait]
pub trait Interrupter: Send + Sync {
    /// Ends it; says nothing if there is none.
    async fn interrupt(&self);
}

/// The lock that keeps a second runner out, held until dropped.
///
/// It lives on a connection (or file handle) of its own, so that it outlasts the run's
/// transaction, and the server frees it when the process dies.
#[async_trait]
pub trait RunLock: Send {
    /// Gives it back.
    async fn release(self: Box<Self>);
}

/// How much of a schema is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// What is needed to look at a database and to probe it.
    Structure,
    /// The catalogue as well.
    Whole,
}

/// A database that can be connected to.
#[async_trait]
pub trait Database: Send + Sync {
    /// Which product.
    fn engine(&self) -> EngineKind;

    /// What the runner must know.
    fn capabilities(&self) -> Capabilities;

    /// Host, port and database, or the path; never a password.
    fn place(&self) -> String;

    /// Where the database is and how to log in there, for the product's own programs.
    ///
    /// # Errors
    /// [`crate::Error::Ssh`] where the way through SSH is not there.
    async fn login(&self) -> Result<Login>;

    /// The way through SSH, where it is reached by one.
    fn tunnel(&self) -> Option<Arc<Tunnel>> {
        None
    }

    /// The same database once more, for somebody who keeps it.
    fn again(&self) -> Box<dyn Database>;

    /// Another database of the same server under the same login; on SQLite, another
    /// file in the same folder. Connects to nothing yet.
    ///
    /// # Errors
    /// [`crate::Error::Address`] where no database can have that name.
    fn sibling(&self, name: &str) -> Result<Box<dyn Database>>;

    /// What tells this database from every other one, whatever address led to it: the
    /// server's own identity and the database's; on SQLite the file's.
    ///
    /// # Errors
    /// When the server refuses the question.
    async fn identity(&self, connection: &mut dyn Connection) -> Result<String>;

    /// Bytes that the database takes on disk, with indexes, as far as the server tells.
    ///
    /// # Errors
    /// When the server refuses the question.
    async fn bytes(&self, connection: &mut dyn Connection) -> Result<u64>;

    /// Everything that a copy must have too, as this connection sees it now: the catalogue,
    /// free of what differs between a database and its faithful copy (its own name; how the
    /// server spells a definition that it read for the second time), and a digest of the rows
    /// of each table, the sequences and whatever else is data.
    ///
    /// # Errors
    /// When something cannot be read.
    async fn content(&self, connection: &mut dyn Connection) -> Result<Content>;

    /// Settings that a database must be made with to hold a copy of this one, such as
    /// encoding and collation, by the server's own names for them.
    ///
    /// # Errors
    /// When the server refuses the question.
    async fn settings(&self, connection: &mut dyn Connection) -> Result<std::collections::BTreeMap<String, String>>;

    /// Whoever makes databases beside this one and removes them again.
    ///
    /// # Errors
    /// One of the connecting errors of [`crate::Error`].
    async fn keeper(&self) -> Result<Box<dyn Keeper>>;

    /// The scratch databases on this server, this one left out, and who uses them. Those of
    /// SQLite are files, see [`crate::backup::leftovers`].
    ///
    /// # Errors
    /// When the server refuses the question.
    async fn leftovers(&self, connection: &mut dyn Connection) -> Result<Vec<Leftover>>;

    /// Takes everything out of a database that was just restored but these tables and what
    /// stands on them alone, without any `CASCADE`. Tells by name what of theirs went with the
    /// others: references that lead there, views that read both.
    ///
    /// # Errors
    /// [`crate::Error::Apart`] where one of these tables cannot be without another one; what
    /// the server says where it refuses. The database is then good for nothing.
    async fn keep_only(&self, connection: &mut dyn Connection, tables: &[TableName]) -> Result<Vec<String>>;

    /// What a person types to bring rows that are missing in the database `live` back from this
    /// one, for these tables, parents first. Rows that are there stay as they are.
    ///
    /// # Errors
    /// When the server refuses to tell the columns.
    async fn copy_back(
        &self,
        connection: &mut dyn Connection,
        schema: &Schema,
        tables: &[TableName],
        live: &str,
    ) -> Result<Vec<String>>;

    /// Opens a connection. `purpose` is what the server shows as application name,
    /// such as `rekey:4k2j9x0q1z`.
    ///
    /// # Errors
    /// One of the connecting errors of [`crate::Error`].
    async fn connect(&self, access: Access, purpose: &str) -> Result<Box<dyn Connection>>;

    /// Reads tables, dependents, obstacles and the catalogue.
    ///
    /// # Errors
    /// When the catalogue cannot be read.
    async fn inspect(&self, connection: &mut dyn Connection) -> Result<Schema>;

    /// Reads what is needed to look at a database and to probe it: all that
    /// [`Database::inspect`] reads, the catalogue perhaps left empty.
    ///
    /// # Errors
    /// When the catalogue cannot be read.
    async fn structure(&self, connection: &mut dyn Connection) -> Result<Schema> {
        self.inspect(connection).await
    }

    /// Reads as much as is wanted, over this connection alone.
    ///
    /// # Errors
    /// When the catalogue cannot be read.
    async fn read(&self, connection: &mut dyn Connection, extent: Extent) -> Result<Schema> {
        match extent {
            Extent::Structure => self.structure(connection).await,
            Extent::Whole => self.inspect(connection).await,
        }
    }

    /// Reads the same for somebody who holds no lock: where half of it can be asked over a second
    /// connection at the same time, that is done. Within a transaction the second connection
    /// would wait for the locks of the first.
    ///
    /// # Errors
    /// When the catalogue cannot be read.
    async fn survey(&self, connection: &mut dyn Connection, extent: Extent) -> Result<Schema> {
        self.read(connection, extent).await
    }

    /// Reads the canonical catalogue alone, helper objects of Rekey left out.
    ///
    /// # Errors
    /// When the catalogue cannot be read.
    async fn catalogue(&self, connection: &mut dyn Connection) -> Result<Catalogue>;

    /// Looks at data and expressions, read-only, for what would not survive the given
    /// conversions: keys that are no integers, orphans, views that would no longer
    /// type-check. Each finding's `object` is the full name of the column or object.
    ///
    /// # Errors
    /// When the server refuses a query it should not.
    async fn probe(
        &self,
        connection: &mut dyn Connection,
        schema: &Schema,
        conversions: &[Conversion],
    ) -> Result<Vec<(crate::schema::ColumnName, Finding)>>;

    /// Writes the statements and proofs for the given conversions. Pure: the same
    /// arguments give the same blueprint.
    ///
    /// # Errors
    /// [`crate::Error::Internal`] where the schema holds what cannot be written, which
    /// an obstacle should have said before.
    fn blueprint(&self, schema: &Schema, conversions: &[Conversion]) -> Result<Blueprint>;

    /// The same work for a client that is not ours: statements that the server understands
    /// from anybody, and the proofs that anybody can ask for.
    ///
    /// # Errors
    /// As [`Database::blueprint`]; [`crate::Error::Refused`] where only a session of Rekey's
    /// can do the work.
    fn blueprint_for_clients(&self, schema: &Schema, conversions: &[Conversion]) -> Result<Blueprint> {
        self.blueprint(schema, conversions)
    }

    /// What a client that is not ours must be told around the statements of a plan.
    ///
    /// # Errors
    /// [`crate::Error::Refused`] where this server needs what only Rekey brings.
    fn client(&self, schema: &Schema) -> Result<Client>;

    /// A text as it stands in a statement.
    fn literal(&self, text: &str) -> String;

    /// Takes the lock that keeps a second runner out.
    ///
    /// # Errors
    /// [`crate::Error::AnotherRunner`] with the name of the one that holds it.
    async fn run_lock(&self, run: &str) -> Result<Box<dyn RunLock>>;

    /// Statements to send on the writing connection before `BEGIN`, `BEGIN` included. Where
    /// DDL is no part of a transaction: the session's settings alone.
    fn begin(&self) -> Vec<String>;

    /// Statements to send, before those of the lock step, on the connection that keeps
    /// writers out, where DDL is no part of a transaction and so holds no locks itself.
    fn guard(&self) -> Vec<String> {
        Vec::new()
    }

    /// Exchanges the tables: sends the first statement on `worker` and the second one, which
    /// locks the tables that came in, on a connection of its own. Both stand in the queue
    /// before the locks that `guard` holds are given back, so that nobody writes in between.
    /// Gives the connection that holds the new locks. For products whose DDL is no part of a
    /// transaction.
    ///
    /// # Errors
    /// When the server refuses the exchange; the tables are then as before.
    async fn cut_over(
        &self,
        worker: &mut dyn Connection,
        _guard: Box<dyn Connection>,
        statements: &[String],
    ) -> Result<Option<Box<dyn Connection>>> {
        for statement in statements {
            worker.execute(statement).await?;
        }
        Ok(None)
    }

    /// Statements that make the server read every row again when a reference comes back, or
    /// trust what was proven of it. For products whose DDL is no part of a transaction.
    fn check_references(&self, _on: bool) -> Vec<String> {
        Vec::new()
    }

    /// Statements to send after `COMMIT` or `ROLLBACK`.
    fn end(&self) -> Vec<String>;

    /// True where this error means that a lock was not to be had in time.
    fn is_lock_timeout(&self, error: &crate::Error) -> bool;

    /// Who holds locks on these tables right now; without tables, who holds any table
    /// against being read.
    ///
    /// # Errors
    /// When the server refuses the question.
    async fn blockers(&self, tables: &[TableName]) -> Result<Vec<Blocker>>;

    /// Who is connected to this database right now, sessions of Rekey left out.
    ///
    /// # Errors
    /// When the server refuses the question.
    async fn attendance(&self, connection: &mut dyn Connection) -> Result<Attendance>;

    /// The statements of the journal; see [`Journal`].
    fn journal(&self) -> Journal;

    /// The map of the conversion with that number (from 0), quoted and qualified. Its
    /// columns are `old_id` and `new_id`.
    fn map_table(&self, schema_fingerprint: &str, conversions: &[Conversion], conversion: usize) -> String;

    /// The copy of that map that an undo leaves where ids are still to be taken back in Redis,
    /// quoted and qualified. Both its columns, `old_id` and `new_id`, are text.
    fn redis_map(&self, run: &str, conversion: usize) -> String;

    /// The statement that makes the copy, empty, with a key over the new ids.
    fn make_redis_map(&self, run: &str, conversion: usize) -> String {
        let (new, old) = (self.quote("new_id"), self.quote("old_id"));
        format!(
            "CREATE TABLE {} ({new} TEXT NOT NULL PRIMARY KEY, {old} TEXT NOT NULL)",
            self.redis_map(run, conversion)
        )
    }

    /// How new ids come to be found by an index in that map; nothing where they are from the start.
    fn map_index(
        &self,
        _schema_fingerprint: &str,
        _conversions: &[Conversion],
        _conversion: usize,
    ) -> Option<MapIndex> {
        None
    }

    /// Statements that remove what a run keeps beside its maps for the undo alone.
    fn forget(&self, _schema_fingerprint: &str, _conversions: &[Conversion]) -> Vec<String> {
        Vec::new()
    }

    /// The ways in which this server can store UUIDs, the best one first.
    fn storages(&self, _schema: &Schema) -> Vec<Storage> {
        vec![if self.capabilities().native_uuid { Storage::Uuid } else { Storage::Char36 }]
    }

    /// A name, quoted.
    fn quote(&self, name: &str) -> String {
        format!("\"{}\"", name.replace('"', "\"\""))
    }

    /// The value of a column as one that a key can be compared with, where the two are of
    /// types that the server would not compare by itself.
    fn comparable(
        &self,
        _schema: &Schema,
        _root: &crate::schema::ColumnName,
        _column: &crate::schema::ColumnName,
        expression: &str,
    ) -> String {
        expression.to_owned()
    }

    /// An expression as text.
    fn text(&self, expression: &str) -> String {
        format!("CAST({expression} AS TEXT)")
    }

    /// An id as text, however it is stored.
    fn id_text(&self, expression: &str) -> String {
        self.text(expression)
    }

    /// A new id as text, stored that way.
    fn uuid_text(&self, _storage: Storage, expression: &str) -> String {
        self.id_text(expression)
    }

    /// What one check sees here and now, where only the product can tell: missing rights,
    /// sessions at work, a server that cannot be written.
    ///
    /// # Errors
    /// When the server refuses the question.
    async fn look(&self, asked: Asked, connection: &mut dyn Connection, subject: Subject<'_>) -> Result<Looked>;

    /// The bytes of each index of these tables, those of their partitions included.
    ///
    /// # Errors
    /// When the server refuses the question for another reason than missing rights.
    async fn index_sizes(
        &self,
        connection: &mut dyn Connection,
        tables: &[crate::schema::TableName],
    ) -> Result<Figures>;

    /// The bytes of these tables and of their indexes, those of their partitions included, as
    /// this connection sees them now.
    ///
    /// # Errors
    /// When the server refuses the question.
    async fn table_sizes(
        &self,
        connection: &mut dyn Connection,
        tables: &[TableName],
    ) -> Result<BTreeMap<TableName, Size>>;

    /// What a statement of a plan means to others at work, and what becomes of it when the run
    /// is taken back.
    fn weigh(&self, step: &Step, statement: &str) -> Weight;

    /// How often each index of these tables was used, by whatever the server counts.
    ///
    /// # Errors
    /// When the server refuses the question for another reason than missing rights.
    async fn index_uses(&self, connection: &mut dyn Connection, tables: &[crate::schema::TableName])
    -> Result<Figures>;

    /// Statements after which a session of ours finds tables and answers as an application's does.
    fn as_application(&self) -> Vec<String> {
        Vec::new()
    }

    /// The statement with which the server tells how it would answer a question, without doing so.
    fn outline(&self, sql: &str) -> String {
        format!("EXPLAIN {sql}")
    }

    /// Has the server answer a question, where it keeps time itself, and tell how it does.
    ///
    /// # Errors
    /// When the server refuses the question.
    async fn explain(&self, connection: &mut dyn Connection, sql: &str) -> Result<Explained>;

    /// What the server has counted of rows that were written, and how many others are connected.
    ///
    /// # Errors
    /// When the server refuses the question.
    async fn writes(&self, connection: &mut dyn Connection, subject: Subject<'_>) -> Result<Writes>;
}

/// What a client that is not ours is told around the statements of a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Client {
    /// The product's own command-line client.
    pub program: &'static str,
    /// What that program itself must be told: to stop at the first error, for one.
    pub directives: Vec<String>,
    /// What begins the transaction, or stands before the first statement where there is none.
    pub begin: Vec<String>,
    /// Settings of the session or the transaction, as every session of ours has them.
    pub settings: Vec<String>,
    /// Notes the settings before, where the session is somebody else's.
    pub note: Vec<String>,
    /// Puts them back.
    pub put_back: Vec<String>,
    /// What makes everything final.
    pub end: Vec<String>,
    /// This moment as RFC 3339 in UTC, as an expression.
    pub now: &'static str,
}

/// The journal's statements in the product's own spelling. Parameters are text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journal {
    /// One row with one text column: `1` where the journal's table exists, else `0`.
    pub exists: String,
    /// Creates the table where it is missing.
    pub create: Vec<String>,
    /// Inserts a run. Parameters: id, plan fingerprint, state, tool version, started
    /// (RFC 3339), plan (JSON), catalogue before (JSON), record (JSON).
    pub insert: String,
    /// Sets state and record of a run. Parameters: state, record (JSON), id.
    pub update: String,
    /// All runs, newest first: id, plan fingerprint, state, started, tool version,
    /// plan, catalogue before, record.
    pub select: String,
    /// Deletes a run. Parameter: id.
    pub delete: String,
    /// Removes the journal itself and everything beside it, once no run is left in it.
    pub remove: Vec<String>,
    /// What was rewritten in Redis; see [`RedisJournal`].
    pub redis: RedisJournal,
    /// How far a run came, where DDL is no part of a transaction.
    pub staged: Option<StagedJournal>,
}

/// How new ids come to be found in a map by an index. The map is Rekey's own, so nobody waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapIndex {
    /// A query whose one value is `1` where there is one already.
    pub there: String,
    /// The statement that makes one; good to be sent again.
    pub make: String,
}

/// What the journal notes of ids that were rewritten in Redis, in a table of its own that is
/// made when the first of them is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedisJournal {
    /// One row with one text column: `1` where the table exists, else `0`.
    pub exists: String,
    /// Creates the table where it is missing.
    pub create: Vec<String>,
    /// Inserts a note. Parameters: run, server, note (JSON).
    pub insert: String,
    /// Sets a note. Parameters: note (JSON), run, server.
    pub update: String,
    /// All notes, oldest first: run, server, note.
    pub select: String,
    /// Deletes the notes of a run. Parameter: run.
    pub delete: String,
}

impl Journal {
    /// A statement with its parameters written into it, for clients that are not ours.
    pub fn filled(statement: &str, values: &[String]) -> String {
        let mut text = String::new();
        let mut letters = statement.chars().peekable();
        let mut next = 0;
        while let Some(letter) = letters.next() {
            if letter != '?' && letter != '$' {
                text.push(letter);
                continue;
            }
            let mut number = String::new();
            while let Some(digit) = letters.next_if(char::is_ascii_digit) {
                number.push(digit);
            }
            let place = number.parse::<usize>().map_or(next, |number| number - 1);
            text.push_str(values.get(place).map_or("NULL", String::as_str));
            next += 1;
        }
        text
    }
}

/// What the journal notes of a run whose statements are final one by one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StagedJournal {
    /// Notes how far the run came. Parameters: progress (JSON), id.
    pub note: String,
    /// Notes what the proofs said at the start. Parameters: answers (JSON), id.
    pub take: String,
    /// Reads both back. Parameter: none; one row per run: id, progress, answers.
    pub read: String,
}
