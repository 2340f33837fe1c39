//! Ids where no foreign key can stand: in arrays, beside the name of a class, in documents.
//! None of them is converted; nobody is left to find that out afterwards.

use std::collections::BTreeMap;

use super::super::blueprint::Scope;
use super::super::quote;
use super::Found;
use crate::check::{AnswerOption, Finding, Severity};
use crate::dialect::{Connection, Row};
use crate::error::{Error, Result};
use crate::plan::{Conversion, ConversionKind};
use crate::schema::{Column, ColumnKind, ColumnName, Table, is_class_of, is_named_for, type_beside};

/// Rows of documents that are looked at.
const SAMPLE: u32 = 1_000;
/// The answer that leaves such ids as they are.
const KEEP: &str = "keep";

/// Looks.
pub async fn look(connection: &mut dyn Connection, scope: &Scope<'_>) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    for table in scope.schema.tables.values().filter(|table| !scope.is_partition(table)) {
        for column in &table.columns {
            match column.type_name.as_str() {
                "smallint[]" | "integer[]" | "bigint[]" => found.extend(array(connection, scope, table, column).await?),
                "json" | "jsonb" => found.extend(document(connection, scope, table, column).await?),
                _ => found.extend(beside_a_type(connection, scope, table, column).await?),
            }
        }
    }
    Ok(found)
}

// What may not be read, or not be understood, says nothing.
async fn rows(connection: &mut dyn Connection, sql: &str) -> Result<Vec<Row>> {
    match connection.query(sql).await {
        Ok(rows) => Ok(rows),
        Err(Error::Rights { .. } | Error::Statement { .. }) => Ok(Vec::new()),
        Err(other) => Err(other),
    }
}

// To leave them is safe as far as no row is lost and the map is there to rewrite them.
fn asking(finding: Finding, consequence: &str) -> Finding {
    finding.asking(vec![AnswerOption::new(KEEP, consequence)], Some(KEEP))
}

// Where references leave a key it stays as it is, and so does what this looks for.
fn changing<'s>(scope: &'s Scope<'_>) -> impl Iterator<Item = &'s Conversion> {
    scope.conversions.iter().filter(|conversion| conversion.kind != ConversionKind::Repoint)
}

fn named<'s>(scope: &'s Scope<'_>, name: &str) -> Option<&'s Conversion> {
    let mut fitting = changing(scope).filter(|conversion| is_named_for(&conversion.root, name));
    fitting.next().filter(|_| fitting.next().is_none())
}

async fn array(
    connection: &mut dyn Connection,
    scope: &Scope<'_>,
    table: &Table,
    column: &Column,
) -> Result<Option<Found>> {
    let Some(Conversion { root, .. }) = named(scope, &column.name) else {
        return Ok(None);
    };
    let sql = format!(
        "SELECT count(*)::text, count(*) FILTER (WHERE NOT EXISTS (SELECT FROM {} p WHERE p.{} = e.id))::text \
         FROM {} t CROSS JOIN LATERAL unnest(t.{}) e(id) WHERE e.id IS NOT NULL",
        quote::table(&root.table),
        quote::ident(&root.column),
        scope.from(&table.name),
        quote::ident(&column.name)
    );
    let counted = rows(connection, &sql).await?;
    let numbers: Vec<u64> =
        counted.into_iter().flatten().map(|cell| cell.and_then(|text| text.parse().ok()).unwrap_or(0)).collect();
    let [elements, strays] = numbers.as_slice() else {
        return Ok(None);
    };
    if *elements > 0 && elements == strays {
        return Ok(None);
    }
    let name = table.column_name(&column.name);
    let meaning = format!(
        "By its name the column holds arrays of ids of {root}: {elements} elements, {strays} of which the key does not have. Elements of arrays are not converted."
    );
    // Arrays that are empty throughout have nothing to lose yet.
    let severity = if *elements == 0 { Severity::Warn } else { Severity::Ask };
    let finding = Finding::new(
        severity,
        "RK-193",
        name.to_string(),
        meaning,
        "Move the ids into a table of their own with a foreign key, or rewrite the arrays through the map after the run.",
    );
    let consequence = "The arrays keep their integers, and lead nowhere until they are rewritten through the map.";
    let finding = if severity == Severity::Ask { asking(finding, consequence) } else { finding };
    Ok(Some((root.clone(), finding)))
}

// `commentable_type` and `commentable_id`, or Django's `content_type_id` and `object_id`.
async fn beside_a_type(
    connection: &mut dyn Connection,
    scope: &Scope<'_>,
    table: &Table,
    column: &Column,
) -> Result<Vec<Found>> {
    let wanted = matches!(column.kind, ColumnKind::Integer | ColumnKind::Text);
    let Some(kind) = type_beside(table, &column.name).filter(|_| wanted) else {
        return Ok(Vec::new());
    };
    let classes = classes(connection, scope, table, column, kind).await?;
    let told: Vec<String> = classes.iter().map(|(class, count)| format!("{class} ({count})")).collect();
    let name = table.column_name(&column.name);
    let mut found = Vec::new();
    for Conversion { root, .. } in changing(scope) {
        let own: Vec<&str> = classes.keys().filter(|class| is_class_of(root, class)).map(String::as_str).collect();
        if own.is_empty() {
            continue;
        }
        let meaning = format!(
            "The column holds ids of what {}.{} names: {}. {} stands for {root}; ids beside a class's name are not converted.",
            table.name,
            kind.name,
            told.join(", "),
            own.join(" and ")
        );
        let finding = Finding::new(
            Severity::Ask,
            "RK-194",
            name.to_string(),
            meaning,
            "Leave the keys named there as they are, or make the column text and rewrite it through the maps after the run.",
        );
        let consequence = "The ids stay as they are, and lead nowhere until they are rewritten through the map.";
        found.push((root.clone(), asking(finding, consequence)));
    }
    Ok(found)
}

// The classes that occur, with the number of rows.
async fn classes(
    connection: &mut dyn Connection,
    scope: &Scope<'_>,
    table: &Table,
    column: &Column,
    kind: &Column,
) -> Result<BTreeMap<String, String>> {
    let (id, class, from) = (quote::ident(&column.name), quote::ident(&kind.name), scope.from(&table.name));
    let sql = if kind.kind == ColumnKind::Text {
        format!(
            "SELECT t.{class}::text, count(*)::text FROM {from} t WHERE t.{id} IS NOT NULL AND t.{class} IS NOT NULL GROUP BY 1 ORDER BY 1 LIMIT 100"
        )
    } else {
        let Some(types) = scope.schema.tables.values().find(|table| table.name.name == "django_content_type") else {
            return Ok(BTreeMap::new());
        };
        format!(
            "SELECT c.app_label || '.' || c.model, count(*)::text FROM {from} t JOIN {} c ON c.id = t.{class} WHERE t.{id} IS NOT NULL GROUP BY 1 ORDER BY 1 LIMIT 100",
            quote::table(&types.name)
        )
    };
    let rows = rows(connection, &sql).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| <[Option<String>; 2]>::try_from(row).ok())
        .filter_map(|[a, b]| Some((a?, b?)))
        .collect())
}

async fn document(
    connection: &mut dyn Connection,
    scope: &Scope<'_>,
    table: &Table,
    column: &Column,
) -> Result<Vec<Found>> {
    let sql = format!(
        "WITH RECURSIVE v(path, value, depth) AS (\n\
         SELECT ''::text, s.document::jsonb, 0 FROM (SELECT {} AS document FROM {} WHERE {} IS NOT NULL LIMIT {SAMPLE}) s\n\
         UNION ALL\n\
         SELECT v.path || e.step, e.value, v.depth + 1 FROM v CROSS JOIN LATERAL (\n\
         SELECT '.' || o.key AS step, o.value FROM jsonb_each(CASE WHEN jsonb_typeof(v.value) = 'object' THEN v.value ELSE '{{}}' END) o\n\
         UNION ALL SELECT '[]', a.value FROM jsonb_array_elements(CASE WHEN jsonb_typeof(v.value) = 'array' THEN v.value ELSE '[]' END) a) e\n\
         WHERE v.depth < 6)\n\
         SELECT v.path, count(*)::text FROM v WHERE jsonb_typeof(v.value) IN ('number', 'string') AND v.value #>> '{{}}' ~ '^[0-9]{{1,18}}$'\n\
         GROUP BY 1 ORDER BY 1 LIMIT 200",
        quote::ident(&column.name),
        scope.from(&table.name),
        quote::ident(&column.name)
    );
    let mut hits: BTreeMap<&ColumnName, Vec<String>> = BTreeMap::new();
    for row in rows(connection, &sql).await? {
        let [Some(path), Some(count)] = row.as_slice() else {
            continue;
        };
        let last = path.rsplit('.').next().unwrap_or_default().trim_end_matches("[]");
        if let Some(conversion) = named(scope, last) {
            hits.entry(&conversion.root).or_default().push(format!("{}{path} ({count})", column.name));
        }
    }
    let name = table.column_name(&column.name);
    Ok(hits
        .into_iter()
        .map(|(root, paths)| {
            let meaning = format!(
                "Documents in this column seem to hold ids of {root}; of at most {SAMPLE} that were looked at: {}. They stay as they are.",
                paths.join(", ")
            );
            let remedy = "Rewrite them through the map after the run, or let the application look them up there.";
            (root.clone(), Finding::new(Severity::Warn, "RK-195", name.to_string(), meaning, remedy))
        })
        .collect())
}
