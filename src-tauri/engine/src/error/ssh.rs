//! What can go wrong on the way through SSH.

use super::{Explanation, told};

/// What is wrong with a way through SSH.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SshFault {
    /// The program `ssh` is not on this machine.
    Missing,
    /// The key that the SSH server shows is known by nobody here.
    UnknownKey,
    /// The key that the SSH server shows is another than the one that is known.
    ChangedKey,
    /// The SSH server lets this user not in.
    Login,
    /// No SSH server answers.
    Host,
    /// The SSH server does not lead on to the database.
    Forward,
    /// Nothing was heard in time.
    Timeout,
    /// `ssh` ended for another reason.
    Ended,
}

impl SshFault {
    pub(super) fn told(self) -> &'static str {
        match self {
            SshFault::Missing => "the program 'ssh' is not on this machine",
            SshFault::UnknownKey => "the SSH server is not known here yet",
            SshFault::ChangedKey => "the SSH server shows another key than the one that is known here",
            SshFault::Login => "the SSH server refused the login",
            SshFault::Host => "no SSH server answers",
            SshFault::Forward => "the SSH server does not reach the database",
            SshFault::Timeout => "SSH was not ready in time",
            SshFault::Ended => "ssh ended with an error",
        }
    }

    pub(super) fn explain(self) -> Explanation {
        match self {
            SshFault::Missing => told(
                "RK-E13",
                1,
                "OpenSSH is not installed, or its folder is not in PATH.",
                &["Install OpenSSH's client ('openssh-client' on Debian and Ubuntu).", "Or connect without SSH."],
            ),
            SshFault::UnknownKey => told(
                "RK-E14",
                1,
                "Nobody has connected to it from here before, so nothing tells whether it is really your server.",
                &[
                    "Connect to it once in a terminal with ssh, compare the fingerprint with the one that its administrator names, and say yes.",
                    "Then try again.",
                ],
            ),
            SshFault::ChangedKey => told(
                "RK-E14",
                1,
                "The server was set up anew, or somebody stands between you and it. Rekey does not go on without knowing which.",
                &[
                    "Ask whoever runs the server for the fingerprint of its key, and compare.",
                    "If the new key is right, connect once in a terminal: ssh says there which line of known_hosts to remove.",
                    "Then try again.",
                ],
            ),
            SshFault::Login => told(
                "RK-E15",
                1,
                "None of your keys is known to the SSH server for this user, the key is not in the agent, or the server wants a password. Rekey asks for no password of SSH.",
                &[
                    "Load the key into the agent with ssh-add, and unlock a hardware key.",
                    "Check the user, and that ssh comes in without a question in a terminal.",
                ],
            ),
            SshFault::Host => told(
                "RK-E16",
                1,
                "The name is misspelt, the server is not running, or a network in between lets nothing through.",
                &[
                    "Check host and port of SSH, and the VPN where there is one.",
                    "Try the same with ssh in a terminal.",
                ],
            ),
            SshFault::Forward => told(
                "RK-E17",
                1,
                "Seen from the SSH server there is no database at this host and port, or the SSH server may not forward to it.",
                &[
                    "Write host and port as they are seen from the SSH server: 'localhost' means that server.",
                    "Have AllowTcpForwarding and PermitOpen of the SSH server checked.",
                ],
            ),
            SshFault::Timeout => told(
                "RK-E18",
                1,
                "The server or a jump host answers slowly, or a hardware key waited for a touch.",
                &["Try again, and touch the key when it blinks.", "Try the same with ssh in a terminal."],
            ),
            SshFault::Ended => told(
                "RK-E19",
                1,
                "ssh said below why. Often a line of its configuration cannot be used, or a command that it starts fails.",
                &["Try the same with ssh in a terminal, and mend what it says there."],
            ),
        }
    }
}
