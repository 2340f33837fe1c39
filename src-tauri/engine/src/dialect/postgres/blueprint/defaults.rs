//! Defaults that are plain numbers: they become the UUID of the row that the number stands
//! for. Only the map knows it, so the server itself puts it into the statement.

use super::super::inspect::plain_number;
use super::super::quote;
use super::held::Held;
use super::scope::Scope;
use super::text;
use crate::plan::Proof;
use crate::schema::{ColumnKind, ColumnName, Dependent, DependentKind};

/// The statement that sets the default anew; none for what is no such default.
pub fn create(scope: &Scope<'_>, dependent: &Dependent) -> Option<Vec<String>> {
    let empty = || of_array(scope, dependent).map(str::to_owned);
    if let Some(default) = of_text(scope, dependent).or_else(empty) {
        let column = dependent.columns.first()?;
        let (table, name) = (quote::table(&column.table), quote::ident(&column.column));
        return Some(vec![format!("ALTER TABLE ONLY {table} ALTER COLUMN {name} SET DEFAULT {default}")]);
    }
    let (column, number, conversion) = plain(scope, dependent)?;
    let (table, name) = (quote::table(&column.table), quote::ident(&column.column));
    let statement = quote::literal(&format!("ALTER TABLE ONLY {table} ALTER COLUMN {name} SET DEFAULT "));
    Some(vec![format!(
        "DO $rekey$\n\
         DECLARE id uuid;\n\
         BEGIN\n\
         SELECT m.new_id INTO STRICT id FROM {} m WHERE m.old_id = {number};\n\
         EXECUTE {statement} || quote_literal(id) || '::uuid';\n\
         END\n\
         $rekey$",
        scope.map(conversion)
    )])
}

/// What stands in place of the default of a column of text, where that can be told.
pub fn of_text(scope: &Scope<'_>, dependent: &Dependent) -> Option<String> {
    let column = dependent.columns.first().filter(|_| dependent.kind == DependentKind::Default)?;
    let found = scope.column(column).filter(|found| found.kind == ColumnKind::Text)?;
    text::new_default(found.default.as_deref()?)
}

/// What stands in place of the default of a column of arrays, where that is an empty one.
pub fn of_array(scope: &Scope<'_>, dependent: &Dependent) -> Option<&'static str> {
    let column = dependent.columns.first().filter(|_| dependent.kind == DependentKind::Default)?;
    let Some(Held::Array(_)) = scope.columns.get(column) else { return None };
    let default: String = scope.column(column)?.default.as_deref()?.chars().filter(|c| *c != ' ').collect();
    let (value, _) = default.rsplit_once("::")?;
    matches!(value, "'{}'" | "ARRAY[]" | "(ARRAY[]" | "('{}'").then_some("'{}'::uuid[]")
}

/// That each such default stands for the same row as before.
pub fn proofs(scope: &Scope<'_>) -> Vec<Proof> {
    let kept = scope.dependents().into_iter().filter(|one| !scope.is_removed(one));
    kept.filter_map(|one| proof(scope, one)).collect()
}

fn proof(scope: &Scope<'_>, dependent: &Dependent) -> Option<Proof> {
    let (column, number, conversion) = plain(scope, dependent)?;
    let value = format!(
        "(SELECT substring(pg_get_expr(d.adbin, d.adrelid) FROM '[0-9a-f]{{8}}-[0-9a-f-]{{27}}')::uuid FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum \
         WHERE d.adrelid = {}::regclass AND a.attname = {})",
        quote::literal(&quote::table(&column.table)),
        quote::literal(&column.column)
    );
    Some(Proof {
        id: format!("default {column}"),
        title: format!("The default of {column} stands for the same row"),
        before: format!("SELECT '{number}'"),
        after: format!("SELECT (SELECT m.old_id::text FROM {} m WHERE m.new_id = {value})", scope.map(conversion)),
        back: None,
    })
}

/// The column with its number, where a default is a plain one.
pub fn plain<'d>(scope: &Scope<'_>, dependent: &'d Dependent) -> Option<(&'d ColumnName, i64, usize)> {
    let column = dependent.columns.first().filter(|_| dependent.kind == DependentKind::Default)?;
    let found = scope.column(column).filter(|found| found.kind != ColumnKind::Text)?;
    let number = plain_number(found.default.as_deref()?)?;
    Some((column, number, scope.conversion_of(&column.table, &column.column)?))
}
