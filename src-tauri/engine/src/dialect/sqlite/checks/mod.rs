//! What stands in the way here and now, check by check.

use std::path::Path;

use super::{blockers, open};
use crate::check::room::{bytes, free};
use crate::check::{Asked, Finding, Looked, Severity, Subject, Writes};
use crate::dialect::{Attached, Attendance, Connection};
use crate::schema::Schema;
use crate::{Error, Result};

/// Looks at one check.
pub async fn look(path: &Path, asked: Asked, connection: &mut dyn Connection, subject: Subject<'_>) -> Result<Looked> {
    Ok(match asked {
        Asked::Rights => writable(path)?,
        Asked::Sessions => holders(path),
        Asked::LongTransactions => writing(path),
        Asked::DiskForRewrite => disk(path, connection).await?,
        Asked::Orphans => Looked::found("", missing_parents(subject.schema)),
        Asked::DiskForLog => {
            Looked::not_applicable("The journal lies beside the file and is counted with the new tables.")
        }
        Asked::TemporarySpace => {
            Looked::not_applicable("SQLite sorts in the folder of temporary files of this machine.")
        }
        Asked::Flavour
        | Asked::Pooler
        | Asked::Replica
        | Asked::Connections
        | Asked::PreparedTransactions
        | Asked::Replication
        | Asked::ScheduledJobs => Looked::not_applicable("A file has no server."),
    })
}

// SQLite knows no users: who may write the file may do everything.
fn writable(path: &Path) -> Result<Looked> {
    match open::must_be_writable(path) {
        Ok(()) => Ok(Looked::passed("the file and its folder can be written")),
        Err(Error::ReadOnly { place, detail }) => {
            let finding = Finding::new(
                Severity::Block,
                "RK-230",
                place,
                format!("The database cannot be written: {detail}."),
                "Make the file and its folder writable for the user who runs Rekey.",
            );
            Ok(Looked::found(detail, vec![finding]))
        }
        Err(other) => Err(other),
    }
}

const UNTOLD: &str = "This system does not tell which programs use a file.";

/// Who has a lock on the file.
pub fn attendance(path: &Path) -> Attendance {
    let sessions = blockers::holders(path).into_iter().map(|holder| Attached {
        session: holder.pid,
        user: holder.user,
        application: holder.application,
        host: None,
        open_seconds: 0,
    });
    Attendance {
        sessions: sessions.collect(),
        names_applications: true,
        hidden: (!cfg!(target_os = "linux")).then(|| UNTOLD.to_owned()),
        caution: Some(
            "A program that has the file open and neither reads nor writes just now holds no lock and is not seen."
                .to_owned(),
        ),
    }
}

fn holders(path: &Path) -> Looked {
    let holders = blockers::holders(path);
    let list: Vec<String> =
        holders.iter().map(|holder| format!("{} (process {})", holder.application, holder.pid)).collect();
    let findings = holders.iter().map(|holder| {
        Finding::new(
            Severity::Warn,
            "RK-231",
            path.display().to_string(),
            format!("Another program is using the file: {holder}."),
            "Stop the application before the conversion; Rekey waits only briefly for it.",
        )
    });
    told(list, findings.collect(), "no other program holds a lock on the file")
}

// A transaction of SQLite that writes has a lock on the file for as long as it is open.
fn writing(path: &Path) -> Looked {
    let writers = blockers::writers(path);
    let list: Vec<String> =
        writers.iter().map(|holder| format!("{} (process {})", holder.application, holder.pid)).collect();
    let findings = writers.iter().map(|holder| {
        Finding::new(
            Severity::Warn,
            "RK-048",
            holder.application.clone(),
            format!("A transaction that writes is open: {holder}. The file cannot be locked while it is."),
            "Let it come to its end, or end the program.",
        )
    });
    told(list, findings.collect(), "no transaction that writes is open")
}

fn told(list: Vec<String>, findings: Vec<Finding>, nobody: &str) -> Looked {
    if !list.is_empty() {
        return Looked::found(list.join(", "), findings);
    }
    if cfg!(target_os = "linux") { Looked::passed(nobody) } else { Looked::unknown(UNTOLD) }
}

const SIZE: &str =
    "SELECT CAST((SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size) AS TEXT)";

// The new tables are written into the same file, and its old pages into the journal beside it.
async fn disk(path: &Path, connection: &mut dyn Connection) -> Result<Looked> {
    let size = connection.query(SIZE).await?.into_iter().flatten().flatten().next();
    let size: u64 = size.and_then(|text| text.parse().ok()).unwrap_or_default();
    let needed = size.saturating_mul(2);
    let Some(free) = path.parent().and_then(free) else {
        return Ok(Looked::unknown(format!(
            "This system does not tell the free bytes; about {} are needed.",
            bytes(needed)
        )));
    };
    let measured = format!("disk free {}, about {} needed", bytes(free), bytes(needed));
    if free >= needed {
        return Ok(Looked::passed(measured));
    }
    let finding = Finding::new(
        Severity::Warn,
        "RK-044",
        path.display().to_string(),
        format!(
            "The file has {}, and new tables and journal need about {} more; only {} are free.",
            bytes(size),
            bytes(needed),
            bytes(free)
        ),
        "Make room in the file system of the database, or move the file; where the disk is full the run is rolled back.",
    );
    Ok(Looked::found(measured, vec![finding]))
}

/// What tells that somebody wrote: SQLite's own number of changes by other connections.
pub async fn writes(path: &Path, connection: &mut dyn Connection) -> Result<Writes> {
    let rows = connection.query("SELECT CAST(data_version AS TEXT) FROM pragma_data_version").await?;
    let version = rows.into_iter().flatten().flatten().next().and_then(|text| text.parse().ok()).unwrap_or_default();
    let others = u64::try_from(blockers::holders(path).len()).unwrap_or_default();
    Ok(Writes { others, counted: [("the file".to_owned(), version)].into() })
}

fn missing_parents(schema: &Schema) -> Vec<Finding> {
    let references = schema
        .catalogue
        .objects
        .iter()
        .filter_map(|(name, attributes)| Some((name.strip_prefix("foreign key ")?, attributes.get("parent")?)));
    references
        .filter(|(_, parent)| !schema.tables.keys().any(|table| table.name.eq_ignore_ascii_case(parent)))
        .map(|(name, parent)| {
            Finding::new(
                Severity::Info,
                "RK-229",
                name.to_owned(),
                format!("The reference points to a table '{parent}' that is not there. It stays as it is."),
                "Nothing needs to be done for the conversion.",
            )
        })
        .collect()
}
