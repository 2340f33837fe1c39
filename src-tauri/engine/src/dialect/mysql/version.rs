//! What answers: the product and its version, as far as statements differ by them.

use crate::error::{Error, Result};

const SUPPORTED: &str = "MySQL 8.0 and later, MariaDB 10.6 and later";

/// Products that speak the same protocol but are built otherwise inside. Each word is looked
/// for in what the server says of itself.
const OTHERS: &[(&str, &str)] = &[
    ("tidb", "TiDB"),
    ("vitess", "Vitess"),
    ("planetscale", "PlanetScale"),
    ("oceanbase", "OceanBase"),
    ("singlestore", "SingleStore"),
    ("memsql", "SingleStore"),
    ("dolt", "Dolt"),
    ("clickhouse", "ClickHouse"),
    ("starrocks", "StarRocks"),
    ("doris", "Apache Doris"),
    ("databend", "Databend"),
    ("greptime", "GreptimeDB"),
    ("columnstore", "MariaDB ColumnStore"),
    ("xpand", "MariaDB Xpand"),
    ("ndb", "MySQL NDB Cluster"),
    ("proxysql", "ProxySQL"),
];

/// Which of the two products.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// MariaDB.
    MariaDb,
    /// MySQL and what is built from it.
    MySql,
}

/// A server's version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Which product.
    pub flavour: Flavour,
    /// Major, minor and patch.
    pub number: (u32, u32, u32),
}

impl Version {
    /// Reads what `version()` says, such as `10.11.19-MariaDB-0+deb12u1` or `8.4.3-0ubuntu1`.
    pub fn parse(text: &str) -> Option<Version> {
        let flavour = if text.contains("MariaDB") { Flavour::MariaDb } else { Flavour::MySql };
        // Old replicas of MariaDB put this in front, so as not to be taken for MySQL 5.
        let text = text.strip_prefix("5.5.5-").filter(|_| flavour == Flavour::MariaDb).unwrap_or(text);
        let digits = text.split(|c: char| !c.is_ascii_digit() && c != '.').next()?;
        let mut parts = digits.split('.').map(|part| part.parse::<u32>().ok());
        let number = (parts.next()??, parts.next()??, parts.next().flatten().unwrap_or_default());
        Some(Version { flavour, number })
    }

    /// True where a session that has locked tables for itself may rename them.
    pub fn renames_what_it_locks(&self) -> bool {
        self.flavour == Flavour::MySql && self.number >= (8, 0, 13)
    }

    /// Reads what the server says and refuses what Rekey is not proven on.
    ///
    /// # Errors
    /// [`Error::Version`] with the product's own name.
    pub fn accept(text: &str, comment: &str) -> Result<Version> {
        let refuse = |product: &str| Error::Version {
            product: product.to_owned(),
            version: text.to_owned(),
            supported: SUPPORTED.to_owned(),
        };
        let told = format!("{text} {comment}").to_ascii_lowercase();
        let words: Vec<&str> = told.split(|c: char| !c.is_ascii_alphanumeric()).collect();
        let is = |name: &str| words.iter().any(|word| word.starts_with(name));
        if let Some((_, product)) = OTHERS.iter().find(|(name, _)| is(name)) {
            return Err(refuse(product));
        }
        let version = Version::parse(text).ok_or_else(|| refuse("this server"))?;
        let oldest = match version.flavour {
            Flavour::MariaDb => (10, 6, 0),
            Flavour::MySql => (8, 0, 0),
        };
        if version.number < oldest { Err(refuse(version.product())) } else { Ok(version) }
    }

    /// True for MariaDB.
    pub fn is_mariadb(&self) -> bool {
        self.flavour == Flavour::MariaDb
    }

    /// The product's own name.
    pub fn product(&self) -> &'static str {
        match self.flavour {
            Flavour::MariaDb => "MariaDB",
            Flavour::MySql => "MySQL",
        }
    }

    /// True where the product has a UUID type of its own.
    pub fn has_uuid(&self) -> bool {
        self.is_mariadb() && self.number >= (10, 7, 0)
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (major, minor, patch) = self.number;
        write!(f, "{major}.{minor}.{patch}")?;
        if self.is_mariadb() { write!(f, "-MariaDB") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_servers_tell_them() {
        for (text, told, product) in [
            ("10.11.19-MariaDB-0+deb12u1", "10.11.19-MariaDB", "MariaDB"),
            ("5.5.5-10.6.4-MariaDB-log", "10.6.4-MariaDB", "MariaDB"),
            ("9.7.4-2", "9.7.4", "MySQL"),
            ("8.0.36", "8.0.36", "MySQL"),
        ] {
            let version = Version::accept(text, "(Debian)").expect("supported");
            assert_eq!((version.to_string().as_str(), version.product()), (told, product));
            assert_eq!(Version::parse(told), Some(version), "what Rekey keeps is read alike");
        }
    }

    #[test]
    fn only_mariadb_has_a_type_for_uuids() {
        assert!(Version::parse("10.7.0-MariaDB").expect("read").has_uuid());
        assert!(!Version::parse("10.6.9-MariaDB").expect("read").has_uuid());
        assert!(!Version::parse("9.7.4").expect("read").has_uuid());
    }

    #[test]
    fn other_products_are_refused_by_their_name() {
        for (text, comment, name) in [
            ("8.0.11-TiDB-v7.5.1", "TiDB Server (Apache License 2.0)", "TiDB"),
            ("8.0.30-Vitess", "Version: 19.0.4", "Vitess"),
            ("5.7.44-log", "MySQL Community Server (GPL)", "MySQL"),
            ("10.5.23-MariaDB", "mariadb.org binary distribution", "MariaDB"),
            ("8.0.31", "Dolt", "Dolt"),
            ("hello", "", "this server"),
        ] {
            let refused = Version::accept(text, comment);
            assert!(matches!(&refused, Err(Error::Version { product, .. }) if product == name), "{refused:?}");
        }
    }
}
