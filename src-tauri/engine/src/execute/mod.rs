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
mod safety_net;
mod sample;
mod session;
mod since;
mod sizes;
mod staged;
mod undo;

pub use cancel::Cancel;
pub use gate::{ProofResult, validate};
pub use journal::{Standing, StoredRun, runs, standing};
pub use keep::keep;
pub use map::{MapRow, map};
pub use record::{Overrides, RunRecord, RunState, Size, Sizes, StepRecord};
pub use resume::{abandon, resume};
pub use run::{RunFailure, RunOptions, run};
pub use safety_net::{BackupDetails, Rehearsed, SafetyNet};
pub use sample::{Sample, SampleCell, sample};
pub use since::{Since, since};
pub use undo::undo;

// The window sends what it waits for between threads, and is built with none of the engine's
// own tests: so the compiler is asked here.
#[cfg(test)]
#[allow(dead_code, reason = "to be compiled is enough")]
mod sent {
    use super::{Cancel, RunOptions, StoredRun, abandon, keep, resume, run, undo};
    use crate::dialect::Database;
    use crate::observer::Observer;
    use crate::plan::Plan;

    fn is_sent<T: Send>(_: T) {}

    fn everything(
        database: &dyn Database,
        (plan, stored): (&Plan, &StoredRun),
        options: &RunOptions,
        observer: &dyn Observer,
        cancel: &Cancel,
    ) {
        is_sent(run(database, plan, options, observer, cancel));
        is_sent(resume(database, stored, options, observer, cancel));
        is_sent(abandon(database, stored, options, observer, cancel));
        is_sent(undo(database, stored, options, observer, cancel));
        is_sent(keep(database, stored, options, observer));
    }
}
