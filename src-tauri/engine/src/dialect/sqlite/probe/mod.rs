//! What only the rows, or SQLite's own parser, can tell before a conversion.

mod check;
mod repoint;
mod text;

use super::blueprint::{create_statements, lacking};
use super::ddl::{depends_on_numbers, mentions, passes_on, uses_row_numbers};
use super::{quote, uuid};
use crate::check::{Finding, Severity};
use crate::dialect::unindexed::Reference;
use crate::dialect::{Connection, Row};
use crate::plan::{Conversion, ConversionKind, Member, Storage, UuidVersion};
use crate::schema::{ColumnName, DependentKind, Generator, Schema, Table};
use crate::{Error, Result};

type Found = Vec<(ColumnName, Finding)>;

/// Looks at everything.
pub async fn probe(connection: &mut dyn Connection, schema: &Schema, conversions: &[Conversion]) -> Result<Found> {
    let mut found = Found::new();
    for conversion in conversions {
        for member in &conversion.members {
            found.extend(values(connection, conversion, member).await?);
        }
        if conversion.led_to().is_none() {
            found.extend(row_number(schema, conversion));
            found.extend(bytes(conversion));
        }
    }
    found.extend(text::look(connection, schema, conversions).await?);
    found.extend(repoint::look(connection, conversions).await?);
    for (table, statement) in create_statements(schema, conversions)? {
        found.extend(rebuild(connection, table, &statement, conversions).await?);
    }
    found.extend(check::look(connection, schema, conversions).await?);
    found.extend(texts(schema, conversions));
    found.extend(unindexed(schema, conversions));
    found.extend(broken_views(connection, schema, conversions).await?);
    found.extend(integrity(connection, conversions).await?);
    Ok(found)
}

async fn values(connection: &mut dyn Connection, conversion: &Conversion, member: &Member) -> Result<Found> {
    let column = &member.column;
    let (table, own) = (quote::name(&column.table.name), quote::name(&column.column));
    let mut found = Vec::new();
    let is_text = conversion.kind == ConversionKind::TextToUuid;
    let other = format!("{table} WHERE {own} IS NOT NULL AND typeof({own}) <> 'integer'");
    if let Some((count, example)) = count(connection, &own, &other).await?.filter(|_| !is_text) {
        found.push(finding(
            Severity::Block,
            "RK-210",
            column,
            &format!("{count} values are no whole numbers, {example} for one. Rekey cannot say which row they mean."),
            "Correct these values, or leave this key as it is.",
        ));
    }
    if member.key
        && let Some((count, _)) = count(connection, &own, &format!("{table} WHERE {own} IS NULL")).await?
    {
        found.push(finding(
            Severity::Block,
            "RK-221",
            column,
            &format!("{count} rows have no key at all (NULL), which SQLite allows in this table."),
            "Give these rows a key or delete them.",
        ));
    }
    if *column != conversion.root && member.via != crate::schema::INFERRED {
        let root = (quote::name(&conversion.root.table.name), quote::name(&conversion.root.column));
        let strays = if is_text {
            // However both are spelt.
            let canon = |column: &str| format!("coalesce(rekey_uuid_within({column}), {column})");
            format!(
                "{table} c WHERE c.{own} IS NOT NULL AND typeof(c.{own}) = 'text' AND {} NOT IN (SELECT {} FROM {} r WHERE r.{} IS NOT NULL)",
                canon(&format!("c.{own}")),
                canon(&format!("r.{}", root.1)),
                root.0,
                root.1
            )
        } else {
            format!(
                "{table} c WHERE c.{own} IS NOT NULL AND typeof(c.{own}) = 'integer' \
                 AND NOT EXISTS (SELECT 1 FROM {} r WHERE r.{} = c.{own})",
                root.0, root.1
            )
        };
        if let Some((count, example)) = count(connection, &format!("c.{own}"), &strays).await? {
            found.push(finding(
                Severity::Warn,
                "RK-222",
                column,
                &format!("{count} rows point to no row of {}, {example} for one. They will point to no row afterwards too, each old value with a UUID of its own.", conversion.root.table),
                "Nothing needs to be done; correct the rows if they should not be there.",
            ));
        }
    }
    Ok(found.into_iter().map(|finding| (column.clone(), finding)).collect())
}

// How many rows there are and one value for an example; none where there is no row.
async fn count(connection: &mut dyn Connection, value: &str, from: &str) -> Result<Option<(String, String)>> {
    let sql = format!("SELECT CAST(count(*) AS TEXT), substr(CAST(min(quote({value})) AS TEXT), 1, 60) FROM {from}");
    let rows = connection.query(&sql).await?;
    let row = rows.into_iter().next().unwrap_or_default();
    let [count, example] = <[Option<String>; 2]>::try_from(row).unwrap_or_default();
    Ok(count.filter(|count| count != "0").map(|count| (count, example.unwrap_or_default())))
}

fn finding(severity: Severity, rule: &str, object: impl ToString, meaning: &str, remedy: &str) -> Finding {
    Finding::new(severity, rule, object.to_string(), meaning, remedy)
}

fn row_number(schema: &Schema, conversion: &Conversion) -> Found {
    let root = &conversion.root;
    let column = schema.tables.get(&root.table).and_then(|table| table.column(&root.column));
    if !column.is_some_and(|column| matches!(column.generator, Generator::RowId { .. })) {
        return Vec::new();
    }
    let told = uuid::default(schema, conversion).is_some();
    let finding = match conversion.uuid {
        UuidVersion::V7 | UuidVersion::V6 | UuidVersion::V4 if told => finding(
            Severity::Info,
            "RK-228",
            root,
            "SQLite numbered new rows by itself. From now on a default gives them a UUID, also where NULL is written; last_insert_rowid() no longer tells the key.",
            "Where the application asks for the last id, let it use 'INSERT ... RETURNING', or send a UUID of its own.",
        ),
        UuidVersion::V7 | UuidVersion::V6 | UuidVersion::V4 => finding(
            Severity::Warn,
            "RK-171",
            root,
            "SQLite numbered new rows by itself. The file's texts are UTF-16, in which no expression of SQLite's gives 16 bytes one by one, so there is no default: the application must send the id of every new row, and last_insert_rowid() no longer tells the key.",
            "Let the application send UUIDs from the run on, or choose '--storage char36'.",
        ),
        UuidVersion::V5 => finding(
            Severity::Warn,
            "RK-171",
            root,
            "SQLite numbered new rows by itself. A UUID of version 5 is a hash that SQLite cannot compute, so there is no default: the application must send the id of every new row, and last_insert_rowid() no longer tells the key.",
            "Let the application send UUIDs from the run on, or choose another version.",
        ),
    };
    vec![(root.clone(), finding)]
}

// Bytes are never equal to a text, and SQLite does not complain of the comparison.
fn bytes(conversion: &Conversion) -> Option<(ColumnName, Finding)> {
    (conversion.storage == Storage::Binary16).then(|| {
        let finding = finding(
            Severity::Info,
            "RK-234",
            &conversion.root,
            "The new ids are 16 bytes each: hex() shows them, x'...' writes them. A query, view or trigger that compares them with a text finds nothing and says nothing.",
            "Let the application bind ids as bytes, or choose '--storage char36'.",
        );
        (conversion.root.clone(), finding)
    })
}

// SQLite's own parser says whether the new table can be made and the old one still works.
async fn rebuild(
    connection: &mut dyn Connection,
    table: &Table,
    create: &str,
    conversions: &[Conversion],
) -> Result<Found> {
    let insert = format!("INSERT INTO {} DEFAULT VALUES", quote::name(&table.name.name));
    let mut found = Vec::new();
    for statement in [create, &insert] {
        let Some(refusal) = refusal(connection, statement).await? else { continue };
        let meaning = format!("SQLite does not accept the table, or something on it, as it stands: {refusal}");
        let finding = finding(
            Severity::Block,
            "RK-226",
            &table.name,
            &meaning,
            "Correct the table or its triggers, or leave its keys as they are.",
        );
        found.extend(members_in(conversions, table).map(|column| (column.clone(), finding.clone())));
    }
    Ok(found)
}

fn members_in<'a>(conversions: &'a [Conversion], table: &Table) -> impl Iterator<Item = &'a ColumnName> {
    let members = conversions.iter().flat_map(|conversion| &conversion.members).map(|member| &member.column);
    members.filter(|column| column.table == table.name)
}

async fn refusal(connection: &mut dyn Connection, statement: &str) -> Result<Option<String>> {
    match connection.query(&format!("EXPLAIN {statement}")).await {
        Ok(_) => Ok(None),
        Err(Error::Statement { detail, code, .. }) if code == "1" => Ok(Some(detail)),
        Err(other) => Err(other),
    }
}

fn unindexed(schema: &Schema, conversions: &[Conversion]) -> Found {
    let converted: Vec<&ColumnName> =
        conversions.iter().flat_map(|one| &one.members).map(|member| &member.column).collect();
    let of = |(reference, index): (Reference<'_>, String)| {
        let mut columns = reference.columns().into_iter().map(|column| reference.table.column_name(column));
        Some((columns.find(|column| converted.contains(&column))?, reference.finding(&index)))
    };
    lacking(schema, conversions).into_iter().filter_map(of).collect()
}

// Views and triggers are put back word for word; what they say may no longer be meant.
fn texts(schema: &Schema, conversions: &[Conversion]) -> Found {
    let mut found = Vec::new();
    let members = || conversions.iter().flat_map(|conversion| &conversion.members).map(|member| &member.column);
    for dependent in &schema.dependents {
        let Some(text) = dependent.create.first() else { continue };
        for column in members().filter(|column| mentions(text, &column.table.name)) {
            let told = concerns(schema, dependent.kind, text, column);
            found.extend(told.into_iter().map(|(rule, meaning, remedy)| {
                (column.clone(), finding(Severity::Warn, rule, &dependent.name, &meaning, remedy))
            }));
        }
    }
    found
}

fn concerns(
    schema: &Schema,
    kind: DependentKind,
    text: &str,
    column: &ColumnName,
) -> Vec<(&'static str, String, &'static str)> {
    let mut found = Vec::new();
    if depends_on_numbers(text, &column.column) {
        found.push((
            "RK-223",
            format!("It computes with {column} or compares it with a number; with UUIDs it will find something else."),
            "Look at its text and write it anew after the conversion.",
        ));
    }
    if kind == DependentKind::Trigger && passes_on(text, &column.column) {
        found.push((
            "RK-224",
            format!("The trigger passes values of {column} on. Where it writes them to, there will be UUIDs beside the old numbers."),
            "Look where the trigger writes the value, and whether that place should follow the key.",
        ));
    }
    let key = schema.tables.get(&column.table).and_then(|table| table.column(&column.column));
    if key.is_some_and(|key| matches!(key.generator, Generator::RowId { .. })) && uses_row_numbers(text) {
        found.push((
            "RK-232",
            format!("It uses hidden row numbers, which were the values of {column} and will not be any more."),
            "Look at its text and let it use the key's own name.",
        ));
    }
    found
}

async fn broken_views(connection: &mut dyn Connection, schema: &Schema, conversions: &[Conversion]) -> Result<Found> {
    let Some(first) = conversions.first() else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for view in schema.dependents.iter().filter(|one| one.kind == DependentKind::View) {
        let name = view.name.strip_prefix("main.").unwrap_or(&view.name);
        if let Some(refusal) = refusal(connection, &format!("SELECT * FROM {}", quote::name(name))).await? {
            let meaning = format!("The view does not work even now: {refusal}. It will be put back as it is.");
            let remedy = "Nothing needs to be done for the conversion.";
            found.push((first.root.clone(), finding(Severity::Warn, "RK-225", &view.name, &meaning, remedy)));
        }
    }
    Ok(found)
}

async fn integrity(connection: &mut dyn Connection, conversions: &[Conversion]) -> Result<Found> {
    if conversions.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = connection.query("PRAGMA quick_check(5)").await?;
    let complaints: Vec<String> = rows.into_iter().flatten().flatten().filter(|line| line != "ok").collect();
    if complaints.is_empty() {
        return Ok(Vec::new());
    }
    let finding = finding(
        Severity::Block,
        "RK-227",
        schema_name(conversions),
        &format!("The file is damaged, or rows break rules of their tables: {}.", complaints.join("; ")),
        "Correct the rows, or recover the file from a backup or with 'sqlite3 FILE .recover'.",
    );
    Ok(conversions.iter().map(|conversion| (conversion.root.clone(), finding.clone())).collect())
}

fn schema_name(conversions: &[Conversion]) -> String {
    conversions.first().map(|conversion| conversion.root.table.schema.clone()).unwrap_or_default()
}
