//! Values: references that lead nowhere, ids that occur twice in an inheritance tree.

use super::super::blueprint::Scope;
use super::super::quote;
use super::{Found, count, each};
use crate::check::Severity;
use crate::dialect::Connection;
use crate::error::Result;
use crate::schema::ColumnName;

/// Looks.
pub async fn look(connection: &mut dyn Connection, scope: &Scope<'_>) -> Result<Vec<Found>> {
    let mut found = unchecked(connection, scope).await?;
    found.extend(repeated(connection, scope).await?);
    Ok(found)
}

fn uncounted(column: &ColumnName) -> Vec<Found> {
    let meaning = "The connection's user may not read these rows, so nobody knows whether they hold what they should.";
    each([column], Severity::Warn, "RK-143", &column.to_string(), meaning, "Plan with a user who may read the table.")
}

fn strays(scope: &Scope<'_>, child: &ColumnName, parent: &ColumnName) -> String {
    let (from, to) = (quote::ident(&child.column), quote::ident(&parent.column));
    format!(
        "SELECT count(*)::text FROM {} t WHERE t.{from} IS NOT NULL AND NOT EXISTS (SELECT FROM {} p WHERE p.{to} = t.{from})",
        scope.from(&child.table),
        quote::table(&parent.table)
    )
}

const KEEP: &str = "Nothing has to be done: the rows keep their values, each value gets a UUID of its own, and the reference stays as loose as it is.";

// Foreign keys that were never checked against the rows that were there.
async fn unchecked(connection: &mut dyn Connection, scope: &Scope<'_>) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    for (table, key) in scope.foreign_keys() {
        let ([column], [parent], false) = (key.columns.as_slice(), key.parent_columns.as_slice(), key.validated) else {
            continue;
        };
        let child = table.column_name(column);
        let sql = strays(scope, &child, &ColumnName { table: key.parent.clone(), column: parent.clone() });
        let Some(strays) = count(connection, &sql).await? else {
            found.extend(uncounted(&child));
            continue;
        };
        let meaning = format!(
            "The foreign key {} is not validated; {strays} rows hold a value that {} does not have.",
            key.name, key.parent
        );
        found.extend(each([&child], Severity::Warn, "RK-140", &child.to_string(), &meaning, KEEP));
    }
    Ok(found)
}

// The same id in a table and in one that inherits from it means two rows, perhaps two things.
async fn repeated(connection: &mut dyn Connection, scope: &Scope<'_>) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    for conversion in scope.conversions {
        for member in conversion.members.iter().filter(|member| member.key && !scope.heirs(&member.column).is_empty()) {
            let column = quote::ident(&member.column.column);
            let sql = format!(
                "SELECT count(*)::text FROM (SELECT FROM {} t GROUP BY t.{column} HAVING count(*) > 1) d",
                quote::table(&member.column.table)
            );
            let Some(twice) = count(connection, &sql).await? else {
                found.extend(uncounted(&member.column));
                continue;
            };
            if twice > 0 {
                let meaning = format!(
                    "{twice} ids occur more than once in this table and the tables that inherit from it, so an id does not tell which row is meant."
                );
                let remedy = "Give the rows ids that are unique across the tree first.";
                found.extend(each(
                    [&member.column],
                    Severity::Block,
                    "RK-142",
                    &member.column.to_string(),
                    &meaning,
                    remedy,
                ));
            }
        }
    }
    Ok(found)
}
