//! What a database holds, in a form that can be compared with a copy of it.

use std::collections::BTreeMap;

use crate::schema::Catalogue;

/// Differences that are told; whoever sees these knows enough.
const TOLD: usize = 5;

/// Everything that a copy must have too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content {
    /// The catalogue, free of what differs between a database and its faithful copy.
    pub catalogue: Catalogue,
    /// Digests by what they are of, such as `rows public.users`.
    pub digests: BTreeMap<String, String>,
}

impl Content {
    /// What is not the same in `copy`, in words; none where it is a faithful one.
    pub fn complaint(&self, copy: &Content) -> Option<String> {
        let differences = self.catalogue.differences(&copy.catalogue);
        if !differences.is_empty() {
            let named = differences.iter().map(|one| format!("{} {}", one.object, one.attribute).trim_end().to_owned());
            return Some(format!("the copy has another catalogue than its source: {}", listed(named.collect())));
        }
        complaint(&self.digests, &copy.digests)
    }
}

/// The same for the digests alone.
pub fn complaint(expected: &BTreeMap<String, String>, found: &BTreeMap<String, String>) -> Option<String> {
    let names = expected.keys().chain(found.keys().filter(|name| !expected.contains_key(*name)));
    let differing: Vec<String> = names.filter(|name| expected.get(*name) != found.get(*name)).cloned().collect();
    (!differing.is_empty()).then(|| format!("the copy does not hold what its source holds: {}", listed(differing)))
}

fn listed(mut names: Vec<String>) -> String {
    let more = names.len().saturating_sub(TOLD);
    names.truncate(TOLD);
    let list = names.join(", ");
    if more == 0 { list } else { format!("{list} and {more} more") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_side_of_a_difference_is_told() {
        let side = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
            pairs.iter().map(|(name, digest)| ((*name).to_owned(), (*digest).to_owned())).collect()
        };
        let expected = side(&[("rows a", "1"), ("rows b", "2")]);
        assert_eq!(complaint(&expected, &expected), None);
        let said = complaint(&expected, &side(&[("rows a", "1"), ("rows c", "2")])).expect("a difference");
        assert!(said.contains("rows b") && said.contains("rows c") && !said.contains("rows a"), "{said}");
    }

    #[test]
    fn a_long_list_is_cut_and_says_so() {
        let many: BTreeMap<String, String> = (0..9).map(|n| (format!("rows t{n}"), "1".to_owned())).collect();
        assert!(complaint(&many, &BTreeMap::new()).expect("a difference").ends_with("rows t4 and 4 more"));
    }
}
