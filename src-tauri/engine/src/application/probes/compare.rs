//! Answers from after a run beside those from before it.

use serde::Serialize;
use ts_rs::TS;

use super::{Answered, Held, Snapshot};

/// An answer that takes this many times as long is slower, where it is also noticed.
const SLOWER: u64 = 2;
const NOTICED_MILLISECONDS: u64 = 50;

/// What became of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Judgement {
    /// As it should be.
    Good,
    /// As it should be, with something to look at.
    Look,
    /// Not as it should be.
    Bad,
}

/// One question before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Compared {
    /// What it is called.
    pub name: String,
    /// What became of it.
    pub judgement: Judgement,
    /// What there is to say, in sentences.
    pub remarks: Vec<String>,
    /// The answer before, where it was asked then.
    pub before: Option<Answered>,
    /// The answer now.
    pub after: Answered,
}

/// All questions before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Comparison {
    /// The worst of all.
    pub judgement: Judgement,
    /// When it was asked before.
    pub before: String,
    /// When it was asked now.
    pub after: String,
    /// Each question.
    pub probes: Vec<Compared>,
}

/// Compares the answers.
pub fn compare(before: &Snapshot, after: &Snapshot) -> Comparison {
    let mut probes: Vec<Compared> = after
        .answers
        .iter()
        .map(|now| one(before.answers.iter().find(|then| then.name == now.name && then.path == now.path), now))
        .collect();
    let gone = before.answers.iter().filter(|then| !after.answers.iter().any(|now| now.name == then.name));
    if let (Some(first), Some(gone)) =
        (probes.first_mut(), gone.map(|then| then.name.as_str()).reduce(|first, _| first))
    {
        first.judgement = first.judgement.max(Judgement::Look);
        first.remarks.push(format!("'{gone}' was asked before and is no longer asked."));
    }
    let judgement = probes.iter().map(|probe| probe.judgement).max().unwrap_or(Judgement::Bad);
    Comparison { judgement, before: before.taken.clone(), after: after.taken.clone(), probes }
}

fn one(before: Option<&Answered>, now: &Answered) -> Compared {
    let mut told = Told { judgement: Judgement::Good, remarks: Vec::new() };
    if let Some(trouble) = &now.trouble {
        let remedy = now.remedy.as_deref().unwrap_or_default();
        told.say(Judgement::Bad, format!("It is not answered as it should: {trouble}. {remedy}").trim().to_owned());
    }
    match before {
        None => told.say(Judgement::Look, "It was not asked before, so there is nothing to compare with.".to_owned()),
        Some(then) => {
            if !then.is_expected() {
                told.say(Judgement::Look, "Its answer was not as expected before the run either.".to_owned());
            }
            told.slower(then.milliseconds, now.milliseconds);
        }
    }
    for held in &now.values {
        let then = before.and_then(|then| then.values.iter().find(|then| then.path == held.path));
        told.ids(then, held);
    }
    let Told { judgement, remarks } = told;
    Compared { name: now.name.clone(), judgement, remarks, before: before.cloned(), after: now.clone() }
}

struct Told {
    judgement: Judgement,
    remarks: Vec<String>,
}

impl Told {
    fn say(&mut self, judgement: Judgement, remark: String) {
        self.judgement = self.judgement.max(judgement);
        self.remarks.push(remark);
    }

    fn slower(&mut self, before: Option<u64>, after: Option<u64>) {
        let (Some(before), Some(after)) = (before, after) else { return };
        if after > before.saturating_mul(SLOWER) && after - before > NOTICED_MILLISECONDS {
            let remark = format!(
                "It took {before} ms before and {after} ms now. Right after a start that may be the first look at everything; ask again."
            );
            self.say(Judgement::Look, remark);
        }
    }

    fn ids(&mut self, before: Option<&Held>, after: &Held) {
        let path = &after.path;
        let were = before.map_or(0, |before| before.numbers);
        let had = before.map_or(0, |before| before.numbers + before.uuids + before.others);
        let found = after.uuids + after.numbers + after.others;
        if after.is_uuids() {
            let became = if were > 0 { ", which were numbers before" } else { "" };
            return self.say(Judgement::Good, format!("{path} holds {} UUIDs{became}.", after.uuids));
        }
        if found == 0 {
            let judgement = if had > 0 { Judgement::Bad } else { Judgement::Look };
            let then = if had > 0 { format!(" and {had} before") } else { String::new() };
            return self.say(judgement, format!("{path} holds no id now{then}, so nothing is known of it."));
        }
        let examples = after.examples.join(", ");
        let what = match (after.numbers, after.others) {
            (numbers, 0) => format!("{numbers} numbers"),
            (0, others) => format!("{others} values that are no UUIDs"),
            (numbers, others) => format!("{numbers} numbers and {others} other values that are no UUIDs"),
        };
        self.say(
            Judgement::Bad,
            format!("{path} holds {what} ({examples}). The application still answers with old ids, from a cache, or from a table that was not converted."),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(uuids: usize, numbers: usize) -> Held {
        Held { path: "$.id".to_owned(), uuids, numbers, ..Held::default() }
    }

    fn answers(milliseconds: u64, held: Held, status: u16) -> Snapshot {
        let answer = Answered {
            name: "users".to_owned(),
            path: "/users".to_owned(),
            expected: 200,
            status: Some(status),
            milliseconds: Some(milliseconds),
            values: vec![held],
            trouble: (status != 200).then(|| "broken".to_owned()),
            remedy: None,
        };
        Snapshot { format: 1, taken: String::new(), base: String::new(), answers: vec![answer] }
    }

    fn judged(before: &Snapshot, after: &Snapshot) -> (Judgement, String) {
        let comparison = compare(before, after);
        (comparison.judgement, comparison.probes[0].remarks.join(" "))
    }

    #[test]
    fn numbers_must_have_become_uuids() {
        let before = answers(10, held(0, 5), 200);
        let (good, said) = judged(&before, &answers(12, held(5, 0), 200));
        assert!(good == Judgement::Good && said.contains("which were numbers before"), "{said}");
        assert_eq!(judged(&before, &answers(12, held(4, 1), 200)).0, Judgement::Bad);
        assert_eq!(judged(&before, &answers(12, held(0, 0), 200)).0, Judgement::Bad);
        assert_eq!(judged(&answers(9, held(0, 0), 200), &answers(12, held(0, 0), 200)).0, Judgement::Look);
    }

    #[test]
    fn status_and_time_are_compared() {
        let before = answers(40, held(0, 5), 200);
        assert_eq!(judged(&before, &answers(40, held(5, 0), 500)).0, Judgement::Bad);
        assert_eq!(judged(&before, &answers(81, held(5, 0), 200)).0, Judgement::Good);
        assert_eq!(judged(&before, &answers(200, held(5, 0), 200)).0, Judgement::Look);
        let none = Snapshot { answers: Vec::new(), ..before.clone() };
        assert_eq!(judged(&none, &answers(1, held(5, 0), 200)).0, Judgement::Look);
        assert_eq!(compare(&before, &none).judgement, Judgement::Bad);
    }
}
