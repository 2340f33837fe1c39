//! Whether references can leave a key for a UUID column of the same table, as far as the
//! schema alone can tell.

use crate::check::{Finding, Severity};
use crate::plan::Storage;
use crate::schema::{ColumnKind, ColumnName, Domain, EngineKind, Schema, Table};

/// What stands against it.
pub(super) fn findings(schema: &Schema, domain: &Domain, target: &str) -> Vec<Finding> {
    let Some(table) = schema.tables.get(&domain.root.table) else { return Vec::new() };
    let name = table.column_name(target);
    let mut found: Vec<Finding> = unfit(schema, table, &name).into_iter().collect();
    if domain.members.is_empty() {
        found.push(block(
            "RK-173",
            &domain.root,
            "Nothing references this key, so there is nothing to lead elsewhere.",
            "Leave --repoint out, or include references that no foreign key declares with --include-inferred.",
        ));
    }
    found.extend(composite(schema, domain, target));
    found
}

fn unfit(schema: &Schema, table: &Table, name: &ColumnName) -> Option<Finding> {
    let Some(column) = table.column(&name.column) else {
        return Some(block(
            "RK-174",
            name,
            "There is no such column, so references cannot lead to it.",
            "Name a column of type uuid of the key's own table.",
        ));
    };
    // SQLite keeps UUIDs as text or as bytes; what is in them the probe sees.
    let fits = match (column.kind, schema.engine) {
        (ColumnKind::Uuid, _) | (ColumnKind::Text | ColumnKind::Other, EngineKind::Sqlite) => true,
        (ColumnKind::Text | ColumnKind::Other, EngineKind::Mysql) => Storage::of_mysql(&column.type_name).is_some(),
        (ColumnKind::Text | ColumnKind::Other, EngineKind::Postgres)
        | (ColumnKind::Integer | ColumnKind::Numeric, _) => false,
    };
    if !fits {
        let wanted = match schema.engine {
            EngineKind::Postgres => "uuid",
            EngineKind::Sqlite => "text",
            EngineKind::Mysql => "binary(16)",
        };
        let meaning = format!(
            "The column is of type {}, not {wanted}, so references cannot become UUIDs that lead to it.",
            column.type_name
        );
        let remedy = format!("Change its type to {wanted} first, or name another column.");
        return Some(block("RK-174", name, &meaning, &remedy));
    }
    (!is_unique(table, &[&name.column])).then(|| {
        block(
            "RK-175",
            name,
            "No unique constraint says that a value of this column belongs to one row alone, so no foreign key can lead to it.",
            "Add one first: ALTER TABLE ... ADD UNIQUE (...).",
        )
    })
}

fn is_unique(table: &Table, columns: &[&str]) -> bool {
    let mut wanted = columns.to_vec();
    wanted.sort_unstable();
    table.primary_key.iter().chain(&table.unique_keys).any(|key| {
        let mut names: Vec<&str> = key.columns.iter().map(String::as_str).collect();
        names.sort_unstable();
        names == wanted
    })
}

// A foreign key over several columns needs a unique constraint over the same with the new one.
fn composite(schema: &Schema, domain: &Domain, target: &str) -> Vec<Finding> {
    let root = &domain.root;
    let Some(parent) = schema.tables.get(&root.table) else { return Vec::new() };
    let mut found = Vec::new();
    for table in schema.tables.values() {
        for key in table.foreign_keys.iter().filter(|key| key.parent == root.table && key.columns.len() > 1) {
            if !key.parent_columns.contains(&root.column) {
                continue;
            }
            let columns: Vec<&str> =
                key.parent_columns.iter().map(|name| if *name == root.column { target } else { name }).collect();
            if !is_unique(parent, &columns) {
                let object = ColumnName { table: table.name.clone(), column: key.name.clone() };
                let meaning = format!(
                    "The foreign key references several columns of {} at once, and no unique constraint covers ({}).",
                    root.table,
                    columns.join(", ")
                );
                found.push(block("RK-175", &object, &meaning, "Add that constraint first."));
            }
        }
    }
    found
}

/// A UUID column beside an integer key that could take its place for references: unique and
/// in every row.
pub(super) fn beside(schema: &Schema, root: &ColumnName) -> Option<Finding> {
    let table = schema.tables.get(&root.table)?;
    let fits = |name: &str| is_unique(table, &[name]);
    let column = table.columns.iter().find(|one| one.kind == ColumnKind::Uuid && !one.nullable && fits(&one.name))?;
    let name = &column.name;
    Some(Finding::new(
        Severity::Info,
        "RK-172",
        root.to_string(),
        format!("The table has a unique UUID column already, {name}. Converting the key gives each row a second UUID."),
        format!(
            "If {name} is how rows are to be known, let the references lead to it and keep the number: --repoint {root}={name}."
        ),
    ))
}

fn block(rule: &str, object: &ColumnName, meaning: &str, remedy: &str) -> Finding {
    Finding::new(Severity::Block, rule, object.to_string(), meaning, remedy)
}
