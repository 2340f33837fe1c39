//! From schema and choices to a plan.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use crate::check::{Finding, Severity};
use crate::dialect::{Connection, Database, Extent, tell_holder};
use crate::error::{Error, Result};
use crate::plan::decide::{self, Decided};
use crate::plan::extras;
use crate::plan::{
    Action, Blueprint, Choices, Conversion, FORMAT, Mode, Plan, Question, Refusal, Selection, Storage, file, weigh,
};
use crate::schema::{ColumnName, Domain, DomainMember, Schema, Verdict, domains, hand_out, named_domain, repointed};

/// A plan together with the schema it was made from.
#[derive(Debug)]
pub struct Built {
    /// The plan.
    pub plan: Plan,
    /// The schema as it was read.
    pub schema: Schema,
}

/// Reads the database and makes the plan for these choices.
///
/// # Errors
/// [`Error::Unknown`] where a named domain does not exist; [`Error::Refused`] where this
/// version cannot do what was chosen; errors of reading.
pub async fn build(database: &dyn Database, connection: &mut dyn Connection, choices: &Choices) -> Result<Built> {
    let began = Instant::now();
    let built = make(database, connection, choices).await;
    tell_holder(database, &[], began, built).await
}

async fn make(database: &dyn Database, connection: &mut dyn Connection, choices: &Choices) -> Result<Built> {
    let schema = database.survey(connection, Extent::Whole).await?;
    let storage = storage(database, &schema, choices)?;
    extras::check(&schema, choices)?;
    let (mut chosen, refused) = choose(&schema, choices)?;
    let mut dropped = Dropped { refused, questions: Vec::new() };
    weigh(database, connection, &schema, &mut chosen).await?;
    let decided = chosen.into_iter().map(|domain| decide::decide(domain, choices)).collect();
    let kept = settle(database, connection, &schema, choices, storage, decided, &mut dropped).await?;
    let conversions: Vec<Conversion> =
        kept.iter().map(|decided| decided.conversion(&schema, choices, storage)).collect();
    extras::check_taken(choices, &conversions, &dropped.refused)?;
    let plan = assemble(database, &schema, choices, conversions, &kept, dropped)?;
    Ok(Built { plan, schema })
}

/// What fell out on the way: the domains with their reasons, and the questions that
/// would bring them back.
struct Dropped {
    refused: Vec<Refusal>,
    questions: Vec<Question>,
}

fn storage(database: &dyn Database, schema: &Schema, choices: &Choices) -> Result<Storage> {
    let possible = database.storages(schema);
    let wanted = choices.storage.or(possible.first().copied());
    wanted.filter(|wanted| possible.contains(wanted)).ok_or_else(|| Error::Refused {
        reasons: vec![format!(
            "RK-016 storage: {} {} can store UUIDs as {}; choose one of these, or leave the choice out",
            schema.engine.product(&schema.server_version),
            schema.server_version,
            possible.iter().map(|storage| storage.word()).collect::<Vec<_>>().join(", ")
        )],
    })
}

fn choose(schema: &Schema, choices: &Choices) -> Result<(Vec<Domain>, Vec<Refusal>)> {
    let all = domains(schema);
    let Selection::Domains { roots } = &choices.selection else {
        return Ok((all.into_iter().map(|domain| led(schema, choices, domain)).collect(), Vec::new()));
    };
    let (mut chosen, mut refused) = (Vec::new(), Vec::new());
    for root in roots.iter().collect::<BTreeSet<_>>() {
        let table = schema.tables.get(&root.table);
        if table.and_then(|table| table.column(&root.column)).is_none() {
            return Err(Error::Unknown { kind: "column", name: root.to_string() });
        }
        let known = all.iter().find(|domain| domain.root == *root).cloned();
        match known.or_else(|| named_domain(schema, root)) {
            Some(domain) => chosen.push(led(schema, choices, domain)),
            None => refused.push(Refusal { root: root.clone(), reasons: vec![no_key(root)] }),
        }
    }
    Ok((chosen, refused))
}

// A domain as it is where its references lead to another column.
fn led(schema: &Schema, choices: &Choices, domain: Domain) -> Domain {
    match choices.repoint.iter().find(|one| one.root == domain.root) {
        Some(one) => repointed(schema, domain, &one.target),
        None => domain,
    }
}

fn no_key(root: &ColumnName) -> Finding {
    Finding::new(
        Severity::Block,
        "RK-014",
        root.to_string(),
        "The column is no integer key of its own: it is no primary or unique key, is no number, or holds the values of another key.",
        "Name the key itself ('rekey inspect' lists them), or give the table a primary key first.",
    )
}

// A domain that falls out may have been what another one's view or composite key needed,
// so the rest is probed again until nothing more falls out.
async fn settle(
    database: &dyn Database,
    connection: &mut dyn Connection,
    schema: &Schema,
    choices: &Choices,
    storage: Storage,
    mut decided: Vec<Decided>,
    dropped: &mut Dropped,
) -> Result<Vec<Decided>> {
    loop {
        ask_all(&mut decided, schema, choices);
        drop_refused(&mut decided, dropped);
        let answers: Vec<_> = decided.iter().map(Decided::decisions).collect();
        let conversions: Vec<Conversion> =
            decided.iter().map(|decided| decided.conversion(schema, choices, storage)).collect();
        let known: Vec<Decided> = decided.clone();
        let found = database.probe(connection, schema, &conversions).await?;
        hand_out(decided.iter_mut().map(|one| &mut one.domain), found);
        ask_all(&mut decided, schema, choices);
        if take_in(&mut decided, &known) {
            continue;
        }
        let settled = decided.iter().map(Decided::decisions).eq(answers);
        if settled && decided.iter().all(|one| one.domain.verdict == Verdict::Convert) {
            return Ok(decided);
        }
    }
}

// Where an answer took a column in, what else was found is out of date: a view that compares
// the column with the key may be sound again.
fn take_in(decided: &mut [Decided], known: &[Decided]) -> bool {
    let scattered = |one: &Decided| -> Vec<DomainMember> {
        one.domain.members.iter().filter(|member| !member.shape.is_plain()).cloned().collect()
    };
    if decided.iter().zip(known).all(|(one, before)| scattered(one) == scattered(before)) {
        return false;
    }
    for (one, before) in decided.iter_mut().zip(known) {
        let mut fresh = before.clone();
        fresh.domain.members.clone_from(&one.domain.members);
        for finding in one.domain.findings.iter().filter(|finding| finding.takes_in()) {
            fresh.domain.renew(finding.clone());
        }
        *one = fresh;
    }
    true
}

fn ask_all(decided: &mut [Decided], schema: &Schema, choices: &Choices) {
    for one in decided {
        decide::ask(one, choices);
        // What an answer took in may have something in its own way.
        let obstacles = one.domain.obstacles(schema);
        if !obstacles.is_empty() {
            one.domain.add(obstacles);
            decide::ask(one, choices);
        }
    }
}

fn drop_refused(decided: &mut Vec<Decided>, dropped: &mut Dropped) {
    decided.retain(|one| {
        let stays = one.domain.verdict == Verdict::Convert;
        if !stays {
            let reasons = one.domain.findings.iter().filter(|finding| finding.severity >= Severity::Ask);
            dropped.refused.push(Refusal { root: one.domain.root.clone(), reasons: reasons.cloned().collect() });
            dropped.questions.extend(one.questions.iter().cloned());
        }
        stays
    });
}

fn assemble(
    database: &dyn Database,
    schema: &Schema,
    choices: &Choices,
    conversions: Vec<Conversion>,
    kept: &[Decided],
    dropped: Dropped,
) -> Result<Plan> {
    let tables: BTreeSet<_> = conversions.iter().flat_map(|one| &one.members).map(|one| &one.column.table).collect();
    let rows = tables.iter().filter_map(|name| schema.tables.get(*name));
    let rows = rows.filter(|table| !schema.is_partition(table)).map(|table| table.rows).sum();
    let mut plan = Plan {
        format: FORMAT,
        fingerprint: String::new(),
        engine: schema.engine,
        database: schema.database.clone(),
        schema_fingerprint: schema.catalogue.fingerprint(),
        objects: file::object_digests(&schema.catalogue),
        mode: Mode::Offline,
        choices: choices.clone(),
        blueprint: blueprint(database, schema, &conversions)?,
        conversions,
        questions: kept.iter().flat_map(|one| one.questions.clone()).chain(dropped.questions).collect(),
        findings: findings(schema, kept),
        refused: dropped.refused,
        rows,
    };
    plan.fingerprint = plan.compute_fingerprint();
    Ok(plan)
}

fn findings(schema: &Schema, kept: &[Decided]) -> Vec<Finding> {
    // What is about several domains stands with each of them.
    let mut seen: BTreeMap<(&str, &str), Vec<&Finding>> = BTreeMap::new();
    let mut found: Vec<Finding> = Vec::new();
    for finding in kept.iter().flat_map(|one| &one.domain.findings) {
        let alike = seen.entry((&finding.rule, &finding.object)).or_default();
        if !alike.contains(&finding) {
            alike.push(finding);
            found.push(finding.clone());
        }
    }
    found.extend(keyless(schema));
    found
}

/// Tables without a primary key, as findings: nothing is lost there, but nothing gains.
pub(crate) fn keyless(schema: &Schema) -> Vec<Finding> {
    let tables = schema.tables.values().filter(|table| table.primary_key.is_none());
    tables
        .map(|table| {
            Finding::new(
                Severity::Info,
                "RK-010",
                table.name.to_string(),
                "The table has no primary key, so it has no key to convert. References in it follow their keys all the same.",
                "Give it a primary key if it should have one.",
            )
        })
        .collect()
}

/// The dialect's blueprint with the journal's own statements filled in, so that the
/// preview shows them too. Nothing to convert gives nothing to do.
pub(super) fn blueprint(database: &dyn Database, schema: &Schema, conversions: &[Conversion]) -> Result<Blueprint> {
    if conversions.is_empty() {
        return Ok(Blueprint::default());
    }
    let mut blueprint = database.blueprint(schema, conversions)?;
    let journal = database.journal();
    let mut written = journal.create;
    written.push(journal.insert);
    let mut removed = vec![journal.delete];
    removed.extend(journal.remove);
    for (steps, statements) in [(&mut blueprint.steps, written), (&mut blueprint.undo, removed)] {
        // What was done is recorded last, when the proofs are known.
        steps.sort_by_key(|step| step.action == Action::Record);
        for step in steps.iter_mut().filter(|step| step.action == Action::Record) {
            step.statements.clone_from(&statements);
        }
    }
    Ok(blueprint)
}
