//! `pg_service.conf`: names for connections, as PostgreSQL's programs know them.

use super::{Found, ini};
use crate::connect::draft::Draft;
use crate::connect::settings;
use crate::schema::EngineKind;

/// A connection for each service.
pub fn read(text: &str) -> Vec<Found> {
    ini::sections(text).iter().filter(|section| !section.name.is_empty()).map(one).collect()
}

fn one(section: &ini::Section<'_>) -> Found {
    let mut draft = Draft::of(EngineKind::Postgres);
    for (name, value) in &section.settings {
        if *name == "ldap" || name.starts_with("ldap://") {
            draft.remarks.push("Its settings come from a directory server, which is not asked.".to_owned());
        } else if let Err(crate::Error::Address { reason }) = settings::postgres(&mut draft, name, value) {
            draft.remarks.push(format!("The setting {name} cannot be understood: {reason}."));
        }
    }
    Found::new(format!("service {}", section.name), draft)
}
