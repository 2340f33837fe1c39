//! Where things are.

use std::path::{Path, PathBuf};

/// The folder of the project.
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// The folder of the front end.
pub fn ui() -> PathBuf {
    root().join("ui")
}

/// The folder that cargo builds into, wherever the user's settings put it: this program
/// lies in its sub-folder `debug`.
pub fn target() -> PathBuf {
    let here = std::env::current_exe().ok();
    let folder = here.as_deref().and_then(Path::parent).and_then(Path::parent);
    folder.map_or_else(|| root().join("target"), Path::to_owned)
}

/// A folder of this program's own below the build folder.
pub fn scratch(name: &str) -> PathBuf {
    target().join("xtask").join(name)
}

/// A program that cargo built.
pub fn program(profile: &str, name: &str) -> PathBuf {
    target().join(profile).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}
