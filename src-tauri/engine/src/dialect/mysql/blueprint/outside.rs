//! References of tables that are not converted to tables that are exchanged: the server lets
//! them follow the table that went, so they are led back.

use super::super::ddl::TableText;
use super::super::quote;
use super::exchange::Steps;
use crate::plan::Action;
use crate::schema::{ForeignKey, Table};

/// Takes the reference away and puts it back, whereby it leads to the table of that name.
pub fn lead_back(table: &Table, key: &ForeignKey, steps: &mut Steps, prefix: &str) {
    let (name, own) = (&table.name, quote::ident(&key.name));
    let leads = |condition: &str| {
        format!(
            "SELECT COUNT(*) FROM information_schema.referential_constraints WHERE constraint_schema = {} \
             AND table_name = {} AND constraint_name = {}{condition}",
            quote::literal(&name.schema),
            quote::literal(&name.name),
            quote::literal(&key.name)
        )
    };
    let right = leads(&format!(" AND referenced_table_name = {}", quote::literal(&key.parent.name)));
    let wrong = leads(&format!(" AND referenced_table_name <> {}", quote::literal(&key.parent.name)));
    steps.push(
        format!("{prefix}release_reference {name}.{}", key.name),
        Action::DropDependents,
        format!("Take the reference {} of {name} away", key.name),
        vec![format!("ALTER TABLE {} DROP FOREIGN KEY {own}", quote::table(name))],
        Some(format!("SELECT CASE WHEN ({wrong}) = 0 THEN '1' ELSE '0' END")),
    );
    let mut restored: Vec<String> = claimed(table, key).into_iter().collect();
    restored.push(format!("ALTER TABLE {} ADD CONSTRAINT {own} {}", quote::table(name), key.definition));
    steps.push(
        format!("{prefix}restore_reference {name}.{}", key.name),
        Action::RestoreForeignKeys { table: name.to_string() },
        format!("Lead the reference {} of {name} to the new table", key.name),
        restored,
        Some(format!("SELECT CASE WHEN ({right}) = 1 THEN '1' ELSE '0' END")),
    );
}

// An index that the server made for a reference gives way to another one, by another name and at
// another place, when the reference is made again; one that was asked for stays. So the index
// is asked for, by name, and those behind it with it, which keeps their order.
fn claimed(table: &Table, key: &ForeignKey) -> Option<String> {
    let text = table.definition.as_deref().and_then(TableText::parse)?;
    let columns: Vec<String> = key.columns.iter().map(|column| quote::ident(column)).collect();
    let own = format!("({})", columns.join(","));
    let plain: Vec<_> = text.indexes.iter().filter(|index| index.text.starts_with("KEY ")).collect();
    let first = plain.iter().position(|index| index.text.contains(&own))?;
    let dropped = plain[first..].iter().map(|index| format!("DROP KEY {}", quote::ident(&index.name)));
    let added = plain[first..].iter().map(|index| format!("ADD {}", index.text));
    let changes: Vec<String> = dropped.chain(added).collect();
    Some(format!("ALTER TABLE {} {}", quote::table(&table.name), changes.join(", ")))
}
