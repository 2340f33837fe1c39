//! Who else is at work.

use std::collections::BTreeMap;

use super::{number, text};
use crate::check::{Finding, Looked, Severity, Subject, Writes, room};
use crate::dialect::{Attached, Attendance, Connection, Row};
use crate::error::Result;

/// Seconds after which an open transaction is one that stays: a run tries for its locks for two
/// seconds at a time.
const LONG: u64 = 5;

// To whoever may not look at others' sessions the server tells their user and application alone:
// then neither their kind is known, which a user's name stands in for, nor where they come from.
const SESSIONS: &str = "SELECT pid::text, coalesce(usename::text, ''), coalesce(application_name, ''), \
     CASE WHEN backend_type IS NOT NULL THEN coalesce(host(client_addr), 'local') END, \
     coalesce(extract(epoch FROM now() - xact_start)::bigint, 0)::text \
     FROM pg_stat_activity \
     WHERE datname = current_database() AND pid <> pg_backend_pid() \
       AND coalesce(backend_type, CASE WHEN usesysid IS NOT NULL THEN 'client backend' END) = 'client backend' \
       AND coalesce(application_name, '') <> 'rekey' AND coalesce(application_name, '') NOT LIKE 'rekey:%' \
     ORDER BY pid";

/// Who is connected.
pub async fn attendance(connection: &mut dyn Connection) -> Result<Attendance> {
    let rows = connection.query(SESSIONS).await?;
    let sessions = rows.iter().map(|row| Attached {
        session: text(row, 0),
        user: text(row, 1),
        application: text(row, 2),
        host: row.get(3).cloned().flatten(),
        open_seconds: number(row, 4),
    });
    Ok(Attendance { sessions: sessions.collect(), names_applications: true, hidden: None, caution: None })
}

/// Sessions by the application that they name.
pub async fn sessions(connection: &mut dyn Connection) -> Result<Looked> {
    let attendance = attendance(connection).await?;
    let counted =
        attendance.counted(|one| if one.application.is_empty() { "unnamed" } else { one.application.as_str() });
    let findings: Vec<Finding> = counted.iter().map(|(name, (count, open))| session(name, *count, *open)).collect();
    let list: Vec<String> = counted.iter().map(|(name, (count, _))| format!("{name}: {count}")).collect();
    let measured = if list.is_empty() { "nobody else is connected".to_owned() } else { list.join(", ") };
    Ok(Looked::found(measured, findings))
}

fn session(application: &str, count: usize, age: u64) -> Finding {
    let open = if age == 0 { String::new() } else { format!(", the oldest open transaction is {age} s old") };
    Finding::new(
        Severity::Warn,
        "RK-023",
        application,
        format!("{count} sessions of this application are connected{open}. The run needs every table for itself."),
        "Stop the application before the run. Rekey waits for locks only briefly and gives up by name.",
    )
}

const OPEN: &str = "SELECT coalesce(nullif(application_name, ''), 'unnamed')::text, pid::text, coalesce(state, '')::text, \
     extract(epoch FROM now() - xact_start)::bigint::text \
     FROM pg_stat_activity \
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL \
       AND application_name <> 'rekey' AND application_name NOT LIKE 'rekey:%' AND backend_type IN ('client backend', 'autovacuum worker', 'background worker') \
     ORDER BY xact_start";

/// Transactions that are open for long.
pub async fn long_transactions(connection: &mut dyn Connection) -> Result<Looked> {
    let rows = connection.query(OPEN).await?;
    let oldest = rows.iter().map(|row| number(row, 3)).max();
    let findings: Vec<Finding> = rows.iter().filter(|row| number(row, 3) >= LONG).map(long).collect();
    let measured = match oldest {
        None => "no transaction is open".to_owned(),
        Some(age) => format!("{} open, the oldest for {age} s", rows.len()),
    };
    Ok(Looked::found(measured, findings))
}

fn long(row: &Row) -> Finding {
    let (application, process, state, age) = (text(row, 0), text(row, 1), text(row, 2), text(row, 3));
    Finding::new(
        Severity::Warn,
        "RK-048",
        application.clone(),
        format!(
            "A transaction of '{application}' (process {process}, {state}) is open for {age} s. The tables that it has touched cannot be locked while it is."
        ),
        "Let it come to its end, or have its application ended. To end it by force, which rolls it back: SELECT pg_terminate_backend(process);",
    )
}

const PREPARED: &str =
    "SELECT gid::text, owner::text FROM pg_prepared_xacts WHERE database = current_database() ORDER BY 1";

/// Transactions in two phases.
pub async fn prepared(connection: &mut dyn Connection) -> Result<Looked> {
    let rows = connection.query(PREPARED).await?;
    let findings: Vec<Finding> = rows
        .iter()
        .map(|row| {
            Finding::new(
                Severity::Block,
                "RK-024",
                text(row, 0),
                format!("A prepared transaction of '{}' is open and keeps its locks for ever.", text(row, 1)),
                "Commit or roll it back: COMMIT PREPARED or ROLLBACK PREPARED with its name.",
            )
        })
        .collect();
    Ok(Looked::found(
        if findings.is_empty() { "none".to_owned() } else { format!("{} open", findings.len()) },
        findings,
    ))
}

const REPLICATION: &str = "SELECT 'standby ' || coalesce(nullif(application_name, ''), client_addr::text, 'unnamed'), state::text FROM pg_stat_replication \
     UNION ALL SELECT 'slot ' || slot_name::text, CASE WHEN active THEN 'in use' ELSE 'not in use' END FROM pg_replication_slots \
       WHERE slot_type = 'physical' OR database = current_database() \
     UNION ALL SELECT 'subscription ' || subname::text, CASE WHEN subenabled THEN 'enabled' ELSE 'disabled' END FROM pg_subscription \
       WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database()) ORDER BY 1";
// Connections of subscriptions hold passwords, so not every column may be read by everybody.

/// Standbys, slots and subscriptions.
pub async fn replication(connection: &mut dyn Connection) -> Result<Looked> {
    let rows = connection.query(REPLICATION).await?;
    let list: Vec<String> = rows.iter().map(|row| format!("{} ({})", text(row, 0), text(row, 1))).collect();
    let findings: Vec<Finding> = rows
        .iter()
        .map(|row| {
            Finding::new(
                Severity::Warn,
                "RK-049",
                text(row, 0),
                format!("It is there ({}): whoever repeats the changes of this server has to take in the whole conversion, and queries there may be cancelled or wait.", text(row, 1)),
                "See that it keeps up, and take readers off it for the time of the run. A slot that nobody reads fills the disk.",
            )
        })
        .collect();
    Ok(Looked::found(
        if list.is_empty() { "nobody repeats this server's changes".to_owned() } else { list.join(", ") },
        findings,
    ))
}

/// Extensions that start jobs keep them in a table of their own: pg_cron (github.com/citusdata/pg_cron),
/// pgAgent (pgadmin.org/docs), pg_timetable (pg-timetable.readthedocs.io).
const JOBS: [(&str, &str, &str); 3] = [
    ("pg_cron", "cron.job", "SELECT count(*)::text FROM cron.job WHERE active"),
    ("pgAgent", "pgagent.pga_job", "SELECT count(*)::text FROM pgagent.pga_job WHERE jobenabled"),
    ("pg_timetable", "timetable.chain", "SELECT count(*)::text FROM timetable.chain WHERE live"),
];

/// Jobs by the clock.
pub async fn jobs(connection: &mut dyn Connection) -> Result<Looked> {
    let mut findings = Vec::new();
    for (program, table, sql) in JOBS {
        let there = format!("SELECT (to_regclass('{table}') IS NOT NULL)::text");
        if first(connection, &there).await? != "true" {
            continue;
        }
        let count = first(connection, sql).await?;
        if count != "0" {
            findings.push(Finding::new(
                Severity::Warn,
                "RK-051",
                table,
                format!("{count} jobs of {program} run by the clock, also while the application is stopped."),
                "Switch them off for the time of the run, and on again when they know the new types.",
            ));
        }
    }
    let list: Vec<String> = findings.iter().map(|finding| finding.meaning.clone()).collect();
    Ok(Looked::found(if list.is_empty() { "none that Rekey knows".to_owned() } else { list.join(" ") }, findings))
}

async fn first(connection: &mut dyn Connection, sql: &str) -> Result<String> {
    Ok(connection.query(sql).await?.into_iter().flatten().flatten().next().unwrap_or_default())
}

const OTHERS: &str = "SELECT count(*)::text FROM pg_stat_activity \
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend' \
       AND application_name <> 'rekey' AND application_name NOT LIKE 'rekey:%'";

const WRITTEN: &str =
    "SELECT schemaname::text, relname::text, (n_tup_ins + n_tup_upd + n_tup_del)::text FROM pg_stat_user_tables";

/// Rows written so far, by table.
pub async fn writes(connection: &mut dyn Connection, subject: Subject<'_>) -> Result<Writes> {
    let others = first(connection, OTHERS).await?.parse().unwrap_or_default();
    let touched: Vec<String> = room::touched(subject).iter().map(|table| table.name.to_string()).collect();
    let mut counted = BTreeMap::new();
    for row in connection.query(WRITTEN).await? {
        let name = format!("{}.{}", text(&row, 0), text(&row, 1));
        if touched.contains(&name) {
            counted.insert(name, number(&row, 2));
        }
    }
    Ok(Writes { others, counted })
}
