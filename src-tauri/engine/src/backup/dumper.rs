//! How a backup is made with the programs of a server, and proven: the same for every server
//! product. What each product brings is a [`Dumper`].

use std::collections::BTreeMap;
use std::path::Path;

use async_trait::async_trait;

use super::content::{self, Content};
use super::file::{self, Partial};
use super::program::Program;
use super::scratch::Scratch;
use super::{Backup, FORMAT, Making, Rung, Work};
use crate::dialect::{Access, Connection, Database, Login};
use crate::schema::{EngineKind, TableName};
use crate::{Error, Result};

/// What a dump takes at most, in hundredths of what its database takes: it has no indexes and
/// is compressed on PostgreSQL, but bytes may be written as two letters each elsewhere.
const ROOM: u64 = 120;

/// The programs of a server product, found and fit for a server.
#[async_trait]
pub(super) trait Dumper: Send + Sync {
    /// The program that writes and the one that restores.
    fn programs(&self) -> [&Program; 2];

    /// The program that writes, with its version.
    fn client(&self) -> String;

    /// The ending of the file's name.
    fn ending(&self) -> &'static str;

    /// Has `connection` see one moment from now on, and gives what the dump needs to be of the
    /// same moment.
    async fn freeze(&self, database: &dyn Database, connection: &mut dyn Connection) -> Result<Moment>;

    /// Numbers that move on while a dump is made, whatever moment it is of, by the names that
    /// their digests have.
    async fn numbers(&self, _connection: &mut dyn Connection) -> Result<BTreeMap<String, i128>> {
        Ok(BTreeMap::new())
    }

    /// Writes the dump of that moment to `path`, an empty file that is there. Tells how far it
    /// is; where the user stops, nothing goes on.
    async fn dump(&self, login: &Login, moment: &mut Moment, path: &Path, work: &Work<'_>) -> Result<()>;

    /// Reads a dump from end to end without restoring it anywhere.
    async fn read_whole(&self, path: &Path, work: &Work<'_>) -> Result<()>;

    /// Restores a dump into an empty database; the first complaint fails.
    async fn restore(&self, path: &Path, into: &Login, work: &Work<'_>) -> Result<()>;

    /// What somebody types to restore it, line by line: into a database of the same name
    /// that is not there yet.
    fn by_hand(&self, path: &Path, source: &Login, settings: &BTreeMap<String, String>) -> Vec<String>;
}

/// What holds a moment for a dump.
#[derive(Default)]
pub(super) struct Moment {
    /// The name of a snapshot, where the server has such names.
    pub snapshot: Option<String>,
    /// A session that keeps writers out until the dump has begun.
    pub holder: Option<Box<dyn Connection>>,
    /// Why dump and comparison may see different moments all the same, and what to do.
    pub weakness: Option<String>,
}

/// Makes a backup of a server's database, restores it into a scratch database and compares.
pub(super) async fn make(
    dumper: &dyn Dumper,
    database: &dyn Database,
    making: &Making<'_>,
    work: &Work<'_>,
) -> Result<Backup> {
    let mut connection = database.connect(Access::Read, "rekey").await?;
    let source = describe(database, connection.as_mut()).await?;
    let path = file::target(making.folder, &source.name, making.name, dumper.ending())?;
    leave_room(&path, source.bytes)?;
    let partial = Partial::create(&path)?;
    let mut moment = dumper.freeze(database, connection.as_mut()).await?;
    let login = database.login().await?;
    let work = &Work { bytes_total: source.bytes, ..*work };
    let before = dumper.numbers(connection.as_mut()).await?;
    // What fails first is what is told; the other one is let go.
    let ((), mut expected) = tokio::try_join!(
        dumper.dump(&login, &mut moment, partial.path(), work),
        read(database, connection.as_mut(), work)
    )?;
    let after = dumper.numbers(connection.as_mut()).await?;
    let weakness = moment.weakness.take();
    drop((moment, connection));
    file::sync(partial.path())?;
    dumper.read_whole(partial.path(), work).await?;
    let (sha256, bytes) = file::hash(partial.path())?;
    let found = restored(dumper, partial.path(), making.server.unwrap_or(database), &source, making.run, work).await?;
    settle(&mut expected, &found, &before, &after);
    if let Some(detail) = expected.complaint(&found) {
        let detail = weakness.map_or(detail.clone(), |weakness| format!("{detail}. {weakness}"));
        return Err(Error::Backup { rung: Rung::Compared, detail });
    }
    partial.finish(&path)?;
    let manifest = file::beside(&path, ".json");
    let backup = Backup {
        format: FORMAT,
        engine: database.engine(),
        server_version: source.version,
        source: database.place(),
        database: source.name,
        identity: source.identity,
        created: file::now(),
        client: dumper.client(),
        path: path.display().to_string(),
        manifest: manifest.display().to_string(),
        sha256,
        bytes,
        verified: true,
        catalogue: expected.catalogue.fingerprint(),
        digests: expected.digests,
        restore: dumper.by_hand(&path, &login, &source.settings),
        tables: source.tables,
        settings: source.settings,
    };
    file::write_manifest(&manifest, &backup).inspect_err(|_| {
        // Without its manifest nothing would ever find it.
        let _ = std::fs::remove_file(&path);
    })?;
    Ok(backup)
}

/// Reads what a database holds; where the user stops, the server does too.
async fn read(database: &dyn Database, connection: &mut dyn Connection, work: &Work<'_>) -> Result<Content> {
    let interrupter = connection.interrupter();
    tokio::select! {
        content = database.content(connection) => content,
        () = work.cancel.cancelled() => {
            interrupter.interrupt().await;
            Err(Error::Cancelled)
        }
    }
}

/// A number that moved on while the dump was made is right if it is one that it had meanwhile.
fn settle(expected: &mut Content, found: &Content, before: &BTreeMap<String, i128>, after: &BTreeMap<String, i128>) {
    for (name, start) in before {
        let told = found.digests.get(name).and_then(|text| text.parse::<i128>().ok().zip(Some(text)));
        if let (Some((number, text)), Some(end)) = (told, after.get(name))
            && (*start.min(end)..=*start.max(end)).contains(&number)
        {
            expected.digests.insert(name.clone(), text.clone());
        }
    }
}

/// What is known of the database before anything is written.
pub(super) struct Source {
    pub name: String,
    pub version: String,
    pub identity: String,
    pub bytes: u64,
    pub tables: Vec<TableName>,
    pub settings: BTreeMap<String, String>,
}

async fn describe(database: &dyn Database, connection: &mut dyn Connection) -> Result<Source> {
    let schema = database.structure(connection).await?;
    // Those of other databases that foreign keys lead to are in no dump of this one.
    let own = |name: &&TableName| schema.engine != EngineKind::Mysql || name.schema == schema.database;
    Ok(Source {
        tables: schema.tables.keys().filter(own).cloned().collect(),
        name: schema.database,
        version: schema.server_version,
        identity: database.identity(connection).await?,
        bytes: database.bytes(connection).await?,
        settings: database.settings(connection).await?,
    })
}

fn leave_room(path: &Path, bytes: u64) -> Result<()> {
    let folder = path.parent().unwrap_or(path);
    let needed = bytes / 100 * ROOM;
    match file::free_space(folder) {
        Some(free) if free < needed => Err(Error::Backup {
            rung: Rung::Written,
            detail: format!(
                "there is too little room in {}: {} MB are free, and the dump may take {} MB",
                folder.display(),
                free >> 20,
                needed >> 20
            ),
        }),
        Some(_) | None => Ok(()),
    }
}

/// Restores a dump into a scratch database, reads what is in it, and removes it.
async fn restored(
    dumper: &dyn Dumper,
    path: &Path,
    server: &dyn Database,
    source: &Source,
    run: &str,
    work: &Work<'_>,
) -> Result<Content> {
    let scratch = Scratch::create(server, run, &source.settings, &source.identity).await.map_err(unmade)?;
    match fill(dumper, path, scratch.database.as_ref(), work).await {
        Ok(content) => scratch.remove().await.map(|()| content),
        Err(error) => Err(scratch.remove_after(error).await),
    }
}

/// Restores a dump into an empty database and reads what is in it then.
pub(super) async fn fill(
    dumper: &dyn Dumper,
    path: &Path,
    database: &dyn Database,
    work: &Work<'_>,
) -> Result<Content> {
    dumper.restore(path, &database.login().await?, work).await?;
    work.tell("Compare the copy with the database", None, 0, 0);
    let mut connection = database.connect(Access::Read, "rekey").await?;
    read(database, connection.as_mut(), work).await
}

/// An error about the scratch database, as one of the rung it belongs to.
#[allow(clippy::wildcard_enum_match_arm, reason = "every other error speaks for itself")]
pub(super) fn unmade(error: Error) -> Error {
    match error {
        Error::Rights { detail } | Error::Statement { detail, .. } => {
            Error::Backup { rung: Rung::Restored, detail: format!("no scratch database could be made: {detail}") }
        }
        other => other,
    }
}

/// Climbs the ladder again with a backup that was made before: the file is unchanged, can be
/// read, can be restored, and holds what its manifest says. Gives the scratch database, full.
pub(super) async fn prove(
    dumper: &dyn Dumper,
    backup: &Backup,
    server: &dyn Database,
    run: &str,
    work: &Work<'_>,
) -> Result<Scratch> {
    let path = Path::new(&backup.path);
    dumper.read_whole(path, work).await?;
    let scratch = Scratch::create(server, run, &backup.settings, &backup.identity).await.map_err(unmade)?;
    let compared = fill(dumper, path, scratch.database.as_ref(), work).await.and_then(|found| agrees(backup, &found));
    match compared {
        Ok(()) => Ok(scratch),
        Err(error) => Err(scratch.remove_after(error).await),
    }
}

/// Whether what was restored is what the manifest says.
///
/// # Errors
/// [`Error::Backup`] with what differs.
pub fn agrees(backup: &Backup, found: &Content) -> Result<()> {
    let detail = if found.catalogue.fingerprint() == backup.catalogue {
        content::complaint(&backup.digests, &found.digests)
    } else {
        Some("the copy has another catalogue than the backup's manifest says".to_owned())
    };
    detail.map_or(Ok(()), |detail| Err(Error::Backup { rung: Rung::Compared, detail }))
}
