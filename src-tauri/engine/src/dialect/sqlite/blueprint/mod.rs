//! The statements and proofs of a conversion by rebuilding tables, and of its undo.
//!
//! Everything happens in one transaction. SQLite appends what is made anew to its schema,
//! so at the end the original order is put back; `.dump` then shows no difference but the
//! announced.

mod announce;
mod assertion;
mod copy;
mod dropped;
mod held;
mod integrity;
mod map;
mod numbered;
mod proof;
mod repoint;
mod schema_table;
mod slug;
mod system;
mod text;
mod unindexed;
mod value;
mod work;

pub use self::unindexed::lacking;
use self::work::{TableWork, Work};
use super::{functions, quote};
use crate::Result;
use crate::plan::{Action, Blueprint, Conversion, Step};
use crate::schema::{DependentKind, Schema, Table};

/// Writes the blueprint.
pub fn blueprint(schema: &Schema, conversions: &[Conversion]) -> Result<Blueprint> {
    written(&Work::new(schema, conversions)?)
}

/// The same work in what SQLite itself understands, without the functions of our sessions;
/// what only those can prove is left out, and the rows are counted.
pub fn for_clients(schema: &Schema, conversions: &[Conversion]) -> Result<Blueprint> {
    let work = Work { own: false, ..Work::new(schema, conversions)? };
    let mut blueprint = written(&work)?;
    let understood = |sql: &str| !functions::uses(sql);
    blueprint.proofs = proof::counts(&work);
    blueprint.assertions.retain(|one| understood(&one.sql));
    blueprint.assertions.extend(blueprint.later.iter().filter(|one| understood(&one.sql)).cloned());
    Ok(blueprint)
}

fn written(work: &Work<'_>) -> Result<Blueprint> {
    Ok(Blueprint {
        steps: steps(work)?,
        undo: undo(work)?,
        proofs: proof::proofs(work),
        assertions: assertion::assertions(work),
        later: assertion::later(work),
        announced: announce::announced(work),
        staged: None,
    })
}

fn steps(work: &Work<'_>) -> Result<Vec<Step>> {
    let mut steps = vec![lock(), prepare(work, system::save(work))];
    for number in 0..work.conversions.len() {
        let root = &work.conversions[number].root;
        let title = format!("Give every id of {root} its UUID");
        steps.push(step(
            format!("build_map {root}"),
            Action::BuildMap { root: root.clone() },
            title,
            map::build(work, number)?,
        ));
    }
    steps.extend(text::keep(work));
    steps.push(drop_dependents(work));
    for table in &work.tables {
        let statements = copy::forward(work, table)?;
        steps.push(convert(&table.table.name.to_string(), "Convert", statements));
    }
    let held = (0..work.conversions.len()).any(|number| held::is_held(work, number));
    let mut renamed = schema_table::rename(work, |table| table.after.as_str());
    renamed.extend(held.then(held::let_go));
    steps.push(rename(renamed));
    steps.extend(indexes(work, |table| dropped::kept(work, table)));
    steps.extend(unindexed::make(work));
    steps.push(restore_dependents(work));
    let mut statements = system::restore(work);
    statements.extend(schema_table::restore(work));
    steps.push(clean_up("Put sequences and the schema's order back", statements));
    steps.push(record());
    Ok(steps)
}

fn undo(work: &Work<'_>) -> Result<Vec<Step>> {
    let mut noted = schema_table::put_back(work);
    noted.extend(system::refresh(work));
    let mut steps = vec![lock(), prepare(work, noted)];
    for number in 0..work.conversions.len() {
        let root = &work.conversions[number].root;
        let title = format!(
            "Give every UUID of {root} that was written since {}",
            if work.is_text(number) { "a text" } else { "an integer" }
        );
        steps.push(step(
            format!("extend_map {root}"),
            Action::ExtendMap { root: root.clone() },
            title,
            map::extend(work, number)?,
        ));
    }
    steps.push(drop_dependents(work));
    for table in &work.tables {
        let statements = copy::backward(work, table)?;
        steps.push(convert(&table.table.name.to_string(), "Convert back", statements));
    }
    steps.push(rename(schema_table::rename(work, |table| table.before)));
    steps.extend(indexes(work, |table| table.indexes.clone()));
    steps.push(restore_dependents(work));
    let mut statements = system::restore_all(work);
    statements.extend(schema_table::restore(work));
    statements.extend((0..work.conversions.len()).map(|number| format!("DROP TABLE {}", work.names.map(number))));
    statements.extend(text::deviations(work).iter().map(|one| format!("DROP TABLE {}", one.kept(work))));
    steps.push(clean_up("Put sequences and the schema's order back and remove the maps", statements));
    steps.push(record());
    Ok(steps)
}

/// The statements that make the new tables, for a look by SQLite's own parser.
pub fn create_statements<'a>(schema: &'a Schema, conversions: &'a [Conversion]) -> Result<Vec<(&'a Table, String)>> {
    let work = Work::new(schema, conversions)?;
    let mut found = Vec::new();
    for table in &work.tables {
        found.extend(copy::forward(&work, table)?.into_iter().next().map(|create| (table.table, create)));
    }
    Ok(found)
}

/// The queries that give rows and digest of every table, by the name of their proof.
pub fn row_digests(schema: &Schema) -> Result<Vec<(String, String)>> {
    let work = Work::new(schema, &[])?;
    let tables = proof::rows_of_all(&work).into_iter().map(|proof| (proof.id, proof.before));
    Ok(tables.chain(system::digests(&work)).collect())
}

fn step(id: String, action: Action, title: impl Into<String>, statements: Vec<String>) -> Step {
    Step { id, action, title: title.into(), statements }
}

// The transaction was begun with the lock on the whole file.
fn lock() -> Step {
    step("lock_tables".to_owned(), Action::LockTables, "Lock the file", Vec::new())
}

fn prepare(work: &Work<'_>, more: Vec<String>) -> Step {
    let mut statements = schema_table::save(work);
    statements.extend(more);
    step("prepare".to_owned(), Action::Prepare, "Note the order of the schema and the sequences", statements)
}

fn convert(table: &str, verb: &str, statements: Vec<String>) -> Step {
    let action = Action::ConvertTable { table: table.to_owned() };
    step(format!("convert_table {table}"), action, format!("{verb} {table}"), statements)
}

// Triggers first: those on a view go with it.
fn drop_dependents(work: &Work<'_>) -> Step {
    let dependents = work.schema.dependents.iter().rev();
    let (triggers, views): (Vec<_>, Vec<_>) = dependents.partition(|one| one.kind == DependentKind::Trigger);
    let statements = triggers.into_iter().chain(views).flat_map(|one| one.drop.clone()).collect();
    step("drop_dependents".to_owned(), Action::DropDependents, "Take views and triggers away", statements)
}

fn rename(statements: Vec<String>) -> Step {
    let title = "Give the new tables their names and texts";
    step("rename_tables".to_owned(), Action::RestoreDependents, title, statements)
}

fn indexes<'a>(work: &Work<'a>, texts: impl Fn(&TableWork<'a>) -> Vec<&'a str>) -> Vec<Step> {
    let tables = work.tables.iter().map(|table| (table, texts(table))).filter(|(_, texts)| !texts.is_empty());
    tables
        .map(|(table, texts)| {
            let name = &table.table.name;
            let statements = texts.into_iter().map(str::to_owned).collect();
            step(
                format!("restore_indexes {name}"),
                Action::RestoreDependents,
                format!("Build the indexes of {name}"),
                statements,
            )
        })
        .collect()
}

fn restore_dependents(work: &Work<'_>) -> Step {
    let statements = work.schema.dependents.iter().flat_map(|one| one.create.clone()).collect();
    step("restore_dependents".to_owned(), Action::RestoreDependents, "Put views and triggers back", statements)
}

fn clean_up(title: &str, statements: Vec<String>) -> Step {
    step("clean_up".to_owned(), Action::CleanUp, title, statements)
}

fn record() -> Step {
    step("record".to_owned(), Action::Record, "Write the run into the journal", Vec::new())
}

/// A table's name as SQL.
fn sql_name(table: &Table) -> String {
    quote::name(&table.name.name)
}
