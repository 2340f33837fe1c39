//! The application layer that window and command line share.

pub mod api;
mod api_token;
pub mod command;
#[cfg(feature = "desktop")]
pub mod desktop;
pub mod sample;
pub mod secrets;
pub mod store;
pub mod target;
pub mod wizard;
