//! Packages of the window and the command.
//!
//! Made by Tauri's own bundler, which writes .deb and .rpm without the tools of Debian and Red Hat,
//! and the formats of macOS and Windows there. It packs the very programs that were built before.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::system::{self, Needs};
use crate::{Outcome, build, frontend, licences, process, workspace};

/// What a package must bring along, by its path in the system.
const PARTS: [&str; 10] = [
    "usr/bin/rekey",
    "usr/bin/rekey-desktop",
    "usr/share/applications/Rekey.desktop",
    "usr/share/icons/hicolor/32x32/apps/rekey-desktop.png",
    "usr/share/icons/hicolor/128x128/apps/rekey-desktop.png",
    "usr/share/doc/rekey/copyright",
    "usr/share/doc/rekey/CHANGELOG.md",
    "usr/share/doc/rekey/LICENSE-MIT",
    "usr/share/doc/rekey/LICENSE-APACHE",
    "usr/share/doc/rekey/third-party-licences.json",
];

/// What the bundler reads beside the programs.
const SOURCES: [&str; 12] = [
    "tauri.conf.json",
    "LICENSE-MIT",
    "LICENSE-APACHE",
    "CHANGELOG.md",
    "ui/src/licences/packages.json",
    "src-tauri/packaging/copyright",
    "src-tauri/packaging/rekey.desktop",
    "src-tauri/icons/32x32.png",
    "src-tauri/icons/128x128.png",
    "src-tauri/icons/128x128@2x.png",
    "src-tauri/icons/icon.icns",
    "src-tauri/icons/icon.ico",
];

/// The programs as they are given to users.
pub struct Programs {
    /// The window.
    pub window: PathBuf,
}

/// Makes the packages, and on Linux tries the one for Debian.
pub fn bundle() -> Outcome {
    system::provide(&[Needs::Compiler, Needs::Window])?;
    programs()?;
    licences::compare()?;
    let mut tauri = Command::new(workspace::ui().join("node_modules/.bin").join(tauri_name()));
    // Where the programs are, should a configuration have moved them.
    tauri.arg("bundle").current_dir(stage()?).env("CARGO_TARGET_DIR", workspace::target());
    if cfg!(target_os = "linux") {
        tauri.args(["--bundles", "deb,rpm"]);
    }
    let made = workspace::target().join("release/bundle");
    // What an earlier version left there is not what was made now.
    let _ = fs::remove_dir_all(&made);
    process::run(&mut tauri)?;
    if cfg!(target_os = "linux") {
        try_deb(&one(&made.join("deb"), "deb")?)?;
        tell_rpm(&one(&made.join("rpm"), "rpm")?)?;
    }
    println!("\nThe packages are in {}", made.display());
    Ok(())
}

/// Builds window and command without anything that only tests need.
pub fn programs() -> Outcome<Programs> {
    frontend::install()?;
    frontend::build()?;
    let mut command = build::cargo(&["build", "--package", "rekey", "--bins", "--release"]);
    process::run(command.args(["--features", "custom-protocol"]))?;
    Ok(Programs { window: workspace::program("release", "rekey-desktop") })
}

// The bundler takes every program that is named like its package for the main one. Ours is named
// like the command, so the bundler is shown a manifest that is named like the window.
fn stage() -> Outcome<PathBuf> {
    let stage = workspace::scratch("bundle");
    let _ = fs::remove_dir_all(&stage);
    for source in SOURCES {
        let to = stage.join(source);
        make(to.parent().unwrap_or(&stage))?;
        fs::copy(workspace::root().join(source), &to).map_err(|error| format!("{source}: {error}"))?;
    }
    make(&stage.join("ui/dist"))?;
    let program = |name: &str, file: &str| {
        let path = workspace::root().join("src-tauri/src").join(file);
        format!("[[bin]]\nname = \"{name}\"\npath = '{}'\n\n", path.display())
    };
    let manifest = format!(
        "[package]\nname = \"rekey-desktop\"\nversion = \"{}\"\nedition = \"2024\"\n\n{}{}[workspace]\n",
        env!("CARGO_PKG_VERSION"),
        program("rekey-desktop", "main.rs"),
        program("rekey", "cli.rs"),
    );
    write(&stage.join("Cargo.toml"), &manifest)?;
    Ok(stage)
}

fn tauri_name() -> &'static str {
    if cfg!(windows) { "tauri.cmd" } else { "tauri" }
}

// Looks into the package, installs it beside the system, and starts what was installed.
fn try_deb(package: &Path) -> Outcome {
    if process::on_path("dpkg").is_none() {
        println!("dpkg is not installed, so {} was not tried.", package.display());
        return Ok(());
    }
    process::run(Command::new("dpkg-deb").arg("--info").arg(package))?;
    let root = workspace::scratch("installed");
    let _ = fs::remove_dir_all(&root);
    for folder in ["var/lib/dpkg/updates", "var/lib/dpkg/info"] {
        make(&root.join(folder))?;
    }
    write(&root.join("var/lib/dpkg/status"), "")?;
    let mut dpkg = Command::new("dpkg");
    dpkg.arg(format!("--root={}", root.display()));
    // What it needs is on the system, of which the temporary root knows nothing.
    dpkg.args(["--force-depends", "--force-not-root", "--force-script-chrootless", "--log=/dev/null", "--install"]);
    process::run(dpkg.arg(package))?;
    check_parts(&root)?;
    for name in ["rekey", "rekey-desktop"] {
        let said = process::read(Command::new(root.join("usr/bin").join(name)).arg("--version"))?;
        println!("{said}: starts from where it was installed");
        if !said.ends_with(env!("CARGO_PKG_VERSION")) {
            return Err(format!("{name} of the package is another version: {said}"));
        }
    }
    judged("desktop-file-validate", &[root.join("usr/share/applications/Rekey.desktop")])?;
    judged("lintian", &["--fail-on=error".into(), package.to_owned()])?;
    fs::remove_dir_all(&root).map_err(|error| format!("{}: {error}", root.display()))
}

fn check_parts(root: &Path) -> Outcome {
    let missing: Vec<&str> = PARTS.into_iter().filter(|part| !root.join(part).is_file()).collect();
    if !missing.is_empty() {
        return Err(format!("the package lacks {}", missing.join(", ")));
    }
    println!("The package brings all of its {} parts.", PARTS.len());
    Ok(())
}

// By a tool that not every machine has.
fn judged(tool: &str, arguments: &[PathBuf]) -> Outcome {
    match process::on_path(tool) {
        Some(tool) => process::run(Command::new(tool).args(arguments)),
        None => {
            println!("{tool} is not installed, so the package was not judged by it.");
            Ok(())
        }
    }
}

fn tell_rpm(package: &Path) -> Outcome {
    match process::on_path("rpm") {
        Some(rpm) => process::run(Command::new(rpm).args(["-qpil"]).arg(package)),
        None => {
            println!("rpm is not installed, so {} was made and not tried.", package.display());
            Ok(())
        }
    }
}

fn one(folder: &Path, ending: &str) -> Outcome<PathBuf> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut found = entries.filter_map(Result::ok).map(|entry| entry.path());
    let fits = |path: &PathBuf| path.extension().is_some_and(|end| end == ending);
    found.find(fits).ok_or_else(|| format!("no .{ending} was made in {}", folder.display()))
}

fn make(folder: &Path) -> Outcome {
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))
}

fn write(file: &Path, text: &str) -> Outcome {
    fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()))
}
