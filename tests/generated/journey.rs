//! One generated database on its way there, back and there again.

use std::any::Any;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use serde_json::Value;

use super::answers::{self, Answers};
use super::model::{Holds, Model};
use super::script;
use crate::support::dump::assert_same;
use crate::support::journey::Journey;
use crate::support::oracle::column_id;
use crate::support::rekey::Answer;
use crate::support::rows::{ColumnId, Rows};
use crate::support::subject::{Subject, new_postgres, new_postgres_of};

/// What came of a database.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Domains that were converted.
    pub converted: usize,
    /// Domains that were refused.
    pub refused: usize,
    /// Refused domains by rule.
    pub rules: BTreeMap<String, usize>,
}

/// What went wrong.
#[derive(Debug, Clone)]
pub struct Failure {
    /// On which part of the way.
    pub stage: &'static str,
    /// The message.
    pub told: String,
}

impl Failure {
    /// True where it looks like the same fault: the same part of the way, the same words.
    pub fn is_like(&self, other: &Failure) -> bool {
        let words = |text: &str| {
            let letters: String =
                text.chars().map(|letter| if letter.is_alphabetic() { letter } else { ' ' }).collect();
            letters.split_whitespace().filter(|word| word.len() < 14).take(6).collect::<Vec<_>>().join(" ")
        };
        self.stage == other.stage && words(&self.told) == words(&other.told)
    }
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} domains converted, {} refused {:?}", self.converted, self.refused, self.rules)
    }
}

/// What is known of a database that was made up, whichever product it is for.
pub trait Made {
    /// The number that answers to questions follow from.
    fn pick(&self) -> u32;
    /// The arguments to `plan`.
    fn choices(&self) -> Vec<String>;
    /// Keys beside whole numbers that a conversion may touch.
    fn own_keys(&self) -> BTreeSet<ColumnId>;
    /// The keys that a key is a reference to, and theirs.
    fn followed(&self, key: &ColumnId) -> Vec<ColumnId>;
    /// What the application writes after the conversion.
    fn later(&self, journey: &Journey<'_>) -> String;
}

impl Made for Model {
    fn pick(&self) -> u32 {
        self.pick
    }

    fn choices(&self) -> Vec<String> {
        Model::choices(self)
    }

    // Whatever they hold.
    fn own_keys(&self) -> BTreeSet<ColumnId> {
        let own = self.tables.iter().filter(|table| table.has_own_key());
        own.filter(|table| matches!(table.column(&table.key[0]).holds, Holds::Ids(_)))
            .map(|table| (table.schema.clone(), table.name.clone(), table.key[0].clone()))
            .collect()
    }

    fn followed(&self, key: &ColumnId) -> Vec<ColumnId> {
        Model::followed(self, key)
    }

    fn later(&self, _journey: &Journey<'_>) -> String {
        script::later(self)
    }
}

/// Takes a file of statements all the way, in a database of its own.
pub fn attempt(name: &str, version: Option<u32>, file: &Path, model: &Model) -> Result<Outcome, Failure> {
    attempt_on(file, model, || version.map_or_else(|| new_postgres(name), |version| new_postgres_of(version, name)))
}

/// The same in an empty database that is made for it.
pub fn attempt_on(
    file: &Path,
    made: &dyn Made,
    database: impl FnOnce() -> Box<dyn Subject>,
) -> Result<Outcome, Failure> {
    let stage = RefCell::new("load");
    let way = AssertUnwindSafe(|| travel(database().as_ref(), file, made, &stage));
    catch_unwind(way).map_err(|panic| Failure { stage: *stage.borrow(), told: told(panic.as_ref()) })
}

fn told(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
}

fn travel(subject: &dyn Subject, file: &Path, made: &dyn Made, stage: &RefCell<&'static str>) -> Outcome {
    subject.load(file);
    stage.replace("plan");
    let mut keys = subject.integer_keys();
    keys.extend(made.own_keys());
    let (journey, answer) = plan(subject, made);
    assert!(matches!(answer.outcome.code, Some(0 | 3)), "{answer}");
    let outcome = outcome(&journey, &answer.json);
    assert_same("the dump after planning", &journey.start.dump, &subject.dump());
    assert_none_passed_over(&journey, &keys, &answer.json, made);
    if journey.members.is_empty() {
        answer.expect(3);
        return outcome;
    }
    answer.expect(0);
    stage.replace("check");
    journey.check();
    stage.replace("run");
    let run = journey.convert();
    stage.replace("undo");
    journey.undo(&run);
    stage.replace("run again");
    let again = journey.convert();
    stage.replace("undo with rows written since");
    written_since(&journey, &again, &made.later(&journey));
    outcome
}

// Questions come with answers to others, so it is planned again until nothing is left to answer.
fn plan<'s>(subject: &'s dyn Subject, made: &dyn Made) -> (Journey<'s>, Answer) {
    let mut choices = made.choices();
    let mut journey = Journey::begin(subject);
    let mut given = Answers::new();
    loop {
        let mut arguments: Vec<&str> = choices.iter().map(String::as_str).collect();
        let file = journey.rekey.file("answers.json");
        if !given.is_empty() {
            std::fs::write(&file, serde_json::to_string(&given).unwrap()).unwrap();
            arguments.extend(["--answers", &file]);
        }
        let answer = journey.decide(&arguments);
        // Short ids are for tables that stand by themselves and whose key is converted.
        let refused = if answer.outcome.code == Some(3) { answer.to_string() } else { String::new() };
        let short = |choice: &String| choice.starts_with("--slug=");
        if ["RK-178", "RK-179"].iter().any(|rule| refused.contains(rule)) && choices.iter().any(short) {
            choices.retain(|choice| !short(choice));
            continue;
        }
        let known = given.len();
        given.extend(answers::give(made.pick(), &answer.json));
        if given.len() == known {
            journey.views_may_go = given.values().any(|answer| answer == "drop");
            return (journey, answer);
        }
    }
}

// Rows that the application wrote after the conversion stay, and get fresh integers.
fn written_since(journey: &Journey<'_>, run: &str, later: &str) {
    journey.subject.execute(later);
    let count =
        |rows: &Rows| rows.iter().map(|(table, content)| (table.clone(), content.rows.len())).collect::<Vec<_>>();
    let converted = count(&journey.subject.rows());
    let dangling = |subject: &dyn Subject| subject.dangling().into_values().sum::<u64>();
    let loose = dangling(journey.subject);
    journey.undo_alone(run);
    let after = journey.subject.rows();
    assert_eq!(loose, dangling(journey.subject), "rows that point nowhere after undo");
    assert_eq!(converted, count(&after), "rows per table after undo");
    for (table, old) in &journey.start.rows {
        let new = &after[table];
        assert_eq!((&old.columns, &old.types), (&new.columns, &new.types), "columns of {table:?} after undo");
        let kept: BTreeSet<_> = new.rows.iter().collect();
        let lost = old.rows.iter().find(|row| !kept.contains(row));
        assert_eq!(lost, None, "a row of {table:?} is gone after undo");
    }
}

fn outcome(journey: &Journey<'_>, plan: &Value) -> Outcome {
    let mut outcome = Outcome { converted: journey.roots().len(), ..Outcome::default() };
    for refusal in plan["refused"].as_array().into_iter().flatten() {
        outcome.refused += 1;
        let reasons = refusal["reasons"].as_array().cloned().unwrap_or_default();
        assert!(!reasons.is_empty(), "refused without a reason: {refusal}");
        let mut rules = BTreeSet::new();
        for reason in &reasons {
            let text = |field: &str| reason[field].as_str().unwrap_or_default();
            assert!(!text("meaning").is_empty() && !text("remedy").is_empty(), "no way out is told: {reason}");
            // What has answers was answered so that the key stays.
            let left = if reason["options"].as_array().is_some_and(|all| !all.is_empty()) { " by answer" } else { "" };
            rules.insert(format!("{}{left}", text("rule")));
        }
        for rule in rules {
            *outcome.rules.entry(rule).or_default() += 1;
        }
    }
    outcome
}

// Converted or refused: no key is passed over in silence.
fn assert_none_passed_over(journey: &Journey<'_>, keys: &BTreeSet<ColumnId>, plan: &Value, made: &dyn Made) {
    let refused: BTreeSet<ColumnId> = plan["refused"].as_array().into_iter().flatten().map(column_id).collect();
    let roots: BTreeSet<ColumnId> = journey.promises.keys().cloned().collect();
    let decided = |key: &ColumnId| {
        let known = |key: &ColumnId| refused.contains(key) || roots.contains(key);
        journey.members.contains_key(key) || known(key) || made.followed(key).iter().any(known)
    };
    for key in keys.iter().filter(|key| !decided(key)) {
        let named = plan.to_string().contains(&format!("{}.{}.{}", key.0, key.1, key.2));
        assert!(named, "{key:?} is neither converted nor refused: {plan:#}");
    }
}
