//! The checklist: every check that was looked at, what was found, and the grade.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Asked, Check, Circumstances, Finding, Grade, Inventory, Looked, Name, Severity, Subject};
use super::{
    accepted, backup, drift, earlier_run, grade, inventory, probed, programs, rehearsal, sign_off, tables, version,
    writers,
};
use crate::dialect::{Connection, Database};
use crate::error::{Error, Result};
use crate::plan::Plan;
use crate::schema::Schema;

/// The checklist of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Checklist {
    /// Every check that was looked at, in the order of [`Name::ALL`].
    pub checks: Vec<Check>,
    /// Every finding, the heaviest first.
    pub findings: Vec<Finding>,
    /// The list in a few words, where all of it was looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    /// What the database consists of, in numbers alone.
    pub inventory: Inventory,
}

impl Checklist {
    /// The same with what was looked at again.
    #[must_use]
    pub fn again(self, again: Checklist) -> Checklist {
        let looked: BTreeSet<Name> = again.checks.iter().map(|check| check.name).collect();
        let kept = self.checks.iter().filter(|check| !looked.contains(&check.name)).cloned();
        let mut checks: Vec<Check> = kept.chain(again.checks).collect();
        checks.sort_by_key(|check| check.name);
        Checklist { inventory: again.inventory, ..self.over(checks) }
    }

    /// The same without the checks that another place tells of.
    #[must_use]
    pub fn keeping(self, shown: impl Fn(&Check) -> bool) -> Checklist {
        let checks = self.checks.iter().filter(|check| shown(check)).cloned().collect();
        self.over(checks)
    }

    fn over(self, checks: Vec<Check>) -> Checklist {
        let grade = self.grade.map(|grade| grade.over(&self.checks, &checks));
        Checklist { findings: findings(&checks), checks, grade, inventory: self.inventory }
    }
}

fn findings(checks: &[Check]) -> Vec<Finding> {
    let mut findings: Vec<Finding> = checks.iter().flat_map(|check| check.findings.clone()).collect();
    findings.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.rule.cmp(&b.rule)));
    findings.dedup();
    findings
}

/// What is looked at.
struct List<'a> {
    database: &'a dyn Database,
    plan: &'a Plan,
    circumstances: &'a Circumstances,
    schema: Schema,
    only: BTreeSet<Name>,
}

/// Looks at these checks, or at all of them where none is named.
pub(super) async fn look(
    database: &dyn Database,
    connection: &mut dyn Connection,
    plan: &Plan,
    circumstances: &Circumstances,
    only: &[Name],
) -> Result<Checklist> {
    let schema = database.inspect(connection).await?;
    let only = only.iter().copied().collect();
    let list = List { database, plan, circumstances, schema, only };
    let changed = drift::check(database, &list.schema, plan)?;
    // On another schema the plan's columns may not even be there.
    let checks =
        if changed.is_empty() { list.all(connection).await? } else { list.without(connection, changed).await? };
    Ok(list.told(checks))
}

impl List<'_> {
    fn wants(&self, name: Name) -> bool {
        self.only.is_empty() || self.only.contains(&name)
    }

    fn subject(&self) -> Subject<'_> {
        Subject { schema: &self.schema, conversions: &self.plan.conversions }
    }

    async fn all(&self, connection: &mut dyn Connection) -> Result<Vec<Check>> {
        let first = match self.wants(Name::Writers) {
            true => Some(writers::before(self.database, connection, self.subject()).await),
            false => None,
        };
        let mut probed = self.probed(connection).await?;
        let asked: Vec<Finding> =
            probed.values().flatten().filter(|one| one.severity == Severity::Ask).cloned().collect();
        let mut checks = Vec::new();
        for name in Name::ALL.iter().copied().filter(|name| self.wants(*name) && *name != Name::Writers) {
            let found = probed.remove(&name).unwrap_or_default();
            let looked = if name == Name::Decisions {
                Ok(decisions(self.plan, &asked))
            } else {
                self.one(connection, name, found).await
            };
            // Whether an earlier run stands in the way must be known.
            let looked = if name == Name::EarlierRun { looked? } else { self.bearable(looked)? };
            checks.push(looked.on_list(name));
        }
        if let Some(first) = first {
            let looked = match first {
                Ok(first) => writers::look(self.database, connection, self.subject(), &first).await,
                Err(error) => Err(error),
            };
            checks.push(self.bearable(looked)?.on_list(Name::Writers));
        }
        checks.sort_by_key(|check| check.name);
        Ok(checks)
    }

    // Nothing can be said of the plan's columns and what hangs on them; the rest is looked at.
    async fn without(&self, connection: &mut dyn Connection, changed: Vec<Finding>) -> Result<Vec<Check>> {
        let mut checks = Vec::new();
        for name in Name::ALL.iter().copied().filter(|name| self.wants(*name) || *name == Name::Drift) {
            let looked = if name == Name::Drift {
                Looked::found("it is another one now", changed.clone())
            } else if depends_on_plan(name) {
                Looked::unknown("The database changed since the plan was made.")
            } else if name == Name::EarlierRun {
                self.one(connection, name, Vec::new()).await?
            } else {
                self.bearable(self.one(connection, name, Vec::new()).await)?
            };
            checks.push(looked.on_list(name));
        }
        Ok(checks)
    }

    async fn probed(&self, connection: &mut dyn Connection) -> Result<BTreeMap<Name, Vec<Finding>>> {
        let mut served = probed::NAMES.iter().chain([&Name::Publications, &Name::Decisions]);
        if !served.any(|name| self.wants(*name)) {
            return Ok(BTreeMap::new());
        }
        let found = self.database.probe(connection, &self.schema, &self.plan.conversions).await?;
        Ok(probed::sorted(accepted(self.plan, found.into_iter().map(|(_, finding)| finding))))
    }

    // A server need not tell everybody. What was asked of it changes nothing, so the rest goes on.
    #[allow(clippy::wildcard_enum_match_arm, reason = "every other error concerns the connection as a whole")]
    fn bearable(&self, looked: Result<Looked>) -> Result<Looked> {
        match looked {
            Err(error) if self.database.is_lock_timeout(&error) => Err(error),
            Err(Error::Rights { detail } | Error::Statement { detail, .. }) => {
                Ok(Looked::unknown(format!("The server does not tell this user: {detail}")))
            }
            other => other,
        }
    }

    // What is not answered here is asked of the product.
    async fn one(&self, connection: &mut dyn Connection, name: Name, found: Vec<Finding>) -> Result<Looked> {
        let (database, subject, circumstances) = (self.database, self.subject(), self.circumstances);
        let asked = match name {
            Name::ServerVersion => return Ok(version::look(&self.schema)),
            Name::Drift => return Ok(Looked::passed("none")),
            Name::LeftOut => return Ok(left_out(self.plan)),
            Name::Decisions => return Ok(decisions(self.plan, &[])),
            Name::UserSessions => return tables::user_sessions(database, connection, &self.schema).await,
            Name::Migrations => {
                return tables::migrations(database, connection, subject, &circumstances.expected).await;
            }
            Name::AutoSync => return Ok(tables::auto_sync(&self.schema)),
            Name::EarlierRun => return earlier_run::look(database, connection).await,
            Name::Backup => return Ok(backup::look(circumstances)),
            Name::Rehearsal => return Ok(rehearsal::look(circumstances)),
            Name::ClientPrograms => return programs::look(database, circumstances.programs.as_deref()).await,
            Name::SignOff => return Ok(sign_off::look(circumstances.sign_off.as_ref())),
            Name::Dependents
            | Name::UnindexedReferences
            | Name::EventTriggers
            | Name::Duplicates
            | Name::MalformedUuids
            | Name::RowsWithoutUuid
            | Name::HiddenRows
            | Name::Publications => return Ok(probed::look(name, database, connection, subject, found).await),
            Name::Orphans => {
                let beside = database.look(Asked::Orphans, connection, subject).await?;
                return Ok(probed::look(name, database, connection, subject, found).await.and(beside));
            }
            Name::Writers => return Ok(Looked::not_applicable("It is looked at before and after all others.")),
            Name::Rights => Asked::Rights,
            Name::Flavour => Asked::Flavour,
            Name::Pooler => Asked::Pooler,
            Name::Replica => Asked::Replica,
            Name::Connections => Asked::Connections,
            Name::DiskForRewrite => Asked::DiskForRewrite,
            Name::DiskForLog => Asked::DiskForLog,
            Name::TemporarySpace => Asked::TemporarySpace,
            Name::Sessions => Asked::Sessions,
            Name::LongTransactions => Asked::LongTransactions,
            Name::PreparedTransactions => Asked::PreparedTransactions,
            Name::Replication => Asked::Replication,
            Name::ScheduledJobs => Asked::ScheduledJobs,
        };
        database.look(asked, connection, subject).await
    }

    fn told(self, checks: Vec<Check>) -> Checklist {
        let findings = findings(&checks);
        let grade = self.only.is_empty().then(|| grade::of(&checks, self.plan, self.subject()));
        let inventory = inventory::of(self.subject());
        Checklist { checks, findings, grade, inventory }
    }
}

fn depends_on_plan(name: Name) -> bool {
    let others = [
        Name::Rights,
        Name::DiskForRewrite,
        Name::DiskForLog,
        Name::TemporarySpace,
        Name::Decisions,
        Name::Publications,
        Name::Writers,
    ];
    probed::NAMES.contains(&name) || others.contains(&name)
}

fn left_out(plan: &Plan) -> Looked {
    let names: Vec<String> = plan.refused.iter().map(|refusal| refusal.root.to_string()).collect();
    if names.is_empty() {
        return Looked::passed("none");
    }
    Looked::warning(
        names.join(", "),
        "The plan names the reasons ('refused'). What is to be converted too must be changed first, and the plan made anew.",
    )
}

// What has a safe answer takes it where nobody says otherwise.
fn decisions(plan: &Plan, asked: &[Finding]) -> Looked {
    let undecided = plan.questions.iter().filter(|one| one.answer.is_none() && one.default.is_none());
    let mut open: Vec<String> = undecided.map(|question| question.id.clone()).collect();
    open.extend(asked.iter().map(Finding::question));
    open.sort();
    open.dedup();
    let taken = plan.questions.len().saturating_sub(open.len());
    if open.is_empty() {
        return Looked::passed(format!("{taken} taken, none open"));
    }
    let remedy = "Decide each of them: make the plan anew with --answers, or change what is asked about.";
    Looked::blocking(format!("{taken} taken, {} open: {}", open.len(), open.join(", ")), remedy)
}
