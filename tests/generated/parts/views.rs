//! Views on the table, views on those, and materialized ones with indexes of their own.

use super::{Place, since};
use crate::generated::model::{literal, quoted};
use crate::generated::names::comment;

/// A view that others may stand on.
#[derive(Debug, Clone)]
pub struct View {
    /// Schema and name in quotes.
    pub name: String,
    /// Its columns in quotes; the first holds a key.
    pub columns: Vec<String>,
    /// It, or a view beneath, belongs to somebody who may not read what it shows.
    pub given: bool,
}

/// On the table, and perhaps on a parent.
pub fn plain(place: &mut Place<'_>, views: &mut Vec<View>) -> Option<String> {
    let name = full_name(place);
    let (columns, query) = query(place)?;
    let options = *place.dice.pick(&["", "", "", " WITH (security_barrier)", " WITH (security_barrier = false)"]);
    let mut text = format!("CREATE VIEW {name}{options} AS {query};\n");
    if place.dice.chance(10) {
        text += &since(15, &format!("ALTER VIEW {name} SET (security_invoker = true);\n"), "");
    }
    if place.dice.chance(20) {
        let trigger = place.name("instead");
        text += &format!(
            "CREATE TRIGGER {trigger} INSTEAD OF INSERT ON {name} FOR EACH ROW EXECUTE FUNCTION public.gen_touch();\n"
        );
    }
    let (dress, given) = dress(place, "VIEW", &name, &columns);
    views.push(View { name, columns, given });
    Some(text + &dress)
}

/// On an earlier view.
pub fn over(place: &mut Place<'_>, views: &mut Vec<View>) -> Option<String> {
    if views.is_empty() {
        return plain(place, views);
    }
    let under = place.dice.pick(views).clone();
    let name = full_name(place);
    let key = &under.columns[0];
    let (columns, query) = match place.dice.below(3) {
        0 => (under.columns.clone(), format!("SELECT v.* FROM {} v", under.name)),
        1 => (
            vec![key.clone(), "rows".to_owned()],
            format!("SELECT v.{key}, count(*) AS rows FROM {} v GROUP BY v.{key}", under.name),
        ),
        _ => (
            vec![key.clone()],
            format!(
                "WITH inner_rows AS (SELECT {key} FROM {}) SELECT DISTINCT {key} FROM inner_rows WHERE {key} IS NOT NULL",
                under.name
            ),
        ),
    };
    let text = format!("CREATE VIEW {name} AS {query};\n");
    let (dress, given) = dress(place, "VIEW", &name, &columns);
    views.push(View { name, columns, given: given || under.given });
    Some(text + &dress)
}

/// Materialized, on the table or on a view, filled or not.
pub fn stored(place: &mut Place<'_>, views: &mut Vec<View>) -> Option<String> {
    let name = full_name(place);
    let mut empty = place.dice.chance(25);
    let (columns, query) = match (views.is_empty(), place.dice.chance(40)) {
        (false, true) => {
            let under = place.dice.pick(views).clone();
            let query = format!("SELECT {} FROM {}", under.columns.join(", "), under.name);
            empty |= under.given;
            (under.columns, query)
        }
        _ => query(place)?,
    };
    let filled = if empty { "WITH NO DATA" } else { "WITH DATA" };
    let mut text = format!("CREATE MATERIALIZED VIEW {name} AS {query} {filled};\n");
    let index = place.name("stored");
    if place.dice.chance(50) {
        text += &format!("CREATE INDEX {index} ON {name} ({});\n", columns[0]);
        if place.dice.chance(30) {
            text += &format!("ALTER MATERIALIZED VIEW {name} CLUSTER ON {index};\n");
        }
    }
    if place.dice.chance(20) {
        text += &format!("ALTER MATERIALIZED VIEW {name} ALTER COLUMN {} SET STATISTICS 9;\n", columns[0]);
    }
    let (dress, given) = dress(place, "MATERIALIZED VIEW", &name, &columns);
    views.push(View { name, columns, given: given || empty });
    Some(text + &dress)
}

fn full_name(place: &mut Place<'_>) -> String {
    format!("{}.{}", quoted(&place.table.schema), place.name("view"))
}

// Columns, and the query that gives them.
fn query(place: &mut Place<'_>) -> Option<(Vec<String>, String)> {
    let table = place.table.quoted();
    let key = place.key()?.quoted();
    let mut columns = vec![key.clone()];
    columns.extend(place.table.columns.iter().map(|column| column.quoted()).filter(|column| *column != key).take(3));
    let own = columns.iter().map(|column| format!("t.{column}")).collect::<Vec<_>>().join(", ");
    let joined = place.table.references.iter().find(|reference| reference.declared);
    match (place.dice.below(5), joined) {
        (0 | 1, Some(reference)) => {
            let parent = &place.model.tables[reference.parent];
            let on: Vec<String> = reference
                .columns
                .iter()
                .zip(&reference.parent_columns)
                .map(|(column, other)| format!("t.{} = p.{}", quoted(column), quoted(other)))
                .collect();
            let more = format!("p.{} AS parent_key", quoted(&reference.parent_columns[0]));
            columns.push("parent_key".to_owned());
            let side = *place.dice.pick(&["LEFT JOIN", "JOIN"]);
            Some((
                columns,
                format!("SELECT {own}, {more} FROM {table} t {side} {} p ON {}", parent.quoted(), on.join(" AND ")),
            ))
        }
        (2, _) => Some((
            vec![key.clone(), "total".to_owned()],
            format!("SELECT {key}, count(*) AS total FROM {table} GROUP BY {key} ORDER BY 1"),
        )),
        (3, _) => Some((columns, format!("SELECT {own} FROM {table} t WHERE t.{key} IN (SELECT {key} FROM {table})"))),
        _ => Some((columns, format!("SELECT {own} FROM {table} t WHERE t.{key} IS NOT NULL"))),
    }
}

// Comment, rights, owner; and whether it was given away.
fn dress(place: &mut Place<'_>, kind: &str, name: &str, columns: &[String]) -> (String, bool) {
    let mut text = String::new();
    if place.dice.chance(30) {
        text += &format!("COMMENT ON {kind} {name} IS {};\n", literal(&comment(&mut place.dice)));
    }
    if place.dice.chance(20) {
        text += &format!("COMMENT ON COLUMN {name}.{} IS {};\n", columns[0], literal(&comment(&mut place.dice)));
    }
    if place.dice.chance(30) {
        let option = if place.dice.chance(30) { " WITH GRANT OPTION" } else { "" };
        text += &format!("GRANT SELECT ON {name} TO gen_reader{option};\n");
    }
    if place.dice.chance(15) {
        text += &format!("GRANT SELECT ({}) ON {name} TO \"gen \"\"odd\"\", role\";\n", columns[0]);
    }
    let given = place.dice.chance(15);
    if given {
        text += &format!("ALTER {kind} {name} OWNER TO gen_owner;\n");
    }
    (text, given)
}
