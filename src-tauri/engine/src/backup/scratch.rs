//! A database of our own beside the user's: to prove a backup in, and to rehearse in.

use std::collections::BTreeMap;

use crate::dialect::{Access, Database, Keeper};
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
    keeper: Box<dyn Keeper>,
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
        let mut keeper = server.keeper().await?;
        keeper.create(&name, settings).await?;
        let scratch = Scratch { keeper, database: server.sibling(&name)?, name };
        match identity(scratch.database.as_ref()).await {
            Ok(identity) if identity != source => Ok(scratch),
            Ok(_) => Err(Error::Internal { detail: "the copy would be the database itself".to_owned() }),
            Err(error) => Err(scratch.remove_after(error).await),
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Removes it, over the session that made it.
    ///
    /// # Errors
    /// [`Error::Left`] where it cannot be removed, which names it and says how to remove it.
    pub async fn remove(mut self) -> Result<()> {
        let removed = self.keeper.remove(&self.name).await;
        removed.map_err(|why| self.left(None, &why))
    }

    /// Removes it after something failed, and gives what is to be told: that, and where the
    /// scratch database is still there, that too.
    pub async fn remove_after(mut self, error: Error) -> Error {
        match self.keeper.remove(&self.name).await {
            Ok(()) => error,
            Err(why) => self.left(Some(Box::new(error)), &why),
        }
    }

    fn left(&self, first: Option<Box<Error>>, why: &Error) -> Error {
        Error::Left {
            first,
            what: format!("the scratch database {}", self.database.place()),
            detail: why.to_string(),
            remedy: vec![format!(
                "Once the server admits you, remove it with 'rekey scratch TARGET --remove {}', or by hand: {}",
                self.name,
                self.keeper.by_hand(&self.name)
            )],
        }
    }
}

async fn identity(database: &dyn Database) -> Result<String> {
    let mut connection = database.connect(Access::Read, "rekey").await?;
    database.identity(connection.as_mut()).await
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
