//! Defaults that take their value from no sequence: a plain number becomes the UUID of the
//! row it stands for, a call has to be decided about.

use super::super::quote;
use crate::schema::{Column, ColumnKind, Dependent, DependentKind, Generator, Table};

/// The defaults of a table that do not come from sequences.
pub fn of_table(table: &Table) -> Vec<Dependent> {
    table.columns.iter().filter_map(|column| dependent(table, column)).collect()
}

fn dependent(table: &Table, column: &Column) -> Option<Dependent> {
    let default = column.default.as_ref()?;
    // Whether it is part of a key does not tell: its parent's may be, or nobody declared it.
    let takes_part = match column.kind {
        ColumnKind::Integer | ColumnKind::Numeric | ColumnKind::Text => true,
        // Arrays may be converted too, and an empty one of numbers is none of UUIDs.
        ColumnKind::Other => matches!(column.type_name.as_str(), "smallint[]" | "integer[]" | "bigint[]"),
        ColumnKind::Uuid => false,
    };
    if !takes_part || column.generator != Generator::None {
        return None;
    }
    let name = table.column_name(&column.name);
    let at = format!("ALTER TABLE ONLY {} ALTER COLUMN {}", quote::table(&table.name), quote::ident(&column.name));
    Some(Dependent {
        kind: DependentKind::Default,
        name: name.to_string(),
        on: Some(table.name.clone()),
        objects: Vec::new(),
        columns: vec![name],
        requires: Vec::new(),
        drop: vec![format!("{at} DROP DEFAULT")],
        create: vec![format!("{at} SET DEFAULT {default}")],
        for_good: None,
    })
}

/// The number that a default stands for, where it is a plain one.
pub fn number(default: &str) -> Option<i64> {
    let value = default.split("::").next()?;
    value.trim_matches(['(', ')']).trim_matches('\'').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn plain_numbers_are_read_and_calls_are_not() {
        assert_eq!(number("1"), Some(1));
        assert_eq!(number("'-1'::integer"), Some(-1));
        assert_eq!(number("'7'::smallint"), Some(7));
        assert_eq!(number("('-9'::integer)::bigint"), Some(-9));
        assert_eq!(number("get_default_user()"), None);
        assert_eq!(number("(1 + 2)"), None);
    }
}
