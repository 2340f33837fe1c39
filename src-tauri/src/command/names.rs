//! Names on the command line, matched against the names that the database has.

use rekey_engine::schema::{ColumnName, EngineKind};

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
    fn a_name_that_could_mean_two_columns_is_refused() {
        let known = [ColumnName::new("a", "b.c", "d"), ColumnName::new("a.b", "c", "d")];
        let stop = column("a.b.c.d", &known, EngineKind::Postgres).expect_err("two");
        assert_eq!(stop.failure.exit, 2);
    }
}
