//! A database of our own beside the user's: to prove a backup in, and to rehearse in.

use std::collections::BTreeMap;

use crate::dialect::{Access, Database};
use crate::{Error, Result};

const PREFIX: &str = "rekey_copy_";
const DIGITS: usize = 10;

/// The name of a scratch database for this run: `rekey_copy_` and the run's id.
pub fn scratch_name(run: &str) -> String {
    format!("{PREFIX}{run}")
}

/// True for names that [`scratch_name`] gives. Nothing else is ever removed.
pub fn is_scratch_name(name: &str) -> bool {
    name.strip_prefix(PREFIX).is_some_and(|run| {
        run.len() == DIGITS && run.chars().all(|letter| letter.is_ascii_digit() || letter.is_ascii_lowercase())
    })
}

/// An empty database of our own.
pub struct Scratch {
    server: Box<dyn Database>,
    name: String,
    /// The database.
    pub database: Box<dyn Database>,
}

impl Scratch {
    /// Makes one on `server`, any database of which may be named. `source` is the identity of
    /// the database that is to be copied.
    ///
    /// # Errors
    /// Where the user may not make databases; [`Error::Internal`] where the new database would
    /// be the source itself.
    pub async fn create(
        server: &dyn Database,
        run: &str,
        settings: &BTreeMap<String, String>,
        source: &str,
    ) -> Result<Scratch> {
        let name = scratch_name(run);
        server.create_sibling(&name, settings).await?;
        let scratch = Scratch { server: server.again(), database: server.sibling(&name)?, name };
        match scratch.identity().await {
            Ok(identity) if identity != source => Ok(scratch),
            Ok(_) => Err(Error::Internal { detail: "the copy would be the database itself".to_owned() }),
            Err(error) => {
                let _ = scratch.remove().await;
                Err(error)
            }
        }
    }

    async fn identity(&self) -> Result<String> {
        let mut connection = self.database.connect(Access::Read, "rekey").await?;
        self.database.identity(connection.as_mut()).await
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Removes it.
    ///
    /// # Errors
    /// Where the server refuses; the message names it, so that it can be removed by hand.
    pub async fn remove(self) -> Result<()> {
        self.server.drop_sibling(&self.name).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_names_are_scratch_names() {
        assert!(is_scratch_name(&scratch_name("4k2j9x0q1z")));
        for other in ["shop", "rekey_copy_", "rekey_copy_4k2j9x0q1", "rekey_copy_4K2J9X0Q1Z", "rekey_copy_4k2j9x0q1z2"]
        {
            assert!(!is_scratch_name(other), "{other}");
        }
    }
}
