//! Settings of the table beside a table in which the server keeps long values: without a
//! column that could hold any the server drops it, and its settings with it.

use std::collections::BTreeSet;

use super::super::quote;
use super::announced::ANY;
use super::scope::Scope;
use crate::schema::{ColumnKind, ColumnName, Difference, TableName};

const OPTIONS: &str = "toast_options";

fn object(table: &TableName) -> String {
    quote::key("table", &[&table.schema, &table.name])
}

fn options<'s>(scope: &Scope<'s>, table: &TableName) -> Option<&'s String> {
    scope.schema.catalogue.objects.get(&object(table))?.get(OPTIONS)
}

// Numbers of a fixed size are never kept there.
fn tables<'c>(scope: &Scope<'_>, columns: impl Iterator<Item = &'c ColumnName>) -> BTreeSet<&'c TableName> {
    let long = |name: &&ColumnName| {
        scope.column(name).is_some_and(|column| matches!(column.kind, ColumnKind::Text | ColumnKind::Numeric))
    };
    columns.filter(long).map(|name| &name.table).collect()
}

/// The settings that may go.
pub fn announced(scope: &Scope<'_>) -> Vec<Difference> {
    let tables = tables(scope, scope.columns.keys()).into_iter();
    tables
        .filter_map(|table| {
            Some(Difference {
                object: object(table),
                attribute: OPTIONS.to_owned(),
                before: Some(options(scope, table)?.clone()),
                after: Some(ANY.to_owned()),
            })
        })
        .collect()
}

/// Sets them again when these columns have their old types.
pub fn restore(scope: &Scope<'_>, columns: &[ColumnName]) -> Vec<String> {
    let tables = tables(scope, columns.iter()).into_iter();
    tables
        .filter_map(|table| {
            let options = options(scope, table)?.split(',').filter_map(|option| option.split_once('='));
            let options: Vec<String> = options
                .map(|(name, value)| format!("toast.{} = {}", quote::ident(name), quote::literal(value)))
                .collect();
            Some(format!("ALTER TABLE ONLY {} SET ({})", quote::table(table), options.join(", ")))
        })
        .collect()
}
