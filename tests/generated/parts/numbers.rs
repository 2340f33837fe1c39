//! What takes a key for a number: it is asked about, and taken away where that is the answer.

use super::Place;
use super::views::View;
use crate::generated::model::quoted;

/// Checks and indexes.
pub fn kept(place: &mut Place<'_>) -> Option<String> {
    let (table, name) = (place.table.quoted(), place.name("numeric"));
    let key = place.number()?.quoted();
    Some(match place.dice.below(4) {
        0 => format!(
            "ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({key} > '-9223372036854775808'::bigint) NOT VALID;\n"
        ),
        1 => format!("CREATE INDEX {name} ON {table} ({key}) WHERE {key} > 10;\n"),
        2 => format!("CREATE INDEX {name} ON {table} (({key} % 10));\n"),
        _ => format!("CREATE INDEX {name} ON {table} (abs({key} / 2), {key});\n"),
    })
}

/// Views, policies and triggers.
pub fn code(place: &mut Place<'_>, views: &mut Vec<View>) -> Option<String> {
    let (table, name) = (place.table.quoted(), place.name("counting"));
    let key = place.number()?.quoted();
    Some(match place.dice.below(5) {
        0 => format!("CREATE POLICY {name} ON {table} USING ({key} > 0);\n"),
        1 => format!("CREATE POLICY {name} ON {table} USING ({key} = current_setting('gen.key', true)::bigint);\n"),
        2 => format!(
            "CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW WHEN (new.{key} > 5) EXECUTE FUNCTION public.gen_touch();\n"
        ),
        _ => {
            let view = format!("{}.{name}", quoted(&place.table.schema));
            let column = *place.dice.pick(&["{} + 0::bigint", "max({})", "sum({})"]);
            let column = column.replace("{}", &key);
            views.push(View { name: view.clone(), columns: vec!["counted".to_owned()], given: false });
            format!("CREATE VIEW {view} AS SELECT {column} AS counted FROM {table};\n")
        }
    })
}
