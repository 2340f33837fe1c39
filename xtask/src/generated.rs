//! TypeScript that is made from Rust types and kept with the front end.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::{Outcome, workspace};

/// The variable that says where the types are written to.
pub const FOLDER_VARIABLE: &str = "TS_RS_EXPORT_DIR";

/// The folder that is committed.
pub fn committed() -> PathBuf {
    workspace::ui().join("src/generated")
}

/// An empty folder for types that are only made to be compared.
pub fn fresh() -> Outcome<PathBuf> {
    let folder = workspace::scratch("generated");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}

/// Fails, naming every file, where the committed types are not those of the code.
pub fn compare(made: &Path) -> Outcome {
    let (made, kept) = (read(made)?, read(&committed())?);
    let mut names: Vec<&String> = made.keys().chain(kept.keys()).collect();
    names.sort();
    names.dedup();
    names.retain(|name| made.get(*name) != kept.get(*name));
    if made.is_empty() {
        return Err("no TypeScript was made: the tests that make it did not run.".to_owned());
    }
    if names.is_empty() {
        println!("{} files of TypeScript are what the Rust types say.", made.len());
        return Ok(());
    }
    let list: Vec<String> = names.iter().map(|name| format!("\n  ui/src/generated/{name}")).collect();
    Err(format!("the TypeScript of these types is out of date; `cargo xtask bless` renews it:{}", list.concat()))
}

/// Puts freshly made types in the place of the committed ones.
pub fn replace(made: &Path) -> Outcome {
    let (made, kept) = (read(made)?, read(&committed())?);
    if made.is_empty() {
        return Err("no TypeScript was made; the files that are there were left alone.".to_owned());
    }
    for name in kept.keys().filter(|name| !made.contains_key(*name)) {
        let file = committed().join(name);
        println!("removed {}", file.display());
        fs::remove_file(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    for (name, text) in made.iter().filter(|(name, text)| kept.get(*name) != Some(text)) {
        let file = committed().join(name);
        let folder = file.parent().unwrap_or(&file);
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        fs::write(&file, text).map_err(|error| format!("{}: {error}", file.display()))?;
        println!("wrote {}", file.display());
    }
    Ok(())
}

// All .ts files below a folder by their relative path; nothing where there is no folder.
fn read(folder: &Path) -> Outcome<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        let Ok(entries) = fs::read_dir(&current) else { continue };
        for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "ts") {
                let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
                let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                files.insert(name, text);
            }
        }
    }
    Ok(files)
}
