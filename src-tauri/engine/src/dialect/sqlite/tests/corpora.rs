//! The public databases, there and back.

use super::{File, corpora};

fn load(name: &str) -> File {
    let path = corpora().join("sqlite").join(name);
    File::from_sql(&std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

// Lines of a dump that are not the same in another one.
fn changed<'a>(one: &'a str, other: &str) -> Vec<&'a str> {
    let other: std::collections::BTreeSet<&str> = other.lines().collect();
    one.lines().filter(|line| !other.contains(line) && !line.starts_with("INSERT INTO")).collect()
}

#[tokio::test]
async fn chinook() {
    let file = load("chinook.sql");
    let before = file.dump();
    let (plan, between) = file.there_and_back().await;
    assert_eq!(plan.conversions.len(), 10);
    assert_eq!(plan.conversions.iter().map(|conversion| conversion.members.len()).sum::<usize>(), 21);
    for line in changed(&before, &between) {
        assert!(line.contains(" INTEGER"), "{line}");
    }
    // Nothing but columns that became texts, the journal and the maps.
    for line in changed(&between, &before) {
        assert!(line.contains("_rekey_") || line.contains(" TEXT"), "{line}");
    }
}

#[tokio::test]
async fn northwind() {
    let file = load("northwind.sql");
    let (plan, between) = file.there_and_back().await;
    assert_eq!(plan.conversions.len(), 7);
    assert!(between.contains("[OrderID]TEXT NOT NULL ON CONFLICT REPLACE PRIMARY KEY DEFAULT (printf("));
    assert!(between.contains("[EmployeeID]TEXT NOT NULL,"));
}

#[tokio::test]
async fn a_converted_corpus_holds_only_uuids_in_order() {
    let file = load("chinook.sql");
    let tracks = file.tool(&["SELECT group_concat(Name, '|') FROM (SELECT Name FROM Track ORDER BY TrackId)"]);
    let albums = file.tool(&["SELECT Title, Name FROM Album JOIN Artist USING (ArtistId) ORDER BY Title, Name"]);
    file.convert().await;
    assert_eq!(file.tool(&["SELECT count(*) FROM Track WHERE length(TrackId) <> 36 OR length(AlbumId) <> 36"]), "0\n");
    assert_eq!(file.tool(&["SELECT group_concat(Name, '|') FROM (SELECT Name FROM Track ORDER BY TrackId)"]), tracks);
    assert_eq!(file.tool(&["SELECT Title, Name FROM Album JOIN Artist USING (ArtistId) ORDER BY Title, Name"]), albums);
    assert_eq!(file.tool(&["PRAGMA foreign_key_check"]), "");
}
