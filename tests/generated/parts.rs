//! What stands on a table, as statements.

mod columns;
mod constraints;
mod indexes;
mod newer;
mod numbers;
mod reactions;
mod rights;
mod views;

use super::dice::Dice;
use super::kinds::{Kind, Nature};
use super::model::{Column, Model, Table, quoted};
use super::names::name;
use super::wish::Part;

pub use views::View;

/// What a server of at least that version reads, and what an older one does. psql decides.
pub fn since(version: u32, newer: &str, older: &str) -> String {
    let otherwise = if older.is_empty() { String::new() } else { format!("\\else\n{older}") };
    format!("\\if :since_{version}\n{newer}{otherwise}\\endif\n")
}

/// When a part is made: views stand on tables, and everything else may stand on views.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Indexes, checks and what else belongs to the table.
    Tables,
    /// Views.
    Views,
    /// Functions, rules, triggers, policies.
    Rest,
}

fn stage(part: Part) -> Stage {
    match part {
        Part::View | Part::ViewOverView | Part::MaterializedView => Stage::Views,
        Part::Function
        | Part::Rule
        | Part::Trigger
        | Part::Policy
        | Part::KeyPolicy
        | Part::NumericCode
        | Part::BoundFunction
        | Part::Publication
        | Part::PublishedColumns
        | Part::Owner => Stage::Rest,
        Part::Index
        | Part::KeyIndex
        | Part::Unique
        | Part::Mark
        | Part::Check
        | Part::KeyCheck
        | Part::ColumnSettings
        | Part::Comment
        | Part::Grant
        | Part::Options
        | Part::Statistics
        | Part::DroppedColumn
        | Part::GeneratedColumn
        | Part::Exclusion
        | Part::ReferenceDefault
        | Part::KeyGenerated
        | Part::OnPartition
        | Part::Numeric => Stage::Tables,
    }
}

/// Writes what stands on a table and belongs to this stage.
pub fn write(model: &Model, at: usize, wanted: Stage, views: &mut Vec<View>) -> String {
    let table = &model.tables[at];
    let mut text = String::new();
    for (number, (part, pick)) in table.parts.iter().enumerate() {
        if stage(*part) == wanted {
            let number = 1000 + at * 100 + number;
            let mut place = Place { model, table, dice: Dice::new(*pick), number };
            text += &one(&mut place, *part, views);
        }
    }
    text
}

fn one(place: &mut Place<'_>, part: Part, views: &mut Vec<View>) -> String {
    // What the server does not have for partitioned tables.
    if place.table.split.is_some() && matches!(part, Part::Mark | Part::Options | Part::Exclusion) {
        return String::new();
    }
    let made = match part {
        Part::Index => indexes::other(place),
        Part::KeyIndex => indexes::key(place),
        Part::Unique => indexes::unique(place),
        Part::Mark => indexes::mark(place),
        Part::Exclusion => indexes::exclusion(place),
        Part::Check => constraints::other(place),
        Part::KeyCheck => constraints::key(place),
        Part::ColumnSettings => columns::settings(place),
        Part::Comment => columns::comment(place),
        Part::Options => columns::options(place),
        Part::Statistics => columns::statistics(place),
        Part::DroppedColumn => columns::dropped(place),
        Part::GeneratedColumn => columns::generated(place),
        Part::Grant => rights::grant(place),
        Part::Owner => rights::owner(place),
        Part::Policy => rights::policy(place),
        Part::Publication => rights::publication(place),
        Part::KeyPolicy => rights::key_policy(place),
        Part::ReferenceDefault => columns::reference_default(place),
        Part::Numeric => numbers::kept(place),
        Part::NumericCode => numbers::code(place, views),
        Part::KeyGenerated => columns::key_generated(place),
        Part::OnPartition => indexes::partition(place),
        Part::BoundFunction => newer::bound_function(place),
        Part::PublishedColumns => newer::published_columns(place),
        Part::Trigger => reactions::trigger(place),
        Part::Rule => reactions::rule(place),
        Part::Function => reactions::function(place),
        Part::View => views::plain(place, views),
        Part::ViewOverView => views::over(place, views),
        Part::MaterializedView => views::stored(place, views),
    };
    made.unwrap_or_default()
}

/// Where a part is made.
pub struct Place<'a> {
    model: &'a Model,
    table: &'a Table,
    dice: Dice,
    number: usize,
}

impl<'a> Place<'a> {
    // A name that nothing else has.
    fn name(&mut self, word: &str) -> String {
        quoted(&name(&mut self.dice, word, self.number))
    }

    // A key or a reference.
    fn key(&mut self) -> Option<&'a Column> {
        let found = self.table.key_columns();
        (!found.is_empty()).then(|| *self.dice.pick(&found))
    }

    // A key or a reference that holds numbers.
    fn number(&mut self) -> Option<&'a Column> {
        let found: Vec<_> = self.table.key_columns().into_iter().filter(|column| column.is_number()).collect();
        (!found.is_empty()).then(|| *self.dice.pick(&found))
    }

    // A column that no conversion touches and that is of such a nature.
    fn other(&mut self, fits: impl Fn(Nature) -> bool) -> Option<(&'a Column, &'static Kind)> {
        let found: Vec<_> = self.table.other_columns().into_iter().filter(|(_, kind)| fits(kind.nature)).collect();
        (!found.is_empty()).then(|| *self.dice.pick(&found))
    }

    // Any column.
    fn any(&mut self) -> Option<&'a Column> {
        let found = &self.table.columns;
        (!found.is_empty()).then(|| self.dice.pick(found))
    }
}

fn ordered(nature: Nature) -> bool {
    matches!(nature, Nature::Ordered | Nature::Text)
}
