//! A page for whoever names no folder: what to change, by framework, from the plan's tables.

use serde::Serialize;
use ts_rs::TS;

use crate::plan::{Conversion, Storage};

/// What there is to change in one framework's code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Page {
    /// The framework.
    pub framework: &'static str,
    /// What to change.
    pub lines: Vec<String>,
}

/// The pages for what a plan or a run converts; none where that is nothing.
pub fn advice(conversions: &[Conversion]) -> Vec<Page> {
    let members = || conversions.iter().flat_map(|one| &one.members);
    let keys: Vec<String> = members().filter(|one| one.key).map(|one| one.column.to_string()).collect();
    let references: Vec<String> = members().filter(|one| !one.key).map(|one| one.column.to_string()).collect();
    let Some(first) = conversions.first() else { return Vec::new() };
    let (sqlalchemy, django, python) = match first.storage {
        Storage::Uuid => ("Uuid", "UUIDField", "UUID"),
        Storage::Char36 => ("String(36)", "CharField(max_length=36)", "str"),
        Storage::Binary16 => ("LargeBinary(16)", "BinaryField(max_length=16)", "bytes"),
    };
    let (keys, references) = (listed(&keys), listed(&references));
    vec![
        Page {
            framework: "SQLAlchemy, FastAPI",
            lines: vec![
                format!("Declare {keys} as {sqlalchemy} in the models, and so the references {references}."),
                format!("Declare ids in paths, queries and pydantic models as {python} in place of int; drop int() and isdigit() around them."),
                "Validate with uuid.UUID(value) and not with UUID4, which refuses version 7 and 6.".to_owned(),
            ],
        },
        Page {
            framework: "Django",
            lines: vec![
                format!("Give the models of {keys} an own key: id = models.{django} with primary_key=True; foreign keys follow by themselves."),
                "Change <int:pk> to <uuid:pk> in routes, IntegerField to UUIDField in serializers and forms, and fixtures with whole numbers for pk.".to_owned(),
                "Let users sign in again: sessions hold the old ids.".to_owned(),
            ],
        },
        Page {
            framework: "TypeScript",
            lines: vec![
                format!("Declare ids as string: the fields that carry {keys} and {references}."),
                "Drop parseInt, Number() and unary + around ids, isNaN and Number.isInteger checks, and comparisons by size.".to_owned(),
                "Change z.number() and ParseIntPipe to their UUIDs, and input type=\"number\" to text; accept every version.".to_owned(),
                "Throw away what localStorage and caches have of old ids at the first start after the change.".to_owned(),
            ],
        },
    ]
}

fn listed(names: &[String]) -> String {
    const NAMED: usize = 12;
    match names {
        [] => "(none)".to_owned(),
        names if names.len() <= NAMED => names.join(", "),
        names => format!("{} and {} more", names[..NAMED].join(", "), names.len() - NAMED),
    }
}
