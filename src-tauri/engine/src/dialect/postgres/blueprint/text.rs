//! Keys of text: what is a UUID in some spelling stays the same value in the server's own
//! type; what is none gets a new one where it was decided so. The map keeps the spelling of
//! the key, and tables beside it that of references which were spelt differently.

use super::super::quote;
use super::scope::Scope;
use super::{kept, maps, versions};
pub use crate::dialect::text::SPELLING;
use crate::dialect::text::{self as text_keys, NONE, answered, makes_new, unwraps};
use crate::plan::{Assertion, Conversion, ConversionKind};
use crate::schema::{Column, ColumnKind, ColumnName, Table};

/// Every spelling that the server itself reads as a UUID: in either case, with or without
/// braces, a hyphen after any four digits or none.
const PATTERN: &str = "^(\\{([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4}\\}|([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4})$";

/// True where the value of an expression can be read as a UUID.
pub fn valid(expression: &str) -> String {
    format!("{expression} ~ {}", quote::literal(PATTERN))
}

/// An expression without what stands around a UUID.
pub fn stripped(expression: &str) -> String {
    format!("regexp_replace(btrim({expression}, E' \\t\\r\\n\\u00a0'), '^urn:uuid:', '', 'i')")
}

/// True where a conversion is one of text.
pub fn is_text(scope: &Scope<'_>, number: usize) -> bool {
    scope.conversions.get(number).is_some_and(|conversion| conversion.kind == ConversionKind::TextToUuid)
}

// The text of a value as it is read: as it stands, or without what stands around it.
fn read(conversion: &Conversion, expression: &str) -> String {
    if unwraps(conversion) { stripped(expression) } else { expression.to_owned() }
}

/// The type of the old ids in a map.
pub fn old_type(scope: &Scope<'_>, number: usize) -> &'static str {
    let root = scope.conversions.get(number).and_then(|conversion| scope.column(&conversion.root));
    match root.map(|column| column.kind) {
        Some(ColumnKind::Text) => "text",
        Some(ColumnKind::Numeric) => "numeric",
        Some(ColumnKind::Integer | ColumnKind::Uuid | ColumnKind::Other) | None => "bigint",
    }
}

/// The new id of the value in a column.
pub fn new_value(scope: &Scope<'_>, number: usize, column: &str) -> String {
    let conversion = &scope.conversions[number];
    let text = read(conversion, &format!("{column}::text"));
    if makes_new(conversion) {
        let new = super::lookup::function(scope, number, "new");
        format!("CASE WHEN {} THEN ({text})::uuid ELSE {new}({column}::text) END", valid(&text))
    } else {
        format!("({text})::uuid")
    }
}

/// True where values of a text key are looked up in the map.
pub fn looks_up(scope: &Scope<'_>, number: usize) -> bool {
    makes_new(&scope.conversions[number])
}

/// Fills the map of a conversion.
pub fn fill(scope: &Scope<'_>, number: usize) -> Vec<String> {
    let conversion = &scope.conversions[number];
    let (map, root) = (scope.map(number), &conversion.root);
    let key = maps::select(scope, root, "old_id", "::text");
    let value = read(conversion, "v.old_id");
    let mut sql = vec![format!(
        "INSERT INTO {map} (old_id, new_id) SELECT v.old_id, ({value})::uuid FROM ({key}) v WHERE {} ORDER BY 2",
        valid(&value)
    )];
    let all = maps::values(scope, number);
    if all != key {
        // Values that the key lacks; where one is spelt in several ways, one spelling stands for it.
        sql.push(format!(
            "INSERT INTO {map} (old_id, new_id) SELECT min(v.old_id), ({value})::uuid FROM (\n{all}\n) v WHERE {} AND NOT EXISTS (SELECT FROM {map} m WHERE m.new_id = CASE WHEN {} THEN ({value})::uuid END) GROUP BY 2",
            valid(&value),
            valid(&value)
        ));
    }
    if makes_new(conversion) {
        sql.push(format!(
            "WITH start AS MATERIALIZED ({})\n\
             INSERT INTO {map} (old_id, new_id)\n\
             SELECT k.old_id, {} FROM (SELECT v.old_id, (s.ms + 1) * {} - (count(*) OVER () - row_number() OVER (ORDER BY length(v.old_id), v.old_id COLLATE \"C\")) - 1 AS tick\n\
             FROM start s, (\n{all}\n) v WHERE v.old_id IS NOT NULL AND NOT ({})) k",
            super::ids::start(scope.version, "0", ""),
            versions::new_id(
                scope,
                conversion,
                &format!("substring(uuid_send({}) FROM 9)", super::random::uuid(scope.version)),
                "k.tick",
                "k.old_id"
            ),
            versions::ticks(conversion.uuid),
            valid(&value)
        ));
    }
    sql
}

/// Gives every UUID that was written since a text of its own: itself, without hyphens where
/// the column has no room for them, or the next number where it has not even that.
pub fn extend(scope: &Scope<'_>, number: usize, fresh: &str) -> String {
    let conversion = &scope.conversions[number];
    let map = scope.map(number);
    let room = super::room::characters(scope, number);
    let spelling = match room {
        Some(room) if room < 32 => format!(
            "((SELECT coalesce(max(m.old_id::numeric), 0) FROM {map} m WHERE m.old_id ~ '^[0-9]+$') + row_number() OVER (ORDER BY v.new_id))::text"
        ),
        Some(room) if room < 36 => "replace(v.new_id::text, '-', '')".to_owned(),
        Some(_) | None if answered(conversion, NONE, &conversion.root) => format!(
            "CASE WHEN (SELECT bool_and(m.old_id ~ '^[0-9]+$') FROM {map} m) THEN ((SELECT max(m.old_id::numeric) FROM {map} m WHERE m.old_id ~ '^[0-9]+$') + row_number() OVER (ORDER BY v.new_id))::text ELSE v.new_id::text END"
        ),
        Some(_) | None => "v.new_id::text".to_owned(),
    };
    format!(
        "INSERT INTO {map} (old_id, new_id)\nSELECT {spelling}, v.new_id\nFROM (\n{fresh}\n) v WHERE v.new_id IS NOT NULL AND NOT EXISTS (SELECT FROM {map} m WHERE m.new_id = v.new_id)"
    )
}

/// How many characters fit into a column, where that is limited.
pub fn limit(column: &Column) -> Option<u32> {
    let (_, rest) = column.base_type().split_once('(')?;
    rest.split(')').next()?.trim().parse().ok()
}

/// The declared type of a text column with the collation that goes with it.
pub fn declared(scope: &Scope<'_>, name: &ColumnName, column: &Column) -> String {
    let object = scope.schema.catalogue.objects.get(&quote::column_key(name));
    match object.and_then(|object| object.get("collation")) {
        Some(collation) => format!("{} COLLATE {collation}", column.type_name),
        None => column.type_name.clone(),
    }
}

/// That every value is the one it was.
pub fn same(scope: &Scope<'_>, number: usize) -> Assertion {
    let conversion = &scope.conversions[number];
    let value = read(conversion, "m.old_id");
    let digit = conversion.uuid.number();
    text_keys::same(
        conversion,
        format!(
            "SELECT count(*)::text FROM {} m WHERE CASE WHEN {} THEN ({value})::uuid <> m.new_id ELSE m.new_id::text !~ '^[0-9a-f]{{8}}-[0-9a-f]{{4}}-{digit}[0-9a-f]{{3}}-[89ab]' END",
            scope.map(number),
            valid(&value)
        ),
    )
}

/// An expression that is the same for all spellings of one UUID.
pub fn canonical(scope: &Scope<'_>, number: usize, expression: &str) -> String {
    let text = format!("{expression}::text");
    let value = read(&scope.conversions[number], &text);
    format!("CASE WHEN {} THEN ({value})::uuid::text ELSE {text} END", valid(&value))
}

/// A reference whose rows keep a spelling of their own.
pub struct Deviation<'s> {
    /// The column.
    pub column: &'s ColumnName,
    /// Its table.
    pub table: &'s Table,
    /// The number of its conversion.
    pub number: usize,
    place: usize,
}

/// All of them.
pub fn deviations<'s>(scope: &'s Scope<'_>) -> Vec<Deviation<'s>> {
    (0..scope.conversions.len()).flat_map(|number| deviations_of(scope, number)).collect()
}

/// Those of one conversion.
pub fn deviations_of<'s>(scope: &'s Scope<'_>, number: usize) -> Vec<Deviation<'s>> {
    let found = kept::spelt(scope, number).into_iter();
    found.map(|(place, column, table)| Deviation { column, table, number, place }).collect()
}

/// The one of a column, where it has one.
pub fn deviation<'s>(scope: &'s Scope<'_>, column: &ColumnName) -> Option<Deviation<'s>> {
    let number = scope.columns.get(column)?.plain()?;
    deviations_of(scope, number).into_iter().find(|one| one.column == column)
}

impl Deviation<'_> {
    /// The table that keeps the spellings.
    pub fn kept(&self, scope: &Scope<'_>) -> String {
        kept::spellings(scope, self.number, self.place)
    }

    /// Keeps them by the row's key as it will be.
    pub fn keep(&self, scope: &Scope<'_>) -> Vec<String> {
        let column = quote::ident(&self.column.column);
        let new = new_value(scope, self.number, &format!("t.{column}"));
        let (joins, cells) = kept::cells(scope, self.table);
        let kept = self.kept(scope);
        let mut sql = vec![format!(
            "CREATE TABLE {kept} AS SELECT m.new_id, {cells}, t.{column}::text AS old_id FROM ONLY {} t JOIN {} m ON m.new_id = {new}{joins} WHERE t.{column}::text <> m.old_id",
            quote::table(&self.column.table),
            scope.map(self.number)
        )];
        sql.extend(scope.close(&kept));
        sql
    }

    /// What joins a row `t` of the converted table to its kept spelling, known as `alias`.
    pub fn join(&self, scope: &Scope<'_>, row: &str, alias: &str) -> String {
        format!(
            " LEFT JOIN {} {alias} ON {alias}.new_id = {row}.{} AND {}",
            self.kept(scope),
            quote::ident(&self.column.column),
            kept::on(self.table, row, alias)
        )
    }

    /// The call that gives a row its spelling back.
    pub fn spelling(&self, scope: &Scope<'_>) -> String {
        format!("{}({})", self.function(scope), kept::arguments(self.table, &self.column.column))
    }

    fn function(&self, scope: &Scope<'_>) -> String {
        scope.helper(&format!("{}_s{}_old", self.number, self.place))
    }

    /// The function behind that call.
    pub fn create(&self, scope: &Scope<'_>) -> String {
        format!(
            "CREATE FUNCTION {}({}) RETURNS text LANGUAGE sql STABLE AS $rekey$\n\
             SELECT coalesce((SELECT d.old_id FROM {} d WHERE d.new_id = $1 AND {} LIMIT 1), {}($1))\n\
             $rekey$",
            self.function(scope),
            kept::takes(scope, self.table),
            self.kept(scope),
            kept::on_arguments(self.table, "d"),
            super::lookup::function(scope, self.number, "old")
        )
    }

    /// Removes function and spellings.
    pub fn remove(&self, scope: &Scope<'_>) -> Vec<String> {
        vec![
            format!("DROP FUNCTION {}({})", self.function(scope), kept::takes(scope, self.table)),
            format!("DROP TABLE {}", self.kept(scope)),
        ]
    }
}

/// A column's type is one of its own.
pub const KIND: &str = "RK-188";

/// True where a valid foreign key says that a column holds only values of the key.
pub fn tied(scope: &Scope<'_>, column: &ColumnName, number: usize) -> bool {
    maps::tied(scope, column, number)
}

/// The default that makes the UUIDs themselves, of one that makes their text.
pub fn native(default: &str) -> Option<String> {
    let call = [
        "gen_random_uuid()",
        "uuidv4()",
        "uuidv7()",
        "uuid_generate_v1()",
        "uuid_generate_v1mc()",
        "uuid_generate_v4()",
    ]
    .into_iter()
    .find(|call| default.contains(call))?;
    // Nothing but casts, and changes of the spelling, may stand around it.
    let (before, after) = default.split_once(call)?;
    let schema = before.rsplit(['(', ' ']).next().unwrap_or_default();
    let mut rest = format!("{}{after}", before.strip_suffix(schema).unwrap_or(before));
    for part in [
        "'-'::text",
        "''::text",
        "replace(",
        "lower(",
        "upper(",
        "::text",
        "::character varying",
        "::bpchar",
        "::character",
        "(",
        ")",
        ",",
    ] {
        rest = rest.replace(part, "");
    }
    let rest: String = rest.chars().filter(|letter| !letter.is_ascii_digit() && *letter != ' ').collect();
    (rest.is_empty() && !after.contains(call)).then(|| format!("{schema}{call}"))
}

/// What stands in place of a default of a column of text from now on, where that can be told.
pub fn new_default(default: &str) -> Option<String> {
    if let Some(native) = native(default) {
        return Some(native);
    }
    let (literal, cast) = default.strip_prefix('\'')?.split_once('\'')?;
    let digits = literal.chars().filter(|letter| letter.is_ascii_hexdigit()).count();
    let uuid = digits == 32 && literal.chars().all(|letter| letter.is_ascii_hexdigit() || "{}-".contains(letter));
    (uuid && cast.starts_with("::")).then(|| format!("'{literal}'::uuid"))
}

#[cfg(test)]
mod tests {
    use super::{native, new_default};

    #[test]
    fn defaults_that_make_the_text_of_a_uuid_are_known() {
        assert_eq!(native("(gen_random_uuid())::text").as_deref(), Some("gen_random_uuid()"));
        assert_eq!(
            native("(public.uuid_generate_v4())::character varying(36)").as_deref(),
            Some("public.uuid_generate_v4()")
        );
        assert_eq!(
            native("replace(upper((gen_random_uuid())::text), '-'::text, ''::text)").as_deref(),
            Some("gen_random_uuid()")
        );
        assert_eq!(native("('u-'::text || (gen_random_uuid())::text)"), None);
        assert_eq!(native("public.new_id()"), None);
        assert_eq!(
            new_default("'6BA7B810-9dad-11d1-80b4-00c04fd430c8'::character varying").as_deref(),
            Some("'6BA7B810-9dad-11d1-80b4-00c04fd430c8'::uuid")
        );
        assert_eq!(new_default("'none'::text"), None);
    }
}
