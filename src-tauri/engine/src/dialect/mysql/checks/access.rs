//! What answers, over which way, and whether it has room for the sessions of a run.

use std::sync::Arc;

use super::super::connection::Profile;
use super::{is_on, number, settings, text};
use crate::check::{Finding, Looked, Severity, Subject, flavour};
use crate::dialect::{Access, Connection};
use crate::error::Result;

/// Sessions that a run has open at a time: two that work, the guard, the one that exchanges, and
/// the lock.
const SESSIONS: u64 = 5;
/// How often two sessions are compared; other clients of a proxy may come in between.
const COMPARED: usize = 5;

const ANSWERS: [&str; 4] = ["aurora_version", "basedir", "wsrep_on", "group_replication_group_name"];

/// Managed and distributed products by their answers.
pub async fn flavour(connection: &mut dyn Connection, subject: Subject<'_>) -> Result<Looked> {
    let version: Vec<String> =
        connection.query("SELECT VERSION(), @@version_comment").await?.into_iter().flatten().flatten().collect();
    let mut answers: Vec<String> = version.iter().flat_map(|version| flavour::words_of(version)).collect();
    for (name, value) in settings(connection, &ANSWERS).await? {
        answers.push(match name.as_str() {
            "wsrep_on" => format!("galera {}", if is_on(&value) { "on" } else { "off" }),
            "group_replication_group_name" => {
                format!("group {}", if value.is_empty() || !in_a_group(connection).await? { "off" } else { "on" })
            }
            "basedir" => format!("basedir {value}"),
            _ => format!("variable {name} {value}"),
        });
    }
    Ok(flavour::look(subject.schema.engine.product(&subject.schema.server_version), flavour::of_mysql(&answers)))
}

// The name of a group may be set where the server is no member of it.
async fn in_a_group(connection: &mut dyn Connection) -> Result<bool> {
    let sql = "SELECT COUNT(*) FROM performance_schema.replication_group_members WHERE MEMBER_STATE = 'ONLINE'";
    Ok(connection.query(sql).await?.first().is_some_and(|row| number(row, 0) > 0))
}

/// Whether statements of one session are served by whatever session of the server is free.
pub async fn pooler(profile: &Arc<Profile>, connection: &mut dyn Connection) -> Result<Looked> {
    let first = session(connection).await?;
    let Ok(mut second) = profile.connect(Access::Read).await else {
        return Ok(Looked::unknown("A second session, which tells a proxy from a server, was not to be had."));
    };
    for _ in 0..COMPARED {
        let other = session(&mut second).await;
        if other.is_ok_and(|other| other == first) || session(connection).await? != first {
            second.close().await;
            let finding = Finding::new(
                Severity::Block,
                "RK-040",
                profile.place(),
                "A proxy hands the server's sessions around between statements. The locks of a run, and its settings, would land in sessions of others.",
                "Connect to the server itself.",
            );
            return Ok(Looked::found("statements of one session are served by several of the server's", vec![finding]));
        }
    }
    second.close().await;
    Ok(Looked::passed("each session is one of the server's own"))
}

async fn session(connection: &mut dyn Connection) -> Result<String> {
    let rows = connection.query("SELECT CONNECTION_ID()").await?;
    Ok(rows.into_iter().flatten().flatten().next().unwrap_or_default())
}

const ROOM: &str = "SHOW GLOBAL STATUS WHERE Variable_name = 'Threads_connected'";

/// Whether the sessions of a run will be let in. 0 stands for no limit of the user.
pub async fn connections(connection: &mut dyn Connection) -> Result<Looked> {
    let used = connection.query(ROOM).await?.first().map(|row| number(row, 1)).unwrap_or_default();
    let limits = connection.query("SELECT @@global.max_connections, @@session.max_user_connections").await?;
    let limit = limits.first().map(|row| (number(row, 0), text(row, 1).parse::<u64>().unwrap_or_default()));
    let (most, own) = limit.unwrap_or_default();
    let free = most.saturating_sub(used);
    let free = if own > 0 { free.min(own) } else { free };
    let measured = format!("{free} sessions are let in, a run needs up to {SESSIONS}");
    if free >= SESSIONS {
        return Ok(Looked::passed(measured));
    }
    let finding = Finding::new(
        Severity::Warn,
        "RK-042",
        "sessions",
        format!(
            "Only {free} sessions are let in now; a run needs up to {SESSIONS}, and is slower or cannot begin with fewer."
        ),
        "Stop the application first, or raise the limit: ALTER USER ... WITH MAX_USER_CONNECTIONS, or max_connections.",
    );
    Ok(Looked::found(measured, vec![finding]))
}
