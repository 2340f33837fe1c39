//! What stands around the database: the plan in the hands of other programs, the version tables
//! of migration tools, and the code that takes ids for numbers.

pub mod code;
pub mod export;
pub mod versions;
