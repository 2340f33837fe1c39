//! The work in the hands of `sqlite3`, or of a program with SQLite in it.

use super::{blueprint, functions};
use crate::dialect::Client;
use crate::plan::{Blueprint, Conversion};
use crate::schema::Schema;
use crate::{Error, Result};

/// The statements without the functions that sessions of ours have.
pub fn blueprint(schema: &Schema, conversions: &[Conversion]) -> Result<Blueprint> {
    let blueprint = blueprint::for_clients(schema, conversions)?;
    let ours = blueprint
        .steps
        .iter()
        .chain(&blueprint.undo)
        .filter(|step| step.statements.iter().any(|statement| functions::uses(statement)));
    let mut reasons: Vec<String> = ours
        .map(|step| {
            format!("RK-330 {}: SQLite has no function that reads or makes these ids; Rekey's own does", step.title)
        })
        .collect();
    reasons.dedup();
    if reasons.is_empty() { Ok(blueprint) } else { Err(Error::Refused { reasons }) }
}

/// What a session is told. Since SQLite 3.42 its command line keeps the schema from being
/// written unless it is told otherwise. Where the transaction is another program's, foreign keys
/// must be off before it begins, else dropping a table would take rows of others with it; the
/// first line of such a script makes sure of it.
pub fn client(begin: Vec<String>) -> Client {
    Client {
        program: "sqlite3",
        directives: [".bail on", ".dbconfig defensive off"].map(str::to_owned).into(),
        begin,
        note: vec![
            "CREATE TEMPORARY TABLE rk_foreign_keys (off INTEGER CONSTRAINT foreign_keys_must_be_off CHECK (off = 1))"
                .to_owned(),
            "INSERT INTO temp.rk_foreign_keys SELECT foreign_keys = 0 FROM pragma_foreign_keys".to_owned(),
            "DROP TABLE temp.rk_foreign_keys".to_owned(),
        ],
        end: vec!["COMMIT".to_owned()],
        now: "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')",
        ..Client::default()
    }
}
