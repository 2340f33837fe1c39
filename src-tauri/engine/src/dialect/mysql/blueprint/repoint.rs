//! References that leave an integer key for a UUID column that its table has already. The key
//! stays as it is; the map is read from the table.

use super::super::ddl::{self, ConstraintText};
use super::super::{quote, uuid};
use super::map;
use super::work::{Way, Work};
use crate::plan::{Assertion, Conversion};
use crate::schema::{ColumnName, Table, TableName};

/// The column of the root's table in which its UUIDs are afterwards.
pub fn place(conversion: &Conversion) -> &str {
    conversion.led_to().unwrap_or(&conversion.root.column)
}

/// The columns that a reference leads to, once that way is gone.
pub fn parent_columns(work: &Work<'_>, parent: &TableName, columns: &[String], way: Way) -> Vec<String> {
    let led = |column: &String| {
        let mut targets = work.conversions.iter().filter(|one| one.root.table == *parent && one.root.column == *column);
        targets
            .find_map(Conversion::led_to)
            .filter(|_| way == Way::Forward)
            .map_or_else(|| column.clone(), str::to_owned)
    };
    columns.iter().map(led).collect()
}

/// What stands behind the name of a foreign key of a table, once that way is gone.
pub fn body(work: &Work<'_>, table: &Table, constraint: &ConstraintText, way: Way) -> String {
    let key = table.foreign_keys.iter().find(|key| key.name == constraint.name);
    let led = key.map(|key| (parent_columns(work, &key.parent, &key.parent_columns, way), &key.parent_columns));
    match led {
        Some((led, columns)) if led != *columns => ddl::led_to(&constraint.body, &led),
        Some(_) | None => constraint.body.clone(),
    }
}

/// Makes and fills the map: every key with the UUID of its row, and an id of its own for each
/// value of a reference that no row has. A row may come to have the number of such a value
/// later, so numbers may be there twice.
pub fn build(work: &Work<'_>, number: usize) -> Vec<String> {
    let conversion = &work.conversions[number];
    let Some(target) = conversion.led_to() else { return Vec::new() };
    let map = work.names.map(number);
    let mut statements = vec![
        format!("DROP TABLE IF EXISTS {map}"),
        format!(
            "CREATE TABLE {map} (`old_id` {} NOT NULL, `new_id` {} NOT NULL PRIMARY KEY, KEY `old_id` (`old_id`)) ENGINE=InnoDB",
            map::old_type(work.schema, conversion),
            work.new_type(number)
        ),
        format!("INSERT INTO {map} (`old_id`, `new_id`) {}", pairs(conversion, target)),
    ];
    let loose = map::loose(work, number);
    if !loose.is_empty() {
        let strays = loose.into_iter().map(|column| {
            let own = quote::ident(&column.column);
            format!(
                "SELECT DISTINCT c.{own} AS old_id FROM {} c LEFT JOIN {map} m ON m.old_id = c.{own} WHERE c.{own} IS NOT NULL AND m.old_id IS NULL",
                quote::table(&column.table)
            )
        });
        statements.push(format!("SET @rk_secret = {}", uuid::secret(&work.version)));
        statements.push(format!(
            "INSERT INTO {map} (`old_id`, `new_id`) SELECT k.old_id, {} FROM ({}) k",
            uuid::stored(conversion.storage, &uuid::random("k.old_id")),
            strays.collect::<Vec<_>>().join(" UNION ")
        ));
        statements.push("SET @rk_secret = NULL".to_owned());
    }
    statements
}

fn pairs(conversion: &Conversion, target: &str) -> String {
    let (key, uuid) = (quote::ident(&conversion.root.column), quote::ident(target));
    format!(
        "SELECT t.{key} AS k, t.{uuid} AS u FROM {} t WHERE t.{key} IS NOT NULL AND t.{uuid} IS NOT NULL",
        quote::table(&conversion.root.table)
    )
}

/// Brings the map up to date before the way back: rows that came since, and numbers and UUIDs
/// that were changed.
pub fn renew(work: &Work<'_>, number: usize) -> Option<String> {
    let conversion = &work.conversions[number];
    let pairs = pairs(conversion, conversion.led_to()?);
    Some(format!(
        "INSERT INTO {} (`old_id`, `new_id`) SELECT q.k, q.u FROM ({pairs}) q ON DUPLICATE KEY UPDATE `old_id` = q.k",
        work.names.map(number)
    ))
}

/// That the map is what the table says.
pub fn given(work: &Work<'_>, number: usize) -> Assertion {
    let conversion = &work.conversions[number];
    let root = &conversion.root;
    let (key, uuid) = (quote::ident(&root.column), quote::ident(place(conversion)));
    Assertion {
        id: format!("given {root}"),
        title: format!("Every id of {root} stands for the UUID that its row has"),
        sql: format!(
            "SELECT CAST(COUNT(*) AS CHAR) FROM {} t LEFT JOIN {} m ON m.new_id = t.{uuid} WHERE t.{key} IS NOT NULL AND NOT (m.old_id <=> t.{key})",
            quote::table(&root.table),
            work.names.map(number)
        ),
        expect: "0".to_owned(),
        lasting: false,
    }
}

/// The type of the target, as references to it must have it.
pub fn type_of_target(work: &Work<'_>, conversion: &Conversion) -> Option<String> {
    let table = work.schema.tables.get(&conversion.root.table)?;
    let column = table.column(conversion.led_to()?)?;
    let name = ColumnName { table: table.name.clone(), column: column.name.clone() };
    let compared = super::super::text::Comparison::of(work.schema, &name);
    Some(compared.map_or_else(|| column.type_name.clone(), |how| how.declared(&column.type_name)))
}
