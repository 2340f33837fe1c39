//! Was this very plan rehearsed on a copy, or is there a typed reason for going without one?

use super::{Circumstances, Finding, Looked, Severity};

/// What the circumstances say of a rehearsal.
pub(super) fn look(circumstances: &Circumstances) -> Looked {
    let said = |severity, measured: &str, meaning: String, remedy: &str| {
        Looked::found(measured, vec![Finding::new(severity, "RK-004", "rehearsal", meaning, remedy)])
    };
    let green = circumstances.rehearsal.as_ref().filter(|one| one.failure.is_none());
    let failed = circumstances.rehearsal.as_ref().and_then(|one| one.failure.as_deref());
    match (green, &circumstances.no_rehearsal, failed) {
        (Some(rehearsal), _, _) => said(
            Severity::Info,
            &rehearsal.place,
            format!("The plan was rehearsed on a copy: {}.", rehearsal.place),
            "Rehearse again where much was written since.",
        ),
        (None, Some(reason), _) => said(
            Severity::Warn,
            "none, for a reason that was given",
            format!("The plan was not rehearsed. The reason given: {reason}"),
            "How long the run takes, and whether it comes to its end, is then not known beforehand.",
        ),
        (None, None, Some(failure)) => said(
            Severity::Ask,
            "it failed",
            format!("The rehearsal of this plan failed: {failure}"),
            "Mend what it tells of and rehearse again, or go on with --no-rehearsal and the reason.",
        ),
        (None, None, None) => said(
            Severity::Ask,
            "none",
            "The plan was not rehearsed yet. Nothing is changed before it was, or a reason why not.".to_owned(),
            "Rehearse it on the restored backup, or go on with --no-rehearsal and the reason.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Check, Name, Outcome, RehearsalAtHand};

    fn with(rehearsal: Option<Option<&str>>, reason: Option<&str>) -> Check {
        let own = |text: &str| text.to_owned();
        let rehearsal = rehearsal.map(|failure| RehearsalAtHand { place: own("/a"), failure: failure.map(own) });
        look(&Circumstances { rehearsal, no_rehearsal: reason.map(own), ..Circumstances::default() })
            .on_list(Name::Rehearsal)
    }

    #[test]
    fn only_the_lack_of_both_is_asked_about() {
        assert_eq!(with(Some(None), Some("late")).outcome, Outcome::Passed);
        let warned = with(Some(Some("a proof failed")), Some("no second server"));
        assert_eq!(warned.outcome, Outcome::Warning);
        assert!(warned.findings[0].meaning.contains("no second server"), "{warned:?}");
        let red = with(Some(Some("a proof failed")), None);
        assert!(red.outcome == Outcome::Blocking && red.findings[0].meaning.contains("a proof failed"), "{red:?}");
        assert_eq!(with(None, None).outcome, Outcome::Blocking);
    }
}
