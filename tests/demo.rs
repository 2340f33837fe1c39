//! The built-in sample, from nothing to a report.

use libtest_mimic::Trial;

use crate::support::rekey::Rekey;
use crate::support::requirement::trial;

/// The trials of this file.
pub fn trials() -> Vec<Trial> {
    vec![
        trial("demo::ends_with_the_path_of_a_report", &[], ends_with_the_path_of_a_report),
        trial("demo::needs_no_folder", &[], needs_no_folder),
    ]
}

fn ends_with_the_path_of_a_report() {
    let rekey = Rekey::new(None);
    let folder = rekey.path("sample");
    let answer = rekey.run(&["demo", "--dir", "sample"]).expect(0);
    let text = answer.outcome.text();
    let last = std::path::PathBuf::from(text.lines().last().unwrap_or_default().trim());
    let report = std::fs::read_to_string(&last).unwrap_or_else(|error| panic!("{}: {error}\n{answer}", last.display()));
    assert!(
        last.starts_with(&folder) || last.starts_with("sample"),
        "{} is outside the folder asked for",
        last.display()
    );
    assert!(report.to_ascii_lowercase().contains("<html"), "the report is no HTML page");
}

fn needs_no_folder() {
    let rekey = Rekey::new(None);
    let answer = rekey.run(&["demo"]).expect(0);
    let text = answer.outcome.text();
    let last = text.lines().last().unwrap_or_default().trim().to_owned();
    assert!(std::path::Path::new(&last).is_file(), "no report at the end: {answer}");
    let _ = std::fs::remove_dir_all(std::path::Path::new(&last).parent().unwrap());
}
