//! What the schema alone shows to stand in the way of converting a column.

use super::ddl::{TableText, Token, depends_on_numbers, mentions, parenthesis, passes_on, significant};
use super::helper;
use super::inspect::{foreign_keys, kind, table_name};
use super::read::{Object, Raw};
use crate::check::AnswerOption;
use crate::schema::{ColumnKind, ColumnName, Obstacle};

/// A condition that no UUID would meet; `drop` takes it away.
pub const CONDITION: &str = "RK-203";
/// An index that would hold other rows; `drop` takes it away.
pub const INDEX: &str = "RK-204";
/// The answer that takes an object away until the undo puts it back.
pub const DROP: &str = "drop";

/// A condition of a table, as questions name it.
pub fn checked(table: &str, condition: &str) -> String {
    format!("check {condition} on {}", full(table))
}

/// Everything in the way, by name.
pub fn obstacles(raw: &Raw) -> Vec<Obstacle> {
    let mut found = Vec::new();
    for table in raw.columns.keys() {
        let sql = raw.sql("table", table).unwrap_or_default();
        match TableText::parse(sql).filter(|text| is_complete(raw, table, text)) {
            Some(text) => {
                checks(raw, table, sql, &text, &mut found);
                generated(raw, table, sql, &text, &mut found);
                collations(raw, table, &text, &mut found);
            }
            None => found.push(unreadable(raw, table)),
        }
        defaults(raw, table, &mut found);
        mismatches(raw, table, &mut found);
    }
    for object in &raw.objects {
        if object.is_virtual() {
            virtual_table(raw, object, &mut found);
        }
        if object.kind == "index" {
            index(raw, object, &mut found);
        }
        if object.kind == "trigger" {
            feeding(raw, object, &mut found);
        }
        if helper::is_reserved(&object.name) {
            found.push(reserved(raw, object));
        }
    }
    found
}

fn obstacle(rule: &str, object: String, columns: Vec<ColumnName>, meaning: &str, remedy: &str) -> Obstacle {
    Obstacle {
        rule: rule.to_owned(),
        object,
        columns,
        meaning: meaning.to_owned(),
        remedy: remedy.to_owned(),
        options: Vec::new(),
        default: None,
    }
}

fn full(name: &str) -> String {
    format!("main.{name}")
}

fn column(table: &str, column: &str) -> ColumnName {
    ColumnName { table: table_name(table), column: column.to_owned() }
}

fn all_columns(raw: &Raw, table: &str) -> Vec<ColumnName> {
    raw.columns.get(table).into_iter().flatten().map(|row| column(table, &row.name)).collect()
}

// The text must name the very columns that SQLite names.
fn is_complete(raw: &Raw, table: &str, text: &TableText<'_>) -> bool {
    let rows = raw.columns.get(table).into_iter().flatten();
    rows.map(|row| row.name.to_ascii_lowercase()).eq(text.columns.iter().map(|column| column.name.to_ascii_lowercase()))
}

fn unreadable(raw: &Raw, table: &str) -> Obstacle {
    obstacle(
        "RK-208",
        full(table),
        all_columns(raw, table),
        "Rekey cannot read the text that creates this table, so it cannot change it safely.",
        "Send in the table's definition, or make the table anew in the ordinary way.",
    )
}

fn virtual_table(raw: &Raw, object: &Object, found: &mut Vec<Obstacle>) {
    for table in raw.columns.keys() {
        let prefix = format!("{}_", object.name.to_ascii_lowercase());
        let inner = table.to_ascii_lowercase().starts_with(&prefix);
        let module = significant(&object.sql).into_iter().skip_while(|token| !token.is("USING"));
        let named = module.skip(1).any(|token| token.names(table) || token.text.contains(table.as_str()));
        if inner || named {
            found.push(obstacle(
                "RK-201",
                full(&object.name),
                all_columns(raw, table),
                &format!("The virtual table '{}' (full text search, R-Tree or the like) works on table '{table}' by its row numbers.", object.name),
                "Drop the virtual table, convert, and build it again afterwards; or leave this key as it is.",
            ));
        }
    }
}

// A trigger that gives a virtual table the key for its row number would fail with a UUID.
fn feeding(raw: &Raw, trigger: &Object, found: &mut Vec<Obstacle>) {
    for fed in raw.objects.iter().filter(|object| object.is_virtual() && mentions(&trigger.sql, &object.name)) {
        let columns = all_columns(raw, &trigger.table);
        found.push(obstacle(
            "RK-201",
            full(&trigger.name),
            columns.into_iter().filter(|one| passes_on(&trigger.sql, &one.column)).collect(),
            &format!("The trigger keeps the virtual table '{}' (full text search, R-Tree or the like) by the key.", fed.name),
            "Drop the trigger and the virtual table, convert, and build them again afterwards; or leave this key as it is.",
        ));
    }
}

fn generated(raw: &Raw, table: &str, sql: &str, text: &TableText<'_>, found: &mut Vec<Obstacle>) {
    let rows = raw.columns.get(table).into_iter().flatten();
    for row in rows.filter(|row| row.generated) {
        let Some(clauses) = text.column(&row.name).map(|column| text.at(column.clauses.clone())) else { continue };
        let clause = slice(sql, clauses);
        let mut columns: Vec<ColumnName> =
            all_columns(raw, table).into_iter().filter(|one| mentions(clause, &one.column)).collect();
        columns.push(column(table, &row.name));
        found.push(obstacle(
            "RK-202",
            column(table, &row.name).to_string(),
            columns,
            "The column is computed from others; with a UUID in them it would hold something else.",
            "Drop the generated column, convert, and add it again; or leave this key as it is.",
        ));
    }
}

fn checks(raw: &Raw, table: &str, sql: &str, text: &TableText<'_>, found: &mut Vec<Obstacle>) {
    for expression in conditions(sql, text) {
        // Of text the probe asks the rows themselves.
        let mut columns = numeric_columns(raw, table, expression);
        columns.retain(|one| !is_text(raw, one));
        if !columns.is_empty() {
            let meaning =
                format!("The condition CHECK {expression} counts on a number in the column; no UUID would meet it.");
            let remedy = "Let it be taken away, or leave this key as it is.";
            found.push(Obstacle {
                options: vec![AnswerOption::new(DROP, "The condition is taken away; the undo puts it back.")],
                ..obstacle(CONDITION, checked(table, expression), columns, &meaning, remedy)
            });
        }
    }
}

/// The conditions of a table's text, in their parentheses.
pub fn conditions<'s>(sql: &'s str, text: &TableText<'_>) -> Vec<&'s str> {
    let words = text.tokens.iter().enumerate().filter(|(_, token)| token.is("CHECK"));
    words.map(|(place, _)| slice(sql, parenthesis(&text.tokens[place + 1..]))).collect()
}

fn index(raw: &Raw, object: &Object, found: &mut Vec<Obstacle>) {
    let indexes = raw.indexes.get(&object.table).into_iter().flatten();
    let Some(index) = indexes.into_iter().find(|index| index.name == object.name) else { return };
    if index.partial || index.columns.iter().any(|column| column.name.is_none()) {
        let columns = numeric_columns(raw, &object.table, &object.sql);
        if !columns.is_empty() {
            found.push(Obstacle {
                options: vec![AnswerOption::new(DROP, "The index is taken away; the undo puts it back.")],
                // A unique one keeps rows out, which nothing else would do.
                default: (!index.unique).then(|| DROP.to_owned()),
                ..obstacle(
                    INDEX,
                    full(&object.name),
                    columns,
                    "The index computes with the column or compares it with a number; with UUIDs it would hold other rows.",
                    "Let it be taken away and create it again with the new ids, or leave this key as it is.",
                )
            });
        }
    }
    if let Some(foreign) =
        index.columns.iter().find(|column| !raw.collations.contains(&column.collation.to_ascii_uppercase()))
    {
        found.push(unknown_collation(raw, &object.table, &foreign.collation));
    }
}

fn collations(raw: &Raw, table: &str, text: &TableText<'_>, found: &mut Vec<Obstacle>) {
    let names = text.tokens.windows(2).filter(|pair| pair[0].is("COLLATE")).filter_map(|pair| pair[1].name());
    for name in names.filter(|name| !raw.collations.contains(&name.to_ascii_uppercase())) {
        found.push(unknown_collation(raw, table, &name));
    }
}

fn unknown_collation(raw: &Raw, table: &str, name: &str) -> Obstacle {
    obstacle(
        "RK-207",
        full(table),
        all_columns(raw, table),
        &format!("The table sorts by '{name}', an order that only its own application knows."),
        "Convert with a program that knows it, or leave this key as it is.",
    )
}

fn defaults(raw: &Raw, table: &str, found: &mut Vec<Obstacle>) {
    for row in raw.columns.get(table).into_iter().flatten() {
        let Some(default) = row.default.as_ref().filter(|default| !default.eq_ignore_ascii_case("NULL")) else {
            continue;
        };
        // What a default gives in a column of text is asked of SQLite itself.
        if is_text(raw, &column(table, &row.name)) {
            continue;
        }
        found.push(obstacle(
            "RK-205",
            column(table, &row.name).to_string(),
            vec![column(table, &row.name)],
            &format!("The column has the default {default}, which would not be the id of any row afterwards."),
            "Remove the default from the table first, or leave this key as it is.",
        ));
    }
}

// SQLite itself refuses to check such a reference ("foreign key mismatch").
fn mismatches(raw: &Raw, table: &str, found: &mut Vec<Obstacle>) {
    for key in foreign_keys(raw, table) {
        if is_unique(raw, &key.parent.name, &key.parent_columns) {
            continue;
        }
        let children = key.columns.iter().map(|name| column(table, name));
        let parents = key.parent_columns.iter().map(|name| column(&key.parent.name, name));
        found.push(obstacle(
            "RK-209",
            full(&key.name),
            children.chain(parents).collect(),
            &format!("The reference from '{table}' points to columns of '{}' that are not unique, which SQLite does not accept.", key.parent.name),
            "Give the referenced columns a unique index, or remove the reference.",
        ));
    }
}

/// True where no two rows of the table can be alike in these columns.
pub fn is_unique(raw: &Raw, table: &str, columns: &[String]) -> bool {
    let same =
        |names: Vec<&str>| names.len() == columns.len() && columns.iter().all(|name| names.contains(&name.as_str()));
    let whole = raw.indexes.get(table).into_iter().flatten().filter(|index| index.unique && !index.partial);
    let mut lists =
        whole.filter_map(|index| index.columns.iter().map(|column| column.name.as_deref()).collect::<Option<Vec<_>>>());
    same(raw.key(table)) || lists.any(same)
}

fn reserved(raw: &Raw, object: &Object) -> Obstacle {
    obstacle(
        "RK-206",
        full(&object.name),
        raw.columns.keys().flat_map(|table| all_columns(raw, table)).collect(),
        "Names that begin with '_rekey_' belong to Rekey, but it did not make this object.",
        "Give the object another name.",
    )
}

fn is_text(raw: &Raw, column: &ColumnName) -> bool {
    let rows = raw.columns.get(&column.table.name).into_iter().flatten();
    rows.filter(|row| row.name == column.column).any(|row| kind(&row.type_name) == ColumnKind::Text)
}

fn numeric_columns(raw: &Raw, table: &str, expression: &str) -> Vec<ColumnName> {
    all_columns(raw, table).into_iter().filter(|one| depends_on_numbers(expression, &one.column)).collect()
}

fn slice<'a>(text: &'a str, tokens: &[Token<'_>]) -> &'a str {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => &text[first.span.start..last.span.end],
        _ => "",
    }
}
