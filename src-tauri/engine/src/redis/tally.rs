//! What a rewrite found and did, as it is printed and kept.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::rule::Rule;

/// How many names are listed of each kind; the numbers count all of them.
const LISTED: usize = 1_000;
/// How many examples are shown.
const EXAMPLES: usize = 10;

/// Counts of one rule, or of all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Counts {
    /// Names, members, fields, values or items in which an id stands where the rule says.
    #[ts(type = "number")]
    pub matched: u64,
    /// Rewritten; in a dry run, those that would be.
    #[ts(type = "number")]
    pub rewritten: u64,
    /// Keys removed by rules that say so.
    #[ts(type = "number")]
    pub deleted: u64,
    /// Left alone, since the map does not know the id.
    #[ts(type = "number")]
    pub unmapped: u64,
    /// Left alone, since what they would become is there already with other content.
    #[ts(type = "number")]
    pub conflicts: u64,
    /// Left alone, since the server could not do it or they are of another kind than the rule.
    #[ts(type = "number")]
    pub skipped: u64,
}

impl Counts {
    fn add(&mut self, other: Counts) {
        self.matched += other.matched;
        self.rewritten += other.rewritten;
        self.deleted += other.deleted;
        self.unmapped += other.unmapped;
        self.conflicts += other.conflicts;
        self.skipped += other.skipped;
    }
}

/// One rule with its counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct RuleCounts {
    /// The option that gave it.
    pub option: &'static str,
    /// Its text.
    pub rule: String,
    /// Its counts.
    #[serde(flatten)]
    pub counts: Counts,
}

/// How something looks before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Example {
    /// Before.
    pub before: String,
    /// After.
    pub after: String,
}

/// A key that was left alone, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Skipped {
    /// The key.
    pub key: String,
    /// Why.
    pub reason: String,
}

/// What is known so far. What is left alone is counted by the last pass alone, since every pass
/// sees it again.
#[derive(Debug, Clone)]
pub struct Tally {
    rules: Vec<RuleCounts>,
    // What this pass left alone, by rule.
    left: Vec<Counts>,
    /// The first ten, before and after.
    pub examples: Vec<Example>,
    /// Keys, or elements of keys, that the map does not know.
    pub unmapped: Vec<String>,
    /// Keys whose new name is taken.
    pub conflicts: Vec<Example>,
    /// Keys that could not be done.
    pub skipped: Vec<Skipped>,
    /// Changes of this pass.
    pub changed: u64,
}

impl Tally {
    /// Nothing yet.
    pub fn new(rules: &[Rule]) -> Self {
        let counts = |rule: &Rule| RuleCounts {
            option: rule.written.kind.option(),
            rule: rule.written.text.clone(),
            counts: Counts::default(),
        };
        Tally {
            rules: rules.iter().map(counts).collect(),
            left: vec![Counts::default(); rules.len()],
            examples: Vec::new(),
            unmapped: Vec::new(),
            conflicts: Vec::new(),
            skipped: Vec::new(),
            changed: 0,
        }
    }

    /// Begins another pass.
    pub fn begin(&mut self) {
        self.left.fill(Counts::default());
        self.unmapped.clear();
        self.conflicts.clear();
        self.skipped.clear();
        self.changed = 0;
    }

    /// Takes over what another one, of the same rules and the same pass, counted, and leaves it empty.
    pub fn take(&mut self, other: &mut Tally) {
        for (rule, others) in self.rules.iter_mut().zip(&mut other.rules) {
            rule.counts.add(std::mem::take(&mut others.counts));
        }
        for (left, others) in self.left.iter_mut().zip(&mut other.left) {
            left.add(std::mem::take(others));
        }
        up_to(EXAMPLES, &mut self.examples, &mut other.examples);
        up_to(LISTED, &mut self.unmapped, &mut other.unmapped);
        up_to(LISTED, &mut self.conflicts, &mut other.conflicts);
        up_to(LISTED, &mut self.skipped, &mut other.skipped);
        self.changed += std::mem::take(&mut other.changed);
    }

    /// Something was rewritten, or would be.
    pub fn rewritten(&mut self, rule: usize, before: &[u8], after: &[u8]) {
        self.done(rule, |counts| counts.rewritten += 1);
        if self.examples.len() < EXAMPLES {
            self.examples.push(Example { before: shown(before), after: shown(after) });
        }
    }

    /// A key was removed, or would be.
    pub fn deleted(&mut self, rule: usize, key: &[u8]) {
        self.done(rule, |counts| counts.deleted += 1);
        if self.examples.len() < EXAMPLES {
            self.examples.push(Example { before: shown(key), after: String::new() });
        }
    }

    /// The map does not know an id.
    pub fn unmapped(&mut self, rule: usize, key: &[u8]) {
        self.leave(rule, |counts| counts.unmapped += 1);
        if self.unmapped.len() < LISTED {
            self.unmapped.push(shown(key));
        }
    }

    /// What it would become is there already.
    pub fn conflict(&mut self, rule: usize, before: &[u8], after: &[u8]) {
        self.leave(rule, |counts| counts.conflicts += 1);
        if self.conflicts.len() < LISTED {
            self.conflicts.push(Example { before: shown(before), after: shown(after) });
        }
    }

    /// It could not be done.
    pub fn skipped(&mut self, rule: usize, key: &[u8], reason: &str) {
        self.leave(rule, |counts| counts.skipped += 1);
        if self.skipped.len() < LISTED {
            self.skipped.push(Skipped { key: shown(key), reason: reason.to_owned() });
        }
    }

    /// The counts of each rule.
    pub fn rules(&self) -> Vec<RuleCounts> {
        let mut rules = self.rules.clone();
        for (rule, left) in rules.iter_mut().zip(&self.left) {
            rule.counts.add(*left);
        }
        rules
    }

    /// The counts of all rules together.
    pub fn total(&self) -> Counts {
        let mut total = Counts::default();
        for rule in self.rules() {
            total.add(rule.counts);
        }
        total
    }

    fn done(&mut self, rule: usize, count: impl Fn(&mut Counts)) {
        self.changed += 1;
        if let Some(rule) = self.rules.get_mut(rule) {
            rule.counts.matched += 1;
            count(&mut rule.counts);
        }
    }

    fn leave(&mut self, rule: usize, count: impl Fn(&mut Counts)) {
        if let Some(left) = self.left.get_mut(rule) {
            left.matched += 1;
            count(left);
        }
    }
}

// No more than so many of both.
fn up_to<T>(most: usize, ours: &mut Vec<T>, theirs: &mut Vec<T>) {
    ours.append(theirs);
    ours.truncate(most);
}

/// A key or a value as text: bytes that are none, and what could play tricks on a terminal, as
/// `\xff`.
pub fn shown(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for letter in chunk.valid().chars() {
            match letter {
                '\\' => text.push_str("\\\\"),
                letter if letter.is_control() => {
                    let mut buffer = [0; 4];
                    letter.encode_utf8(&mut buffer).bytes().for_each(|byte| text.push_str(&format!("\\x{byte:02x}")));
                }
                letter => text.push(letter),
            }
        }
        chunk.invalid().iter().for_each(|byte| text.push_str(&format!("\\x{byte:02x}")));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redis::domain::Domains;
    use crate::redis::rule::{Kind, Written};

    #[test]
    fn what_is_left_is_counted_once_and_what_is_done_by_every_pass() {
        let written = Written { kind: Kind::Names, text: "u:{public.users.id}".to_owned() };
        let rules = [Rule::read(&written, &Domains::named_for_tests(&["public.users.id"])).expect("rule")];
        let mut tally = Tally::new(&rules);
        tally.rewritten(0, b"u:1", b"u:a");
        tally.unmapped(0, b"u:2");
        tally.conflict(0, b"u:3", b"u:c");
        assert_eq!((tally.total().matched, tally.changed), (3, 1));
        tally.begin();
        tally.unmapped(0, b"u:2");
        let total = tally.total();
        assert_eq!((total.matched, total.rewritten, total.unmapped, total.conflicts), (2, 1, 1, 0));
        assert_eq!((tally.changed, tally.unmapped.len(), tally.conflicts.len()), (0, 1, 0));
    }

    #[test]
    fn what_two_counted_is_told_once() {
        let written = Written { kind: Kind::Names, text: "u:{public.users.id}".to_owned() };
        let rules = [Rule::read(&written, &Domains::named_for_tests(&["public.users.id"])).expect("rule")];
        let (mut all, mut one) = (Tally::new(&rules), Tally::new(&rules));
        for number in 0..12_u8 {
            all.rewritten(0, &[b'a', number], b"x");
            one.rewritten(0, &[b'b', number], b"y");
            one.skipped(0, &[b'c', number], "why");
        }
        one.unmapped(0, b"u:2");
        one.conflict(0, b"u:3", b"u:c");
        all.take(&mut one);
        let total = all.total();
        assert_eq!(
            (total.matched, total.rewritten, total.unmapped, total.conflicts, total.skipped),
            (38, 24, 1, 1, 12)
        );
        assert_eq!((all.changed, all.examples.len(), all.skipped.len()), (24, EXAMPLES, 12));
        assert_eq!((all.unmapped.len(), all.conflicts.len()), (1, 1));
        // What was taken is not counted again.
        all.take(&mut one);
        assert_eq!((all.total(), all.changed), (total, 24));
    }

    #[test]
    fn what_is_no_text_is_spelt_out() {
        assert_eq!(shown(b"a\xff\x00\\\x1b[31m"), "a\\xff\\x00\\\\\\x1b[31m");
        assert_eq!(shown("é".as_bytes()), "é");
    }
}
