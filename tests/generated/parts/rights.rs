//! Rights, owners, policies, publications.

use super::Place;
use crate::generated::kinds::Nature;
use crate::generated::model::quoted;

const ROLES: &[&str] = &["gen_reader", "\"gen \"\"odd\"\", role\"", "PUBLIC"];

/// On the table or on columns.
pub fn grant(place: &mut Place<'_>) -> Option<String> {
    let table = place.table.quoted();
    let role = *place.dice.pick(ROLES);
    let option = if role != "PUBLIC" && place.dice.chance(25) { " WITH GRANT OPTION" } else { "" };
    let what = match place.dice.below(5) {
        0 => "SELECT".to_owned(),
        1 => "ALL".to_owned(),
        2 => format!("SELECT ({})", place.key()?.quoted()),
        3 => format!("UPDATE ({}), REFERENCES ({})", place.key()?.quoted(), place.any()?.quoted()),
        _ => "INSERT, DELETE".to_owned(),
    };
    Some(format!("GRANT {what} ON {table} TO {role}{option};\n"))
}

/// Another owner.
pub fn owner(place: &mut Place<'_>) -> Option<String> {
    Some(format!("ALTER TABLE {} OWNER TO gen_owner;\n", place.table.quoted()))
}

/// Row level security.
pub fn policy(place: &mut Place<'_>) -> Option<String> {
    let (table, name) = (place.table.quoted(), place.name("policy"));
    let (column, _) = place.other(|nature| nature == Nature::Text)?;
    let column = column.quoted();
    let role = *place.dice.pick(ROLES);
    let command = *place.dice.pick(&["ALL", "SELECT", "UPDATE", "DELETE"]);
    let kind = *place.dice.pick(&["PERMISSIVE", "RESTRICTIVE"]);
    let mut text = format!("CREATE POLICY {name} ON {table} AS {kind} FOR {command} TO {role} USING ({column} <> 'x'");
    text += if matches!(command, "ALL" | "UPDATE") { ") WITH CHECK (true);\n" } else { ");\n" };
    if place.dice.chance(80) {
        text += &format!("ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;\n");
    }
    Some(text)
}

/// Row level security by keys, of this table and of parents.
pub fn key_policy(place: &mut Place<'_>) -> Option<String> {
    let (table, name) = (place.table.quoted(), place.name("policy"));
    let key = place.key()?.quoted();
    let parent = place.table.references.iter().find(|one| one.declared && one.columns.len() == 1);
    let condition = match (place.dice.below(4), parent) {
        (0, Some(reference)) => {
            let column = quoted(&reference.columns[0]);
            let (other, target) = (&place.model.tables[reference.parent], quoted(&reference.parent_columns[0]));
            format!("EXISTS (SELECT FROM {} p WHERE p.{target} = {table}.{column})", other.quoted())
        }
        (1, _) => format!("{key}::text = current_setting('gen.key', true)"),
        (2, _) => format!("{key} IN (SELECT {key} FROM {table})"),
        _ => format!("{key} IS NOT NULL"),
    };
    let role = *place.dice.pick(ROLES);
    Some(format!(
        "CREATE POLICY {name} ON {table} TO {role} USING ({condition}) WITH CHECK ({condition});\nALTER TABLE {table} ENABLE ROW LEVEL SECURITY;\n"
    ))
}

/// Of the table with all its columns.
pub fn publication(place: &mut Place<'_>) -> Option<String> {
    let name = place.name("publication");
    let what = *place.dice.pick(&["insert", "insert, update", "insert, update, delete, truncate"]);
    let only = if place.table.split.is_none() { "ONLY " } else { "" };
    (!place.table.unlogged).then(|| {
        format!("CREATE PUBLICATION {name} FOR TABLE {only}{} WITH (publish = '{what}');\n", place.table.quoted())
    })
}
