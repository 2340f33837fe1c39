//! What stands on what, as the server keeps it, and in which order things go.

use std::collections::{BTreeMap, BTreeSet};

use crate::dialect::Connection;
use crate::error::Result;

// Of the user's objects; what an extension brought goes with it alone.
const DEPENDENCIES: &str = "
SELECT d.classid::text, d.objid::text, d.refclassid::text, d.refobjid::text, d.deptype::text
FROM pg_depend d WHERE d.objid >= 16384 AND d.refobjid >= 16384 AND d.deptype <> 'e'
ORDER BY d.classid, d.objid, d.refclassid, d.refobjid";

/// The number of the catalogue of relations, the same in every version.
const RELATIONS: &str = "1259";

/// An object by the catalogue it is in, and its number there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Object {
    pub class: String,
    pub oid: String,
}

impl Object {
    /// True for tables and views.
    pub fn is_relation(&self) -> bool {
        self.class == RELATIONS
    }
}

/// What stands on the tables that go.
#[derive(Default)]
pub struct Stands {
    /// The tables that go, by number, with the statement that takes each of them.
    pub others: BTreeMap<String, String>,
    /// The numbers of all views.
    pub views: BTreeSet<String>,
    on: BTreeMap<Object, Vec<Object>>,
    part_of: BTreeMap<Object, Vec<Object>>,
}

impl Stands {
    /// Reads it.
    pub async fn read(&mut self, connection: &mut dyn Connection) -> Result<()> {
        for row in connection.query(DEPENDENCIES).await? {
            let [Some(class), Some(oid), Some(on_class), Some(on_oid), Some(kind)] = row.as_slice() else { continue };
            let object = Object { class: class.clone(), oid: oid.clone() };
            self.add(object, Object { class: on_class.clone(), oid: on_oid.clone() }, kind);
        }
        Ok(())
    }

    fn add(&mut self, object: Object, on: Object, kind: &str) {
        if object == on {
            return;
        }
        // Whatever is no ordinary dependence makes one a part of the other.
        if kind != "n" {
            self.part_of.entry(object.clone()).or_default().push(on.clone());
        }
        self.on.entry(on).or_default().push(object);
    }

    /// All that has to be taken away by a statement of its own, each before what it stands on.
    pub fn in_order(&self) -> Vec<Object> {
        let (mut seen, mut order) = (BTreeSet::new(), Vec::new());
        for oid in self.others.keys() {
            self.visit(&Object { class: RELATIONS.to_owned(), oid: oid.clone() }, true, &mut seen, &mut order);
        }
        order
    }

    fn visit(&self, object: &Object, by_itself: bool, seen: &mut BTreeSet<Object>, order: &mut Vec<Object>) {
        if !seen.insert(object.clone()) {
            return;
        }
        for standing in self.on.get(object).into_iter().flatten() {
            let goes = self.goes_with(standing);
            self.visit(&goes, true, seen, order);
            // On a part of it something else may stand: a default on its sequence.
            if goes != *standing {
                self.visit(standing, false, seen, order);
            }
        }
        if by_itself {
            order.push(object.clone());
        }
    }

    // The table or view that this is a part of, where that goes; else it goes by itself.
    fn goes_with(&self, object: &Object) -> Object {
        let mut part = object.clone();
        let mut passed = BTreeSet::new();
        while passed.insert(part.clone()) {
            if part.is_relation() && (self.others.contains_key(&part.oid) || self.views.contains(&part.oid)) {
                return part;
            }
            let owners = self.part_of.get(&part).map(Vec::as_slice).unwrap_or_default();
            let Some(owner) = owners.iter().find(|owner| self.leads_out(owner)).or(owners.first()) else { break };
            part = owner.clone();
        }
        object.clone()
    }

    fn leads_out(&self, owner: &Object) -> bool {
        owner.is_relation() && self.others.contains_key(&owner.oid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(text: &str) -> Object {
        let (class, oid) = text.split_once(':').unwrap();
        Object { class: class.to_owned(), oid: oid.to_owned() }
    }

    #[test]
    fn each_goes_before_what_it_stands_on() {
        let mut stands = Stands::default();
        for table in ["1", "2"] {
            stands.others.insert(table.to_owned(), String::new());
        }
        stands.views.extend(["7", "8"].map(str::to_owned));
        for (one, on, kind) in [
            // Two views of the first table, the second of the first as well; their rules are parts of them.
            ("2618:70", "1259:7", "i"),
            ("2618:70", "1259:1", "n"),
            ("2618:80", "1259:8", "i"),
            ("2618:80", "1259:1", "n"),
            ("2618:80", "1259:7", "n"),
            // Their rows have types, and those types of arrays.
            ("1247:71", "1259:7", "i"),
            ("1247:72", "1247:71", "i"),
            // A default of a table that stays draws from a sequence of one that goes.
            ("1259:20", "1259:2", "a"),
            ("2604:90", "1259:20", "n"),
            ("2604:90", "1259:9", "a"),
            // The second table inherits from the first, and a policy that stays reads it.
            ("1259:2", "1259:1", "n"),
            ("3256:5", "1259:9", "a"),
            ("3256:5", "1259:2", "n"),
            // An index is a part of its table.
            ("1259:11", "1259:1", "a"),
        ] {
            stands.add(object(one), object(on), kind);
        }
        let order = stands.in_order();
        let names: Vec<String> = order.iter().map(|one| format!("{}:{}", one.class, one.oid)).collect();
        let place =
            |name: &str| names.iter().position(|one| one == name).unwrap_or_else(|| panic!("{name} of {names:?}"));
        assert!(place("1259:8") < place("1259:7") && place("1259:7") < place("1259:1"), "{names:?}");
        assert!(place("3256:5") < place("1259:2") && place("2604:90") < place("1259:2"), "{names:?}");
        assert!(place("1259:2") < place("1259:1"));
        assert_eq!(names.len(), 6, "{names:?}");
    }
}
