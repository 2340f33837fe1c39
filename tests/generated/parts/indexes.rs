//! Indexes of every kind, unique constraints, and the marks that indexes carry.

use super::{Place, ordered, since};
use crate::generated::kinds::Nature;
use crate::generated::model::{list, literal, quoted};
use crate::generated::names::comment;

/// On columns that no conversion touches.
pub fn other(place: &mut Place<'_>) -> Option<String> {
    let table = place.table.quoted();
    let name = place.name("index");
    let body = match place.dice.below(6) {
        0 => {
            let (column, _) = place.other(|nature| nature == Nature::Container)?;
            format!("USING gin ({})", column.quoted())
        }
        1 => {
            let (column, kind) = place.other(|nature| nature == Nature::Text)?;
            let pattern =
                if kind.name.starts_with("character(") { "{} bpchar_pattern_ops" } else { "{} text_pattern_ops" };
            let how = *place.dice.pick(&["lower({})", pattern, "{} COLLATE \"C\"", "upper(({})::text)"]);
            format!("({})", how.replace("{}", &column.quoted()))
        }
        2 => {
            let (column, kind) = place.other(ordered)?;
            if !["integer", "bigint", "smallint", "date", "numeric", "timestamp with time zone"].contains(&kind.name) {
                return None;
            }
            format!("USING brin ({}) WITH (pages_per_range = 16)", column.quoted())
        }
        3 => {
            let (column, _) = place.other(ordered)?;
            format!("({0}) WHERE {0} IS NOT NULL", column.quoted())
        }
        4 => {
            let (column, _) = place.other(ordered)?;
            format!("({}) WITH (fillfactor = 55)", column.quoted())
        }
        _ => {
            let (column, _) = place.other(ordered)?;
            format!("({} DESC NULLS LAST)", column.quoted())
        }
    };
    Some(format!("CREATE INDEX {name} ON {table} {body};\n"))
}

/// With a key or a reference in it.
pub fn key(place: &mut Place<'_>) -> Option<String> {
    let (table, column) = (place.table.quoted(), place.key()?);
    let key = column.quoted();
    let name = place.name("index");
    let beside = place.other(ordered).map_or_else(|| key.clone(), |(column, _)| column.quoted());
    let body = match place.dice.below(11) {
        0 => format!("({key} DESC NULLS LAST)"),
        1 => format!("({beside}) INCLUDE ({key})"),
        2 => format!("({key}) INCLUDE ({beside})"),
        3 => format!("USING hash ({key}) WITH (fillfactor = 80)"),
        4 => format!("USING brin ({key})"),
        5 => format!("(({key}::text))"),
        6 => format!("({beside}) WHERE {key} IS NOT NULL"),
        7 => format!("({key}, {beside} DESC) WITH (fillfactor = 70, deduplicate_items = off)"),
        8 => format!("({beside}, {key} NULLS FIRST)"),
        9 => format!("({key}) WHERE {beside} IS NOT NULL"),
        _ => format!("({key})"),
    };
    let mut text = format!("CREATE INDEX {name} ON {table} {body};\n");
    let index = format!("{}.{name}", quoted(&place.table.schema));
    if place.dice.chance(25) {
        text += &format!("COMMENT ON INDEX {index} IS {};\n", literal(&comment(&mut place.dice)));
    }
    // Of text the cast leaves nothing: the index has the column itself.
    if body.contains("::text") && column.is_number() && place.dice.chance(30) {
        text += &format!("ALTER INDEX {index} ALTER COLUMN 1 SET STATISTICS 33;\n");
    }
    if place.table.split.is_none()
        && !body.starts_with("USING brin")
        && !body.contains(" WHERE ")
        && !body.starts_with("USING hash")
        && place.dice.chance(10)
    {
        text += &format!("ALTER TABLE {table} CLUSTER ON {name};\n");
    }
    Some(text)
}

/// Unique through the key: an index or a constraint.
pub fn unique(place: &mut Place<'_>) -> Option<String> {
    let table = place.table.quoted();
    if place.table.key.is_empty() {
        return None;
    }
    let mut columns: Vec<String> = place.table.key.iter().map(|column| quoted(column)).collect();
    let more = place.key()?.quoted();
    if !columns.contains(&more) {
        columns.push(more);
    }
    place.dice.shuffle(&mut columns);
    let (name, columns) = (place.name("unique"), columns.join(", "));
    Some(match place.dice.below(5) {
        4 => {
            let plain = format!("ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE ({columns});\n");
            since(15, &plain.replace("UNIQUE (", "UNIQUE NULLS NOT DISTINCT ("), &plain)
        }
        0 => format!("CREATE UNIQUE INDEX {name} ON {table} ({columns});\n"),
        1 => format!("ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE ({columns}) DEFERRABLE INITIALLY DEFERRED;\n"),
        2 => {
            let (beside, _) = place.other(ordered)?;
            format!(
                "ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE ({columns}) INCLUDE ({}) WITH (fillfactor = 60);\n",
                beside.quoted()
            )
        }
        _ => format!("ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE ({columns});\n"),
    })
}

/// CLUSTER ON and REPLICA IDENTITY.
pub fn mark(place: &mut Place<'_>) -> Option<String> {
    let table = place.table.quoted();
    let name = place.name("unique");
    let key = place.table.key.first().map(|column| quoted(column))?;
    let columns = list(&place.table.key);
    Some(match place.dice.below(5) {
        0 => format!("ALTER TABLE {table} REPLICA IDENTITY FULL;\n"),
        1 => format!("ALTER TABLE {table} REPLICA IDENTITY NOTHING;\n"),
        2 => format!(
            "CREATE UNIQUE INDEX {name} ON {table} ({columns});\nALTER TABLE {table} REPLICA IDENTITY USING INDEX {name};\n"
        ),
        3 => format!("CREATE INDEX {name} ON {table} ({key} DESC);\nALTER TABLE {table} CLUSTER ON {name};\n"),
        _ => {
            let primary = place.table.key_name.as_deref().map(quoted)?;
            format!("ALTER TABLE {table} CLUSTER ON {primary}, REPLICA IDENTITY USING INDEX {primary};\n")
        }
    })
}

/// On a partition alone.
pub fn partition(place: &mut Place<'_>) -> Option<String> {
    let (partition, _) = place.table.split.as_ref()?.partitions.last()?;
    let partition = format!("{}.{}", quoted(&place.table.schema), quoted(partition));
    let (name, key) = (place.name("alone"), place.key()?.quoted());
    Some(match place.dice.below(5) {
        0 => format!(
            "CREATE TRIGGER {name} BEFORE UPDATE OF {key} ON {partition} FOR EACH ROW EXECUTE FUNCTION public.gen_touch();\n"
        ),
        1 => format!("GRANT SELECT ({key}) ON {partition} TO gen_reader;\n"),
        2 => format!("COMMENT ON COLUMN {partition}.{key} IS {};\n", literal(&comment(&mut place.dice))),
        3 => format!("ALTER TABLE {partition} ALTER COLUMN {key} SET STATISTICS 44;\n"),
        _ => format!("CREATE INDEX {name} ON {partition} ({key} DESC) WITH (fillfactor = 66);\n"),
    })
}

/// EXCLUDE, which for keys needs an extension.
pub fn exclusion(place: &mut Place<'_>) -> Option<String> {
    let mut columns: Vec<String> = place.table.key.iter().map(|column| format!("{} WITH =", quoted(column))).collect();
    if columns.is_empty() {
        return None;
    }
    if let Some((period, _)) =
        place.other(|nature| nature == Nature::Ordered).filter(|(_, kind)| kind.name.ends_with("range"))
    {
        columns.push(format!("{} WITH &&", period.quoted()));
    }
    let (table, name) = (place.table.quoted(), place.name("exclude"));
    Some(format!(
        "CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public;\nALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist ({});\n",
        columns.join(", ")
    ))
}
