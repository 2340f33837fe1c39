//! Rewriting ids and bringing the old ones back. Looked at first, then done.

use std::sync::Arc;

use rekey_engine::Failure;
use rekey_engine::observer::Observer;
use rekey_engine::redis::{Direction, Errand, Manner, Passed, Profile, Told, Written};

use super::types::{RedisMade, RedisView};
use super::{confirm, unfit};
use crate::api::session::Target;
use crate::api::types::Stage;
use crate::api::work::AtWork;
use crate::api::{App, connect, failure};

/// What is at hand.
struct Task<'a> {
    target: Arc<Target>,
    profile: Arc<Profile>,
    run: String,
    rules: Vec<Written>,
    direction: Direction,
    dry: bool,
    at_work: AtWork<'a>,
}

impl App {
    /// Says what the rules would do, without changing anything. `stage` is where it is watched.
    ///
    /// # Errors
    /// Where the run has no map, a rule cannot be used, or Redis or the database fails.
    pub async fn redis_foresee(&self, stage: Stage, observer: &dyn Observer) -> Result<RedisView, Failure> {
        let task = self.begin_task(stage, Direction::Forward, true, None).await?;
        self.carry_out(task, observer).await
    }

    /// Rewrites ids by the rules that are kept. They must have been looked at. `confirmation` is
    /// the name of the Redis where the database is a production one, else that or `yes`.
    ///
    /// # Errors
    /// As [`App::redis_foresee`]; the failure then says what Redis holds.
    pub async fn redis_rewrite(
        &self,
        stage: Stage,
        confirmation: &str,
        observer: &dyn Observer,
    ) -> Result<RedisView, Failure> {
        if self.session.lock().await.redis.foreseen.is_none() {
            return Err(failure::closed("Look first what the rules would do."));
        }
        let task = self.begin_task(stage, Direction::Forward, false, Some(confirmation)).await?;
        self.carry_out(task, observer).await
    }

    /// Brings the old ids back, by the rules that the database keeps of the run.
    ///
    /// # Errors
    /// As [`App::redis_rewrite`].
    pub async fn redis_undo(
        &self,
        stage: Stage,
        confirmation: &str,
        observer: &dyn Observer,
    ) -> Result<RedisView, Failure> {
        let task = self.begin_task(stage, Direction::Back, false, Some(confirmation)).await?;
        self.carry_out(task, observer).await
    }

    async fn begin_task(
        &self,
        stage: Stage,
        direction: Direction,
        dry: bool,
        confirmation: Option<&str>,
    ) -> Result<Task<'_>, Failure> {
        let (target, profile) = self.redis_profile().await?;
        let mut session = self.session.lock().await;
        session.open(stage, self.work.stage())?;
        session.still(&target)?;
        if let Some(given) = confirmation {
            confirm(&target, &profile.address.place(), given)?;
        }
        let shown = session.shown().filter(|record| record.place == target.server.place);
        let run = shown.map(|record| record.run.clone());
        let run = run.ok_or_else(|| failure::closed("There is no run on this database yet."))?;
        let rules = session.redis.kept.as_ref().map(|kept| kept.rules.clone()).unwrap_or_default();
        if rules.is_empty() && direction == Direction::Forward {
            return Err(failure::closed("Keep at least one rule first: only keys that a rule names are touched."));
        }
        session.redis.notice = None;
        let at_work = self.begin_redis(stage)?;
        Ok(Task { target, profile, run, rules, direction, dry, at_work })
    }

    async fn carry_out(&self, task: Task<'_>, observer: &dyn Observer) -> Result<RedisView, Failure> {
        let database = task.target.database.as_ref();
        let mut connection = connect::reach(database).await?;
        let errand = Errand::begin(database, connection.as_mut(), &task.profile, &task.run, task.direction).await;
        let errand = errand.map_err(|why| unfit(&task.run, why))?;
        drop(connection);
        let back = match task.direction {
            Direction::Forward => None,
            Direction::Back => Some(errand.back().ok_or_else(|| failure::nothing_in_redis(&task.run))?),
        };
        let rules = back.as_ref().map_or(task.rules.as_slice(), |back| back.rules.as_slice());
        let manner = Manner { rules, dry: task.dry, rate: None };
        let passed = errand.carry_out(manner, observer, &task.at_work.cancel).await;
        let passed = passed.map_err(|trouble| super::told(&trouble))?;
        let mut told = Told::new(&task.run, errand.server(), task.dry, &passed);
        told.deleted_before = back.map(|back| back.deleted);
        self.conclude(task, told, &passed).await
    }

    async fn conclude(&self, task: Task<'_>, told: Told, passed: &Passed) -> Result<RedisView, Failure> {
        let Task { target, run, direction, dry, at_work, .. } = task;
        drop(at_work);
        let mut session = self.session.lock().await;
        if session.still(&target).is_ok() {
            if dry {
                session.redis.foreseen = Some(told).filter(|_| passed.trouble.is_none());
            } else {
                // What was foreseen is so no longer.
                session.redis.foreseen = None;
                session.redis.made = Some(RedisMade { back: direction == Direction::Back, told });
            }
        }
        drop(session);
        match &passed.trouble {
            None => self.redis_view().await,
            Some(trouble) => Err(trouble.failure(Some(&run), passed.so_far(&run).filter(|_| !dry))),
        }
    }
}
