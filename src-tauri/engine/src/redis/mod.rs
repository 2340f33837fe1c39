//! Ids of the database that live on in Redis: found, rewritten through the map of a run, and
//! taken back.
//!
//! Nothing here is part of a run. A run is complete and proven before, and whatever happens to
//! Redis leaves it so. Keys are bytes; nothing is ever written over; the whole server is never
//! emptied.

mod address;
mod domain;
mod errand;
mod flush;
mod inside;
mod json;
mod link;
mod lookup;
mod note;
mod piece;
mod propose;
mod rename;
mod rewrite;
mod rule;
mod same;
mod scan;
mod segment;
mod server;
mod slot;
mod standing;
mod tally;
mod template;
mod told;
mod topology;
mod trouble;
mod walk;

pub use address::{Address, Parsed, Way};
pub use domain::{Direction, Domains};
pub use errand::{Back, Errand, Manner, Unfit};
pub use flush::{Emptied, FlushCounts, Neighbour, empty, flush, neighbours};
pub use link::Profile;
pub use note::{Held, Note, NoteState, held_by, hold, is_held, let_go, notes, put};
pub use propose::{Candidate, Ids, Proposal, Slot, propose};
pub use rewrite::{Job, Passed, rewrite};
pub use rule::{Kind, Rule, Written};
pub use scan::{Found, TemplateFound, scan};
pub use server::{Answer, Request, Server};
pub use standing::{Standing, standing};
pub use tally::{Counts, Example, RuleCounts, Skipped, Tally};
pub use told::Told;
pub use trouble::Trouble;
