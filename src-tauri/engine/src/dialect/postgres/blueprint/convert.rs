//! One rewrite per table that converts all its columns, forth and back.

use super::super::{acl, quote};
use super::held::{Held, Scattered};
use super::scope::Scope;
use super::{held, lookup, scattered, set_aside, slug, storage, text, toast, versions};
use crate::error::{Error, Result};
use crate::plan::{Action, Step};
use crate::schema::{Column, ColumnName, Generator, Table};

/// Which way it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Integers become UUIDs.
    Forth,
    /// UUIDs become the integers they were.
    Back,
}

/// One step per table; a table that only inherits its columns is converted with its parent.
pub fn steps(scope: &Scope<'_>, way: Way) -> Result<Vec<Step>> {
    let mut steps = Vec::new();
    for table in scope.tables() {
        let own: Vec<(&Column, &Held)> =
            scope.columns_of(table).into_iter().filter(|(column, _)| !column.inherited).collect();
        if !own.is_empty() {
            steps.push(step(scope, table, &own, way)?);
        }
    }
    let apart = slug::all(scope).filter_map(|(name, _)| scope.table(name));
    let apart: Vec<&Table> = apart.filter(|table| scope.columns_of(table).is_empty()).collect();
    for table in apart {
        steps.push(step(scope, table, &[], way)?);
    }
    Ok(steps)
}

fn step(scope: &Scope<'_>, table: &Table, columns: &[(&Column, &Held)], way: Way) -> Result<Step> {
    let mut changes = Changes::default();
    let mut changed = Vec::new();
    for &(column, held) in columns {
        let name = table.column_name(&column.name);
        let heirs = scope.heirs(&name);
        changed.push(name.clone());
        changed.extend(heirs.iter().cloned());
        changes.only &= heirs.is_empty();
        changes.add(scope, &name, column, way, true)?;
        for heir in &heirs {
            let column =
                scope.column(heir).ok_or_else(|| Error::Internal { detail: format!("there is no column {heir}") })?;
            changes.add(scope, heir, column, way, false)?;
        }
        changes.types.push(type_change(scope, &name, column, held, way));
    }
    changes.sets.extend(slug::of(scope, &table.name).and_then(|column| match way {
        Way::Forth => (!slug::is_late(scope, &table.name)).then(|| slug::add(&table.name, column)),
        Way::Back => Some(slug::drop(column)),
    }));
    let trees = scope.index_trees(&changed);
    let mut statements: Vec<String> = trees.iter().map(|tree| tree.drop.clone()).collect();
    statements.extend(changes.statements(table));
    statements.extend(trees.iter().flat_map(|tree| tree.create.iter().cloned()));
    if matches!(way, Way::Back) {
        statements.extend(toast::restore(scope, &changed));
    }
    let title = match way {
        Way::Forth => format!("Convert {}", table.name),
        Way::Back => format!("Convert {} back", table.name),
    };
    Ok(Step {
        id: format!("convert_table {}", table.name),
        action: Action::ConvertTable { table: table.name.to_string() },
        title,
        statements,
    })
}

fn type_change(scope: &Scope<'_>, full: &ColumnName, column: &Column, held: &Held, way: Way) -> String {
    let name = quote::ident(&column.name);
    let Held::Plain(number) = *held else {
        return scattered_change(scope, full, way);
    };
    match way {
        Way::Forth => {
            let value = lookup::new_value(scope, number, &name);
            let value = set_aside::of(scope, full).map_or(value.clone(), |one| one.new_value(scope, &value));
            format!("ALTER COLUMN {name} TYPE uuid USING {value}")
        }
        Way::Back => {
            let spelt = text::deviation(scope, full).map(|one| one.spelling(scope));
            let aside = || set_aside::of(scope, full).map(|one| one.old_value(scope));
            let value = spelt.or_else(aside);
            let value = value.unwrap_or_else(|| format!("{}({name})", lookup::function(scope, number, "old")));
            format!(
                "ALTER COLUMN {name} TYPE {} USING {value}::{}",
                text::declared(scope, full, column),
                column.type_name
            )
        }
    }
}

fn scattered_change(scope: &Scope<'_>, full: &ColumnName, way: Way) -> String {
    let all = held::own(scope).filter(|one| one.table.name == full.table && one.column.name == full.column);
    let change = |one: Scattered<'_>| {
        // What stays a text keeps its length and collation.
        let stays = one.held.to_type() == one.column.type_name;
        let to = match way {
            Way::Forth if !stays => one.held.to_type().to_owned(),
            Way::Forth | Way::Back => text::declared(scope, full, one.column),
        };
        format!(
            "ALTER COLUMN {} TYPE {to} USING {}",
            quote::ident(&one.column.name),
            scattered::value(scope, &one, way)
        )
    };
    all.map(change).collect()
}

struct Changes {
    // Nobody inherits from the table: everything fits into one statement.
    only: bool,
    first: Vec<String>,
    drops: Vec<String>,
    heir_drops: Vec<String>,
    types: Vec<String>,
    sets: Vec<String>,
    heir_sets: Vec<String>,
    last: Vec<String>,
}

impl Default for Changes {
    fn default() -> Self {
        Changes {
            only: true,
            first: Vec::new(),
            drops: Vec::new(),
            heir_drops: Vec::new(),
            types: Vec::new(),
            sets: Vec::new(),
            heir_sets: Vec::new(),
            last: Vec::new(),
        }
    }
}

impl Changes {
    fn add(&mut self, scope: &Scope<'_>, name: &ColumnName, column: &Column, way: Way, top: bool) -> Result<()> {
        let at = format!("ALTER COLUMN {}", quote::ident(&column.name));
        let table = quote::table(&name.table);
        let whole = scope.from(&name.table);
        if way == Way::Back {
            let again = storage::again(scope, name, column);
            if top {
                self.sets.extend(again);
            } else {
                self.heir_sets.extend(alter("ALTER TABLE ONLY", &table, &again));
            }
        }
        // A partition has its table's identity column, and nothing of it is its own.
        let of_table = !top && scope.table(&name.table).is_some_and(|table| scope.is_partition(table));
        let (drop, set) = match (&column.generator, way) {
            (Generator::Identity { .. }, Way::Forth) if of_table => (None, Some(versions::default_of(scope, name))),
            (Generator::Identity { .. }, Way::Back) if of_table => (Some("DROP DEFAULT"), None),
            (Generator::None | Generator::AutoIncrement | Generator::RowId { .. }, _) => return Ok(()),
            (Generator::Sequence { .. }, Way::Forth) => (Some("DROP DEFAULT"), Some(versions::default_of(scope, name))),
            // The server checks an identity's type before it looks at the rest of a statement,
            // so identity goes and comes in statements of its own.
            (Generator::Identity { sequence, .. }, Way::Forth) => {
                self.first.push(keep(scope, sequence));
                self.first.push(format!("ALTER TABLE {whole} {at} DROP IDENTITY"));
                (None, Some(versions::default_of(scope, name)))
            }
            (Generator::Sequence { .. }, Way::Back) => (Some("DROP DEFAULT"), column.default.clone()),
            (Generator::Identity { clause, sequence }, Way::Back) => {
                self.last.push(format!("ALTER TABLE {whole} {at} ADD {clause}"));
                self.last.extend(give_back(scope, name, sequence)?);
                (Some("DROP DEFAULT"), None)
            }
        };
        let drop = drop.map(|drop| format!("{at} {drop}"));
        let set = set.map(|default| format!("{at} SET DEFAULT {default}"));
        if top {
            self.drops.extend(drop);
            self.sets.extend(set);
        } else {
            self.heir_drops.extend(drop.map(|drop| format!("ALTER TABLE ONLY {table} {drop}")));
            self.heir_sets.extend(set.map(|set| format!("ALTER TABLE ONLY {table} {set}")));
        }
        Ok(())
    }

    fn statements(self, table: &Table) -> Vec<String> {
        let name = quote::table(&table.name);
        let mut sql = self.first;
        if self.only {
            let parts: Vec<String> = self.drops.into_iter().chain(self.types).chain(self.sets).collect();
            sql.push(format!("ALTER TABLE ONLY {name}\n  {}", parts.join(",\n  ")));
        } else {
            sql.extend(alter("ALTER TABLE ONLY", &name, &self.drops));
            sql.extend(self.heir_drops);
            sql.extend(alter("ALTER TABLE", &name, &self.types));
            sql.extend(alter("ALTER TABLE ONLY", &name, &self.sets));
            sql.extend(self.heir_sets);
        }
        sql.extend(self.last);
        sql
    }
}

fn alter(verb: &str, name: &str, parts: &[String]) -> Option<String> {
    (!parts.is_empty()).then(|| format!("{verb} {name}\n  {}", parts.join(",\n  ")))
}

/// Keeps where a sequence stood that goes, as that of an identity column does with the identity.
pub fn keep(scope: &Scope<'_>, sequence: &str) -> String {
    format!(
        "INSERT INTO {} (sequence, last_value, is_called) SELECT {}, s.last_value, s.is_called FROM {sequence} s",
        scope.kept_sequences(),
        quote::literal(sequence)
    )
}

/// Gives a sequence that was made again its place, its comment and its rights.
pub fn give_back(scope: &Scope<'_>, name: impl std::fmt::Display, sequence: &str) -> Result<Vec<String>> {
    let mut sql = vec![format!(
        "SELECT setval({}::regclass, s.last_value, s.is_called) FROM {} s WHERE s.sequence = {}",
        quote::literal(sequence),
        scope.kept_sequences(),
        quote::literal(sequence)
    )];
    let Some((_, object)) = sequence_object(scope, sequence) else {
        return Err(Error::Internal { detail: format!("the sequence of {name} is not in the catalogue") });
    };
    sql.extend(object.get("comment").map(|text| format!("COMMENT ON SEQUENCE {sequence} IS {}", quote::literal(text))));
    let owner = object.get("owner").map_or("", String::as_str);
    let items: Vec<String> = object.get("acl").and_then(|acl| serde_json::from_str(acl).ok()).unwrap_or_default();
    let strangers = scope.strangers();
    sql.extend(strangers.iter().map(|role| format!("REVOKE ALL ON SEQUENCE {sequence} FROM {role}")));
    let usual = strangers.is_empty()
        && items.len() == 1
        && items[0].ends_with(&format!("=rwU/{}", items[0].split('=').next().unwrap_or_default()));
    if !usual {
        let phrase = format!("SEQUENCE {sequence}");
        let rights = acl::statements(&acl::Object { phrase: &phrase, column: None, owner }, &items);
        sql.extend(rights.ok_or_else(|| Error::Internal {
            detail: format!("a right on {sequence} is of a kind that is not known"),
        })?);
    }
    Ok(sql)
}

/// The catalogue's entry of a sequence that is given quoted and qualified.
pub fn sequence_object<'a>(scope: &Scope<'a>, sequence: &str) -> Option<(&'a String, &'a crate::schema::Attributes)> {
    scope.schema.catalogue.objects.get_key_value(&sequence_key(sequence)?)
}

/// How the catalogue calls such a sequence.
pub fn sequence_key(sequence: &str) -> Option<String> {
    let (schema, name) = split(sequence)?;
    Some(quote::key("sequence", &[&schema, &name]))
}

// `"schema"."name"`, both quoted.
fn split(qualified: &str) -> Option<(String, String)> {
    let at = qualified.match_indices("\".\"").map(|(at, _)| at).find(|at| {
        // A quote inside a name is doubled, so the quotes before the right place are even.
        qualified[..*at].matches('"').count() % 2 == 1
    })?;
    let schema = qualified.get(1..at)?.replace("\"\"", "\"");
    let name = qualified.get(at + 3..qualified.len() - 1)?.replace("\"\"", "\"");
    Some((schema, name))
}
