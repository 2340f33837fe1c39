//! The mark in the names of what Rekey makes for one plan.

use sha2::{Digest, Sha256};

use crate::plan::Conversion;

/// Letters of a tag.
pub const LENGTH: usize = 8;

/// Hexadecimal digits that the same schema and conversions always give.
pub fn tag(schema_fingerprint: &str, conversions: &[Conversion]) -> String {
    let mut hash = Sha256::new();
    hash.update(schema_fingerprint.as_bytes());
    for member in conversions.iter().flat_map(|conversion| &conversion.members) {
        hash.update(member.column.to_string().as_bytes());
        hash.update([0]);
    }
    let digits: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    digits.chars().take(LENGTH).collect()
}

/// True where the text begins with a tag.
pub fn is_next(text: &str) -> bool {
    text.bytes().take(LENGTH).filter(u8::is_ascii_hexdigit).count() == LENGTH
}

/// True for what follows the prefix in the names of what is kept of Redis: the notes, and the
/// maps that stay for a run.
pub fn is_redis(rest: &str) -> bool {
    let Some(held) = rest.strip_prefix("redis") else { return false };
    let mut parts = held.split('_').skip(1);
    held.is_empty()
        || match (parts.next(), parts.next(), parts.next()) {
            (Some(run), Some(number), None) => {
                run.len() == 10
                    && run.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
                    && number.parse::<usize>().is_ok()
            }
            _ => false,
        }
}
