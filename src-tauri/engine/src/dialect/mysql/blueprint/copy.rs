//! One table, made anew beside the live one: columns, rows, indexes.

use super::super::quote;
use super::super::text::utf8;
use super::value;
use super::work::{TableWork, Way, Work};
use crate::Result;
use crate::plan::{Action, Slices, Step};

/// Rows that are copied in one transaction.
const SLICE: u32 = 50_000;

/// The steps that make one table, and how its rows are copied.
pub struct Making {
    pub steps: Vec<Step>,
    /// By id of a step.
    pub done: Vec<(String, String)>,
    pub slices: Option<(String, Slices)>,
}

/// Makes the table with the new keys, or with the old ones again.
pub fn make(work: &Work<'_>, table: &TableWork<'_>, way: Way) -> Result<Making> {
    let name = &table.table.name;
    let verb = match way {
        Way::Forward => "Convert",
        Way::Back => "Convert back",
    };
    let mut steps = vec![
        Step {
            id: format!("make_table {name}"),
            action: Action::Prepare,
            title: format!("Make the new table of {name} beside it"),
            statements: create(work, table, way)?,
        },
        Step {
            id: format!("convert_table {name}"),
            action: Action::ConvertTable { table: name.to_string() },
            title: format!("{verb} {name}"),
            statements: fill(work, table, way),
        },
    ];
    let slices = table.slices_by().map(|key| (format!("convert_table {name}"), slices(work, table, key, way)));
    let (later, apart) = table.indexes_later(work, way);
    let mut done = Vec::new();
    let mut build = |id: String, indexes: &[String], built: String| {
        let added: Vec<String> = indexes.iter().map(|index| format!("ADD {index}")).collect();
        done.push((id.clone(), built));
        steps.push(Step {
            id,
            action: Action::BuildIndexes { table: name.to_string() },
            title: format!("Build the indexes of {name}"),
            statements: vec![format!("ALTER TABLE {} {}", table.building(work), added.join(", "))],
        });
    };
    if !later.is_empty() {
        build(format!("build_indexes {name}"), &later, are_built(work, table, way));
    }
    for index in apart {
        build(format!("build_index {name}.{}", index.name), &[index.text], is_built(work, table, &index.name));
    }
    Ok(Making { steps, done, slices })
}

fn create(work: &Work<'_>, table: &TableWork<'_>, way: Way) -> Result<Vec<String>> {
    let mut statements = vec![format!("DROP TABLE IF EXISTS {}", table.building(work)), table.create(work, way)?];
    let first = table.slices_by().map_or_else(
        || "NULL".to_owned(),
        |key| {
            let (key, from) = (slice_key(table, key, way), source(work, table, way));
            // One less than the least number of a type is no number of that type.
            format!("(SELECT CAST(MIN({key}) AS DECIMAL(30,0)) - 1 FROM {from})")
        },
    );
    statements.push(format!(
        "REPLACE INTO {} (`table`, `upto`, `done`, `warnings`) SELECT {}, {first}, 0, 0",
        work.names.slices(),
        quote::literal(&table.table.name.to_string())
    ));
    Ok(statements)
}

// Rows go in the order of their old keys, both ways: back, the old keys stand in the map.
fn slice_key(table: &TableWork<'_>, key: &str, way: Way) -> String {
    match (way, table.columns.get(key)) {
        (Way::Back, Some(_)) => "old_id".to_owned(),
        (Way::Back, None) | (Way::Forward, _) => quote::ident(key),
    }
}

fn source(work: &Work<'_>, table: &TableWork<'_>, way: Way) -> String {
    match (way, table.slices_by().and_then(|key| table.columns.get(key))) {
        (Way::Back, Some(&number)) => work.names.map(number),
        (Way::Back, None) | (Way::Forward, _) => table.live(),
    }
}

fn slices(work: &Work<'_>, table: &TableWork<'_>, key: &str, way: Way) -> Slices {
    let (own, from) = (slice_key(table, key, way), source(work, table, way));
    let (slices, name) = (work.names.slices(), quote::literal(&table.table.name.to_string()));
    Slices {
        find: vec![
            format!("SET @rk_from = (SELECT `upto` FROM {slices} WHERE `table` = {name})"),
            format!(
                "SET @rk_upto = (SELECT MAX(s.k) FROM (SELECT {own} AS k FROM {from} WHERE {own} > @rk_from ORDER BY {own} LIMIT {SLICE}) s)"
            ),
        ],
        more: format!(
            "SELECT CASE WHEN @rk_upto IS NULL THEN '0' ELSE '1' END, CAST((SELECT `done` FROM {slices} WHERE `table` = {name}) AS CHAR)"
        ),
    }
}

fn fill(work: &Work<'_>, table: &TableWork<'_>, way: Way) -> Vec<String> {
    let (mut columns, mut values, mut joins) = (Vec::new(), Vec::new(), Vec::new());
    for (place, name) in table.stored().enumerate() {
        let own = format!("o.{}", quote::ident(name));
        values.push(match table.columns.get(name) {
            Some(&number) => {
                let (column, alias) = (table.table.column_name(name), format!("m{place}"));
                let other = match way {
                    Way::Forward => value::new(work, &column, "o", &alias),
                    Way::Back => value::old(work, &column, "o", &alias),
                };
                joins.push(other.joins);
                // A text goes into a column of other characters as what it says, not as its bytes.
                if way == Way::Back && work.is_text(number) { utf8(&other.expression) } else { other.expression }
            }
            None => own,
        });
        columns.push(quote::ident(name));
    }
    let head =
        format!("INSERT INTO {} ({}) SELECT {} FROM", table.building(work), columns.join(", "), values.join(", "));
    let joins = joins.concat();
    // A value that did not fit would be told by a warning alone; the note then is refused.
    let count = "SELECT ROW_COUNT(), @@warning_count INTO @rk_rows, @rk_warnings".to_owned();
    let note = |upto: &str| {
        format!(
            "UPDATE {} SET `done` = `done` + @rk_rows, `upto` = {upto}, `warnings` = @rk_warnings WHERE `table` = {}",
            work.names.slices(),
            quote::literal(&table.table.name.to_string())
        )
    };
    let Some(key) = table.slices_by() else {
        let empty = format!("TRUNCATE TABLE {}", table.building(work));
        return vec![empty, format!("{head} {} o{joins}", table.live()), count, note("NULL")];
    };
    let key_place = table.stored().position(|name| name == key).unwrap_or_default();
    let within = match (way, table.columns.get(key)) {
        (Way::Back, Some(_)) => format!("m{key_place}.old_id"),
        (Way::Back, None) | (Way::Forward, _) => format!("o.{}", quote::ident(key)),
    };
    vec![
        format!(
            "{head} {} o{joins} WHERE {within} > @rk_from AND {within} <= @rk_upto ORDER BY {within}",
            table.live()
        ),
        count,
        note("@rk_upto"),
    ]
}

fn is_built(work: &Work<'_>, table: &TableWork<'_>, index: &str) -> String {
    format!(
        "SELECT CASE WHEN COUNT(*) > 0 THEN '1' ELSE '0' END FROM information_schema.statistics \
         WHERE table_schema = {} AND table_name = {} AND index_name = {}",
        quote::literal(&table.table.name.schema),
        quote::literal(&table.building_name(work)),
        quote::literal(index)
    )
}

fn are_built(work: &Work<'_>, table: &TableWork<'_>, way: Way) -> String {
    let at_once = table.indexes_at_once(way).len();
    format!(
        "SELECT CASE WHEN COUNT(DISTINCT index_name) > {at_once} THEN '1' ELSE '0' END FROM information_schema.statistics \
         WHERE table_schema = {} AND table_name = {} AND index_name <> 'PRIMARY'",
        quote::literal(&table.table.name.schema),
        quote::literal(&table.building_name(work))
    )
}
