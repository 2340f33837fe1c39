//! The pictures of the README, taken of the real window.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::setup;
use crate::build::{self, ENGINE, WINDOW, cargo};
use crate::{Outcome, frontend, process, system, workspace};

/// The trial that goes through all stages and takes them.
const TRIAL: &str = "gui::every_stage_has_its_picture";

/// Builds the app, takes a picture of each stage and makes the files small.
pub fn pictures() -> Outcome {
    system::provide(&setup::ALL)?;
    frontend::install()?;
    frontend::build()?;
    let app = build::program("debug", "rekey-desktop", &WINDOW)?;
    let folder = folder();
    let mut trial = cargo(&["test", "--package", "rekey", "--test", "tests"]);
    trial.args(ENGINE).env("REKEY_DESKTOP", app).env("REKEY_PICTURES", &folder);
    process::run(trial.args(["--", "--exact", TRIAL]))?;
    for picture in taken(&folder)? {
        shrink(&picture)?;
        let bytes = fs::metadata(&picture).map_err(|error| format!("{}: {error}", picture.display()))?.len();
        println!("{}  {} kB", picture.display(), bytes.div_ceil(1024));
    }
    println!("\nLook at each of them before you commit it.");
    Ok(())
}

fn folder() -> PathBuf {
    workspace::root().join("docs/pictures")
}

fn taken(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut pictures: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "png"))
        .collect();
    pictures.sort();
    if pictures.is_empty() { Err("no picture was taken: the trial did not run.".to_owned()) } else { Ok(pictures) }
}

// A window has few colours: with a palette a picture is a third as large, and looks the same.
fn shrink(picture: &Path) -> Outcome {
    if process::on_path("pngquant").is_some() {
        let mut command = Command::new("pngquant");
        return process::run(
            command.args(["--force", "--skip-if-larger", "--strip", "--ext", ".png", "192"]).arg(picture),
        );
    }
    if process::on_path("convert").is_some() {
        let mut command = Command::new("convert");
        command.arg(picture).args(["-strip", "+dither", "-colors", "192", "-define", "png:compression-level=9"]);
        return process::run(command.arg(format!("PNG8:{}", picture.display())));
    }
    println!("Neither pngquant nor ImageMagick's convert is here: the pictures stay as large as they are.");
    Ok(())
}
