//! The canonical description of a catalogue, as plain data that can be compared.
//!
//! Each object (a column, an index, a grant ...) is one entry with named attributes.
//! A dialect must describe every kind of object it knows: what is absent here can be
//! lost without being seen.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Named attributes of one object.
pub type Attributes = BTreeMap<String, String>;

/// Every object of a database by `kind name`, with its attributes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Catalogue {
    /// The objects; keys look like `column public.actor.actor_id`.
    pub objects: BTreeMap<String, Attributes>,
}

/// One attribute of one object that is not the same in two catalogues.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Difference {
    /// The object, as in [`Catalogue::objects`].
    pub object: String,
    /// The attribute; empty where the whole object appeared or went away.
    pub attribute: String,
    /// Its value before, none where it was absent.
    pub before: Option<String>,
    /// Its value after, none where it is absent.
    pub after: Option<String>,
}

impl Catalogue {
    /// The SHA-256 of the canonical text, in lower-case hexadecimal digits.
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        for (object, attributes) in &self.objects {
            feed(&mut hash, object);
            for (name, value) in attributes {
                feed(&mut hash, name);
                feed(&mut hash, value);
            }
            hash.update([0xff]);
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// All differences from `self` (before) to `after`, in order.
    pub fn differences(&self, after: &Catalogue) -> Vec<Difference> {
        let names: BTreeSet<&String> = self.objects.keys().chain(after.objects.keys()).collect();
        let mut found = Vec::new();
        for object in names {
            match (self.objects.get(object), after.objects.get(object)) {
                (Some(old), Some(new)) => compare(object, old, new, &mut found),
                (old, new) => found.push(Difference {
                    object: object.clone(),
                    attribute: String::new(),
                    before: old.map(summary),
                    after: new.map(summary),
                }),
            }
        }
        found
    }
}

// Length first, so that bytes cannot move from one value to the next unseen.
fn feed(hash: &mut Sha256, text: &str) {
    hash.update((text.len() as u64).to_be_bytes());
    hash.update(text.as_bytes());
}

fn summary(attributes: &Attributes) -> String {
    attributes.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
}

fn compare(object: &str, old: &Attributes, new: &Attributes, found: &mut Vec<Difference>) {
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in names {
        let (before, after) = (old.get(name), new.get(name));
        if before != after {
            found.push(Difference {
                object: object.to_owned(),
                attribute: name.clone(),
                before: before.cloned(),
                after: after.cloned(),
            });
        }
    }
}
