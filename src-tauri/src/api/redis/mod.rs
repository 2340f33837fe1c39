//! Redis: where it is, what is in it, and the rules by which ids in it are rewritten.
//!
//! It belongs to no stage alone. The address and the rules are kept with the database they are
//! for; what was done is noted in the database itself.

mod connect;
mod removing;
mod rules;
mod scan;
pub mod types;
mod view;
mod work;

use std::sync::Arc;

use rekey_engine::redis::{Found, Profile, Proposal, Standing, Told, Trouble, Unfit};
use rekey_engine::{DataState, Failure};

use crate::api::App;
use crate::api::failure;
use crate::api::redis::types::RedisMade;
use crate::api::session::{Session, Target};
use crate::api::types::Environment;
use crate::store::KeptRedis;

/// The part of a job that is about Redis.
#[derive(Default)]
pub struct RedisJob {
    kept: Option<KeptRedis>,
    // Holds the password, in memory that is zeroed.
    profile: Option<Arc<Profile>>,
    standing: Option<Standing>,
    found: Option<Arc<Found>>,
    proposals: Vec<Proposal>,
    // The last look, with the run that it was for.
    foreseen: Option<Told>,
    made: Option<RedisMade>,
    notice: Option<String>,
}

impl App {
    /// Takes up what was kept of Redis for this database. A local file that cannot be read costs
    /// no more than typing it again.
    pub(super) async fn recall_redis(&self, session: &mut Session) {
        let Some(target) = &session.target else { return };
        session.redis.kept = match self.store().await {
            Ok(store) => store.redis(&target.server.place).await.ok().flatten(),
            Err(_) => None,
        };
    }

    // The job's Redis with the way into it.
    async fn redis_profile(&self) -> Result<(Arc<Target>, Arc<Profile>), Failure> {
        let session = self.session.lock().await;
        let target = session.target.clone().ok_or_else(|| failure::closed("Connect to a database first."))?;
        let profile = session.redis.profile.clone();
        Ok((target, profile.ok_or_else(|| failure::closed("Connect to Redis first."))?))
    }
}

// Refuses where the confirmation is not the one that is asked for: on production the name of the
// Redis, elsewhere that or `yes`.
fn confirm(target: &Target, server: &str, given: &str) -> Result<(), Failure> {
    let plain = target.environment != Environment::Production && given.trim() == "yes";
    if plain || given.trim() == server { Ok(()) } else { Err(failure::redis_not_confirmed(server)) }
}

fn told(trouble: &Trouble) -> Failure {
    trouble.failure(None, None)
}

fn unfit(run: &str, unfit: Unfit) -> Failure {
    match unfit {
        Unfit::Database(error) => Failure::new(&error, DataState::Untouched),
        Unfit::Unknown | Unfit::NoMap(_) | Unfit::TakenBack => failure::no_map(run),
    }
}
