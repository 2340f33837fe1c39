//! The job as the runner does it, without its journal: steps, proofs, gate.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::Severity;
use crate::dialect::postgres::Postgres;
use crate::dialect::postgres::blueprint::{Held, Scope};
use crate::dialect::{Access, Connection, Database};
use crate::error::Result;
use crate::plan::{Action, Blueprint, Conversion, ConversionKind, Member, Proof, Step, Storage, UuidVersion};
use crate::schema::{Catalogue, ColumnKind, ColumnName, Difference, Schema, Shape};

/// One database on its way.
pub struct Job {
    pub database: Postgres,
    pub schema: Schema,
    pub conversions: Vec<Conversion>,
    pub blueprint: Blueprint,
}

impl Job {
    /// Reads the database and plans every domain.
    pub async fn plan(database: Postgres) -> Result<Job> {
        Job::plan_some(database, |_| true, &BTreeMap::new()).await
    }

    /// Reads the database and plans the domains that are asked for.
    pub async fn plan_some(
        database: Postgres,
        wanted: impl Fn(&ColumnName) -> bool,
        answers: &BTreeMap<String, String>,
    ) -> Result<Job> {
        let mut connection = database.connect(Access::Read, "rekey: test").await?;
        let schema = database.inspect(connection.as_mut()).await?;
        let mut conversions: Vec<Conversion> =
            conversions(&schema).into_iter().filter(|one| wanted(&one.root)).collect();
        for one in &mut conversions {
            one.answers.clone_from(answers);
        }
        let blueprint = database.blueprint(&schema, &conversions)?;
        for step in blueprint.steps.iter().chain(&blueprint.undo) {
            assert!(
                step.statements.iter().all(|sql| !sql.to_uppercase().contains("CASCADE\"") && !sql.starts_with("DROP")
                    || !sql.contains("CASCADE"))
            );
        }
        Ok(Job { database, schema, conversions, blueprint })
    }

    /// What is asked about and can be taken away, by the question's id, with that answer.
    pub async fn answers(&self) -> Result<BTreeMap<String, String>> {
        let mut connection = self.database.connect(Access::Read, "rekey: test").await?;
        let found = self.database.probe(connection.as_mut(), &self.schema, &self.conversions).await?;
        let asked = found.iter().map(|(_, finding)| finding).filter(|one| one.severity == Severity::Ask);
        let offered = asked.filter_map(|one| Some((one.question(), one.options.first()?.value.clone())));
        Ok(offered.collect())
    }

    /// The domains that obstacles or blocking findings keep out, with the first reason.
    pub async fn refused(&self) -> Result<BTreeMap<ColumnName, String>> {
        let mut connection = self.database.connect(Access::Read, "rekey: test").await?;
        let found = self.database.probe(connection.as_mut(), &self.schema, &self.conversions).await?;
        let blocks = found.into_iter().filter(|(_, finding)| {
            let answered = self.conversions.first().is_some_and(|one| one.answers.contains_key(&finding.question()));
            finding.severity >= Severity::Ask && !answered
        });
        let mut reasons: Vec<(ColumnName, String)> = blocks
            .map(|(column, finding)| (column, format!("{} {}: {}", finding.rule, finding.object, finding.meaning)))
            .collect();
        for one in &self.schema.obstacles {
            reasons.extend(
                one.columns
                    .iter()
                    .map(|column| (column.clone(), format!("{} {}: {}", one.rule, one.object, one.meaning))),
            );
        }
        let scope = Scope::new(&self.schema, &self.conversions)?;
        let mut refused = BTreeMap::new();
        for (column, reason) in reasons {
            for number in scope.columns.get(&column).map(Held::numbers).unwrap_or_default() {
                refused.entry(self.conversions[number].root.clone()).or_insert(reason.clone());
            }
        }
        Ok(refused)
    }

    /// Converts, with the gate. Gives what did not hold; the change is made final if nothing.
    pub async fn convert(&self) -> Result<Vec<String>> {
        let mut connection = self.database.connect(Access::Write, "rekey: test").await?;
        let wire = connection.as_mut();
        begin(&self.database, wire).await?;
        let (first, rest) = self.blueprint.steps.split_first().unwrap();
        assert_eq!(first.action, Action::LockTables);
        send(wire, std::slice::from_ref(first)).await?;
        let again = self.database.inspect(wire).await?;
        let mut wrong: Vec<String> = Vec::new();
        if self.database.blueprint(&again, &self.conversions)? != self.blueprint {
            wrong.push("the plan is not the same a second time".to_owned());
        }
        let before = take(wire, &self.blueprint.proofs, |proof| &proof.before).await?;
        send(wire, rest).await?;
        let after = take(wire, &self.blueprint.proofs, |proof| &proof.after).await?;
        wrong.extend(unequal(&self.blueprint.proofs, &before, &after));
        for assertion in &self.blueprint.assertions {
            let found = one(wire, &assertion.sql).await?;
            if found != assertion.expect {
                wrong.push(format!("{}: {found} instead of {}", assertion.id, assertion.expect));
            }
        }
        let now = self.database.catalogue(wire).await?;
        wrong.extend(unannounced(&self.schema.catalogue, &now, &self.blueprint.announced));
        finish(wire, &wrong).await?;
        Ok(wrong)
    }

    /// Takes the conversion back, with the gate.
    pub async fn undo(&self) -> Result<Vec<String>> {
        let mut connection = self.database.connect(Access::Write, "rekey: test").await?;
        let wire = connection.as_mut();
        begin(&self.database, wire).await?;
        let split = self.blueprint.undo.iter().position(|step| step.action == Action::DropDependents).unwrap();
        let split_end = self.blueprint.undo.len() - 1;
        send(wire, &self.blueprint.undo[..split]).await?;
        let before = take(wire, &self.blueprint.proofs, |proof| &proof.after).await?;
        send(wire, &self.blueprint.undo[split..split_end]).await?;
        let after = take(wire, &self.blueprint.proofs, |proof| &proof.before).await?;
        let mut wrong = unequal(&self.blueprint.proofs, &before, &after);
        send(wire, &self.blueprint.undo[split_end..]).await?;
        let now = self.database.catalogue(wire).await?;
        wrong.extend(self.schema.catalogue.differences(&now).into_iter().map(|one| format!("{one:?}")));
        for sql in self.database.journal().remove {
            wire.execute(&sql).await?;
        }
        finish(wire, &wrong).await?;
        Ok(wrong)
    }
}

async fn begin(database: &Postgres, wire: &mut dyn Connection) -> Result<()> {
    for sql in database.begin() {
        wire.execute(&sql).await?;
    }
    Ok(())
}

async fn send(wire: &mut dyn Connection, steps: &[Step]) -> Result<()> {
    for step in steps {
        for sql in &step.statements {
            wire.execute(sql).await.inspect_err(|_| eprintln!("{}: {sql}", step.id))?;
        }
    }
    Ok(())
}

async fn one(wire: &mut dyn Connection, sql: &str) -> Result<String> {
    let rows = wire.query(sql).await.inspect_err(|_| eprintln!("{sql}"))?;
    Ok(rows.into_iter().flatten().map(Option::unwrap_or_default).collect::<Vec<_>>().join(" | "))
}

async fn take(wire: &mut dyn Connection, proofs: &[Proof], side: impl Fn(&Proof) -> &String) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for proof in proofs {
        found.push(one(wire, side(proof)).await?);
    }
    Ok(found)
}

fn unequal(proofs: &[Proof], before: &[String], after: &[String]) -> Vec<String> {
    let pairs = proofs.iter().zip(before.iter().zip(after));
    pairs.filter(|(_, (a, b))| a != b).map(|(proof, (a, b))| format!("{}: {a} became {b}", proof.id)).collect()
}

fn unannounced(before: &Catalogue, after: &Catalogue, announced: &[Difference]) -> Vec<String> {
    let any: Vec<&Difference> = announced.iter().filter(|one| one.after.as_deref() == Some("*")).collect();
    let exact: BTreeSet<&Difference> = announced.iter().filter(|one| one.after.as_deref() != Some("*")).collect();
    let found = before.differences(after);
    let covered =
        |one: &Difference| any.iter().any(|other| other.object == one.object && other.attribute == one.attribute);
    let found: BTreeSet<&Difference> = found.iter().filter(|one| !covered(one)).collect();
    found.symmetric_difference(&exact).map(|one| format!("{one:?}")).collect()
}

async fn finish(wire: &mut dyn Connection, wrong: &[String]) -> Result<()> {
    wire.execute(if wrong.is_empty() { "COMMIT" } else { "ROLLBACK" }).await
}

// Every single-column integer key that refers to nothing, with whatever refers to it.
fn conversions(schema: &Schema) -> Vec<Conversion> {
    let mut all = Vec::new();
    for table in schema.tables.values() {
        let Some(key) = table.single_key() else { continue };
        let integer = table.column(key).is_some_and(|column| column.kind == ColumnKind::Integer);
        if integer && !table.foreign_keys.iter().any(|foreign| foreign.columns.iter().any(|column| column == key)) {
            all.push(conversion(schema, table.column_name(key)));
        }
    }
    all
}

fn conversion(schema: &Schema, root: ColumnName) -> Conversion {
    let mut columns = vec![root.clone()];
    let mut next = 0;
    while let Some(parent) = columns.get(next).cloned() {
        next += 1;
        for table in schema.tables.values() {
            for key in table.foreign_keys.iter().filter(|key| key.parent == parent.table) {
                for (child, _) in
                    key.columns.iter().zip(&key.parent_columns).filter(|(_, column)| **column == parent.column)
                {
                    let name = table.column_name(child);
                    if !columns.contains(&name) {
                        columns.push(name);
                    }
                }
            }
        }
    }
    let members = columns.into_iter().map(|column| member(schema, column)).collect();
    Conversion {
        kind: ConversionKind::IntToUuid,
        root,
        uuid: UuidVersion::V7,
        storage: Storage::Uuid,
        members,
        target: None,
        slug: None,
        namespace: None,
        answers: std::collections::BTreeMap::new(),
    }
}

fn member(schema: &Schema, column: ColumnName) -> Member {
    let table = &schema.tables[&column.table];
    Member {
        via: "test".into(),
        from_type: table.column(&column.column).unwrap().type_name.clone(),
        to_type: "uuid".into(),
        key: table.single_key() == Some(column.column.as_str()),
        confidence: None,
        shape: Shape::Plain,
        column,
    }
}
