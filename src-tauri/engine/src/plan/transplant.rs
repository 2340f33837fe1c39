//! The same plan for a copy of its database.
//!
//! On PostgreSQL and SQLite a faithful copy mostly takes the very plan. On MySQL and MariaDB a
//! table's name begins with its database's, which of a copy is another one; where a server
//! spells a definition in another way after a restore, what the plan says of it has to follow;
//! and what was restored by two sessions at once may have come into being in another order,
//! in which the steps then treat it.

use crate::dialect::Database;
use crate::error::Result;
use crate::plan::{Conversion, Plan, builder, file};
use crate::schema::{ColumnName, EngineKind, Schema};

/// Makes the plan for the copy. The choices, conversions and answers stay; statements and
/// proofs are written by the same code for the copy's schema.
///
/// # Errors
/// Where the statements cannot be written for the copy.
pub fn transplant(database: &dyn Database, schema: &Schema, plan: &Plan) -> Result<Plan> {
    let names = Names { from: &plan.database, to: &schema.database, rename: schema.engine == EngineKind::Mysql };
    let conversions: Vec<Conversion> = plan.conversions.iter().map(|one| names.conversion(one)).collect();
    let mut copy = Plan {
        database: schema.database.clone(),
        schema_fingerprint: schema.catalogue.fingerprint(),
        objects: file::object_digests(&schema.catalogue),
        blueprint: builder::blueprint(database, schema, &conversions)?,
        conversions,
        ..plan.clone()
    };
    copy.fingerprint = copy.compute_fingerprint();
    Ok(copy)
}

/// How many statements of the copy's plan are others than those of the plan, names of the
/// databases and of helper objects aside.
pub fn differing_statements(plan: &Plan, copy: &Plan) -> usize {
    let (ours, theirs) = (statements(plan), statements(copy));
    let differing = ours.iter().zip(&theirs).filter(|(one, other)| one != other).count();
    differing + ours.len().abs_diff(theirs.len())
}

fn statements(plan: &Plan) -> Vec<String> {
    let steps = plan.blueprint.steps.iter().chain(&plan.blueprint.undo);
    let own = (plan.engine == EngineKind::Mysql).then_some(plan.database.as_str());
    steps.flat_map(|step| &step.statements).map(|sql| neutral(sql, own)).collect()
}

// Helper objects are named after the schema's fingerprint: `rk_` and eight digits.
fn neutral(sql: &str, database: Option<&str>) -> String {
    let mut text = database.map_or_else(|| sql.to_owned(), |name| sql.replace(name, "?"));
    let mut from = 0;
    while let Some(place) = text.get(from..).and_then(|rest| rest.find("rk_")).map(|place| from + place) {
        let end = place + 3 + 8;
        let digits = text.get(place + 3..end).is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_hexdigit()));
        if digits {
            text.replace_range(place + 3..end, "");
        }
        from = place + 3;
    }
    text
}

struct Names<'n> {
    from: &'n str,
    to: &'n str,
    rename: bool,
}

impl Names<'_> {
    fn conversion(&self, conversion: &Conversion) -> Conversion {
        let mut copy = conversion.clone();
        if self.rename {
            self.column(&mut copy.root);
            for member in &mut copy.members {
                self.column(&mut member.column);
            }
            let answers = std::mem::take(&mut copy.answers).into_iter();
            copy.answers = answers.map(|(question, answer)| (self.question(&question), answer)).collect();
        }
        copy
    }

    fn column(&self, column: &mut ColumnName) {
        if column.table.schema == self.from {
            self.to.clone_into(&mut column.table.schema);
        }
    }

    // `RK-305 shop.users.id`, `RK-306 check shop.users.positive`: each name begins a word.
    fn question(&self, question: &str) -> String {
        let from = format!("{}.", self.from);
        let words = question.split(' ').map(|word| match word.strip_prefix(&from) {
            Some(rest) => format!("{}.{rest}", self.to),
            None => word.to_owned(),
        });
        words.collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn helper_names_are_no_difference_and_all_else_is() {
        assert_eq!(
            neutral("CREATE TABLE rk_0123abcd1 (id int)", None),
            neutral("CREATE TABLE rk_fedc98761 (id int)", None)
        );
        assert_ne!(neutral("CREATE TABLE rk_0123abcd1", None), neutral("CREATE TABLE rk_0123abcd2", None));
        assert_eq!(neutral("`shop`.`a`", Some("shop")), neutral("`copy`.`a`", Some("copy")));
        assert_eq!(neutral("rk_", None), "rk_");
        assert_eq!(neutral("rk_zzzzzzzz and rk_é", None), "rk_zzzzzzzz and rk_é");
    }

    #[test]
    fn questions_follow_the_name_of_the_database() {
        let names = Names { from: "shop", to: "copy", rename: true };
        assert_eq!(names.question("RK-306 check shop.users.shop.c"), "RK-306 check copy.users.shop.c");
        assert_eq!(names.question("RK-305 workshop.users"), "RK-305 workshop.users");
    }
}
