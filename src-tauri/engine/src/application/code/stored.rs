//! Queries and rows with numbers in them.

use super::patterns::{FIXTURE_INLINE, FIXTURE_KEY, FIXTURE_MODEL, SQL_INSERT, SQL_NUMBER, SQL_TABLE, SQL_WORDS};
use super::{Found, Line, Rule};

/// A query inside a program.
pub fn query(line: &Line<'_>) -> Option<Found> {
    let near = SQL_WORDS.fits(line.text) || line.around.first().is_some_and(|header| SQL_WORDS.fits(header));
    if near { sql(line) } else { None }
}

/// A line of a script.
pub fn sql(line: &Line<'_>) -> Option<Found> {
    let about = SQL_TABLE.all(line.text).iter().any(|groups| line.names.is_table(groups[1]));
    let compared = SQL_NUMBER
        .all(line.text)
        .iter()
        .any(|groups| line.names.is_id(groups[1]) || (about && groups[1].eq_ignore_ascii_case("id")));
    let inserted = SQL_INSERT.groups(line.text).is_some_and(|groups| {
        let first = groups[2].split(',').next().unwrap_or_default().trim().trim_matches(['"', '`']);
        line.names.is_table(groups[1]) && (first.is_empty() || line.names.is_id(first) || first == "id")
    });
    (compared || inserted).then_some(Found { rule: Rule::RawSql, after: None })
}

/// A line of a file with rows. Files that are no fixtures hold numbers of every kind, so the
/// file must be called one or name the model.
pub fn fixture(line: &Line<'_>, path: &str) -> Option<Found> {
    let called = ["fixture", "seed", "testdata", "mock"].iter().any(|word| path.to_lowercase().contains(word));
    if !called || line.text.len() > 4_000 {
        return None;
    }
    let model = model_of(line);
    let known = model.map(|model| line.names.is_model(model.rsplit('.').next().unwrap_or(model)));
    let pairs = FIXTURE_KEY.groups(line.text).into_iter().chain(FIXTURE_INLINE.all(line.text));
    let hit = pairs.into_iter().any(|groups| match (known, groups[1]) {
        (Some(known), "pk" | "id") => known,
        (None, word) => line.is_id(word),
        // A reference of a fixture of Django's is called after what it leads to.
        (Some(_), word) => line.names.is_id(word) || line.names.is_id(&format!("{word}_id")),
    });
    hit.then_some(Found { rule: Rule::Fixture, after: None })
}

// A fixture of Django's names the model beside the key, before or after it.
fn model_of<'t>(line: &Line<'t>) -> Option<&'t str> {
    let name = |text: &&'t str| FIXTURE_MODEL.groups(text).map(|groups| groups[1]);
    let ends = |text: &&&str| !text.trim_start().starts_with(['}', '-', '{']);
    name(&line.text)
        .or_else(|| line.before.iter().rev().take(40).find_map(name))
        .or_else(|| line.rest.iter().take(3).take_while(ends).find_map(name))
}
