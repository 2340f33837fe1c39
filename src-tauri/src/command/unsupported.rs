//! What the contract names and this version cannot do: refused by name, never mistaken
//! for a word that Rekey does not know.

use rekey_engine::plan::{Storage, UuidVersion};
use rekey_engine::schema::EngineKind;

use crate::command::Stop;

/// The kind of the new ids.
pub fn uuid(word: &str) -> Result<UuidVersion, Stop> {
    match word {
        "v7" => Ok(UuidVersion::V7),
        "v6" => Ok(UuidVersion::V6),
        "v5" => Ok(UuidVersion::V5),
        "v4" => Ok(UuidVersion::V4),
        _ => Err(Stop::usage(
            &format!("'{word}' is not a kind of UUID."),
            "Rekey knows v4, v5, v6 and v7.",
            &["Use --uuid v7."],
        )),
    }
}

/// The namespace of ids of kind v5, as it is kept in the plan.
pub fn namespace(word: Option<&str>, version: UuidVersion) -> Result<Option<String>, Stop> {
    let Some(word) = word else { return Ok(None) };
    let digits: String = word.chars().filter(|letter| *letter != '-').flat_map(char::to_lowercase).collect();
    if digits.len() != 32 || !digits.chars().all(|letter| letter.is_ascii_hexdigit()) {
        return Err(Stop::usage(
            &format!("'{word}' is no UUID."),
            "The namespace of ids of kind v5 is a UUID of your own.",
            &["Leave --namespace out to use Rekey's own; the plan names it."],
        ));
    }
    if version != UuidVersion::V5 {
        return Err(Stop::usage(
            "--namespace is for ids of kind v5.",
            "Ids of other kinds have no namespace.",
            &["Add --uuid v5, or leave --namespace out."],
        ));
    }
    let parts = [(0, 8), (8, 12), (12, 16), (16, 20), (20, 32)].map(|(from, to)| &digits[from..to]);
    Ok(Some(parts.join("-")))
}

/// How ids are stored.
pub fn storage(word: Option<&str>, engine: EngineKind) -> Result<Option<Storage>, Stop> {
    let Some(word) = word else { return Ok(None) };
    let (own, name) = match engine {
        EngineKind::Postgres => (Storage::Uuid, "uuid"),
        EngineKind::Mysql | EngineKind::Sqlite => (Storage::Char36, "char36"),
    };
    match word {
        "uuid" if engine == EngineKind::Mysql => Ok(Some(Storage::Uuid)),
        "binary16" if matches!(engine, EngineKind::Sqlite | EngineKind::Mysql) => Ok(Some(Storage::Binary16)),
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
        assert_eq!(uuid("v9").expect_err("unknown").failure.exit, 2);
        assert_eq!(uuid("v6").expect("known"), UuidVersion::V6);
        assert_eq!(storage(Some("binary16"), EngineKind::Postgres).expect_err("never").failure.exit, 3);
        assert_eq!(storage(Some("binary16"), EngineKind::Sqlite).expect("known"), Some(Storage::Binary16));
        assert_eq!(storage(Some("blob"), EngineKind::Sqlite).expect_err("unknown").failure.exit, 2);
        assert_eq!(storage(Some("char36"), EngineKind::Sqlite).expect("known"), Some(Storage::Char36));
        assert_eq!(storage(None, EngineKind::Postgres).expect("none"), None);
    }

    #[test]
    fn a_namespace_is_a_uuid_and_belongs_to_version_5() {
        let word = "6BA7B8109dad11d180b400c04fd430c8";
        let kept = namespace(Some(word), UuidVersion::V5).expect("a UUID");
        assert_eq!(kept.as_deref(), Some("6ba7b810-9dad-11d1-80b4-00c04fd430c8"));
        assert_eq!(namespace(Some(word), UuidVersion::V7).expect_err("v7").failure.exit, 2);
        assert_eq!(namespace(Some("example.org"), UuidVersion::V5).expect_err("no UUID").failure.exit, 2);
    }
}
