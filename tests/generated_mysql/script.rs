//! The statements that make a database, and those of an application that goes on with it.

use super::model::{Column, Holds, Model, Reference, Row, Table};
use crate::support::journey::Journey;
use crate::support::mysql::quoted;
use crate::support::rows::ColumnId;

/// The file that makes it.
pub fn write(model: &Model) -> String {
    let mut text =
        format!("-- {} {}\n", model.product.name(), crate::generated::journey::Made::choices(model).join(" "));
    text += "DELIMITER ~~~\nSET foreign_key_checks = 0~~~\n";
    text += "SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO,STRICT_ALL_TABLES'~~~\n";
    for statement in &model.before {
        text += &format!("{statement}~~~\n");
    }
    for table in &model.tables {
        text += &format!("{}~~~\n", create(model, table));
    }
    for table in model.tables.iter().filter(|table| !table.rows.is_empty()) {
        text += &format!("{}~~~\n", insert(table));
    }
    for statement in &model.programs {
        text += &format!("{statement}~~~\n");
    }
    text
}

fn create(model: &Model, table: &Table) -> String {
    let mut lines: Vec<String> = table.columns.iter().map(column).collect();
    if !table.key.is_empty() {
        lines.push(format!("PRIMARY KEY ({})", list(&table.key)));
    }
    lines.extend(table.clauses.clone());
    for reference in &table.references {
        let Some((before, behind)) = &reference.declared else { continue };
        let parent = quoted(&model.tables[reference.parent].name);
        lines.push(format!("{before} REFERENCES {parent} ({}){behind}", list(&reference.parent_columns)));
    }
    format!("CREATE TABLE {} (\n  {}\n){}", quoted(&table.name), lines.join(",\n  "), table.options)
}

fn column(column: &Column) -> String {
    let mut text = format!("{} {}", quoted(&column.name), column.type_name);
    if matches!(column.holds, Holds::Computed) {
        return text + &column.attributes;
    }
    // An old rule gives the first timestamp a default of its own, unless it may be NULL.
    text += if column.not_null { " NOT NULL" } else { " NULL" };
    if let Some(default) = &column.default {
        text += &format!(" DEFAULT {default}");
    }
    if column.auto {
        text += " AUTO_INCREMENT";
    }
    text + &column.attributes
}

fn list(names: &[String]) -> String {
    names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ")
}

fn insert(table: &Table) -> String {
    let columns: Vec<&Column> = table.columns.iter().filter(|one| !matches!(one.holds, Holds::Computed)).collect();
    let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    let value = |row: &Row, column: &Column| row.get(&column.name).cloned().unwrap_or_else(|| "DEFAULT".to_owned());
    let rows: Vec<String> = table
        .rows
        .iter()
        .map(|row| format!("({})", columns.iter().map(|one| value(row, one)).collect::<Vec<_>>().join(", ")))
        .collect();
    format!("INSERT INTO {} ({}) VALUES\n{}", quoted(&table.name), list(&names), rows.join(",\n"))
}

/// Two rows in each table that can have more, with references to the newest rows.
pub fn later(model: &Model, journey: &Journey<'_>) -> String {
    let tables = model.tables.iter().enumerate().filter(|(_, table)| table.later);
    tables.flat_map(|(at, _)| (1..=2).filter_map(move |turn| row(model, journey, at, turn))).collect()
}

fn row(model: &Model, journey: &Journey<'_>, at: usize, turn: usize) -> Option<String> {
    let table = &model.tables[at];
    let (mut columns, mut values, mut needed) = (Vec::new(), Vec::new(), Vec::new());
    for column in &table.columns {
        let id: ColumnId = (model.database.clone(), table.name.clone(), column.name.clone());
        let root = journey.members.get(&id);
        let wide = table.references.iter().any(|one| one.columns.len() > 1 && one.columns.contains(&column.name));
        let unique = table.references.iter().any(|one| one.unique && one.columns.contains(&column.name));
        let value = match (&column.holds, root) {
            (Holds::Ids(_), None) if column.auto || column.default.is_some() => continue,
            (Holds::Ids(_), None) => return None,
            (Holds::Ids(_), Some(_)) if numbered(model, column) => continue,
            (Holds::Ids(_), Some(_)) => fresh(journey, root?, at, turn),
            (Holds::Reference, _) if (wide || unique) && !column.not_null => "NULL".to_owned(),
            (Holds::Reference, _) if wide || unique => return None,
            (Holds::Reference, Some(root)) => match declared(table, column) {
                Some(one) => newest(&model.tables[one.parent].name, &one.parent_columns[0]),
                None => newest(&root.1, &root.2),
            },
            (Holds::Reference, None) => match declared(table, column) {
                Some(one) => newest(&model.tables[one.parent].name, &one.parent_columns[0]),
                // What nobody declared may have been left as it was, and its parent not.
                None if column.type_name.contains("char") => "'x'".to_owned(),
                None => "1".to_owned(),
            },
            (Holds::Line, _) => (1000 + turn).to_string(),
            (Holds::Other(kind), _) if column.not_null && column.default.is_none() => kind.values[0].to_owned(),
            (Holds::Other(_) | Holds::Moment(_) | Holds::Computed, _) => continue,
        };
        if column.not_null && value.starts_with('(') {
            needed.push(format!("{value} IS NOT NULL"));
        }
        columns.push(column.name.clone());
        values.push(value);
    }
    if columns.is_empty() {
        return Some(format!("INSERT INTO {} () VALUES ();\n", quoted(&table.name)));
    }
    let condition = if needed.is_empty() { String::new() } else { format!(" WHERE {}", needed.join(" AND ")) };
    Some(format!(
        "INSERT INTO {} ({}) SELECT {} FROM DUAL{condition};\n",
        quoted(&table.name),
        list(&columns),
        values.join(", ")
    ))
}

fn declared<'t>(table: &'t Table, column: &Column) -> Option<&'t Reference> {
    table.references.iter().find(|one| one.declared.is_some() && one.columns.contains(&column.name))
}

// The server makes ids for what it numbered before, except from names.
fn numbered(model: &Model, column: &Column) -> bool {
    (column.auto || column.default.is_some()) && model.uuid != "v5"
}

fn newest(table: &str, column: &str) -> String {
    let own = quoted(column);
    format!("(SELECT {own} FROM {} ORDER BY {own} DESC LIMIT 1)", quoted(table))
}

fn fresh(journey: &Journey<'_>, root: &ColumnId, at: usize, turn: usize) -> String {
    let text = format!("'0190a0a0-0000-7000-8000-{at:06}{turn:06}'");
    if journey.promises[root].bytes { format!("UNHEX(REPLACE({text}, '-', ''))") } else { text }
}
