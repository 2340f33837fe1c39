//! The local file: saved connections, history of runs, backups made. It holds no
//! password and nothing that a run depends on: losing it loses no run, because the
//! database that was converted keeps its own journal.

use std::path::{Path, PathBuf};

use rekey_engine::application::code::Scanned;
use rekey_engine::check::SignOff;
use rekey_engine::execute::RunRecord;
use rekey_engine::plan::Plan;
use rekey_engine::redis::Written;
use rekey_engine::{Error, Result};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::api::types::{BackupMade, SavedConnection};

const FILE: &str = "rekey.sqlite3";

const CREATE: &str = "
CREATE TABLE IF NOT EXISTS connection (
    id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, body TEXT NOT NULL, last_used TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS run (
    run TEXT PRIMARY KEY, place TEXT NOT NULL, started TEXT NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS plan (fingerprint TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS backup (
    path TEXT PRIMARY KEY, place TEXT NOT NULL, made TEXT NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS sign_off (place TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS redis (place TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS code (fingerprint TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
PRAGMA user_version = 3;";

/// The newest shape of the file; each one only adds tables.
const SHAPE: i64 = 3;

/// The local file, opened.
#[derive(Debug, Clone)]
pub struct Store {
    pool: SqlitePool,
    folder: PathBuf,
}

/// A backup in the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeptBackup {
    /// When it was made, RFC 3339 in UTC.
    pub made: String,
    /// The backup.
    #[serde(flatten)]
    pub backup: BackupMade,
}

/// A Redis that belongs to a database. Holds no password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptRedis {
    /// Its address, with the user.
    pub address: String,
    /// The file with the certificates to trust; empty where those of the system are.
    pub authority: String,
    /// True where the keyring holds the password under the address.
    pub password_saved: bool,
    /// What is to be done with which keys.
    pub rules: Vec<Written>,
}

/// The user's data folder: `REKEY_DATA_DIR`, else the platform's with `rekey` in it.
pub fn data_folder() -> PathBuf {
    match std::env::var_os("REKEY_DATA_DIR").filter(|folder| !folder.is_empty()) {
        Some(folder) => PathBuf::from(folder),
        None => dirs::data_dir().unwrap_or_else(std::env::temp_dir).join("rekey"),
    }
}

impl Store {
    /// Opens the file in `folder` and creates both where they are missing, readable by
    /// nobody else. A damaged file is set aside as `.bad` and begun anew.
    ///
    /// # Errors
    /// [`Error::File`] where the folder or the file cannot be used.
    pub async fn open(folder: &Path) -> Result<Store> {
        let file = folder.join(FILE);
        private_folder(folder).map_err(|error| unusable(folder, &error))?;
        private_file(&file).map_err(|error| unusable(&file, &error))?;
        match Store::connect(folder).await {
            Err(error) if is_damaged(&error) => {
                set_aside(&file).map_err(|error| unusable(&file, &error))?;
                private_file(&file).map_err(|error| unusable(&file, &error))?;
                Store::connect(folder).await
            }
            outcome => outcome,
        }
        .map_err(|error| unusable(&file, &error))
    }

    async fn connect(folder: &Path) -> Result<Store, sqlx::Error> {
        let options = SqliteConnectOptions::new()
            .filename(folder.join(FILE))
            .journal_mode(SqliteJournalMode::Wal)
            .busy_timeout(std::time::Duration::from_secs(5));
        let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
        let version: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&pool).await?;
        if version < SHAPE {
            sqlx::raw_sql(CREATE).execute(&pool).await?;
        }
        Ok(Store { pool, folder: folder.to_owned() })
    }

    /// The folder it lies in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Every saved connection, most recently used first.
    ///
    /// # Errors
    /// [`Error::File`] where the file cannot be read.
    pub async fn connections(&self) -> Result<Vec<SavedConnection>> {
        self.bodies("SELECT body FROM connection ORDER BY last_used DESC, name", &[]).await
    }

    /// The saved connection of that name.
    ///
    /// # Errors
    /// [`Error::File`] where the file cannot be read.
    pub async fn connection_named(&self, name: &str) -> Result<Option<SavedConnection>> {
        self.body("SELECT body FROM connection WHERE name = ?", &[name]).await
    }

    /// The saved connection of that id.
    ///
    /// # Errors
    /// [`Error::File`] where the file cannot be read.
    pub async fn connection(&self, id: &str) -> Result<Option<SavedConnection>> {
        self.body("SELECT body FROM connection WHERE id = ?", &[id]).await
    }

    /// Saves a connection. One of the same id or of the same name is replaced.
    ///
    /// # Errors
    /// [`Error::File`] where the file cannot be written.
    pub async fn save_connection(&self, connection: &SavedConnection) -> Result<()> {
        self.write(
            "INSERT OR REPLACE INTO connection (id, name, body, last_used) VALUES (?, ?, ?, ?)",
            &[&connection.id, &connection.name, &text(connection)?, &now()],
        )
        .await
    }

    /// Forgets a connection. The password in the keyring is the caller's to delete.
    ///
    /// # Errors
    /// [`Error::File`] where the file cannot be written.
    pub async fn forget_connection(&self, id: &str) -> Result<()> {
        self.write("DELETE FROM connection WHERE id = ?", &[id]).await
    }

    /// Notes that a connection was used just now.
    ///
    /// # Errors
    /// [`Error::File`] where the file cannot be written.
    pub async fn touch_connection(&self, id: &str) -> Result<()> {
        self.write("UPDATE connection SET last_used = ? WHERE id = ?", &[&now(), id]).await
    }

    /// Notes a run, or what became of it.
    ///
    /// # Errors
    /// [`Error::File`] where the file cannot be written.
    pub async fn record(&self, record: &RunRecord) -> Result<()> {
        self.write(
            "INSERT INTO run (run, place, started, body) VALUES (?, ?, ?, ?)
             ON CONFLICT (run) DO UPDATE SET place = excluded.place, started = excluded.started, body = excluded.body",
            &[&record.run, &record.place, &record.started, &text(record)?],
        )
        .await
    }

    /// One run of the past.
    ///
    /// # Errors
    /// [`Error::File`] where the file cannot be read.
    pub async fn run(&self, run: &str) -> Result<Option<RunRecord>> {
        self.body("SELECT body FROM run WHERE run = ?", &[run]).await
    }

    /// Every run of the past, newest first.
    ///
    /// # Errors
    /// [`Error::File`] where the file cannot be read.
    pub async fn runs(&self) -> Result<Vec<RunRecord>> {
        self.bodies("SELECT body FROM run ORDER BY started DESC, rowid DESC", &[]).await
    }

    /// Keeps the plan of a run, for its report.
    ///
    /// # Errors
    /// [`Error::File`] where the file cannot be written.
    pub async fn keep_plan(&self, plan: &Plan) -> Result<()> {
        self.write("INSERT OR REPLACE INTO plan (fingerprint, body) VALUES (?, ?)", &[&plan.fingerprint, &text(plan)?])
            .await
    }

    /// The plan with that fingerprint, where a run of it is in the history.
    ///
    /// # Errors
    /// [`Error::File`] where the file cannot be read.
    pub async fn plan(&self, fingerprint: &str) -> Result<Option<Plan>> {
        self.body("SELECT body FROM plan WHERE fingerprint = ?", &[fingerprint]).await
    }

    /// Keeps what was last found in an application's code for a plan, for the report of its run.
    ///
    /// # Errors
    /// [`Error::File`] where the file cannot be written.
    pub async fn keep_code(&self, fingerprint: &str, scanned: &Scanned) -> Result<()> {
        self.write("INSERT OR REPLACE INTO code (fingerprint, body) VALUES (?, ?)", &[fingerprint, &text(scanned)?])
            .await
    }

    /// What was last found in an application's code for a plan.
    ///
    /// # Errors
    /// [`Error::File`] where the file cannot be read.
    pub async fn code(&self, fingerprint: &str) -> Result<Option<Scanned>> {
        self.body("SELECT body FROM code WHERE fingerprint = ?", &[fingerprint]).await
    }

    /// Notes a backup of the database at `place`.
    ///
    /// # Errors
    /// [`Error::File`] where the file cannot be written.
    pub async fn keep_backup(&self, place: &str, backup: &BackupMade) -> Result<()> {
        self.write(
            "INSERT OR REPLACE INTO backup (path, place, made, body) VALUES (?, ?, ?, ?)",
            &[&backup.path, place, &now(), &text(backup)?],
        )
        .await
    }

    /// The backups of the database at `place`, newest first.
    ///
    /// # Errors
    /// [`Error::File`] where the file cannot be read.
    pub async fn backups(&self, place: &str) -> Result<Vec<KeptBackup>> {
        let rows: Vec<(String, String)> =
            sqlx::query_as("SELECT made, body FROM backup WHERE place = ? ORDER BY made DESC, rowid DESC")
                .bind(place)
                .fetch_all(&self.pool)
                .await
                .map_err(|error| self.failed(&error))?;
        let read =
            |(made, body): (String, String)| serde_json::from_str(&body).ok().map(|backup| KeptBackup { made, backup });
        Ok(rows.into_iter().filter_map(read).collect())
    }

    /// Keeps what people vouch for before a run on the database at `place`.
    ///
    /// # Errors
    /// [`Error::File`] where the file cannot be written.
    pub async fn keep_sign_off(&self, place: &str, sign_off: &SignOff) -> Result<()> {
        self.write("INSERT OR REPLACE INTO sign_off (place, body) VALUES (?, ?)", &[place, &text(sign_off)?]).await
    }

    /// What people vouch for before a run on the database at `place`.
    ///
    /// # Errors
    /// [`Error::File`] where the file cannot be read.
    pub async fn sign_off(&self, place: &str) -> Result<Option<SignOff>> {
        self.body("SELECT body FROM sign_off WHERE place = ?", &[place]).await
    }

    /// Forgets what people vouched for.
    ///
    /// # Errors
    /// [`Error::File`] where the file cannot be written.
    pub async fn forget_sign_off(&self, place: &str) -> Result<()> {
        self.write("DELETE FROM sign_off WHERE place = ?", &[place]).await
    }

    /// Keeps where the ids of the database at `place` live on in Redis.
    ///
    /// # Errors
    /// [`Error::File`] where the file cannot be written.
    pub async fn keep_redis(&self, place: &str, redis: &KeptRedis) -> Result<()> {
        self.write("INSERT OR REPLACE INTO redis (place, body) VALUES (?, ?)", &[place, &text(redis)?]).await
    }

    /// Where the ids of the database at `place` live on in Redis.
    ///
    /// # Errors
    /// [`Error::File`] where the file cannot be read.
    pub async fn redis(&self, place: &str) -> Result<Option<KeptRedis>> {
        self.body("SELECT body FROM redis WHERE place = ?", &[place]).await
    }

    /// Forgets where they do.
    ///
    /// # Errors
    /// [`Error::File`] where the file cannot be written.
    pub async fn forget_redis(&self, place: &str) -> Result<()> {
        self.write("DELETE FROM redis WHERE place = ?", &[place]).await
    }

    /// True where the keyring holds a password under that address of Redis for any database but
    /// the one at `place`.
    ///
    /// # Errors
    /// [`Error::File`] where the file cannot be read.
    pub async fn redis_password_kept(&self, address: &str, place: Option<&str>) -> Result<bool> {
        let kept: Vec<KeptRedis> =
            self.bodies("SELECT body FROM redis WHERE place <> ?", &[place.unwrap_or_default()]).await?;
        Ok(kept.iter().any(|one| one.password_saved && one.address == address))
    }

    async fn write(&self, sql: &'static str, values: &[&str]) -> Result<()> {
        let mut query = sqlx::query(sql);
        for value in values {
            query = query.bind((*value).to_owned());
        }
        query.execute(&self.pool).await.map_err(|error| self.failed(&error))?;
        Ok(())
    }

    async fn body<T: DeserializeOwned>(&self, sql: &'static str, values: &[&str]) -> Result<Option<T>> {
        Ok(self.bodies(sql, values).await?.into_iter().next())
    }

    // An entry that an older or newer Rekey wrote in another shape is left out: history
    // is a convenience and must never stand in the way.
    async fn bodies<T: DeserializeOwned>(&self, sql: &'static str, values: &[&str]) -> Result<Vec<T>> {
        let mut query = sqlx::query_scalar(sql);
        for value in values {
            query = query.bind((*value).to_owned());
        }
        let rows: Vec<String> = query.fetch_all(&self.pool).await.map_err(|error| self.failed(&error))?;
        Ok(rows.iter().filter_map(|row| serde_json::from_str(row).ok()).collect())
    }

    fn failed(&self, error: &sqlx::Error) -> Error {
        unusable(&self.folder.join(FILE), error)
    }
}

/// This moment, RFC 3339 in UTC.
pub fn now() -> String {
    OffsetDateTime::now_utc().format(&Rfc3339).unwrap_or_default()
}

fn text(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Internal { detail: error.to_string() })
}

fn unusable(path: &Path, error: &dyn std::fmt::Display) -> Error {
    Error::File { path: path.display().to_string(), detail: error.to_string() }
}

// 11 is SQLITE_CORRUPT, 26 SQLITE_NOTADB.
fn is_damaged(error: &sqlx::Error) -> bool {
    error.as_database_error().and_then(|error| error.code()).is_some_and(|code| code == "11" || code == "26")
}

fn set_aside(file: &Path) -> std::io::Result<()> {
    for end in ["-wal", "-shm"] {
        match std::fs::remove_file(file.with_file_name(format!("{FILE}{end}"))) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    std::fs::rename(file, file.with_file_name(format!("{FILE}.bad")))
}

// A folder that is there already keeps its rights: it may be anybody's. The file itself
// is private in any case.
#[cfg(unix)]
fn private_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn private_folder(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)
}

// Created here and not by SQLite, so that no instant passes with wider rights; SQLite
// gives its side files the rights of the file itself.
#[cfg(unix)]
fn private_file(file: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    std::fs::OpenOptions::new().create(true).append(true).mode(0o600).open(file)?;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn private_file(file: &Path) -> std::io::Result<()> {
    std::fs::OpenOptions::new().create(true).append(true).open(file).map(|_| ())
}

#[cfg(test)]
mod tests {
    use rekey_engine::execute::RunState;
    use rekey_engine::schema::EngineKind;

    use super::*;
    use crate::api::types::{ConnectionForm, Environment};

    fn connection(id: &str, name: &str) -> SavedConnection {
        SavedConnection {
            id: id.to_owned(),
            name: name.to_owned(),
            environment: Environment::Dev,
            address: "sqlite:/a.db".to_owned(),
            form: ConnectionForm {
                engine: EngineKind::Sqlite,
                host: String::new(),
                port: 0,
                user: String::new(),
                database: String::new(),
                tls: rekey_engine::connect::Tls::Prefer,
                certificates: rekey_engine::connect::Certificates::default(),
                ssh: rekey_engine::connect::Ssh::default(),
                path: "/a.db".to_owned(),
                name: name.to_owned(),
                environment: None,
                remember: false,
            },
            password_saved: false,
        }
    }

    async fn open() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().expect("folder");
        let store = Store::open(&folder.path().join("data")).await.expect("store");
        (folder, store)
    }

    #[tokio::test]
    async fn connections_come_back_most_recently_used_first() {
        let (_folder, store) = open().await;
        for (id, name) in [("1", "one"), ("2", "two")] {
            store.save_connection(&connection(id, name)).await.expect("save");
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        }
        store.touch_connection("1").await.expect("touch");
        let names: Vec<String> = store.connections().await.expect("list").into_iter().map(|found| found.name).collect();
        assert_eq!(names, ["one", "two"]);
        store.forget_connection("1").await.expect("forget");
        assert!(store.connection_named("one").await.expect("read").is_none());
        assert_eq!(store.connection("2").await.expect("read").expect("two").name, "two");
    }

    #[tokio::test]
    async fn a_redis_is_kept_with_its_database_and_its_password_is_known_by_the_address() {
        let (_folder, store) = open().await;
        let kept = KeptRedis {
            address: "redis://ann@cache:6379/0".to_owned(),
            authority: String::new(),
            password_saved: true,
            rules: vec![Written { kind: rekey_engine::redis::Kind::Names, text: "u:{main.users.id}".to_owned() }],
        };
        store.keep_redis("/a.db", &kept).await.expect("keep");
        assert_eq!(store.redis("/a.db").await.expect("read"), Some(kept.clone()));
        assert_eq!(store.redis("/b.db").await.expect("read"), None);
        let known = |place: Option<&'static str>| store.redis_password_kept("redis://ann@cache:6379/0", place);
        assert!(known(None).await.expect("read") && !known(Some("/a.db")).await.expect("read"));
        assert!(!store.redis_password_kept("redis://cache:6379/0", None).await.expect("read"));
        store.forget_redis("/a.db").await.expect("forget");
        assert!(!known(None).await.expect("read"));
    }

    #[tokio::test]
    async fn a_run_is_noted_once_and_brought_up_to_date() {
        let (_folder, store) = open().await;
        let mut record = crate::command::testing::record("abcdefghij");
        record.state = RunState::Started;
        store.record(&record).await.expect("record");
        record.state = RunState::Undone;
        store.record(&record).await.expect("record");
        assert_eq!(store.runs().await.expect("runs").len(), 1);
        assert_eq!(store.run("abcdefghij").await.expect("run").expect("found").state, RunState::Undone);
        assert!(store.run("other").await.expect("run").is_none());
    }

    #[tokio::test]
    async fn a_file_of_an_earlier_shape_gets_what_is_new_and_keeps_what_it_has() {
        use rekey_engine::check::manual::{Profile, Ticks};
        let (folder, store) = open().await;
        store.save_connection(&connection("1", "one")).await.expect("save");
        let old = "DROP TABLE sign_off; PRAGMA user_version = 1;";
        sqlx::raw_sql(old).execute(&store.pool).await.expect("as it was");
        store.pool.close().await;
        let store = Store::open(&folder.path().join("data")).await.expect("opened");
        assert_eq!(store.connections().await.expect("list").len(), 1);
        let sign_off = SignOff::of(Profile::Staging, &Ticks::new(), Default::default());
        store.keep_sign_off("/a.db", &sign_off).await.expect("kept");
        assert_eq!(store.sign_off("/a.db").await.expect("read"), Some(sign_off));
        store.forget_sign_off("/a.db").await.expect("forgotten");
        assert_eq!(store.sign_off("/a.db").await.expect("read"), None);
    }

    #[tokio::test]
    async fn a_damaged_file_is_set_aside() {
        let folder = tempfile::tempdir().expect("folder");
        std::fs::write(folder.path().join(FILE), "this is not a database at all, but it is long enough")
            .expect("write");
        let store = Store::open(folder.path()).await.expect("store");
        assert!(store.runs().await.expect("runs").is_empty());
        assert!(folder.path().join("rekey.sqlite3.bad").exists());
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn nobody_else_may_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let (_folder, store) = open().await;
        let mode = |path: &Path| std::fs::metadata(path).expect("metadata").permissions().mode() & 0o777;
        assert_eq!(mode(store.folder()), 0o700);
        assert_eq!(mode(&store.folder().join(FILE)), 0o600);
    }
}
