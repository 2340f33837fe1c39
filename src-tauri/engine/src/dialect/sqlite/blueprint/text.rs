//! Keys of text: what is a UUID in some spelling becomes the one spelling of the same value;
//! what is none gets a new one where it was decided so. The map keeps the spelling of the key,
//! and tables beside it that of references which were spelt differently.

use super::super::{quote, uuid};
use super::map::references;
use super::value;
use super::work::Work;
use crate::dialect::text::{self as text_keys, NONE, answered, deviating, makes_new, unwraps};
use crate::plan::{Assertion, Conversion, Step};
use crate::schema::{ColumnName, EngineKind, Table, TableName};

/// The UUID that an expression holds, in its one spelling; NULL where it is none.
pub fn read(conversion: &Conversion, expression: &str) -> String {
    let function = if unwraps(conversion) { "rekey_uuid_within" } else { "rekey_uuid" };
    format!("{function}({expression})")
}

/// Makes and fills the map.
pub fn build(work: &Work<'_>, number: usize, conversion: &Conversion) -> Vec<String> {
    let map = work.names.map(number);
    let select = |column: &ColumnName| {
        let own = quote::name(&column.column);
        format!("SELECT {own} AS t FROM main.{} WHERE {own} IS NOT NULL", quote::name(&column.table.name))
    };
    let read = read(conversion, "v.t");
    let new = uuid::stored(conversion.storage, &read);
    let others: Vec<String> = references(work, number).into_iter().map(select).collect();
    let mut statements = vec![
        format!(
            "CREATE TABLE {map} (old_id TEXT PRIMARY KEY NOT NULL, new_id {} NOT NULL UNIQUE)",
            conversion.storage.type_name(EngineKind::Sqlite)
        ),
        format!(
            "INSERT INTO {map} (old_id, new_id) SELECT v.t, {new} FROM ({}) v WHERE {read} IS NOT NULL ORDER BY v.t",
            select(&conversion.root)
        ),
    ];
    if !others.is_empty() {
        // Values that the key lacks; where one is spelt in several ways, one spelling stands for it.
        statements.push(format!(
            "INSERT INTO {map} (old_id, new_id) SELECT min(v.t), {new} FROM ({}) v WHERE {read} IS NOT NULL \
             AND NOT EXISTS (SELECT 1 FROM {map} m WHERE m.new_id = {new}) GROUP BY 2",
            others.join(" UNION ALL ")
        ));
    }
    if makes_new(conversion) {
        let all: Vec<String> = std::iter::once(select(&conversion.root)).chain(others).collect();
        statements.push(format!(
            "WITH ids (id) AS MATERIALIZED (SELECT DISTINCT v.t FROM ({}) v WHERE {read} IS NULL), \
             c (now, number) AS MATERIALIZED (SELECT {}, (SELECT count(*) FROM ids)) \
             INSERT INTO {map} (old_id, new_id) SELECT i.id, {} \
             FROM (SELECT id, row_number() OVER (ORDER BY length(id), id) AS place FROM ids) i CROSS JOIN c",
            all.join(" UNION ALL "),
            uuid::NOW,
            uuid::in_order(conversion, "c.now", "(c.number - i.place)", "i.id")
        ));
    }
    statements
}

/// Gives every UUID that was written since a text of its own: itself, or the next number
/// where all keys were numbers.
pub fn extend(work: &Work<'_>, number: usize, conversion: &Conversion, fresh: &str) -> String {
    let map = work.names.map(number);
    let own = uuid::shown(conversion.storage, "f.new_id");
    let itself = format!("INSERT INTO {map} (old_id, new_id) SELECT {own}, f.new_id FROM {fresh} f");
    if !answered(conversion, NONE, &conversion.root) {
        return itself;
    }
    format!(
        "WITH k (digits, top) AS MATERIALIZED (SELECT count(*) > 0 AND min(old_id <> '' AND length(old_id) < 18 AND old_id NOT GLOB '*[^0-9]*'), \
         max(CAST(old_id AS INTEGER)) FROM {map}) \
         INSERT INTO {map} (old_id, new_id) \
         SELECT CASE WHEN k.digits THEN CAST(k.top + f.number AS TEXT) ELSE {own} END, f.new_id FROM {fresh} f CROSS JOIN k"
    )
}

/// That every value is the one it was.
pub fn same(work: &Work<'_>, number: usize, conversion: &Conversion) -> Assertion {
    let read = read(conversion, "m.old_id");
    let new = uuid::stored(conversion.storage, &read);
    text_keys::same(
        conversion,
        format!(
            "SELECT CAST(count(*) AS TEXT) FROM {} m WHERE NOT CASE WHEN {read} IS NOT NULL THEN {new} = m.new_id ELSE {} END",
            work.names.map(number),
            uuid::is_version(conversion.uuid, conversion.storage, "m.new_id")
        ),
    )
}

/// A reference whose rows keep a spelling of their own.
pub struct Deviation<'a> {
    column: &'a ColumnName,
    table: &'a Table,
    number: usize,
    place: usize,
}

/// All of them.
pub fn deviations<'a>(work: &Work<'a>) -> Vec<Deviation<'a>> {
    (0..work.conversions.len()).flat_map(|number| of(work, number)).collect()
}

fn of<'a>(work: &Work<'a>, number: usize) -> Vec<Deviation<'a>> {
    let Some(conversion) = work.conversions.get(number) else { return Vec::new() };
    let found = deviating(conversion).filter_map(|(place, column)| {
        let table = work.schema.tables.get(&column.table)?;
        Some(Deviation { column, table, number, place })
    });
    found.collect()
}

/// The one of a converted column, where it has one.
pub fn deviation<'a>(work: &Work<'a>, table: &TableName, column: &str) -> Option<Deviation<'a>> {
    let number = work.column(table, column)?.conversion;
    of(work, number).into_iter().find(|one| one.column.table == *table && one.column.column == column)
}

/// The step that keeps their spellings.
pub fn keep(work: &Work<'_>) -> Option<Step> {
    text_keys::keep(deviations(work).iter().flat_map(|one| one.keep(work)).collect())
}

impl Deviation<'_> {
    /// The table that keeps the spellings.
    pub fn kept(&self, work: &Work<'_>) -> String {
        work.names.spellings(self.number, self.place)
    }

    fn key(&self) -> &[String] {
        self.table.primary_key.as_ref().map_or(&[], |key| key.columns.as_slice())
    }

    // By the row's key as it will be. Columns without a type hold any value as it is.
    fn keep(&self, work: &Work<'_>) -> [String; 2] {
        let name = &self.table.name;
        let new = |column: &str| match work.column(name, column) {
            Some(change) => value::new(work, name, "t", column, change),
            None => value::own("t", column),
        };
        let keys: Vec<String> = (0..self.key().len()).map(|place| format!("k{place}")).collect();
        let cells: Vec<String> = self.key().iter().map(|column| new(column)).collect();
        let (kept, keys) = (self.kept(work), keys.join(", "));
        let new_type = work.storage(self.number).type_name(EngineKind::Sqlite);
        let own = value::own("t", &self.column.column);
        [
            format!(
                "CREATE TABLE {kept} (new_id {new_type} NOT NULL, old_id TEXT NOT NULL, {keys}, PRIMARY KEY ({keys}))"
            ),
            format!(
                "INSERT INTO {kept} (new_id, old_id, {keys}) SELECT r.new_id, r.old_id, {keys} FROM \
                 (SELECT {} AS new_id, {own} AS old_id, {} FROM main.{} t WHERE {own} IS NOT NULL) r \
                 WHERE NOT EXISTS (SELECT 1 FROM {} m WHERE m.old_id = r.old_id)",
                new(&self.column.column),
                cells
                    .iter()
                    .enumerate()
                    .map(|(place, cell)| format!("{cell} AS k{place}"))
                    .collect::<Vec<_>>()
                    .join(", "),
                quote::name(&name.name),
                work.names.map(self.number)
            ),
        ]
    }

    /// The spelling that a converted row had; NULL where it was that of the key.
    pub fn spelling(&self, work: &Work<'_>, alias: &str) -> String {
        let keys: String = self
            .key()
            .iter()
            .enumerate()
            .map(|(place, column)| format!(" AND d.k{place} IS {}", value::own(alias, column)))
            .collect();
        format!(
            "(SELECT d.old_id FROM {} d WHERE d.new_id = {}{keys})",
            self.kept(work),
            value::own(alias, &self.column.column)
        )
    }
}
