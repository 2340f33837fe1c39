//! The exchange: new tables take the place of the live ones by one statement, then foreign
//! keys, checks and triggers move, whose names can be held only once. And the same from any
//! point back.

use std::collections::BTreeSet;

use super::super::ddl::ConstraintText;
use super::super::quote;
use super::work::{TableWork, Way, Work};
use super::{map, outside, repoint};
use crate::plan::{Action, Step};
use crate::schema::{DependentKind, Generator};

/// Steps, and by the id of some of them the query that says `1` where it is done.
#[derive(Default)]
pub struct Steps {
    pub steps: Vec<Step>,
    pub done: Vec<(String, String)>,
}

impl Steps {
    /// Adds a step, with the query that says whether it is done.
    pub fn push(&mut self, id: String, action: Action, title: String, statements: Vec<String>, done: Option<String>) {
        if let Some(question) = done {
            self.done.push((id.clone(), question));
        }
        self.steps.push(Step { id, action, title, statements });
    }
}

/// From the exchange to the last trigger.
pub fn exchange(work: &Work<'_>, way: Way) -> Steps {
    let mut steps = Steps::default();
    steps.push(
        "cut_over".to_owned(),
        Action::CutOver,
        "Exchange the tables, all of them at once".to_owned(),
        exchanging(work, |table| table.building(work), |table| table.away(work, way)),
        Some(is_exchanged(work, way)),
    );
    for table in work.tables.iter().filter(|table| !table.text.foreign_keys.is_empty()) {
        release(work, table, way, &mut steps);
    }
    for table in work.tables.iter().filter(|table| !table.text.foreign_keys.is_empty()) {
        attach(work, table, way, &mut steps, "");
    }
    for (table, key) in work.outside() {
        outside::lead_back(table, key, &mut steps, "");
    }
    if !work.version.is_mariadb() {
        rename_checks(work, way, &mut steps);
    }
    triggers(work, &mut steps, "");
    steps
}

/// Takes everything back from any point of that way.
pub fn abandon(work: &Work<'_>, way: Way) -> Steps {
    let mut steps = Steps::default();
    steps.push(
        "back.cut_over".to_owned(),
        Action::CutOver,
        "Exchange the tables back".to_owned(),
        exchanging(work, |table| table.away(work, way), |table| table.building(work)),
        Some(negated(&is_exchanged(work, way))),
    );
    // With them go the names of references, checks and triggers that they have.
    // One by one: MySQL refuses a list in which some are missing and others refer to each other.
    let built = work.tables.iter().map(|table| format!("DROP TABLE IF EXISTS {}", table.building(work))).collect();
    steps.push(
        "back.remove_tables".to_owned(),
        Action::DropDependents,
        "Remove the tables that were built beside".to_owned(),
        built,
        Some(none_built(work)),
    );
    for table in work.tables.iter().filter(|table| !table.text.foreign_keys.is_empty()) {
        attach(work, table, way.other(), &mut steps, "back.");
    }
    for (table, key) in work.outside() {
        outside::lead_back(table, key, &mut steps, "back.");
    }
    if !work.version.is_mariadb() {
        restore_checks(work, way, &mut steps);
    }
    // MariaDB writes the name of a renamed table into the text of its triggers, with quotes that
    // were not there: they are made again from their own text.
    triggers(work, &mut steps, "back.");
    // The maps belong to the conversion: an undo that is let be leaves them.
    let maps = (0..work.conversions.len()).map(|number| work.names.map(number)).filter(|_| way == Way::Forward);
    let mut passing: Vec<String> = maps.chain([work.names.slices()]).collect();
    if way == Way::Forward {
        passing.extend([Way::Forward, Way::Back].into_iter().flat_map(|way| super::beside(work, way)));
    }
    steps.push(
        "back.remove".to_owned(),
        Action::CleanUp,
        "Remove what only the run needed".to_owned(),
        vec![format!("DROP TABLE IF EXISTS {}", passing.join(", "))],
        Some("SELECT '0'".to_owned()),
    );
    steps
}

// Every table makes room for the one that stands beside it. See `cut_over` for the order: locks
// on the tables as they are called before the exchange, or behind it as they are called then.
fn exchanging(
    work: &Work<'_>,
    before: impl Fn(&TableWork<'_>) -> String,
    after: impl Fn(&TableWork<'_>) -> String,
) -> Vec<String> {
    let pairs = work
        .tables
        .iter()
        .map(|table| format!("{live} TO {}, {} TO {live}", after(table), before(table), live = table.live()));
    let swap = format!("RENAME TABLE {}", pairs.collect::<Vec<_>>().join(", "));
    if work.version.renames_what_it_locks() { vec![hold(work, before), swap] } else { vec![swap, hold(work, after)] }
}

// Everything that the statements under the locks touch: the tables that come in, those that
// go, the tables that refer to them and those that they refer to.
fn hold(work: &Work<'_>, other: impl Fn(&TableWork<'_>) -> String) -> String {
    let mut tables: BTreeSet<String> = work.tables.iter().flat_map(|table| [table.live(), other(table)]).collect();
    tables.extend(work.outside().iter().map(|(table, _)| quote::table(&table.name)));
    // What a default draws from is opened with its table.
    let columns = work.tables.iter().flat_map(|table| &table.table.columns);
    tables.extend(columns.filter_map(|column| match &column.generator {
        Generator::Sequence { sequence } => Some(sequence.clone()),
        Generator::None | Generator::AutoIncrement | Generator::Identity { .. } | Generator::RowId { .. } => None,
    }));
    let keys = work.tables.iter().flat_map(|table| &table.table.foreign_keys);
    tables.extend(keys.map(|key| quote::table(&key.parent)));
    let locked: Vec<String> = tables.into_iter().map(|table| format!("{table} WRITE")).collect();
    format!("LOCK TABLES {}", locked.join(", "))
}

fn none_built(work: &Work<'_>) -> String {
    let names = work.tables.iter().map(|table| {
        format!(
            "(table_schema = {} AND table_name = {})",
            quote::literal(&table.table.name.schema),
            quote::literal(&table.building_name(work))
        )
    });
    format!(
        "SELECT CASE WHEN COUNT(*) = 0 THEN '1' ELSE '0' END FROM information_schema.tables WHERE {}",
        names.collect::<Vec<_>>().join(" OR ")
    )
}

// All tables are renamed or none.
fn is_exchanged(work: &Work<'_>, way: Way) -> String {
    let Some(first) = work.tables.first() else { return "SELECT '0'".to_owned() };
    format!(
        "SELECT CAST(COUNT(*) AS CHAR) FROM information_schema.tables WHERE table_schema = {} AND table_name = {}",
        quote::literal(&first.table.name.schema),
        quote::literal(&first.away_name(work, way))
    )
}

fn negated(question: &str) -> String {
    format!("SELECT CASE WHEN ({question}) = '1' THEN '0' ELSE '1' END")
}

// How many foreign keys a table has.
fn keys_of(schema: &str, table: &str) -> String {
    format!(
        "SELECT COUNT(*) FROM information_schema.table_constraints WHERE constraint_type = 'FOREIGN KEY' \
         AND table_schema = {} AND table_name = {}",
        quote::literal(schema),
        quote::literal(table)
    )
}

// A name that the server made up follows the table's name.
fn renamed(name: &str, middle: &str, from: &str, to: &str) -> String {
    match name.strip_prefix(from).and_then(|rest| rest.strip_prefix(middle)) {
        Some(number) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{to}{middle}{number}")
        }
        _ => name.to_owned(),
    }
}

// The names of foreign keys can be held only once in a database.
fn release(work: &Work<'_>, table: &TableWork<'_>, way: Way, steps: &mut Steps) {
    let name = &table.table.name;
    let away = table.away_name(work, way);
    let counted = keys_of(&name.schema, &away);
    let keys = table.text.foreign_keys.iter();
    let keys =
        keys.map(|key| format!("DROP FOREIGN KEY {}", quote::ident(&renamed(&key.name, "_ibfk_", &name.name, &away))));
    let keys = keys.collect::<Vec<_>>().join(", ");
    steps.push(
        format!("release_foreign_keys {name}"),
        Action::DropDependents,
        format!("Free the names of the references of {name}"),
        vec![format!("ALTER TABLE {} {keys}", table.away(work, way))],
        Some(format!("SELECT CASE WHEN ({counted}) = 0 THEN '1' ELSE '0' END")),
    );
}

// With checks of foreign keys off nothing is read again: the gate has proven each reference.
fn attach(work: &Work<'_>, table: &TableWork<'_>, way: Way, steps: &mut Steps, prefix: &str) {
    let name = &table.table.name;
    let keys = table.text.foreign_keys.iter();
    let body = |key| repoint::body(work, table.table, key, way);
    let added: Vec<String> =
        keys.map(|key| format!("ADD CONSTRAINT {} {}", quote::ident(&key.name), body(key))).collect();
    let counted = keys_of(&name.schema, &name.name);
    let alter = format!("ALTER TABLE {} {}", table.live(), added.join(", "));
    // Rows that point nowhere, which was decided to be right, would be in the way of a key that
    // the server reads every row for.
    let orphans = table.table.foreign_keys.iter().any(|key| map::has_orphans(work, table.table, key));
    let unchecked = orphans.then(|| "SET SESSION foreign_key_checks = 0".to_owned());
    steps.push(
        format!("{prefix}restore_foreign_keys {name}"),
        Action::RestoreForeignKeys { table: name.to_string() },
        format!("Put the references of {name} back"),
        unchecked.into_iter().chain([alter]).collect(),
        Some(format!("SELECT CASE WHEN ({counted}) = {} THEN '1' ELSE '0' END", added.len())),
    );
}

// The table that goes may have others than the one that comes: an answer takes some away until
// the undo.
fn rename_checks(work: &Work<'_>, way: Way, steps: &mut Steps) {
    for table in &work.tables {
        let name = &table.table.name;
        let away = table.away_name(work, way);
        let (gone, come) = (table.checks_of(work, way.other()), table.checks_of(work, way));
        let told = |check: &ConstraintText| renamed(&check.name, "_chk_", &name.name, &away);
        let freed = gone.iter().map(|(_, check)| format!("DROP CHECK {}", quote::ident(&told(check))));
        let freed = freed.collect::<Vec<_>>().join(", ");
        if let Some((_, first)) = gone.first() {
            steps.push(
                format!("release_checks {name}"),
                Action::DropDependents,
                format!("Free the names of the checks of {name}"),
                vec![format!("ALTER TABLE {} {freed}", table.away(work, way))],
                Some(format!("SELECT CASE WHEN ({}) = 0 THEN '1' ELSE '0' END", has_check(table, &away, &told(first)))),
            );
        }
        let renamed = come.iter().map(|(place, check)| {
            let passing = format!("{}_{place}", table.building_name(work));
            format!(
                "DROP CHECK {}, ADD CONSTRAINT {} {}",
                quote::ident(&passing),
                quote::ident(&check.name),
                check.body
            )
        });
        let renamed = renamed.collect::<Vec<_>>().join(", ");
        let title = format!("Give the checks of {name} their names");
        restored(table, &come, format!("restore_checks {name}"), title, renamed, steps);
    }
}

// The table that went lost its checks where their names were freed already.
fn restore_checks(work: &Work<'_>, way: Way, steps: &mut Steps) {
    for table in &work.tables {
        let name = &table.table.name;
        let checks = table.checks_of(work, way.other());
        let added = checks.iter();
        let added = added.map(|(_, check)| format!("ADD CONSTRAINT {} {}", quote::ident(&check.name), check.body));
        let added = added.collect::<Vec<_>>().join(", ");
        let title = format!("Put the checks of {name} back");
        restored(table, &checks, format!("back.restore_checks {name}"), title, added, steps);
    }
}

// All of a table's checks go and come by one statement, so the first one tells.
fn restored(
    table: &TableWork<'_>,
    checks: &[(usize, &ConstraintText)],
    id: String,
    title: String,
    changes: String,
    steps: &mut Steps,
) {
    let Some((_, first)) = checks.first() else { return };
    let there = has_check(table, &table.table.name.name, &first.name);
    steps.push(
        id,
        Action::RestoreDependents,
        title,
        vec![format!("ALTER TABLE {} {changes}", table.live())],
        Some(format!("SELECT CASE WHEN ({there}) = 1 THEN '1' ELSE '0' END")),
    );
}

fn has_check(table: &TableWork<'_>, name: &str, check: &str) -> String {
    format!(
        "SELECT COUNT(*) FROM information_schema.table_constraints WHERE constraint_type = 'CHECK' \
         AND table_schema = {} AND table_name = {} AND constraint_name = {}",
        quote::literal(&table.table.name.schema),
        quote::literal(name),
        quote::literal(check)
    )
}

// A trigger stays on the table that was renamed, so it is made anew on the one that took its
// place. All of a table's triggers, in their order.
fn triggers(work: &Work<'_>, steps: &mut Steps, prefix: &str) {
    for table in &work.tables {
        let name = &table.table.name;
        let own: Vec<_> = work
            .schema
            .dependents
            .iter()
            .filter(|one| one.kind == DependentKind::Trigger && one.on.as_ref() == Some(name))
            .collect();
        if own.is_empty() {
            continue;
        }
        let statements = own.iter().rev().flat_map(|one| one.drop.clone());
        let statements = statements.chain(own.iter().flat_map(|one| one.create.clone())).collect();
        let counted = format!(
            "SELECT CASE WHEN COUNT(*) = {} THEN '1' ELSE '0' END FROM information_schema.triggers \
             WHERE event_object_schema = {} AND event_object_table = {}",
            own.len(),
            quote::literal(&name.schema),
            quote::literal(&name.name)
        );
        steps.push(
            format!("{prefix}restore_triggers {name}"),
            Action::RestoreDependents,
            format!("Move the triggers of {name}"),
            statements,
            Some(counted).filter(|_| prefix.is_empty()),
        );
    }
}
