//! `scratch`: what work that was cut off left behind, shown and removed.

use std::path::{Path, PathBuf};

use rekey_engine::backup;
use rekey_engine::dialect::Leftover;
use rekey_engine::redact;
use rekey_engine::report::words::{argument, thousands};
use serde::Serialize;

use crate::command::args::ScratchArgs;
use crate::command::session::Session;
use crate::command::text::{blocks, columns, plain};
use crate::command::{Outcome, Stop};
use crate::store::Store;

#[derive(Serialize)]
struct Document {
    scratch: Vec<Leftover>,
    removed: Vec<String>,
}

/// Lists them, and removes those that were named, unless somebody is at work with one.
pub async fn scratch(session: &Session, args: &ScratchArgs) -> Result<Outcome, Stop> {
    let target = session.target(&args.target).await?;
    let database = target.database.as_ref();
    let folders = match args.dir.as_slice() {
        [] => folders(session.store.as_ref(), &database.place()).await,
        named => named.to_vec(),
    };
    let found = backup::leftovers(database, &folders).await?;
    let wanted: Vec<String> = if args.remove_all {
        found.iter().filter(|one| !one.in_use).map(|one| one.name.clone()).collect()
    } else {
        args.remove.clone()
    };
    if !wanted.is_empty() && !args.yes {
        return Err(unconfirmed(args, &wanted).with(&Document { scratch: found, removed: Vec::new() }, String::new()));
    }
    let mut removed = Vec::new();
    for name in wanted {
        if let Err(error) = backup::clear(database, &folders, &name).await {
            let scratch = backup::leftovers(database, &folders).await.unwrap_or_default();
            return Err(Stop::from(error).with(&Document { scratch, removed }, String::new()));
        }
        removed.push(name);
    }
    let scratch = if removed.is_empty() { found } else { backup::leftovers(database, &folders).await? };
    let document = Document { scratch, removed };
    let text = text(&document, args);
    Ok(Outcome::new(&document, text))
}

/// The folders of the backups of this database that this machine knows.
pub async fn folders(store: Option<&Store>, place: &str) -> Vec<PathBuf> {
    let Some(store) = store else { return Vec::new() };
    let known = store.backups(place).await.unwrap_or_default();
    let mut folders: Vec<PathBuf> =
        known.iter().filter_map(|kept| Path::new(&kept.backup.path).parent().map(Path::to_owned)).collect();
    folders.sort();
    folders.dedup();
    folders
}

fn unconfirmed(args: &ScratchArgs, wanted: &[String]) -> Stop {
    let target = argument(&redact::redact(&args.target));
    Stop::usage(
        "Nothing was done: --yes is missing.",
        &format!("It would remove {}.", wanted.iter().map(|name| plain(name)).collect::<Vec<_>>().join(", ")),
        &[&format!("Give the command again with --yes: rekey scratch {target} --remove NAME --yes")],
    )
}

fn text(document: &Document, args: &ScratchArgs) -> String {
    let removed: Vec<String> = document.removed.iter().map(|name| format!("Removed {}.", plain(name))).collect();
    if document.scratch.is_empty() {
        return blocks(&[removed.join("\n"), "Nothing is left behind.".to_owned()]);
    }
    let rows: Vec<[String; 3]> = document
        .scratch
        .iter()
        .map(|one| [plain(&one.name), format!("{} bytes", thousands(one.bytes)), users(one)])
        .collect();
    let target = argument(&redact::redact(&args.target));
    blocks(&[
        removed.join("\n"),
        columns(["Left behind", "Size", "In use"], &rows),
        format!("To remove one:  rekey scratch {target} --remove NAME --yes"),
    ])
}

fn users(one: &Leftover) -> String {
    if !one.in_use {
        return "no".to_owned();
    }
    let users: Vec<String> = one.used_by.iter().map(|user| plain(&user.to_string())).collect();
    if users.is_empty() { "yes".to_owned() } else { format!("yes: {}", users.join("; ")) }
}
