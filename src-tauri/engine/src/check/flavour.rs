//! Managed and distributed servers, recognised by what they answer.
//!
//! Pure: a dialect gathers the answers as words, such as `role rds_superuser`, and each product
//! is known by one of them. Where a word comes from stands beside it.

use super::{Finding, Looked, Severity};

/// What Rekey makes of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It works as with the original.
    Supported,
    /// It works, and something is different that a person should know.
    Limited,
    /// It cannot work.
    Refused,
}

/// A product or a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flavour {
    /// A word of which one of the answers begins; in small letters.
    sign: &'static str,
    /// Its name for people.
    pub product: &'static str,
    /// What Rekey makes of it.
    pub standing: Standing,
    /// Why, in one sentence.
    pub reason: &'static str,
    /// What to do.
    pub remedy: &'static str,
}

const fn flavour(
    sign: &'static str,
    product: &'static str,
    standing: Standing,
    reason: &'static str,
    remedy: &'static str,
) -> Flavour {
    Flavour { sign, product, standing, reason, remedy }
}

const ELSEWHERE: &str = "Take the data to a plain server, convert it there and load it again.";
const SPREAD: &str = "It spreads tables over several servers, whose locks and rewrites are not those of one.";
const MANAGED: &str = "The user is no superuser there, and the disk can be made larger but not smaller.";

/// What PostgreSQL's answers tell; the first that fits counts.
const POSTGRES: &[Flavour] = &[
    // cockroachlabs.com/docs, version(): "CockroachDB CCL v23.1.11 (x86_64-pc-linux-gnu, ...)".
    flavour("version cockroachdb", "CockroachDB", Standing::Refused, SPREAD, ELSEWHERE),
    // docs.yugabyte.com, version(): "PostgreSQL 15.2-YB-2.25.0.0-b0 on x86_64-pc-linux-gnu, ...".
    flavour("version yugabytedb", "YugabyteDB", Standing::Refused, SPREAD, ELSEWHERE),
    // docs.aws.amazon.com/redshift, version(): "PostgreSQL 8.0.2 on i686-..., Redshift 1.0.12103".
    flavour("version redshift", "Amazon Redshift", Standing::Refused, SPREAD, ELSEWHERE),
    // docs.vmware.com, version(): "PostgreSQL 12.12 (Greenplum Database 7.0.0 build ...)".
    flavour("version greenplum", "Greenplum", Standing::Refused, SPREAD, ELSEWHERE),
    // docs.citusdata.com: CREATE EXTENSION citus.
    flavour(
        "extension citus",
        "Citus",
        Standing::Refused,
        SPREAD,
        "Undistribute the tables first (undistribute_table) and drop the extension.",
    ),
    // docs.timescale.com: CREATE EXTENSION timescaledb.
    flavour(
        "extension timescaledb",
        "TimescaleDB",
        Standing::Limited,
        "Its hypertables are many tables in one, which Rekey does not convert; ordinary tables beside them are.",
        "Leave keys as they are that hypertables hold or point to.",
    ),
    // docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide: function aurora_version().
    flavour("function aurora_version", "Amazon Aurora", Standing::Supported, MANAGED, ""),
    // docs.aws.amazon.com/AmazonRDS/latest/UserGuide: role rds_superuser.
    flavour("role rds_superuser", "Amazon RDS", Standing::Supported, MANAGED, ""),
    // neon.com/docs/manage/roles: role neon_superuser; its setting neon.timeline_id.
    flavour(
        "role neon_superuser",
        "Neon",
        Standing::Limited,
        "It puts an idle server to sleep and ends its sessions, and its pooled address hands sessions around.",
        "Use the address without '-pooler', and switch the suspension off for the time of the run.",
    ),
    // supabase.com/docs/guides/database/postgres/roles: roles supabase_admin, authenticator.
    flavour(
        "role supabase_admin",
        "Supabase",
        Standing::Limited,
        "The tables of its schemas auth and storage belong to others; what points to them keeps their keys.",
        "Use the direct connection or the session pooler (port 5432), not the transaction pooler (port 6543).",
    ),
    // cloud.google.com/sql/docs/postgres/users: role cloudsqlsuperuser.
    flavour("role cloudsqlsuperuser", "Google Cloud SQL", Standing::Supported, MANAGED, ""),
    // cloud.google.com/alloydb/docs: role alloydbsuperuser.
    flavour("role alloydbsuperuser", "Google AlloyDB", Standing::Supported, MANAGED, ""),
    // learn.microsoft.com/azure/postgresql: role azure_pg_admin.
    flavour("role azure_pg_admin", "Azure Database for PostgreSQL", Standing::Supported, MANAGED, ""),
];

/// What MySQL's and MariaDB's answers tell; the first that fits counts. TiDB, Vitess and others
/// that are not MySQL inside are refused when they are connected to.
const MYSQL: &[Flavour] = &[
    // vitess.io/docs, version(): "8.0.30-Vitess".
    flavour("version vitess", "Vitess", Standing::Refused, SPREAD, ELSEWHERE),
    // planetscale.com/docs, version(): "8.0.34-PlanetScale", comment "PlanetScale".
    flavour("version planetscale", "PlanetScale", Standing::Refused, SPREAD, ELSEWHERE),
    // galeracluster.com/library: SHOW GLOBAL VARIABLES LIKE 'wsrep_on'; explicit locking
    // (LOCK TABLES, GET_LOCK) is not supported (mariadb.com/kb: MariaDB Galera Cluster - Known Limitations).
    flavour(
        "galera on",
        "Galera cluster",
        Standing::Refused,
        "The locks of a run are those of one member alone, and each statement that defines a table stops all of them.",
        "Convert on a single server outside the cluster and let the cluster join from it.",
    ),
    // dev.mysql.com/doc/refman/8.4/en/group-replication-limitations.html: table locks and
    // named locks are not taken into account.
    flavour(
        "group on",
        "MySQL Group Replication",
        Standing::Refused,
        "The locks of a run are those of one member alone.",
        "Convert on a single server outside the group and let the others join from it.",
    ),
    // docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide: variable aurora_version.
    flavour("variable aurora_version", "Amazon Aurora", Standing::Supported, MANAGED, ""),
    // docs.aws.amazon.com/AmazonRDS: basedir is /rdsdbbin/mysql-... .
    flavour("basedir /rdsdbbin", "Amazon RDS", Standing::Supported, MANAGED, ""),
    // cloud.google.com/sql/docs/mysql, version(): "8.0.31-google".
    flavour("version google", "Google Cloud SQL", Standing::Supported, MANAGED, ""),
    // learn.microsoft.com/azure/mysql, version(): "8.0.37-azure".
    flavour("version azure", "Azure Database for MySQL", Standing::Supported, MANAGED, ""),
];

/// The words that a version's text tells: each product is known by a word of its own.
pub fn words_of(version: &str) -> Vec<String> {
    let known = [
        ("-yb-", "yugabytedb"),
        ("cockroachdb", "cockroachdb"),
        ("redshift", "redshift"),
        ("greenplum", "greenplum"),
        ("vitess", "vitess"),
        ("planetscale", "planetscale"),
        ("-google", "google"),
        ("-azure", "azure"),
    ];
    let version = version.to_ascii_lowercase();
    known.iter().filter(|(part, _)| version.contains(part)).map(|(_, word)| format!("version {word}")).collect()
}

/// What PostgreSQL's answers tell.
pub fn of_postgres(answers: &[String]) -> Option<Flavour> {
    first(POSTGRES, answers)
}

/// What MySQL's and MariaDB's answers tell.
pub fn of_mysql(answers: &[String]) -> Option<Flavour> {
    first(MYSQL, answers)
}

fn first(known: &[Flavour], answers: &[String]) -> Option<Flavour> {
    known.iter().find(|one| answers.iter().any(|answer| answer.to_ascii_lowercase().starts_with(one.sign))).copied()
}

/// The check: the original passes, and what is recognised as it stands.
pub fn look(original: &str, flavour: Option<Flavour>) -> Looked {
    let Some(flavour) = flavour else { return Looked::passed(format!("{original}, as far as it answers")) };
    let (word, severity) = match flavour.standing {
        Standing::Supported => ("supported", Severity::Info),
        Standing::Limited => ("limited", Severity::Warn),
        Standing::Refused => ("refused", Severity::Block),
    };
    let finding = Finding::new(severity, "RK-041", flavour.product, flavour.reason, flavour.remedy);
    Looked::found(format!("{}: {word}", flavour.product), vec![finding])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Name, Outcome};

    fn answers(version: &str, more: &[&str]) -> Vec<String> {
        words_of(version).into_iter().chain(more.iter().map(|&word| word.to_owned())).collect()
    }

    #[test]
    fn products_are_known_by_what_they_document() {
        const PLAIN: &str = "PostgreSQL 15.18 (Debian 15.18-0+deb12u1) on x86_64-pc-linux-gnu, compiled by gcc";
        for (version, more, product, outcome) in [
            (
                "CockroachDB CCL v23.1.11 (x86_64-pc-linux-gnu, built 2023/09/27)",
                &[][..],
                "CockroachDB",
                Outcome::Blocking,
            ),
            ("PostgreSQL 15.2-YB-2.25.0.0-b0 on x86_64-pc-linux-gnu", &[], "YugabyteDB", Outcome::Blocking),
            (
                "PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC, Redshift 1.0.12103",
                &[],
                "Amazon Redshift",
                Outcome::Blocking,
            ),
            ("PostgreSQL 12.12 (Greenplum Database 7.0.0 build commit:0a7a3566)", &[], "Greenplum", Outcome::Blocking),
            (PLAIN, &["extension citus"], "Citus", Outcome::Blocking),
            (PLAIN, &["extension timescaledb"], "TimescaleDB", Outcome::Warning),
            (PLAIN, &["function aurora_version", "role rds_superuser"], "Amazon Aurora", Outcome::Passed),
            (PLAIN, &["role rds_superuser"], "Amazon RDS", Outcome::Passed),
            (PLAIN, &["role neon_superuser"], "Neon", Outcome::Warning),
            (PLAIN, &["role authenticator", "role supabase_admin"], "Supabase", Outcome::Warning),
            (PLAIN, &["role cloudsqlsuperuser"], "Google Cloud SQL", Outcome::Passed),
            (PLAIN, &["role azure_pg_admin"], "Azure Database for PostgreSQL", Outcome::Passed),
        ] {
            let check = look("PostgreSQL", of_postgres(&answers(version, more))).on_list(Name::Flavour);
            assert!(check.measured.starts_with(product) && check.outcome == outcome, "{version}: {check:?}");
        }
        assert_eq!(of_postgres(&answers(PLAIN, &["extension plpgsql", "role postgres"])), None);
    }

    #[test]
    fn relatives_of_mysql_are_known_too() {
        for (version, more, product, outcome) in [
            ("8.0.30-Vitess", &[][..], "Vitess", Outcome::Blocking),
            ("8.0.34-PlanetScale", &[], "PlanetScale", Outcome::Blocking),
            ("10.11.19-MariaDB-0+deb12u1", &["galera on"], "Galera cluster", Outcome::Blocking),
            ("8.4.3", &["group on"], "MySQL Group Replication", Outcome::Blocking),
            ("8.0.28", &["variable aurora_version 3.04.0"], "Amazon Aurora", Outcome::Passed),
            ("8.0.35", &["basedir /rdsdbbin/mysql-8.0.35.R2/"], "Amazon RDS", Outcome::Passed),
            ("8.0.31-google", &[], "Google Cloud SQL", Outcome::Passed),
        ] {
            let check = look("MySQL", of_mysql(&answers(version, more))).on_list(Name::Flavour);
            assert!(check.measured.starts_with(product) && check.outcome == outcome, "{version}: {check:?}");
        }
        assert_eq!(of_mysql(&answers("10.11.19-MariaDB-0+deb12u1", &["galera off", "basedir /usr"])), None);
    }
}
