//! What only newer servers have: bodies that are bound, publications of columns and rows.

use super::{Place, since};
use crate::generated::model::{literal, quoted};
use crate::generated::names::comment;

/// Functions whose bodies the server has read already (PostgreSQL 14).
pub fn bound_function(place: &mut Place<'_>) -> Option<String> {
    let table = place.table.quoted();
    let name = format!("{}.{}", quoted(&place.table.schema), place.name("bound"));
    let column = place.key()?;
    let key = column.quoted();
    let reference = place.table.references.iter().find(|one| one.declared && one.columns.len() == 1);
    let (head, tail) = match (place.dice.below(7), reference) {
        (0, Some(reference)) => {
            let (parent, target) = (&place.model.tables[reference.parent], quoted(&reference.parent_columns[0]));
            let own = quoted(&reference.columns[0]);
            let join = format!("{table} t JOIN {} p ON p.{target} = t.{own}", parent.quoted());
            ("() RETURNS bigint LANGUAGE sql STABLE COST 7", format!("RETURN (SELECT count(p.{target}) FROM {join})"))
        }
        (1, _) => {
            let body = format!("BEGIN ATOMIC\n  SELECT {key}::text FROM {table} WHERE {key} IS NOT NULL;\nEND");
            ("() RETURNS SETOF text LANGUAGE sql STABLE ROWS 5", body)
        }
        (2, _) => {
            let body = format!("BEGIN ATOMIC DELETE FROM {table} WHERE {key} IS NULL AND word = 'x'; SELECT 1; END");
            ("(word text DEFAULT 'a') RETURNS integer LANGUAGE sql SECURITY DEFINER SET work_mem = '5MB'", body)
        }
        // That is a number for as long as nobody asks.
        (3, _) if column.is_number() && place.dice.chance(30) => (
            "(wanted bigint) RETURNS boolean LANGUAGE sql STABLE",
            format!("RETURN EXISTS (SELECT FROM {table} WHERE {key} = wanted)"),
        ),
        (4, _) => {
            let body = format!("BEGIN ATOMIC SELECT {key}::text, count(*) FROM {table} GROUP BY {key}; END");
            ("() RETURNS TABLE (a text, b bigint) LANGUAGE sql STABLE", body)
        }
        _ => ("() RETURNS bigint LANGUAGE sql STABLE", format!("BEGIN ATOMIC SELECT count({key}) FROM {table}; END")),
    };
    let mut text = format!("CREATE FUNCTION {name}{head}\n{tail};\n");
    let arguments = if head.starts_with("()") { "()" } else { "" };
    if place.dice.chance(30) {
        let comment = literal(&comment(&mut place.dice));
        text += &format!("COMMENT ON FUNCTION {name}{arguments} IS {comment};\n");
    }
    if place.dice.chance(30) {
        text += &format!(
            "REVOKE ALL ON FUNCTION {name} FROM PUBLIC;\nGRANT EXECUTE ON FUNCTION {name} TO gen_reader WITH GRANT OPTION;\n"
        );
    }
    if place.dice.chance(30) && arguments == "()" && !head.contains("SETOF") && !head.contains("TABLE") {
        let view = format!("{}.{}", quoted(&place.table.schema), place.name("calls"));
        text += &format!("CREATE VIEW {view} AS SELECT {name}() AS n;\n");
    }
    Some(since(14, &text, ""))
}

/// A publication of some columns, of some rows, or both (PostgreSQL 15).
pub fn published_columns(place: &mut Place<'_>) -> Option<String> {
    if place.table.unlogged || place.table.key.is_empty() {
        return None;
    }
    let (table, name) = (place.table.quoted(), place.name("publication"));
    let key = place.key()?;
    let beside = place.any()?;
    let mut columns = place.table.key.clone();
    for more in [key, beside] {
        if !columns.contains(&more.name) {
            columns.push(more.name.clone());
        }
    }
    // The server takes no types of the user's own in a filter.
    let own = key.type_name.starts_with("public.");
    let key = key.quoted();
    let columns = format!(" ({})", crate::generated::model::list(&columns));
    let filter = match place.dice.below(4) {
        _ if own => String::new(),
        0 => format!(" WHERE ({key} IS NOT NULL)"),
        1 => format!(" WHERE ({key} = {key} AND {key} IS DISTINCT FROM NULL)"),
        _ => String::new(),
    };
    let columns = if filter.is_empty() || place.dice.chance(50) { columns } else { String::new() };
    let what = *place.dice.pick(&["insert", "insert", "insert, delete"]);
    let root = if place.table.split.is_some() { ", publish_via_partition_root" } else { "" };
    let only = if place.table.split.is_none() { "ONLY " } else { "" };
    let mut text = format!(
        "CREATE PUBLICATION {name} FOR TABLE {only}{table}{columns}{filter} WITH (publish = '{what}'{root});\n"
    );
    if place.dice.chance(30) {
        text += &format!("COMMENT ON PUBLICATION {name} IS {};\n", literal(&comment(&mut place.dice)));
    }
    Some(since(15, &text, ""))
}
