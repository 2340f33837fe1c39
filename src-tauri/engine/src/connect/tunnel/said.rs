//! What `ssh` says when it fails. It ends with 255 whatever the reason, so its words are all that
//! tells them apart; they are the same in every language and, but for additions, since OpenSSH 7.

use crate::error::SshFault;

/// What is wrong, by what was said.
pub fn fault(said: &str) -> SshFault {
    let has = |words: &[&str]| words.iter().any(|word| said.contains(word));
    if has(&["REMOTE HOST IDENTIFICATION HAS CHANGED", "differs from the key for the IP address"]) {
        SshFault::ChangedKey
    } else if has(&["Host key verification failed", "host key is known for"]) {
        SshFault::UnknownKey
    } else if has(&["Permission denied (", "Too many authentication failures"]) {
        SshFault::Login
    } else if is_refusal(said) {
        SshFault::Forward
    } else if has(&[
        "Could not resolve hostname",
        "connect to host",
        "kex_exchange_identification",
        "banner exchange",
        "Connection closed by",
        "Connection reset by",
        "Timeout, server",
    ]) {
        SshFault::Host
    } else {
        SshFault::Ended
    }
}

/// True where the SSH server would not, or could not, lead a connection on.
pub fn is_refusal(line: &str) -> bool {
    line.contains("open failed: ")
}

/// True where somebody else took the port of this machine first.
pub fn is_port_taken(said: &str) -> bool {
    said.contains("cannot listen to port") || said.contains("Address already in use")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ssh_says_is_told_apart() {
        for (said, expected) in [
            (
                "No ED25519 host key is known for [h]:22 and you have requested strict checking.\nHost key verification failed.",
                SshFault::UnknownKey,
            ),
            (
                "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\nHost key verification failed.",
                SshFault::ChangedKey,
            ),
            ("ann@h: Permission denied (publickey).", SshFault::Login),
            ("ssh: Could not resolve hostname nowhere: Name or service not known", SshFault::Host),
            ("ssh: connect to host h port 22: Connection refused", SshFault::Host),
            ("channel 2: open failed: connect failed: Connection refused", SshFault::Forward),
            ("channel 1: open failed: administratively prohibited: open failed", SshFault::Forward),
            ("/home/ann/.ssh/config: line 3: Bad configuration option: usr", SshFault::Ended),
        ] {
            assert_eq!(fault(said), expected, "{said}");
        }
    }
}
