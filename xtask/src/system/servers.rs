//! PostgreSQL servers of other versions for the tests: packages of exact versions, fetched
//! with npm once, checked by npm against the digests in the lock file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Outcome, process, workspace};

const LOCK: &str = "package-lock.json";
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Where they are kept, below the build folder, so that no other copy of the project is touched.
pub fn folder() -> PathBuf {
    workspace::scratch("servers")
}

/// Fetches what is not there yet. Without a network they are missing, and the tests that
/// want them say so by name.
pub fn provide() -> Outcome {
    if cfg!(windows) {
        return Err("the tests with servers do not run on Windows".to_owned());
    }
    let asked = workspace::root().join("tests/servers");
    let folder = folder();
    let ready = folder.join("ready");
    let lock = read(&asked.join(LOCK))?;
    if fs::read_to_string(&ready).is_ok_and(|text| text == lock) {
        println!("The servers of other versions are there: {}.", list(&there(&folder)));
        return Ok(());
    }
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(|problem| format!("{}: {problem}", folder.display()))?;
    for name in ["package.json", LOCK] {
        fs::copy(asked.join(name), folder.join(name)).map_err(|problem| format!("{name}: {problem}"))?;
    }
    // Install scripts stay off; the one thing theirs would do is done by `link`.
    // Who has no network should not wait for it long.
    let quick = [
        "--fetch-retries=1",
        "--fetch-retry-mintimeout=1000",
        "--fetch-retry-maxtimeout=5000",
        "--fetch-timeout=60000",
    ];
    let mut npm = Command::new(NPM);
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).args(quick).current_dir(&folder);
    process::run(&mut npm)?;
    // Packages for another machine are left out by npm; so is one that cannot be fetched.
    let found = there(&folder);
    if found.is_empty() {
        return Err("npm could fetch none of the packages for this machine".to_owned());
    }
    for name in &found {
        link(&folder.join("node_modules").join(name))?;
    }
    println!("Fetched: {}.", list(&found));
    let wanted = wanted(&lock, &suffix(&found));
    if found.len() == wanted {
        fs::write(&ready, &lock).map_err(|problem| format!("{}: {problem}", ready.display()))?;
        return Ok(());
    }
    Err(format!("{} of {wanted} packages could be fetched; the next time it is tried again", found.len()))
}

// Folders of the packages that were installed.
fn there(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder.join("node_modules"))
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.path().join("native/bin/postgres").is_file())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}

fn list(names: &[String]) -> String {
    names.join(", ")
}

// `-linux-x64` of `postgres-18-linux-x64`.
fn suffix(names: &[String]) -> String {
    let name = names.first().map_or("", String::as_str);
    name.trim_start_matches(|letter: char| !letter.is_ascii_digit())
        .trim_start_matches(|letter: char| letter.is_ascii_digit())
        .to_owned()
}

fn wanted(lock: &str, suffix: &str) -> usize {
    let end = format!("{suffix}\": {{");
    lock.lines().filter(|line| line.contains("\"node_modules/") && line.ends_with(&end)).count()
}

// A package cannot hold links, so it brings a list of them: [{"source": ..., "target": ...}].
fn link(package: &Path) -> Outcome {
    let file = package.join("native/pg-symlinks.json");
    let Ok(text) = fs::read_to_string(&file) else {
        return Ok(());
    };
    for (source, target) in links(&text) {
        let (source, target) = (Path::new(source), package.join(target));
        // Beside each other, so that the folder can be moved.
        let name = source.file_name().unwrap_or(source.as_os_str());
        if target.symlink_metadata().is_err() {
            symlink(Path::new(name), &target).map_err(|problem| format!("{}: {problem}", target.display()))?;
        }
    }
    Ok(())
}

fn links(text: &str) -> Vec<(&str, &str)> {
    let words: Vec<&str> = text.split('"').skip(1).step_by(2).collect();
    words
        .chunks(4)
        .filter_map(|four| match four {
            ["source", source, "target", target] => Some((*source, *target)),
            _ => None,
        })
        .collect()
}

#[cfg(unix)]
fn symlink(to: &Path, at: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(to, at)
}

#[cfg(not(unix))]
fn symlink(_: &Path, _: &Path) -> std::io::Result<()> {
    Ok(())
}

fn read(file: &Path) -> Outcome<String> {
    fs::read_to_string(file).map_err(|problem| format!("{}: {problem}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_read_in_pairs() {
        let text = r#"[{"source":"native/lib/a.so.5.1","target":"native/lib/a.so"},{"source":"b","target":"c"}]"#;
        assert_eq!(links(text), [("native/lib/a.so.5.1", "native/lib/a.so"), ("b", "c")]);
        assert_eq!(links("[]"), []);
    }

    #[test]
    fn packages_of_this_machine_are_counted_in_the_lock_file() {
        let lock = "    \"node_modules/postgres-12-linux-x64\": {\n    \"node_modules/postgres-18-linux-x64\": {\n    \"node_modules/postgres-18-linux-arm64\": {";
        assert_eq!(suffix(&["postgres-12-linux-x64".to_owned()]), "-linux-x64");
        assert_eq!((wanted(lock, "-linux-x64"), wanted(lock, "-linux-arm64")), (2, 1));
    }
}
