//! From domains and answers to what is converted, what is asked and what is refused.

use std::collections::BTreeMap;

use crate::check::{Finding, Severity};
use crate::dialect::Database;
use crate::plan::{AnswerOption, Choices, Question};
use crate::schema::{ColumnName, Domain};

/// The answer that makes an undeclared reference follow its key.
const INCLUDE: &str = "include";
/// The answer that leaves it as it is.
const IGNORE: &str = "ignore";
/// The answer that goes on with open eyes.
const ACCEPT: &str = "accept";
/// The answer that leaves the key as it is.
const LEAVE: &str = "leave";

/// A domain with the questions about it. Its findings hold only what is still open or
/// worth knowing, its members only what will be converted.
pub(super) struct Decided {
    pub domain: Domain,
    pub questions: Vec<Question>,
}

/// The query that counts values of a column that its root does not hold.
pub fn orphans_query(database: &dyn Database, root: &ColumnName, column: &ColumnName) -> String {
    let quoted = |name: &ColumnName| {
        let table = format!("{}.{}", database.quote(&name.table.schema), database.quote(&name.table.name));
        (table, database.quote(&name.column))
    };
    let (root_table, root_key) = quoted(root);
    let (table, key) = quoted(column);
    format!(
        "SELECT CAST(count(*) AS TEXT) FROM {table} c WHERE c.{key} IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM {root_table} r WHERE r.{root_key} = c.{key})"
    )
}

/// Applies the answers to the undeclared references of a domain. `orphans` says for each
/// how many of its values the root does not hold.
pub(super) fn decide(mut domain: Domain, choices: &Choices, orphans: &BTreeMap<ColumnName, u64>) -> Decided {
    let mut questions = Vec::new();
    let guesses: Vec<ColumnName> =
        domain.members.iter().filter(|member| member.is_inferred()).map(|member| member.column.clone()).collect();
    for column in guesses {
        let strays = orphans.get(&column).copied().unwrap_or_default();
        let mut question = inferred_question(&domain, &column, strays);
        let by_flag = (choices.include_inferred && strays == 0).then(|| INCLUDE.to_owned());
        question.answer = given(&question, choices).or(by_flag);
        apply(&mut domain, &column, question.answer.as_deref());
        questions.push(question);
    }
    domain.add([]);
    Decided { domain, questions }
}

/// Turns what a probe asks about into questions, and takes answered ones off the domain.
pub(super) fn ask(decided: &mut Decided, choices: &Choices) {
    let open: Vec<Finding> = decided
        .domain
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Ask && finding.rule != "RK-013")
        .cloned()
        .collect();
    for finding in open {
        let mut question = general_question(&decided.domain, &finding);
        question.answer = given(&question, choices);
        match question.answer.as_deref() {
            Some(ACCEPT) => soften(&mut decided.domain, &finding),
            Some(LEAVE) => harden(&mut decided.domain, &finding),
            _ => {}
        }
        if !decided.questions.iter().any(|known| known.id == question.id) {
            decided.questions.push(question);
        }
    }
    decided.domain.add([]);
}

fn given(question: &Question, choices: &Choices) -> Option<String> {
    let valid = |answer: &&String| question.options.iter().any(|option| option.value == **answer);
    let typed = choices.answers.get(&question.id).filter(valid).cloned();
    typed.or_else(|| choices.accept_defaults.then(|| question.default.clone()).flatten())
}

fn apply(domain: &mut Domain, column: &ColumnName, answer: Option<&str>) {
    let name = column.to_string();
    match answer {
        Some(INCLUDE) => domain.findings.retain(|finding| finding.rule != "RK-013" || finding.object != name),
        Some(IGNORE) => {
            domain.members.retain(|member| member.column != *column);
            domain.findings.retain(|finding| finding.rule != "RK-013" || finding.object != name);
            domain.findings.push(Finding::new(
                Severity::Warn,
                "RK-015",
                name,
                format!("You answered that this column is no reference to {}. It keeps its integers.", domain.root),
                "Nothing, if that is so. Joins over it would no longer work.",
            ));
        }
        _ => {}
    }
}

fn soften(domain: &mut Domain, finding: &Finding) {
    for known in domain.findings.iter_mut().filter(|known| *known == finding) {
        known.severity = Severity::Warn;
    }
}

fn harden(domain: &mut Domain, finding: &Finding) {
    for known in domain.findings.iter_mut().filter(|known| *known == finding) {
        known.severity = Severity::Block;
    }
}

fn option(value: &str, consequence: impl Into<String>) -> AnswerOption {
    AnswerOption { value: value.to_owned(), consequence: consequence.into() }
}

fn inferred_question(domain: &Domain, column: &ColumnName, strays: u64) -> Question {
    let held = if strays == 0 {
        "Every value in it is one of the key's.".to_owned()
    } else {
        format!("{strays} of its values are not among the key's.")
    };
    Question {
        id: format!("inferred {column}"),
        root: domain.root.clone(),
        text: format!("Does {column} reference {}? No foreign key says so. {held}", domain.root),
        options: vec![
            option(INCLUDE, "It is converted together with the key."),
            option(IGNORE, "It keeps its integers; if it is a reference after all, it then points nowhere."),
        ],
        default: (strays == 0).then(|| INCLUDE.to_owned()),
        answer: None,
    }
}

fn general_question(domain: &Domain, finding: &Finding) -> Question {
    Question {
        id: format!("{} {}", finding.rule, finding.object),
        root: domain.root.clone(),
        text: format!("{} {}", finding.meaning, finding.remedy),
        options: vec![
            option(ACCEPT, "The conversion goes on as the plan shows it; the report names this."),
            option(LEAVE, format!("{} is not converted.", domain.root)),
        ],
        default: None,
        answer: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{DomainMember, INFERRED, Verdict};

    fn sample() -> Domain {
        let root = ColumnName::new("s", "users", "id");
        let guess = ColumnName::new("s", "notes", "user_id");
        let member = |column: &ColumnName, via: &str| DomainMember {
            column: column.clone(),
            via: via.to_owned(),
            type_name: "integer".to_owned(),
        };
        let mut domain = Domain {
            members: vec![member(&root, "users_pkey"), member(&guess, INFERRED)],
            root,
            verdict: Verdict::Convert,
            findings: vec![],
            rows: 1,
        };
        domain.add([Finding::new(Severity::Ask, "RK-013", guess.to_string(), "", "")]);
        domain
    }

    fn outcome(choices: &Choices, strays: u64) -> (Verdict, usize) {
        let orphans = BTreeMap::from([(ColumnName::new("s", "notes", "user_id"), strays)]);
        let decided = decide(sample(), choices, &orphans);
        (decided.domain.verdict, decided.domain.members.len())
    }

    #[test]
    fn without_an_answer_a_guess_stays_a_question() {
        assert_eq!(outcome(&Choices::default(), 0), (Verdict::Ask, 2));
    }

    #[test]
    fn the_flag_includes_only_guesses_whose_values_are_all_the_keys() {
        let choices = Choices { include_inferred: true, ..Choices::default() };
        assert_eq!(outcome(&choices, 0), (Verdict::Convert, 2));
        assert_eq!(outcome(&choices, 3), (Verdict::Ask, 2));
    }

    #[test]
    fn an_answer_counts_and_an_unknown_one_does_not() {
        let mut choices = Choices::default();
        choices.answers.insert("inferred s.notes.user_id".into(), "ignore".into());
        assert_eq!(outcome(&choices, 0), (Verdict::Convert, 1));
        choices.answers.insert("inferred s.notes.user_id".into(), "perhaps".into());
        assert_eq!(outcome(&choices, 0), (Verdict::Ask, 2));
    }
}
