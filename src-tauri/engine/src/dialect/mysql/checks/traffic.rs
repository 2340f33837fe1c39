//! Who else is at work.

use std::sync::Arc;

use super::super::connection::Profile;
use super::super::version::Version;
use super::{is_on, number, settings, text};
use crate::check::{Finding, Looked, Severity, Subject, Writes};
use crate::dialect::{Attached, Attendance, Connection, Row};
use crate::error::{Error, Result};

/// Seconds after which an open transaction is one that stays: a run tries for its locks for two
/// seconds at a time.
const LONG: u64 = 5;

const SESSIONS: &str = "SELECT CAST(ID AS CHAR), CAST(USER AS CHAR), CAST(HOST AS CHAR) \
     FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND ID NOT IN ({own}) ORDER BY ID";

// Whoever lacks this right is shown sessions of the own user alone, without a word of it
// (dev.mysql.com/doc, information-schema-processlist-table).
const SEES_ALL: &str =
    "SELECT CAST(COUNT(*) AS CHAR) FROM information_schema.USER_PRIVILEGES WHERE PRIVILEGE_TYPE = 'PROCESS'";

// Sessions of this process, ours among them.
fn own(profile: &Profile) -> String {
    let own: Vec<String> = profile.own().iter().map(u64::to_string).collect();
    if own.is_empty() { "0".to_owned() } else { own.join(", ") }
}

/// Who is connected. The server keeps no name of an application.
pub async fn attendance(profile: &Arc<Profile>, connection: &mut dyn Connection) -> Result<Attendance> {
    let rows = connection.query(&SESSIONS.replace("{own}", &own(profile))).await?;
    let sessions = rows.iter().map(|row| Attached {
        session: text(row, 0),
        user: text(row, 1),
        application: String::new(),
        host: Some(machine(&text(row, 2))),
        open_seconds: 0,
    });
    let sees_all = connection.query(SEES_ALL).await?.first().is_some_and(|row| number(row, 0) > 0);
    let hidden = (!sees_all).then(|| {
        "The server shows this user none but its own sessions: the right PROCESS is missing, or comes with a role."
            .to_owned()
    });
    Ok(Attendance { sessions: sessions.collect(), names_applications: false, hidden, caution: None })
}

// The server writes the port behind it.
fn machine(host: &str) -> String {
    let port = |tail: &str| !tail.is_empty() && tail.bytes().all(|digit| digit.is_ascii_digit());
    host.rsplit_once(':').filter(|(_, tail)| port(tail)).map_or(host, |(name, _)| name).to_owned()
}

/// Sessions by their user.
pub async fn sessions(profile: &Arc<Profile>, connection: &mut dyn Connection) -> Result<Looked> {
    let attendance = match attendance(profile, connection).await {
        Err(Error::Rights { detail }) => {
            return Ok(Looked::unknown(format!("The server does not tell this user: {detail}")));
        }
        other => other?,
    };
    let counted = attendance.counted(|one| one.user.as_str());
    let findings: Vec<Finding> = counted.iter().map(|(user, (count, _))| session(user, *count)).collect();
    let list: Vec<String> = counted.iter().map(|(user, (count, _))| format!("{user}: {count}")).collect();
    let measured = if list.is_empty() { "nobody else is connected".to_owned() } else { list.join(", ") };
    Ok(Looked::found(measured, findings))
}

fn session(user: &str, count: usize) -> Finding {
    Finding::new(
        Severity::Warn,
        "RK-023",
        user,
        format!("{count} sessions of this user are connected. Writers are kept out for the length of the run."),
        "Stop the application before the run. Rekey waits for locks only briefly and gives up by name.",
    )
}

// Only whoever has the right PROCESS sees them (dev.mysql.com/doc, information-schema-innodb-trx-table).
const OPEN: &str = "SELECT CAST(t.trx_mysql_thread_id AS CHAR), CAST(COALESCE(p.USER, '') AS CHAR), \
     CAST(TIMESTAMPDIFF(SECOND, t.trx_started, NOW()) AS CHAR) \
     FROM information_schema.INNODB_TRX t LEFT JOIN information_schema.PROCESSLIST p ON p.ID = t.trx_mysql_thread_id \
     WHERE t.trx_mysql_thread_id NOT IN ({own}) ORDER BY t.trx_started";

/// Transactions that are open for long.
pub async fn long_transactions(profile: &Arc<Profile>, connection: &mut dyn Connection) -> Result<Looked> {
    let rows = connection.query(&OPEN.replace("{own}", &own(profile))).await?;
    let oldest = rows.iter().map(|row| number(row, 2)).max();
    let findings: Vec<Finding> = rows.iter().filter(|row| number(row, 2) >= LONG).map(long).collect();
    let measured = match oldest {
        None => "no transaction is open".to_owned(),
        Some(age) => format!("{} open, the oldest for {age} s", rows.len()),
    };
    Ok(Looked::found(measured, findings))
}

fn long(row: &Row) -> Finding {
    let (session, user, age) = (text(row, 0), text(row, 1), text(row, 2));
    Finding::new(
        Severity::Warn,
        "RK-048",
        format!("session {session}"),
        format!(
            "A transaction of '{user}' (session {session}) is open for {age} s. The tables that it has touched cannot be locked while it is."
        ),
        "Let it come to its end, or have its application ended. To end it by force, which rolls it back: KILL with the session's number.",
    )
}

/// Transactions in two phases. MySQL shows them to whoever has XA_RECOVER_ADMIN.
pub async fn prepared(connection: &mut dyn Connection, subject: Subject<'_>) -> Result<Looked> {
    // A name may be of any bytes; each product has words of its own for a form that can be shown.
    let mariadb = Version::parse(&subject.schema.server_version).is_some_and(|version| version.is_mariadb());
    let sql = if mariadb { "XA RECOVER FORMAT = 'SQL'" } else { "XA RECOVER CONVERT XID" };
    let rows = connection.query(sql).await?;
    let findings: Vec<Finding> = rows
        .iter()
        .map(|row| {
            Finding::new(
                Severity::Block,
                "RK-024",
                text(row, 3),
                "A prepared XA transaction is open on this server and keeps its locks for ever.",
                "Commit or roll it back: XA COMMIT or XA ROLLBACK with its name.",
            )
        })
        .collect();
    Ok(Looked::found(
        if findings.is_empty() { "none".to_owned() } else { format!("{} open", findings.len()) },
        findings,
    ))
}

const READERS: &str = "SELECT CAST(USER AS CHAR), CAST(HOST AS CHAR) FROM information_schema.PROCESSLIST \
     WHERE COMMAND LIKE 'Binlog Dump%' ORDER BY 1, 2";

/// The binary log and whoever reads it, and what this server repeats itself.
pub async fn replication(connection: &mut dyn Connection) -> Result<Looked> {
    let told = settings(connection, &["log_bin", "binlog_format"]).await?;
    let logs = told.iter().any(|(name, value)| name == "log_bin" && is_on(value));
    let readers = connection.query(READERS).await?;
    let mut list: Vec<String> =
        readers.iter().map(|row| format!("replica {} from {}", text(row, 0), text(row, 1))).collect();
    if logs {
        let format = told.iter().find(|(name, _)| name == "binlog_format").map(|(_, value)| value.as_str());
        list.push(format!("binary log ({})", format.unwrap_or("ROW")));
    }
    let findings: Vec<Finding> = list
        .iter()
        .map(|object| {
            Finding::new(
                Severity::Warn,
                "RK-049",
                object.clone(),
                "Whoever repeats the changes of this server, now or later, has to take in the whole conversion: new tables, every row, and the exchange.",
                "See that replicas keep up, and take readers off them for the time of the run. What reads the log for other programs (change data capture) must know the new types.",
            )
        })
        .collect();
    Ok(Looked::found(
        if list.is_empty() { "nobody repeats this server's changes".to_owned() } else { list.join(", ") },
        findings,
    ))
}

const EVENTS: &str = "SELECT CAST(EVENT_NAME AS CHAR) FROM information_schema.EVENTS \
     WHERE EVENT_SCHEMA = DATABASE() AND STATUS = 'ENABLED' ORDER BY 1";

/// Events of the database.
pub async fn jobs(connection: &mut dyn Connection) -> Result<Looked> {
    let names: Vec<String> = connection.query(EVENTS).await?.into_iter().flatten().flatten().collect();
    let told = settings(connection, &["event_scheduler"]).await?;
    let starts = told.first().is_some_and(|(_, value)| is_on(value));
    let word = if starts { "the scheduler is on" } else { "the scheduler is off" };
    if names.is_empty() {
        return Ok(Looked::passed(format!("none; {word}")));
    }
    let findings = names.iter().map(|name| {
        Finding::new(
            Severity::Warn,
            "RK-051",
            name.clone(),
            format!("The event runs by the clock, also while the application is stopped; {word} now."),
            format!("Switch it off for the time of the run: ALTER EVENT {} DISABLE;", super::super::quote::ident(name)),
        )
    });
    Ok(Looked::found(format!("{}; {word}", names.join(", ")), findings.collect()))
}

const OTHERS: &str = "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND ID NOT IN ({own})";

const WRITTEN: &str = "SHOW GLOBAL STATUS WHERE Variable_name IN \
     ('Com_insert', 'Com_insert_select', 'Com_update', 'Com_update_multi', 'Com_delete', 'Com_delete_multi', \
     'Com_replace', 'Com_replace_select', 'Com_load')";

/// Statements that write, on the whole server: which table they are about only a server with its
/// performance schema on would tell.
pub async fn writes(profile: &Arc<Profile>, connection: &mut dyn Connection) -> Result<Writes> {
    let others = connection.query(&OTHERS.replace("{own}", &own(profile))).await?;
    let rows = connection.query(WRITTEN).await?;
    Ok(Writes {
        others: others.first().map(|row| number(row, 0)).unwrap_or_default(),
        counted: rows
            .iter()
            .map(|row| {
                let name = text(row, 0).to_ascii_lowercase().replace("com_", "").replace('_', " ");
                (format!("statements '{name}' on this server"), number(row, 1))
            })
            .collect(),
    })
}
