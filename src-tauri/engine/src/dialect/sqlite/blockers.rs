//! Which processes hold the file, as far as the operating system tells.

use std::path::Path;

use crate::observer::Blocker;

/// Every other process with a lock on the file or on the files that go with it.
#[cfg(target_os = "linux")]
pub fn holders(path: &Path) -> Vec<Blocker> {
    locks(path).into_iter().map(|(process, writes)| blocker(process, writes)).collect()
}

/// Those of them that have a lock to write.
#[cfg(target_os = "linux")]
pub fn writers(path: &Path) -> Vec<Blocker> {
    locks(path).into_iter().filter(|(_, writes)| *writes).map(|(process, writes)| blocker(process, writes)).collect()
}

// By process, true where it may write.
#[cfg(target_os = "linux")]
fn locks(path: &Path) -> std::collections::BTreeMap<u32, bool> {
    use std::os::unix::fs::MetadataExt;
    let files = [path.to_owned(), super::open::beside(path, "-shm"), super::open::beside(path, "-wal")];
    let inodes: Vec<u64> = files.iter().filter_map(|file| file.metadata().ok()).map(|file| file.ino()).collect();
    let locks = std::fs::read_to_string("/proc/locks").unwrap_or_default();
    let mut found: std::collections::BTreeMap<u32, bool> = std::collections::BTreeMap::new();
    for lock in locks.lines().filter_map(parse).filter(|lock| inodes.contains(&lock.inode)) {
        *found.entry(lock.process).or_default() |= lock.writes;
    }
    found.remove(&std::process::id());
    found
}

/// Other systems do not tell without special rights.
#[cfg(not(target_os = "linux"))]
pub fn holders(_: &Path) -> Vec<Blocker> {
    Vec::new()
}

/// Other systems do not tell without special rights.
#[cfg(not(target_os = "linux"))]
pub fn writers(_: &Path) -> Vec<Blocker> {
    Vec::new()
}

#[cfg(target_os = "linux")]
#[derive(Debug, PartialEq, Eq)]
struct Lock {
    process: u32,
    writes: bool,
    inode: u64,
}

// `1: POSIX  ADVISORY  WRITE 4711 08:01:131 1073741825 1073741825`; one that only waits
// has `->` behind its number. Device numbers are left aside: on stacked file systems they
// are not those that a program sees.
#[cfg(target_os = "linux")]
fn parse(line: &str) -> Option<Lock> {
    let mut words = line.split_whitespace().skip(1);
    let _family = words.next().filter(|word| *word != "->")?;
    let _manner = words.next()?;
    let writes = words.next()? == "WRITE";
    let process = words.next()?.parse().ok()?;
    let inode = words.next()?.rsplit(':').next()?.parse().ok()?;
    Some(Lock { process, writes, inode })
}

#[cfg(target_os = "linux")]
fn blocker(process: u32, writes: bool) -> Blocker {
    use std::os::unix::fs::MetadataExt;
    let folder = format!("/proc/{process}");
    let application = std::fs::read_to_string(format!("{folder}/comm")).unwrap_or_default();
    let user = std::fs::metadata(&folder).map(|data| user_name(data.uid())).unwrap_or_default();
    Blocker {
        pid: process.to_string(),
        user,
        application: application.trim().to_owned(),
        state: if writes { "holds a write lock on the file" } else { "holds a read lock on the file" }.to_owned(),
        query: String::new(),
    }
}

#[cfg(target_os = "linux")]
fn user_name(id: u32) -> String {
    let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let named = users.lines().find(|line| line.split(':').nth(2) == Some(&id.to_string()));
    named.and_then(|line| line.split(':').next()).map_or_else(|| id.to_string(), str::to_owned)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_system_are_read() {
        let lock = parse("12: POSIX  ADVISORY  WRITE 4711 08:01:131 1073741825 1073741825");
        assert_eq!(lock, Some(Lock { process: 4711, writes: true, inode: 131 }));
        assert_eq!(parse("12: -> POSIX  ADVISORY  WRITE 4711 08:01:131 0 EOF"), None);
        assert_eq!(parse("1: OFDLCK ADVISORY  READ -1 08:01:131 0 EOF"), None);
        assert_eq!(parse(""), None);
    }
}
