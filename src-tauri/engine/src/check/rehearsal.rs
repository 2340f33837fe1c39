//! Was this very plan rehearsed on a copy, or is there a typed reason for going without?

use crate::check::{Circumstances, Finding, Severity};

/// What the circumstances say of a rehearsal.
pub fn check(circumstances: &Circumstances) -> Finding {
    let finding =
        |severity, meaning: String, remedy: &str| Finding::new(severity, "RK-004", "rehearsal", meaning, remedy);
    match (&circumstances.rehearsal, &circumstances.no_rehearsal) {
        (Some(rehearsal), _) => finding(
            Severity::Info,
            format!("The plan was rehearsed on a copy: {rehearsal}."),
            "Rehearse again where much was written since.",
        ),
        (None, Some(reason)) => finding(
            Severity::Warn,
            format!("The plan was not rehearsed. The reason given: {reason}"),
            "How long the run takes, and whether it comes to its end, is then not known beforehand.",
        ),
        (None, None) => finding(
            Severity::Ask,
            "The plan was not rehearsed yet. Nothing is changed before it was, or a reason why not.".to_owned(),
            "Rehearse it on the restored backup, or go on with --no-rehearsal and the reason.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_lack_of_both_is_asked_about() {
        let with = |rehearsal: Option<&str>, reason: Option<&str>| {
            let own = |text: Option<&str>| text.map(str::to_owned);
            check(&Circumstances { rehearsal: own(rehearsal), no_rehearsal: own(reason), ..Circumstances::default() })
        };
        assert_eq!(with(Some("green"), Some("late")).severity, Severity::Info);
        let warned = with(None, Some("no second server"));
        assert!(warned.severity == Severity::Warn && warned.meaning.contains("no second server"), "{warned:?}");
        assert_eq!(with(None, None).severity, Severity::Ask);
    }
}
