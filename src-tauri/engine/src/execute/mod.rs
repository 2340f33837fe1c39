//! Carrying out a plan: lock, proofs, statements, proofs again, and only then COMMIT.
//! The same code runs for every product and, later, for a rehearsal on a copy.

mod building;
mod cancel;
mod gate;
mod journal;
mod keep;
mod lanes;
mod map;
mod record;
mod resume;
mod run;
mod session;
mod staged;
mod undo;

pub use cancel::Cancel;
pub use gate::{ProofResult, validate};
pub use journal::{StoredRun, runs};
pub use keep::keep;
pub use map::{MapRow, map};
pub use record::{Overrides, RunRecord, RunState, StepRecord};
pub use resume::{abandon, resume};
pub use run::{RunFailure, RunOptions, run};
pub use undo::undo;
