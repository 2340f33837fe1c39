use super::token::{Kind, tokens};
use super::*;

fn one(change: Change<'_>) -> Changes<'_> {
    Changes { columns: vec![change], ..Changes::default() }
}

fn change<'a>(column: &'a str, key: bool, default: Option<&'a str>) -> Change<'a> {
    Change { column, type_name: "TEXT", key, default }
}

fn key(text: &str, column: &str) -> String {
    converted(text, &one(change(column, true, Some("new()")))).unwrap()
}

fn reference(text: &str, column: &str) -> String {
    converted(text, &one(change(column, false, None))).unwrap()
}

#[test]
fn the_pieces_are_the_text() {
    let text = "CREATE TABLE \"a\"\"b\" ( -- comment, with ( and '\n [x]INTEGER /* , */ DEFAULT 'it''s', `y` NUMERIC(10, -2), z .5e-3 x'ff' <> é);";
    assert_eq!(tokens(text).iter().map(|token| token.text).collect::<String>(), text);
    let names: Vec<String> =
        significant(text).iter().filter(|token| token.kind == Kind::Quoted).filter_map(Token::name).collect();
    assert_eq!(names, ["a\"b", "x", "y"]);
    assert!(significant(text).iter().any(|token| token.kind == Kind::Number && token.text == ".5e-3"));
    for broken in ["'", "\"", "[", "/*", "--", "`a``", "x'", "1e", "0x", "."] {
        assert_eq!(tokens(broken).iter().map(|token| token.text).collect::<String>(), broken);
    }
}

#[test]
fn columns_are_found_in_awkward_texts() {
    let text = "CREATE TABLE 't' (\"primary\" INTEGER PRIMARY KEY, [a b]INTEGER, 'c' UNSIGNED BIG INT(10), d, `e` \"odd type\" NOT NULL, f GENERATED ALWAYS AS (d) STORED, CONSTRAINT k CHECK (d > 1), FOREIGN KEY (d) REFERENCES x (y))";
    let table = TableText::parse(text).unwrap();
    let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["primary", "a b", "c", "d", "e", "f"]);
    let types: Vec<String> = table
        .columns
        .iter()
        .map(|column| table.at(column.type_name.clone()).iter().map(|token| token.text).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(types, ["INTEGER", "INTEGER", "UNSIGNED BIG INT ( 10 )", "", "\"odd type\"", ""]);
    assert_eq!(table.clauses.len(), 2);
    for other in
        ["CREATE VIRTUAL TABLE t USING fts5(a)", "CREATE VIEW v AS SELECT 1", "CREATE TABLE t", "CREATE TABLE t (a", ""]
    {
        assert!(TableText::parse(other).is_none(), "{other}");
    }
}

#[test]
fn keys_lose_their_number_and_keep_their_words() {
    assert_eq!(
        key(
            "CREATE TABLE [Album]\n(\n    [AlbumId] INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,\n    [T] NVARCHAR(160)\n)",
            "AlbumId"
        ),
        "CREATE TABLE [Album]\n(\n    [AlbumId] TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (new()),\n    [T] NVARCHAR(160)\n)"
    );
    assert_eq!(
        key("CREATE TABLE t (id INTEGER PRIMARY KEY -- the key\n, x)", "ID"),
        "CREATE TABLE t (id TEXT PRIMARY KEY NOT NULL ON CONFLICT REPLACE DEFAULT (new()) -- the key\n, x)"
    );
    assert_eq!(
        key("CREATE TABLE t (x, [i]INTEGER NOT NULL ON CONFLICT ABORT, PRIMARY KEY(\"i\" AUTOINCREMENT))", "i"),
        "CREATE TABLE t (x, [i]TEXT NOT NULL ON CONFLICT REPLACE DEFAULT (new()), PRIMARY KEY(\"i\"))"
    );
    assert_eq!(
        key("CREATE TABLE t (id INTEGER PRIMARY KEY -- why\n AUTOINCREMENT, x)", "id"),
        "CREATE TABLE t (id TEXT PRIMARY KEY -- why\n NOT NULL ON CONFLICT REPLACE DEFAULT (new()), x)"
    );
    assert_eq!(
        converted("CREATE TABLE t (id INT PRIMARY KEY CHECK (id IS NOT NULL)) STRICT", &one(change("id", true, None)))
            .unwrap(),
        "CREATE TABLE t (id TEXT PRIMARY KEY CHECK (id IS NOT NULL) NOT NULL) STRICT"
    );
}

#[test]
fn references_change_their_type_alone() {
    assert_eq!(reference("CREATE TABLE t (p REFERENCES q)", "p"), "CREATE TABLE t (p TEXT REFERENCES q)");
    assert_eq!(reference("CREATE TABLE t (p)", "p"), "CREATE TABLE t (p TEXT)");
    assert_eq!(
        reference("CREATE TABLE t(\"a,b\" UNSIGNED BIG INT (10) DEFAULT NULL, z)", "a,b"),
        "CREATE TABLE t(\"a,b\" TEXT DEFAULT NULL, z)"
    );
    assert_eq!(
        reference("CREATE TABLE t(a int /* int */ REFERENCES q(int) ON DELETE SET NULL)", "a"),
        "CREATE TABLE t(a TEXT /* int */ REFERENCES q(int) ON DELETE SET NULL)"
    );
}

#[test]
fn references_lead_elsewhere() {
    let columns = ["user_id".to_owned()];
    let from = ["id".to_owned()];
    let led = |text: &str| {
        let led = Led { columns: &columns, parent: "users", from: &from, to: vec!["uu\"id".to_owned()] };
        let change = change("user_id", false, None);
        converted(text, &Changes { columns: vec![change], led: vec![led], ..Changes::default() })
    };
    for (before, after) in [
        (
            "CREATE TABLE t (user_id INTEGER REFERENCES users)",
            "CREATE TABLE t (user_id TEXT REFERENCES users (\"uu\"\"id\"))",
        ),
        (
            "CREATE TABLE t (user_id INT REFERENCES \"Users\"([ID]) ON DELETE CASCADE, id REFERENCES users(id))",
            "CREATE TABLE t (user_id TEXT REFERENCES \"Users\"(\"uu\"\"id\") ON DELETE CASCADE, id REFERENCES users(id))",
        ),
        (
            "CREATE TABLE t (user_id INT, x, CONSTRAINT k FOREIGN KEY (user_id) REFERENCES users ON UPDATE SET NULL, FOREIGN KEY (x) REFERENCES users)",
            "CREATE TABLE t (user_id TEXT, x, CONSTRAINT k FOREIGN KEY (user_id) REFERENCES users (\"uu\"\"id\") ON UPDATE SET NULL, FOREIGN KEY (x) REFERENCES users)",
        ),
        (
            "CREATE TABLE t (user_id INT REFERENCES users (email) REFERENCES users (id))",
            "CREATE TABLE t (user_id TEXT REFERENCES users (email) REFERENCES users (\"uu\"\"id\"))",
        ),
    ] {
        assert_eq!(led(before).as_deref(), Some(after));
    }
    assert_eq!(led("CREATE TABLE t (user_id INT REFERENCES people (id))"), None);
}

#[test]
fn a_column_is_added_behind_the_others() {
    let added = |text: &str| converted(text, &Changes { added: Some("s TEXT".to_owned()), ..Changes::default() });
    assert_eq!(
        added("CREATE TABLE t (a, b INT CHECK (b > 0) -- last\n, PRIMARY KEY (a)) STRICT").as_deref(),
        Some("CREATE TABLE t (a, b INT CHECK (b > 0), s TEXT -- last\n, PRIMARY KEY (a)) STRICT")
    );
    assert_eq!(added("CREATE TABLE t (a)").as_deref(), Some("CREATE TABLE t (a, s TEXT)"));
}

#[test]
fn a_table_is_renamed_in_its_own_expressions_too() {
    assert_eq!(
        renamed("CREATE TABLE [a] (a INT REFERENCES a (a), CHECK (a.a > 1 AND \"A\".a < 'a.a'))", "rk").unwrap(),
        "CREATE TABLE \"rk\" (a INT REFERENCES a (a), CHECK (\"rk\".a > 1 AND \"rk\".a < 'a.a'))"
    );
    assert_eq!(renamed("CREATE TABLE 't'(x)", "a\"b").unwrap(), "CREATE TABLE \"a\"\"b\"(x)");
}

#[test]
fn computing_with_a_key_is_seen() {
    for text in [
        "id > 5",
        "5 < t.id",
        "id=1",
        "(id) = (1)",
        "id IN (1, 2)",
        "id BETWEEN 1 AND 9",
        "id % shards",
        "x + \"id\"",
        "typeof(id) = 'integer'",
        "CAST(t.id AS TEXT)",
        "id NOT IN (3)",
        "id IS NOT 4",
        "id = -1",
        "id = '7'",
    ] {
        assert!(depends_on_numbers(text, "ID"), "{text}");
    }
    for text in [
        "id IS NOT NULL",
        "id = other.id",
        "id = 'x'",
        "SELECT id, 5",
        "SELECT * , id",
        "x > 5",
        "id IN (SELECT 1)",
        "id || 'x'",
        "id(5)",
        "kid > 5",
        "NOT id",
        "id.x > 5",
    ] {
        assert!(!depends_on_numbers(text, "id"), "{text}");
    }
    assert!(mentions("a [b c]", "B C"));
}

#[test]
fn a_condition_goes_with_its_name_and_its_comma() {
    for (text, condition, left) in [
        ("CREATE TABLE t (a INT CHECK (a > 0) NOT NULL, b)", "(a > 0)", "CREATE TABLE t (a INT  NOT NULL, b)"),
        ("CREATE TABLE t (a INT CONSTRAINT [c k] CHECK (a > 0), b)", "(a > 0)", "CREATE TABLE t (a INT , b)"),
        (
            "CREATE TABLE t (a, -- no CHECK (a > 0)\n CONSTRAINT c CHECK (a > 0), CHECK (b <> ')'), UNIQUE (a))",
            "(a > 0)",
            "CREATE TABLE t (a, CHECK (b <> ')'), UNIQUE (a))",
        ),
        ("CREATE TABLE t (a, b, UNIQUE (a) CHECK (a > 0))", "(a > 0)", "CREATE TABLE t (a, b, UNIQUE (a) )"),
        ("CREATE TABLE t (a, CHECK (a > 0))", "(a > 0)", "CREATE TABLE t (a)"),
    ] {
        let changes = Changes { without: vec![condition], ..Changes::default() };
        assert_eq!(converted(text, &changes).as_deref(), Some(left));
    }
    let unknown = Changes { without: vec!["(b > 0)"], ..Changes::default() };
    assert_eq!(converted("CREATE TABLE t (a CHECK (a > 0))", &unknown), None);
}
