//! References that leave a key for a UUID column of its table: what is told of them,
//! whichever product counted the rows.

use crate::check::{Finding, Severity};
use crate::plan::Conversion;
use crate::schema::ColumnName;

/// The column that references lead to afterwards, where they leave the key.
pub fn target(conversion: &Conversion) -> Option<ColumnName> {
    Some(ColumnName { table: conversion.root.table.clone(), column: conversion.led_to()?.to_owned() })
}

/// The conversions whose references leave their key, each with the column that they lead to and
/// the one that findings are told of: they concern the whole domain, and its first reference
/// stands for it.
pub fn led(conversions: &[Conversion]) -> impl Iterator<Item = (&Conversion, ColumnName, &ColumnName)> {
    conversions.iter().filter_map(|one| Some((one, target(one)?, &one.members.first()?.column)))
}

/// That rows have no UUID to be referenced by. None where all have one.
pub fn missing(target: &ColumnName, rows: u64, remedy: &str) -> Option<Finding> {
    let meaning = format!(
        "{rows} rows of {} have no UUID in this column, so references to them would lead nowhere.",
        target.table
    );
    (rows > 0).then(|| Finding::new(Severity::Block, "RK-180", target.to_string(), meaning, remedy))
}

/// That one UUID stands in several rows. None where none does.
pub fn shared(target: &ColumnName, values: u64) -> Option<Finding> {
    let meaning = format!(
        "{values} UUIDs stand in more than one row of {}, so a reference to one would not tell which row is meant.",
        target.table
    );
    let remedy = "Give each row a UUID of its own first, and add a unique constraint.";
    (values > 0).then(|| Finding::new(Severity::Block, "RK-181", target.to_string(), meaning, remedy))
}

/// What becomes of the key and of its references.
pub fn told(conversion: &Conversion, target: &ColumnName) -> Finding {
    Finding::new(
        Severity::Info,
        "RK-182",
        conversion.root.to_string(),
        format!(
            "{} references leave this key for {}. The key itself, its values and its sequence stay.",
            conversion.members.len(),
            target.column
        ),
        "Let the application join and look rows up by the UUID; the number no longer leads from those tables to a row.",
    )
}
