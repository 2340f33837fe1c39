//! The built-in sample from Welcome to the report, and back.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::looks::no_faults;
use super::secrets::collect;
use super::steps::{LONG, answer_questions, binary, migrate, rehearse, undo};
use crate::support::process::finish;
use crate::support::window::{Desktop, Keyring};

pub(super) fn there_and_back() {
    let desktop = Desktop::start(Keyring::Unlocked);
    desktop.block_on(async {
        let window = desktop.open(&binary(), &[]).await;
        let (began, mut looked) = (Instant::now(), Duration::ZERO);
        window.find("welcome-sample").await;
        looked += no_faults(&window, "welcome").await;
        window.click("welcome-sample").await;
        window.find("inspect-summary").await;
        assert!(window.text("top-database").await.to_uppercase().contains("SAMPLE"));
        let file = sample_file(&desktop);
        let before = dump(&file);
        looked += no_faults(&window, "inspect").await;
        window.click("next").await;
        window.find("plan-result").await;
        looked += no_faults(&window, "plan").await;
        answer_questions(&window).await;
        window.click("next").await;
        window.find("checklist-outcome").await;
        looked += no_faults(&window, "checklist").await;
        window.click("next").await;
        window.click("backup-make").await;
        window.wait_for_text("backup-path", LONG, |path| Path::new(path).is_file()).await;
        looked += no_faults(&window, "backup").await;
        window.click("next").await;
        looked += rehearse(&window, &desktop).await;
        assert_eq!(dump(&file), before, "nothing changes before Migrate");
        window.click("next").await;
        migrate(&window).await;
        looked += no_faults(&window, "migrate").await;
        window.click("next").await;
        assert_eq!(window.find("validate-outcome").await.attr("data-good").await.unwrap().as_deref(), Some("true"));
        looked += no_faults(&window, "validate").await;
        window.click("next").await;
        let html = PathBuf::from(window.wait_for_text("report-path", LONG, |path| Path::new(path).is_file()).await);
        let job = began.elapsed().saturating_sub(looked);
        assert!(job < LONG, "the whole job took {job:?}");
        no_faults(&window, "report").await;
        assert!(std::fs::read_to_string(&html).unwrap().contains("<h1"));
        let json: Value =
            serde_json::from_str(&std::fs::read_to_string(window.text("report-json-path").await).unwrap()).unwrap();
        assert_eq!(json["state"], "converted");
        let converted = dump(&file);
        assert_ne!(converted, before);
        assert_eq!(json["conversions"].as_array().map(Vec::is_empty), Some(false));
        undo(&window).await;
        assert_eq!(dump(&file), before, "undo brings everything back");
        window.close().await;
    });
}

fn sample_file(desktop: &Desktop) -> PathBuf {
    let mut files = Vec::new();
    collect(&desktop.data_dir().join("sample"), &mut files);
    let database = |file: &PathBuf| !matches!(file.extension().and_then(|end| end.to_str()), Some("db-wal" | "db-shm"));
    files.into_iter().find(database).expect("the sample is a file in the data folder")
}

// The helper tables that hold map and journal are not the user's.
fn dump(file: &Path) -> String {
    let mut command = std::process::Command::new("sqlite3");
    let outcome = finish(command.arg(file).arg(".dump"), None);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    outcome.text()
}

/// What a newcomer does, and nothing else: counted and timed by the clock on the wall.
pub(super) fn clicks_and_seconds() {
    let desktop = Desktop::start(Keyring::Absent);
    desktop.block_on(async {
        let window = desktop.open(&binary(), &[]).await;
        window.find("welcome-sample").await;
        let began = Instant::now();
        window.click("welcome-sample").await;
        window.find("inspect-summary").await;
        for (stage, shows) in [("plan", "plan-result"), ("checklist", "checklist-outcome"), ("backup", "backup-make")] {
            window.click("next").await;
            window.find(shows).await;
            assert_eq!(window.find("stage").await.attr("data-stage").await.unwrap().as_deref(), Some(stage));
        }
        window.click("backup-make").await;
        window.wait_for_text("backup-path", LONG, |path| Path::new(path).is_file()).await;
        window.click("next").await;
        window.click("rehearse-start").await;
        window.wait_for_text("rehearse-outcome", LONG, |text| text.contains("every proof held")).await;
        window.click("next").await;
        migrate(&window).await;
        window.click("next").await;
        window.find("validate-outcome").await;
        window.click("next").await;
        let good = window.find_within("report-outcome", LONG).await.attr("data-good").await.unwrap();
        assert_eq!(good.as_deref(), Some("true"), "the report is green");
        let (clicks, took) = (window.clicks(), began.elapsed());
        println!("the sample from Welcome to a green report: {clicks} clicks, {:.1} s", took.as_secs_f64());
        assert!(clicks <= 12, "{clicks} clicks");
        assert!(took < LONG, "the whole job took {took:?}");
        window.close().await;
    });
}
