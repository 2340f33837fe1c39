//! What must be true after a conversion, judged from the database's own output and the
//! exported map alone.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::rows::{ColumnId, Content, Rows, TableId, key_text};
use super::scattered::{AllScattered, Read};
use super::subject::Subject;

/// The exported map: per key column old ids by new ids. Old ids are texts in the spelling
/// of [`canonical`].
#[derive(Debug, Default)]
pub struct Map {
    old_by_new: BTreeMap<ColumnId, BTreeMap<String, String>>,
    old_ids: BTreeMap<ColumnId, BTreeSet<String>>,
}

/// The columns that a plan says it converts, each with the root it belongs to.
pub type Members = BTreeMap<ColumnId, ColumnId>;

/// What a plan says of the new ids of a root.
#[derive(Debug, Clone)]
pub struct Expected {
    /// The version of ids that are made.
    pub version: char,
    /// The new ids are in the order of the old ones.
    pub ordered: bool,
    /// The new ids were there before: nothing is known of their version.
    pub given: bool,
    /// The column of short ids that the root's table gets.
    pub slug: Option<String>,
    /// The new ids are 16 bytes, not text.
    pub bytes: bool,
    /// The keys were texts: references that are spelt differently from them meet them now.
    pub spelt: bool,
}

/// What a plan says of each root.
pub type Promises = BTreeMap<ColumnId, Expected>;

/// Reads the members out of a plan or of the answer to `plan --json`.
pub fn members(plan: &Value) -> Members {
    let mut members = Members::new();
    for conversion in plan["conversions"].as_array().expect("a plan has conversions") {
        let root = column_id(&conversion["root"]);
        let all = conversion["members"].as_array().expect("a conversion has members");
        for member in all.iter().filter(|member| member["shape"].is_null()) {
            members.insert(column_id(member), root.clone());
        }
        let stays = conversion["kind"] == "repoint";
        assert_ne!(members.contains_key(&root), stays, "the root {root:?} among its own members");
    }
    members
}

/// Reads which references lose the values that their key does not have.
pub fn let_go(plan: &Value, members: &Members) -> BTreeSet<ColumnId> {
    let conversions = plan["conversions"].as_array().expect("a plan has conversions");
    let answers = conversions.iter().filter_map(|conversion| conversion["answers"].as_object()).flatten();
    let questions: BTreeSet<&String> = answers.filter(|(_, answer)| *answer == "set_null").map(|(id, _)| id).collect();
    let own = |id: &&ColumnId| questions.contains(&format!("inferred {}.{}.{}", id.0, id.1, id.2));
    let found: BTreeSet<ColumnId> = members.keys().filter(own).cloned().collect();
    assert_eq!(found.len(), questions.len(), "who loses values: {questions:?}");
    found
}

/// Reads which columns that the server computes are taken away on MariaDB and MySQL, by the ids
/// of their questions.
pub fn taken_away(plan: &Value) -> BTreeSet<String> {
    let conversions = plan["conversions"].as_array().expect("a plan has conversions");
    let answers = conversions.iter().filter_map(|conversion| conversion["answers"].as_object()).flatten();
    let gone = answers.filter(|(id, answer)| id.starts_with("RK-305 ") && *answer == "drop");
    gone.map(|(id, _)| id.clone()).collect()
}

/// The rows without the columns that those questions are about. Each must be there.
pub fn without_columns(mut rows: Rows, gone: &BTreeSet<String>) -> Rows {
    let mut found = 0;
    for ((schema, table), content) in &mut rows {
        let is_gone = |column: &String| gone.contains(&format!("RK-305 {schema}.{table}.{column}"));
        while let Some(at) = content.columns.iter().position(is_gone) {
            content.columns.remove(at);
            content.types.remove(at);
            content.rows.iter_mut().for_each(|row| drop(row.remove(at)));
            found += 1;
        }
    }
    assert_eq!(found, gone.len(), "{gone:?}");
    rows
}

/// The rows as they must be where those references are NULL in place of such a value.
pub fn without_strays(mut rows: Rows, members: &Members, let_go: &BTreeSet<ColumnId>) -> Rows {
    for id in let_go {
        let keys: BTreeSet<String> = values(&rows, &members[id]).iter().map(|key| canonical(key)).collect();
        let content = rows.get_mut(&(id.0.clone(), id.1.clone())).expect("the table is there");
        let at = position(content, &id.2);
        for row in &mut content.rows {
            if key_text(&row[at]).is_some_and(|value| !keys.contains(&canonical(value))) {
                row[at] = "\\N".to_owned();
            }
        }
    }
    rows
}

/// Reads what a plan says of the new ids.
pub fn promises(plan: &Value) -> Promises {
    let conversions = plan["conversions"].as_array().expect("a plan has conversions");
    conversions
        .iter()
        .map(|conversion| {
            let version = conversion["uuid"].as_str().and_then(|word| word.chars().nth(1)).expect("a version");
            let given = conversion["kind"] == "repoint";
            let ordered = conversion["kind"] == "int_to_uuid" && "67".contains(version);
            let slug = conversion["slug"].as_str().map(str::to_owned);
            (
                column_id(&conversion["root"]),
                Expected {
                    version,
                    ordered,
                    given,
                    slug,
                    bytes: conversion["storage"] == "binary16",
                    spelt: conversion["kind"] == "text_to_uuid",
                },
            )
        })
        .collect()
}

/// Reads `{schema, table, column}`.
pub fn column_id(value: &Value) -> ColumnId {
    let part = |name: &str| value[name].as_str().unwrap_or_else(|| panic!("no '{name}' in {value}")).to_owned();
    (part("schema"), part("table"), part("column"))
}

/// One spelling for all that mean the same: the 32 digits of a UUID, any other value as it
/// is, without the blanks that a column of fixed width adds.
pub fn canonical(old: &str) -> String {
    let text = old.trim().to_ascii_lowercase();
    let digits: String = text.trim_start_matches("urn:uuid:").chars().filter(|c| !"{}-".contains(*c)).collect();
    let uuid = digits.len() == 32 && digits.chars().all(|c| c.is_ascii_hexdigit());
    if uuid { digits } else { old.trim_end().to_owned() }
}

impl Map {
    /// Reads what `rekey map --format csv` wrote. It must be well-formed, one to one per
    /// column, hold new ids in their canonical spelling and of the promised version, keep
    /// the order where that is promised, and leave alone what was a UUID already.
    pub fn read(csv: &str, members: &Members, promises: &Promises) -> Map {
        let mut records = super::csv::parse(csv).into_iter();
        assert_eq!(records.next().expect("a header"), ["schema", "table", "column", "old_id", "new_id"]);
        let mut map = Map::default();
        let mut forward: BTreeMap<ColumnId, BTreeMap<String, String>> = BTreeMap::new();
        for record in records {
            let [schema, table, column, old, new] = <[String; 5]>::try_from(record).expect("five fields");
            let id = (schema, table, column);
            let promise = &promises[members.get(&id).unwrap_or(&id)];
            let old = canonical(&old);
            if old.len() == 32 {
                assert_eq!(old, canonical(&new), "a UUID in the map of {id:?} is another one now");
            } else {
                assert!(promise.fits(&new), "'{new}' in the map of {id:?} is not what was promised: {promise:?}");
            }
            let twice = map.old_by_new.entry(id.clone()).or_default().insert(new.clone(), old.clone());
            assert_eq!(twice, None, "{new} stands for two ids of {id:?}");
            let twice = forward.entry(id.clone()).or_default().insert(old.clone(), new);
            assert_eq!(twice, None, "{old} of {id:?} has two new ids");
        }
        for (id, ids) in forward {
            if promises[members.get(&id).unwrap_or(&id)].ordered {
                assert_ordered(&id, &ids);
            }
            map.old_ids.insert(id, ids.into_keys().collect());
        }
        map
    }

    /// The old id of a new one.
    pub fn old(&self, root: &ColumnId, new: &str) -> Option<String> {
        self.old_by_new.get(root)?.get(new).cloned()
    }

    fn known(&self, root: &ColumnId, old: &str) -> Option<String> {
        let old = canonical(old);
        self.old_ids.get(root).is_some_and(|ids| ids.contains(&old)).then_some(old)
    }
}

impl Expected {
    fn fits(&self, new: &str) -> bool {
        is_uuid(new)
            && (self.given || (new.as_bytes()[14] == self.version as u8 && b"89ab".contains(&new.as_bytes()[19])))
    }
}

fn assert_ordered(id: &ColumnId, ids: &BTreeMap<String, String>) {
    let number = |old: &String| old.parse::<i128>().unwrap_or_else(|_| panic!("'{old}' of {id:?} is no whole number"));
    let by_number: BTreeMap<i128, &String> = ids.iter().map(|(old, new)| (number(old), new)).collect();
    let disorder = by_number.iter().zip(by_number.iter().skip(1)).find(|((_, a), (_, b))| a >= b);
    assert!(disorder.is_none(), "the order of the old ids of {id:?} is not that of the new ones: {disorder:?}");
}

/// Takes the columns of short ids out of the rows again; each must hold eleven letters and
/// digits, no two alike, in every row of the table, of its partitions and of its heirs.
pub fn without_slugs(mut rows: Rows, promises: &Promises, parents: &BTreeMap<TableId, TableId>) -> Rows {
    let promised = promises.iter().filter_map(|(root, promise)| Some((root, promise.slug.as_ref()?)));
    for (root, slug) in promised {
        let root = (root.0.clone(), root.1.clone());
        let tables = rows.iter_mut().filter(|(table, _)| comes_from(table, &root, parents));
        let mut found = 0;
        for (_, content) in tables {
            take_slug(content, slug);
            found += 1;
        }
        assert!(found > 0, "no table of {root:?} has a column {slug}");
    }
    rows
}

fn comes_from(table: &TableId, root: &TableId, parents: &BTreeMap<TableId, TableId>) -> bool {
    table == root || parents.get(table).is_some_and(|parent| comes_from(parent, root, parents))
}

fn take_slug(content: &mut Content, slug: &str) {
    let at = position(content, slug);
    assert_eq!(content.columns.len(), at + 1, "{slug} is not the last column");
    let fits = ["character varying(22)", "varchar(22)", "TEXT"].contains(&content.types[at].as_str());
    assert!(fits, "type of {slug}: {}", content.types[at]);
    let values: BTreeSet<&String> = content.rows.iter().map(|row| &row[at]).collect();
    assert_eq!(values.len(), content.rows.len(), "{slug} has the same value twice");
    let fits = |text: &str| text.len() == 11 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let odd = values.iter().find(|text| !key_text(text).is_some_and(fits));
    assert_eq!(odd, None, "no short id in {slug}");
    content.columns.pop();
    content.types.pop();
    content.rows.iter_mut().for_each(|row| drop(row.pop()));
}

/// The rows with each id of 16 bytes as the text that stands for it. Where a plan promises
/// bytes, nothing else may be there.
pub fn with_ids_as_text(mut rows: Rows, members: &Members, promises: &Promises) -> Rows {
    for (id, _) in members.iter().filter(|(_, root)| promises[*root].bytes) {
        let content = rows.get_mut(&(id.0.clone(), id.1.clone())).expect("the table is there");
        let at = position(content, &id.2);
        assert!(["BLOB", "binary(16)"].contains(&content.types[at].as_str()), "type of {id:?}");
        for row in content.rows.iter_mut().filter(|row| row[at] != "NULL") {
            let digits = row[at].strip_prefix("X'").and_then(|rest| rest.strip_suffix('\'')).map(str::to_lowercase);
            let digits = digits.filter(|digits| digits.len() == 32).unwrap_or_else(|| panic!("{} in {id:?}", row[at]));
            let parts = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
            row[at] = format!("'{}'", parts.join("-"));
        }
    }
    rows
}

/// The rows without the values of these columns.
pub fn without(mut rows: Rows, columns: &BTreeSet<ColumnId>) -> Rows {
    for (schema, table, column) in columns {
        let Some(content) = rows.get_mut(&(schema.clone(), table.clone())) else { continue };
        let Some(at) = content.columns.iter().position(|name| name == column) else { continue };
        for row in &mut content.rows {
            "computed".clone_into(&mut row[at]);
        }
    }
    rows
}

/// Nothing lost, nothing invented, nothing re-linked, nothing but keys and references changed:
/// the rows of after, with each new id replaced by its old one, are the rows of before.
pub fn assert_translates_back(
    before: &Rows,
    after: &Rows,
    (members, scattered): (&Members, &AllScattered),
    map: &Map,
    parents: &BTreeMap<TableId, TableId>,
) {
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>(), "the tables are not the same");
    for (table, old) in before {
        let new = &after[table];
        assert_eq!(old.columns, new.columns, "columns of {table:?}");
        assert_eq!(old.rows.len(), new.rows.len(), "number of rows in {table:?}");
        let roots: Vec<Option<&ColumnId>> =
            old.columns.iter().map(|column| root_of(table, column, members, parents)).collect();
        let reads: Vec<Option<Read<'_>>> = old
            .columns
            .iter()
            .map(|column| Read::of((members, scattered), parents, table, &old.columns, column))
            .collect();
        for (at, column) in old.columns.iter().enumerate() {
            if roots[at].is_none() && reads[at].is_none() {
                assert_eq!(
                    old.types[at], new.types[at],
                    "type of {table:?}.{column}, which is no key and no reference"
                );
            }
        }
        let mut expected: Vec<Vec<String>> = old.rows.iter().map(|row| without_orphans(row, &roots, map)).collect();
        let mut found: Vec<Vec<String>> = new.rows.iter().map(|row| translate(row, &roots, &reads, map)).collect();
        expected.sort();
        found.sort();
        let difference = expected.iter().zip(&found).find(|(a, b)| a != b);
        assert!(difference.is_none(), "a row of {table:?} is not what it was: {difference:?}");
    }
}

fn root_of<'a>(
    table: &TableId,
    column: &str,
    members: &'a Members,
    parents: &BTreeMap<TableId, TableId>,
) -> Option<&'a ColumnId> {
    let id = (table.0.clone(), table.1.clone(), column.to_owned());
    if let Some(root) = members.get(&id) {
        return Some(root);
    }
    root_of(parents.get(table)?, column, members, parents)
}

fn translate(row: &[String], roots: &[Option<&ColumnId>], reads: &[Option<Read<'_>>], map: &Map) -> Vec<String> {
    let mut old = each_key(row, roots, |root, id| map.old(root, id));
    for (at, read) in reads.iter().enumerate() {
        if let Some(read) = read {
            old[at] = read.translated(row, &row[at], map);
        }
    }
    old
}

// A value that a reference holds without a parent is no key: the map need not export it.
fn without_orphans(row: &[String], roots: &[Option<&ColumnId>], map: &Map) -> Vec<String> {
    each_key(row, roots, |root, id| map.known(root, id))
}

fn each_key(
    row: &[String],
    roots: &[Option<&ColumnId>],
    old: impl Fn(&ColumnId, &str) -> Option<String>,
) -> Vec<String> {
    row.iter()
        .zip(roots)
        .map(|(literal, root)| {
            let (Some(root), Some(id)) = (root, key_text(literal)) else { return literal.clone() };
            old(root, id).unwrap_or_else(|| "(orphan)".to_owned())
        })
        .collect()
}

/// Every member is of the server's UUID type, or text that holds nothing but UUIDs.
pub fn assert_typed(after: &Rows, members: &Members, scattered: &AllScattered, product: &str) {
    for (id, one) in scattered {
        let Some(content) = after.get(&(id.0.clone(), id.1.clone())) else { continue };
        assert_eq!(content.types[position(content, &id.2)], one.type_name, "type of {id:?}");
    }
    for id in members.keys() {
        let content = after.get(&(id.0.clone(), id.1.clone()));
        let Some(content) = content else {
            // A partitioned parent has no rows of its own; its partitions are looked at.
            continue;
        };
        let at = position(content, &id.2);
        if product == "postgres" {
            assert_eq!(content.types[at], "uuid", "type of {id:?}");
        }
        for row in &content.rows {
            let good = key_text(&row[at]).is_none_or(is_uuid) && !(product == "sqlite" && row[at].starts_with("X'"));
            assert!(good, "{} in {id:?} is no UUID", row[at]);
        }
    }
}

/// The map holds every id of the key's table, and nothing that the database never had.
/// What references held without a parent has as many different new ids as it had old ones.
pub fn assert_map_complete(
    before: &Rows,
    after: &Rows,
    (members, scattered): (&Members, &AllScattered),
    map: &Map,
    parents: &BTreeMap<TableId, TableId>,
) {
    let roots: BTreeSet<&ColumnId> = members.values().collect();
    for root in roots {
        let mapped = map.old_ids.get(root).cloned().unwrap_or_default();
        let keys: BTreeSet<String> = values(before, root).iter().map(|id| canonical(id)).collect();
        let unmapped: Vec<_> = keys.difference(&mapped).take(5).collect();
        assert!(unmapped.is_empty(), "ids of {root:?} without a new one: {unmapped:?}");
        let (mut old, mut new) = (BTreeSet::new(), BTreeSet::new());
        for (member, _) in members.iter().filter(|(_, of)| *of == root) {
            old.extend(values(before, member).iter().map(|id| canonical(id)));
            new.extend(values(after, member));
        }
        assert_eq!(old.len(), new.len(), "number of different values in the domain of {root:?}");
        let mut known: BTreeSet<String> = old.union(&keys).cloned().collect();
        known.extend(scattered_ids(before, (members, scattered), parents, root));
        let invented: Vec<_> = mapped.difference(&known).take(5).collect();
        assert!(invented.is_empty(), "the map of {root:?} has ids that the database never had: {invented:?}");
    }
}

// What arrays and columns beside a class hold of the key.
fn scattered_ids(
    rows: &Rows,
    converted: (&Members, &AllScattered),
    parents: &BTreeMap<TableId, TableId>,
    root: &ColumnId,
) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for (table, content) in rows {
        for (at, column) in content.columns.iter().enumerate() {
            let Some(read) = Read::of(converted, parents, table, &content.columns, column) else { continue };
            let own = content.rows.iter().filter(|row| read.root(row, None) == Some(root));
            ids.extend(own.flat_map(|row| read.ids(&row[at])));
        }
    }
    ids
}

fn values(rows: &Rows, id: &ColumnId) -> BTreeSet<String> {
    let Some(content) = rows.get(&(id.0.clone(), id.1.clone())) else { return BTreeSet::new() };
    let at = position(content, &id.2);
    content.rows.iter().filter_map(|row| key_text(&row[at])).map(str::to_owned).collect()
}

fn position(content: &Content, column: &str) -> usize {
    content.columns.iter().position(|name| name == column).unwrap_or_else(|| panic!("no column {column}"))
}

/// True for the canonical spelling of a UUID of any version.
pub fn is_uuid(text: &str) -> bool {
    let bytes = text.as_bytes();
    text.len() == 36
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        })
}

/// True for the canonical spelling of a UUID of version 7.
pub fn is_uuid_v7(text: &str) -> bool {
    is_uuid(text) && text.as_bytes()[14] == b'7' && b"89ab".contains(&text.as_bytes()[19])
}

/// No orphan more, no orphan less; views show as many rows; the files are sound; nothing of
/// ours lies about.
pub fn assert_same_around(
    subject: &dyn Subject,
    dangling: &BTreeMap<String, u64>,
    views: &BTreeMap<String, String>,
    promises: &Promises,
) {
    let now = subject.dangling();
    let total = |found: &BTreeMap<String, u64>| found.values().sum::<u64>();
    let (before, after) = (total(dangling), total(&now));
    let spelt = promises.values().any(|promise| promise.spelt);
    assert!(after == before || (spelt && after < before), "rows that point nowhere: {dangling:?} before, {now:?} now");
    assert_eq!(views, &subject.view_counts(), "what the views show");
    subject.assert_healthy();
    let leftovers = subject.leftovers();
    assert!(leftovers.is_empty(), "left behind: {leftovers:?}");
}

/// Fails where the bytes hold the password in any spelling that a log or a file could use.
pub fn assert_secret_free(what: &str, bytes: &[u8], password: &str) {
    for needle in spellings(password) {
        let found = bytes.windows(needle.len()).position(|window| window == needle.as_bytes());
        if let Some(at) = found {
            let from = at.saturating_sub(60);
            let around = String::from_utf8_lossy(&bytes[from..at]).into_owned();
            panic!("the password stands in {what}, after: {around}");
        }
    }
}

/// The password's core as it is (which URL and JSON encoding leave alone), backwards
/// compatible spellings of the whole, and base64 at each of the three alignments.
fn spellings(password: &str) -> Vec<String> {
    let core: String = password.chars().filter(char::is_ascii_alphanumeric).collect();
    let core = core.get(1..).unwrap_or(&core).to_owned();
    let hex: String = core.bytes().map(|byte| format!("{byte:02x}")).collect();
    let mut all = vec![core, hex.to_uppercase(), hex];
    for shift in 0..3 {
        let mut bytes = vec![b'x'; shift];
        bytes.extend(password.bytes());
        let text = base64(&bytes);
        // The first and the last group mix in neighbours.
        all.push(text[4..text.len() - 4].to_owned());
    }
    all
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let word = (0..3).fold(0_usize, |word, at| word << 8 | usize::from(*group.get(at).unwrap_or(&0)));
        for at in 0..4 {
            text.push(if at <= group.len() { char::from(LETTERS[word >> (18 - 6 * at) & 63]) } else { '=' });
        }
    }
    text
}
