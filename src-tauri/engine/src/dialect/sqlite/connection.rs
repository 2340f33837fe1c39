//! One open connection to a SQLite file.
//!
//! SQLite answers on the thread that asks, so each statement runs on a thread where
//! waiting is allowed. A statement that nobody waits for any more still ends before the
//! next one begins.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use rusqlite::InterruptHandle;
use rusqlite::types::ValueRef;

use super::{error, open};
use crate::dialect::{Access, Connection, Interrupter, Row};
use crate::{Error, Result};

const ROWS_IN_FLIGHT: usize = 256;

/// A connection as [`super::Sqlite`] opens it.
pub struct SqliteConnection {
    inner: Arc<Mutex<rusqlite::Connection>>,
    interrupt: Arc<InterruptHandle>,
    place: String,
}

impl SqliteConnection {
    /// Opens the file.
    pub async fn open(path: &Path, place: &str, access: Access) -> Result<Self> {
        let path = path.to_owned();
        Self::opened(place, move || open::open(&path, access)).await
    }

    /// Opens a file that nobody else uses, without making any file beside it.
    pub async fn immutable(path: &Path) -> Result<Self> {
        let owned = path.to_owned();
        Self::opened(&path.display().to_string(), move || open::open_immutable(&owned)).await
    }

    async fn opened(place: &str, open: impl FnOnce() -> Result<rusqlite::Connection> + Send + 'static) -> Result<Self> {
        let opened = tokio::task::spawn_blocking(open).await;
        let opened = opened.map_err(|failure| Error::Internal { detail: failure.to_string() })?;
        Ok(Self::new(opened?, place.to_owned()))
    }

    fn new(connection: rusqlite::Connection, place: String) -> Self {
        let interrupt = Arc::new(connection.get_interrupt_handle());
        SqliteConnection { inner: Arc::new(Mutex::new(connection)), interrupt, place }
    }

    /// Does something with the driver's own connection.
    pub async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&rusqlite::Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T> {
        self.run("", move |connection, _| work(connection)).await
    }

    async fn run<T: Send + 'static>(
        &self,
        sql: &str,
        work: impl FnOnce(&rusqlite::Connection, &str) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T> {
        let (inner, place, sql) = (Arc::clone(&self.inner), self.place.clone(), sql.to_owned());
        tokio::task::spawn_blocking(move || {
            let connection = inner.lock().unwrap_or_else(PoisonError::into_inner);
            work(&connection, &sql).map_err(|failure| error::told(&failure, &place, &sql))
        })
        .await
        .map_err(|failure| Error::Internal { detail: failure.to_string() })?
    }
}

#[async_trait]
impl Connection for SqliteConnection {
    async fn execute(&mut self, sql: &str) -> Result<()> {
        self.run(sql, |connection, sql| {
            // An interrupted or failed statement may have ended the transaction already.
            if sql.eq_ignore_ascii_case("ROLLBACK") && connection.is_autocommit() {
                return Ok(());
            }
            exhaust(connection, sql, &[])
        })
        .await
    }

    async fn execute_with(&mut self, sql: &str, parameters: &[Option<String>]) -> Result<()> {
        let parameters = parameters.to_vec();
        self.run(sql, move |connection, sql| exhaust(connection, sql, &parameters)).await
    }

    async fn query(&mut self, sql: &str) -> Result<Vec<Row>> {
        self.run(sql, |connection, sql| {
            let mut found = Vec::new();
            each(connection, sql, |row| {
                found.push(row);
                true
            })?;
            Ok(found)
        })
        .await
    }

    async fn stream(&mut self, sql: &str, sink: &mut (dyn FnMut(Row) + Send)) -> Result<()> {
        let (sender, mut receiver) = tokio::sync::mpsc::channel(ROWS_IN_FLIGHT);
        let work = self.run(sql, move |connection, sql| {
            // Nobody listens any more: the rest is of no use.
            each(connection, sql, |row| sender.blocking_send(row).is_ok())
        });
        let listen = async {
            while let Some(row) = receiver.recv().await {
                sink(row);
            }
        };
        tokio::join!(work, listen).0
    }

    fn interrupter(&self) -> Box<dyn Interrupter> {
        Box::new(SqliteInterrupter(Arc::clone(&self.interrupt)))
    }
}

// Some pragmas answer with rows even where nobody asked.
fn exhaust(connection: &rusqlite::Connection, sql: &str, parameters: &[Option<String>]) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query(rusqlite::params_from_iter(parameters))?;
    while rows.next()?.is_some() {}
    Ok(())
}

fn each(connection: &rusqlite::Connection, sql: &str, mut sink: impl FnMut(Row) -> bool) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(sql)?;
    let columns = statement.column_count();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if !sink((0..columns).map(|index| row.get_ref(index).map(text)).collect::<rusqlite::Result<Row>>()?) {
            break;
        }
    }
    Ok(())
}

fn text(value: ValueRef<'_>) -> Option<String> {
    match value {
        ValueRef::Null => None,
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(number.to_string()),
        ValueRef::Text(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
        ValueRef::Blob(bytes) => Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect()),
    }
}

struct SqliteInterrupter(Arc<InterruptHandle>);

#[async_trait]
impl Interrupter for SqliteInterrupter {
    async fn interrupt(&self) {
        self.0.interrupt();
    }
}
