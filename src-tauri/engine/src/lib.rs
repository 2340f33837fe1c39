//! The engine of Rekey: it reads a database's catalogue, plans the move from integer
//! to UUID keys, carries it out, proves the outcome and takes it back.
//!
//! It knows no window, no keyring and no global state. Connections, time, randomness
//! and the listener for progress are handed in. Dependencies point one way:
//! [`schema`] and [`plan`] know no connection, [`execute`] knows no dialect by name.

pub mod application;
pub mod backup;
pub mod check;
pub mod connect;
pub mod dialect;
pub mod error;
pub mod execute;
pub mod failpoint;
pub mod inspect;
pub mod observer;
pub mod plan;
pub mod purpose;
pub mod redact;
pub mod redis;
pub mod rehearse;
pub mod report;
pub mod schema;
pub mod secret;

pub use error::{DataState, Error, Failure, Result};
