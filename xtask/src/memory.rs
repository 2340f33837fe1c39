//! A folder in main memory for what tests make and throw away.
//!
//! Tests wait for the disk more than for anything else: every backup and every commit to a
//! SQLite file is made safe there. What a test needs to survive is the end of a process, never
//! the end of the machine, so memory is as good a place. Where there is little of it, or no
//! program may be started from there, the usual temporary folder is used.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process;

/// Where Linux offers a file system in memory to everybody.
const PLACE: &str = "/dev/shm";

/// The folders' names, followed by the id of the process that made them.
const PREFIX: &str = "rekey-tests-";

/// What has to be free: several servers with their data at the same time, in bytes.
const ROOM: u64 = 8 << 30;

/// The folder, removed with this value.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Makes it, where memory is plenty.
    pub fn make() -> Option<Folder> {
        let place = Path::new(PLACE);
        remove_left_over(place);
        if !(free(place)? >= ROOM && available()? >= ROOM + ROOM / 2) {
            return None;
        }
        let path = place.join(format!("{PREFIX}{}", std::process::id()));
        std::fs::create_dir(&path).ok()?;
        let folder = Folder { path };
        folder.starts_programs().then_some(folder)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    // Tests put programs of their own there.
    fn starts_programs(&self) -> bool {
        let copy = self.path.join("true");
        let Some(program) = process::on_path("true") else { return false };
        let starts = std::fs::copy(program, &copy).is_ok() && process::succeeds(&mut Command::new(&copy));
        let _ = std::fs::remove_file(copy);
        starts
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

// What was left by a process that was ended from outside: memory is not to be kept for ever.
fn remove_left_over(place: &Path) {
    let Ok(entries) = std::fs::read_dir(place) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(process) = name.strip_prefix(PREFIX) else { continue };
        if !Path::new("/proc").join(process).exists() {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

fn free(place: &Path) -> Option<u64> {
    let answer = process::read(Command::new("df").args(["--output=avail", "--block-size=1"]).arg(place)).ok()?;
    answer.lines().nth(1)?.trim().parse().ok()
}

fn available() -> Option<u64> {
    bytes_available(&std::fs::read_to_string("/proc/meminfo").ok()?)
}

fn bytes_available(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? << 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_counted_in_bytes() {
        assert_eq!(bytes_available("MemTotal: 8 kB\nMemAvailable:    2048 kB\n"), Some(2 << 20));
        assert_eq!(bytes_available("MemTotal: 8 kB\n"), None);
    }

    #[test]
    fn what_a_dead_process_left_is_removed_and_no_other() {
        let place = std::env::temp_dir().join(format!("rekey-memory-{}", std::process::id()));
        let [ours, dead, others] = [
            format!("{PREFIX}{}", std::process::id()),
            // No process has a number that large: the kernel's limit is 2^22.
            format!("{PREFIX}4194305"),
            "somebody-else".to_owned(),
        ]
        .map(|name| place.join(name));
        for folder in [&ours, &dead, &others] {
            std::fs::create_dir_all(folder).unwrap();
        }
        remove_left_over(&place);
        assert_eq!([&ours, &dead, &others].map(|folder| folder.exists()), [true, false, true]);
        std::fs::remove_dir_all(place).unwrap();
    }
}
