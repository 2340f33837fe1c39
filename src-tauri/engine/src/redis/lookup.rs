//! Old and new ids, looked up in the map where it lies. Only the ids of the keys at hand are
//! asked for, so that memory does not grow with the data.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::domain::{Direction, Domain, Domains, Shape, is_uuid};
use crate::dialect::{Connection, Database};
use crate::error::Result;
use crate::plan::Storage;

/// How many ids one query asks for.
const AT_ONCE: usize = 10_000;

/// Ids that are to be translated, by domain; one may be among them more than once.
pub type Wanted<'a> = BTreeMap<usize, Vec<&'a str>>;

/// What is known of ids.
#[derive(Debug, Default)]
pub struct Found {
    // True for the way back, where all ids are UUIDs.
    back: bool,
    translated: HashMap<usize, HashMap<String, String>>,
    already: HashMap<usize, HashSet<String>>,
}

/// What becomes of an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate<'a> {
    /// This one takes its place.
    Becomes(&'a str),
    /// It is one of those that others become: nothing is left to do.
    Already,
    /// The map does not know it.
    Unmapped,
}

impl Found {
    /// What becomes of an id.
    pub fn fate(&self, domain: usize, id: &str) -> Fate<'_> {
        let known = if self.back { in_small_letters(id) } else { id.into() };
        match self.translated.get(&domain).and_then(|ids| ids.get(known.as_ref())) {
            Some(other) if other == id => Fate::Already,
            Some(other) => Fate::Becomes(other),
            None if self.already.get(&domain).is_some_and(|ids| ids.contains(in_small_letters(id).as_ref())) => {
                Fate::Already
            }
            None => Fate::Unmapped,
        }
    }
}

/// The way to the map.
pub struct Lookup<'a> {
    database: &'a dyn Database,
    connection: Box<dyn Connection>,
    domains: &'a Domains,
    direction: Direction,
}

impl<'a> Lookup<'a> {
    /// A way over this connection.
    pub fn new(
        database: &'a dyn Database,
        connection: Box<dyn Connection>,
        domains: &'a Domains,
        direction: Direction,
    ) -> Self {
        Lookup { database, connection, domains, direction }
    }

    /// Looks ids up.
    ///
    /// # Errors
    /// When the map cannot be read.
    pub async fn find(&mut self, wanted: &Wanted<'_>) -> Result<Found> {
        let mut found = Found { back: self.direction == Direction::Back, ..Found::default() };
        for (number, ids) in wanted {
            let Some(domain) = self.domains.get(*number) else { continue };
            // No product keeps the byte 0 in a text; see also `id_at`.
            let ids = ids.iter().filter(|id| !id.contains('\0'));
            let mut ids: Vec<Cow<'_, str>> =
                ids.map(|id| if found.back { in_small_letters(id) } else { (*id).into() }).collect();
            ids.sort_unstable();
            ids.dedup();
            let ids: Vec<&str> = ids.iter().map(AsRef::as_ref).collect();
            let mut translated = HashMap::with_capacity(ids.len());
            // Numbers wider than the column would have it compared as something wider, past its index.
            let wide = |id: &&str| domain.old == Shape::Int && !found.back && id.parse::<i64>().is_err();
            let (wide, usual): (Vec<&str>, Vec<&str>) = ids.iter().copied().partition(wide);
            for some in usual.chunks(AT_ONCE).chain(wide.chunks(AT_ONCE)) {
                let question = self.question(domain, self.direction, some);
                self.collect(&question, &mut translated).await?;
            }
            // A text may be an id of either side.
            if self.direction == Direction::Forward && domain.old == Shape::Text {
                let open: Vec<&str> =
                    ids.iter().copied().filter(|id| is_uuid(id.as_bytes()) && !translated.contains_key(*id)).collect();
                let mut back = HashMap::new();
                for some in open.chunks(AT_ONCE) {
                    let question = self.question(domain, Direction::Back, some);
                    self.collect(&question, &mut back).await?;
                }
                found.already.insert(*number, back.into_keys().collect());
            }
            found.translated.insert(*number, translated);
        }
        Ok(found)
    }

    async fn collect(&mut self, question: &str, found: &mut HashMap<String, String>) -> Result<()> {
        // No more rows than were asked for; to hand each over by itself takes longer than to find it.
        for row in self.connection.query(question).await? {
            if let Ok([Some(from), Some(to)]) = <[Option<String>; 2]>::try_from(row) {
                found.insert(from, to);
            }
        }
        Ok(())
    }

    fn question(&self, domain: &Domain, direction: Direction, ids: &[&str]) -> String {
        let old = self.database.id_text("m.old_id");
        let new = self.database.uuid_text(domain.storage, "m.new_id");
        let (column, from, to) = match direction {
            Direction::Forward => ("m.old_id", &old, &new),
            Direction::Back => ("m.new_id", &new, &old),
        };
        let mut question = format!("SELECT {from}, {to} FROM {} m WHERE {column} IN (", domain.map);
        for (place, id) in ids.iter().enumerate() {
            question.push_str(if place == 0 { "" } else { ", " });
            question.push_str(&self.spelt(domain, direction, id));
        }
        question.push(')');
        question
    }

    // As the map spells it: whole numbers and UUIDs hold nothing that needs quotes.
    fn spelt<'b>(&self, domain: &Domain, direction: Direction, id: &'b str) -> Cow<'b, str> {
        match (direction, domain.old, domain.storage) {
            (Direction::Forward, Shape::Int, _) => id.into(),
            (Direction::Forward, Shape::Text | Shape::Uuid, _) => self.database.literal(id).into(),
            (Direction::Back, _, Storage::Binary16) => format!("x'{}'", id.replace('-', "")).into(),
            (Direction::Back, _, Storage::Uuid | Storage::Char36) => {
                self.database.literal(&in_small_letters(id)).into()
            }
        }
    }
}

// As every map spells its UUIDs. Some programs write them in capital letters.
fn in_small_letters(id: &str) -> Cow<'_, str> {
    if id.bytes().any(|byte| byte.is_ascii_uppercase()) { id.to_ascii_lowercase().into() } else { id.into() }
}
