//! Disk for the new tables, for the binary log and for temporary files. The server tells nobody
//! how much room its disk has, so what is needed is said instead.

use super::{is_on, settings};
use crate::check::room::{SMALL, bytes, room};
use crate::check::{Finding, Looked, Severity, Subject};
use crate::dialect::Connection;
use crate::error::Result;

const UNTOLD: &str = "The server does not tell how much room its disk has.";

/// For the new tables.
pub fn rewrite(subject: Subject<'_>) -> Looked {
    let room = room(subject);
    let measured = format!(
        "the tables take {}, about {} more are needed until the run is kept",
        bytes(room.tables),
        bytes(room.needed)
    );
    let finding = (room.tables > SMALL).then(|| {
        Finding::new(
            Severity::Warn,
            "RK-326",
            subject.schema.database.clone(),
            format!(
                "The tables take {} MB. They are built anew beside themselves and the old ones stay until the run is kept, so the server's disk needs about twice that much more for the time of the run.",
                room.tables >> 20
            ),
            "See that the disk has the room; where it is full the run is taken back.",
        )
    });
    Looked::found(measured, finding.into_iter().collect()).because(UNTOLD)
}

/// For the binary log, which is kept for as long as a setting says.
pub async fn log(connection: &mut dyn Connection, subject: Subject<'_>) -> Result<Looked> {
    let told = settings(connection, &["log_bin", "binlog_format"]).await?;
    let value = |name: &str| told.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    if !value("log_bin").is_some_and(|value| is_on(&value)) {
        return Ok(Looked::passed("no binary log is written"));
    }
    let needed = bytes(room(subject).needed);
    let format = value("binlog_format").unwrap_or_default();
    let finding = Finding::new(
        Severity::Warn,
        "RK-045",
        "the binary log",
        format!(
            "A run writes about {needed} into the binary log, which is kept for as long as binlog_expire_logs_seconds says."
        ),
        "See that the log's disk has the room too. PURGE BINARY LOGS makes room once replicas have taken it in.",
    );
    Ok(Looked::found(format!("about {needed} of binary log ({format})"), vec![finding]).because(UNTOLD))
}

/// MariaDB from 11.5 on limits temporary files (mariadb.com/kb: max_tmp_session_space_usage).
pub async fn temporary(connection: &mut dyn Connection, subject: Subject<'_>) -> Result<Looked> {
    let told = settings(connection, &["max_tmp_session_space_usage"]).await?;
    let limit = told.first().and_then(|(_, value)| value.parse::<u64>().ok()).filter(|limit| *limit > 0);
    let Some(limit) = limit else { return Ok(Looked::passed("no limit is set")) };
    let needed = room(subject).tables;
    let measured = format!("a session may have {}, at most about {} are needed", bytes(limit), bytes(needed));
    if limit >= needed {
        return Ok(Looked::passed(measured));
    }
    let finding = Finding::new(
        Severity::Warn,
        "RK-046",
        "max_tmp_session_space_usage",
        format!(
            "A session may have no more than {} of temporary files. Sorting the largest tables may need more, and the run would be taken back.",
            bytes(limit)
        ),
        "Have it raised for the time of the run: SET GLOBAL max_tmp_session_space_usage = 0;",
    );
    Ok(Looked::found(measured, vec![finding]))
}
