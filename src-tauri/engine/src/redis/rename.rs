//! Giving keys other names without ever writing over a key that is there.
//!
//! On one server, and within a slot, RENAMENX does it at once. Across the slots of a cluster a
//! key is dumped, restored under its new name, compared, and only then removed under its old one;
//! whoever is stopped in between finds both, sees that they are the same, and removes the old one.

use redis::{Cmd, Value, cmd};

use super::same::{Copy, Likeness, compare};
use super::server::{Answer, told};
use super::tally::{Tally, shown};
use super::{Request, Server, Trouble};

/// Bytes that one round of dumps is to hold at most, as far as the one before tells.
const DUMPED: usize = 8 * 1024 * 1024;
/// How many keys are dumped at once at most.
const AT_ONCE: usize = 256;

/// A key with its new name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rename {
    /// The rule that says so.
    pub rule: usize,
    /// Its name.
    pub from: Vec<u8>,
    /// Its new name.
    pub to: Vec<u8>,
}

/// Renames keys and counts what became of each.
///
/// # Errors
/// As [`Server::send`].
pub async fn rename(server: &mut Server, renames: Vec<Rename>, tally: &mut Tally) -> Result<(), Trouble> {
    let (together, apart): (Vec<Rename>, Vec<Rename>) =
        renames.into_iter().partition(|one| server.together(&one.from, &one.to));
    in_place(server, &together, tally).await?;
    crate::failpoint::reached("redis.renamed");
    let (mut rest, mut at_once) = (apart.as_slice(), 16);
    while !rest.is_empty() {
        let (some, after) = rest.split_at(at_once.min(rest.len()));
        let dumped = across(server, some, tally).await?;
        at_once = (some.len() * 2).min(some.len() * DUMPED / dumped.max(1)).clamp(1, AT_ONCE);
        rest = after;
    }
    Ok(())
}

/// Counts what would become of them.
///
/// # Errors
/// As [`Server::send`].
pub async fn foresee(server: &mut Server, renames: &[Rename], tally: &mut Tally) -> Result<(), Trouble> {
    let questions = renames.iter().map(|one| about("EXISTS", &one.to)).collect();
    for (one, answer) in renames.iter().zip(server.send(questions).await?) {
        match answer.said {
            Ok(Value::Int(0)) => tally.rewritten(one.rule, &one.from, &one.to),
            Ok(Value::Int(_)) => tally.conflict(one.rule, &one.from, &one.to),
            Ok(other) => return Err(Trouble::unexpected("EXISTS", &other)),
            Err(error) => tally.skipped(one.rule, &one.from, &told(&error)),
        }
    }
    Ok(())
}

async fn in_place(server: &mut Server, renames: &[Rename], tally: &mut Tally) -> Result<(), Trouble> {
    let request = |one: &Rename| {
        let mut command = Cmd::with_capacity(3, one.from.len() + one.to.len() + 8);
        command.arg("RENAMENX").arg(&one.from).arg(&one.to);
        Request::new(&one.from, command)
    };
    let answers = server.send(renames.iter().map(request).collect()).await?;
    let mut doubtful = Vec::new();
    for (one, answer) in renames.iter().zip(answers) {
        match answer.said {
            Ok(Value::Int(1)) => tally.rewritten(one.rule, &one.from, &one.to),
            Ok(Value::Int(0)) => tally.conflict(one.rule, &one.from, &one.to),
            Ok(other) => return Err(Trouble::unexpected("RENAMENX", &other)),
            // Gone since it was seen; or renamed by the command whose answer was lost.
            Err(error) if is_gone(&error) => {
                if answer.again {
                    doubtful.push(one);
                }
            }
            Err(error) => tally.skipped(one.rule, &one.from, &told(&error)),
        }
    }
    let there = server.send(doubtful.iter().map(|one| about("EXISTS", &one.to)).collect()).await?;
    for (one, answer) in doubtful.into_iter().zip(there) {
        if matches!(answer.said, Ok(Value::Int(1))) {
            tally.rewritten(one.rule, &one.from, &one.to);
        }
    }
    Ok(())
}

fn is_gone(error: &redis::ServerError) -> bool {
    error.details().is_some_and(|details| details.contains("no such key"))
}

/// A command about a key alone.
pub(super) fn about(verb: &str, key: &[u8]) -> Request {
    let mut command = cmd(verb);
    command.arg(key);
    Request::new(key, command)
}

// How one key of a round stands.
struct Moving<'a> {
    one: &'a Rename,
    copy: Copy,
    // True where the new name was taken before.
    taken: bool,
}

// Gives the bytes that were dumped.
async fn across(server: &mut Server, renames: &[Rename], tally: &mut Tally) -> Result<usize, Trouble> {
    let found = Copy::read(server, renames.iter().map(|one| one.from.as_slice())).await?;
    let mut moving = Vec::new();
    for (one, copy) in renames.iter().zip(found) {
        match copy {
            Ok(Some(copy)) => moving.push(Moving { one, copy, taken: false }),
            Ok(None) => {}
            Err(reason) => tally.skipped(one.rule, &one.from, &reason),
        }
    }
    let dumped = moving.iter().map(|one| one.copy.dump.len()).sum();
    crate::failpoint::reached("redis.dumped");
    let answers = server.send(moving.iter().map(|one| one.copy.restore(&one.one.to)).collect()).await?;
    let mut restored = Vec::new();
    for (mut one, Answer { said, .. }) in moving.into_iter().zip(answers) {
        match said {
            Ok(_) => restored.push(one),
            Err(error) if error.code() == "BUSYKEY" => {
                one.taken = true;
                restored.push(one);
            }
            Err(error) => tally.skipped(one.one.rule, &one.one.from, &told(&error)),
        }
    }
    crate::failpoint::reached("redis.restored");
    let ready = compared(server, restored, tally).await?;
    crate::failpoint::reached("redis.compared");
    let answers = server.send(ready.iter().map(|one| about("UNLINK", &one.from)).collect()).await?;
    for (one, answer) in ready.into_iter().zip(answers) {
        match answer.said {
            // SCAN gave it twice, and it was counted the first time.
            Ok(Value::Int(0)) if !answer.again => {}
            Ok(_) => tally.rewritten(one.rule, &one.from, &one.to),
            Err(error) => tally.skipped(one.rule, &one.from, &told(&error)),
        }
    }
    crate::failpoint::reached("redis.unlinked");
    Ok(dumped)
}

// Those whose two names hold the same. Where somebody wrote under the old name meanwhile, the
// new one goes again, as far as it is what was made here.
async fn compared<'a>(
    server: &mut Server,
    restored: Vec<Moving<'a>>,
    tally: &mut Tally,
) -> Result<Vec<&'a Rename>, Trouble> {
    let olds = Copy::read(server, restored.iter().map(|one| one.one.from.as_slice())).await?;
    let news = Copy::read(server, restored.iter().map(|one| one.one.to.as_slice())).await?;
    let (mut ready, mut stale) = (Vec::new(), Vec::new());
    for ((one, old), new) in restored.into_iter().zip(olds).zip(news) {
        let (Ok(Some(old)), Ok(new)) = (old, new) else { continue };
        let Some(new) = new else {
            // It ran out just now, as the old one does, or was put out to make room.
            tally.changed += 1;
            continue;
        };
        match compare(server, (&one.one.from, &old), (&one.one.to, &new)).await? {
            Likeness::Same => ready.push(one.one),
            Likeness::Other if !one.taken && new.dump == one.copy.dump => {
                stale.push(about("UNLINK", &one.one.to));
                tally.changed += 1;
            }
            Likeness::Unknown if !one.taken => {
                let reason = format!(
                    "it was copied to {}, and Rekey cannot see whether both hold the same: remove one of them",
                    shown(&one.one.to)
                );
                tally.skipped(one.one.rule, &one.one.from, &reason);
            }
            Likeness::Other | Likeness::Unknown => tally.conflict(one.one.rule, &one.one.from, &one.one.to),
        }
    }
    server.send(stale).await?;
    Ok(ready)
}
