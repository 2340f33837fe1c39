//! One moment for the dump and for what it is compared with.
//!
//! Two sessions see the same only if nobody commits between the beginnings of their
//! transactions: a third one keeps all writers out for so long, where the user may do that.

use crate::backup::dumper::Moment;
use crate::dialect::{Access, Connection, Database};
use crate::{Error, Result};

/// Engines whose rows lie on this server, in the database's own folder or in memory. Loading a
/// dump of the others would write into whatever they stand for.
const LOCAL: &[&str] =
    &["innodb", "myisam", "aria", "archive", "csv", "memory", "rocksdb", "blackhole", "mrg_myisam", "tokudb"];

/// What must be granted for a dump to hold everything: what somebody may not see is left out
/// of it without a word.
const NEEDED: &[&str] = &["SELECT", "SHOW VIEW", "TRIGGER"];

/// Has the connection see one moment.
pub async fn freeze(database: &dyn Database, connection: &mut dyn Connection) -> Result<Moment> {
    sees_all(connection).await?;
    refuse_remote(connection).await?;
    let mut moment = Moment::default();
    match hold(database).await {
        Ok(holder) => moment.holder = Some(holder),
        Err(Error::Rights { .. }) => {
            moment.weakness = Some(
                "this user may not keep writers out while the backup begins: grant RELOAD, or stop the application"
                    .to_owned(),
            );
        }
        Err(Error::Statement { .. }) => {
            moment.weakness = Some(
                "writers could not be kept out while the backup began, since statements were running for long: stop the application, or try again at another time".to_owned(),
            );
        }
        Err(other) => return Err(other),
    }
    connection.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY").await?;
    Ok(moment)
}

// It waits for statements at work as long as locks are waited for.
async fn hold(database: &dyn Database) -> Result<Box<dyn Connection>> {
    let mut holder = database.connect(Access::Write, "rekey").await?;
    holder.execute("FLUSH TABLES WITH READ LOCK").await?;
    Ok(holder)
}

// Roles have rights that are listed elsewhere; who has one on is believed.
async fn sees_all(connection: &mut dyn Connection) -> Result<()> {
    let role = list(connection, "SELECT CAST(CURRENT_ROLE() AS CHAR)").await?;
    if role.iter().any(|role| !role.is_empty() && role != "NONE") {
        return Ok(());
    }
    let granted = list(
        connection,
        "SELECT CAST(PRIVILEGE_TYPE AS CHAR) FROM information_schema.USER_PRIVILEGES UNION \
         SELECT CAST(PRIVILEGE_TYPE AS CHAR) FROM information_schema.SCHEMA_PRIVILEGES WHERE DATABASE() LIKE TABLE_SCHEMA",
    )
    .await?;
    let lacks: Vec<&str> = NEEDED.iter().copied().filter(|one| !granted.iter().any(|right| right == one)).collect();
    if lacks.is_empty() {
        return Ok(());
    }
    let detail = format!(
        "the user needs {} on the whole database: what it may not see would be missing from the backup without a word. GRANT {} ON the database to it",
        lacks.join(", "),
        lacks.join(", ")
    );
    Err(Error::Rights { detail })
}

async fn refuse_remote(connection: &mut dyn Connection) -> Result<()> {
    let asked = "SELECT CAST(CONCAT(TABLE_NAME, ' (', ENGINE, ')') AS CHAR), CAST(LOWER(ENGINE) AS CHAR) FROM information_schema.TABLES \
        WHERE TABLE_SCHEMA = DATABASE() AND ENGINE IS NOT NULL ORDER BY 1";
    let rows = connection.query(asked).await?;
    let remote: Vec<String> = rows
        .into_iter()
        .filter_map(|row| match row.as_slice() {
            [Some(name), Some(engine)] if !LOCAL.contains(&engine.as_str()) => Some(name.clone()),
            _ => None,
        })
        .collect();
    if remote.is_empty() {
        return Ok(());
    }
    Err(Error::Backup {
        rung: crate::backup::Rung::Written,
        detail: format!(
            "these tables keep their rows where no dump reaches them, and loading one would write there: {}. Back them up where their rows lie",
            remote.join(", ")
        ),
    })
}

async fn list(connection: &mut dyn Connection, sql: &str) -> Result<Vec<String>> {
    Ok(connection.query(sql).await?.into_iter().flatten().flatten().collect())
}
