//! What answers, over which way, and whether it has room for the sessions of a run.

use std::sync::Arc;

use super::super::connection::Profile;
use super::number;
use crate::check::{Finding, Looked, Severity, flavour};
use crate::dialect::{Access, Connection};
use crate::error::Result;

/// Sessions that a run has open at a time: the work, the lock, and one that looks beside them.
const SESSIONS: u64 = 3;
/// How often two sessions are compared; other clients of a pooler may come in between.
const COMPARED: usize = 5;

const ANSWERS: &str = "SELECT 'role ' || rolname::text FROM pg_roles \
     UNION ALL SELECT 'extension ' || extname::text FROM pg_extension \
     UNION ALL SELECT 'function ' || proname::text FROM pg_proc WHERE proname = 'aurora_version'";

/// Managed and distributed products by their answers.
pub async fn flavour(connection: &mut dyn Connection) -> Result<Looked> {
    let version: Vec<String> = connection.query("SELECT version()").await?.into_iter().flatten().flatten().collect();
    let mut answers: Vec<String> = version.iter().flat_map(|version| flavour::words_of(version)).collect();
    answers.extend(connection.query(ANSWERS).await?.into_iter().flatten().flatten());
    Ok(flavour::look("PostgreSQL", flavour::of_postgres(&answers)))
}

const PROCESS: &str = "SELECT pg_backend_pid()::text";

/// Whether statements of one session are served by whatever session of the server is free.
///
/// Two sessions of ours that are open at the same time and yet are served by one and the same
/// process of the server cannot be two sessions there; nor is a session one that is served by
/// another process than a moment ago. Either way only a number is read.
pub async fn pooler(profile: &Arc<Profile>, connection: &mut dyn Connection) -> Result<Looked> {
    let first = process(connection).await?;
    let Ok(mut second) = profile.connect(Access::Read, "rekey").await else {
        return Ok(Looked::unknown("A second session, which tells a pooler from a server, was not to be had."));
    };
    for _ in 0..COMPARED {
        let other = process(&mut second).await;
        let again = process(connection).await?;
        if other.is_ok_and(|other| other == first) || again != first {
            second.close().await;
            let finding = Finding::new(
                Severity::Block,
                "RK-040",
                profile.place(),
                "A pooler (such as PgBouncer in transaction mode) hands the server's sessions around between statements. The lock that keeps a second run out, and the settings of a run, would land in sessions of others.",
                "Connect to the server itself, mostly port 5432, or to a pool whose pool_mode is session.",
            );
            return Ok(Looked::found("statements of one session are served by several of the server's", vec![finding]));
        }
    }
    second.close().await;
    Ok(Looked::passed("each session has a process of the server to itself"))
}

async fn process(connection: &mut dyn Connection) -> Result<String> {
    Ok(connection.query(PROCESS).await?.into_iter().flatten().flatten().next().unwrap_or_default())
}

// Limits of database and role do not hold for superusers; -1 stands for none.
const ROOM: &str = "SELECT (current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int \
       - (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'))::text, \
     (CASE WHEN d.datconnlimit < 0 OR r.rolsuper THEN 100000 ELSE d.datconnlimit \
       - (SELECT count(*) FROM pg_stat_activity WHERE datname = d.datname AND pid <> pg_backend_pid()) END)::text, \
     (CASE WHEN r.rolconnlimit < 0 OR r.rolsuper THEN 100000 ELSE r.rolconnlimit \
       - (SELECT count(*) FROM pg_stat_activity WHERE usename = r.rolname AND pid <> pg_backend_pid()) END)::text \
     FROM pg_database d, pg_roles r WHERE d.datname = current_database() AND r.rolname = current_user";

/// Whether the sessions of a run will be let in. Our own one is among those that are gone then.
pub async fn connections(connection: &mut dyn Connection) -> Result<Looked> {
    let rows = connection.query(ROOM).await?;
    let free = rows.first().map_or(0, |row| {
        // What is negative is full.
        (0..3).map(|column| number(row, column)).min().unwrap_or_default()
    });
    let measured = format!("{free} more sessions are let in, a run needs {SESSIONS}");
    if free >= SESSIONS {
        return Ok(Looked::passed(measured));
    }
    let finding = Finding::new(
        Severity::Warn,
        "RK-042",
        "sessions",
        format!("Only {free} more sessions are let in now; a run needs {SESSIONS}."),
        "Stop the application first, or raise the limit: ALTER DATABASE or ALTER ROLE ... CONNECTION LIMIT, or max_connections.",
    );
    Ok(Looked::found(measured, vec![finding]))
}
