//! Debian, Ubuntu and their children: what is missing is installed with apt-get.

use std::collections::BTreeSet;
use std::process::Command;

use super::Needs;
use super::needs::Part;
use crate::{Outcome, process};

/// Installs what is missing, or gives the line that does.
pub fn provide(needs: &[Needs]) -> Outcome {
    let installed = installed()?;
    let missing = missing(needs, &installed);
    if missing.is_empty() {
        println!("Every system package that is needed is installed.");
        return Ok(());
    }
    println!("Missing system packages: {}", missing.join(" "));
    let Some(mut shell) = root_shell() else {
        return Err(format!(
            "system packages are missing, and installing them needs the administrator. Type this line, \
             then start again:\n\n  sudo apt-get install --yes --no-install-recommends {}\n",
            missing.join(" ")
        ));
    };
    println!("Installing them with apt-get. Services that come with them are not started.");
    process::run_unannounced(shell.args(["-c", INSTALL, "install"]).args(&missing))?;
    let left = self::missing(needs, &self::installed()?);
    if left.is_empty() { Ok(()) } else { Err(format!("apt-get ended well, but these are missing: {}", left.join(" "))) }
}

// While packages are installed, a policy-rc.d that says no keeps the package scripts from
// starting servers; one that is there already is respected. Lists may be absent on a fresh
// machine, or a source out of reach while the others do: the install itself tells.
const INSTALL: &str = r#"
set -eu
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    trap 'exit 130' INT TERM HUP
    printf '#!/bin/sh\nexit 101\n' > "$policy"
    chmod 755 "$policy"
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -q || echo 'apt-get update failed; trying with the lists that are here.'
apt-get install --yes -q --no-install-recommends "$@" </dev/null
"#;

// A shell with the administrator's rights, where that works without a question.
fn root_shell() -> Option<Command> {
    if process::read(Command::new("id").arg("-u")).is_ok_and(|id| id == "0") {
        return Some(Command::new("sh"));
    }
    if process::succeeds(Command::new("sudo").args(["-n", "true"])) {
        let mut sudo = Command::new("sudo");
        sudo.args(["-n", "sh"]);
        return Some(sudo);
    }
    None
}

fn installed() -> Outcome<BTreeSet<String>> {
    let list = process::read(Command::new("dpkg-query").args(["-W", "-f", "${db:Status-Abbrev}\t${Package}\n"]))?;
    Ok(list.lines().filter_map(|line| line.strip_prefix("ii")?.split('\t').nth(1)).map(str::to_owned).collect())
}

fn missing(needs: &[Needs], installed: &BTreeSet<String>) -> Vec<&'static str> {
    let parts = needs.iter().flat_map(|need| need.parts());
    parts.filter(|part| !is_there(part, installed)).map(|part| part.package).collect()
}

fn is_there(part: &Part, installed: &BTreeSet<String>) -> bool {
    let versioned = |name: &String| {
        let number = part.versioned.and_then(|beginning| name.strip_prefix(beginning));
        number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    // The package `postgresql` alone may be the metapackage of a server that was removed.
    match part.versioned {
        Some(_) => installed.iter().any(versioned),
        None => installed.contains(part.package),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_server_of_any_version_will_do_but_not_its_client() {
        assert!(!missing(&[Needs::Tests], &set(&["postgresql-15"])).contains(&"postgresql"));
        assert!(missing(&[Needs::Tests], &set(&["postgresql-client-15", "postgresql-common"])).contains(&"postgresql"));
    }

    #[test]
    fn without_a_window_no_web_view_is_asked_for() {
        assert_eq!(missing(&[Needs::Compiler], &set(&[])), ["build-essential"]);
        assert!(missing(&[Needs::Window], &set(&["pkg-config"])).contains(&"libwebkit2gtk-4.1-dev"));
    }
}
