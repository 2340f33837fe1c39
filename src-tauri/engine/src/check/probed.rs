//! What the probe of a database found, sorted into checks.

use std::collections::BTreeMap;

use super::{Finding, Looked, Name, Severity, Subject};
use crate::dialect::{Connection, Database};
use crate::error::Error;
use crate::plan::ConversionKind;
use crate::schema::{ColumnKind, EngineKind, INFERRED};

/// Findings that are told with their numbers; of more it is said how many there are.
const TOLD: usize = 3;

/// The check that a rule of the probe belongs to.
fn name_of(rule: &str) -> Name {
    match rule {
        "RK-140" | "RK-222" | "RK-309" => Name::Orphans,
        "RK-142" | "RK-181" | "RK-186" => Name::Duplicates,
        "RK-174" | "RK-183" | "RK-184" | "RK-185" | "RK-187" | "RK-189" | "RK-325" | "RK-328" => Name::MalformedUuids,
        "RK-180" | "RK-221" => Name::RowsWithoutUuid,
        "RK-127" | "RK-143" | "RK-316" => Name::HiddenRows,
        "RK-105" | "RK-128" => Name::Publications,
        "RK-129" => Name::EventTriggers,
        "RK-139" => Name::UnindexedReferences,
        _ => Name::Dependents,
    }
}

/// The checks that the probe serves.
pub(super) const NAMES: [Name; 8] = [
    Name::Dependents,
    Name::UnindexedReferences,
    Name::EventTriggers,
    Name::Orphans,
    Name::Duplicates,
    Name::MalformedUuids,
    Name::RowsWithoutUuid,
    Name::HiddenRows,
];

/// Sorts findings into the checks that they belong to.
pub(super) fn sorted(found: Vec<Finding>) -> BTreeMap<Name, Vec<Finding>> {
    let mut sorted: BTreeMap<Name, Vec<Finding>> = BTreeMap::new();
    for finding in found {
        sorted.entry(name_of(&finding.rule)).or_default().push(finding);
    }
    sorted
}

/// The check for what was found.
pub(super) async fn look(
    name: Name,
    database: &dyn Database,
    connection: &mut dyn Connection,
    subject: Subject<'_>,
    found: Vec<Finding>,
) -> Looked {
    if let Some(reason) = idle(name, subject).filter(|_| found.is_empty()) {
        return Looked::not_applicable(reason);
    }
    if name == Name::Orphans {
        let measured = orphans(database, connection, subject, &found).await;
        return Looked::found(measured, found).noted();
    }
    let by_column = matches!(name, Name::Duplicates | Name::MalformedUuids | Name::RowsWithoutUuid);
    let measured = if name == Name::Dependents {
        tally(&found)
    } else if by_column && found.is_empty() {
        format!("none in {}", columns(subject))
    } else {
        told(&found)
    };
    let looked = Looked::found(measured, found);
    // Among these are notes on every key.
    if matches!(name, Name::Dependents | Name::MalformedUuids) { looked } else { looked.noted() }
}

// Every one of them was looked at; what was found is told with its column and number.
fn columns(subject: Subject<'_>) -> String {
    let keys = subject.conversions.len();
    let members: usize = subject.conversions.iter().map(|one| one.members.len()).sum();
    let references = members.saturating_sub(keys);
    format!(
        "{} and {}",
        crate::report::words::count(keys, "key", "keys"),
        crate::report::words::count(references, "reference", "references")
    )
}

fn told(found: &[Finding]) -> String {
    let mut lines: Vec<String> =
        found.iter().take(TOLD).map(|finding| format!("{}: {}", finding.object, finding.meaning)).collect();
    if found.len() > TOLD {
        lines.push(format!("and {} more", found.len() - TOLD));
    }
    if lines.is_empty() { "none".to_owned() } else { lines.join(" ") }
}

// Of many objects there is much to say; here it is only how much.
fn tally(found: &[Finding]) -> String {
    let of = |severity: Severity| found.iter().filter(|finding| finding.severity == severity).count();
    let counts = [
        (of(Severity::Block), "in the way", "in the way"),
        (of(Severity::Ask), "to decide", "to decide"),
        (of(Severity::Warn), "warning", "warnings"),
        (of(Severity::Info), "note", "notes"),
    ];
    let list: Vec<String> = counts
        .iter()
        .filter(|(number, ..)| *number > 0)
        .map(|(number, one, many)| crate::report::words::count(*number, one, many))
        .collect();
    if list.is_empty() { "none".to_owned() } else { list.join(", ") }
}

// Why a check has nothing to look at.
fn idle(name: Name, subject: Subject<'_>) -> Option<&'static str> {
    let engine = subject.schema.engine;
    let repoints = subject.conversions.iter().any(|one| one.kind == ConversionKind::Repoint);
    let reasons = [
        (
            name == Name::UnindexedReferences && engine == EngineKind::Mysql && !has_undeclared(subject),
            "The server gives every foreign key an index by itself, and all references are declared.",
        ),
        (
            matches!(name, Name::EventTriggers | Name::Publications) && engine != EngineKind::Postgres,
            "This product has nothing of the kind.",
        ),
        (name == Name::MalformedUuids && !repoints && !has_texts(subject), "No key of text is converted."),
        (
            name == Name::RowsWithoutUuid && !repoints && engine != EngineKind::Sqlite,
            "No references are led to a column of UUIDs.",
        ),
    ];
    reasons.into_iter().find(|(holds, _)| *holds).map(|(_, reason)| reason)
}

fn has_undeclared(subject: Subject<'_>) -> bool {
    subject.conversions.iter().flat_map(|one| &one.members).any(|member| member.via == INFERRED)
}

fn has_texts(subject: Subject<'_>) -> bool {
    subject.conversions.iter().any(|one| {
        let table = subject.schema.tables.get(&one.root.table);
        table.and_then(|table| table.column(&one.root.column)).is_some_and(|column| column.kind == ColumnKind::Text)
    })
}

// Counted again where something was found: with many references most have none.
async fn orphans(
    database: &dyn Database,
    connection: &mut dyn Connection,
    subject: Subject<'_>,
    found: &[Finding],
) -> String {
    let mut counts = Vec::new();
    let mut others = 0;
    for conversion in subject.conversions {
        for member in conversion.members.iter().filter(|member| member.column != conversion.root) {
            let column = member.column.to_string();
            if found.iter().all(|finding| finding.object != column) {
                others += 1;
                continue;
            }
            let own = format!("t.{}", database.quote(&member.column.column));
            let key = database.quote(&conversion.root.column);
            let alike = database.comparable(subject.schema, &conversion.root, &member.column, &own);
            let sql = format!(
                "SELECT {} FROM {} t WHERE {own} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {} p WHERE p.{key} = {alike})",
                database.text("count(*)"),
                place(database, &member.column.table),
                place(database, &conversion.root.table),
            );
            counts.push(format!("{column}: {}", counted(connection, &sql).await));
        }
    }
    match (counts.as_slice(), others) {
        ([], 0) => "no references".to_owned(),
        ([], others) => format!("{others} references, no row points nowhere"),
        (counts, 0) => counts.join("; "),
        (counts, others) => format!("{}; {others} other references: none", counts.join("; ")),
    }
}

fn place(database: &dyn Database, table: &crate::schema::TableName) -> String {
    format!("{}.{}", database.quote(&table.schema), database.quote(&table.name))
}

async fn counted(connection: &mut dyn Connection, sql: &str) -> String {
    match connection.query(sql).await {
        Ok(rows) => rows.into_iter().flatten().flatten().next().unwrap_or_default() + " rows",
        Err(Error::Rights { .. }) => "may not be read".to_owned(),
        Err(_) => "not counted".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_nowhere_else_stands_on_a_key() {
        let finding = |rule: &str| Finding::new(Severity::Warn, rule, "object", "meaning", "remedy");
        let sorted = sorted(vec![finding("RK-140"), finding("RK-999"), finding("RK-222")]);
        assert_eq!(sorted[&Name::Orphans].len(), 2);
        assert_eq!(sorted[&Name::Dependents].len(), 1);
        assert_eq!(told(&[]), "none");
        assert_eq!(tally(&sorted[&Name::Orphans]), "2 warnings");
        assert!(told(&vec![finding("RK-140"); 5]).ends_with("and 2 more"));
    }
}
