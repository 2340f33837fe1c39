//! The rules: checked against the plan, kept with the database.

use rekey_engine::Failure;
use rekey_engine::redis::{Domains, Rule, Written};

use super::types::RedisView;
use crate::api::{App, failure};

impl App {
    /// Keeps these rules in place of the earlier ones.
    ///
    /// # Errors
    /// Where one of them cannot be used, or the local file cannot be written.
    pub async fn redis_rules_keep(&self, rules: Vec<Written>) -> Result<RedisView, Failure> {
        self.idle()?;
        let (target, kept) = {
            let session = self.session.lock().await;
            (session.target.clone(), session.redis.kept.clone())
        };
        let (Some(target), Some(kept)) = (target, kept) else {
            return Err(failure::closed("Connect to Redis first."));
        };
        let basis = self.redis_basis(&target).await?;
        let Some(plan) = &basis.plan else { return Err(failure::closed("Make a plan first.")) };
        let domains = Domains::of(target.database.as_ref(), plan);
        for rule in &rules {
            Rule::read(rule, &domains).map_err(|trouble| super::told(&trouble))?;
        }
        let kept = crate::store::KeptRedis { rules, ..kept };
        self.write_redis(&target, &kept).await?;
        let mut session = self.session.lock().await;
        session.still(&target)?;
        session.redis.kept = Some(kept);
        session.redis.foreseen = None;
        drop(session);
        self.redis_view().await
    }
}
