//! The plan as a file, its fingerprint, and the script for people to read.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::plan::{FORMAT, Plan, Step};
use crate::schema::{Attributes, Catalogue};

impl Plan {
    /// The plan as JSON, as it is saved.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Reads a saved plan and checks that its fingerprint fits its content.
    ///
    /// # Errors
    /// [`Error::NotAPlan`] or [`Error::PlanEdited`].
    pub fn from_json(text: &str) -> Result<Plan> {
        let value: serde_json::Value =
            serde_json::from_str(text).map_err(|error| Error::NotAPlan { reason: error.to_string() })?;
        let format = value.get("format").and_then(serde_json::Value::as_u64);
        if format != Some(u64::from(FORMAT)) {
            let reason = match format {
                Some(other) => format!("its format is {other}, this version of Rekey reads {FORMAT}"),
                None => "it has no format number".to_owned(),
            };
            return Err(Error::NotAPlan { reason });
        }
        let plan: Plan =
            serde_json::from_value(value).map_err(|error| Error::NotAPlan { reason: error.to_string() })?;
        if plan.fingerprint != plan.compute_fingerprint() {
            return Err(Error::PlanEdited);
        }
        Ok(plan)
    }

    /// SHA-256 over everything that decides what will run: format, product, schema, mode,
    /// choices, conversions, statements and proofs. The database's name is left out, so
    /// that the very same plan can be rehearsed on a copy.
    pub fn compute_fingerprint(&self) -> String {
        let canonical = (
            &self.format,
            &self.engine,
            &self.schema_fingerprint,
            &self.mode,
            &self.choices,
            &self.conversions,
            &self.blueprint,
        );
        let mut hash = HashWriter(Sha256::new());
        // A hash takes whatever it is given, so there is nothing that could fail.
        let _ = serde_json::to_writer(std::io::BufWriter::new(&mut hash), &canonical);
        hexadecimal(&hash.0.finalize())
    }

    /// The whole script as it will be sent, with comments.
    pub fn script(&self) -> String {
        let mut text = format!(
            "-- Rekey plan {}\n-- {} database {}\n\n",
            self.fingerprint,
            self.engine.label(),
            comment(&self.database)
        );
        write_steps(&mut text, "Step", &self.blueprint.steps);
        text
    }

    /// The script of the undo.
    pub fn undo_script(&self) -> String {
        let mut text = format!("-- Rekey plan {}: the way back\n\n", self.fingerprint);
        write_steps(&mut text, "Undo step", &self.blueprint.undo);
        text
    }
}

// Statements of a thousand tables are twenty megabytes; they need not be in memory once more.
struct HashWriter(Sha256);

impl std::io::Write for HashWriter {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn write_steps(text: &mut String, word: &str, steps: &[Step]) {
    for (number, step) in (1..).zip(steps) {
        let _ = writeln!(text, "-- {word} {number} of {}: {}", steps.len(), comment(&step.title));
        for statement in &step.statements {
            let end = if statement.trim_end().ends_with(';') { "" } else { ";" };
            let _ = writeln!(text, "{}{end}", statement.trim_end());
        }
        text.push('\n');
    }
}

// A name may hold a line break; what follows it must not become a statement.
fn comment(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A short digest of every object, to name what changed.
pub(super) fn object_digests(catalogue: &Catalogue) -> BTreeMap<String, String> {
    catalogue.objects.iter().map(|(name, attributes)| (name.clone(), short_digest(attributes))).collect()
}

fn short_digest(attributes: &Attributes) -> String {
    let canonical = serde_json::to_string(attributes).unwrap_or_default();
    hexadecimal(&Sha256::digest(canonical)[..6])
}

/// What is different now, by name, at most twelve of them.
pub(super) fn changes(planned: &BTreeMap<String, String>, now: &Catalogue) -> Vec<String> {
    let current = object_digests(now);
    let names: BTreeSet<&String> = planned.keys().chain(current.keys()).collect();
    let mut found: Vec<String> = names
        .into_iter()
        .filter_map(|name| match (planned.get(name), current.get(name)) {
            (Some(before), Some(after)) if before == after => None,
            (Some(_), Some(_)) => Some(format!("{name} changed")),
            (None, _) => Some(format!("{name} was added")),
            (_, None) => Some(format!("{name} was removed")),
        })
        .collect();
    if found.len() > 12 {
        let more = found.len() - 12;
        found.truncate(12);
        found.push(format!("and {more} more"));
    }
    found
}
