//! Ids in arrays, and ids of several keys in one column: how each is converted, forth and
//! back, and which of their values have to be in the maps.

use super::super::quote;
use super::convert::Way;
use super::held::{self, Held, Scattered, Typed};
use super::lookup;
use super::scope::Scope;
use super::text;
use crate::plan::{Action, Assertion, Step};
use crate::schema::{Column, ColumnKind, ColumnName};

// A number as the server writes it. Any other text in such a column is none of the key's.
const NUMBER: &str = "'^(0|-?[1-9][0-9]{0,17})$'";

/// Makes the functions that convert them, where there are any.
pub fn prepare(scope: &Scope<'_>, way: Way) -> Option<Step> {
    let statements: Vec<String> = held::own(scope).map(|one| function(scope, &one, way)).collect();
    (!statements.is_empty()).then(|| Step {
        id: "prepare_scattered".to_owned(),
        action: Action::Prepare,
        title: "Prepare for ids in arrays and beside a type".to_owned(),
        statements,
    })
}

/// Removes those functions.
pub fn remove(scope: &Scope<'_>, way: Way) -> Vec<String> {
    held::own(scope)
        .map(|one| format!("DROP FUNCTION {}({})", named(scope, &one, way), takes(&one, way).join(", ")))
        .collect()
}

/// The value of such a column on the other side.
pub fn value(scope: &Scope<'_>, one: &Scattered<'_>, way: Way) -> String {
    let (function, name) = (named(scope, one, way), quote::ident(&one.column.name));
    match (one.held, way) {
        (Held::Plain(_), _) => name,
        (Held::Array(_), Way::Forth) => format!("{function}({name}::bigint[])"),
        (Held::Array(_), Way::Back) => format!("{function}({name})::{}", one.column.type_name),
        (Held::Typed(typed), Way::Forth) => format!("{function}({}::text, {name})", quote::ident(&typed.by)),
        (Held::Typed(typed), Way::Back) => {
            let by = quote::ident(&typed.by);
            let class = match scope.conversion_of(&one.table.name, &typed.by) {
                Some(number) => format!("{}({by})::text", lookup::function(scope, number, "old")),
                None => format!("{by}::text"),
            };
            format!("{function}({class}, {name})::{}", one.column.type_name)
        }
    }
}

fn named(scope: &Scope<'_>, one: &Scattered<'_>, way: Way) -> String {
    let side = match way {
        Way::Forth => "new",
        Way::Back => "old",
    };
    scope.helper(&format!("c{}_{side}", one.place))
}

fn takes(one: &Scattered<'_>, way: Way) -> Vec<String> {
    let types: &[&str] = match (one.held, way) {
        (Held::Array(_), Way::Forth) => &["bigint[]"],
        (Held::Array(_), Way::Back) => &["uuid[]"],
        (Held::Plain(_) | Held::Typed(_), Way::Forth) if is_text(one.column) => &["text", "text"],
        (Held::Plain(_) | Held::Typed(_), Way::Forth) => &["text", "bigint"],
        (Held::Plain(_) | Held::Typed(_), Way::Back) if one.held.to_type() == "uuid" => &["text", "uuid"],
        (Held::Plain(_) | Held::Typed(_), Way::Back) => &["text", "text"],
    };
    types.iter().map(|name| (*name).to_owned()).collect()
}

fn is_text(column: &Column) -> bool {
    column.kind == ColumnKind::Text
}

fn function(scope: &Scope<'_>, one: &Scattered<'_>, way: Way) -> String {
    let (gives, body) = match (one.held, way) {
        (Held::Plain(number) | Held::Array(number), Way::Forth) => ("uuid[]", elements(scope, *number, "new")),
        (Held::Plain(number) | Held::Array(number), Way::Back) => ("bigint[]", elements(scope, *number, "old")),
        (Held::Typed(typed), Way::Forth) if is_text(one.column) => ("text", texts(scope, typed, "new")),
        (Held::Typed(typed), Way::Forth) => (one.held.to_type(), numbers(scope, one, typed)),
        (Held::Typed(typed), Way::Back) if is_text(one.column) => ("text", texts(scope, typed, "old")),
        (Held::Typed(typed), Way::Back) if one.held.to_type() == "uuid" => ("bigint", uuids(scope, typed)),
        (Held::Typed(typed), Way::Back) => ("text", texts(scope, typed, "old")),
    };
    format!(
        "CREATE FUNCTION {}({}) RETURNS {gives} LANGUAGE plpgsql STABLE PARALLEL SAFE AS $rekey$\nBEGIN\n{body}\nEND\n$rekey$",
        named(scope, one, way),
        takes(one, way).join(", ")
    )
}

// Most arrays are a plain row of elements that is counted from one. Of others the text is
// taken, in which brackets and bounds stay and nothing but the elements changes.
fn elements(scope: &Scope<'_>, number: usize, side: &str) -> String {
    let look = lookup::function(scope, number, side);
    let (element, from, to) = match side {
        "new" => ("-?[0-9]+", "bigint", "uuid[]"),
        _ => ("[0-9a-f-]{36}", "uuid", "bigint[]"),
    };
    format!(
        "IF $1 IS NULL THEN\nRETURN NULL;\nEND IF;\n\
         IF coalesce(array_dims($1), '[1:0]') ~ '^\\[1:[0-9]+\\]$' THEN\n\
         RETURN ARRAY(SELECT {look}(e.id) FROM unnest($1) WITH ORDINALITY e(id, place) ORDER BY e.place);\n\
         END IF;\n\
         RETURN (SELECT coalesce(substring($1::text FROM '^.*='), '') || string_agg(CASE WHEN t.part[1] ~ '^[{{}},N]' THEN t.part[1] ELSE {look}(t.part[1]::{from})::text END, '' ORDER BY t.place)\n\
         FROM regexp_matches(regexp_replace($1::text, '^.*=', ''), '{element}|NULL|[{{}},]', 'g') WITH ORDINALITY t(part, place))::{to};"
    )
}

// Integers of classes that are all known.
fn numbers(scope: &Scope<'_>, one: &Scattered<'_>, typed: &Typed) -> String {
    let to = &typed.to_type;
    let mut sql = "IF $2 IS NULL THEN\nRETURN NULL;\nEND IF;\n".to_owned();
    for (number, values) in &typed.classes {
        let look = lookup::function(scope, *number, "new");
        sql.push_str(&format!("IF $1 IN ({}) THEN\nRETURN {look}($2)::{to};\nEND IF;\n", literals(values)));
    }
    if to == "uuid" {
        sql.push_str(&format!(
            "RAISE EXCEPTION 'the id % in {} is one of %, which the plan does not convert', $2, coalesce($1, 'nothing') USING ERRCODE = 'foreign_key_violation';",
            one.table.column_name(&one.column.name).to_string().replace('\'', "''").replace('%', "%%")
        ));
    } else {
        sql.push_str("RETURN $2::text;");
    }
    sql
}

// Texts, of which only those are changed that are ids of a known class.
fn texts(scope: &Scope<'_>, typed: &Typed, side: &str) -> String {
    let (test, cast, from) = match side {
        "new" => (format!("$2 ~ {NUMBER}"), "bigint", "old_id"),
        _ => (text::valid("$2"), "uuid", "new_id"),
    };
    let mut sql = format!("IF ({test}) IS NOT TRUE THEN\nRETURN $2;\nEND IF;\n");
    for (number, values) in &typed.classes {
        sql.push_str(&format!(
            "IF $1 IN ({}) THEN\nRETURN coalesce((SELECT m.{side}_id::text FROM {} m WHERE m.{from} = $2::{cast}), $2);\nEND IF;\n",
            literals(values),
            scope.map(*number)
        ));
    }
    sql.push_str(&if side == "new" {
        "RETURN $2;".to_owned()
    } else {
        format!("RETURN coalesce({}::text, $2);", anywhere(scope, "$2::uuid"))
    });
    sql
}

fn uuids(scope: &Scope<'_>, typed: &Typed) -> String {
    let mut sql = "IF $2 IS NULL THEN\nRETURN NULL;\nEND IF;\n".to_owned();
    for (number, values) in &typed.classes {
        let look = lookup::function(scope, *number, "old");
        sql.push_str(&format!("IF $1 IN ({}) THEN\nRETURN {look}($2);\nEND IF;\n", literals(values)));
    }
    // A class that was written since and was not known before.
    sql.push_str(&format!("RETURN {};", anywhere(scope, "$2")));
    sql
}

/// Every map of numbers.
fn maps(scope: &Scope<'_>) -> impl Iterator<Item = usize> {
    (0..scope.conversions.len()).filter(|number| text::old_type(scope, *number) == "bigint")
}

// The number of a UUID, whichever map has it.
fn anywhere(scope: &Scope<'_>, id: &str) -> String {
    let maps: Vec<String> = maps(scope)
        .map(|number| format!("SELECT m.old_id FROM {} m WHERE m.new_id = {id}", scope.map(number)))
        .collect();
    format!("(SELECT w.old_id FROM (\n{}\n) w LIMIT 1)", maps.join("\nUNION ALL\n"))
}

fn literals(values: &[String]) -> String {
    values.iter().map(|value| quote::literal(value)).collect::<Vec<_>>().join(", ")
}

/// The values of such columns that need an entry in the map of a conversion: queries of one
/// column each.
pub fn values(scope: &Scope<'_>, number: usize, way: Way) -> Vec<String> {
    sources(scope, number, way).into_iter().map(|(_, query)| query).collect()
}

/// The same with the column of each.
pub fn sources(scope: &Scope<'_>, number: usize, way: Way) -> Vec<(ColumnName, String)> {
    let whole = held::all(scope).into_iter().filter(|one| !scope.is_partition(one.table));
    let found =
        whole.filter_map(|one| Some((one.table.column_name(&one.column.name), source(scope, &one, number, way)?)));
    found.collect()
}

fn source(scope: &Scope<'_>, one: &Scattered<'_>, number: usize, way: Way) -> Option<String> {
    let (name, from) = (format!("t.{}", quote::ident(&one.column.name)), scope.from(&one.table.name));
    let typed = match one.held {
        Held::Array(own) if *own == number => {
            return Some(match way {
                Way::Forth => format!("SELECT unnest({name})::bigint AS old_id FROM {from} t"),
                Way::Back => format!("SELECT unnest({name}) AS new_id FROM {from} t"),
            });
        }
        Held::Plain(_) | Held::Array(_) => return None,
        // What a text holds beside ids of rows stays as it is.
        Held::Typed(_) if is_text(one.column) => return None,
        Held::Typed(typed) => typed,
    };
    let own = literals(typed.conversion(number)?);
    let class = class(scope, one, typed, "t", way);
    Some(match way {
        Way::Forth => format!("SELECT {name}::bigint AS old_id FROM {from} t WHERE {class} IN ({own})"),
        Way::Back => {
            let (valid, id) = match typed.to_type.as_str() {
                "uuid" => (format!("{name} IS NOT NULL"), name),
                _ => (text::valid(&name), format!("{name}::uuid")),
            };
            let id = format!("CASE WHEN {valid} THEN {id} END");
            let mut belongs = format!("{class} IN ({own})");
            // Ids of a class that was not known, and of no row either, get their number here.
            if typed.classes.first().is_some_and(|(first, _)| *first == number) {
                let all: Vec<String> = typed.classes.iter().flat_map(|(_, values)| values.clone()).collect();
                belongs = format!(
                    "({belongs} OR (({class} IN ({})) IS NOT TRUE{}))",
                    literals(&all),
                    elsewhere(scope, number, &id)
                );
            }
            format!("SELECT {id} AS new_id FROM {from} t WHERE {belongs}")
        }
    })
}

fn elsewhere(scope: &Scope<'_>, number: usize, id: &str) -> String {
    let mut sql = String::new();
    for other in maps(scope).filter(|other| *other != number) {
        sql.push_str(&format!(" AND NOT EXISTS (SELECT FROM {} m WHERE m.new_id = {id})", scope.map(other)));
        for name in scope.sources(other) {
            sql.push_str(&format!(
                " AND NOT EXISTS (SELECT FROM {} r WHERE r.{} = {id})",
                scope.from(&name.table),
                quote::ident(&name.column)
            ));
        }
    }
    sql
}

// What stands beside the id of a row, as it was before.
fn class(scope: &Scope<'_>, one: &Scattered<'_>, typed: &Typed, row: &str, way: Way) -> String {
    let by = format!("{row}.{}", quote::ident(&typed.by));
    match (scope.conversion_of(&one.table.name, &typed.by), way) {
        (Some(number), Way::Back) => {
            format!("(SELECT c.old_id::text FROM {} c WHERE c.new_id = {by})", scope.map(number))
        }
        (Some(_) | None, _) => format!("{by}::text"),
    }
}

/// Such a column as it goes into a digest: every id by its old value, in its place. What the
/// map does not know is written so that it is like nothing that was there.
pub fn cell(scope: &Scope<'_>, one: &Scattered<'_>, row: &str, way: Way) -> String {
    let name = format!("{row}.{}", quote::ident(&one.column.name));
    match (one.held, way) {
        (Held::Plain(_) | Held::Array(_), Way::Forth) => elements_of(&name, "e.id::text", ""),
        (Held::Plain(number) | Held::Array(number), Way::Back) => {
            let join = format!(" LEFT JOIN {} m ON m.new_id = e.id", scope.map(*number));
            elements_of(&name, "CASE WHEN e.id IS NOT NULL THEN coalesce(m.old_id::text, '?') END", &join)
        }
        (Held::Typed(_), Way::Forth) => format!("{name}::text COLLATE \"C\""),
        (Held::Typed(typed), Way::Back) => {
            let class = class(scope, one, typed, row, way);
            let (id, stray) = match typed.to_type.as_str() {
                "uuid" => (name.clone(), "'?'".to_owned()),
                _ => (format!("CASE WHEN {} THEN {name}::uuid END", text::valid(&name)), format!("{name}::text")),
            };
            let known: String = typed
                .classes
                .iter()
                .map(|(number, values)| {
                    format!(
                        " WHEN {class} IN ({}) THEN (SELECT m.old_id FROM {} m WHERE m.new_id = {id})",
                        literals(values),
                        scope.map(*number)
                    )
                })
                .collect();
            format!(
                "(CASE WHEN {name} IS NOT NULL THEN coalesce((CASE{known} ELSE {} END)::text, {stray}) END) COLLATE \"C\"",
                anywhere(scope, &id)
            )
        }
    }
}

fn elements_of(name: &str, element: &str, join: &str) -> String {
    format!(
        "(SELECT string_agg(coalesce({element}, '-'), ',' ORDER BY e.place) FROM unnest({name}) WITH ORDINALITY e(id, place){join}), array_dims({name}), {name} IS NULL"
    )
}

/// That texts which are ids of a known class are written as UUIDs, in the one spelling that
/// the server gives them: read by its meaning alone, a number that was passed over would look
/// like one that was not.
pub fn assertions(scope: &Scope<'_>) -> Vec<Assertion> {
    let stored = held::all(scope).into_iter().filter(|one| !scope.is_partition(one.table));
    stored.filter_map(|one| rewritten(scope, &one)).collect()
}

fn rewritten(scope: &Scope<'_>, one: &Scattered<'_>) -> Option<Assertion> {
    let Held::Typed(typed) = one.held else { return None };
    if typed.to_type == "uuid" {
        return None;
    }
    let column = one.table.column_name(&one.column.name);
    let (name, class) = (format!("t.{}", quote::ident(&one.column.name)), class(scope, one, typed, "t", Way::Back));
    let wrong = typed.classes.iter().map(|(number, values)| {
        let map = scope.map(*number);
        format!(
            "({class} IN ({}) AND CASE WHEN {name} ~ {NUMBER} THEN EXISTS (SELECT FROM {map} m WHERE m.old_id = {name}::bigint) \
             WHEN {} THEN {name} <> {name}::uuid::text AND EXISTS (SELECT FROM {map} m WHERE m.new_id = {name}::uuid) ELSE false END)",
            literals(values),
            text::valid(&name)
        )
    });
    let wrong: Vec<String> = wrong.collect();
    Some(Assertion {
        id: format!("rewritten {column}"),
        title: format!("No text in {column} is still the number of a row that is converted"),
        sql: format!("SELECT count(*)::text FROM {} t WHERE {}", scope.from(&one.table.name), wrong.join(" OR ")),
        expect: "0".to_owned(),
        lasting: false,
    })
}
