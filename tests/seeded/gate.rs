//! A defect inside a run: put in behind its steps and before its gate, on a real server. The
//! run must end with the gate's code, name the proof, and leave everything as it was.

use crate::support::dump::assert_same;
use crate::support::failpoints::spoiling;
use crate::support::journey::{Journey, OVERRIDES};
use crate::support::rekey::{Answer, Rekey};
use crate::support::subject::Subject;

/// What is put in, and what the failure must name.
pub type Spoiler<'a> = (&'a str, &'a str, &'a str);

/// Each is put into a run and, once the run was let through, into its undo.
pub const POSTGRES: &[Spoiler<'static>] = &[
    ("rows", "UPDATE public.jar SET name = 'jan' WHERE name = 'jam'", "Every row of public.jar"),
    ("rows", "DELETE FROM public.jar WHERE name = 'salt'", "Every row of public.jar"),
    (
        "references",
        "UPDATE public.jar j SET shelf_id = o.shelf_id FROM public.jar o WHERE j.name IN ('jam', 'honey') AND o.name IN ('jam', 'honey') AND j.name <> o.name",
        "every reference jar_shelf leads",
    ),
    (
        "references",
        "UPDATE public.jar SET shelf_id = (SELECT s.id FROM public.shelf s WHERE s.name = 'top' AND s.id <> jar.shelf_id) WHERE name = 'honey'",
        "every reference jar_shelf leads",
    ),
    ("catalogue", "REVOKE SELECT ON public.jar FROM seeded_gate", "table public.jar acl"),
    ("catalogue", "DROP INDEX public.jar_on_shelf", "index public.jar_on_shelf"),
    (
        "catalogue",
        "ALTER TABLE public.jar DROP CONSTRAINT jar_shelf; ALTER TABLE public.jar ADD CONSTRAINT jar_shelf FOREIGN KEY (shelf_id) REFERENCES public.shelf (id) NOT VALID",
        "constraint public.jar.jar_shelf",
    ),
];

/// Spoils a run in every way, then an undo in every way.
pub fn nothing_spoilt_is_made_final(subject: &dyn Subject, spoilers: &[Spoiler<'_>]) {
    let (mut journey, answer) = Journey::plan(subject, &["--all"]);
    answer.expect(0);
    let target = subject.target();
    let arguments = [&["run", &target, "--plan", "plan.json", "--yes"][..], &OVERRIDES].concat();
    for (oracle, defect, named) in spoilers {
        let failed;
        (journey.rekey, failed) = spoilt(journey.rekey, defect, &arguments);
        assert_named(&failed, named, "rolled_back");
        assert_same(&format!("the dump after a run spoilt for {oracle}"), &journey.start.dump, &subject.dump());
        assert_eq!(subject.runs_in_state("converted"), 0, "a run that failed is in the journal");
    }
    let run = journey.convert();
    let converted = subject.dump();
    let arguments = ["undo", &target, "--run", &run, "--yes"];
    for (oracle, defect, named) in spoilers {
        let failed;
        (journey.rekey, failed) = spoilt(journey.rekey, defect, &arguments);
        assert_named(&failed, named, "converted");
        assert_same(&format!("the dump after an undo spoilt for {oracle}"), &converted, &subject.dump());
        journey.assert_converted(&run);
    }
    journey.undo(&run);
    println!(
        "seeded::gate on {}: {} defects inside runs and {} inside undos, all stopped at the gate",
        subject.product(),
        spoilers.len(),
        spoilers.len()
    );
}

fn spoilt(rekey: Rekey, defect: &str, arguments: &[&str]) -> (Rekey, Answer) {
    let rekey = spoiling(rekey, defect);
    let answer = rekey.json(arguments).expect(4);
    (rekey.without_stop(), answer)
}

fn assert_named(answer: &Answer, named: &str, state: &str) {
    let failure = answer.failure();
    let told = failure.to_string();
    assert!(told.contains(named), "the failure does not name '{named}': {answer}");
    assert_eq!(failure["state"]["state"], state, "{answer}");
}
