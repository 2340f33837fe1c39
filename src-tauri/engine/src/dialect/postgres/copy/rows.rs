//! A digest of the rows of each table, Rekey's own tables among them: they are the user's as
//! long as a run can be undone.

use std::collections::BTreeMap;

use super::super::blueprint::comparable;
use super::super::{catalogue, quote};
use crate::dialect::Connection;
use crate::error::{Error, Result};
use crate::schema::TableName;

/// First version that can add up the hashes of records.
const RECORDS: u32 = 140_000;
/// Tables of one question: enough to save the way for small ones.
const AT_ONCE: usize = 40;
/// Cells that a record may have; the server allows 1664.
const WIDEST: usize = 1600;

// Of a table of an extension's, only the rows that the extension leaves to the dump. Columns by
// name: where a column of a parent was added later, a copy has it in another place. Those that
// are computed at every look hold nothing.
const TABLES: &str = "
SELECT n.nspname, c.relname, x.condition,
       (SELECT coalesce(json_agg(json_build_array(a.attname, format_type(a.atttypid, a.atttypmod)) ORDER BY a.attname COLLATE \"C\"), '[]')
        FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated <> 'v')::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
LEFT JOIN LATERAL (SELECT e.extcondition[u.place] AS condition FROM pg_extension e, unnest(e.extconfig) WITH ORDINALITY u(oid, place)
  WHERE e.oid = d.refobjid AND u.oid = c.oid) x ON true
WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND (d.objid IS NULL OR x.condition IS NOT NULL)
ORDER BY n.nspname, c.relname";

struct Table {
    name: TableName,
    columns: Vec<(String, String)>,
    condition: String,
}

/// Reads them all.
pub async fn read(connection: &mut dyn Connection, digests: &mut BTreeMap<String, String>) -> Result<()> {
    let version = version(connection).await?;
    let mut tables = Vec::new();
    for row in connection.query(TABLES).await? {
        tables.push(table(&row)?);
    }
    for some in tables.chunks(AT_ONCE) {
        let questions: Vec<String> = some.iter().map(|table| question(table, version)).collect();
        ask(connection, &questions, digests).await?;
    }
    Ok(())
}

/// Asks several questions at once, each of which gives a name and a digest.
pub async fn ask(
    connection: &mut dyn Connection,
    questions: &[String],
    digests: &mut BTreeMap<String, String>,
) -> Result<()> {
    for row in connection.query(&questions.join("\nUNION ALL\n")).await? {
        let [Some(name), Some(digest)] = row.as_slice() else {
            return Err(Error::Internal { detail: "a digest is missing".to_owned() });
        };
        digests.insert(name.clone(), digest.clone());
    }
    Ok(())
}

async fn version(connection: &mut dyn Connection) -> Result<u32> {
    let rows = connection.query("SELECT current_setting('server_version_num')").await?;
    Ok(rows.into_iter().flatten().flatten().next().and_then(|number| number.parse().ok()).unwrap_or_default())
}

fn table(row: &[Option<String>]) -> Result<Table> {
    let [Some(schema), Some(name), condition, Some(columns)] = row else {
        return Err(Error::Internal { detail: "a table cannot be read".to_owned() });
    };
    Ok(Table {
        name: TableName { schema: schema.clone(), name: name.clone() },
        columns: catalogue::json(columns)?,
        condition: condition.clone().unwrap_or_default(),
    })
}

// The same figures as the proofs of a run, for the same reasons: see the blueprint's `totals`.
fn question(table: &Table, version: u32) -> String {
    let cells: Vec<String> =
        table.columns.iter().map(|(name, kind)| comparable(&format!("t.{}", quote::ident(name)), kind)).collect();
    // Cells may be two for one column.
    let row = if 2 * cells.len() > WIDEST { "ROW(t.*)".to_owned() } else { format!("ROW({})", cells.join(", ")) };
    let name = quote::literal(&quote::key("rows", &[&table.name.schema, &table.name.name]));
    let from = format!("ONLY {} t {}", quote::table(&table.name), table.condition);
    if version >= RECORDS && 2 * cells.len() <= WIDEST {
        return format!(
            "SELECT {name}, count(*) || ' ' || coalesce(sum(hashint8extended(d.h, d.h)), 0) || ' ' || coalesce(bit_xor(d.h), 0) \
             FROM (SELECT hash_record_extended({row}, 0) AS h FROM {from}) d"
        );
    }
    format!(
        "SELECT {name}, count(*) || ' ' || coalesce(sum(d.h), 0) || ' ' || coalesce(sum(d.g), 0) \
         FROM (SELECT hashtextextended({row}::text, 0) AS h, hashtextextended({row}::text, 1) AS g FROM {from}) d"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(columns: usize, version: u32) -> String {
        let columns = (0..columns).map(|n| (format!("c{n}"), "bigint".to_owned())).collect();
        let name = TableName { schema: "a b".into(), name: "it's".into() };
        question(&Table { name, columns, condition: "WHERE c0 > 1".into() }, version)
    }

    #[test]
    fn names_are_quoted_and_the_condition_stands_behind_the_table() {
        let sql = asked(1, 150_000);
        assert!(sql.starts_with("SELECT 'rows \"a b\".it''s', count(*)"), "{sql}");
        assert!(sql.contains("hash_record_extended(ROW(t.\"c0\", t.\"c0\" >> 32), 0)"), "{sql}");
        assert!(sql.contains("FROM ONLY \"a b\".\"it's\" t WHERE c0 > 1"), "{sql}");
    }

    #[test]
    fn what_is_too_wide_for_a_record_or_too_old_is_hashed_as_text() {
        assert!(asked(801, 150_000).contains("hashtextextended(ROW(t.*)::text, 1)"));
        assert!(asked(1, 130_000).contains("hashtextextended(ROW(t.\"c0\", t.\"c0\" >> 32)::text, 0)"));
    }
}
