//! Triggers, rules and functions.

use super::Place;
use crate::generated::model::{literal, quoted};
use crate::generated::names::comment;

/// Triggers that look at keys, in every state.
pub fn trigger(place: &mut Place<'_>) -> Option<String> {
    let (table, name) = (place.table.quoted(), place.name("trigger"));
    let key = place.key()?.quoted();
    let condition = match place.dice.below(4) {
        0 => format!("WHEN (old.{key} IS DISTINCT FROM new.{key}) "),
        1 => format!("WHEN (old.{key} IS NOT NULL) "),
        _ => String::new(),
    };
    let body = match place.dice.below(7) {
        0 => format!("BEFORE UPDATE OF {key} ON {table} FOR EACH ROW {condition}EXECUTE FUNCTION public.gen_touch()"),
        1 => format!("AFTER UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION public.gen_note()"),
        2 => format!("AFTER UPDATE OF {key} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION public.gen_note()"),
        3 => format!(
            "BEFORE INSERT ON {table} FOR EACH ROW WHEN (new.{key} IS NULL) EXECUTE FUNCTION public.gen_touch()"
        ),
        4 => format!(
            "AFTER INSERT ON {table} REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.gen_note()"
        ),
        5 => format!("AFTER UPDATE ON {table} FOR EACH ROW {condition}EXECUTE FUNCTION public.gen_note()"),
        _ => {
            let when = *place.dice.pick(&["DEFERRABLE INITIALLY DEFERRED", "NOT DEFERRABLE", "DEFERRABLE"]);
            let body = format!(
                "AFTER UPDATE OF {key} ON {table} {when} FOR EACH ROW {condition}EXECUTE FUNCTION public.gen_note()"
            );
            return Some(finish(place, &table, &name, format!("CREATE CONSTRAINT TRIGGER {name} {body};\n")));
        }
    };
    Some(finish(place, &table, &name, format!("CREATE TRIGGER {name} {body};\n")))
}

fn finish(place: &mut Place<'_>, table: &str, name: &str, mut text: String) -> String {
    let state = *place.dice.pick(&["", "", "", "DISABLE", "ENABLE REPLICA", "ENABLE ALWAYS"]);
    if !state.is_empty() {
        text += &format!("ALTER TABLE {table} {state} TRIGGER {name};\n");
    }
    if place.dice.chance(20) {
        text += &format!("COMMENT ON TRIGGER {name} ON {table} IS {};\n", literal(&comment(&mut place.dice)));
    }
    text
}

/// Rules on the table.
pub fn rule(place: &mut Place<'_>) -> Option<String> {
    let (table, name) = (place.table.quoted(), place.name("rule"));
    let key = place.key()?.quoted();
    let body = match place.dice.below(5) {
        0 => format!("ON DELETE TO {table} WHERE old.{key} IS NULL DO INSTEAD NOTHING"),
        1 => format!("ON UPDATE TO {table} WHERE old.{key} <> new.{key} DO ALSO DELETE FROM public.gen_audit"),
        2 => format!(
            "ON INSERT TO {table} WHERE new.{key} IS NULL DO ALSO INSERT INTO public.gen_audit VALUES ('rule', new.{key}::text)"
        ),
        3 => format!("ON UPDATE TO {table} DO ALSO NOTIFY gen_changed"),
        _ => format!("ON DELETE TO {table} DO ALSO DELETE FROM public.gen_audit WHERE row_key = old.{key}::text"),
    };
    let mut text = format!("CREATE RULE {name} AS {body};\n");
    if place.dice.chance(25) {
        text += &format!("ALTER TABLE {table} DISABLE RULE {name};\n");
    }
    if place.dice.chance(20) {
        text += &format!("COMMENT ON RULE {name} ON {table} IS {};\n", literal(&comment(&mut place.dice)));
    }
    Some(text)
}

/// Functions whose text names the table, or that take or give its rows.
pub fn function(place: &mut Place<'_>) -> Option<String> {
    let table = place.table.quoted();
    let name = format!("{}.{}", quoted(&place.table.schema), place.name("function"));
    let key = place.key()?;
    let wanted = if key.is_number() { "integer" } else { "text" };
    let key = key.quoted();
    Some(match place.dice.below(4) {
        0 => format!(
            "CREATE FUNCTION {name}(wanted {wanted}) RETURNS bigint LANGUAGE sql STABLE AS $body$ SELECT count(*) FROM {table} WHERE {key} = wanted $body$;\n"
        ),
        1 => format!(
            "CREATE FUNCTION {name}(one {table}) RETURNS text LANGUAGE sql IMMUTABLE AS $body$ SELECT one.{key}::text $body$;\n"
        ),
        2 => format!(
            "CREATE FUNCTION {name}() RETURNS SETOF {table} LANGUAGE sql STABLE AS $body$ SELECT * FROM {table} $body$;\n"
        ),
        _ => format!(
            "CREATE FUNCTION {name}(wanted {table}.{key}%TYPE) RETURNS boolean LANGUAGE plpgsql AS $body$ BEGIN RETURN EXISTS (SELECT FROM {table} WHERE {key} = wanted); END $body$;\nGRANT EXECUTE ON FUNCTION {name} TO gen_reader;\n"
        ),
    })
}
