//! The plan in the hands of other programs: a script for the product's own client, a migration
//! of Alembic or Django.
//!
//! All of them are written from one [`Script`], and that from the steps of the plan. Whoever
//! carries it out gets the same catalogue, the same map and the same entry in the journal as a
//! run of Rekey's would leave, so that `undo`, `map` and `validate` work afterwards.

mod alembic;
mod django;
mod gate;
mod python;
mod record;
mod script;
mod sql;
mod steps;

pub use alembic::alembic;
pub use django::{Model, Told, django};
pub use script::{Part, Script, Way, script};
pub use sql::sql;
