//! Is the server of a version that Rekey is proven on and its makers still mend?

use super::{Finding, Looked, Severity};
use crate::schema::{EngineKind, Schema};

/// Newest major versions that Rekey is proven on.
const PROVEN: [(&str, u32); 3] = [("PostgreSQL", 18), ("MySQL", 9), ("MariaDB", 12)];

/// The last month with fixes, by product and the beginning of the version: PostgreSQL's
/// versioning policy (postgresql.org/support/versioning), MySQL's lifetime support policy
/// (oracle.com/support/lifetime-support), MariaDB's maintenance policy (mariadb.org/about).
const ENDED: [(&str, &str, &str); 4] = [
    ("PostgreSQL", "12.", "November 2024"),
    ("PostgreSQL", "13.", "November 2025"),
    ("MySQL", "8.0.", "April 2026"),
    ("MariaDB", "10.6.", "July 2026"),
];

pub(super) fn look(schema: &Schema) -> Looked {
    judge(schema.engine, &schema.server_version)
}

fn judge(engine: EngineKind, version: &str) -> Looked {
    let product = engine.product(version);
    let told = format!("{product} {}", version.trim_end_matches("-MariaDB"));
    let warn = |meaning: String, remedy: &str| {
        Looked::found(told.clone(), vec![Finding::new(Severity::Warn, "RK-043", told.clone(), meaning, remedy)])
    };
    let major = version.split('.').next().and_then(|part| part.parse::<u32>().ok()).unwrap_or_default();
    if let Some((_, newest)) = PROVEN.iter().find(|(name, newest)| *name == product && major > *newest) {
        return warn(
            format!("This server is newer than what Rekey is proven on ({product} {newest})."),
            "Rehearse the run on a copy first, and look for a newer Rekey.",
        );
    }
    if let Some((.., last)) = ENDED.iter().find(|(name, begins, _)| *name == product && version.starts_with(begins)) {
        return warn(
            format!("Fixes for this version end with {last}. The conversion works all the same."),
            "Plan the move to a newer version; it is a matter of its own and need not come first.",
        );
    }
    Looked::passed(told)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Name, Outcome};

    #[test]
    fn versions_without_fixes_and_unknown_ones_are_warned_of() {
        for (engine, version, outcome) in [
            (EngineKind::Postgres, "15.18", Outcome::Passed),
            (EngineKind::Postgres, "18.1", Outcome::Passed),
            (EngineKind::Postgres, "12.22", Outcome::Warning),
            (EngineKind::Postgres, "19.0", Outcome::Warning),
            (EngineKind::Mysql, "8.0.36", Outcome::Warning),
            (EngineKind::Mysql, "8.4.3", Outcome::Passed),
            (EngineKind::Mysql, "10.6.18-MariaDB", Outcome::Warning),
            (EngineKind::Mysql, "10.11.19-MariaDB", Outcome::Passed),
            (EngineKind::Mysql, "13.0.1-MariaDB", Outcome::Warning),
            (EngineKind::Sqlite, "3.51.3", Outcome::Passed),
        ] {
            let check = judge(engine, version).on_list(Name::ServerVersion);
            assert_eq!(check.outcome, outcome, "{version}: {}", check.measured);
        }
    }
}
