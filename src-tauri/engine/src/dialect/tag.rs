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
