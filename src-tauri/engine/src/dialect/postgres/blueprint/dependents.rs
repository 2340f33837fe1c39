//! What stands on the columns: taken away before the change, put back after it.

use std::borrow::Cow;

use super::super::quote;
use super::convert::Way;
use super::scope::Scope;
use super::{defaults, memory, repoint};
use crate::plan::{Action, Step};
use crate::schema::{Dependent, ForeignKey, Table};

/// Takes everything away: first what stands on others, then the foreign keys. What was not
/// put back on the way forth is not there on the way back.
pub fn drop(scope: &Scope<'_>, way: Way) -> Step {
    let statements = |one: &Dependent| match (way, scope.is_removed(one)) {
        (Way::Forth, true) => one.drop_for_good().to_vec(),
        (Way::Back, true) => Vec::new(),
        (Way::Forth | Way::Back, false) => one.drop.clone(),
    };
    let mut statements: Vec<String> = scope.dependents().into_iter().rev().flat_map(statements).collect();
    statements.extend(scope.foreign_keys().into_iter().map(|(table, key)| {
        format!("ALTER TABLE {} DROP CONSTRAINT {}", scope.from(&table.name), quote::ident(&key.name))
    }));
    Step {
        id: "drop_dependents".to_owned(),
        action: Action::DropDependents,
        title: "Take away foreign keys, views and what else stands on the columns".to_owned(),
        statements,
    }
}

/// Puts the foreign keys back, one step per table.
pub fn foreign_keys(scope: &Scope<'_>, way: Way) -> Vec<Step> {
    let mut tables: Vec<(&Table, Vec<Cow<'_, ForeignKey>>)> = Vec::new();
    for (table, key) in scope.foreign_keys() {
        let key = match way {
            Way::Forth => repoint::led(scope, key),
            Way::Back => Cow::Borrowed(key),
        };
        match tables.last_mut().filter(|(last, _)| last.name == table.name) {
            Some((_, keys)) => keys.push(key),
            None => tables.push((table, vec![key])),
        }
    }
    let step = |(table, keys): (&Table, Vec<Cow<'_, ForeignKey>>)| {
        let keys: Vec<&ForeignKey> = keys.iter().map(AsRef::as_ref).collect();
        let add = keys.iter().flat_map(|key| restore(scope, table, key)).collect();
        Step {
            id: format!("restore_foreign_keys {}", table.name),
            action: Action::RestoreForeignKeys { table: table.name.to_string() },
            title: format!("Put the references of {} back and check them", table.name),
            statements: memory::checking(scope, &keys, add),
        }
    };
    tables.into_iter().map(step).collect()
}

fn restore<'a>(scope: &Scope<'a>, table: &'a Table, key: &ForeignKey) -> Vec<String> {
    let (name, constraint) = (quote::table(&table.name), quote::ident(&key.name));
    let mut sql = scope.beneath_reference(table, key).to_vec();
    sql.push(format!("ALTER TABLE {} ADD CONSTRAINT {constraint} {}", scope.from(&table.name), key.definition));
    sql.extend(
        key.comment
            .as_ref()
            .map(|text| format!("COMMENT ON CONSTRAINT {constraint} ON {name} IS {}", quote::literal(text))),
    );
    sql
}

/// Puts everything else back: on the way forth all but what was decided against, on the way
/// back all of it.
pub fn restore_all(scope: &Scope<'_>, way: Way) -> Step {
    let statements = scope.dependents().into_iter().flat_map(|one| match way {
        Way::Forth if scope.is_removed(one) => Vec::new(),
        Way::Forth => defaults::create(scope, one).unwrap_or_else(|| one.create.clone()),
        Way::Back if scope.is_removed(one) => one.create_again().to_vec(),
        Way::Back => one.create.clone(),
    });
    Step {
        id: "restore_dependents".to_owned(),
        action: Action::RestoreDependents,
        title: "Put views and what else stood on the columns back".to_owned(),
        statements: statements.collect(),
    }
}
