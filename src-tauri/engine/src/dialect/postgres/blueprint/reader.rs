//! Rows and references as they were before, read on either side of the change.

use super::super::quote;
use super::comparable::comparable;
use super::convert::Way;
use super::scope::Scope;
use super::{held, scattered, set_aside, text};
use crate::plan::ConversionKind;
use crate::schema::{Column, ForeignKey, Table};

/// Which side of the change a query runs on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The keys are the old ones.
    Before,
    /// The keys are the new ones.
    After,
}

/// Reads columns as they were before, and notes which maps have to be joined for it.
pub struct Reader<'s, 'a> {
    scope: &'s Scope<'a>,
    side: Side,
    /// The joins, to be written behind the table.
    pub joins: String,
    joined: usize,
}

impl<'s, 'a> Reader<'s, 'a> {
    /// Reads on one side of the change.
    pub fn new(scope: &'s Scope<'a>, side: Side) -> Self {
        Reader { scope, side, joins: String::new(), joined: 0 }
    }

    /// A column as it goes into a digest.
    pub fn cell(&mut self, table: &Table, column: &Column, alias: &str) -> String {
        if let Some(one) = held::at(self.scope, table, column) {
            let way = match self.side {
                Side::Before => Way::Forth,
                Side::After => Way::Back,
            };
            return scattered::cell(self.scope, &one, alias, way);
        }
        match self.old(table, column, alias) {
            None => comparable(&format!("{alias}.{}", quote::ident(&column.name)), column),
            Some(old) => self.whole(&old, table, column, alias),
        }
    }

    /// The old value of a converted column.
    pub fn old(&mut self, table: &Table, column: &Column, alias: &str) -> Option<String> {
        let number = self.scope.conversion_of(&table.name, &column.name)?;
        let name = format!("{alias}.{}", quote::ident(&column.name));
        let old = self.translated(&self.scope.map(number), &name, column);
        match text::deviation(self.scope, &table.column_name(&column.name)) {
            Some(one) if self.side == Side::After => {
                let kept = format!("s{}", self.joined);
                self.joins.push_str(&one.join(self.scope, alias, &kept));
                Some(format!("coalesce({kept}.old_id::{}, {old})", column.type_name))
            }
            Some(_) | None => match set_aside::of(self.scope, &table.column_name(&column.name)) {
                Some(one) if self.side == Side::After => {
                    self.joins.push_str(&one.join(self.scope, alias));
                    Some(one.old(alias, column, &old))
                }
                Some(_) | None => Some(old),
            },
        }
    }

    /// The old value, and whether there is a new one: what the map does not know reads as nothing.
    pub fn whole(&self, old: &str, table: &Table, column: &Column, alias: &str) -> String {
        let value = comparable(old, column);
        if !column.nullable {
            return value;
        }
        match set_aside::of(self.scope, &table.column_name(&column.name)) {
            Some(one) if self.side == Side::After => format!("{value}, {}", one.absent(alias)),
            Some(_) | None => format!("{value}, {alias}.{} IS NULL", quote::ident(&column.name)),
        }
    }

    /// The old value of a reference, read through the row that it leads to: none where it
    /// leads to no row, or to one whose id the map does not know.
    pub fn led(&mut self, column: &Column, reference: &Reference<'_>) -> String {
        let name = format!("t.{}", quote::ident(&column.name));
        let parent = format!(
            "(SELECT m.new_id, m.old_id FROM {} m JOIN {} p ON p.{} = m.new_id OFFSET '0')",
            self.scope.map(reference.conversion),
            self.scope.from(&reference.key.parent),
            quote::ident(reference.parent)
        );
        self.translated(&parent, &name, column)
    }

    fn translated(&mut self, map: &str, name: &str, column: &Column) -> String {
        if self.side == Side::Before {
            return name.to_owned();
        }
        self.joined += 1;
        let alias = format!("m{}", self.joined);
        self.joins.push_str(&format!("\nLEFT JOIN {map} {alias} ON {alias}.new_id = {name}"));
        format!("{alias}.old_id::{}", column.type_name)
    }
}

/// A reference of one column that the server has checked: each value leads to just one row.
pub struct Reference<'a> {
    /// The foreign key.
    pub key: &'a ForeignKey,
    // The column that it leads to.
    parent: &'a str,
    // The conversion that both columns belong to.
    conversion: usize,
}

/// The first such reference that a column makes.
pub fn reference<'a>(scope: &Scope<'_>, table: &'a Table, column: &Column) -> Option<Reference<'a>> {
    let conversion = scope.conversion_of(&table.name, &column.name)?;
    if scope.conversions.get(conversion)?.kind != ConversionKind::IntToUuid {
        return None;
    }
    let mut keys = table.foreign_keys.iter().filter(|key| key.validated && key.columns == [column.name.clone()]);
    keys.find_map(|key| match key.parent_columns.as_slice() {
        [parent] => Some(Reference { key, parent, conversion }),
        _ => None,
    })
}

/// The hash of a row of these cells, `h`, and before version 14 another, `g`.
pub fn hashes(scope: &Scope<'_>, cells: &[String]) -> String {
    let row = format!("ROW({})", cells.join(", "));
    if scope.version >= 14 {
        format!("hash_record_extended({row}, 0) AS h")
    } else {
        format!("hashtextextended({row}::text, 0) AS h, hashtextextended({row}::text, 1) AS g")
    }
}

/// All hashes of rows `d` in figures.
// Number, sum and exclusive or of the hashes do not depend on the order of the rows. The
// hash of a record is a sum of its fields' hashes, each times a power of 31: added up as it
// is, it would stay the same where two rows exchange a field. So the sum is over hashes of
// the hashes. Before version 14 there is no exclusive or to be had; a second hash, of a text,
// takes its place.
pub fn totals(scope: &Scope<'_>) -> String {
    if scope.version >= 14 {
        return "count(*) || ' ' || coalesce(sum(hashint8extended(d.h, d.h)), 0) || ' ' || coalesce(bit_xor(d.h), 0)"
            .to_owned();
    }
    "count(*) || ' ' || coalesce(sum(d.h), 0) || ' ' || coalesce(sum(d.g), 0)".to_owned()
}
