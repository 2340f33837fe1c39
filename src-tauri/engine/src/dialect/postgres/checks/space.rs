//! Disk for the new tables, for the log and for sorting. The server tells nobody how much room
//! its disk has, so where this machine cannot tell it either what is needed is said instead.

use std::path::Path;

use super::{disk, number, text};
use crate::check::room::{SMALL, bytes, room};
use crate::check::{Finding, Looked, Severity, Subject};
use crate::dialect::Connection;
use crate::error::Result;

const UNTOLD: &str = "The server does not tell how much room its disk has.";

/// For the new tables.
pub async fn rewrite(connection: &mut dyn Connection, subject: Subject<'_>) -> Result<Looked> {
    let free = disk::free(connection).await?;
    Ok(free.map_or_else(|| untold(subject), |(place, free)| told(subject, &place, free)))
}

fn told(subject: Subject<'_>, place: &Path, free: u64) -> Looked {
    let needed = room(subject).needed;
    let measured = format!("disk free {} in {}, about {} needed", bytes(free), place.display(), bytes(needed));
    if free >= needed {
        return Looked::passed(measured);
    }
    let meaning = format!(
        "The tables are written anew while the old ones are still there: about {} more are needed for the time of the run, and {} are free.",
        bytes(needed),
        bytes(free)
    );
    let remedy = "Make room on the disk of the server's data directory; where it is full the run is rolled back.";
    let finding = Finding::new(Severity::Warn, "RK-044", subject.schema.database.clone(), meaning, remedy);
    Looked::found(measured, vec![finding])
}

fn untold(subject: Subject<'_>) -> Looked {
    let room = room(subject);
    let measured = format!("the tables take {}, about {} more are needed", bytes(room.tables), bytes(room.needed));
    if room.needed <= SMALL {
        return Looked::passed(measured).because(UNTOLD);
    }
    let finding = Finding::new(
        Severity::Warn,
        "RK-044",
        subject.schema.database.clone(),
        format!(
            "The tables are written anew while the old ones are still there: about {} more are needed for the time of the run.",
            bytes(room.needed)
        ),
        "See that the disk has the room (df on the server, or the provider's figures); where it is full the run is rolled back.",
    );
    Looked::found(measured, vec![finding]).because(UNTOLD)
}

const LOG: &str = "SELECT current_setting('wal_level'), current_setting('archive_mode'), \
     (SELECT count(*) FROM pg_replication_slots)::text, \
     (SELECT coalesce(max(pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn() ELSE pg_current_wal_lsn() END, restart_lsn)), 0)::bigint FROM pg_replication_slots)::text";

/// For the log. It is kept as long as an archive or a slot has not taken it in.
pub async fn log(connection: &mut dyn Connection, subject: Subject<'_>) -> Result<Looked> {
    let rows = connection.query(LOG).await?;
    let Some(row) = rows.first() else { return Ok(Looked::unknown(UNTOLD)) };
    let (level, archive, slots, kept) = (text(row, 0), text(row, 1), number(row, 2), number(row, 3));
    let needed = room(subject).needed;
    let keepers = match (archive.as_str(), slots) {
        ("off", 0) => "nothing keeps it".to_owned(),
        ("off", slots) => format!("{slots} slots keep it, {} up to now", bytes(kept)),
        (_, 0) => "an archive takes it in".to_owned(),
        (_, slots) => format!("an archive and {slots} slots keep it, {} up to now", bytes(kept)),
    };
    let measured = format!("about {} of log at wal_level {level}; {keepers}", bytes(needed));
    if archive == "off" && slots == 0 {
        return Ok(Looked::passed(measured).because(UNTOLD));
    }
    let finding = Finding::new(
        Severity::Warn,
        "RK-045",
        "the server's log",
        format!(
            "A run writes about {} into the log, and it is kept until everybody has taken it in: {keepers}.",
            bytes(needed)
        ),
        "See that archive and subscribers keep up, and drop slots that nobody reads: SELECT pg_drop_replication_slot('...');",
    );
    Ok(Looked::found(measured, vec![finding]).because(UNTOLD))
}

const TEMPORARY: &str = "SELECT setting FROM pg_settings WHERE name = 'temp_file_limit'";

/// For sorting; -1 stands for no limit, others are in kB.
pub async fn temporary(connection: &mut dyn Connection, subject: Subject<'_>) -> Result<Looked> {
    let rows = connection.query(TEMPORARY).await?;
    let limit = rows.first().map(|row| text(row, 0)).unwrap_or_default();
    let Ok(limit) = limit.parse::<u64>() else { return Ok(Looked::passed("no limit is set")) };
    let (limit, needed) = (limit.saturating_mul(1024), room(subject).tables);
    let measured = format!("a session may have {}, at most about {} are needed", bytes(limit), bytes(needed));
    if limit >= needed {
        return Ok(Looked::passed(measured));
    }
    let finding = Finding::new(
        Severity::Warn,
        "RK-046",
        "temp_file_limit",
        format!(
            "A session may have no more than {} of temporary files (temp_file_limit). Sorting the largest tables may need more, and the run would be rolled back.",
            bytes(limit)
        ),
        "Have it raised for the user who runs Rekey: ALTER ROLE ... SET temp_file_limit = -1;",
    );
    Ok(Looked::found(measured, vec![finding]))
}
