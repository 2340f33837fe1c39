//! What the contract names and this version cannot do: refused by name, never mistaken
//! for a word that Rekey does not know.

use rekey_engine::plan::{Storage, UuidVersion};
use rekey_engine::schema::EngineKind;

use crate::command::Stop;
use crate::command::args::PlanArgs;

/// `rehearse`.
pub fn rehearse() -> Stop {
    not_yet("'rekey rehearse'", "Try the plan on a copy of the database of your own making.")
}

/// `redis`.
pub fn redis() -> Stop {
    not_yet("'rekey redis'", "Translate ids in Redis yourself with the output of 'rekey map'.")
}

/// The flags of `plan` that are for later.
pub fn plan_flags(args: &PlanArgs) -> Result<(), Stop> {
    if !args.repoint.is_empty() {
        return Err(not_yet("--repoint", "Leave it out to convert the keys instead."));
    }
    if !args.slug.is_empty() {
        return Err(not_yet("--slug", "Leave it out; a column for short ids can be added later."));
    }
    Ok(())
}

/// The kind of the new ids.
pub fn uuid(word: &str) -> Result<UuidVersion, Stop> {
    match word {
        "v7" => Ok(UuidVersion::V7),
        "v4" | "v5" | "v6" => Err(not_yet(&format!("--uuid {word}"), "Use --uuid v7.")),
        _ => Err(Stop::usage(
            &format!("'{word}' is not a kind of UUID."),
            "Rekey knows v4, v5, v6 and v7.",
            &["Use --uuid v7."],
        )),
    }
}

/// How ids are stored.
pub fn storage(word: Option<&str>, engine: EngineKind) -> Result<Option<Storage>, Stop> {
    let Some(word) = word else { return Ok(None) };
    let (own, name) = match engine {
        EngineKind::Postgres => (Storage::Uuid, "uuid"),
        EngineKind::Sqlite => (Storage::Char36, "char36"),
    };
    match word {
        word if word == name => Ok(Some(own)),
        "uuid" | "binary16" | "char36" => {
            Err(not_yet(&format!("--storage {word} on {}", engine.label()), &format!("Use --storage {name}.")))
        }
        _ => Err(Stop::usage(
            &format!("'{word}' is not a way to store UUIDs."),
            "Rekey knows uuid, binary16 and char36.",
            &[&format!("Use --storage {name}.")],
        )),
    }
}

/// Refuses what is for later.
pub fn not_yet(what: &str, remedy: &str) -> Stop {
    Stop::refused(
        &format!("{what} is not available in this version of Rekey."),
        "It is planned for a later version.",
        &[remedy],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_later_is_refused_and_what_is_unknown_is_misuse() {
        assert_eq!(uuid("v5").expect_err("later").failure.exit, 3);
        assert_eq!(uuid("v9").expect_err("unknown").failure.exit, 2);
        assert_eq!(storage(Some("binary16"), EngineKind::Sqlite).expect_err("later").failure.exit, 3);
        assert_eq!(storage(Some("blob"), EngineKind::Sqlite).expect_err("unknown").failure.exit, 2);
        assert_eq!(storage(Some("char36"), EngineKind::Sqlite).expect("known"), Some(Storage::Char36));
        assert_eq!(storage(None, EngineKind::Postgres).expect("none"), None);
    }
}
