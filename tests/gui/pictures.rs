//! The pictures of all ten stages, taken of the real window at work on the sample.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::steps::{LONG, binary, migrate};
use crate::support::window::{Desktop, Keyring, Window};

/// The names of the pictures, in the order of the stages.
const STAGES: [&str; 10] =
    ["welcome", "connect", "inspect", "plan", "checklist", "backup", "rehearse", "migrate", "validate", "report"];

/// What is filled in for the picture; nobody connects there.
const ADDRESS: &str = "postgres://ann@db.example.org/shop";

/// Where the home lies, so that the paths in the pictures are the same each time.
const HOME: &str = "ann";

/// Takes them all, into the folder that `REKEY_PICTURES` names or into one that goes again, and looks
/// whether each stage gave a picture of its own.
pub(super) fn all() {
    let passing = tempfile::tempdir().unwrap();
    let folder = std::env::var_os("REKEY_PICTURES").map_or_else(|| passing.path().to_owned(), PathBuf::from);
    let home = home();
    let desktop = Desktop::start_in(home, Keyring::Absent, &[]);
    desktop.block_on(async {
        let window = desktop.open(&binary(), &[]).await;
        window.client().set_window_rect(0, 0, 1180, 820).await.unwrap();
        through_all(&window, &folder).await;
        window.close().await;
    });
    let pictures: BTreeSet<Vec<u8>> =
        STAGES.iter().map(|stage| std::fs::read(folder.join(format!("{stage}.png"))).unwrap()).collect();
    assert_eq!(pictures.len(), STAGES.len(), "two stages gave the same picture");
    assert!(pictures.iter().all(|picture| picture.starts_with(b"\x89PNG")), "a picture is none");
}

// A folder that nobody else uses, under a name that means nothing.
fn home() -> tempfile::TempDir {
    let named = std::env::var_os("REKEY_PICTURES").is_some();
    let mut builder = tempfile::Builder::new();
    if named {
        builder.prefix(HOME).rand_bytes(0);
        return builder.tempdir_in("/tmp").expect("no other picture is being taken");
    }
    builder.prefix("rk-win-").tempdir().unwrap()
}

async fn through_all(window: &Window, folder: &Path) {
    window.find("welcome-sample").await;
    picture(window, folder, "welcome").await;
    window.click("welcome-connect").await;
    window.type_into("connect-url", ADDRESS).await;
    window.click("connect-url-apply").await;
    window.find("connect-filled").await;
    picture(window, folder, "connect").await;
    window.click("rail-welcome").await;
    window.click("welcome-sample").await;
    window.find("inspect-summary").await;
    picture(window, folder, "inspect").await;
    window.click("next").await;
    window.find("plan-result").await;
    picture(window, folder, "plan").await;
    window.click("next").await;
    window.find("checklist-outcome").await;
    picture(window, folder, "checklist").await;
    window.click("next").await;
    window.click("backup-make").await;
    window.wait_for_text("backup-path", LONG, |path| Path::new(path).is_file()).await;
    picture(window, folder, "backup").await;
    window.click("next").await;
    window.click("rehearse-start").await;
    window.wait_for_text("rehearse-outcome", LONG, |text| !text.is_empty()).await;
    picture(window, folder, "rehearse").await;
    window.click("next").await;
    migrate(window).await;
    picture(window, folder, "migrate").await;
    window.click("next").await;
    window.find("validate-outcome").await;
    picture(window, folder, "validate").await;
    window.click("next").await;
    window.wait_for_text("report-path", LONG, |path| Path::new(path).is_file()).await;
    picture(window, folder, "report").await;
}

// From its top, and once the page stands still: the picture is a frame or two behind it.
async fn picture(window: &Window, folder: &Path, stage: &str) {
    window.script("document.querySelector('main').scrollTo(0, 0)", Vec::new()).await;
    let file = folder.join(format!("{stage}.png"));
    let end = Instant::now() + Duration::from_secs(10);
    let mut before = Vec::new();
    loop {
        window.screenshot(&file).await;
        let now = std::fs::read(&file).unwrap();
        if now == before || Instant::now() > end {
            return;
        }
        before = now;
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}
