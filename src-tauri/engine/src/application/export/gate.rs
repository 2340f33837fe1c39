//! The gate as statements: what does not hold is a row that a table refuses, which ends the
//! script and, where there is a transaction, takes everything back.

use crate::application::export::Way;
use crate::dialect::Database;
use crate::plan::{self, Action, Plan, Proof, Step};
use crate::schema::EngineKind;

const NOTED: &str = "rk_noted";
const HELD: &str = "rk_held";

/// True for the step before which the proofs are taken: the map is completed first.
pub(super) fn is_first_change(step: &Step, way: Way) -> bool {
    let change = matches!(step.action, Action::DropDependents | Action::ConvertTable { .. });
    change || (way == Way::Forward && !matches!(step.action, Action::LockTables | Action::Prepare))
}

fn first(proof: &Proof, way: Way) -> &str {
    match way {
        Way::Forward => &proof.before,
        Way::Back => proof.back.as_ref().unwrap_or(&proof.after),
    }
}

fn second(proof: &Proof, way: Way) -> &str {
    match way {
        Way::Forward => &proof.after,
        Way::Back => &proof.before,
    }
}

// The answer to a question as one value: on PostgreSQL the text of its rows.
fn flat(sql: &str) -> String {
    format!("(SELECT pg_catalog.string_agg(p::pg_catalog.text, ' ') FROM ({sql}) p)")
}

fn noted(place: usize) -> String {
    format!("{NOTED}_{place}")
}

/// Notes what the proofs say before anything is changed.
pub(super) fn note(database: &dyn Database, plan: &Plan, way: Way) -> Vec<String> {
    let temporary = |place: usize, proof: &Proof| {
        let sql = match database.engine() {
            EngineKind::Postgres => format!("SELECT {} AS said", flat(first(proof, way))),
            EngineKind::Sqlite | EngineKind::Mysql => first(proof, way).to_owned(),
        };
        format!("CREATE TEMPORARY TABLE {} AS {sql}", noted(place))
    };
    plan.blueprint.proofs.iter().enumerate().map(|(place, proof)| temporary(place, proof)).collect()
}

/// Asks again, and the assertions, and lets nothing through that does not hold.
pub(super) fn compare(database: &dyn Database, plan: &Plan, way: Way) -> Vec<String> {
    let postgres = database.engine() == EngineKind::Postgres;
    let mut statements = vec![judge()];
    for (place, proof) in plan.blueprint.proofs.iter().enumerate() {
        let (noted, now) = (noted(place), second(proof, way));
        let same = if postgres {
            format!("(SELECT n.said FROM pg_temp.{noted} n) IS NOT DISTINCT FROM {}", flat(now))
        } else {
            format!("(SELECT count(*) FROM (SELECT * FROM temp.{noted} UNION {now})) = 1")
        };
        statements.push(held(database, &proof.title, &same));
    }
    let assertions = if way == Way::Forward { plan.blueprint.assertions.as_slice() } else { &[] };
    for one in assertions {
        let expected = database.literal(&one.expect);
        let right =
            if postgres { format!("({}) = {expected}", one.sql) } else { format!("({}) IS {expected}", one.sql) };
        statements.push(held(database, &one.title, &right));
    }
    let schema = if postgres { "pg_temp" } else { "temp" };
    statements.extend((0..plan.blueprint.proofs.len()).map(|place| format!("DROP TABLE {schema}.{}", noted(place))));
    statements.push(format!("DROP TABLE {schema}.{HELD}"));
    statements
}

/// Where new tables stand beside the live ones, both are asked at the same time.
pub(super) fn compare_aside(database: &dyn Database, plan: &Plan, way: Way) -> Vec<String> {
    static NOTHING: plan::Way = plan::Way::new();
    let needed = plan.blueprint.staged.as_ref().map_or(&NOTHING, |staged| match way {
        Way::Forward => &staged.forward,
        Way::Back => &staged.back,
    });
    let mut statements = vec![format!("DROP TEMPORARY TABLE IF EXISTS {HELD}"), judge()];
    for proof in &plan.blueprint.proofs {
        let now = needed.aside.get(&proof.id).map_or(second(proof, way), String::as_str);
        let ((hints, now), (more, before)) = (hinted(now), hinted(first(proof, way)));
        let same = format!("(SELECT COUNT(*) FROM (({before}) UNION ({now})) u) = 1");
        let hints = if hints.is_empty() { more } else { hints };
        statements.push(format!("{hints}{}", held(database, &proof.title, &same)));
    }
    let assertions = if way == Way::Forward { plan.blueprint.assertions.as_slice() } else { &[] };
    for one in assertions {
        let (hints, sql) = hinted(needed.aside.get(&one.id).unwrap_or(&one.sql));
        let right = format!("({sql}) = {}", database.literal(&one.expect));
        statements.push(format!("{hints}{}", held(database, &one.title, &right)));
    }
    statements.push(format!("DROP TEMPORARY TABLE {HELD}"));
    statements
}

// MariaDB takes what it is told for one question before the whole statement alone.
fn hinted(sql: &str) -> (&str, &str) {
    match sql.find(" FOR SELECT").filter(|_| sql.starts_with("SET STATEMENT ")) {
        Some(place) => sql.split_at(place + " FOR ".len()),
        None => ("", sql),
    }
}

fn judge() -> String {
    format!("CREATE TEMPORARY TABLE {HELD} (what text, held integer NOT NULL, CONSTRAINT must_hold CHECK (held = 1))")
}

fn held(database: &dyn Database, title: &str, condition: &str) -> String {
    let schema = match database.engine() {
        EngineKind::Postgres => "pg_temp.",
        EngineKind::Sqlite => "temp.",
        EngineKind::Mysql => "",
    };
    format!(
        "INSERT INTO {schema}{HELD} (what, held) SELECT {}, CASE WHEN {condition} THEN 1 ELSE 0 END",
        database.literal(title)
    )
}
