//! What is in Redis, and whose ids may stand there.

use std::sync::Arc;

use rekey_engine::observer::Observer;
use rekey_engine::redis::{self, Ids};
use rekey_engine::{DataState, Failure};

use super::types::RedisView;
use crate::api::types::Stage;
use crate::api::{App, connect};

/// How many keys are looked at; with fewer of them all are.
const SAMPLE: u64 = 200_000;

impl App {
    /// Looks at the keys and proposes whose ids stand in them. `stage` is where it is watched.
    ///
    /// # Errors
    /// Where the stage is not open, or Redis or the database cannot be read.
    pub async fn redis_scan(&self, stage: Stage, observer: &dyn Observer) -> Result<RedisView, Failure> {
        let (target, profile) = self.redis_profile().await?;
        self.session.lock().await.open(stage, self.work.stage())?;
        let at_work = self.begin_redis(stage)?;
        let found = redis::scan(&profile, SAMPLE, observer, &at_work.cancel).await;
        let found = found.map_err(|trouble| super::told(&trouble))?;
        let basis = self.redis_basis(&target).await?;
        let ids = if basis.converted { Ids::Map } else { Ids::Keys };
        let proposals = match &basis.plan {
            Some(plan) => {
                let mut connection = connect::reach(target.database.as_ref()).await?;
                redis::propose(target.database.as_ref(), connection.as_mut(), plan, ids, &found)
                    .await
                    .map_err(|error| Failure::new(&error, DataState::Untouched))?
            }
            None => Vec::new(),
        };
        drop(at_work);
        let mut session = self.session.lock().await;
        session.still(&target)?;
        session.redis.found = Some(Arc::new(found));
        session.redis.proposals = proposals;
        session.redis.notice = None;
        drop(session);
        self.redis_view().await
    }
}
