//! The map of a domain: every old id with its new one.

use super::super::quote;
use super::super::uuid;
use super::repoint;
use super::text;
use super::work::{Way, Work};
use crate::dialect::text::answered;
use crate::plan::{Action, Conversion, ConversionKind, Step};
use crate::schema::{ColumnName, ForeignKey, Schema, Table};

/// Rows point nowhere under a declared reference; `keep` lets them.
pub const ORPHANS: &str = "RK-309";

/// The type of the old ids: wide enough for every column of the domain.
pub fn old_type(schema: &Schema, conversion: &Conversion) -> String {
    // The key itself is no member where its references leave it.
    let columns = conversion.members.iter().map(|member| &member.column).chain([&conversion.root]);
    let types = columns.filter_map(|name| {
        schema.tables.get(&name.table)?.column(&name.column).map(|column| column.type_name.as_str())
    });
    let unsigned = types.clone().any(|name| name.to_ascii_lowercase().contains("unsigned"));
    let signed = types.clone().any(|name| !name.to_ascii_lowercase().contains("unsigned"));
    match (unsigned, signed) {
        (true, true) => "DECIMAL(20,0)".to_owned(),
        (true, false) => "BIGINT UNSIGNED".to_owned(),
        (false, _) => "BIGINT".to_owned(),
    }
}

/// The statements that make and fill the map of a conversion. They can be sent again from
/// the start.
pub fn build(work: &Work<'_>, number: usize) -> Vec<String> {
    match work.conversions[number].kind {
        ConversionKind::TextToUuid => text::build(work, number),
        ConversionKind::IntToUuid => numbers(work, number),
        ConversionKind::Repoint => repoint::build(work, number),
    }
}

/// The statements that make the map, empty.
pub fn create(work: &Work<'_>, number: usize, old_type: &str) -> Vec<String> {
    let map = work.names.map(number);
    vec![
        format!("DROP TABLE IF EXISTS {map}"),
        format!(
            "CREATE TABLE {map} (`old_id` {old_type} NOT NULL PRIMARY KEY, `new_id` {} NOT NULL) ENGINE=InnoDB",
            work.new_type(number)
        ),
    ]
}

fn numbers(work: &Work<'_>, number: usize) -> Vec<String> {
    let conversion = &work.conversions[number];
    let (map, root) = (work.names.map(number), &conversion.root);
    let (key, table) = (quote::ident(&root.column), quote::table(&root.table));
    let mut statements = create(work, number, &old_type(work.schema, conversion));
    let loose = loose(work, number);
    let ids = ids(&table, &key, &loose);
    statements.extend(uuid::start(&work.version, conversion.uuid, &format!("SELECT COUNT(*) FROM {ids} n")));
    let new_id = uuid::written(conversion.storage, &uuid::new_id(conversion, "k.old_id"));
    statements.push(format!(
        "INSERT INTO {map} (`old_id`, `new_id`) SELECT k.old_id, {new_id} FROM {ids} k ORDER BY k.old_id"
    ));
    statements.push("SET @rk_secret = NULL".to_owned());
    statements
}

/// The id of the step that makes a map, or completes it.
pub fn step_id(work: &Work<'_>, number: usize, way: Way) -> String {
    let root = &work.conversions[number].root;
    match way {
        Way::Forward => format!("build_map {root}"),
        Way::Back => format!("extend_map {root}"),
    }
}

/// The step that makes the index over the new ids, with the query that says whether it is done:
/// nothing looks them up before the proofs do. Maps of other keys have it from the start.
pub fn index(work: &Work<'_>, number: usize) -> Option<(Step, String)> {
    let conversion = &work.conversions[number];
    if conversion.kind != ConversionKind::IntToUuid {
        return None;
    }
    let (map, root) = (work.names.map(number), &conversion.root);
    let step = Step {
        id: format!("index_map {root}"),
        action: Action::BuildIndexes { table: root.table.to_string() },
        title: format!("Build the index over the new UUIDs of {root}"),
        statements: vec![format!("ALTER TABLE {map} ADD UNIQUE KEY `new_id` (`new_id`)")],
    };
    let done = format!(
        "SELECT CAST(COUNT(*) AS CHAR) FROM information_schema.statistics \
         WHERE table_schema = DATABASE() AND table_name = {} AND index_name = 'new_id'",
        quote::literal(&work.names.map_name(number))
    );
    Some((step, done))
}

// A reference that points nowhere keeps pointing nowhere, with a stable id of its own. Where
// a foreign key holds there are none.
pub fn loose<'a>(work: &Work<'a>, number: usize) -> Vec<&'a ColumnName> {
    let conversion = &work.conversions[number];
    let holds = |column: &ColumnName| {
        work.schema.tables.get(&column.table).is_some_and(|table| {
            table
                .foreign_keys
                .iter()
                .any(|key| key.validated && key.columns.contains(&column.column) && !has_orphans(work, table, key))
        })
    };
    let members = conversion.members.iter().map(|member| &member.column);
    members.filter(|column| **column != conversion.root && !holds(column)).collect()
}

/// True where rows of a table point nowhere under that key and are to go on so.
pub fn has_orphans(work: &Work<'_>, table: &Table, key: &ForeignKey) -> bool {
    key.columns.iter().any(|column| {
        let column = table.column_name(column);
        work.conversions.iter().any(|one| answered(one, ORPHANS, &column))
    })
}

fn ids(table: &str, key: &str, loose: &[&ColumnName]) -> String {
    if loose.is_empty() {
        return format!("(SELECT {key} AS old_id FROM {table} WHERE {key} IS NOT NULL)");
    }
    let strays = loose.iter().map(|column| {
        let own = quote::ident(&column.column);
        format!(" UNION SELECT {own} FROM {} WHERE {own} IS NOT NULL", quote::table(&column.table))
    });
    format!("(SELECT {key} AS old_id FROM {table} WHERE {key} IS NOT NULL{})", strays.collect::<String>())
}

/// The statements that give every id written since the conversion an id as they were before:
/// the next numbers, or where the type has not as many any more, those that no row has. Sent
/// again, they find nothing left to do.
pub fn extend(work: &Work<'_>, number: usize) -> Vec<String> {
    let conversion = &work.conversions[number];
    let (map, fresh) = (work.names.map(number), fresh(work, number));
    if work.is_text(number) {
        return text::extend(work, number, &fresh);
    }
    let counter = work.table(&conversion.root.table).and_then(|table| table.text.counter()).unwrap_or(1);
    let most = most(work.schema, &conversion.root);
    let last = "CAST(@rk_last AS DECIMAL(30,0))";
    let placed = format!("SELECT ROW_NUMBER() OVER (ORDER BY f.new_id) AS place, f.new_id FROM ({fresh}) f");
    let spans = format!(
        "SELECT CAST(n.old_id AS DECIMAL(30,0)) AS start, \
         COALESCE(LEAD(n.old_id) OVER (ORDER BY n.old_id), {}) AS beyond \
         FROM (SELECT 0 AS old_id UNION SELECT old_id FROM {map} WHERE old_id BETWEEN 0 AND {most}) n",
        u128::from(most) + 1
    );
    let mut statements: Vec<String> = repoint::renew(work, number).into_iter().collect();
    statements.extend([
        format!("SET @rk_last = (SELECT GREATEST(COALESCE(MAX(old_id), 0), {}) FROM {map})", counter.saturating_sub(1)),
        format!("SET @rk_fresh = (SELECT COUNT(*) FROM ({fresh}) f)"),
        format!(
            "INSERT INTO {map} (`old_id`, `new_id`) SELECT {last} + p.place, p.new_id FROM ({placed}) p \
             WHERE {last} + @rk_fresh <= {most}"
        ),
        format!(
            "INSERT INTO {map} (`old_id`, `new_id`) SELECT g.old_id, p.new_id FROM ({placed}) p JOIN \
             (SELECT ROW_NUMBER() OVER (ORDER BY s.start, c.place) AS place, s.start + c.place AS old_id \
             FROM ({spans}) s JOIN ({placed}) c ON s.start + c.place < s.beyond) g ON g.place = p.place"
        ),
    ]);
    statements
}

// Ids that the map does not have.
fn fresh(work: &Work<'_>, number: usize) -> String {
    let map = work.names.map(number);
    let members = work.conversions[number].members.iter().map(|member| {
        let (own, table) = (quote::ident(&member.column.column), quote::table(&member.column.table));
        format!(
            "SELECT o.{own} AS new_id FROM {table} o LEFT JOIN {map} m ON m.new_id = o.{own} \
             WHERE o.{own} IS NOT NULL AND m.new_id IS NULL"
        )
    });
    members.collect::<Vec<_>>().join(" UNION ")
}

// The greatest number that a key holds.
fn most(schema: &Schema, root: &ColumnName) -> u64 {
    let column = schema.tables.get(&root.table).and_then(|table| table.column(&root.column));
    let name = column.map_or_else(String::new, |column| column.type_name.to_ascii_lowercase());
    let bits = [("tinyint", 8), ("smallint", 16), ("mediumint", 24), ("int", 32)]
        .into_iter()
        .find_map(|(word, bits)| name.starts_with(word).then_some(bits))
        .unwrap_or(64);
    u64::MAX >> (64 - bits + u32::from(!name.contains("unsigned")))
}
