//! Settings of columns and tables, comments, statistics, columns that are gone or computed.

use super::{Place, ordered, since};
use crate::generated::kinds::Nature;
use crate::generated::model::{list, literal, quoted};
use crate::generated::names;

/// Statistics targets, storage, options.
pub fn settings(place: &mut Place<'_>) -> Option<String> {
    let table = place.table.quoted();
    let column = if place.dice.chance(60) { place.key()? } else { place.any()? }.quoted();
    Some(match place.dice.below(5) {
        4 => {
            let (column, _) = place.other(|nature| matches!(nature, Nature::Text | Nature::Container))?;
            let set = format!("ALTER TABLE {table} ALTER COLUMN {} SET COMPRESSION pglz;\n", column.quoted());
            since(14, &set, "")
        }
        0 => format!("ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 77;\n"),
        1 => format!("ALTER TABLE {table} ALTER COLUMN {column} SET (n_distinct = -0.5);\n"),
        2 => {
            let (column, _) = place.other(|nature| matches!(nature, Nature::Text | Nature::Container))?;
            let storage = place.dice.pick(&["EXTERNAL", "MAIN", "EXTENDED", "PLAIN"]);
            format!("ALTER TABLE {table} ALTER COLUMN {} SET STORAGE {storage};\n", column.quoted())
        }
        _ => format!(
            "ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0, ALTER COLUMN {column} SET (n_distinct_inherited = 5);\n"
        ),
    })
}

/// On the table, a column or the key.
pub fn comment(place: &mut Place<'_>) -> Option<String> {
    let table = place.table.quoted();
    let text = literal(&names::comment(&mut place.dice));
    Some(match place.dice.below(4) {
        0 => format!("COMMENT ON TABLE {table} IS {text};\n"),
        1 => format!("COMMENT ON COLUMN {table}.{} IS {text};\n", place.any()?.quoted()),
        2 => format!("COMMENT ON CONSTRAINT {} ON {table} IS {text};\n", place.table.key_name.as_deref().map(quoted)?),
        _ => format!("COMMENT ON COLUMN {table}.{} IS {text};\n", place.key()?.quoted()),
    })
}

/// Storage parameters.
pub fn options(place: &mut Place<'_>) -> Option<String> {
    let options = [
        "fillfactor = 60",
        "autovacuum_enabled = false, toast.autovacuum_enabled = false",
        "parallel_workers = 3",
        "autovacuum_vacuum_scale_factor = 0.01, user_catalog_table = false",
    ];
    Some(format!("ALTER TABLE {} SET ({});\n", place.table.quoted(), place.dice.pick(&options)))
}

/// Extended statistics.
pub fn statistics(place: &mut Place<'_>) -> Option<String> {
    let (table, name) = (place.table.quoted(), place.name("statistics"));
    let name = format!("{}.{name}", quoted(&place.table.schema));
    let key = place.key()?;
    let (beside, _) = place.other(ordered)?;
    let kinds = *place.dice.pick(&["", " (ndistinct)", " (dependencies, mcv)", " (mcv)"]);
    let columns = list(&[key.name.clone(), beside.name.clone()]);
    let text = literal(&names::comment(&mut place.dice));
    let comment =
        if place.dice.chance(40) { format!("COMMENT ON STATISTICS {name} IS {text};\n") } else { String::new() };
    let text = format!("CREATE STATISTICS {name}{kinds} ON {columns} FROM {table};\n{comment}");
    if place.dice.chance(70) {
        return Some(text);
    }
    let key = key.quoted();
    let newer = format!("CREATE STATISTICS {name} ON ({key}::text), {} FROM {table};\n{comment}", beside.quoted());
    Some(since(14, &newer, &text))
}

/// Computed from a key or a reference.
pub fn key_generated(place: &mut Place<'_>) -> Option<String> {
    if place.table.split.is_some() {
        return None;
    }
    let (table, name) = (place.table.quoted(), place.name("follows"));
    let key = place.key()?;
    let (number, key) = (key.is_number(), key.quoted());
    let (type_name, expression) = match place.dice.below(4) {
        0 if number => ("numeric", format!("{key} * 2::numeric")),
        1 => ("boolean", format!("{key} IS NULL")),
        2 if number => ("text", format!("'no. ' || {key}::text")),
        _ => ("text", format!("CASE WHEN {key} IS NULL THEN 'none' ELSE 'some' END")),
    };
    let mut text =
        format!("ALTER TABLE {table} ADD COLUMN {name} {type_name} GENERATED ALWAYS AS ({expression}) STORED;\n");
    if place.dice.chance(40) {
        text += &format!("CREATE INDEX ON {table} ({name});\n");
    }
    Some(text)
}

/// A reference's default: the key of a row that is there.
pub fn reference_default(place: &mut Place<'_>) -> Option<String> {
    let references: Vec<_> = place.table.references.iter().filter(|one| one.columns.len() == 1).collect();
    if references.is_empty() {
        return None;
    }
    let reference = *place.dice.pick(&references);
    let column = &reference.columns[0];
    let parents = &place.model.tables[reference.parent].rows;
    let value = parents.first()?.get(&reference.parent_columns[0])?.clone()?;
    let fits =
        !place.table.key.contains(column) && place.table.rows.iter().any(|row| row[column].as_ref() == Some(&value));
    fits.then(|| {
        format!(
            "ALTER TABLE {} ALTER COLUMN {} SET DEFAULT {};\n",
            place.table.quoted(),
            quoted(column),
            literal(&value)
        )
    })
}

/// A gap in the numbers of the columns.
pub fn dropped(place: &mut Place<'_>) -> Option<String> {
    let (table, name) = (place.table.quoted(), place.name("gone"));
    Some(format!("ALTER TABLE {table} ADD COLUMN {name} integer DEFAULT 5;\nALTER TABLE {table} DROP COLUMN {name};\n"))
}

/// Computed from columns that no conversion touches.
pub fn generated(place: &mut Place<'_>) -> Option<String> {
    let (table, name) = (place.table.quoted(), place.name("computed"));
    let (column, kind) = place.other(|nature| nature == Nature::Text)?;
    (kind.name == "text").then(|| {
        format!("ALTER TABLE {table} ADD COLUMN {name} text GENERATED ALWAYS AS (upper({})) STORED;\n", column.quoted())
    })
}
