//! Findings that say the same of several objects, told once.

use crate::check::{Finding, Severity};

/// What is said, and of which objects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// How much it weighs.
    pub severity: Severity,
    /// The rule.
    pub rule: String,
    /// The objects, in the order in which they were found.
    pub objects: Vec<String>,
    /// What it is.
    pub meaning: String,
    /// What to do.
    pub remedy: String,
}

/// Brings together what is said in the same words, the heaviest first.
pub fn grouped(findings: &[Finding]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for finding in findings {
        let same = |group: &&mut Group| {
            group.severity == finding.severity
                && group.rule == finding.rule
                && group.meaning == finding.meaning
                && group.remedy == finding.remedy
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.objects.push(finding.object.clone()),
            None => groups.push(Group {
                severity: finding.severity,
                rule: finding.rule.clone(),
                objects: vec![finding.object.clone()],
                meaning: finding.meaning.clone(),
                remedy: finding.remedy.clone(),
            }),
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.severity));
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_are_told_once_and_the_heaviest_first() {
        let finding = |severity, object: &str, meaning: &str| Finding::new(severity, "RK-010", object, meaning, "");
        let groups = grouped(&[
            finding(Severity::Info, "a", "x"),
            finding(Severity::Warn, "b", "y"),
            finding(Severity::Info, "c", "x"),
        ]);
        assert_eq!(groups.len(), 2);
        assert_eq!(groups[0].objects, ["b"]);
        assert_eq!(groups[1].objects, ["a", "c"]);
    }
}
