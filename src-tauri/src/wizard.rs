//! Which stage may be opened, and why not. Pure: facts in, stages out.
//!
//! The window only shows what is decided here, and every dangerous action asks again
//! through [`require`], whatever the window shows.

use crate::api::types::{Stage, StageStatus, StageView};

/// Every stage in its order.
pub const STAGES: [Stage; 10] = [
    Stage::Welcome,
    Stage::Connect,
    Stage::Inspect,
    Stage::Plan,
    Stage::Checklist,
    Stage::Backup,
    Stage::Rehearse,
    Stage::Migrate,
    Stage::Validate,
    Stage::Report,
];

/// What is known of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanFacts {
    /// Domains that it converts.
    pub conversions: usize,
    /// Questions without an answer.
    pub unanswered: usize,
}

/// How the last run of this job ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Converted and proven.
    Converted,
    /// Taken back by the user.
    Undone,
    /// Failed, and taken back by the database.
    Failed,
    /// The database went away before it said how the run ended.
    Unclear,
}

/// What has happened so far in the job at hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// A database is connected.
    pub connected: bool,
    /// It was looked at.
    pub inspected: bool,
    /// There is a plan.
    pub plan: Option<PlanFacts>,
    /// The checklist was gone through; true where nothing stands in the way.
    pub checklist: Option<bool>,
    /// What people have yet to vouch for before a run on such a database.
    pub unsigned: usize,
    /// There is a backup, or a typed reason for going on without one.
    pub backup: bool,
    /// There is a green rehearsal of this plan, or a typed reason for going on without one.
    pub rehearsed: bool,
    /// There is a rehearsal of this plan, and it went wrong.
    pub rehearsal_failed: bool,
    /// A run has ended.
    pub outcome: Option<Outcome>,
    /// There is a run to report on: of this job, or one of the past that was opened.
    pub report: bool,
    /// The proofs were looked at, by the run itself or since; true where all held.
    pub validated: Option<bool>,
    /// A run of this database stopped on the way and waits to be taken to its end or back.
    pub stopped: bool,
    /// The stage whose work goes on right now.
    pub busy: Option<Stage>,
}

/// The rail.
pub fn stages(facts: &Facts) -> Vec<StageView> {
    STAGES
        .into_iter()
        .map(|stage| match closed(facts, stage) {
            Some(reason) => StageView { stage, status: StageStatus::Locked, reason: Some(reason) },
            None => StageView { stage, status: status(facts, stage), reason: None },
        })
        .collect()
}

/// Refuses an action of a stage that is not open.
///
/// # Errors
/// The reason, in one sentence.
pub fn require(facts: &Facts, stage: Stage) -> Result<(), String> {
    if facts.busy.is_some() {
        return Err(BUSY.to_owned());
    }
    closed(facts, stage).map_or(Ok(()), Err)
}

/// Refuses to begin a run unless everything before it is in order.
///
/// # Errors
/// The reason, in one sentence.
pub fn require_run(facts: &Facts) -> Result<(), String> {
    require(facts, Stage::Migrate)?;
    if facts.stopped {
        return Err(STOPPED.to_owned());
    }
    match facts.outcome {
        Some(Outcome::Converted) => Err("The database is converted already.".to_owned()),
        Some(Outcome::Unclear) => Err(UNCLEAR.to_owned()),
        Some(Outcome::Undone | Outcome::Failed) | None => Ok(()),
    }
}

const BUSY: &str = "Rekey is at work. Wait for it to end, or cancel it.";
const STOPPED: &str = "A run of this database stopped on the way. Go on with it, or take it back, first.";
const UNCLEAR: &str = "It is not known how the last run ended. Connect again and inspect the database.";

fn closed(facts: &Facts, stage: Stage) -> Option<String> {
    match facts.busy {
        Some(at_work) if at_work == stage => None,
        Some(_) => Some(BUSY.to_owned()),
        // There it is gone on with.
        None if facts.stopped && stage == Stage::Migrate => None,
        None => lacks(facts, stage),
    }
}

fn lacks(facts: &Facts, stage: Stage) -> Option<String> {
    match stage {
        Stage::Welcome | Stage::Connect => None,
        Stage::Inspect => without(facts.connected, "Connect to a database first."),
        Stage::Plan => lacks(facts, Stage::Inspect).or(without(facts.inspected, "Inspect the database first.")),
        Stage::Checklist => lacks(facts, Stage::Plan).or_else(|| plan_lacks(facts)),
        Stage::Backup => lacks(facts, Stage::Checklist).or_else(|| checklist_lacks(facts)),
        Stage::Rehearse => lacks(facts, Stage::Backup)
            .or(without(facts.backup, "Make a backup first, or give a reason for going on without one.")),
        Stage::Migrate => lacks(facts, Stage::Rehearse)
            .or(without(facts.rehearsed, "Rehearse the plan first, or give a reason for going on without it.")),
        Stage::Validate => without(facts.outcome == Some(Outcome::Converted), "Nothing has been converted yet."),
        Stage::Report => without(facts.report, "There is no run to report on yet."),
    }
}

fn without(there: bool, reason: &str) -> Option<String> {
    (!there).then(|| reason.to_owned())
}

fn plan_lacks(facts: &Facts) -> Option<String> {
    let Some(plan) = facts.plan else {
        return Some("Make a plan first.".to_owned());
    };
    match plan {
        PlanFacts { conversions: 0, .. } => Some("The plan converts nothing. Choose at least one key.".to_owned()),
        PlanFacts { unanswered: 0, .. } => None,
        PlanFacts { unanswered: 1, .. } => Some("One question in the plan has no answer yet.".to_owned()),
        PlanFacts { unanswered, .. } => Some(format!("{unanswered} questions in the plan have no answer yet.")),
    }
}

fn checklist_lacks(facts: &Facts) -> Option<String> {
    match facts.checklist {
        None => Some("Go through the checklist first.".to_owned()),
        Some(false) => Some("Something on the checklist stands in the way.".to_owned()),
        Some(true) if facts.unsigned > 0 => {
            Some("On a production database people vouch for more: see what is open on the checklist.".to_owned())
        }
        Some(true) => None,
    }
}

fn status(facts: &Facts, stage: Stage) -> StageStatus {
    if facts.busy == Some(stage) {
        return StageStatus::Running;
    }
    let (done, attention) = match stage {
        Stage::Welcome | Stage::Connect => (facts.connected, false),
        Stage::Inspect => (facts.inspected, false),
        Stage::Plan => (plan_lacks(facts).is_none(), facts.plan.is_some()),
        Stage::Checklist => (checklist_lacks(facts).is_none(), facts.checklist.is_some()),
        Stage::Backup => (facts.backup, false),
        Stage::Rehearse => (facts.rehearsed, facts.rehearsal_failed),
        Stage::Migrate => (
            facts.outcome == Some(Outcome::Converted),
            facts.stopped || matches!(facts.outcome, Some(Outcome::Failed | Outcome::Unclear)),
        ),
        Stage::Validate => (facts.validated == Some(true), facts.validated == Some(false)),
        Stage::Report => (false, false),
    };
    match (done, attention) {
        (true, _) => StageStatus::Done,
        (false, true) => StageStatus::Attention,
        (false, false) => StageStatus::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ready() -> Facts {
        Facts {
            connected: true,
            inspected: true,
            plan: Some(PlanFacts { conversions: 2, unanswered: 0 }),
            checklist: Some(true),
            backup: true,
            rehearsed: true,
            ..Facts::default()
        }
    }

    fn reason(facts: &Facts, stage: Stage) -> String {
        require(facts, stage).expect_err("closed")
    }

    #[test]
    fn at_the_start_only_the_first_two_are_open() {
        let open: Vec<Stage> = stages(&Facts::default())
            .into_iter()
            .filter(|view| view.status != StageStatus::Locked)
            .map(|view| view.stage)
            .collect();
        assert_eq!(open, [Stage::Welcome, Stage::Connect]);
    }

    #[test]
    fn a_run_needs_every_stage_before_it() {
        assert_eq!(require_run(&ready()), Ok(()));
        let missing: [fn(&mut Facts); 8] = [
            |facts| facts.connected = false,
            |facts| facts.inspected = false,
            |facts| facts.plan = None,
            |facts| facts.checklist = None,
            |facts| facts.checklist = Some(false),
            |facts| facts.unsigned = 1,
            |facts| facts.backup = false,
            |facts| facts.rehearsed = false,
        ];
        for forget in missing {
            let mut facts = ready();
            forget(&mut facts);
            assert!(require_run(&facts).is_err(), "{facts:?}");
        }
    }

    #[test]
    fn the_reason_names_the_first_thing_that_is_missing() {
        let mut facts = ready();
        facts.plan = Some(PlanFacts { conversions: 2, unanswered: 3 });
        facts.checklist = None;
        assert_eq!(reason(&facts, Stage::Migrate), "3 questions in the plan have no answer yet.");
    }

    #[test]
    fn a_converted_database_is_not_converted_again() {
        let facts = Facts { outcome: Some(Outcome::Converted), ..ready() };
        assert!(require_run(&facts).is_err());
        assert_eq!(require(&facts, Stage::Validate), Ok(()));
        assert_eq!(require_run(&Facts { outcome: Some(Outcome::Undone), ..ready() }), Ok(()));
    }

    #[test]
    fn a_run_that_stopped_is_gone_on_with_before_another_begins() {
        let facts = Facts { connected: true, stopped: true, ..Facts::default() };
        assert_eq!(require(&facts, Stage::Migrate), Ok(()));
        assert_eq!(require_run(&Facts { stopped: true, ..ready() }), Err(STOPPED.to_owned()));
        let migrate = stages(&facts).into_iter().find(|view| view.stage == Stage::Migrate).expect("stage");
        assert_eq!(migrate.status, StageStatus::Attention);
    }

    #[test]
    fn while_a_run_is_at_work_nothing_else_is_open() {
        let facts = Facts { busy: Some(Stage::Migrate), ..ready() };
        for view in stages(&facts) {
            let expected = if view.stage == Stage::Migrate { StageStatus::Running } else { StageStatus::Locked };
            assert_eq!(view.status, expected, "{:?}", view.stage);
        }
        assert_eq!(reason(&facts, Stage::Migrate), BUSY);
    }
}
