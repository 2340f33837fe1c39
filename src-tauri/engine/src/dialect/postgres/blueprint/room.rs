//! What the columns of a key can hold: a reference may be narrower than the key. No column held
//! more than it can before the conversion, but rows that were written since may point anywhere.

use std::collections::BTreeSet;

use super::super::quote;
use super::convert::Way;
use super::scope::Scope;
use super::{scattered, text};
use crate::schema::{Column, ColumnKind, ColumnName};

const RULE: &str = "RK-196";

/// The highest number that a column can hold.
pub fn highest(column: &Column) -> i128 {
    match column.base_type().trim_end_matches("[]") {
        "smallint" => i128::from(i16::MAX),
        "integer" => i128::from(i32::MAX),
        "bigint" => i128::from(i64::MAX),
        // Of `numeric(12,0)` twelve digits.
        name => {
            let digits = name.strip_prefix("numeric(").and_then(|rest| rest.split(',').next()?.parse().ok());
            digits.and_then(|digits| 10_i128.checked_pow(digits)).map_or(i128::MAX, |first| first - 1)
        }
    }
}

/// Every column that holds ids of a conversion, in order of name.
fn columns<'s>(scope: &'s Scope<'_>, number: usize) -> impl Iterator<Item = (&'s ColumnName, &'s Column)> {
    let of_several = scope.scattered.iter();
    let scattered =
        of_several.filter(move |name| scope.columns.get(*name).is_some_and(|held| held.numbers().contains(&number)));
    let all: BTreeSet<&ColumnName> = scope.members(number).iter().chain(scattered).collect();
    all.into_iter().filter_map(|name| Some((name, scope.column(name)?)))
}

/// The highest numbers that the narrowest and the widest column of a conversion can hold, its
/// root included where that stays as it is.
pub fn limits(scope: &Scope<'_>, number: usize) -> (i128, i128) {
    let root = scope.conversions.get(number).and_then(|conversion| scope.column(&conversion.root));
    let all: Vec<i128> = columns(scope, number).map(|(_, column)| column).chain(root).map(highest).collect();
    let (least, most) = (all.iter().min(), all.iter().max());
    (least.copied().unwrap_or(i128::MAX), most.copied().unwrap_or(i128::MAX))
}

/// How many characters every column of a conversion can hold, where that is limited.
pub fn characters(scope: &Scope<'_>, number: usize) -> Option<u32> {
    columns(scope, number).filter_map(|(_, column)| text::limit(column)).min()
}

/// Every query that gives values of a conversion, with its column.
fn sources(scope: &Scope<'_>, number: usize) -> Vec<(ColumnName, String)> {
    let own = scope.sources(number).into_iter();
    let own = own.map(|name| (name.clone(), super::maps::select(scope, name, "new_id", "")));
    own.chain(scattered::sources(scope, number, Way::Back)).collect()
}

/// Every UUID that stands for a row of a conversion now. Where columns differ in what they can
/// hold, each comes with the highest number that all columns which hold it can hold.
pub fn held(scope: &Scope<'_>, number: usize) -> String {
    let (least, most) = limits(scope, number);
    let parts = sources(scope, number).into_iter().map(|(name, query)| match scope.column(&name) {
        Some(column) if least < most => {
            format!("SELECT s.new_id, {}::numeric AS most FROM ({query}) s", highest(column))
        }
        Some(_) | None => query,
    });
    let all = parts.collect::<Vec<_>>().join("\nUNION\n");
    if least < most { format!("SELECT u.new_id, min(u.most) AS most FROM (\n{all}\n) u GROUP BY 1") } else { all }
}

/// The function that ends an undo with a reason.
pub fn create(scope: &Scope<'_>) -> String {
    format!(
        "CREATE FUNCTION {}(text) RETURNS bigint LANGUAGE plpgsql AS $rekey$\nBEGIN\nRAISE EXCEPTION '%', $1 USING ERRCODE = '{REFUSED}';\nEND\n$rekey$",
        function(scope)
    )
}

/// Removes it.
pub fn remove(scope: &Scope<'_>) -> String {
    format!("DROP FUNCTION {}(text)", function(scope))
}

/// The code of its error.
pub const REFUSED: &str = "RK000";

fn function(scope: &Scope<'_>) -> String {
    scope.helper("refuse")
}

/// Stands for the number of a row where none is left.
pub fn none_left(scope: &Scope<'_>, number: usize) -> String {
    let root = scope.conversions.get(number).map(|one| one.root.to_string()).unwrap_or_default();
    let narrowest = columns(scope, number).min_by_key(|(_, column)| highest(column));
    let narrowest = narrowest.map(|(name, column)| format!("{name}, {}", column.type_name)).unwrap_or_default();
    let told = format!(
        "{RULE} {root}: rows were written since, and no number is left for all of them (the narrowest column is {narrowest}). Remove some of those rows, then undo again"
    );
    format!("{}({})", function(scope), quote::literal(&told))
}

/// Ends the undo before anything is taken away where a column holds ids whose old value it
/// cannot hold, and says which.
pub fn check(scope: &Scope<'_>, number: usize) -> Option<String> {
    let map = scope.map(number);
    let narrow = sources(scope, number).into_iter().filter_map(|(name, query)| {
        let column = scope.column(&name)?;
        let misfits = misfits(scope, number, &name, column)?;
        let told = format!(
            "{RULE} {name}: {{1}} of its values cannot go back to {}, among them the one that stands for {{2}} (now {{3}}). Rows written since lead there. Give them another value or remove them, then undo again",
            column.type_name
        );
        // What a name holds must not be read as a place.
        let told = told.replace('%', "%%").replace("{1}", "%1$s").replace("{2}", "%2$s").replace("{3}", "%3$s");
        Some(format!(
            "SELECT format({}, count(*), min(m.old_id), min(m.new_id::text)) AS told FROM {map} m JOIN ({query}) v ON v.new_id = m.new_id WHERE {misfits} HAVING count(*) > 0",
            quote::literal(&told)
        ))
    });
    let narrow: Vec<String> = narrow.collect();
    (!narrow.is_empty()).then(|| {
        format!(
            "SELECT {}(string_agg(f.told, E'\\n')) FROM (\n{}\n) f HAVING count(*) > 0",
            function(scope),
            narrow.join("\nUNION ALL\n")
        )
    })
}

// The condition under which an old id has no room in a column; none where all have.
fn misfits(scope: &Scope<'_>, number: usize, name: &ColumnName, column: &Column) -> Option<String> {
    if text::is_text(scope, number) {
        let room = text::limit(column)?;
        let wider = columns(scope, number).any(|(_, other)| text::limit(other).is_none_or(|limit| limit > room));
        // Rows that are spelt in their own way get that spelling back.
        let own = text::deviation(scope, name).is_some();
        return (wider && !own).then(|| format!("char_length(m.old_id) > {room}"));
    }
    let most = highest(column);
    let lowest = if column.kind == ColumnKind::Numeric { -most } else { -most - 1 };
    (most < limits(scope, number).1).then(|| format!("m.old_id NOT BETWEEN {lowest} AND {most}"))
}
