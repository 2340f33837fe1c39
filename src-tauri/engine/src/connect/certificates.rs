//! The files that protect a connection on its way.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Paths of PEM files. An empty path means that there is none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct Certificates {
    /// Certificates of those whose signature is trusted besides those that the system trusts.
    pub authority: String,
    /// The certificate that says who we are, where the server asks.
    pub client: String,
    /// The key that belongs to it.
    pub key: String,
}

impl Certificates {
    /// The file with those who are trusted, where there is one.
    pub fn authority(&self) -> Option<&str> {
        named(&self.authority)
    }

    /// Our certificate and its key, where there are both.
    pub fn client(&self) -> Option<(&str, &str)> {
        named(&self.client).zip(named(&self.key))
    }
}

fn named(path: &str) -> Option<&str> {
    let path = path.trim();
    (!path.is_empty()).then_some(path)
}
