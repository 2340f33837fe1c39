//! What a server is, at a first look.

use serde::Serialize;
use ts_rs::TS;

use super::{Profile, Server, Trouble};
use crate::execute::Cancel;

/// A server that let us in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, rename = "RedisStanding")]
pub struct Standing {
    /// The server and its database.
    pub server: String,
    /// True where the keys are spread over a cluster.
    pub cluster: bool,
    /// How many masters there are.
    #[ts(type = "number")]
    pub masters: usize,
    /// How many keys there are; 0 where the user may not ask.
    #[ts(type = "number")]
    pub keys: u64,
    /// True where what is sent could be read on its way.
    pub open: bool,
}

/// Logs in and looks around.
///
/// # Errors
/// As [`Server::open`] and [`Server::size`].
pub async fn standing(profile: &Profile, cancel: &Cancel) -> Result<Standing, Trouble> {
    let mut server = Server::open(profile, cancel).await?;
    Ok(Standing {
        server: profile.address.place(),
        cluster: server.is_cluster(),
        masters: server.masters().len(),
        keys: server.size().await?,
        open: profile.address.is_open(),
    })
}
