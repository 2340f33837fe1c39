//! Removing keys by a pattern: counted first, then under the typed name.

use rekey_engine::Failure;
use rekey_engine::observer::Observer;
use rekey_engine::redis::{self, FlushCounts};

use crate::api::types::Stage;
use crate::api::{App, failure};

impl App {
    /// Counts the keys that a pattern takes, and shows some of them.
    ///
    /// # Errors
    /// Where the pattern would take everything, or Redis fails.
    pub async fn redis_matching(
        &self,
        stage: Stage,
        pattern: &str,
        observer: &dyn Observer,
    ) -> Result<FlushCounts, Failure> {
        self.flush(stage, pattern, true, observer).await
    }

    /// Removes the keys that a pattern takes. Nothing brings them back, so `confirmation` is the
    /// name of the Redis in every environment.
    ///
    /// # Errors
    /// As [`App::redis_matching`], and where the confirmation does not match.
    pub async fn redis_remove(
        &self,
        stage: Stage,
        pattern: &str,
        confirmation: &str,
        observer: &dyn Observer,
    ) -> Result<FlushCounts, Failure> {
        let (_, profile) = self.redis_profile().await?;
        let server = profile.address.place();
        if confirmation.trim() != server {
            return Err(failure::redis_not_confirmed(&server));
        }
        self.flush(stage, pattern, false, observer).await
    }

    async fn flush(
        &self,
        stage: Stage,
        pattern: &str,
        dry: bool,
        observer: &dyn Observer,
    ) -> Result<FlushCounts, Failure> {
        let (_, profile) = self.redis_profile().await?;
        self.session.lock().await.open(stage, self.work.stage())?;
        let at_work = self.begin_redis(stage)?;
        let (counts, trouble) = redis::flush(&profile, pattern.trim(), dry, observer, &at_work.cancel).await;
        drop(at_work);
        if !dry {
            // What was looked at is no longer what is there.
            self.session.lock().await.redis.foreseen = None;
        }
        match trouble {
            None => Ok(counts),
            Some(trouble) => Err(trouble.failure(None, counts.so_far().filter(|_| !dry))),
        }
    }
}
