//! From a schema and conversions to statements and proofs. Pure: no connection, no clock.

mod announced;
mod assertions;
mod comparable;
mod convert;
mod defaults;
mod dependents;
mod extend;
mod family;
mod fill;
mod held;
mod ids;
mod indexes;
mod kept;
mod lookup;
mod maps;
mod memory;
mod moments;
mod names;
mod partitions;
mod proofs;
pub mod random;
mod reader;
mod repoint;
mod room;
mod scattered;
mod scope;
mod sequences;
mod set_aside;
mod slug;
mod stacked;
mod steps;
mod storage;
pub mod text;
mod toast;
mod undo;
mod versions;

pub use comparable::of_type as comparable;
pub use convert::sequence_key;
pub use defaults::{of_array as array_default, of_text as text_default, plain as plain_default};
pub use held::{Held, can_scatter};
pub use indexes::{index_name, references, undeclared};
pub use kept::tables as kept_tables;
pub use maps::{map_index, map_table};
pub use memory::MAINTENANCE;
pub use moments::{CREATION, START, creation_column};
pub use room::REFUSED;
pub use scope::Scope;
pub use sequences::{CLOSE, KEEP, RULE as SEQUENCES, can_close, can_give, idle};
pub use stacked::{DROP, close};

use crate::error::Result;
use crate::plan::{Blueprint, Conversion};
use crate::schema::Schema;

/// Writes the blueprint.
pub fn write(schema: &Schema, conversions: &[Conversion]) -> Result<Blueprint> {
    let scope = Scope::new(schema, conversions)?;
    Ok(Blueprint {
        steps: steps::write(&scope)?,
        undo: undo::write(&scope)?,
        proofs: proofs::write(&scope).into_iter().chain(defaults::proofs(&scope)).collect(),
        assertions: assertions::write(&scope),
        later: Vec::new(),
        announced: announced::write(&scope),
        staged: None,
    })
}
