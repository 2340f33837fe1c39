//! What a plan needs beside its steps where DDL is no part of a transaction: each
//! statement is final at once, so the new tables are built beside the live ones, proven
//! there, and exchanged by one statement. Until that statement nothing of the user's has
//! been touched; from each point the work can be taken up again or taken back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::plan::Step;

/// The two ways of one plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staged {
    /// What the conversion needs.
    pub forward: Way,
    /// What the undo needs.
    pub back: Way,
}

/// What one way needs beside its steps.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// By the id of a step: a query with one row and one text column, `1` where the step
    /// has been carried out already. A step without one can be carried out again.
    pub done: BTreeMap<String, String>,
    /// By the id of a step: those that must be done before it. A step without an entry waits
    /// for all before it; of those that do not wait for each other, several may be at work.
    #[serde(default)]
    pub after: BTreeMap<String, Vec<String>>,
    /// By the id of a step: how it is carried out a slice of rows at a time.
    pub slices: BTreeMap<String, Slices>,
    /// By the id of a proof or an assertion: the same question asked of the tables that
    /// were built beside the live ones.
    pub aside: BTreeMap<String, String>,
    /// Takes back whatever was done, from any point before the end. A step whose query
    /// under `done` says `1` has nothing to do there; a step without one is needed only
    /// where the tables had been exchanged.
    pub abandon: Vec<Step>,
}

impl Way {
    /// A way on which nothing is needed.
    pub const fn new() -> Self {
        Way {
            done: BTreeMap::new(),
            after: BTreeMap::new(),
            slices: BTreeMap::new(),
            aside: BTreeMap::new(),
            abandon: Vec::new(),
        }
    }
}

/// A step that is carried out a slice of rows at a time: its statements are one slice, sent
/// in one transaction together with the note of how far it came.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slices {
    /// Sent before each slice: finds where the last one ended and where this one ends.
    pub find: Vec<String>,
    /// One row with two text columns: `1` while rows are left, and how many rows of all parts
    /// are done.
    pub more: String,
    /// Parts of the rows that may be copied side by side: for each the statement that a session
    /// is told so that the others are about that part. Without any, there is one.
    #[serde(default)]
    pub parts: Vec<String>,
}
