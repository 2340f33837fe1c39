//! What the tests stand on: real servers, the real command, and oracles of their own.
//!
//! Nothing here uses the engine's own proofs: an oracle that shares code with what it
//! judges would share its faults.

pub mod canon;
pub mod csv;
pub mod dump;
pub mod failpoints;
pub mod folded;
pub mod holder;
pub mod http;
pub mod journey;
pub mod mysql;
pub mod oracle;
pub mod pace;
pub mod postgres;
pub mod process;
pub mod redis;
pub mod rekey;
pub mod requirement;
pub mod rows;
pub mod scattered;
pub mod sqlite;
pub mod sshd;
pub mod subject;
pub mod subject_mysql;
pub mod versions;
pub mod window;
