//! The built-in sample: a small shop in a SQLite file, for a first try without a server.
//!
//! It has what makes the job hard in small: a self reference, a shared one-to-one key, a
//! join table, a composite foreign key, references that are NULL, a trigger, a view and
//! a partial index.

use std::path::{Path, PathBuf};

use rekey_engine::{Error, Result};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

const SQL: &str = include_str!("sample.sql");

/// Makes a new sample in `folder`, under a name that is not taken, and gives its path.
///
/// # Errors
/// [`Error::File`] where the folder cannot be used or the file not be written.
pub async fn create(folder: &Path) -> Result<PathBuf> {
    std::fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    let folder = std::path::absolute(folder).map_err(|error| failed(folder, &error))?;
    let path = free_name(&folder);
    fill(&path).await.map_err(|error| failed(&path, &error))?;
    Ok(path)
}

async fn fill(path: &Path) -> Result<(), sqlx::Error> {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
    let mut connection = options.disable_statement_logging().connect().await?;
    let mut transaction = connection.begin().await?;
    sqlx::raw_sql(SQL).execute(&mut *transaction).await?;
    transaction.commit().await?;
    connection.close().await
}

fn free_name(folder: &Path) -> PathBuf {
    let first = folder.join("shop.sqlite3");
    let others = (2..u32::MAX).map(|number| folder.join(format!("shop-{number}.sqlite3")));
    std::iter::once(first.clone()).chain(others).find(|path| !path.exists()).unwrap_or(first)
}

fn failed(path: &Path, error: &dyn std::fmt::Display) -> Error {
    Error::File { path: path.display().to_string(), detail: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn number(path: &Path, sql: &'static str) -> i64 {
        let mut connection = SqliteConnectOptions::new().filename(path).connect().await.expect("open");
        sqlx::query_scalar(sql).fetch_one(&mut connection).await.expect("query")
    }

    #[tokio::test]
    async fn it_is_whole_and_of_some_size() {
        let folder = tempfile::tempdir().expect("folder");
        let path = create(folder.path()).await.expect("sample");
        assert_eq!(number(&path, "SELECT count(*) FROM pragma_foreign_key_check").await, 0);
        assert!(number(&path, "SELECT count(*) FROM order_line").await > 5000);
        assert!(number(&path, "SELECT count(*) FROM complaint").await > 50);
        assert!(number(&path, "SELECT count(*) FROM customer_turnover").await == 800);
    }

    #[tokio::test]
    async fn a_second_one_gets_a_name_of_its_own() {
        let folder = tempfile::tempdir().expect("folder");
        let first = create(folder.path()).await.expect("first");
        let second = create(folder.path()).await.expect("second");
        assert_ne!(first, second);
    }
}
