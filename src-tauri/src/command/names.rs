//! Names on the command line, matched against the names that the database has.

use rekey_engine::plan::{Repoint, Slug};
use rekey_engine::schema::{ColumnName, EngineKind, TableName};

use crate::command::Stop;

/// The column that `text` names, as it is displayed. On SQLite `main.` may be left out.
///
/// A dot can be part of a name, so the text is never taken apart.
///
/// # Errors
/// A [`Stop`] where no column has that name, or more than one.
pub fn column(text: &str, known: &[ColumnName], engine: EngineKind) -> Result<ColumnName, Stop> {
    let whole: Vec<&ColumnName> = known.iter().filter(|name| name.to_string() == text).collect();
    let found = if whole.is_empty() && engine == EngineKind::Sqlite {
        let short = format!("main.{text}");
        known.iter().filter(|name| name.to_string() == short).collect()
    } else {
        whole
    };
    match found.as_slice() {
        [only] => Ok((*only).clone()),
        [] => Err(rekey_engine::Error::Unknown { kind: "column", name: text.to_owned() }.into()),
        _ => Err(Stop::usage(
            &format!("'{text}' names more than one column, since dots are part of some names."),
            "",
            &["Use --all, or choose the domain in the window."],
        )),
    }
}

/// The column of short ids where `--slug` names none.
const SLUG: &str = "uuid_slug";

/// The key and the UUID column of `schema.table.column=uuid_column`.
///
/// # Errors
/// A [`Stop`] where there is no equals sign, or no column of that name.
pub fn repoint(text: &str, known: &[ColumnName], engine: EngineKind) -> Result<Repoint, Stop> {
    let pairs = splits(text).filter_map(|(left, right)| {
        Some(Repoint { root: column(left, known, engine).ok()?, target: right.to_owned() })
    });
    let there = |one: &Repoint| known.iter().any(|name| name.table == one.root.table && name.column == one.target);
    if let Some(found) = pairs.into_iter().find(there) {
        return Ok(found);
    }
    let Some((left, right)) = text.rsplit_once('=') else {
        return Err(Stop::usage(
            &format!("'{text}' does not say where the references are to lead."),
            "",
            &["Write the key, an equals sign and the UUID column of the same table: schema.table.id=uuid."],
        ));
    };
    let root = column(left, known, engine)?;
    let name = ColumnName { table: root.table, column: right.to_owned() }.to_string();
    Err(rekey_engine::Error::Unknown { kind: "column", name }.into())
}

/// The table and the new column of `schema.table[=column]`.
///
/// # Errors
/// A [`Stop`] where no table has that name.
pub fn slug(text: &str, known: &[TableName], engine: EngineKind) -> Result<Slug, Stop> {
    let whole = std::iter::once((text, SLUG));
    let found = whole.chain(splits(text)).find_map(|(left, right)| {
        let table = known.iter().find(|name| {
            name.to_string() == left || (engine == EngineKind::Sqlite && name.to_string() == format!("main.{left}"))
        })?;
        (!right.is_empty()).then(|| Slug { table: table.clone(), column: right.to_owned() })
    });
    let named = text.split('=').next().unwrap_or(text);
    found.ok_or_else(|| rekey_engine::Error::Unknown { kind: "table", name: named.to_owned() }.into())
}

// At each equals sign: it may be part of a name.
fn splits(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.match_indices('=').map(|(at, _)| (&text[..at], &text[at + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_matched_as_they_are_displayed() {
        let known = [
            ColumnName::new("main", "a.b", "id"),
            ColumnName::new("main", "orders", "id"),
            ColumnName::new("main", "main.x", "id"),
        ];
        let find = |text: &str| column(text, &known, EngineKind::Sqlite).map(|name| name.to_string()).ok();
        assert_eq!(find("main.orders.id").as_deref(), Some("main.orders.id"));
        assert_eq!(find("orders.id").as_deref(), Some("main.orders.id"));
        assert_eq!(find("a.b.id").as_deref(), Some("main.a.b.id"));
        assert_eq!(find("main.x.id").as_deref(), Some("main.main.x.id"));
        assert_eq!(find("Orders.id"), None);
        assert!(column("orders.id", &known, EngineKind::Postgres).is_err());
    }

    #[test]
    fn what_stands_around_an_equals_sign_is_found() {
        let known = [
            ColumnName::new("s", "a=b", "id"),
            ColumnName::new("s", "a=b", "uuid"),
            ColumnName::new("s", "users", "id"),
        ];
        let led = repoint("s.a=b.id=uuid", &known, EngineKind::Postgres).expect("found");
        assert_eq!((led.root.to_string().as_str(), led.target.as_str()), ("s.a=b.id", "uuid"));
        assert!(repoint("s.users.id=uuid", &known, EngineKind::Postgres).is_err());
        assert_eq!(repoint("s.users.id", &known, EngineKind::Postgres).expect_err("no sign").failure.exit, 2);
        let tables = [TableName::new("s", "a=b"), TableName::new("s", "users")];
        let short = |text: &str| slug(text, &tables, EngineKind::Postgres).map(|one| (one.table.name, one.column)).ok();
        assert_eq!(short("s.users"), Some(("users".to_owned(), "uuid_slug".to_owned())));
        assert_eq!(short("s.a=b=nano"), Some(("a=b".to_owned(), "nano".to_owned())));
        assert_eq!(short("s.nobody"), None);
    }

    #[test]
    fn a_name_that_could_mean_two_columns_is_refused() {
        let known = [ColumnName::new("a", "b.c", "d"), ColumnName::new("a.b", "c", "d")];
        let stop = column("a.b.c.d", &known, EngineKind::Postgres).expect_err("two");
        assert_eq!(stop.failure.exit, 2);
    }
}
