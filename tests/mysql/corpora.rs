//! Public databases: what is found in each, in numbers that were counted by hand or by the
//! server's own catalogue.

use std::collections::BTreeMap;

use rekey_engine::schema::Verdict;

use super::wire::Wire;
use crate::support::mysql::{Database, Product};
use crate::support::requirement::corpora;

// Name, tables, single-column keys that are no references, foreign keys, and how many
// of the domains can be converted, need a decision and are refused.
const EXPECTED: [(&str, [usize; 6]); 6] = [
    ("chinook", [11, 10, 11, 10, 0, 0]),
    ("guacamole", [23, 9, 30, 9, 0, 0]),
    ("kanboard", [48, 37, 61, 30, 7, 0]),
    ("petclinic", [7, 6, 5, 6, 0, 0]),
    ("sakila", [16, 14, 22, 14, 0, 0]),
    ("wordpress", [85, 76, 0, 64, 12, 0]),
];

/// Each loads, is looked into twice alike, and shows what the server's own catalogue says.
pub fn are_looked_into(product: Product) {
    for (name, expected) in EXPECTED {
        let database = Database::create(product, name);
        for file in [format!("mysql/{name}.sql"), format!("mysql/{name}.rows.sql")] {
            let path = corpora().join(file);
            if path.is_file() {
                database.server().load(name, &path);
            }
        }
        let wire = Wire::new(&database);
        let found = wire.inspection();
        let mut verdicts: BTreeMap<&str, usize> = BTreeMap::new();
        for domain in &found.domains {
            let word = match domain.verdict {
                Verdict::Convert => "convert",
                Verdict::Ask => "ask",
                Verdict::Refuse => "refuse",
            };
            *verdicts.entry(word).or_default() += 1;
        }
        let of = |word: &str| verdicts.get(word).copied().unwrap_or_default();
        let references: u32 = found.tables.iter().map(|table| table.references_out).sum();
        let counted = [
            found.tables.len(),
            found.domains.len(),
            usize::try_from(references).unwrap(),
            of("convert"),
            of("ask"),
            of("refuse"),
        ];
        assert_eq!(counted, expected, "{name}");
        assert_eq!(wire.fingerprint(), wire.fingerprint(), "{name}");
        let told = database.sql(&format!(
            "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = '{name}' AND TABLE_TYPE = 'BASE TABLE';
             SELECT COUNT(*) FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = '{name}'"
        ));
        let told: Vec<usize> = told.lines().map(|line| line.parse().unwrap()).collect();
        assert_eq!(told, [counted[0], counted[2]], "{name}: the server's own numbers");
        for table in &found.tables {
            let rows = database.sql(&format!("SELECT COUNT(*) FROM `{}`", table.name.name));
            assert_eq!(table.rows.to_string(), rows.trim(), "{name}.{}", table.name.name);
        }
        if name == "sakila" {
            let staff = found.domains.iter().find(|domain| domain.root.to_string() == "sakila.staff.staff_id").unwrap();
            let members: Vec<String> = staff.members.iter().map(|member| member.column.to_string()).collect();
            assert_eq!(
                members,
                [
                    "sakila.staff.staff_id",
                    "sakila.payment.staff_id",
                    "sakila.rental.staff_id",
                    "sakila.store.manager_staff_id"
                ]
            );
        }
    }
}
