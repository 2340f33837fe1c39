//! Some tables of a restored database alone: references to the others first, then whatever
//! stands on the others, then they themselves, one by one and each by its name.

mod stands;

use std::sync::Arc;

use super::connection::Profile;
use super::quote;
use crate::backup::file;
use crate::dialect::Connection;
use crate::error::{Error, Result};
use crate::schema::{Schema, TableName};
use stands::{Object, Stands};

/// References of tables of which at least one goes, those of partitions with their table's.
const REFERENCES: &str = "
SELECT n.nspname, c.relname, k.conname, pg_get_constraintdef(k.oid), k.conrelid::text
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE k.contype = 'f' AND k.conparentid = 0 AND ('{others}'::oid[] @> ARRAY[k.conrelid] OR '{others}'::oid[] @> ARRAY[k.confrelid])
ORDER BY n.nspname, c.relname, k.conname";

/// Every table and what it is called; those of extensions come and go with these.
const TABLES: &str = "
SELECT c.oid::text, n.nspname, c.relname, c.relkind::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY n.nspname, c.relname";

/// Takes out every table that is not among these.
pub async fn keep_only(connection: &mut dyn Connection, tables: &[TableName]) -> Result<Vec<String>> {
    let mut found = Stands::default();
    let mut others = Vec::new();
    for row in connection.query(TABLES).await? {
        let [Some(oid), Some(schema), Some(name), Some(kind)] = row.as_slice() else { continue };
        let (name, view) = (TableName::new(schema, name), matches!(kind.as_str(), "v" | "m"));
        if view {
            found.views.insert(oid.clone());
        } else if !tables.contains(&name) {
            let word = if kind == "f" { "FOREIGN TABLE" } else { "TABLE" };
            found.others.insert(oid.clone(), format!("DROP {word} {}", quote::table(&name)));
            others.push(oid.clone());
        }
    }
    let mut told = references(connection, &others).await?;
    found.read(connection).await?;
    for object in found.in_order() {
        let statement = match found.others.get(&object.oid).filter(|_| object.is_relation()) {
            Some(statement) => statement.clone(),
            None => {
                let (statement, name) = other(connection, &object).await?;
                told.push(name);
                statement
            }
        };
        connection.execute(&statement).await?;
    }
    Ok(told)
}

async fn references(connection: &mut dyn Connection, others: &[String]) -> Result<Vec<String>> {
    let mut told = Vec::new();
    let sql = REFERENCES.replace("{others}", &format!("{{{}}}", others.join(",")));
    for row in connection.query(&sql).await? {
        let [Some(schema), Some(table), Some(name), Some(definition), Some(oid)] = row.as_slice() else { continue };
        let statement =
            format!("ALTER TABLE {} DROP CONSTRAINT {}", quote::qualified(schema, table), quote::ident(name));
        connection.execute(&statement).await?;
        if !others.contains(oid) {
            told.push(format!("the reference {name} of {schema}.{table}: {definition}"));
        }
    }
    Ok(told)
}

// What is no table but stands on one that goes: how it goes, and what it is called.
async fn other(connection: &mut dyn Connection, object: &Object) -> Result<(String, String)> {
    let sql = format!(
        "SELECT i.type, i.identity, to_jsonb(a.object_names)::text FROM pg_identify_object({0}, {1}, 0) i, pg_identify_object_as_address({0}, {1}, 0) a",
        object.class, object.oid
    );
    let row = connection.query(&sql).await?.into_iter().next().unwrap_or_default();
    let [Some(kind), Some(identity), Some(names)] = row.as_slice() else {
        return Err(Error::Internal { detail: "an object that stands on a table cannot be named".to_owned() });
    };
    let names: Vec<String> = serde_json::from_str(names).unwrap_or_default();
    let told = format!("the {kind} {identity}");
    let statement = match (kind.as_str(), names.as_slice()) {
        ("view" | "materialized view" | "function" | "procedure" | "aggregate", _) => {
            format!("DROP {} {identity}", kind.to_uppercase())
        }
        ("table constraint", [schema, table, name]) => {
            format!("ALTER TABLE {} DROP CONSTRAINT {}", quote::qualified(schema, table), quote::ident(name))
        }
        ("policy" | "trigger" | "rule", [schema, table, name]) => {
            format!("DROP {} {} ON {}", kind.to_uppercase(), quote::ident(name), quote::qualified(schema, table))
        }
        _ => {
            let reason = format!(
                "{told} stands on a table that was not chosen, and cannot be without it: choose that table too"
            );
            return Err(Error::Apart { reasons: vec![reason] });
        }
    };
    Ok((statement, told))
}

/// What brings missing rows back: each table through a file, since no statement reaches two
/// databases.
pub async fn copy_back(
    profile: &Arc<Profile>,
    connection: &mut dyn Connection,
    schema: &Schema,
    tables: &[TableName],
    live: &str,
) -> Result<Vec<String>> {
    let word = |text: &str| file::quoted(std::path::Path::new(text), "");
    let (host, port, first) = profile.by_hand();
    let place = format!("--host={} --port={port} --username={}", word(&host), word(&profile.user));
    // A bare name could be taken for more than a name.
    let named = |name: &str| word(&format!("dbname='{}'", name.replace('\\', "\\\\").replace('\'', "\\'")));
    let psql = |database: &str| format!("psql {place} --dbname={} -Xq -v ON_ERROR_STOP=1", named(database));
    let mut lines = vec![
        "# Rows that are missing in the live database come back, parents first; rows that are there stay as they are."
            .to_owned(),
        "# Triggers of the live tables run. Each table goes through a file in this folder, removed when it is in."
            .to_owned(),
    ];
    lines.extend(first);
    for (number, name) in tables.iter().enumerate() {
        let Some(columns) = columns(connection, name).await? else { continue };
        let (table, file) = (quote::table(name), format!("rekey-rows-{number}"));
        let out = format!("\\copy (SELECT {columns} FROM {table}) TO '{file}'");
        let make = format!("CREATE TEMPORARY TABLE rekey_rows ON COMMIT DROP AS SELECT {columns} FROM {table} LIMIT 0");
        let back = format!("\\copy rekey_rows FROM '{file}'");
        let insert = format!(
            "INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} FROM rekey_rows r WHERE NOT EXISTS (SELECT FROM {table} l WHERE {})",
            alike(schema, name, &columns)
        );
        lines.push(format!(
            "{} -c {} && {} -1 -c {} -c {} -c {} && rm -f -- {file}",
            psql(&profile.database),
            word(&out),
            psql(live),
            word(&make),
            word(&back),
            word(&insert)
        ));
    }
    Ok(lines)
}

// By the primary key; without one, by all that the row holds.
fn alike(schema: &Schema, name: &TableName, columns: &str) -> String {
    let key = schema.tables.get(name).and_then(|table| table.primary_key.as_ref());
    match key {
        Some(key) => {
            let one = |column: &String| format!("l.{0} = r.{0}", quote::ident(column));
            key.columns.iter().map(one).collect::<Vec<_>>().join(" AND ")
        }
        None => format!(
            "(SELECT x::text FROM (SELECT {0}) x) = r::text",
            columns.split(", ").map(|column| format!("l.{column}")).collect::<Vec<_>>().join(", ")
        ),
    }
}

// Those that can be written; none for a table that only spreads its rows over partitions.
async fn columns(connection: &mut dyn Connection, name: &TableName) -> Result<Option<String>> {
    let sql = format!(
        "SELECT a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE n.nspname = {} AND c.relname = {} AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum",
        quote::literal(&name.schema),
        quote::literal(&name.name)
    );
    let names: Vec<String> =
        connection.query(&sql).await?.into_iter().flatten().flatten().map(|name| quote::ident(&name)).collect();
    Ok((!names.is_empty()).then(|| names.join(", ")))
}
