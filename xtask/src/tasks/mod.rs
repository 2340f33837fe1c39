//! One file per task.

pub mod bless;
pub mod bundle;
pub mod lint;
pub mod long;
pub mod pictures;
pub mod run;
pub mod setup;
pub mod test;
