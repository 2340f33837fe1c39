//! The hosts that the user's configuration of ssh names, to choose from.

use std::path::Path;

/// Longest configuration that is looked at.
const LARGEST: u64 = 1 << 20;

/// The names of `Host` lines that stand for one host, in their order. None where there is no
/// configuration, or none that can be read. Files that it includes are not looked at.
pub fn of_user() -> Vec<String> {
    let home = std::env::var_os(if cfg!(windows) { "USERPROFILE" } else { "HOME" });
    home.map(|home| of_file(&Path::new(&home).join(".ssh").join("config"))).unwrap_or_default()
}

fn of_file(path: &Path) -> Vec<String> {
    let fits = std::fs::metadata(path).is_ok_and(|found| found.is_file() && found.len() <= LARGEST);
    let text = if fits { std::fs::read(path).unwrap_or_default() } else { Vec::new() };
    named(&String::from_utf8_lossy(&text))
}

// Word and values are parted by blanks or one equals sign, see ssh_config(5).
fn named(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = line.trim().replacen('=', " ", 1);
        let mut words = line.split_whitespace();
        if !words.next().is_some_and(|word| word.eq_ignore_ascii_case("host")) {
            continue;
        }
        for name in words.map(|name| name.trim_matches('"')) {
            let one = super::super::Ssh { destination: name.to_owned(), config: String::new() };
            if !name.is_empty() && one.check().is_ok() && !found.iter().any(|known| known == name) {
                found.push(name.to_owned());
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_offered_and_patterns_are_not() {
        let text = "# Host no\nHost bastion jump.example.org\n  HostName 10.0.0.1\nhost=db\nHost *.corp !x web? *\nHost \"quoted\" bastion\nMatch host m\n";
        assert_eq!(named(text), ["bastion", "jump.example.org", "db", "quoted"]);
    }

    #[test]
    fn without_a_configuration_there_are_none() {
        assert!(of_file(Path::new("/nowhere/config")).is_empty());
    }
}
