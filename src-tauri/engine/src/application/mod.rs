//! What stands around the database: the plan in the hands of other programs, the version tables
//! of migration tools, the code that takes ids for numbers, the application's services and what
//! its interface answers.

pub mod code;
pub mod export;
mod http;
pub mod probes;
pub mod services;
pub mod versions;
