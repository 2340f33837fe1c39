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

// Rewriting a million keys in Redis is many small pieces of memory, each let go by another thread
// than it was taken by; the C library's own allocator spends a quarter of the time on this.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
