//! What conditions and computed columns do with keys: what only asks whether values are there,
//! or alike within one conversion, is the same with UUIDs.

use std::collections::{BTreeMap, BTreeSet};

use super::{Found, finding};
use crate::check::{AnswerOption, Finding, Severity};
use crate::dialect::mysql::conditions::{self, COMPUTED, CONDITION, DROP};
use crate::dialect::mysql::ddl::{ColumnText, TableText, alike, speaks_of};
use crate::dialect::mysql::inspect::has_word;
use crate::dialect::mysql::version::Version;
use crate::plan::{Conversion, Storage};
use crate::schema::{ColumnName, Dependent, ForeignKey, Schema, Table};

/// A table with the conversion of each of its converted columns.
struct Converted<'s> {
    table: &'s Table,
    columns: BTreeMap<&'s ColumnName, usize>,
}

/// Looks at every expression that names a converted column.
pub fn look(schema: &Schema, conversions: &[Conversion]) -> Found {
    let mut tables: BTreeMap<_, BTreeMap<&ColumnName, usize>> = BTreeMap::new();
    for (number, conversion) in conversions.iter().enumerate() {
        for member in &conversion.members {
            tables.entry(&member.column.table).or_default().insert(&member.column, number);
        }
    }
    // MariaDB keeps no value that is computed from a CHAR, which a setting of the session fills
    // up with blanks or not (1901).
    let padded = Version::parse(&schema.server_version).is_some_and(|version| version.is_mariadb());
    let mut found = Found::new();
    for (name, columns) in tables {
        let Some(table) = schema.tables.get(name) else { continue };
        let Some(text) = table.definition.as_deref().and_then(TableText::parse) else { continue };
        let converted = Converted { table, columns };
        for (object, condition) in conditions::all(name, &text) {
            let concerned = converted.concerned(condition);
            let told = converted.condition(&object, condition);
            found.extend(concerned.into_iter().map(|column| (column.clone(), told.clone())));
        }
        for (column, expression) in text.columns.iter().filter_map(|column| Some((column, column.expression()?))) {
            let mut concerned = converted.concerned(expression);
            if padded && (is_stored(column) || is_indexed(&text, column)) {
                concerned.extend(converted.as_letters(expression, conversions));
            }
            let told = converted.computed(&text, column, expression, schema);
            found.extend(concerned.into_iter().map(|column| (column.clone(), told.clone())));
        }
    }
    found
}

impl Converted<'_> {
    // The converted columns for which the expression would be another one.
    fn concerned(&self, expression: &str) -> Vec<&ColumnName> {
        let converted = self.columns.iter().map(|(column, number)| (*column, *number));
        converted
            .filter(|(column, number)| !self.stays(expression, column, *number))
            .map(|(column, _)| column)
            .collect()
    }

    // The others that it names and that become a CHAR.
    fn as_letters(&self, expression: &str, conversions: &[Conversion]) -> Vec<&ColumnName> {
        let letters = |number: usize| conversions.get(number).is_some_and(|one| one.storage == Storage::Char36);
        let converted = self.columns.iter().filter(|(column, number)| {
            letters(**number) && self.stays(expression, column, **number) && speaks_of(expression, &column.column)
        });
        converted.map(|(column, _)| *column).collect()
    }

    fn stays(&self, expression: &str, column: &ColumnName, number: usize) -> bool {
        let same = |other: &String| {
            let partner = self.columns.iter().find(|(one, _)| one.column.to_lowercase() == other.to_lowercase());
            partner.is_some_and(|(_, partner)| *partner == number)
        };
        alike(expression, &column.column).is_some_and(|others: BTreeSet<String>| others.iter().all(same))
    }

    // One that speaks of keys alone says nothing any more; what others say of other columns
    // somebody has to give up knowingly.
    fn condition(&self, object: &str, condition: &str) -> Finding {
        let named = self.table.columns.iter().filter(|column| speaks_of(condition, &column.name));
        let alone = named.map(|column| self.table.column_name(&column.name)).all(|one| self.columns.contains_key(&one));
        let meaning =
            format!("The condition CHECK ({condition}) counts on what the column holds now; no UUID would meet it.");
        let remedy = "Let it be taken away, or leave this key as it is.";
        let gone = "The condition is taken away: the server no longer checks this. The undo puts it back.";
        finding(Severity::Ask, CONDITION, object, &meaning, remedy)
            .asking(vec![AnswerOption::new(DROP, gone)], alone.then_some(DROP))
    }

    fn computed(&self, text: &TableText, column: &ColumnText, expression: &str, schema: &Schema) -> Finding {
        let name = self.table.column_name(&column.name);
        let meaning = format!(
            "The column is computed as {expression}; with a UUID in it it would hold something else, or could not be computed."
        );
        if let Some(other) = stands_on(self.table, text, &column.name, schema) {
            let meaning = format!("{meaning} It cannot be taken away by itself, since it is used by {other}.");
            let remedy = "Drop the generated column, convert, and add it again; or leave this key as it is.";
            return finding(Severity::Block, COMPUTED, name, &meaning, remedy);
        }
        let remedy = "Let the column be taken away, or leave this key as it is.";
        let gone = "The column is taken away: whoever reads it gets an error until a new one is made. The undo puts it back in its place.";
        finding(Severity::Ask, COMPUTED, name, &meaning, remedy).asking(vec![AnswerOption::new(DROP, gone)], None)
    }
}

fn is_stored(column: &ColumnText) -> bool {
    ["STORED", "PERSISTENT"].iter().any(|word| has_word(&column.text, word))
}

fn is_indexed(text: &TableText, column: &ColumnText) -> bool {
    text.indexes.iter().any(|index| speaks_of(&index.text, &column.name))
}

// What would be broken, or gone as well, without the column. A name that stands for something
// else is taken for it.
fn stands_on(table: &Table, text: &TableText, column: &str, schema: &Schema) -> Option<String> {
    let keyed = |(name, whole): (&str, &str)| speaks_of(whole, column).then(|| format!("the index {name}"));
    let primary = text.primary_key.iter().map(|key| ("PRIMARY", key.as_str()));
    let indexes = text.indexes.iter().map(|index| (index.name.as_str(), index.text.as_str()));
    if let Some(found) = primary.chain(indexes).find_map(keyed) {
        return Some(found);
    }
    let constraints = text.checks.iter().chain(&text.foreign_keys);
    if let Some(found) = constraints.into_iter().find(|one| speaks_of(&one.body, column)) {
        return Some(format!("the constraint {}", found.name));
    }
    let others = text.columns.iter().filter(|other| other.name != column);
    if let Some(found) = others.into_iter().find(|other| speaks_of(&other.text, column)) {
        return Some(format!("the column {}", found.name));
    }
    let keys = schema.tables.values().flat_map(|other| &other.foreign_keys);
    let leads = |key: &&ForeignKey| key.parent == table.name && key.parent_columns.iter().any(|one| one == column);
    if let Some(found) = keys.into_iter().find(leads) {
        return Some(format!("the constraint {}", found.name));
    }
    let speaks = |one: &&Dependent| {
        let whole = one.create.join("\n");
        has_word(&whole, column) && (one.on.as_ref() == Some(&table.name) || has_word(&whole, &table.name.name))
    };
    schema.dependents.iter().find(speaks).map(|one| one.name.clone())
}
