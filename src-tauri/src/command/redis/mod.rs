//! `redis`: ids of a run that live on in Redis.

mod flush;
mod rewrite;
mod scan;
mod told;

use std::time::Duration;

use rekey_engine::redis::{Address, Profile};

use crate::command::args::{RedisCommand, RedisPlace};
use crate::command::session::Session;
use crate::command::{Outcome, Stop};
use crate::target::read_password;

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
fn profile(session: &Session, place: &RedisPlace) -> Result<Profile, Stop> {
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
    let password = match &place.redis_password_file {
        Some(file) => Some(read_password(file, &mut warnings)?),
        None => parsed.password,
    };
    let unreadable = |path: &std::path::Path, error: std::io::Error| rekey_engine::Error::File {
        path: path.display().to_string(),
        detail: error.to_string(),
    };
    let authority =
        place.redis_ca.as_ref().map(|path| std::fs::read(path).map_err(|error| unreadable(path, error))).transpose()?;
    warnings.iter().for_each(|warning| session.console.warn(warning));
    Ok(Profile { address: parsed.address, password, authority, patience: Duration::from_secs(place.retry_for) })
}
