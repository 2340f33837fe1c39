//! Which ids the templates of a scan hold, by the names that stand before them and by how many
//! of those that were seen the database knows. A proposal: people decide.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde::Serialize;
use ts_rs::TS;

use super::domain::{Domains, Shape};
use super::scan::{Found, TemplateFound};
use super::segment::{Segment, segments};
use crate::dialect::{Connection, Database};
use crate::error::Result;
use crate::plan::{Conversion, ConversionKind, Plan};

/// How many templates are looked into, the most frequent ones.
const LOOKED_INTO: usize = 100;
/// How many ids one query asks for.
const AT_ONCE: usize = 2_000;

/// Where old ids are looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ids {
    /// In the keys, before the run.
    Keys,
    /// In the maps, after it.
    Map,
}

/// A template and whose ids may stand in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Proposal {
    /// As the scan wrote it.
    pub template: String,
    /// Its segments that look like ids, from left to right.
    pub slots: Vec<Slot>,
}

/// One place of a template in which something like an id stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Slot {
    /// How it stands in the template: `{int}`, `{uuid}` or `{token}`.
    pub segment: String,
    /// How many different ids were looked up.
    #[ts(type = "number")]
    pub looked: u64,
    /// The columns that know some of them or whose name stands before it, the likeliest first.
    pub candidates: Vec<Candidate>,
    /// The one that both speak for.
    pub proposed: Option<String>,
}

/// A column whose ids may stand in a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Candidate {
    /// The root of a domain, as rules name it.
    pub column: String,
    /// How many of the ids that were looked up it knows.
    #[ts(type = "number")]
    pub known: u64,
    /// True where its name, or that of a reference to it, stands before the place.
    pub named: bool,
}

/// Says for the most frequent templates whose ids they may hold.
///
/// # Errors
/// When the database cannot be read.
pub async fn propose(
    database: &dyn Database,
    connection: &mut dyn Connection,
    plan: &Plan,
    ids: Ids,
    found: &Found,
) -> Result<Vec<Proposal>> {
    let places: Vec<(&TemplateFound, Vec<Place>)> = found
        .templates
        .iter()
        // A rule cannot name bytes that are no text.
        .filter(|one| !one.template.contains('\\'))
        .map(|one| (one, places(one)))
        .filter(|(_, places)| !places.is_empty())
        .take(LOOKED_INTO)
        .collect();
    let domains = Domains::of(database, plan);
    let mut known = Vec::with_capacity(plan.conversions.len());
    for (number, conversion) in plan.conversions.iter().enumerate() {
        let fitting = places.iter().flat_map(|(_, places)| places).filter(|place| place.fits(conversion));
        let wanted: BTreeSet<&str> = fitting.flat_map(|place| &place.ids).map(String::as_str).collect();
        let map = domains.get(number).map(|domain| domain.map.clone()).unwrap_or_default();
        let source = source(database, conversion, ids, map);
        known.push(look(database, connection, &source, conversion, &wanted).await?);
    }
    let proposal = |(found, places): (&TemplateFound, Vec<Place>)| Proposal {
        template: found.template.clone(),
        slots: places.iter().map(|place| slot(place, plan, &known)).collect(),
    };
    Ok(places.into_iter().map(proposal).collect())
}

// One place of a template: the words before it and the ids that were seen in it.
struct Place {
    segment: Segment,
    words: Vec<String>,
    ids: BTreeSet<String>,
}

impl Place {
    fn fits(&self, conversion: &Conversion) -> bool {
        match shape(conversion) {
            Shape::Int => self.segment == Segment::Int,
            Shape::Text | Shape::Uuid => true,
        }
    }
}

fn shape(conversion: &Conversion) -> Shape {
    match conversion.kind {
        ConversionKind::IntToUuid | ConversionKind::Repoint => Shape::Int,
        ConversionKind::TextToUuid => Shape::Text,
    }
}

fn places(found: &TemplateFound) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for key in &found.keys {
        let mut at = 0;
        for (number, (segment, span)) in segments(key).into_iter().enumerate() {
            let id = String::from_utf8_lossy(&key[span.clone()]).into_owned();
            match places.get_mut(number) {
                Some(place) => {
                    place.ids.insert(id);
                }
                None => places.push(Place { segment, words: words(&key[at..span.start]), ids: [id].into() }),
            }
            at = span.end;
        }
    }
    places
}

fn words(text: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(text)
        .to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(singular)
        .collect()
}

// As far as names of keys and tables go: categories, boxes, users, address.
fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    let es = ["ses", "xes", "zes", "ches", "shes"].iter().any(|end| word.ends_with(end));
    let cut = if es && word.len() > 4 { 2 } else { usize::from(word.ends_with('s') && !word.ends_with("ss")) };
    word[..word.len() - cut].to_owned()
}

// What is selected from, and the column.
struct Source {
    from: String,
    column: String,
}

fn source(database: &dyn Database, conversion: &Conversion, ids: Ids, map: String) -> Source {
    match ids {
        Ids::Map => Source { from: map, column: "m.old_id".to_owned() },
        Ids::Keys => {
            let root = &conversion.root;
            let (schema, table) = (database.quote(&root.table.schema), database.quote(&root.table.name));
            Source { from: format!("{schema}.{table}"), column: format!("m.{}", database.quote(&root.column)) }
        }
    }
}

async fn look(
    database: &dyn Database,
    connection: &mut dyn Connection,
    source: &Source,
    conversion: &Conversion,
    wanted: &BTreeSet<&str>,
) -> Result<HashSet<String>> {
    let spelt = |id: &&str| match shape(conversion) {
        // What no key can hold would only make the server complain.
        Shape::Int => id.parse::<i64>().ok().map(|id| id.to_string()),
        Shape::Text | Shape::Uuid => Some(database.literal(id)),
    };
    let spelt: Vec<String> = wanted.iter().filter_map(spelt).collect();
    let mut known = HashSet::new();
    for some in spelt.chunks(AT_ONCE) {
        let text = database.id_text(&source.column);
        let question = format!("SELECT {text} FROM {} m WHERE {} IN ({})", source.from, source.column, some.join(", "));
        connection.stream(&question, &mut |row| known.extend(row.into_iter().flatten())).await?;
    }
    Ok(known)
}

fn slot(place: &Place, plan: &Plan, known: &[HashSet<String>]) -> Slot {
    let mut ranked: Vec<(u32, Candidate)> = plan
        .conversions
        .iter()
        .zip(known)
        .filter(|(conversion, _)| place.fits(conversion))
        .map(|(conversion, known)| {
            let known = place.ids.iter().filter(|id| known.contains(*id)).count();
            let likeness = likeness(&place.words, conversion);
            let known = u64::try_from(known).unwrap_or(u64::MAX);
            (likeness, Candidate { column: conversion.root.to_string(), known, named: likeness > 0 })
        })
        .filter(|(likeness, candidate)| *likeness > 0 || candidate.known > 0)
        .collect();
    ranked.sort_by_key(|one| std::cmp::Reverse((one.0, one.1.known)));
    let proposed = ranked.iter().map(|(_, one)| one).find(|one| one.named && one.known > 0);
    Slot {
        segment: place.segment.word().to_owned(),
        looked: u64::try_from(place.ids.len()).unwrap_or(u64::MAX),
        proposed: proposed.map(|one| one.column.clone()),
        candidates: ranked.into_iter().map(|(_, candidate)| candidate).collect(),
    }
}

// How much the words before a place speak for a domain: the table's whole name most, then the
// columns that refer to it, then a part of the name; the nearest word more than the others.
fn likeness(words: &[String], conversion: &Conversion) -> u32 {
    let table = self::words(conversion.root.table.name.as_bytes());
    let mut names: BTreeMap<String, u32> = table.iter().map(|word| (word.clone(), 2)).collect();
    for member in &conversion.members {
        let column = member.column.column.to_lowercase();
        if let Some(stem) = column.strip_suffix("_id").or_else(|| column.strip_suffix("id")) {
            let stem = stem.trim_end_matches('_');
            names.insert(singular(stem), 4);
        }
    }
    names.insert(table.concat(), 6);
    names.remove("");
    let last = words.len().saturating_sub(1);
    let whole = words.concat();
    let of = |(at, word): (usize, &String)| names.get(word).map(|value| value + u32::from(at == last));
    words.iter().enumerate().filter_map(of).chain(names.get(&whole).map(|value| value + 1)).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_in_the_singular() {
        for (word, expected) in
            [("users", "user"), ("categories", "category"), ("boxes", "box"), ("address", "address"), ("s", "")]
        {
            assert_eq!(singular(word), expected, "{word}");
        }
        assert_eq!(words(b"v1:User_Sessions:"), ["v1", "user", "session"]);
    }

    #[test]
    fn places_hold_the_words_before_them_and_what_was_seen() {
        let keys = vec![b"user:5:order:7".to_vec(), b"user:6:order:7".to_vec()];
        let found = TemplateFound {
            template: "user:{int}:order:{int}".to_owned(),
            count: 2,
            estimated: 2,
            kind: "string".to_owned(),
            examples: Vec::new(),
            ttl: "none",
            keys,
        };
        let places = places(&found);
        let told: Vec<_> = places.iter().map(|place| (place.words.join(" "), place.ids.len())).collect();
        assert_eq!(told, [("user".to_owned(), 2), ("order".to_owned(), 1)]);
    }
}
