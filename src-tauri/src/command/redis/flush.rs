//! `redis flush`: removes keys, never without saying which.

use rekey_engine::execute::Cancel;
use rekey_engine::observer::{Observer, Silent};
use rekey_engine::redis::{self, FlushCounts, Found, Neighbour, Profile, Trouble};
use rekey_engine::report::words::thousands;
use serde_json::json;

use crate::command::args::RedisFlushArgs;
use crate::command::interrupt::Interrupt;
use crate::command::progress::Printer;
use crate::command::session::Session;
use crate::command::text::{blocks, columns, plain};
use crate::command::{Outcome, Stop};

/// How many keys are looked at to say what lives in a database.
const SAMPLE: u64 = 100_000;

/// Removes keys by a pattern, or empties a database under its typed name.
pub async fn flush(session: &Session, args: &RedisFlushArgs) -> Result<Outcome, Stop> {
    let profile = super::profile(session, &args.place).await?;
    let cancel = Cancel::default();
    let _interrupt = Interrupt::listen(&session.console, &cancel);
    match &args.pattern {
        Some(pattern) => {
            let printer = Printer::new(&session.console, "");
            by_pattern(&profile, pattern, args, &printer, &cancel).await
        }
        None => whole(&profile, args, &cancel).await,
    }
}

async fn by_pattern(
    profile: &Profile,
    pattern: &str,
    args: &RedisFlushArgs,
    observer: &dyn Observer,
    cancel: &Cancel,
) -> Result<Outcome, Stop> {
    let dry = args.dry_run || !args.yes;
    let (counts, trouble) = redis::flush(profile, pattern, dry, observer, cancel).await;
    let server = profile.address.place();
    let document = json!({ "server": server, "pattern": pattern, "dry_run": dry, "matched": counts.matched, "removed": counts.removed, "examples": counts.examples });
    let text = text(&server, dry, &counts);
    if let Some(trouble) = trouble {
        let done = counts.so_far().filter(|_| !dry);
        return Err(Stop::from(trouble.failure(None, done)).with(&document, text));
    }
    if dry && !args.dry_run {
        let stop = Stop::usage(
            "Nothing was removed: --yes is missing.",
            &format!("{} keys would go, and nothing brings them back.", thousands(counts.matched)),
            &["Look at the examples, then give the command again with --yes."],
        );
        return Err(stop.with(&document, text));
    }
    Ok(Outcome::new(&document, text))
}

fn text(server: &str, dry: bool, counts: &FlushCounts) -> String {
    let verb = if dry { "would be removed" } else { "removed" };
    let examples: Vec<String> = counts.examples.iter().map(|key| format!("  {}", plain(key))).collect();
    blocks(&[format!("{server}: {} keys {verb}.", thousands(counts.removed)), examples.join("\n")])
}

// What lives there is shown first; the name must then be typed as it was shown.
async fn whole(profile: &Profile, args: &RedisFlushArgs, cancel: &Cancel) -> Result<Outcome, Stop> {
    let stopped = |trouble: Trouble| Stop::from(trouble.failure(None, None));
    let found = redis::scan(profile, SAMPLE, &Silent, cancel).await.map_err(stopped)?;
    let neighbours = redis::neighbours(profile, cancel).await.map_err(stopped)?;
    let document = json!({ "database": found.server, "keys": found.keys, "templates": found.templates, "databases": neighbours, "dry_run": !args.yes || args.dry_run });
    let text = shown(&found, &neighbours);
    match &args.database {
        Some(name) if *name == found.server => {}
        Some(_) => {
            return Err(Stop::refused(
                "Nothing was removed: the name that was typed is not that of this database.",
                &format!("The address leads to {}.", found.server),
                &["Check that it is the database you mean, and type its name as it is shown."],
            )
            .with(&document, text));
        }
        None => {
            return Err(Stop::usage(
                "Nothing was removed: neither --pattern nor --database says what.",
                &format!("Emptying {} would remove {} keys.", found.server, thousands(found.keys)),
                &[
                    "Remove the keys that you mean with --pattern, as in --pattern 'user_sessions:*'.",
                    &format!("To empty the whole database all the same: --database {} --yes", found.server),
                ],
            )
            .with(&document, text));
        }
    }
    if args.dry_run {
        return Ok(Outcome::new(&document, text));
    }
    if !args.yes {
        return Err(Stop::usage(
            "Nothing was removed: --yes is missing.",
            &format!("{} keys would go, and nothing brings them back.", thousands(found.keys)),
            &["Look at what lives there, then give the command again with --yes."],
        )
        .with(&document, text));
    }
    let emptied = redis::empty(profile, cancel).await.map_err(stopped)?;
    let document = json!({ "database": found.server, "removed": emptied.removed, "dry_run": false, "templates": found.templates, "databases": neighbours });
    Ok(Outcome::new(&document, format!("{}: emptied, {} keys removed.", found.server, thousands(emptied.removed))))
}

fn shown(found: &Found, neighbours: &[Neighbour]) -> String {
    let others: Vec<[String; 2]> = neighbours.iter().map(|one| [one.database.clone(), thousands(one.keys)]).collect();
    blocks(&[
        format!("{} holds {} keys.", found.server, thousands(found.keys)),
        super::scan::templates(found),
        if others.is_empty() { String::new() } else { columns(["Databases of this server", "Keys"], &others) },
    ])
}
