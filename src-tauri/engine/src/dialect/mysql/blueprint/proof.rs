//! The proofs: every row of every converted table and every reference, keys translated back.

use std::collections::BTreeMap;

use super::super::{quote, settings, text};
use super::comparable;
use super::repoint;
use super::value;
use super::work::{TableWork, Way, Work};
use crate::plan::Proof;
use crate::schema::{Column, ColumnName, ForeignKey, Table, TableName};

/// All proofs, and by their ids the same questions asked of the tables built beside the live
/// ones: with the new keys, and with the old ones again.
pub struct Proofs {
    pub proofs: Vec<Proof>,
    pub aside: BTreeMap<String, String>,
    pub aside_back: BTreeMap<String, String>,
}

/// Where a table is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Live,
    Aside,
}

impl Place {
    fn of(self, work: &Work<'_>, name: &TableName) -> String {
        match self {
            Place::Live => quote::table(name),
            Place::Aside => work.aside(name),
        }
    }
}

/// All proofs, in order of name.
pub fn proofs(work: &Work<'_>) -> Proofs {
    let mut found = Proofs { proofs: Vec::new(), aside: BTreeMap::new(), aside_back: BTreeMap::new() };
    for table in &work.tables {
        let id = format!("rows {}", table.table.name);
        let title = format!("Every row of {} is there with every value", table.table.name);
        found.add(id, title, |way, place| rows(work, table, way, place));
    }
    for table in &work.tables {
        for key in converted_keys(table) {
            let id = format!("reference {}.{}", table.table.name, key.name);
            let title = format!("Every row of {} still belongs to the same row of {}", table.table.name, key.parent);
            found.add(id, title, |way, place| reference(work, table.table, key, way, place));
        }
    }
    found
}

impl Proofs {
    fn add(&mut self, id: String, title: String, query: impl Fn(Way, Place) -> String) {
        self.aside.insert(id.clone(), query(Way::Forward, Place::Aside));
        self.aside_back.insert(id.clone(), query(Way::Back, Place::Aside));
        self.proofs.push(Proof {
            id,
            title,
            before: query(Way::Back, Place::Live),
            after: query(Way::Forward, Place::Live),
            back: None,
        });
    }
}

fn converted_keys<'t>(table: &'t TableWork<'_>) -> impl Iterator<Item = &'t ForeignKey> {
    let keys = table.table.foreign_keys.iter();
    keys.filter(|key| key.columns.iter().any(|column| table.columns.contains_key(column.as_str())))
}

// Where the tables hold the new keys (`Way::Forward`), each is translated back.
fn rows(work: &Work<'_>, table: &TableWork<'_>, way: Way, place: Place) -> String {
    let mut joins = String::new();
    let mut values = Vec::new();
    let listed = table.listed(work, way);
    let columns = table.table.columns.iter().enumerate();
    for (number, column) in columns.filter(|(_, column)| !table.loses(work, &column.name)) {
        let name = table.table.column_name(&column.name);
        let own = format!("o.{}", quote::ident(&column.name));
        values.push(match (table.columns.get(column.name.as_str()), way) {
            (Some(_), Way::Forward) => {
                let old = value::old(work, &name, "o", &format!("m{number}"));
                if listed.is_none_or(|(listed, _)| listed != column.name) {
                    joins.push_str(&old.joins);
                }
                comparable::standing_for(column, &translated(&old.expression, &own))
            }
            (Some(&number), Way::Back) if work.is_text(number) => comparable::short(&text::bytes(&own)),
            (Some(_) | None, _) => comparable::part(&work.version, "o", column),
        });
    }
    let (sums, rows) = (comparable::row(&work.version, &values), place.of(work, &table.table.name));
    let Some((column, conversion)) = listed else {
        return format!("SELECT CAST(COUNT(*) AS CHAR), CAST(SUM({sums}) AS CHAR) FROM {rows} o{joins}");
    };
    let number = table.table.columns.iter().position(|one| one.name == column).unwrap_or_default();
    format!(
        "SET STATEMENT {} FOR SELECT CAST(COUNT(*) AS CHAR), CAST(SUM({sums}) AS CHAR) FROM {} m{number} \
         STRAIGHT_JOIN {rows} o USE INDEX () ON m{number}.new_id = o.{}{joins}",
        settings::LISTING,
        work.names.map(conversion),
        quote::ident(column)
    )
}

// A value that the map lacks stays as it is, and so shows.
fn translated(old: &str, own: &str) -> String {
    format!("COALESCE({old}, HEX({own}))")
}

// Whether the values really meet, and at the same parents as before. Which row belongs to
// which value the rows' own digest says.
fn reference(work: &Work<'_>, table: &Table, key: &ForeignKey, way: Way, place: Place) -> String {
    let met = repoint::parent_columns(work, &key.parent, &key.parent_columns, way);
    let joined: Vec<String> = key
        .columns
        .iter()
        .zip(&met)
        .map(|(own, other)| format!("p.{} = o.{}", quote::ident(other), quote::ident(own)))
        .collect();
    let mut maps = String::new();
    let mut values = Vec::new();
    for (number, other) in key.parent_columns.iter().enumerate() {
        let column = ColumnName { table: key.parent.clone(), column: other.clone() };
        let own = format!("p.{}", quote::ident(other));
        match (work.conversion(&column), way) {
            (Some(_), Way::Forward) => {
                let old = value::old(work, &column, "p", &format!("m{number}"));
                maps.push_str(&old.joins);
                values.extend(declared(work, &column).map(|one| comparable::standing_for(one, &old.expression)));
            }
            (Some(conversion), Way::Back) if work.is_text(conversion) => {
                values.push(comparable::short(&text::bytes(&own)));
            }
            (Some(_) | None, _) => values.extend(unconverted(work, &column)),
        }
    }
    format!(
        "SELECT CAST(COUNT(*) AS CHAR), CAST(SUM(CRC32(CONCAT({}))) AS CHAR) FROM {} o JOIN {} p ON {}{maps}",
        values.join(", "),
        place.of(work, &table.name),
        place.of(work, &key.parent),
        joined.join(" AND ")
    )
}

// A part of a parent's key as it is, text as text.
fn unconverted(work: &Work<'_>, name: &ColumnName) -> Option<String> {
    Some(comparable::part(&work.version, "p", declared(work, name)?))
}

fn declared<'w>(work: &Work<'w>, name: &ColumnName) -> Option<&'w Column> {
    work.schema.tables.get(&name.table)?.column(&name.column)
}
