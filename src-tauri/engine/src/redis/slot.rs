//! Which slot of a cluster a key belongs to.

/// How many slots a cluster has.
pub const SLOTS: u16 = 16_384;

/// The slot of a key: CRC16 (XMODEM) of what stands between the first `{` and the next `}`,
/// or of the whole key where nothing does (cluster specification, "Hash tags").
pub fn of(key: &[u8]) -> u16 {
    crc16(tag(key)) % SLOTS
}

fn tag(key: &[u8]) -> &[u8] {
    let Some(open) = key.iter().position(|&byte| byte == b'{') else { return key };
    let rest = &key[open + 1..];
    match rest.iter().position(|&byte| byte == b'}') {
        Some(end) if end > 0 => &rest[..end],
        Some(_) | None => key,
    }
}

fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0u16, |sum, &byte| {
        (0..8).fold(
            sum ^ (u16::from(byte) << 8),
            |sum, _| {
                if sum & 0x8000 == 0 { sum << 1 } else { (sum << 1) ^ 0x1021 }
            },
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_those_of_the_server() {
        // What CLUSTER KEYSLOT of a Redis 7.0 says.
        assert_eq!(of(b"somekey"), 11_058);
        assert_eq!(of(b"123456789"), 12_739);
        assert_eq!(of(b"foo{hash_tag}"), 2_515);
        assert_eq!(of(b"{user1000}.following"), of(b"{user1000}.followers"));
        assert_ne!(of(b"foo{}{bar}"), of(b"bar"));
        assert_eq!(of(b"foo{{bar}}zap"), of(b"{bar"));
    }
}
