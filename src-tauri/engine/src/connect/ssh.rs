//! The way through SSH, as people name it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::draft::refuse;
use crate::error::Result;

/// Through whom a server is reached. Holds no secret: keys and passwords are `ssh`'s own affair.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct Ssh {
    /// `user@host`, a host of ssh's configuration, or `ssh://user@host:port`. Empty where the
    /// server is reached directly.
    pub destination: String,
    /// A configuration of ssh in place of the user's own. Empty where that one counts.
    pub config: String,
}

impl Ssh {
    /// Where SSH connects to, where it does.
    pub fn destination(&self) -> Option<&str> {
        let destination = self.destination.trim();
        (!destination.is_empty()).then_some(destination)
    }

    /// The configuration that was named, where one was.
    pub fn config(&self) -> Option<&str> {
        let config = self.config.trim();
        (!config.is_empty()).then_some(config)
    }

    /// Makes sure that `ssh` takes the destination for nothing else.
    ///
    /// # Errors
    /// [`crate::Error::Address`].
    pub fn check(&self) -> Result<()> {
        let Some(destination) = self.destination() else { return Ok(()) };
        let place = destination.strip_prefix("ssh://").unwrap_or(destination);
        let host = place.rsplit_once('@').map_or(place, |(_, host)| host);
        // Commands of ssh's configuration put host and user into lines that a shell reads.
        let known = |letter: char| letter.is_alphanumeric() || "._-+@:[]%".contains(letter);
        if place.starts_with('-') || host.starts_with('-') || host.is_empty() || !place.chars().all(known) {
            return Err(refuse(
                "the SSH server must be written as user@host, as a host of ssh's configuration, or as ssh://user@host:port",
            ));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_taken(destination: &str) -> bool {
        Ssh { destination: destination.to_owned(), config: String::new() }.check().is_ok()
    }

    #[test]
    fn no_destination_is_an_option_or_a_command() {
        for good in
            ["", "bastion", "ann@db.example.org", "ssh://ann@db.example.org:2222", "ann@corp@host", "[::1]", "jürgen@h"]
        {
            assert!(is_taken(good), "{good}");
        }
        for bad in [
            "-oProxyCommand=id",
            "ann@-oProxyCommand=id",
            "ssh://-x",
            "a b",
            "a\nb",
            "a;id",
            "$(id)",
            "a`id`",
            "ann@",
            "a/b",
            "a'b",
        ] {
            assert!(!is_taken(bad), "{bad}");
        }
    }
}
