//! The ladder that a backup climbs before anybody is told that there is one.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One rung: what is tried in this order, and stops at the first that fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Rung {
    /// There is room, and the program wrote it and ended well.
    Written,
    /// It is the very file that was written, by its size and its SHA-256.
    Unchanged,
    /// The program that is to restore it can read it from end to end.
    Readable,
    /// It was restored into an empty database.
    Restored,
    /// What was restored has the catalogue and the rows of the source.
    Compared,
}

impl Rung {
    /// What was being done to it, for "when it was to be ...".
    pub fn doing(self) -> &'static str {
        match self {
            Rung::Written => "written",
            Rung::Unchanged => "found unchanged",
            Rung::Readable => "read from end to end",
            Rung::Restored => "restored",
            Rung::Compared => "compared with its source",
        }
    }

    /// Why that usually fails.
    pub fn likely_cause(self) -> &'static str {
        match self {
            Rung::Written => {
                "The disk is full, the folder may not be written, the server went away, or the user may not read everything."
            }
            Rung::Unchanged => "The file was changed, cut off or damaged after it was made.",
            Rung::Readable => "The file is damaged, or another version of the program wrote it.",
            Rung::Restored => {
                "The user may not make databases or what is in this one, the server's disk is full, or the dump lacks something that it needs."
            }
            Rung::Compared => {
                "Rows were written while the backup was made, or the dump does not hold everything that the database holds."
            }
        }
    }

    /// What to do about it.
    pub fn remedy(self) -> &'static [&'static str] {
        match self {
            Rung::Written => &["Read what was said below the message, mend it, and make the backup again."],
            Rung::Unchanged | Rung::Readable => {
                &["Do not rely on this file. Make a new backup, on a disk that you trust."]
            }
            Rung::Restored => &[
                "Let the user make databases (CREATEDB on PostgreSQL, CREATE on MySQL and MariaDB), or name another server with --scratch.",
                "Then make the backup again.",
            ],
            Rung::Compared => &["Stop the application and make the backup again."],
        }
    }
}
