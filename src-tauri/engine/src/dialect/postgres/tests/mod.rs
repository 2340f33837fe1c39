//! The dialect against a real server: every corpus there and back, and the hard cases.

mod asked;
mod connecting;
mod corpora;
mod dependents;
mod hard;
mod job;
mod refusals;
mod server;
