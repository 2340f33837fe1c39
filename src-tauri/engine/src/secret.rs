//! Passwords in memory: zeroed on drop, never printed, never serialised.

pub use secrecy::{ExposeSecret, SecretString};

/// Wraps a password that just came in.
pub fn secret(text: impl Into<String>) -> SecretString {
    SecretString::from(text.into())
}
