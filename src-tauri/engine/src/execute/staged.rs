//! The work where each statement is final at once: the new tables are built beside the live
//! ones, proven there, and exchanged by one statement. Before each step the journal says
//! what is about to be done, so that whatever happens the work can be taken up again or
//! taken back.

use std::time::Instant;

use serde::{Deserialize, Serialize};

use crate::error::{DataState, Error, Result};
use crate::execute::building::{ask, build};
use crate::execute::gate::{self, Direction, Taken};
use crate::execute::run::{Stop, lock_step, pass};
use crate::execute::session::Session;
use crate::execute::{ProofResult, StepRecord, journal};
use crate::plan::{Action, Plan, Step, Way};
use crate::redis;
use crate::schema::Catalogue;

/// How far a run came, as the journal has it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Progress {
    /// The step that was about to be done.
    pub doing: Option<String>,
    /// The steps that are done.
    pub done: Vec<StepRecord>,
    /// Once it is being taken back: whether the tables had been exchanged. Nothing but taking
    /// back is possible from then on.
    #[serde(default)]
    pub taking_back: Option<bool>,
}

/// One way of one plan on a server whose statements are final one by one.
pub(super) struct Course<'a> {
    pub run: &'a str,
    pub plan: &'a Plan,
    /// The catalogue as it was before the run.
    pub before: &'a Catalogue,
    pub direction: Direction,
}

impl Course<'_> {
    pub fn way(&self) -> &Way {
        static NOTHING: Way = Way::new();
        match (&self.plan.blueprint.staged, self.direction) {
            (None, _) => &NOTHING,
            (Some(staged), Direction::Forward) => &staged.forward,
            (Some(staged), Direction::Back) => &staged.back,
        }
    }

    fn steps(&self) -> &[Step] {
        match self.direction {
            Direction::Forward => &self.plan.blueprint.steps,
            Direction::Back => &self.plan.blueprint.undo,
        }
    }

    // Up to the exchange, and from it on.
    fn parts(&self) -> (&[Step], &[Step]) {
        let steps = self.steps();
        let cut = steps.iter().position(|step| step.action == Action::CutOver).unwrap_or(steps.len());
        steps.split_at(cut)
    }

    /// Whether the tables were exchanged at any time: what the journal says, since the last
    /// step removes what would show it.
    pub async fn is_cut(&self, session: &mut Session<'_>) -> Result<bool> {
        let cut = self.steps().iter().find(|step| step.action == Action::CutOver);
        if cut.is_some_and(|step| session.steps.iter().any(|done| done.id == step.id)) {
            return Ok(true);
        }
        self.is_exchanged(session).await
    }

    // Whether they are now.
    async fn is_exchanged(&self, session: &mut Session<'_>) -> Result<bool> {
        let cut = self.steps().iter().find(|step| step.action == Action::CutOver);
        match cut.and_then(|step| self.way().done.get(&step.id)) {
            Some(question) => session.is_done(Some(question)).await,
            None => Ok(false),
        }
    }

    /// From wherever the journal says to the end: what is missing is built, proven, exchanged
    /// and proven again. `taken` is what the proofs said of the live tables, where they were
    /// asked already.
    pub async fn go_on(&self, session: &mut Session<'_>, taken: Option<Taken>) -> Result<Vec<ProofResult>, Stop> {
        let (building, exchanging) = self.parts();
        let mut results = Vec::new();
        if !self.is_cut(session).await? {
            let building: Vec<&Step> = building.iter().filter(|step| is_work(step)).collect();
            let taken = build(session, self, &building, taken).await?;
            results = self.prove_aside(session, &taken).await?;
            pass(&results)?;
            session.check_cancelled()?;
            session.narrow();
        }
        // What is removed in the end cannot be had again, so everything is proven before.
        let (work, last): (Vec<&Step>, Vec<&Step>) =
            exchanging.iter().filter(|step| is_work(step)).partition(|step| step.action != Action::CleanUp);
        for step in work {
            if !is_held(step) {
                session.let_go();
            }
            self.carry_out(session, step).await?;
        }
        session.let_go();
        results.push(self.prove_catalogue(session).await?);
        pass(&results)?;
        for step in last {
            if self.direction == Direction::Back {
                redis::hold(session.database, session.connection.as_mut(), self.run, self.plan).await?;
            }
            self.carry_out(session, step).await?;
        }
        Ok(results)
    }

    async fn carry_out(&self, session: &mut Session<'_>, step: &Step) -> Result<()> {
        if session.steps.iter().any(|done| done.id == step.id) {
            return Ok(());
        }
        let progress = Progress { doing: Some(step.id.clone()), done: session.steps.clone(), taking_back: None };
        journal::note(session.database, session.connection.as_mut(), self.run, &progress).await?;
        let way = self.way();
        session.staged_step(step, way.done.get(&step.id)).await
    }

    // The tables were built beside the live ones, so the questions are asked of those.
    async fn prove_aside(&self, session: &mut Session<'_>, taken: &Taken) -> Result<Vec<ProofResult>> {
        let began = Instant::now();
        if let Some(defect) = crate::failpoint::defect() {
            session.connection.execute(&defect).await?;
        }
        let (blueprint, aside) = (&self.plan.blueprint, &self.way().aside);
        let assertions = if self.direction == Direction::Forward { blueprint.assertions.as_slice() } else { &[] };
        let proofs = blueprint.proofs.iter().map(|one| self.direction.second_question(one, aside.get(&one.id)));
        let asserted = assertions.iter().map(|one| aside.get(&one.id).unwrap_or(&one.sql).as_str());
        let questions: Vec<&str> = proofs.chain(asserted).collect();
        let answers = ask(session, self.direction.second_title(), &questions).await?;
        let mut found = questions.iter().zip(answers);
        let mut results = Vec::new();
        results.extend(
            blueprint.proofs.iter().zip(&mut found).map(|(one, (sql, said))| gate::judge(one, sql, taken, said)),
        );
        results.extend(assertions.iter().zip(found).map(|(one, (sql, said))| gate::hold(one, sql, said)));
        session.stage("proofs after", self.direction.second_title(), began);
        crate::failpoint::reached("proofs.after");
        Ok(results)
    }

    async fn prove_catalogue(&self, session: &mut Session<'_>) -> Result<ProofResult> {
        let after = session.database.catalogue(session.connection.as_mut()).await?;
        let announced = match self.direction {
            Direction::Forward => self.plan.blueprint.announced.as_slice(),
            Direction::Back => &[],
        };
        crate::failpoint::reached("catalogue.after");
        Ok(gate::catalogue(self.before, &after, announced))
    }

    /// After an interruption: makes sure that the live tables still hold what was proven of
    /// them. What was written since would be missing in the new tables.
    pub async fn check_unwritten(&self, session: &mut Session<'_>, taken: &Taken) -> Result<()> {
        let proofs = &self.plan.blueprint.proofs;
        let questions: Vec<&str> = proofs.iter().map(|proof| self.direction.first(proof)).collect();
        let now = ask(session, self.direction.first_title(), &questions).await?;
        crate::failpoint::reached("proofs.before");
        let changed = proofs.iter().zip(now).filter(|(proof, now)| taken.get(&proof.id) != Some(now));
        let changed = changed.map(|(proof, _)| proof);
        let reasons: Vec<String> =
            changed.map(|proof| format!("RK-030 {}: rows were written since", proof.id)).collect();
        if reasons.is_empty() { Ok(()) } else { Err(Error::Refused { reasons }) }
    }

    /// Takes back what was done, from any point before the end. Once the tables have been
    /// exchanged, the new ones must still hold what was proven of them: rows written since
    /// would be lost.
    ///
    /// # Errors
    /// What the server says; [`Error::Refused`] where rows were written since.
    pub async fn abandon(&self, session: &mut Session<'_>, taken: Option<&Taken>) -> Result<()> {
        session.take_back();
        let (progress, _) = journal::progress(session.database, session.connection.as_mut(), self.run).await?;
        let cut = self.is_exchanged(session).await?;
        let exchanged = cut || progress.taking_back == Some(true);
        if cut {
            session.lock_again(lock_step(&self.plan.blueprint.steps)).await?;
            if let Some(taken) = taken {
                self.check_exchanged(session, taken).await?;
            }
        }
        let progress = Progress { taking_back: Some(exchanged), ..progress };
        journal::note(session.database, session.connection.as_mut(), self.run, &progress).await?;
        let way = self.way();
        for step in &way.abandon {
            if !is_held(step) {
                session.let_go();
            }
            let done = way.done.get(&step.id);
            if exchanged || done.is_some() {
                session.staged_step(step, done).await?;
            }
            crate::failpoint::reached(&format!("abandon.{}", step.id));
        }
        Ok(())
    }

    async fn check_exchanged(&self, session: &mut Session<'_>, taken: &Taken) -> Result<()> {
        let mut reasons = Vec::new();
        for proof in &self.plan.blueprint.proofs {
            let result = gate::compare(session.connection.as_mut(), proof, self.direction, taken, None).await?;
            if !result.passed {
                reasons.push(format!("RK-030 {}: rows were written since the tables were exchanged", proof.id));
            }
        }
        if reasons.is_empty() { Ok(()) } else { Err(Error::Refused { reasons }) }
    }

    /// What a failure means: whatever can be taken back at once is taken back, so that the
    /// database is as before; a lost connection leaves the work to `resume` or `undo`.
    pub async fn settle(&self, session: &mut Session<'_>, error: &Error) -> DataState {
        let halfway = DataState::Halfway { run: self.run.to_owned() };
        if matches!(error, Error::ConnectionLost { .. }) || session.reopen().await.is_err() {
            return halfway;
        }
        let known = journal::progress(session.database, session.connection.as_mut(), self.run).await;
        let Ok((progress, taken)) = known else { return halfway };
        // The maps may be gone: an undo that came so far can only be taken to its end.
        let cleaning = |step: &&Step| step.action == Action::CleanUp && progress.doing.as_ref() == Some(&step.id);
        if self.direction == Direction::Back && self.steps().iter().any(|step| cleaning(&step)) {
            return halfway;
        }
        match self.abandon(session, taken.as_ref()).await {
            Ok(()) => match self.direction {
                Direction::Forward => DataState::RolledBack,
                Direction::Back => DataState::Converted { run: self.run.to_owned() },
            },
            Err(_) => halfway,
        }
    }
}

// Nobody may write before references, checks and triggers are back.
fn is_held(step: &Step) -> bool {
    matches!(
        step.action,
        Action::CutOver | Action::DropDependents | Action::RestoreForeignKeys { .. } | Action::RestoreDependents
    )
}

fn is_work(step: &Step) -> bool {
    !matches!(step.action, Action::LockTables | Action::Record)
}
