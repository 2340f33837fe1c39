//! The front end: packages, build, checks. What is unchanged is not done again.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::Hasher;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Outcome, process, workspace};

const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };
const NODE_WANTED: &str = "Node 20.19 or newer (20.x), or 22.12 or newer";

// Says why the Node on this machine will not do, where it will not.
fn check_node() -> Outcome {
    let found = process::read(Command::new("node").arg("--version"))
        .map_err(|_| format!("Node is missing: {NODE_WANTED} is needed for the front end. See https://nodejs.org"))?;
    if !node_will_do(&found) {
        return Err(format!("Node {found} is too old: {NODE_WANTED} is needed for the front end."));
    }
    process::read(&mut npm(&["--version"])).map(drop).map_err(|_| {
        "npm is missing. It usually comes with Node; on Debian and Ubuntu it is the package npm.".to_owned()
    })
}

/// Installs the packages of the front end where the lock file or Node changed.
pub fn install() -> Outcome {
    if !workspace::ui().join("package-lock.json").is_file() {
        return Err("ui/package-lock.json is missing: this is not a whole copy of the project.".to_owned());
    }
    check_node()?;
    let stamp = Stamp { file: "install", value: install_value()? };
    if stamp.is_current() {
        println!("The packages of the front end are up to date.");
        return Ok(());
    }
    // Install scripts of packages stay off: none is needed, and each could do anything.
    process::run(&mut npm(&["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
    stamp.write()
}

/// Builds the front end into ui/dist where a source changed.
pub fn build() -> Outcome {
    let stamp = Stamp { file: "build", value: source_value()? };
    if stamp.is_current() && workspace::ui().join("dist/index.html").is_file() {
        println!("The front end is up to date.");
        return Ok(());
    }
    process::run(&mut npm(&["run", "build"]))?;
    stamp.write()
}

/// A script of the front end's own, by its path in `ui`.
pub fn script(words: &[&str]) -> Outcome {
    process::run(Command::new("node").args(words).current_dir(workspace::ui()))
}

/// Type check of the front end.
pub fn check() -> Outcome {
    process::run(&mut npm(&["run", "check"]))
}

/// The front end's own tests; their totals go into [`report_file`].
pub fn test() -> Outcome {
    let report = report_file();
    let _ = fs::remove_file(&report);
    let file = format!("--outputFile.json={}", report.display());
    process::run(&mut npm(&["run", "test", "--", "--reporter=default", "--reporter=json", &file]))
}

/// Where [`test()`] leaves its totals.
pub fn report_file() -> PathBuf {
    workspace::scratch("front-end.json")
}

fn npm(arguments: &[&str]) -> Command {
    let mut command = Command::new(NPM);
    command.args(arguments).current_dir(workspace::ui());
    command
}

fn node_will_do(version: &str) -> bool {
    let mut parts = version.trim_start_matches('v').split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let (major, minor) = (parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    match major {
        20 => minor >= 19,
        22 => minor >= 12,
        other => other > 22,
    }
}

// Lives beside the packages, so that removing them removes the memory of them.
struct Stamp {
    file: &'static str,
    value: String,
}

impl Stamp {
    fn path(&self) -> PathBuf {
        workspace::ui().join("node_modules").join(format!(".xtask-{}", self.file))
    }

    fn is_current(&self) -> bool {
        fs::read_to_string(self.path()).is_ok_and(|text| text == self.value)
    }

    fn write(&self) -> Outcome {
        fs::write(self.path(), &self.value).map_err(|error| format!("{}: {error}", self.path().display()))
    }
}

fn install_value() -> Outcome<String> {
    let mut hash = DefaultHasher::new();
    for name in ["package.json", "package-lock.json"] {
        feed(&mut hash, &workspace::ui().join(name))?;
    }
    hash.write(process::read(Command::new("node").arg("--version"))?.as_bytes());
    Ok(format!("{:016x}", hash.finish()))
}

fn source_value() -> Outcome<String> {
    let mut hash = DefaultHasher::new();
    hash.write(install_value()?.as_bytes());
    let mut folders = vec![workspace::ui()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                let made = path.ends_with("node_modules") || path.ends_with("ui/dist");
                folders.extend((!made).then_some(path));
            } else {
                feed(&mut hash, &path)?;
            }
        }
    }
    Ok(format!("{:016x}", hash.finish()))
}

fn feed(hash: &mut DefaultHasher, file: &Path) -> Outcome {
    let content = fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    hash.write(file.to_string_lossy().as_bytes());
    hash.write_usize(content.len());
    hash.write(&content);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::node_will_do;

    #[test]
    fn node_versions_that_the_build_tools_refuse_are_refused() {
        for version in ["v18.20.4", "v20.18.1", "v21.7.3", "v22.11.0", "nonsense"] {
            assert!(!node_will_do(version), "{version}");
        }
        for version in ["v20.19.0", "v20.20.2", "v22.12.0", "v24.1.0"] {
            assert!(node_will_do(version), "{version}");
        }
    }
}
