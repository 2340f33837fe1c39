//! One table, made anew beside the live one: columns, rows, indexes.

use super::super::quote;
use super::super::settings;
use super::super::text::utf8;
use super::value;
use super::work::{TableWork, Way, Work};
use crate::Result;
use crate::plan::{Action, Slices, Step};

/// Rows that are copied in one transaction.
const SLICE: u32 = 50_000;
/// The same where a whole map is listed in memory for each: see [`TableWork::listed`]. Not so
/// many that a slice which was cut off is taken back for as long as a session waits for locks.
const LISTED_SLICE: u32 = 400_000;
/// Parts of a table that may be copied side by side. More than there are sessions, since keys
/// may lie close together in one part and far apart in another.
const PARTS: u32 = 4;

/// The steps that make one table, and how its rows are copied.
pub struct Making {
    pub steps: Vec<Step>,
    /// By id of a step.
    pub done: Vec<(String, String)>,
    /// By id of a step, the steps that it needs.
    pub after: Vec<(String, Vec<String>)>,
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
    let needed = [vec!["prepare".to_owned()], table.maps(work, way)].concat();
    let (made, filled) = (format!("make_table {name}"), format!("convert_table {name}"));
    let mut after = vec![(made.clone(), needed.clone()), (filled.clone(), [vec![made], needed].concat())];
    let (later, apart) = table.indexes_later(work, way);
    let mut done = Vec::new();
    let mut earlier = filled;
    let mut build = |id: String, indexes: &[String], built: String| {
        let added: Vec<String> = indexes.iter().map(|index| format!("ADD {index}")).collect();
        done.push((id.clone(), built));
        // One at a time: each would wait for the other.
        after.push((id.clone(), vec![std::mem::replace(&mut earlier, id.clone())]));
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
    Ok(Making { steps, done, after, slices })
}

fn create(work: &Work<'_>, table: &TableWork<'_>, way: Way) -> Result<Vec<String>> {
    let mut statements = vec![format!("DROP TABLE IF EXISTS {}", table.building(work)), table.create(work, way)?];
    let (slices, name) = (work.names.slices(), quote::literal(&table.table.name.to_string()));
    let head = format!("REPLACE INTO {slices} (`table`, `part`, `upto`, `last`, `done`, `warnings`)");
    statements.push(table.slices_by().map_or_else(
        || format!("{head} VALUES ({name}, 0, NULL, NULL, 0, 0)"),
        |key| {
            let (key, from) = (slice_key(table, key, way), source(work, table, way));
            let parts: Vec<String> = (0..PARTS).map(|part| format!("SELECT {part} AS part")).collect();
            // One less than the least number of a type is no number of that type.
            format!(
                "{head} SELECT {name}, p.part, FLOOR(k.before_all + k.span * p.part / {PARTS}), \
                 FLOOR(k.before_all + k.span * (p.part + 1) / {PARTS}), 0, 0 \
                 FROM (SELECT CAST(MIN({key}) AS DECIMAL(30,0)) - 1 AS before_all, \
                 CAST(MAX({key}) AS DECIMAL(30,0)) - CAST(MIN({key}) AS DECIMAL(30,0)) + 1 AS span FROM {from}) k \
                 JOIN ({}) p",
                parts.join(" UNION ALL ")
            )
        },
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
    let place = format!("FROM {slices} WHERE `table` = {name} AND `part` = @rk_part");
    Slices {
        find: vec![
            format!("SET @rk_from = (SELECT `upto` {place}), @rk_last = (SELECT `last` {place})"),
            format!(
                "SET @rk_upto = COALESCE((SELECT {own} FROM {from} WHERE {own} > @rk_from AND {own} <= @rk_last \
                 ORDER BY {own} LIMIT {}, 1), @rk_last)",
                if table.listed(work, way).is_some() { LISTED_SLICE } else { SLICE } - 1
            ),
        ],
        more: format!(
            "SELECT CASE WHEN @rk_from < @rk_last THEN '1' ELSE '0' END, \
             CAST((SELECT SUM(`done`) FROM {slices} WHERE `table` = {name}) AS CHAR)"
        ),
        parts: (0..PARTS).map(|part| format!("SET @rk_part = {part}")).collect(),
    }
}

fn fill(work: &Work<'_>, table: &TableWork<'_>, way: Way) -> Vec<String> {
    let (mut columns, mut values, mut joins) = (Vec::new(), Vec::new(), Vec::new());
    let listed = table.listed(work, way).filter(|_| table.slices_by().is_some());
    for (place, name) in table.stored().enumerate() {
        let own = format!("o.{}", quote::ident(name));
        values.push(match table.columns.get(name) {
            Some(&number) => {
                let (column, alias) = (table.table.column_name(name), format!("m{place}"));
                let other = match way {
                    Way::Forward => value::new(work, &column, "o", &alias),
                    Way::Back => value::old(work, &column, "o", &alias),
                };
                if listed.is_none_or(|(listed, _)| listed != name) {
                    joins.push(other.joins);
                }
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
    let note = |upto: &str, part: &str| {
        format!(
            "UPDATE {} SET `done` = `done` + @rk_rows, `upto` = {upto}, `warnings` = @rk_warnings \
             WHERE `table` = {} AND `part` = {part}",
            work.names.slices(),
            quote::literal(&table.table.name.to_string())
        )
    };
    let Some(key) = table.slices_by() else {
        let mut statements = vec![format!("TRUNCATE TABLE {}", table.building(work))];
        statements.extend(table.count_on(work, way));
        statements.extend([format!("{head} {} o{joins}", table.live()), count, note("NULL", "0")]);
        return statements;
    };
    let key_place = table.stored().position(|name| name == key).unwrap_or_default();
    let within = match (way, table.columns.get(key)) {
        (Way::Back, Some(_)) => format!("m{key_place}.old_id"),
        (Way::Back, None) | (Way::Forward, _) => format!("o.{}", quote::ident(key)),
    };
    let (live, rows) = (table.live(), format!("{within} > @rk_from AND {within} <= @rk_upto"));
    let place_of = |column: &str| table.stored().position(|name| name == column).unwrap_or_default();
    let copy = match listed {
        // They come in the order in which the table is gone through.
        Some((column, number)) => format!(
            "SET STATEMENT {} FOR {head} {} m{place} STRAIGHT_JOIN {live} o FORCE INDEX (PRIMARY) \
             ON m{place}.old_id = o.{}{joins} WHERE {rows}",
            settings::LISTING,
            work.names.map(number),
            quote::ident(column),
            place = place_of(column)
        ),
        None => format!("{head} {live} o{joins} WHERE {rows} ORDER BY {within}"),
    };
    vec![copy, count, note("@rk_upto", "@rk_part")]
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
