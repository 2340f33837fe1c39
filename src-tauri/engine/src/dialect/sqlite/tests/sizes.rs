//! Sizes for the report: told of small files, and not worth reading a large one for.

use super::File;
use crate::dialect::{Access, Database};
use crate::schema::TableName;

#[tokio::test]
async fn small_files_are_looked_through_and_large_ones_are_not() {
    let file = File::from_sql(
        "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT); CREATE INDEX note_text ON note (text);
         INSERT INTO note (text) VALUES ('a'), ('b');",
    );
    let note = [TableName::new("main", "note")];
    let mut connection = file.database.connect(Access::Read, "test").await.unwrap();
    let found = file.database.table_sizes(connection.as_mut(), &note).await.unwrap();
    let size = found.get(&note[0]).expect("a size");
    assert_eq!((size.table, size.indexes), (4096, 4096), "a page each");
    file.tool(&["CREATE TABLE large (b BLOB); INSERT INTO large VALUES (zeroblob(70 * 1024 * 1024));"]);
    let found = file.database.table_sizes(connection.as_mut(), &note).await.unwrap();
    assert!(found.is_empty(), "{found:?}");
}
