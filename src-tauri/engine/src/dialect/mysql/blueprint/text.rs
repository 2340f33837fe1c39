//! Keys of text: what is a UUID in some spelling becomes the same value; what is none gets a
//! new one where it was decided so. The map keeps the spelling of the key, and tables beside
//! it that of references which are spelt differently.

use super::super::text::{self, Comparison};
use super::super::{quote, uuid};
use super::value;
use super::work::{Way, Work};
use super::{comparable, map};
use crate::dialect::text::{self as text_keys, NONE, answered, deviating, makes_new};
use crate::plan::{Assertion, Conversion, Step};
use crate::schema::{ColumnName, Table};

/// The statements that make and fill the map of a conversion, and beside it the table of the
/// spellings that the key does not have. They can be sent again from the start.
pub fn build(work: &Work<'_>, number: usize) -> Vec<String> {
    let conversion = &work.conversions[number];
    let (map, others) = (work.names.map(number), work.names.spellings(number));
    let key_values = values(&conversion.root);
    let new = new_value(conversion, "v.t");
    let old_type = text::map_type(work.schema, conversion);
    let mut statements = map::create(work, number, &old_type);
    statements.push(format!(
        "INSERT INTO {map} (`old_id`, `new_id`) SELECT v.t, {new} FROM ({key_values}) v WHERE {new} IS NOT NULL ORDER BY v.t"
    ));
    statements.push(format!("ALTER TABLE {map} ADD UNIQUE KEY `new_id` (`new_id`)"));
    let references = references(conversion);
    statements.push(format!("DROP TABLE IF EXISTS {others}"));
    statements.push(format!(
        "CREATE TABLE {others} (`old_id` {old_type} NOT NULL PRIMARY KEY, `new_id` {} NULL, `same_as` {old_type} NULL) ENGINE=InnoDB",
        uuid::column_type(conversion.storage)
    ));
    if !references.is_empty() {
        let all: Vec<String> = references.iter().map(|column| values(column)).collect();
        statements.push(format!(
            "INSERT INTO {others} (`old_id`) SELECT DISTINCT v.t FROM ({}) v LEFT JOIN {map} m ON m.old_id = v.t WHERE m.old_id IS NULL",
            all.join(" UNION ALL ")
        ));
        statements.push(format!("UPDATE {others} v SET v.new_id = {}", new_value(conversion, "v.old_id")));
        // Values that the key lacks; where one is spelt in several ways, one spelling stands for it.
        statements.push(format!(
            "INSERT INTO {map} (`old_id`, `new_id`) SELECT MIN(v.old_id), v.new_id FROM {others} v \
             LEFT JOIN {map} m ON m.new_id = v.new_id WHERE v.new_id IS NOT NULL AND m.new_id IS NULL GROUP BY v.new_id"
        ));
    }
    if makes_new(conversion) {
        statements.extend(make_new(work, number, conversion));
    }
    statements.push(format!("DELETE v FROM {others} v JOIN {map} m ON m.old_id = v.old_id"));
    statements
}

// What is no UUID gets a new one, in the order of length and text. Texts that the key's
// collation holds for one are one: the key's, or the first of those that it lacks.
fn make_new(work: &Work<'_>, number: usize, conversion: &Conversion) -> Vec<String> {
    let (map, others) = (work.names.map(number), work.names.spellings(number));
    let root = &conversion.root;
    let (key, table) = (quote::ident(&root.column), quote::table(&root.table));
    let mut statements = Vec::new();
    if let Some(comparison) = Comparison::of(work.schema, root) {
        let own = |alias: &str| text::utf8(&format!("{alias}.old_id"));
        let open = format!("v.new_id IS NULL AND {}", comparison.can_hold(&own("v")));
        // An update would ask for a lock on the key's table that keeps writers out already.
        statements.push(format!(
            "INSERT INTO {others} (`old_id`, `same_as`) SELECT q.old_id, q.key_id FROM (SELECT v.old_id, {} AS key_id \
             FROM {others} v JOIN {table} r ON r.{key} = {} WHERE {open}) q ON DUPLICATE KEY UPDATE `same_as` = q.key_id",
            text::bytes(&format!("r.{key}")),
            comparison.cast(&own("v"))
        ));
        let alike = comparison.cast(&own("w"));
        statements.push(format!(
            "UPDATE {others} v JOIN (SELECT MIN(w.old_id) AS first_id, {alike} AS alike FROM {others} w \
             WHERE w.new_id IS NULL AND w.same_as IS NULL AND {} GROUP BY {alike}) g ON g.alike = {} \
             SET v.same_as = g.first_id WHERE v.same_as IS NULL AND {open}",
            comparison.can_hold(&own("w")),
            comparison.cast(&own("v"))
        ));
    }
    statements.push(format!("UPDATE {others} v SET v.same_as = v.old_id WHERE v.new_id IS NULL AND v.same_as IS NULL"));
    let none = text::read(conversion, &text::utf8("v.t"));
    let ids = format!(
        "(SELECT v.t AS old_id FROM ({}) v WHERE {none} IS NULL UNION SELECT w.same_as FROM {others} w WHERE w.new_id IS NULL)",
        values(root)
    );
    statements.extend(uuid::start(&work.version, conversion.uuid, &format!("SELECT COUNT(*) FROM {ids} n")));
    // The limit keeps the rows in their order.
    statements.push(format!(
        "INSERT INTO {map} (`old_id`, `new_id`) SELECT k.old_id, {} FROM (SELECT n.old_id FROM {ids} n \
         ORDER BY LENGTH(n.old_id), n.old_id LIMIT 18446744073709551615) k",
        uuid::stored(conversion.storage, &uuid::new_id(conversion, "k.old_id"))
    ));
    statements.push("SET @rk_secret = NULL".to_owned());
    statements.push(format!(
        "UPDATE {others} v JOIN {map} m ON m.old_id = v.same_as SET v.new_id = m.new_id WHERE v.new_id IS NULL"
    ));
    statements
}

fn values(column: &ColumnName) -> String {
    let own = quote::ident(&column.column);
    format!(
        "SELECT {} AS t FROM {} c WHERE c.{own} IS NOT NULL",
        text::bytes(&format!("c.{own}")),
        quote::table(&column.table)
    )
}

// The UUID that bytes in UTF-8 spell, stored as the column wants it.
fn new_value(conversion: &Conversion, bytes: &str) -> String {
    uuid::stored(conversion.storage, &text::read(conversion, &text::utf8(bytes)))
}

fn references(conversion: &Conversion) -> Vec<&ColumnName> {
    conversion.members.iter().map(|member| &member.column).filter(|column| **column != conversion.root).collect()
}

/// The old id of a UUID `f.new_id` that was written since: the next number where all keys were
/// numbers, or where nothing else fits; else the UUID itself. `numbered` are the UUIDs.
pub fn extend(work: &Work<'_>, number: usize, fresh: &str) -> Vec<String> {
    let conversion = &work.conversions[number];
    let map = work.names.map(number);
    let told = uuid::told(conversion.storage, "f.new_id");
    let highest = |condition: &str| {
        format!(
            "SET @rk_last = (SELECT CASE WHEN {condition} THEN COALESCE(MAX(CASE WHEN {IS_NUMBER} THEN CAST({AS_TEXT} AS DECIMAL(65,0)) END), 0) END FROM {map} m)"
        )
    };
    let next = "CAST(CAST(@rk_last + ROW_NUMBER() OVER (ORDER BY f.new_id) AS DECIMAL(65,0)) AS CHAR)";
    let (last, spelling) = match room(work, conversion) {
        Some(room) if room < 32 => (highest("TRUE"), next.to_owned()),
        Some(room) if room < 36 => ("SET @rk_last = NULL".to_owned(), format!("REPLACE({told}, '-', '')")),
        Some(_) | None if answered(conversion, NONE, &conversion.root) => {
            (highest(&format!("MIN({IS_NUMBER})")), format!("CASE WHEN @rk_last IS NULL THEN {told} ELSE {next} END"))
        }
        Some(_) | None => ("SET @rk_last = NULL".to_owned(), told),
    };
    vec![
        last,
        format!("INSERT INTO {map} (`old_id`, `new_id`) SELECT {}, f.new_id FROM ({fresh}) f", text::bytes(&spelling)),
    ]
}

const AS_TEXT: &str = "CONVERT(m.old_id USING utf8mb4)";
const IS_NUMBER: &str = "CONVERT(m.old_id USING utf8mb4) REGEXP '^[0-9]{1,60}$'";

// How many characters fit into every column of the domain.
fn room(work: &Work<'_>, conversion: &Conversion) -> Option<u64> {
    let rooms = conversion.members.iter().filter_map(|member| {
        let table = work.schema.tables.get(&member.column.table)?;
        text::room(table.column(&member.column.column)?)
    });
    rooms.min()
}

/// That every value is the one it was.
pub fn same(work: &Work<'_>, number: usize) -> Assertion {
    let conversion = &work.conversions[number];
    let new = new_value(conversion, "m.old_id");
    text_keys::same(
        conversion,
        format!(
            "SELECT CAST(COUNT(*) AS CHAR) FROM {} m WHERE NOT CASE WHEN {new} IS NOT NULL THEN m.new_id = {new} ELSE {} END",
            work.names.map(number),
            uuid::is_version(conversion.storage, conversion.uuid, "m.new_id")
        ),
    )
}

/// A reference whose rows keep a spelling of their own, by a digest of the row's key.
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

/// The one of a column, where it has one.
pub fn deviation<'a>(work: &Work<'a>, column: &ColumnName) -> Option<Deviation<'a>> {
    of(work, work.conversion(column)?).into_iter().find(|one| one.column == column)
}

/// The step that keeps their spellings.
pub fn keep(work: &Work<'_>) -> Option<Step> {
    text_keys::keep(deviations(work).iter().flat_map(|one| one.keep(work)).collect())
}

impl Deviation<'_> {
    /// The table that keeps the spellings.
    pub fn kept(&self, work: &Work<'_>) -> String {
        work.names.kept(self.number, self.place)
    }

    fn keep(&self, work: &Work<'_>) -> Vec<String> {
        let conversion = &work.conversions[self.number];
        let (kept, others) = (self.kept(work), work.names.spellings(self.number));
        let (key, joins) = self.key(work, "o", Way::Forward);
        let own = text::bytes(&format!("o.{}", quote::ident(&self.column.column)));
        vec![
            format!("DROP TABLE IF EXISTS {kept}"),
            format!(
                "CREATE TABLE {kept} (`row_key` BINARY(32) NOT NULL PRIMARY KEY, `new_id` {} NOT NULL, `old_id` {} NOT NULL) ENGINE=InnoDB",
                uuid::column_type(conversion.storage),
                text::map_type(work.schema, conversion)
            ),
            format!(
                "INSERT INTO {kept} (`row_key`, `new_id`, `old_id`) SELECT {key}, d.new_id, d.old_id \
                 FROM {} o JOIN {others} d ON d.old_id = {own}{joins}",
                quote::table(&self.table.name)
            ),
        ]
    }

    /// What joins a row with new keys to its kept spelling, known as `kept`.
    pub fn join(&self, work: &Work<'_>, row: &str, kept: &str) -> String {
        let (key, _) = self.key(work, row, Way::Back);
        format!(
            " LEFT JOIN {} {kept} ON {kept}.row_key = {key} AND {kept}.new_id = {row}.{}",
            self.kept(work),
            quote::ident(&self.column.column)
        )
    }

    // A digest of the row's key with the new values in it, and the joins that give these where
    // the row has the old ones.
    fn key(&self, work: &Work<'_>, row: &str, way: Way) -> (String, String) {
        let columns = self.table.primary_key.as_ref().map_or(&[][..], |key| key.columns.as_slice());
        let (mut parts, mut joins) = (Vec::new(), String::new());
        for (place, name) in columns.iter().enumerate() {
            let column = self.table.column_name(name);
            let Some(number) = work.conversion(&column) else {
                parts.extend(self.table.column(name).map(|column| comparable::part(&work.version, row, column)));
                continue;
            };
            let new = match way {
                Way::Forward => {
                    let new = value::new(work, &column, row, &format!("k{place}"));
                    joins.push_str(&new.joins);
                    new.expression
                }
                Way::Back => format!("{row}.{}", quote::ident(name)),
            };
            parts.push(comparable::short(&uuid::digits(work.conversions[number].storage, &new)));
        }
        (format!("UNHEX(SHA2(CONCAT({}), 256))", parts.join(", ")), joins)
    }
}
