//! `redis`: ids of a run that live on in Redis.

mod flush;
mod rewrite;
mod scan;
mod told;

pub use told::sent;

use std::time::Duration;

use rekey_engine::execute::Cancel;
use rekey_engine::redis::{self, Address, Profile, Trouble};

use crate::command::args::{RedisCommand, RedisPlace};
use crate::command::session::Session;
use crate::command::{Outcome, Stop};
use crate::target::{prompt, read_authority, read_password};

/// Does what the second word says.
pub async fn redis(session: &Session, command: &RedisCommand) -> Result<Outcome, Stop> {
    match command {
        RedisCommand::Scan(args) => scan::scan(session, args).await,
        RedisCommand::Rewrite(args) => rewrite::rewrite(session, args).await,
        RedisCommand::Undo(args) => rewrite::undo(session, args).await,
        RedisCommand::Flush(args) => flush::flush(session, args).await,
    }
}

// Where Redis is and how to log in there; what the user should know of it is said.
async fn profile(session: &Session, place: &RedisPlace) -> Result<Profile, Stop> {
    let parsed = Address::parse(&place.redis).map_err(|trouble| trouble.failure(None, None))?;
    let mut warnings = Vec::new();
    if parsed.password.is_some() {
        warnings.push(
            "the password in the address of Redis can be seen in the list of processes and in the shell's history; \
             use --redis-password-file instead."
                .to_owned(),
        );
    }
    if parsed.address.is_open() {
        warnings.push(
            "what goes to and from Redis, the password included, can be read on its way; use rediss:// where the \
             server speaks TLS."
                .to_owned(),
        );
    }
    // The file comes first: whoever names one means it.
    let password = match (&place.redis_password_file, parsed.password) {
        (Some(file), _) => Some(read_password(file, &mut warnings)?),
        (None, Some(written)) => Some(written),
        (None, None) => session.redis_password(&parsed.address, &mut warnings).await,
    };
    let authority = place.redis_ca.as_deref().map(read_authority).transpose()?;
    warnings.iter().for_each(|warning| session.console.warn(warning));
    let patience = Duration::from_secs(place.retry_for);
    ask_where_needed(session, Profile { address: parsed.address, password, authority, patience }).await
}

// Only the server knows whether it wants a password, so it is asked once without one.
async fn ask_where_needed(session: &Session, profile: Profile) -> Result<Profile, Stop> {
    if profile.password.is_some() || !session.console.can_ask() {
        return Ok(profile);
    }
    match redis::standing(&Profile { patience: Duration::ZERO, ..profile.clone() }, &Cancel::default()).await {
        Err(Trouble::Denied { code, .. }) if code == "NOAUTH" || code == "WRONGPASS" => {
            let password = prompt(format!("Password for {}: ", profile.address)).await?;
            Ok(Profile { password: Some(password), ..profile })
        }
        // Whatever else is wrong shows itself, and is told, when the command connects.
        Ok(_) | Err(_) => Ok(profile),
    }
}
