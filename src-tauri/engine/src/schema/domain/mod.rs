//! Domains: a root key and every reference to it.
//!
//! The graph is one of columns, not of tables: a composite foreign key is one edge per
//! pair of columns, and an inherited column is the same column as its parent's. Walking
//! the edges upwards from any column ends at the root whose values it holds.

mod confidence;
mod graph;
mod infer;
mod repoint;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use self::confidence::{Confidence, Fit, Level};
use self::graph::Graph;
use self::infer::Candidate;
pub use self::infer::{is_class_of, is_named_for, type_beside};
use crate::check::{Finding, Severity};
use crate::schema::{Column, ColumnKind, ColumnName, EngineKind, Generator, Obstacle, Schema, Shape, Table};

/// The word in `via` for a reference that no constraint declares.
pub const INFERRED: &str = "inferred";

/// What can be done with a domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum Verdict {
    /// It can be converted.
    Convert,
    /// It can be converted once a question is answered.
    Ask,
    /// It cannot be converted, for the reasons given.
    Refuse,
}

impl Verdict {
    /// The verdict that follows from findings.
    pub fn of(findings: &[Finding]) -> Self {
        match findings.iter().map(|finding| finding.severity).max() {
            Some(Severity::Block) => Verdict::Refuse,
            Some(Severity::Ask) => Verdict::Ask,
            Some(Severity::Info | Severity::Warn) | None => Verdict::Convert,
        }
    }
}

/// A column of a domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DomainMember {
    /// The column.
    #[serde(flatten)]
    pub column: ColumnName,
    /// The constraint that makes it a member, or `inferred`.
    pub via: String,
    /// Its type as the server writes it.
    #[serde(rename = "type")]
    pub type_name: String,
    /// How sure it is, where no constraint declares it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub confidence: Option<Confidence>,
    /// How well its name fits, where no constraint declares it.
    #[serde(skip)]
    pub fit: Option<Fit>,
    /// True where a row can do without a value that the key does not have, and be known again
    /// to get it back.
    #[serde(skip)]
    pub can_let_go: bool,
    /// How it holds the ids.
    #[serde(default, skip_serializing_if = "Shape::is_plain")]
    #[ts(optional, as = "Option<Shape>")]
    pub shape: Shape,
    /// The type it gets, where that is not the one of every UUID.
    #[serde(skip)]
    pub to_type: Option<String>,
}

impl DomainMember {
    /// True where no constraint declares it.
    pub fn is_inferred(&self) -> bool {
        self.via == INFERRED
    }
}

/// A root key with every reference to it, through shared keys and chains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Domain {
    /// The root key.
    pub root: ColumnName,
    /// The root itself first, then every reference in order of name.
    pub members: Vec<DomainMember>,
    /// What can be done.
    pub verdict: Verdict,
    /// Why, as findings: everything that is to be known about this domain.
    pub findings: Vec<Finding>,
    /// Rows in the root's table.
    #[ts(type = "number")]
    pub rows: u64,
}

impl Domain {
    /// Says how sure the guess about a column is; without confidence it is none any more.
    pub fn settle_guess(&mut self, column: &ColumnName, confidence: Option<Confidence>) {
        let name = column.to_string();
        let guess = |finding: &Finding| finding.rule == "RK-013" && finding.object == name;
        match confidence {
            Some(sure) => {
                for finding in self.findings.iter_mut().filter(|finding| guess(finding)) {
                    finding.meaning = format!("{} {}", finding.meaning, sure.told());
                }
            }
            None => {
                self.members.retain(|member| !member.is_inferred() || member.column != *column);
                self.findings.retain(|finding| !guess(finding));
            }
        }
        for member in self.members.iter_mut().filter(|member| member.column == *column) {
            member.confidence = confidence;
        }
        self.verdict = Verdict::of(&self.findings);
    }

    /// Takes a column in that holds the key's ids in a shape of its own, in place of what was
    /// said of that column before.
    pub fn take_in(&mut self, member: Option<&DomainMember>, column: &str) {
        self.members.retain(|known| known.shape.is_plain() || known.column.to_string() != column);
        self.members.extend(member.cloned());
    }

    /// What stands in the way of converting those columns.
    pub fn obstacles(&self, schema: &Schema) -> Vec<Finding> {
        let taken_in: Vec<&DomainMember> = self.members.iter().filter(|member| !member.shape.is_plain()).collect();
        let against = |obstacle: &&Obstacle| {
            let hit = |member: &&&DomainMember| obstacle.columns.contains(&member.column);
            // What orders texts goes on to order them where the type stays.
            let same = |member: &&DomainMember| member.to_type.as_ref() == Some(&member.type_name);
            taken_in.iter().filter(hit).any(|member| obstacle.rule != "RK-114" || !same(member))
        };
        schema.obstacles.iter().filter(against).map(Obstacle::finding).collect()
    }

    /// Adds a finding in place of a question with the same id and other answers.
    pub fn renew(&mut self, finding: Finding) {
        self.findings.retain(|known| known.question() != finding.question() || known.options == finding.options);
        self.add([finding]);
    }

    /// Adds findings and draws the verdict again.
    pub fn add(&mut self, findings: impl IntoIterator<Item = Finding>) {
        for finding in findings {
            let same = |known: &Finding| {
                (&known.rule, &known.object, &known.meaning) == (&finding.rule, &finding.object, &finding.meaning)
            };
            // An answer may have taken weight off what is found once more.
            if !self.findings.iter().any(same) {
                self.findings.push(finding);
            }
        }
        self.verdict = Verdict::of(&self.findings);
    }
}

/// Gives each finding to every domain that has its column as a member.
pub(crate) fn hand_out<'d>(domains: impl IntoIterator<Item = &'d mut Domain>, found: Vec<(ColumnName, Finding)>) {
    let mut domains: Vec<&mut Domain> = domains.into_iter().collect();
    let mut places: BTreeMap<ColumnName, Vec<usize>> = BTreeMap::new();
    for (place, domain) in domains.iter().enumerate() {
        for member in &domain.members {
            places.entry(member.column.clone()).or_default().push(place);
        }
    }
    for (column, finding) in found {
        for place in places.get(&column).into_iter().flatten() {
            domains[*place].renew(finding.clone());
        }
    }
}

/// All domains of a schema whose root is the whole primary key of its table and a number,
/// in order of name, with the verdict as far as the schema alone can tell.
pub fn domains(schema: &Schema) -> Vec<Domain> {
    let graph = Graph::new(schema);
    let roots = schema.tables.values().filter_map(|table| {
        let column = table.column(table.identity()?)?;
        let name = table.column_name(&column.name);
        (can_be_key(column) && graph.is_root(&name)).then_some(name)
    });
    build(schema, &graph, roots.collect())
}

/// The domain of a column that the user named: a unique column, or an integer column of
/// a composite key. None where it is no number, or holds the values of another key.
pub fn named_domain(schema: &Schema, root: &ColumnName) -> Option<Domain> {
    let table = schema.tables.get(&root.table)?;
    let column = table.column(&root.column)?;
    let graph = Graph::new(schema);
    if !can_be_key(column) || !graph.is_root(root) || !is_part_of_a_key(table, &root.column) {
        return None;
    }
    build(schema, &graph, vec![root.clone()]).pop()
}

fn can_be_key(column: &Column) -> bool {
    match column.kind {
        ColumnKind::Integer | ColumnKind::Numeric | ColumnKind::Text => true,
        ColumnKind::Uuid | ColumnKind::Other => false,
    }
}

/// A domain whose references leave the key for another column of its table: the key itself
/// is no member, and what stands on it stays.
pub fn repointed(schema: &Schema, mut domain: Domain, target: &str) -> Domain {
    let root = domain.root.clone();
    domain.members.retain(|member| member.column != root);
    domain.findings = findings(schema, &Graph::new(schema), &domain);
    let found = repoint::findings(schema, &domain, target);
    domain.add(found);
    domain
}

fn is_part_of_a_key(table: &Table, column: &str) -> bool {
    let of_primary = table.primary_key.as_ref().is_some_and(|key| key.columns.iter().any(|name| name == column));
    of_primary || table.unique_keys.iter().any(|key| key.columns == [column])
}

fn build(schema: &Schema, graph: &Graph, roots: Vec<ColumnName>) -> Vec<Domain> {
    let mut inferred = infer::candidates(schema, graph, &roots);
    roots.into_iter().map(|root| domain(schema, graph, root, &mut inferred)).collect()
}

fn domain(
    schema: &Schema,
    graph: &Graph,
    root: ColumnName,
    inferred: &mut BTreeMap<ColumnName, Vec<Candidate>>,
) -> Domain {
    let guesses = inferred.remove(&root).unwrap_or_default();
    let mut members = vec![member(schema, &root, key_name(schema, &root))];
    let declared = graph.members(&root);
    members.extend(declared.iter().map(|(column, via)| member(schema, column, via.clone())));
    members.extend(guesses.iter().map(|guess| DomainMember {
        fit: Some(guess.fit),
        can_let_go: can_let_go(schema, &guess.column),
        ..member(schema, &guess.column, INFERRED.to_owned())
    }));
    let rows = schema.tables.get(&root.table).map_or(0, |table| table.rows);
    let mut domain = Domain { root, members, verdict: Verdict::Convert, findings: Vec::new(), rows };
    let findings = findings(schema, graph, &domain);
    domain.add(findings);
    domain
}

fn member(schema: &Schema, column: &ColumnName, via: String) -> DomainMember {
    let type_name = lookup(schema, column).map(|found| found.type_name.clone()).unwrap_or_default();
    DomainMember {
        column: column.clone(),
        via,
        type_name,
        confidence: None,
        fit: None,
        can_let_go: false,
        shape: Shape::Plain,
        to_type: None,
    }
}

// The rows of a table by itself, with a key to know them by.
fn can_let_go(schema: &Schema, name: &ColumnName) -> bool {
    let Some(table) = schema.tables.get(&name.table) else { return false };
    let alone = table.partitioned.is_none()
        && table.parents.is_empty()
        && schema.tables.values().all(|other| !other.parents.contains(&table.name));
    let fits = |column: &Column| column.nullable && column.kind == ColumnKind::Integer;
    schema.engine == EngineKind::Postgres
        && alone
        && table.primary_key.is_some()
        && table.column(&name.column).is_some_and(fits)
}

fn lookup<'a>(schema: &'a Schema, column: &ColumnName) -> Option<&'a Column> {
    schema.tables.get(&column.table)?.column(&column.column)
}

fn key_name(schema: &Schema, root: &ColumnName) -> String {
    let Some(table) = schema.tables.get(&root.table) else { return String::new() };
    let primary = table.primary_key.iter().find(|key| key.columns.contains(&root.column));
    let unique = table.unique_keys.iter().find(|key| key.columns == [root.column.clone()]);
    primary.or(unique).map(|key| key.name.clone()).unwrap_or_default()
}

fn findings(schema: &Schema, graph: &Graph, domain: &Domain) -> Vec<Finding> {
    let mut found = Vec::new();
    if domain.members.iter().any(|member| member.column == domain.root) {
        found.extend(repoint::beside(schema, &domain.root));
        found.extend(unfilled(schema, &domain.root));
    }
    for member in &domain.members {
        found.extend(type_finding(schema, &domain.root, member));
        if member.is_inferred() {
            found.push(inferred_finding(domain, &member.column));
        } else {
            found.extend(conflict_finding(graph, domain, &member.column));
        }
    }
    for obstacle in &schema.obstacles {
        if obstacle.columns.iter().any(|column| domain.members.iter().any(|member| &member.column == column)) {
            found.push(obstacle.finding());
        }
    }
    found
}

// Ids that nothing on the server makes: the application must send UUIDs from then on.
fn unfilled(schema: &Schema, root: &ColumnName) -> Option<Finding> {
    let column = lookup(schema, root)?;
    let filled = column.generator != Generator::None || column.default.is_some();
    (!filled).then(|| {
        Finding::new(
            Severity::Warn,
            "RK-171",
            root.to_string(),
            "The key has no default: the application sends the id of every new row. It gets none now either.",
            "Let the application send UUIDs from the run on.",
        )
    })
}

fn type_finding(schema: &Schema, root: &ColumnName, member: &DomainMember) -> Option<Finding> {
    let column = lookup(schema, &member.column)?;
    let key = lookup(schema, root)?;
    let whole = |column: &Column| column.kind == ColumnKind::Integer || is_whole_number(schema, column);
    let fits = if key.kind == ColumnKind::Text { column.kind == ColumnKind::Text } else { whole(column) };
    (!fits).then(|| {
        let kind = if key.kind == ColumnKind::Text { "text" } else { "an integer" };
        Finding::new(
            Severity::Block,
            "RK-011",
            member.column.to_string(),
            format!("The column holds values of the key but is of type '{}', not {kind}.", column.type_name),
            "Change its type to the key's type first, or leave this key as it is.",
        )
    })
}

// `numeric(12,0)` holds whole numbers alone.
fn is_whole_number(schema: &Schema, column: &Column) -> bool {
    let zero = column.base_type().strip_prefix("numeric(").and_then(|rest| rest.strip_suffix(",0)"));
    schema.engine == EngineKind::Postgres && column.kind == ColumnKind::Numeric && zero.is_some()
}

fn conflict_finding(graph: &Graph, domain: &Domain, column: &ColumnName) -> Option<Finding> {
    let other: Vec<String> =
        graph.roots(column).iter().filter(|root| **root != domain.root).map(ToString::to_string).collect();
    (!other.is_empty()).then(|| {
        Finding::new(
            Severity::Block,
            "RK-012",
            column.to_string(),
            format!(
                "The column references {} and {} at once. One value cannot become two different UUIDs.",
                domain.root,
                other.join(" and ")
            ),
            "Drop one of the two foreign keys, or leave both keys as they are.",
        )
    })
}

fn inferred_finding(domain: &Domain, column: &ColumnName) -> Finding {
    Finding::new(
        Severity::Ask,
        "RK-013",
        column.to_string(),
        format!("By name and type the column looks like a reference to {}, but no foreign key says so.", domain.root),
        "Answer whether it follows the key (include) or stays as it is (ignore).",
    )
}

#[cfg(test)]
mod tests;
