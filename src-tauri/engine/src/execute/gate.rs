//! The gate: proofs taken before, taken again after, and compared; and the same
//! questions asked again later.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::dialect::{Connection, Database, Row};
use crate::error::Result;
use crate::execute::{RunState, StoredRun};
use crate::plan::{Announcement, Assertion, Proof};
use crate::schema::{Catalogue, Difference};

/// One proof with its outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ProofResult {
    /// Stable id, such as `rows public.actor`.
    pub id: String,
    /// What it proves.
    pub title: String,
    /// True where it held.
    pub passed: bool,
    /// What had to come out.
    pub expected: String,
    /// What came out.
    pub found: String,
    /// The query behind it.
    pub sql: String,
}

impl ProofResult {
    /// The proof in one line, for an error.
    pub(super) fn complaint(&self) -> String {
        format!("{}: expected {}, found {}", self.title, self.expected, self.found)
    }
}

/// In which direction the keys are changed: which side of a [`Proof`] comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// Old keys become new ones.
    Forward,
    /// New keys become old ones.
    Back,
}

impl Direction {
    pub fn first(self, proof: &Proof) -> &str {
        match self {
            Direction::Forward => &proof.before,
            Direction::Back => proof.back.as_ref().unwrap_or(&proof.after),
        }
    }

    /// What taking the first side is called.
    pub fn first_title(self) -> &'static str {
        match self {
            Direction::Forward => "Take the proofs of the old keys",
            Direction::Back => "Take the proofs of the new keys",
        }
    }

    /// What taking the second side is called.
    pub fn second_title(self) -> &'static str {
        match self {
            Direction::Forward => "Take the proofs of the new keys and compare",
            Direction::Back => "Take the proofs of the old keys and compare",
        }
    }

    /// What the second side is asked; `aside` asks the same of tables that were built beside the
    /// live ones.
    pub fn second_question<'p>(self, proof: &'p Proof, aside: Option<&'p String>) -> &'p str {
        aside.map_or(self.second(proof), String::as_str)
    }

    fn second(self, proof: &Proof) -> &str {
        match self {
            Direction::Forward => &proof.after,
            Direction::Back => &proof.before,
        }
    }
}

/// What the proofs said before anything was changed, by their id.
pub(super) type Taken = BTreeMap<String, String>;

/// One row as one text; the lengths keep values from running into each other.
pub(super) fn flatten(rows: &[Row]) -> String {
    let value = |value: &Option<String>| value.as_ref().map_or("NULL".to_owned(), |text| text.replace('|', "\\|"));
    rows.iter().map(|row| row.iter().map(value).collect::<Vec<_>>().join("|")).collect::<Vec<_>>().join("\n")
}

/// Asks one proof.
pub(super) async fn answer(connection: &mut dyn Connection, sql: &str) -> Result<String> {
    Ok(flatten(&connection.query(sql).await?))
}

/// Asks the first side of one proof.
pub(super) async fn take(
    connection: &mut dyn Connection,
    proof: &Proof,
    direction: Direction,
    taken: &mut Taken,
) -> Result<()> {
    let found = answer(connection, direction.first(proof)).await?;
    taken.insert(proof.id.clone(), found);
    Ok(())
}

/// Asks the second side of one proof and compares; `aside` asks the same of tables that
/// were built beside the live ones.
pub(super) async fn compare(
    connection: &mut dyn Connection,
    proof: &Proof,
    direction: Direction,
    taken: &Taken,
    aside: Option<&String>,
) -> Result<ProofResult> {
    let sql = direction.second_question(proof, aside);
    let found = answer(connection, sql).await?;
    Ok(judge(proof, sql, taken, found))
}

/// Compares what the second side of a proof said with what the first one said.
pub(super) fn judge(proof: &Proof, sql: &str, taken: &Taken, found: String) -> ProofResult {
    let expected = taken.get(&proof.id).cloned().unwrap_or_default();
    ProofResult {
        id: proof.id.clone(),
        title: proof.title.clone(),
        passed: expected == found,
        expected,
        found,
        sql: sql.to_owned(),
    }
}

/// Asks one assertion; `aside` asks the same of tables that were built beside the live ones.
pub(super) async fn assert(
    connection: &mut dyn Connection,
    assertion: &Assertion,
    aside: Option<&String>,
) -> Result<ProofResult> {
    let sql = aside.unwrap_or(&assertion.sql);
    let found = answer(connection, sql).await?;
    Ok(hold(assertion, sql, found))
}

/// Compares what an assertion said with what it must say.
pub(super) fn hold(assertion: &Assertion, sql: &str, found: String) -> ProofResult {
    ProofResult {
        id: assertion.id.clone(),
        title: assertion.title.clone(),
        passed: found == assertion.expect,
        expected: assertion.expect.clone(),
        found,
        sql: sql.to_owned(),
    }
}

/// Compares two catalogues: they may differ in what was announced, and must.
pub(super) fn catalogue(before: &Catalogue, after: &Catalogue, announced: &[Announcement]) -> ProofResult {
    let problems = unexpected(before, after, announced);
    ProofResult {
        id: "catalogue".to_owned(),
        title: format!(
            "Everything else is as before: {} objects compared, {} announced differences, no other",
            before.objects.len(),
            announced.len()
        ),
        passed: problems.is_empty(),
        expected: "no other difference".to_owned(),
        found: if problems.is_empty() { "no other difference".to_owned() } else { problems.join("; ") },
        sql: String::new(),
    }
}

/// Differences that were not announced, and announced ones that are not there.
pub(super) fn unexpected(before: &Catalogue, after: &Catalogue, announced: &[Announcement]) -> Vec<String> {
    let found = before.differences(after);
    let known: BTreeMap<(&str, &str), &Announcement> = announced.iter().map(|one| (place(one), one)).collect();
    let there: BTreeMap<(&str, &str), &Difference> = found.iter().map(|one| (place(one), one)).collect();
    let foreign = found.iter().filter(|one| !known.get(&place(one)).is_some_and(|known| covers(known, one))).map(tell);
    let missing = announced
        .iter()
        .filter(|known| !is_open(known) && !there.get(&place(known)).is_some_and(|one| covers(known, one)));
    foreign.chain(missing.map(|known| format!("announced but not found: {}", tell(known)))).collect()
}

fn place(difference: &Difference) -> (&str, &str) {
    (&difference.object, &difference.attribute)
}

/// True for an announcement whose value after is `*`: the attribute may change with the
/// key, as the type of a view's column may, whose spelling only the server knows.
fn is_open(announced: &Announcement) -> bool {
    announced.after.as_deref() == Some("*")
}

// Both speak of the same attribute of the same object.
fn covers(announced: &Announcement, found: &Difference) -> bool {
    announced.before == found.before && (announced.after == found.after || is_open(announced))
}

fn tell(difference: &Difference) -> String {
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "absent".to_owned());
    let Difference { object, attribute, before, after } = difference;
    format!("{object} {attribute}: {} -> {}", value(before), value(after))
}

/// Looks again, later, whether a finished run still stands: what was asserted for good,
/// and that the catalogue is still the one it left.
///
/// # Errors
/// When the database cannot be asked.
pub async fn validate(
    database: &dyn Database,
    connection: &mut dyn Connection,
    stored: &StoredRun,
) -> Result<Vec<ProofResult>> {
    let now = database.catalogue(connection).await?;
    let blueprint = &stored.plan.blueprint;
    let mut results = vec![catalogue(&stored.before, &now, &blueprint.announced)];
    let plan = &stored.plan;
    let maps: Vec<String> = (0..plan.conversions.len())
        .map(|number| database.map_table(&plan.schema_fingerprint, &plan.conversions, number))
        .collect();
    // Once a run is kept its maps are gone, and with them what only they could tell.
    let askable = |assertion: &&Assertion| {
        assertion.lasting && (stored.state != RunState::Kept || !maps.iter().any(|map| assertion.sql.contains(map)))
    };
    for assertion in blueprint.assertions.iter().chain(&blueprint.later).filter(askable) {
        results.push(assert(connection, assertion, None).await?);
    }
    Ok(results)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Attributes;

    fn one(kind: &str, value: &str) -> Catalogue {
        let attributes: Attributes = [("type".to_owned(), value.to_owned())].into();
        Catalogue { objects: [(kind.to_owned(), attributes)].into() }
    }

    fn announced(after: &str) -> Announcement {
        Difference {
            object: "column a".into(),
            attribute: "type".into(),
            before: Some("integer".into()),
            after: Some(after.into()),
        }
    }

    #[test]
    fn an_announced_difference_passes_and_must_be_there() {
        let (before, after) = (one("column a", "integer"), one("column a", "uuid"));
        assert!(catalogue(&before, &after, &[announced("uuid")]).passed);
        assert!(catalogue(&before, &after, &[announced("*")]).passed);
        assert!(catalogue(&before, &before, &[announced("*")]).passed);
        assert!(!catalogue(&before, &before, &[announced("uuid")]).passed);
    }

    #[test]
    fn anything_else_does_not_pass() {
        let before = one("column a", "integer");
        assert!(!catalogue(&before, &one("column a", "text"), &[announced("uuid")]).passed);
        assert!(!catalogue(&before, &Catalogue::default(), &[]).passed);
        assert!(!catalogue(&before, &one("column b", "integer"), &[]).passed);
    }

    #[test]
    fn values_cannot_run_into_each_other() {
        let row = |values: &[&str]| vec![values.iter().map(|value| Some((*value).to_owned())).collect::<Row>()];
        assert_ne!(flatten(&row(&["a|b", "c"])), flatten(&row(&["a", "b|c"])));
    }
}
