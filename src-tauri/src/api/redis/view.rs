//! Redis as the window sees it.

use std::sync::Arc;

use rekey_engine::execute::{self, RunState};
use rekey_engine::plan::Plan;
use rekey_engine::redis::{self, Domains, Note, NoteState, Rule, Written};
use rekey_engine::{DataState, Failure};

use super::types::{RedisForm, RedisNote, RedisRule, RedisView};
use crate::api::session::Target;
use crate::api::{App, connect};

/// What the database says of the run in question.
pub struct Basis {
    /// The run, where there is one on this database.
    pub run: Option<String>,
    /// The plan whose columns rules may name: of the run that stands, else the one at hand.
    pub plan: Option<Arc<Plan>>,
    /// True where the run stands and has its map.
    pub converted: bool,
    /// What was done in Redis for it.
    pub notes: Vec<Note>,
}

impl App {
    /// Everything that is known of Redis for the database that is open.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn redis_view(&self) -> Result<RedisView, Failure> {
        let Some(target) = self.session.lock().await.target.clone() else { return Ok(RedisView::default()) };
        let basis = self.redis_basis(&target).await?;
        let domains = basis.plan.as_ref().map(|plan| Domains::of(target.database.as_ref(), plan));
        let session = self.session.lock().await;
        let job = &session.redis;
        let kept = job.kept.as_ref();
        let rules = kept.map(|kept| kept.rules.iter().map(|rule| checked(rule, domains.as_ref())).collect());
        Ok(RedisView {
            form: kept.map(|kept| RedisForm {
                address: kept.address.clone(),
                authority: kept.authority.clone(),
                remember: kept.password_saved,
            }),
            password_saved: kept.is_some_and(|kept| kept.password_saved || self.kept_for_now(&kept.address)),
            connected: job.standing.clone(),
            found: job.found.as_deref().cloned(),
            proposals: job.proposals.clone(),
            columns: basis.plan.iter().flat_map(|plan| &plan.conversions).map(|one| one.root.to_string()).collect(),
            rules: rules.unwrap_or_default(),
            may_rewrite: basis.converted,
            may_undo: basis.notes.iter().any(|note| note.state != NoteState::Undone),
            foreseen: job.foreseen.clone().filter(|told| Some(&told.run) == basis.run.as_ref()),
            made: job.made.clone().filter(|made| Some(&made.told.run) == basis.run.as_ref()),
            notes: basis.notes.iter().map(noted).collect(),
            run: basis.run,
            notice: job.notice.clone(),
        })
    }

    pub(super) async fn redis_basis(&self, target: &Target) -> Result<Basis, Failure> {
        let (run, plan) = {
            let session = self.session.lock().await;
            let shown = session.shown().filter(|record| record.place == target.server.place);
            (shown.map(|record| record.run.clone()), session.plan.clone())
        };
        let Some(run) = run else { return Ok(Basis { run: None, plan, converted: false, notes: Vec::new() }) };
        let failed = |error| Failure::new(&error, DataState::Untouched);
        let mut connection = connect::reach(target.database.as_ref()).await?;
        let runs = execute::runs(target.database.as_ref(), connection.as_mut()).await.map_err(failed)?;
        let notes = redis::notes(target.database.as_ref(), connection.as_mut()).await.map_err(failed)?;
        let stands = runs.into_iter().find(|stored| stored.run == run && stored.state == RunState::Converted);
        let converted = stands.is_some();
        let plan = stands.map(|stored| Arc::new(stored.plan)).or(plan);
        let notes = notes.into_iter().filter(|note| note.run == run).collect();
        Ok(Basis { run: Some(run), plan, converted, notes })
    }
}

fn checked(rule: &Written, domains: Option<&Domains>) -> RedisRule {
    let fault = domains.and_then(|domains| Rule::read(rule, domains).err()).map(|trouble| trouble.to_string());
    RedisRule { written: rule.clone(), fault }
}

fn noted(note: &Note) -> RedisNote {
    RedisNote {
        server: note.server.clone(),
        state: note.state,
        rewritten: note.counts.rewritten,
        deleted: note.counts.deleted,
    }
}
